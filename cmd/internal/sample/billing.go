package sample

import (
	"database/sql"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	_ "github.com/mattn/go-sqlite3" // the driver of the billing database
)

//go:embed billing.sql
var billingDDL string

// billingFile is where the billing database stands in the project.
const billingFile = "feeds/billing.sqlite"

// rowsPerTransaction keeps SQLite's commits rare.
const rowsPerTransaction = 200_000

// billing writes the billing database, one file for all days.
type billing struct {
	db      *sql.DB
	tx      *sql.Tx
	inserts [4]*sql.Stmt
	pending int
}

// Tables of the billing database: index of billing.inserts.
const (
	billedCustomers = iota
	billedInvoices
	billedLines
	billedPayments
)

func billingInsert(table int) string {
	return [...]string{
		"insert into customers values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"insert into invoices values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"insert into invoice_lines values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"insert into payments values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	}[table]
}

func openBilling(dir string) (*billing, error) {
	path := filepath.Join(dir, filepath.FromSlash(billingFile))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("create folder: %w", err)
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		return nil, fmt.Errorf("open billing database: %w", err)
	}
	db.SetMaxOpenConns(1)
	b := &billing{db: db}
	if _, err := db.Exec(billingDDL); err != nil {
		return nil, fmt.Errorf("create billing tables: %w", joinErrors(err, db.Close()))
	}
	return b, b.begin()
}

func joinErrors(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

func (b *billing) begin() error {
	tx, err := b.db.Begin()
	if err != nil {
		return fmt.Errorf("begin billing: %w", err)
	}
	b.tx, b.pending = tx, 0
	for table := range b.inserts {
		if b.inserts[table], err = tx.Prepare(billingInsert(table)); err != nil { //nolint:sqlclosecheck // the transaction's end closes it
			return fmt.Errorf("prepare billing insert: %w", err)
		}
	}
	return nil
}

func (b *billing) insert(table int, values ...any) error {
	if _, err := b.inserts[table].Exec(values...); err != nil {
		return fmt.Errorf("insert billing row: %w", err)
	}
	if b.pending++; b.pending < rowsPerTransaction {
		return nil
	}
	if err := b.tx.Commit(); err != nil {
		return fmt.Errorf("commit billing: %w", err)
	}
	return b.begin()
}

func (b *billing) close() error {
	err := joinErrors(b.tx.Commit(), b.db.Close())
	if err != nil {
		return fmt.Errorf("close billing database: %w", err)
	}
	return nil
}

// stamp is how the billing database writes moments.
func stamp(m moment) string { return m.format("2006-01-02 15:04:05") }

// nullable writes an empty text as NULL.
func nullable(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (d *delivery) billingTally(feed, object string, money ...string) *tally {
	return d.truth.tally(feed, object, billingFile+"@"+d.today().iso(), money...)
}

// billingCustomer writes the customer's row; changed is zero, or when the
// e-mail address was added, as a second row of the same customer.
func (d *delivery) billingCustomer(rec record, p person, changed moment) error {
	name, email, updated := rec.lastFirst(), rec.email, rec.created
	if p.org {
		name = ""
	} else if p.index%3 == 0 {
		name = rec.fullName()
	}
	if changed != 0 {
		email, updated = p.email, changed
	}
	d.billingTally("billing_customers", "customers").add()
	return d.bill.insert(billedCustomers, rec.id, nullable(rec.voiced(name)), nullable(rec.company), nullable(rec.streetLine()),
		nullable(rec.addr.postcode), nullable(rec.addr.city), countryName(rec.addr.country), nullable(email), stamp(updated))
}

// invoices writes the invoices of a billing customer: its history on day 0,
// one more on a later day.
func (d *delivery) invoices(rec record, p person) error {
	r := stream(d.w.seed, forInvoices, p.index, int64(d.number))
	n := 1
	if d.number == 0 {
		n = pick(r, []int{1, 1, 2, 3, 4, 5, 6})
	}
	since := day(rec.created / 86400)
	for k := range n {
		on := d.today()
		if d.number == 0 {
			on = since + day(r.below(int(lastDay-since)+1))
		}
		if err := d.invoice(r, invoice{id: invoiceID(p.index, d.number*8+k), customer: rec.id, on: on, lines: d.drawInvoiceLines(r)}); err != nil {
			return err
		}
	}
	if d.number > 0 {
		return nil
	}
	for _, q := range d.w.pursuitsOf(p.index) {
		for _, e := range q.events {
			if e.stage != won {
				continue
			}
			lines := []invoiceLine{{product: d.w.tables.products[0], quantity: 1, price: d.w.valueOf(q)}}
			deal := invoice{id: invoiceID(p.index, 9000+int(q.number%2)), customer: rec.id, deal: dealID(q.number), on: min(lastDay, day(e.at/86400)+1), lines: lines}
			if err := d.invoice(r, deal); err != nil {
				return err
			}
		}
	}
	return nil
}

func invoiceID(customer int64, k int) string {
	return "R" + strconv.FormatInt(customer*10_000+int64(k), 10)
}

type invoice struct {
	id, customer, deal string
	credits            string // invoice that this credit note corrects
	on                 day
	lines              []invoiceLine
}

type invoiceLine struct {
	product  product
	quantity int
	price    cents
}

func (d *delivery) drawInvoiceLines(r *rng) []invoiceLine {
	var lines []invoiceLine
	for range pick(r, []int{1, 2, 2, 3, 4}) {
		p := pick(r, d.w.tables.products)
		lines = append(lines, invoiceLine{product: p, quantity: r.between(1, 4), price: p.price})
	}
	return lines
}

// invoice writes the document, its lines, its payments and, for some, the
// credit note that takes one line back.
func (d *delivery) invoice(r *rng, v invoice) error {
	sign, kind := cents(1), "invoice"
	if v.credits != "" {
		sign, kind = -1, "credit_note"
	}
	var net cents
	for _, l := range v.lines {
		net += sign * l.price * cents(l.quantity)
	}
	tax, late := net/5, v.on+14 < d.today()
	status := "open"
	if late || v.credits != "" {
		status = "closed"
	}
	updated := stamp(v.on.at(18 * 3600))
	d.billingTally("billing_invoices", "invoices", "total_amount", "tax_amount").add(net+tax, tax)
	d.truth.summary.Invoices++
	err := d.bill.insert(billedInvoices, v.id, v.customer, nullable(v.deal), kind, nullable(v.credits), v.on.iso(), (v.on + 14).iso(),
		(net + tax).String(), tax.String(), "EUR", status, updated)
	if err != nil {
		return err
	}
	for k, l := range v.lines {
		if err := d.billingLine(v, k+1, l, sign, updated); err != nil {
			return err
		}
	}
	if v.credits != "" {
		return nil
	}
	return d.settle(r, v, net+tax)
}

func (d *delivery) billingLine(v invoice, number int, l invoiceLine, sign cents, updated string) error {
	amount := sign * l.price * cents(l.quantity)
	t := d.billingTally("billing_invoice_lines", "lines", "line_amount", "tax_amount")
	t.add(amount, amount/5)
	err := d.bill.insert(billedLines, v.id, number, l.product.id, l.product.name, l.quantity, l.price.String(), (amount / 5).String(), amount.String(), updated)
	if err != nil || t.loaded%plantEvery != 145 {
		return err
	}
	d.billingError("invoice_lines", "negative quantity", "range", "billing_invoice_lines", "lines", v.id+"/99", quarantined)
	return d.bill.insert(billedLines, v.id, 99, l.product.id, l.product.name, -l.quantity, l.price.String(), "0.00", "1.00", updated)
}

// settle writes payments and credit notes of an invoice.
func (d *delivery) settle(r *rng, v invoice, gross cents) error {
	paid, credited := v.on+day(r.between(3, 40)), r.permille(30)
	parts := []cents{gross}
	if r.permille(80) {
		parts = []cents{gross / 2, gross - gross/2}
	}
	if paid > d.today() {
		return nil
	}
	for k, amount := range parts {
		if err := d.payment(r, v, k, amount, paid); err != nil {
			return err
		}
	}
	if !credited {
		return nil
	}
	return d.invoice(r, invoice{id: v.id + "C", customer: v.customer, credits: v.id, on: paid, lines: v.lines[:1]})
}

func (d *delivery) payment(r *rng, v invoice, k int, amount cents, on day) error {
	at := on.at(officeHours(r))
	id := "P" + v.id[1:] + "-" + itoa(k)
	t := d.billingTally("billing_payments", "payments", "amount")
	t.add(amount)
	method := pick(r, []string{"transfer", "card", "direct debit"})
	if err := d.bill.insert(billedPayments, id, v.id, v.customer, amount.String(), "EUR", method, "received", stamp(at), stamp(at)); err != nil {
		return err
	}
	switch t.loaded % plantEvery {
	case 165:
		d.billingError("payments", "orphan key", "", "billing_payments", "payments", id+"-x", loaded)
		t.add(100)
		return d.bill.insert(billedPayments, id+"-x", "R0", keyOf("B", t.loaded), "1.00", "EUR", method, "received", stamp(at), stamp(at))
	case 365:
		key := v.id + "X"
		d.billingError("invoices", "impossible date", "type.date", "billing_invoices", "invoices", key, quarantined)
		return d.bill.insert(billedInvoices, key, v.customer, nil, "invoice", nil, "2026-02-30", "2026-03-16", "1.00", "0.00", "EUR", "open", stamp(at))
	}
	return nil
}

func (d *delivery) billingError(table, kind, rule, feed, object, key string, e effect) {
	d.truth.error(plantedError{
		file: billingFile + "@" + d.today().iso(), sheet: table, place: key, kind: kind, rule: rule, effect: e, feed: feed, object: object, key: key,
	})
}
