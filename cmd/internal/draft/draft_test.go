package draft_test

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // what databases are written with

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/draft"
)

type silent struct{}

func (silent) Begin(string, int64, string) {}
func (silent) Add(int64)                   {}

// drops writes files and drafts a project from their folder.
func drops(t *testing.T, files map[string]string, change ...func(*draft.Options)) (string, draft.Report, error) {
	t.Helper()
	from, dir := filepath.Join(t.TempDir(), "drops"), filepath.Join(t.TempDir(), "project")
	for name, text := range files {
		path := filepath.Join(from, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	o := draft.Options{Dir: dir, From: []string{from}, Workers: 2, Watch: silent{}, Now: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)}
	for _, c := range change {
		c(&o)
	}
	r, err := draft.Run(context.Background(), o)
	return dir, r, err
}

// fromSQLite drafts from a database of that name, made by statements.
func fromSQLite(t *testing.T, name string, statements []string) (dir string, report draft.Report) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name+".sqlite")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	dir, report, err = drops(t, nil, func(o *draft.Options) { o.From = []string{"sqlite:" + path} })
	if err != nil {
		t.Fatal(err)
	}
	return dir, report
}

func text(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// rows makes CSV lines from a pattern; every %d is the row's number.
func rows(from, to int, pattern string) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		b.WriteString(strings.ReplaceAll(pattern, "#", fmt.Sprint(i)) + "\n")
	}
	return b.String()
}

// zipOf is an archive of files of orders.
func zipOf(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for _, name := range names {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, openOrders); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestZip(t *testing.T) {
	t.Parallel()
	_, r, err := drops(t, map[string]string{"orders.zip": zipOf(t, "orders.csv")})
	if err != nil || len(r.Feeds) != 1 || r.Feeds[0].Rows != 3 {
		t.Errorf("%v, feeds %+v: want the rows of the file in the archive", err, r.Feeds)
	}
}

func TestDelivery(t *testing.T) {
	t.Parallel()
	const products, calls, people = "sku,name,category,price\n", "activity_id,customer_id,type,at\n", "id,first_name,last_name,email,updated_at\n"
	product, call, person := "P-#,blue lamp #,lamps,1#.50", "A-#,C-#,call,2026-03-01 10:00:#", "C-#,Anna,Abelstein,anna#@example.org,2026-03-01"
	dir, r, err := drops(t, map[string]string{
		"products_2026-03-01.csv": products + rows(10, 40, product), "products_2026-03-02.csv": products + rows(10, 41, product),
		"calls_2026-03-01.csv": calls + rows(10, 40, call), "calls_2026-03-02.csv": calls + rows(41, 59, call),
		"calls_notes_2026-03-01.csv": "note,text\n" + rows(10, 20, "#,spoke"), "engagement_meeting.csv": calls + rows(10, 20, call), "engagement_company.csv": calls + rows(10, 20, call),
		"customers_2026-03-01.csv": people + rows(10, 40, person), "customers_2026-03-02.csv": people + rows(38, 45, person),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range r.Feeds {
		got[f.Name] = fmt.Sprintf("%s %s %d files", f.Delivery, f.Key, f.Files)
	}
	for feed, want := range map[string]string{"products": "snapshot sku 2 files", "calls": "append activity_id 2 files", "customers": "delta id 2 files"} {
		if got[feed] != want {
			t.Errorf("%s: %s, want %s", feed, got[feed], want)
		}
	}
	for _, want := range []string{"value: snapshot", `pattern: '(\d{4}-\d{2}-\d{2})[^/\\]*$', layout: "2006-01-02"`, "come again in the next: each is the whole"} {
		if contract := text(t, dir, "contracts/products.yaml"); !strings.Contains(contract, want) {
			t.Errorf("the contract lacks %q:\n%s", want, contract)
		}
	}
	if project := text(t, dir, config.FileName); !strings.Contains(project, "drops/calls_[0-9]*.csv") || !strings.Contains(project, "drops/products_*.csv") || !strings.Contains(project, "drops/engagement_company.csv") {
		t.Errorf("no glob names the drops:\n%s", project)
	}
}

const openOrders = "order_id,email,order_date,total\nA1,anna@example.org,03/04/2025,12.50\nA2,peter@example.com,05/06/2025,7.00\nA3,maria@example.net,07/08/2025,9.99\n"

func TestOpenDate(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{"orders.csv": openOrders})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Open) != 1 || r.Open[0].Line == 0 {
		t.Fatalf("open: %+v, want one line", r.Open)
	}
	line := strings.Split(text(t, dir, "contracts/orders.yaml"), "\n")[r.Open[0].Line-1]
	if !strings.Contains(line, "date: TODO # TODO(init): ") {
		t.Errorf("line %d is %q", r.Open[0].Line, line)
	}
	_, err = config.Load(dir)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("orders.yaml:%d:", r.Open[0].Line)) {
		t.Errorf("loading it gives %v, want a refusal that names the line", err)
	}
}

func TestAskedDate(t *testing.T) {
	t.Parallel()
	for answer, want := range []string{"date: dd/mm/yyyy", "date: mm/dd/yyyy"} {
		asked := 0
		dir, r, err := drops(t, map[string]string{"orders.csv": openOrders}, func(o *draft.Options) {
			o.Ask = func(q draft.Question) (int, bool, error) {
				asked++
				if len(q.Answers) != 2 || len(q.Seen) == 0 || q.Feed != "orders" {
					t.Errorf("asked %+v", q)
				}
				return answer, true, nil
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		if asked != 1 || len(r.Open) != 0 || !strings.Contains(text(t, dir, "contracts/orders.yaml"), want) {
			t.Errorf("answer %d: asked %d times, open %v, want %q", answer, asked, r.Open, want)
		}
		if _, err := config.Load(dir); err != nil {
			t.Error(err)
		}
	}
}

// TestAskedCents: whole amounts are asked about once a feed; left open, they
// are told of.
func TestAskedCents(t *testing.T) {
	t.Parallel()
	files := map[string]string{"payments.csv": "payment_id,invoice_id,amount,currency,paid_at\n" + rows(10, 40, "P#,I#,12#5,USD,2026-03-17")}
	for answer, isMinor := range []bool{false, true} {
		dir, r, err := drops(t, files, func(o *draft.Options) {
			o.Ask = func(q draft.Question) (int, bool, error) { return answer, true, nil }
		})
		if err != nil || r.Asked != 1 || len(r.Notes) > 0 {
			t.Fatalf("%v, asked %d, notes %v", err, r.Asked, r.Notes)
		}
		if got := strings.Contains(text(t, dir, "contracts/payments.yaml"), "unit, value: minor"); got != isMinor {
			t.Errorf("answer %d: cents %v", answer, got)
		}
	}
	if _, r, err := drops(t, files); err != nil || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "count cents") {
		t.Errorf("%v, notes %v", err, r.Notes)
	}
}

func TestDatesOfOtherFilesTell(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"orders.csv":   openOrders,
		"payments.csv": "payment_id,order_id,paid_on,amount\nB1,A1,03/25/2025,12.50\nB2,A2,05/06/2025,7.00\nB3,A3,07/28/2025,9.99\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	if contract := text(t, dir, "contracts/orders.yaml"); len(r.Open) != 0 || !strings.Contains(contract, "date: mm/dd/yyyy") {
		t.Errorf("open %v; want the order of the other file's dates in\n%s", r.Open, contract)
	}
}

func TestLocaleAndEncoding(t *testing.T) {
	t.Parallel()
	header := "Rechnungsnr;Kundennr;Rechnungsdatum;Betrag;Währung\n"
	body := rows(10, 60, "R#;K#;31.01.2026;1.234,50;EUR")
	latin := strings.ReplaceAll(header, "ä", "\xe4") + body + "R99;K1;31.02.2026;5,00;EUR\n"
	dir, r, err := drops(t, map[string]string{"rechnungen.csv": latin})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/rechnungen.yaml")
	for _, want := range []string{"encoding: windows-1252", `delimiter: ";"`, `decimal: ","`, `group: "."`, "date: dd.mm.yyyy", "value: invoiced_on", "primaryKey: true"} {
		if !strings.Contains(contract, want) {
			t.Errorf("the contract lacks %q:\n%s", want, contract)
		}
	}
	if r.Feeds[0].Refused != 1 {
		t.Errorf("%d rows refused, want the one with a day that is not", r.Feeds[0].Refused)
	}
}

func TestArraysAndHundredths(t *testing.T) {
	t.Parallel()
	record := `{"id":"O-#","created":1767#2#9,"customer":{"id":"C-#","email":"anna#@example.org","first_name":"Anna","last_name":"Abelstein"},` +
		`"currency":"EUR","total_cents":25##,"tags":["a"],"note":"free text","items":[{"sku":"S-1","quantity":2,"price_cents":12##,"amount_cents":24##}],"tax_lines":[{"title":"VAT","price":1}]}`
	dir, _, err := drops(t, map[string]string{"shop/orders.jsonl": rows(10, 40, record)})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/shop_orders.yaml")
	for _, want := range []string{
		"value: order}", "value: order_line}", "value: customer}", "path, value: items", "from, value: ../id", "unit, value: minor", "unit, value: epoch_s",
		"from, value: $hash", "field, value: ordered_at", "name: note",
	} {
		if !strings.Contains(strings.ReplaceAll(contract, `"`, ""), want) {
			t.Errorf("the contract lacks %q:\n%s", want, contract)
		}
	}
	if strings.Contains(contract, "tax_lines") {
		t.Error("lines of taxes were taken for lines of the order")
	}
}

func TestSystems(t *testing.T) {
	t.Parallel()
	people := "id,first_name,last_name,email\n" + rows(10, 40, "#,Anna,Abelstein,anna#@example.org")
	_, r, err := drops(t, map[string]string{
		"crm/contacts.csv": people, "crm/deals.csv": "deal_id,contact_id,deal_name,stage,amount\n" + rows(10, 40, "D#,#,roof #,won,1#.00"),
		"shop/customers.jsonl": rows(10, 40, `{"id":"#","first_name":"Anna","last_name":"Abelstein","email":"anna#@example.org"}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Feeds) != 3 || r.Feeds[0].Name != "crm_contacts" || r.Feeds[1].Name != "crm_deals" || r.Feeds[2].Name != "shop_customers" {
		t.Errorf("feeds: %+v", r.Feeds)
	}
}

// TestTiesAndAccounts: a table that ties contacts to deals is understood, and
// account 17 stays apart from contact 17 wherever it is named.
func TestTiesAndAccounts(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"account.csv":                  rows(0, 1, "AccountID,Name,City,Industry") + rows(10, 40, "#,Abel # GmbH,Berlin,glass"),
		"contact.csv":                  rows(0, 1, "ContactID,FName,LName,Email") + rows(10, 60, "#,Anna,Abelstein,anna#@example.org"),
		"opportunity.csv":              rows(0, 1, "OpportunityID,AccountID,Name,Stage,Amount") + rows(10, 40, "O#,#,roof #,won,1#.00"),
		"opportunity_contact_role.csv": rows(0, 1, "OpportunityID,ContactID,Role,IsPrimary") + rows(10, 40, "O#,#,buyer,true"),
	})
	if err != nil {
		t.Fatal(err)
	}
	const prefix = "{property: prefix, value: \"account:\"}"
	if n := strings.Count(text(t, dir, "contracts/account.yaml"), prefix); n != 2 {
		t.Errorf("the account's customer is kept apart %d times, want in both objects:\n%s", n, text(t, dir, "contracts/account.yaml"))
	}
	if strings.Contains(text(t, dir, "contracts/contact.yaml"), prefix) {
		t.Error("contacts have the prefix of accounts")
	}
	for _, f := range r.Feeds {
		if f.Name == "opportunity_contact_role" && (strings.Join(f.Entities, " ") != "association" || f.Understood != 4) {
			t.Errorf("ties: %+v", f)
		}
	}
}

// TestTiesOfManyKinds: a table of ties says in words what its ids are of.
func TestTiesOfManyKinds(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"contacts.csv":     "contact_id,first_name,last_name,email\n" + rows(10, 40, "C00#,Anna,Abelstein,anna#@example.org"),
		"deals.csv":        "deal_id,deal_name,stage,amount\n" + rows(10, 40, "D00#,roof #,won,1#.00"),
		"associations.csv": "from_type,from_id,to_type,to_id,label\n" + rows(10, 40, "deal,D00#,contact,C00#,buyer\ndeal,D00#,deals,D00#,twin\ntask,T#,contacts,C00#,"),
	}
	dir, r, err := drops(t, files)
	if err != nil || len(r.Feeds) != 3 || r.Feeds[0].Refused != 0 {
		t.Fatalf("%v, %+v, left out %v", err, r.Feeds, r.LeftOut)
	}
	contract := text(t, dir, "contracts/associations.yaml")
	for _, want := range []string{
		"when, value: [{column: from_type, is: [deal]}, {column: to_type, is: [contact, contacts]}]", "name: activity_customer", "name: opportunity_opportunity",
		"{property: field, value: customer_id}", "{property: field, value: activity_id}", "{property: field, value: role}", "3 files refer to one another by their ids",
	} {
		if !strings.Contains(contract, want) {
			t.Errorf("the contract lacks %q:\n%s", want, contract)
		}
	}
	files["associations.csv"] = strings.Replace(files["associations.csv"], "task,", "planet,", 1)
	if _, r, err = drops(t, files); err != nil || len(r.Feeds) != 2 || len(r.LeftOut) != 1 {
		t.Errorf("ties of a kind that nobody knows: %v, %+v, %v", err, r.Feeds, r.LeftOut)
	}
}

// TestAccountsOfBooks: a book's customers are organisations with somebody to ask
// there, and its invoices are theirs.
func TestAccountsOfBooks(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"CUSTOMER.CSV": "Account Reference,Account Name,Street 1,Town,Contact Name,Telephone Number\n" + rows(10, 40, "ABEL#,Abel # Ltd,1 Mill Lane,Cronau,Anna Abelstein,0113 #55010"),
		"INVOICES.CSV": "Invoice Number,Account Reference,Date,Gross Amount\n" + rows(10, 40, "I#,ABEL#,17/03/2026,1#.00"),
	})
	if err != nil || len(r.Feeds) != 2 {
		t.Fatalf("%v, %+v", err, r)
	}
	if strings.Contains(text(t, dir, "contracts/customer.yaml"), "full_name") {
		t.Error("the organisation is called as the person to ask there")
	}
	for file, want := range map[string]string{
		"contracts/customer.yaml": "name: Account Name\n        classification: pii\n        customProperties:\n          - {property: field, value: organisation_name}",
		"contracts/invoices.yaml": "name: Account Reference\n        customProperties:\n          - {property: field, value: customer_id}",
	} {
		if contract := text(t, dir, file); !strings.Contains(contract, want) {
			t.Errorf("%s lacks %q:\n%s", file, want, contract)
		}
	}
}

// TestUsers: users whom deals name as owners are employees, those who order are
// customers; payments that are a hundred times the orders count cents; a feed
// with a Japanese name is called by what it holds.
func TestUsers(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"crm/users.csv":        "User ID,Name,Email,Role\n" + rows(10, 15, "U#,Anna Abelstein #,anna#@example.org,rep"),
		"crm/deals.csv":        "deal_id,deal_name,stage,amount,owner_id\n" + rows(10, 15, "D#00,roof #,won,1#.00,U#"),
		"shop/users.csv":       "id,email,first_name,last_name\n" + rows(10, 40, "#,anna#@example.org,Anna,Abelstein"),
		"shop/orders.csv":      "id,user_id,created_at,total,status\n" + rows(10, 40, "9#,#,2026-03-17T10:00:00Z,1#.#,paid"),
		"shop/payments.csv":    "id,order_id,amount,paid_at\n" + rows(10, 40, "P#,9#,1##,2026-03-17T10:00:00Z"),
		"shop/order_total.csv": "order_id,code,title,value\n" + rows(10, 40, "9#,sub_total,Sum,1#.00\n9#,shipping,Shipping,5.00\n9#,total,Total,1#.00"),
		"crm/calls.csv":        "id,name,date_start,parent_id,status\n" + rows(10, 15, "call-#,Call,2026-03-17 10:00:00,D#00,Held"),
		"店/顧客.csv":             "顧客番号,氏名,メールアドレス\n" + rows(10, 40, "K#,佐藤 花子,anna#@example.org"),
	})
	if err != nil {
		t.Fatal(err)
	}
	entities := map[string]string{}
	for _, f := range r.Feeds {
		entities[f.Name] = strings.Join(f.Entities, " ")
	}
	if entities["crm_users"] != "employee" || entities["shop_users"] != "customer" || entities["customers"] != "customer" {
		t.Errorf("feeds: %v", entities)
	}
	if len(r.LeftOut) != 1 || !strings.Contains(r.LeftOut[0].Why, "lists parts") {
		t.Errorf("left out: %+v", r.LeftOut)
	}
	for file, want := range map[string]string{
		"contracts/crm_calls.yaml": "field, value: opportunity_id}", "contracts/shop_orders.yaml": "field, value: customer_id}", "contracts/shop_payments.yaml": "unit, value: minor}", "contracts/customers.yaml": "system, value: system_1}",
	} {
		if !strings.Contains(text(t, dir, file), want) {
			t.Errorf("%s lacks %q:\n%s", file, want, text(t, dir, file))
		}
	}
}

// TestShipped: tables of a known system are read by the contracts that ship,
// those that only bear the name are not.
func TestShipped(t *testing.T) {
	t.Parallel()
	const header = "id,_fivetran_synced,account_id,name,stage_name,amount,probability,close_date,type,lead_source,owner_id,created_date,last_modified_date,is_deleted\n"
	const row = "006#,2026-03-01 10:00:00,001#,roof,Closed Won,1#.00,50,2026-03-17,New,Web,005,2026-03-01 10:00:00,2026-03-01 10:00:00,false"
	dir, r, err := drops(t, map[string]string{
		"sf/opportunity.csv":     header + rows(1, 4, row),
		"sf/account_history.csv": "_fivetran_active,_fivetran_start,_fivetran_end,id,name,industry\n" + rows(1, 40, "true,2026-03-01 10:00:00,9999-12-31 23:59:59,001#,Abel # GmbH,glass"),
		"german/opportunity.csv": header + rows(1, 3, strings.ReplaceAll(strings.ReplaceAll(row, "2026-03-17", "17.03.2026"), "1#.00", "\"1#,00\"")),
		"crm/opportunity.csv":    "id,name,stage_name,amount\n" + rows(10, 40, "A#,roof,won,12.00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	contracts := map[string]string{}
	for _, f := range r.Feeds {
		contracts[f.Name] = f.Contract
	}
	if contracts["sf_opportunity"] != "builtin:salesforce/opportunity" || contracts["german_opportunity"] != "contracts/german_opportunity.yaml" || contracts["crm_opportunity"] != "contracts/crm_opportunity.yaml" {
		t.Errorf("contracts: %v", contracts)
	}
	cfg, err := config.Load(dir)
	if err != nil || len(cfg.Feeds) != 3 || len(r.LeftOut) != 1 || !strings.Contains(r.LeftOut[0].Why, "earlier states") {
		t.Errorf("the project: %v", err)
	}
}

// TestOutcomeBesideStage: of the two columns in which a deal stands, the end
// is taken where there is one, else the stage, whichever was found first.
func TestOutcomeBesideStage(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"deals.csv": "Deal - ID,Deal - Title,Deal - Value,Deal - Stage,Deal - Status\n" + rows(10, 20, "#,roof #,1#.00,Demo,open") +
			rows(20, 30, "#,roof #,1#.00,Lead In,lost") + rows(30, 40, "#,roof #,1#.00,Proposal Made,won"),
		"opportunities.csv": "opportunity_id,topic,est_revenue,status,pipeline_phase\n" + rows(10, 20, "#,roof #,1#.00,Open,1-Qualify") +
			rows(20, 30, "#,roof #,1#.00,Lost,2-Develop") + rows(30, 40, "#,roof #,1#.00,Won,3-Propose"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string][]string{
		"contracts/deals.yaml":         {"else, value: [{column: Deal - Stage}]", "nulls, value: [open]", "{property: field, value: last_stage}"},
		"contracts/opportunities.yaml": {"else, value: [{column: pipeline_phase}]", "nulls, value: [Open]"},
	} {
		for _, w := range want {
			if !strings.Contains(text(t, dir, file), w) {
				t.Errorf("%s lacks %q:\n%s", file, w, text(t, dir, file))
			}
		}
	}
}

func TestNamedTwice(t *testing.T) {
	t.Parallel()
	_, r, err := drops(t, map[string]string{"orders.csv": openOrders}, func(o *draft.Options) {
		o.From = append(o.From, filepath.Join(o.From[0], "orders.csv"), o.From[0])
	})
	if err != nil || len(r.Feeds) != 1 || r.Feeds[0].Files != 1 {
		t.Errorf("%v, feeds %+v: want one feed of one file", err, r.Feeds)
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	t.Parallel()
	files := map[string]string{"orders.csv": openOrders}
	project := filepath.Join(t.TempDir(), "p")
	into := func(o *draft.Options) { o.Dir = project }
	if _, _, err := drops(t, files, into); err != nil {
		t.Fatal(err)
	}
	var wrong *draft.UsageError
	if _, _, err := drops(t, files, into); !errors.As(err, &wrong) || !strings.Contains(err.Error(), "--force") {
		t.Errorf("a second time gives %v, want a refusal", err)
	}
	if _, _, err := drops(t, files, into, func(o *draft.Options) { o.Force = true }); err != nil {
		t.Errorf("with force: %v", err)
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	good := map[string]string{"orders.csv": openOrders}
	for name, c := range map[string]struct {
		files map[string]string
		o     func(*draft.Options)
		want  string
	}{
		"nothing named":  {good, func(o *draft.Options) { o.From = nil }, "--from"},
		"no such file":   {good, func(o *draft.Options) { o.From = []string{"nowhere.csv"} }, "no such file"},
		"empty folder":   {map[string]string{"README.md": "hello"}, nil, "holds no file"},
		"empty file":     {map[string]string{"orders.csv": ""}, nil, "holds no file"},
		"a web page":     {map[string]string{"orders.csv": "<html><body>no</body></html>"}, nil, "web page"},
		"an old book":    {map[string]string{"orders.xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("x", 600)}, nil, "xls"},
		"cut record":     {map[string]string{"orders.jsonl": `{"order_id": "A1", "tot`}, nil, "no row of it can be read: row 1"},
		"two in a zip":   {map[string]string{"orders.zip": zipOf(t, "a.csv", "b.csv")}, nil, "archive of 2 files"},
		"one column":     {map[string]string{"calls.txt": "call Anna\ncall Peter\n"}, nil, "one column"},
		"header alone":   {map[string]string{"orders.csv": "order_id,total\n"}, nil, "no row"},
		"broken archive": {map[string]string{"orders.xlsx": "PK\x03\x04 and nothing else"}, nil, "orders.xlsx"},
		"no entity":      {map[string]string{"settings.csv": "key,value\ncolour,red\nsize,large\n"}, nil, "no entity"},
		"no database":    {good, func(o *draft.Options) { o.From = []string{"sqlite:nowhere.db"} }, "does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			change := c.o
			if change == nil {
				change = func(*draft.Options) {}
			}
			dir, _, err := drops(t, c.files, change)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want a message with %q", err, c.want)
			}
			if _, err := os.Stat(filepath.Join(dir, config.FileName)); err == nil {
				t.Error("a project was written")
			}
		})
	}
}

// A broken file beside good ones is left out with a reason; the rest is
// drafted. Hostile headers stay in their line.
func TestBadBesideGood(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"orders.csv": openOrders + "A4,ann\xffa@example.org,13/04/2025,1.00\n",
		"page.csv":   "<!doctype html><p>", "people.csv": "id,\"first\nname: x # y\",last_name,email\n" + rows(10, 40, "#,Anna,Abelstein,anna#@example.org"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.LeftOut) != 1 || !strings.Contains(r.LeftOut[0].Place, "page.csv") {
		t.Errorf("left out: %+v", r.LeftOut)
	}
	if _, err := config.Load(dir); err != nil {
		t.Error(err)
	}
}

func TestWorkersCarryNoMeaning(t *testing.T) {
	t.Parallel()
	files := map[string]string{"people.csv": "id,first_name,last_name,email,updated\n" + rows(10, 900, "#,Anna,Abelstein,anna#@example.org,2026-01-02")}
	var texts []string
	for _, workers := range []int{1, 4} {
		dir, _, err := drops(t, files, func(o *draft.Options) { o.Workers = workers })
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text(t, dir, "contracts/people.yaml"))
	}
	if texts[0] != texts[1] {
		t.Error("one worker and four draft different contracts")
	}
}

// TestGuesses drafts small files of one peculiarity each.
func TestGuesses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, rows string
		want       []string
	}{
		"births of two digits": {"patienten.csv", "Patientennr;Vorname;Nachname;Geb.-Datum\n" + rows(10, 40, "0#;Anna;Abelstein;17.03.#"),
			[]string{"date: dd.mm.yy to 2026", "value: birth_date", "final_newline: required"}},
		"dates of two digits": {"rechnungen.csv", "Rechnungsnr;Rechnungsdatum;Betrag\n" + rows(10, 40, "R#;17.03.26;12,50"),
			[]string{"date: dd.mm.yy to 2036", "value: invoiced_on"}},
		"postcode and town in one": {"kunden.csv", "Kundennr;Vorname;Nachname;Straße;PLZ/Ort\n" + rows(10, 40, "0#;Anna;Abelstein;Ahornweg #;10115 Berlin"),
			[]string{"value: place.postcode", "value: place.city", "value: [PLZ/Ort]"}},
		"family names first": {"ugyfelek.csv", "ugyfelszam;teljes nev;email\n" + rows(10, 40, "0#;Abrazzo Anna;a#@example.org") + rows(40, 70, "0#;Brunnquell Peter;b#@example.org"),
			[]string{"value: full_name", "clean, value: name.family_first", "the family name comes first"}},
		"fixed width": {"zahlungen.txt", "ZAHLUNGSNR RECHNUNG DATUM           BETRAG ART\n" + rows(10, 40, "A#        R7       17.03.2026    1.234,# Bar"),
			[]string{"format: fixed", "start, value: 1}", "width, value: 11}", "value: paid_at", `decimal: ","`, "final_newline: required"}},
		"cents of a payment service": {"charges.jsonl", rows(10, 40, `{"id":"ch_#","customer":"C#","amount":#99,"currency":"usd","created":17672255#,"status":"paid"}`),
			[]string{"unit, value: minor", "unit, value: epoch_s"}},
		"calls by their name": {"calls.csv", "call_id,customer_id,start_time\n" + rows(10, 40, "A#,C#,2026-03-01 10:00:00"),
			[]string{"value: activity", "constant, value: call"}},
		"thousands": {"orders.csv", "order_id;email;order_date;total\n" + rows(10, 40, "A#;a#@example.org;2026-03-17;1,2#") + rows(50, 60, "A#;a#@example.org;2026-03-17;9#"),
			[]string{`decimal: "."`, `group: ","`}},
		"lakhs": {"invoices.csv", "Invoice No,Cust ID,Invoice Date,Invoice Value\n" + rows(10, 40, `I#,C#,17/03/2026,"₹1,23,4#.00"`),
			[]string{`group: ","`, "grouping: indian", "value: total_amount"}},
		"names of months": {"rechnungen.csv", "Rechnungsnr;Rechnungsdatum;Betrag\n" + rows(10, 28, "R#;#. März 2026;12,50"),
			[]string{"date: d month yyyy", "value: invoiced_on"}},
		"shares of one": {"deals.csv", "deal_id,deal_name,amount,stage,probability\n" + rows(10, 40, "D#,roof,12.00,won,0.#"),
			[]string{"value: probability_percent", "unit, value: fraction"}},
		"close dates of ends": {"deals.csv", "deal_id,deal_name,stage,amount,close_date\n" + rows(10, 40, "D#,roof,Won,12.00,2026-03-17") + rows(40, 60, "D#,roof,Proposal,12.00,"),
			[]string{"value: closed_at", "and only there"}},
		"named by their names": {"accounts.csv", "account,sector,office_location\n" + rows(10, 40, "Abel # GmbH,glass,Berlin"),
			[]string{"value: account}", "primaryKey: true", "value: name}", "value: account_id}", "its names are its keys"}},
		"lines of one each": {"olist_order_items_dataset.csv", "order_id,order_item_id,product_id,price\n" + rows(10, 40, "O#,1,P1,12.50\nO#,2,P2,7.00"),
			[]string{"value: order_line}", `constant, value: "1"`, "value: quantity}"}},
		"yes by a date": {"unsubscribed.csv", "contact_id,first_name,last_name,email,phone,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE\n" + rows(10, 40, "C#,Anna,Abelstein,a#@example.org,(212) 555-01#,2026-03-17 10:00:00,Unsubscribed from campaign"),
			[]string{"value: is_opted_out}", `matches, value: "[1-9]"`, "name: UNSUB_CAMPAIGN_TITLE\n        customProperties:\n          - {property: field, value: none}"}},
		"a number sign": {"expo_leads.csv", "#,Name,Email,Product,Status\n" + rows(10, 40, "90#,Anna Abelstein,a#@example.org,lamp,won"),
			[]string{`name: "#"`, "value: lead_id"}},
		"lines of one product each": {"sales_by_item.csv", "Sale ID,Sale Date,Customer ID,Item Code,Quantity,Total\n" + rows(10, 40, "S#,2026-03-17,C1,BAR,1,2.50"),
			[]string{"name: Item Code\n        primaryKey: true\n        primaryKeyPosition: 2"}},
		"records in data": {"deals.json", `{"meta":{"page":1},"data":[` + strings.TrimSuffix(rows(10, 40, `{"type":"deals","id":"d-#","attributes":{"title":"roof","value":{"amount":1#,"currency":"USD"},"stage":"won"},"relationships":{"contact":{"data":{"type":"contacts","id":"c-#"}}}},`), ",\n") + "]}",
			[]string{"value: opportunity}", "records: [data]", "name: relationships.contact.data.id", "value: customer_id"}},
		"yen": {"注文.csv", "注文番号,顧客番号,注文日,合計金額\n" + rows(10, 40, `#,0#,2026年03月17日,"¥1,2#"`),
			[]string{`group: ","`, "value: total_amount", "value: ordered_at", "2006年1月2日"}},
		"no end of the last line": {"calls.csv", "call_id,customer_id,start_time\n" + strings.TrimSuffix(rows(10, 40, "A#,C#,2026-03-01 10:00:00"), "\n"),
			[]string{"format: csv}"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, r, err := drops(t, map[string]string{c.file: c.rows})
			if err != nil || len(r.Open) > 0 || r.Feeds[0].Refused > 0 {
				t.Fatalf("%v, open %v, feeds %+v", err, r.Open, r.Feeds)
			}
			contract := text(t, dir, r.Feeds[0].Contract)
			for _, want := range c.want {
				if !strings.Contains(contract, want) {
					t.Errorf("the contract lacks %q:\n%s", want, contract)
				}
			}
		})
	}
}
