package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"loadstar/cmd/internal/config"
	"loadstar/load"
	"loadstar/schemas"
)

const head = `apiVersion: v3.1.0
kind: DataContract
id: %
name: %
version: 1.0.0
status: active
customProperties:
  - {property: error_share, value: 1}
`

// giveBack is a project with one feed of each delivery mode and one workbook,
// each with one bad row.
func giveBack(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, sub := range []string{"contracts", "drops"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"loadstar.yaml": `version: 1
company: {name: Example, time_zone: Europe/Berlin, currency: EUR, country: DE}
feeds:
  contacts: {contract: contracts/contacts.yaml, from: {csv: "drops/contacts_*.csv"}}
  products: {contract: contracts/products.yaml, from: {csv: "drops/products_*.csv"}}
  sales: {contract: contracts/sales.yaml, from: {csv: "drops/sales_*.csv"}}
  leads: {contract: contracts/leads.yaml, from: {excel: "drops/leads_*.xlsx"}}
`,
		"contracts/contacts.yaml": strings.ReplaceAll(head, "%", "contacts") + `  - {property: delivery, value: delta}
  - {property: dialect, value: {delimiter: ";", encoding: windows-1252}}
schema:
  - name: contacts
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: full_name, classification: pii}
      - {name: email, classification: pii}
      - {name: birth_date, logicalType: date, classification: pii}
`,
		"contracts/products.yaml": strings.ReplaceAll(head, "%", "products") + `  - {property: delivery, value: snapshot}
schema:
  - name: products
    customProperties: [{property: entity, value: product}]
    properties:
      - {name: product_id, primaryKey: true}
      - {name: name}
      - name: kind
        customProperties: [{property: field, value: none}]
        quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [window, door]}}]
`,
		"contracts/sales.yaml": strings.ReplaceAll(head, "%", "sales") + `  - {property: delivery, value: append}
schema:
  - name: sales
    customProperties:
      - {property: entity, value: order_line}
      - {property: references, value: {customer: contacts}}
    properties:
      - {name: order_id}
      - {name: customer_id}
      - {name: product_id}
      - {name: line_amount, logicalType: number}
      - {name: ordered_at, logicalType: timestamp}
`,
		"contracts/leads.yaml": strings.ReplaceAll(head, "%", "leads") + `  - {property: delivery, value: snapshot}
schema:
  - name: leads
    customProperties: [{property: entity, value: lead}]
    properties:
      - {name: lead_id, primaryKey: true}
      - {name: estimated_amount, logicalType: number}
`,
		"drops/contacts_1.csv": "customer_id;full_name;email;birth_date\nC-1;J\xfcrgen Kern;j.kern@example.org;1970-02-03\nC-2;Ann Lund;ann.lund@example.org;31.02.1980\nC-3;Ola Berg;ola.berg@example.org;\n",
		"drops/products_1.csv": "product_id,name,kind\nP-1,Oak,window\nP-2,Pine,gate\nP-3,Ash,door\n",
		"drops/sales_1.csv": "order_id,customer_id,product_id,line_amount,ordered_at\nO-1,C-1,P-1,10.50,2026-03-01 10:00:00\nO-1,C-1,P-1,10.50,2026-03-01 10:00:00\n" +
			"O-2,C-2,P-2,\"1,000\",2026-03-02 10:00:00\nO-3,C-3,P-3,7,2026-03-03 10:00:00\n",
	} {
		put(t, dir, name, text)
	}
	book := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "lead_id", "B1": "estimated_amount", "A2": "L-1", "B2": 12.5, "A3": "L-2", "B3": "many", "A4": "L-3", "B4": 3} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(filepath.Join(dir, "drops", "leads_1.xlsx")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// must runs a command that has to succeed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	code, out, errOut := say(args...)
	if code != 0 {
		t.Fatalf("loadstar %s: exit code %d\n%s%s", strings.Join(args, " "), code, out, errOut)
	}
	return out
}

// mend replaces a text in a file and writes it to another place.
func mend(t *testing.T, from, to, old, now string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("%s lacks %q:\n%s", from, old, text)
	}
	if err := os.WriteFile(to, []byte(strings.Replace(string(text), old, now, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func mendWorkbook(t *testing.T, from, to string) {
	t.Helper()
	book, err := excelize.OpenFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellValue("Sheet1", "B3", 99); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(to); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
}

// asked is the answer to a question, whatever version tells it.
func asked(t *testing.T, dir string) string {
	t.Helper()
	return must(t, "query", "-C", dir, "--format", "csv", `select 'customers' as what, count(*) as n, '' as total from ods.customer
union all select 'products', count(*), string_agg(product_id, ' ' order by product_id) from ods.product where not is_deleted
union all select 'sales', count(*), cast(sum(line_amount) as varchar) from ods.order_line
union all select 'twice', count(*), '' from ods.order_line where is_exact_duplicate
union all select 'leads', count(*), cast(sum(estimated_amount) as varchar) from ods.lead where not is_deleted
union all select 'facts', count(*), cast(sum(line_amount) as varchar) from fact_order_line order by 1`)
}

// TestGiveBack sends bad rows back and takes the mended copies in again, under
// their own names and others: just those rows are new, in every delivery mode, and what is then loaded is what
// files that were right at once give.
func TestGiveBack(t *testing.T) {
	t.Parallel()
	dir := giveBack(t)
	must(t, "run", "-C", dir)
	if list := must(t, "quarantine", "list", "-C", dir); strings.Count(list, "LS4") != 4 {
		t.Fatalf("quarantine:\n%s", list)
	}
	back := filepath.Join(dir, "back")
	if out := must(t, "quarantine", "export", "-C", dir, "--annotate", back); strings.Count(out, "in the copy") != 4 {
		t.Fatalf("annotated:\n%s", out)
	}
	drop := func(name string) string { return filepath.Join(dir, "drops", name) }
	mend(t, filepath.Join(back, "contacts", "contacts_1.csv"), drop("contacts_1 mended.csv"), "31.02.1980", "1980-02-28")
	mend(t, filepath.Join(back, "products", "products_1.csv"), drop("products_1.csv"), "gate", "door")
	mend(t, filepath.Join(back, "sales", "sales_1.csv"), drop("sales_1_new.csv"), `"1,000"`, "1000")
	mendWorkbook(t, filepath.Join(back, "leads", "leads_1.xlsx"), drop("leads_1.xlsx"))
	// Two files are still there under their old names, as wrong as before: copies of other names mend them.
	if out := must(t, "validate", "-C", dir); !strings.Contains(out, "0 errors, 0 warnings") || strings.Count(out, " are mended in ") != 2 || strings.Contains(out, "_loadstar") {
		t.Errorf("the copies do not read as the files they are of:\n%s", out)
	}
	out := must(t, "run", "-C", dir)
	for _, feed := range []string{"contacts", "products", "sales", "leads"} {
		found := false
		for line := range strings.Lines(out) {
			words := strings.Fields(line)
			if len(words) > 5 && words[0] == feed { // files, rows in, loaded, quarantined, redelivered
				found = words[3] == "1" && words[4] == "0"
			}
		}
		if !found {
			t.Errorf("not just the mended row of %s was loaded:\n%s", feed, out)
		}
	}
	if list := must(t, "quarantine", "list", "-C", dir); !strings.Contains(list, "No row") {
		t.Errorf("mended rows are still open:\n%s", list)
	}
	if list := must(t, "quarantine", "list", "--all", "-C", dir); strings.Count(list, "LS4") != 4 {
		t.Errorf("what was refused is forgotten:\n%s", list)
	}
	right := giveBack(t)
	for name, from := range map[string]string{"contacts_1.csv": "contacts_1 mended.csv", "products_1.csv": "products_1.csv",
		"sales_1.csv": "sales_1_new.csv", "leads_1.xlsx": "leads_1.xlsx"} {
		text, err := os.ReadFile(drop(from))
		if err != nil {
			t.Fatal(err)
		}
		put(t, right, filepath.Join("drops", name), string(text))
	}
	must(t, "run", "-C", right)
	if got, want := asked(t, dir), asked(t, right); got != want || !strings.Contains(want, "sales,4,1028.0000") {
		t.Errorf("mended in two steps:\n%s\nright at once:\n%s", got, want)
	}
	if out := must(t, "run", "-C", dir); !strings.Contains(out, "Nothing new") {
		t.Errorf("a further run loads something:\n%s", out)
	}
}

// TestReplay mends a contract instead: the rows pass, and nothing counts twice.
func TestReplay(t *testing.T) {
	t.Parallel()
	dir := giveBack(t)
	if code, _, errOut := say("quarantine", "replay", "-C", dir); code != 1 || !strings.Contains(errOut, "loadstar run") {
		t.Errorf("replay before the first run: %d %s", code, errOut)
	}
	must(t, "run", "-C", dir)
	contract := filepath.Join(dir, "contracts", "products.yaml")
	mend(t, contract, contract, "[window, door]", "[window, door, gate]")
	dry := must(t, "quarantine", "replay", "-C", dir, "--dry-run")
	for line := range strings.Lines(dry) {
		words := strings.Fields(line)
		if len(words) > 3 && strings.HasPrefix(words[1], "drops/") {
			if passing := words[3]; (words[0] == "products") != (passing == "1") {
				t.Errorf("%s: %s rows pass:\n%s", words[0], passing, dry)
			}
		}
	}
	if list := must(t, "quarantine", "list", "-C", dir); strings.Count(list, "LS4") != 4 {
		t.Errorf("a dry run changes something:\n%s", list)
	}
	must(t, "quarantine", "replay", "-C", dir)
	if list := must(t, "quarantine", "list", "-C", dir); strings.Count(list, "LS4") != 3 || strings.Contains(list, "products") {
		t.Errorf("after the replay:\n%s", list)
	}
	fresh := giveBack(t)
	freshContract := filepath.Join(fresh, "contracts", "products.yaml")
	mend(t, freshContract, freshContract, "[window, door]", "[window, door, gate]")
	must(t, "run", "-C", fresh)
	if got, want := asked(t, dir), asked(t, fresh); got != want || !strings.Contains(want, "P-1 P-2 P-3") {
		t.Errorf("replayed:\n%s\nright at once:\n%s", got, want)
	}
	if got, want := must(t, "digest", "-C", dir), must(t, "digest", "-C", fresh); got != want {
		t.Errorf("digests differ:\n%s\nwant\n%s", got, want)
	}
	if out := must(t, "quarantine", "replay", "-C", dir); !strings.Contains(out, "Nothing new") {
		t.Errorf("a further replay loads something:\n%s", out)
	}
	mendWorkbook(t, filepath.Join(dir, "drops", "leads_1.xlsx"), filepath.Join(dir, "drops", "leads_2.xlsx"))
	put(t, dir, "drops/sales_2.csv", "order_id,customer_id,product_id,line_amount,ordered_at\nO-9,C-1,P-1,1,2026-03-09 10:00:00\n")
	must(t, "run", "-C", dir, "--accept")
	if list := must(t, "quarantine", "list", "-C", dir); strings.Count(list, "LS4") != 2 || strings.Contains(list, "leads") {
		t.Errorf("a newer whole settles its feed's rows, other files of a feed do not:\n%s", list)
	}
}

// TestPulledRowsNameTheirKey: a row of a pull is found by its key, masked as
// its column is; a row of a file by its line.
func TestPulledRowsNameTheirKey(t *testing.T) {
	t.Parallel()
	contract := schemas.Contract{Objects: []schemas.Object{{Name: "lines", Properties: []schemas.Property{
		{Name: "line", Key: 2}, {Name: "invoice", Key: 1, Field: "invoice_id"}, {Name: "amount"},
	}}}}
	pulled := config.Feed{Contract: contract, From: config.From{Table: "lines", Connection: "billing"}}
	v := load.Violation{Object: "lines", File: "table:lines", Row: "395", Raw: `{"invoice":"I-7","line":3,"amount":"x"}`}
	v.Key = pulledKey(pulled, v)
	if got := v.Place(); got != "table:lines:395 (invoice I-7, line 3)" {
		t.Errorf("place %s", got)
	}
	hidden := mask(v, map[string]bool{"invoice": true})
	if got := pulledKey(pulled, hidden); !strings.HasPrefix(got, "invoice "+masked) {
		t.Errorf("key %s", got)
	}
	if got := pulledKey(config.Feed{Contract: contract, From: config.From{Pattern: "*.csv"}}, v); got != "" {
		t.Errorf("a row of a file has key %s", got)
	}
}
