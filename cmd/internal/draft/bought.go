package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// bought is what web events say of sales that no feed of orders tells.
type bought struct {
	column *columnDraft // that tells what an event is
	words  []string     // of it: of purchases
	lines  recognise.Verdict
	buyer  *columnDraft
	order  *columnDraft // that names the order, nil = none
}

// findBought finds the purchases among web events that say the price of what was
// bought. ok is false where none do, or feeds tell of orders or invoices.
func (d *drafter) findBought(t *table) (b bought, ok bool) {
	if t.entity().Name != "web_event" || t.path != "" || t.led != nil || t.feed.shipped != nil {
		return b, false
	}
	told := false
	d.eachTable(func(_ *feed, u *table) {
		told = told || slices.Contains([]string{"order", "order_line", "invoice", "invoice_line"}, u.entity().Name)
	})
	line, err := schemas.EntityNamed("order_line")
	if b.column = t.byField("type"); told || err != nil || b.column == nil {
		return b, false
	}
	for _, v := range b.column.profile.Sample() {
		if d.judge.Tables.Word("web_event", "type", v.Text) == "order" {
			b.words = append(b.words, v.Raw)
		}
	}
	slices.Sort(b.words)
	b.lines = d.judge.As(line, recognise.Question{Names: []string{line.Name}, Columns: t.survey.Columns})
	if b.buyer = t.byField("customer_id"); b.buyer == nil {
		b.buyer = t.byField("visitor_id")
	}
	if b.order = t.byField("order_id"); b.order == nil {
		b.order = t.byField("session_id")
	}
	isPriced := func(name string) bool {
		f := fieldOf(b.lines, name)
		return f != nil && f.Sure > 1 && f.Column.Filled > 0
	}
	return b, len(b.words) > 0 && b.buyer != nil && (isPriced("unit_price") || isPriced("line_amount"))
}

func (d *drafter) tellsSales(t *table) bool {
	_, ok := d.findBought(t)
	return ok
}

// boughtObjects makes order lines of purchases among web events, and customers
// of those who bought.
func (d *drafter) boughtObjects(t *table, known []provider) []objectText {
	b, ok := d.findBought(t)
	if !ok {
		return nil
	}
	only := []wordsOnly{{column: b.column.profile.Name, words: b.words, leave: true}}
	lines := objectText{
		name: "order_lines", entity: "order_line", only: only, repeats: t.key.repeats, references: t.references,
		why: fmt.Sprintf("no feed tells of orders: what was bought says %q", b.column.profile.Name),
	}
	lines.add(propertyText{name: b.column.profile.Name, required: true, why: "tells what the event is"})
	feed := func(field string, c *columnDraft, why string) {
		if c == nil || lines.feeds(field) {
			return
		}
		f, _ := b.lines.Entity.Field(field)
		p := d.property(t, c, &recognise.FieldColumn{Column: c.profile, Field: f, Why: why})
		p.required, p.minimum = false, ""
		lines.add(p)
	}
	feed("order_id", b.order, "what was bought in it is one order")
	feed("customer_id", b.buyer, "who bought")
	feed("ordered_at", t.byField("at"), "when it was bought")
	feed("product_id", t.byField("product_id"), "what was bought")
	for _, name := range []string{"quantity", "unit_price", "line_amount", "description"} {
		if f := fieldOf(b.lines, name); f != nil && f.Sure > 1 {
			feed(name, t.columns[f.Column.Name], f.Why)
		}
	}
	if currency := t.byNamed(b.lines, "currency_code"); currency != nil {
		feed("currency_code", currency, "as the event says")
	}
	if lines.feeds("unit_price") && !lines.feeds("quantity") && !lines.feeds("line_amount") {
		lines.add(propertyText{name: "quantity", field: "quantity", logical: "number", constant: "1", why: "no column counts: each purchase is one"})
	}
	for i, c := range t.key.columns {
		if !lines.has(c.profile.Name) {
			lines.add(d.property(t, c, nil))
		}
		p := &lines.properties[lines.propertyOf(c)]
		p.key, p.required = i+1, true
	}
	if t.key.hash {
		lines.add(propertyText{name: "row_text", from: "$hash", key: 1, field: "line_id", why: "no column names the rows: their text does"})
	}
	objects := []objectText{lines}
	if buyers, ok := d.bareCustomers(t, b.buyer, known); ok {
		buyers.only = only
		buyers.add(propertyText{name: b.column.profile.Name, why: "tells what the event is"})
		objects = append(objects, buyers)
	}
	return objects
}

// byNamed is the column that feeds a field of a verdict on the table's columns,
// nil where none does.
func (t *table) byNamed(v recognise.Verdict, field string) *columnDraft {
	if f := fieldOf(v, field); f != nil {
		return t.columns[f.Column.Name]
	}
	return nil
}
