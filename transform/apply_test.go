package transform_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"loadstar/schemas"
	"loadstar/transform"
)

func TestApplyTypesAndHashes(t *testing.T) {
	p := plan(t, contract(t, `
- {property: delivery, value: append}
- property: locale
  value: {decimal: ",", group: ".", date: dd/mm/yyyy, currency: GBP}
`, "order_line", `
- {name: InvoiceNo, required: true, customProperties: [{property: field, value: order_id}, {property: aliases, value: [Rechnung]}]}
- {name: Qty, logicalType: integer, customProperties: [{property: field, value: quantity}]}
- {name: Unit Price, logicalType: number, customProperties: [{property: field, value: unit_price}]}
- {name: Date, logicalType: timestamp, customProperties: [{property: field, value: ordered_at}]}
- {name: Customer, logicalType: integer, customProperties: [{property: field, value: customer_id}]}
- {name: Cancelled, customProperties: [{property: field, value: is_cancelled}]}
- {name: Country, customProperties: [{property: field, value: country_code}]}
`))
	got := apply(t, p, decoded([]string{"invoice-no", "Qty", "UNIT_PRICE", "Date", "Customer", "Cancelled", "Country", "Colour"},
		[]string{"A1", "6", "1.234,50 £", "01/07/2024 10:00", "17850.0", "ja", "United Kingdom", "red \"x\""},
		[]string{"A1", "-6", "2,5", "01/12/2024", "", "", "Atlantis", null},
	))
	rec := got.Record
	same(t, "order_id", column(t, rec, "order_id"), []string{"A1", "A1"})
	same(t, "quantity", column(t, rec, "quantity"), []string{"6.0000", "-6.0000"})
	same(t, "unit_price", column(t, rec, "unit_price"), []string{"1234.5000", "2.5000"})
	summer := time.Date(2024, 7, 1, 9, 0, 0, 0, time.UTC).UnixMicro()
	winter := time.Date(2024, 12, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
	same(t, "ordered_at", column(t, rec, "ordered_at"), []string{text(summer), text(winter)})
	same(t, "customer_id", column(t, rec, "customer_id"), []string{"17850", null})
	same(t, "source_customer_key", column(t, rec, "source_customer_key"), []string{text(schemas.CustomerKey("crm", "17850")), null})
	same(t, "is_cancelled", column(t, rec, "is_cancelled"), []string{"true", null})
	same(t, "country_code", column(t, rec, "country_code"), []string{"GB", null})
	same(t, "currency_code", column(t, rec, "currency_code"), []string{"GBP", "GBP"})
	same(t, "is_currency_assumed", column(t, rec, "is_currency_assumed"), []string{"true", "true"})
	same(t, "attributes", column(t, rec, "attributes"), []string{`{"Colour":"red \"x\""}`, `{"Country":"Atlantis"}`})
	same(t, "source_row", column(t, rec, "source_row"), []string{"2", "3"})
	same(t, "file_key", column(t, rec, "file_key"), []string{"77", "77"})
	same(t, "version_at", column(t, rec, "version_at"), []string{null, null})
	if got.Read != 2 || len(got.Rejects) != 0 || got.Entity != "order_line" || got.Object != "rows" {
		t.Errorf("counts wrong: %+v", got)
	}
	if got.Money["unit_price"] != money(12370000) || got.Money["quantity"] != money(0) {
		t.Errorf("money %v", got.Money)
	}
	ids := column(t, rec, "row_id")
	if ids[0] == ids[1] || strings.HasPrefix(ids[0], "-") {
		t.Errorf("row ids %v", ids)
	}
}

func text(v int64) string { return valueText(intColumn(v), 0) }

// TestRulesReject breaks each rule once.
func TestRulesReject(t *testing.T) {
	for name, test := range map[string]struct{ entity, property, value, rule string }{
		"required":       {"order", `{name: status, required: true}`, "", "required"},
		"required blank": {"order", `{name: status, required: true}`, " \u00a0", "required"},
		"nulls":          {"order", `{name: status, required: true, customProperties: [{property: nulls, value: ["n/a"]}]}`, "n/a", "required"},
		"integer":        {"activity", `{name: duration_minutes, logicalType: integer}`, "ten", "type.integer"},
		"whole":          {"order_line", `{name: quantity, logicalType: integer}`, "1.5", "type.integer"},
		"number":         {"order", `{name: total_amount, logicalType: number}`, "1,23", "type.number"},
		"scale":          {"order", `{name: total_amount, logicalType: number}`, "1.23456", "scale"},
		"date":           {"campaign", `{name: start_date, logicalType: date}`, "2024-02-30", "type.date"},
		"timestamp":      {"order", `{name: ordered_at, logicalType: timestamp}`, "2024-02-30 10:00", "type.timestamp"},
		"boolean":        {"order", `{name: is_cancelled, logicalType: boolean}`, "perhaps", "type.boolean"},
		"range":          {"order", `{name: total_amount, logicalType: number, logicalTypeOptions: {minimum: 0}}`, "-1", "range"},
		"range above":    {"order", `{name: total_amount, logicalType: number, logicalTypeOptions: {exclusiveMinimum: 0}}`, "-0.5", "range"},
		"range at":       {"order", `{name: total_amount, logicalType: number, logicalTypeOptions: {exclusiveMinimum: 12.5}}`, "12.50", "range"},
		"range max":      {"order", `{name: total_amount, logicalType: number, logicalTypeOptions: {maximum: 10.5}}`, "10.51", "range"},
		"range below":    {"order", `{name: total_amount, logicalType: number, logicalTypeOptions: {exclusiveMaximum: 10}}`, "10.75", "range"},
		"range date":     {"campaign", `{name: start_date, logicalType: date, logicalTypeOptions: {minimum: 2000-01-01}}`, "1999-12-31", "range"},
		"range moment":   {"order", `{name: ordered_at, logicalType: timestamp, logicalTypeOptions: {maximum: 2030-01-01}}`, "2030-01-02", "range"},
		"length short":   {"order", `{name: status, logicalTypeOptions: {minLength: 3}}`, "ab", "length"},
		"length long":    {"order", `{name: status, logicalTypeOptions: {maxLength: 3}}`, "äöüß", "length"},
		"pattern":        {"order", `{name: status, logicalTypeOptions: {pattern: "[A-Z]+"}}`, "Abc", "pattern"},
		"allowed":        {"order", `{name: status, quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [open, closed]}}]}`, "ajar", "allowed"},
		"attribute":      {"order", `{name: weight, logicalType: number}`, "heavy", "type.number"},
		"phone":          {"customer", `{name: phone, required: true}`, "call me", "phone.invalid"},
		"email":          {"customer", `{name: email, required: true}`, "n/a", "email.invalid"},
		"encoding":       {"order", `{name: status}`, "caf\xe9", "encoding"},
	} {
		t.Run(name, func(t *testing.T) {
			key := "order_id"
			if test.entity != "order" {
				key = test.entity + "_id"
			}
			if test.entity == "order_line" {
				key = "line_id"
			}
			p := plan(t, contract(t, "", test.entity, "- {name: "+key+", primaryKey: true}\n- "+test.property+"\n"))
			column := strings.Trim(strings.Split(test.property, ",")[0], "{} ")
			column = strings.TrimSuffix(strings.TrimPrefix(column, "name: "), "}")
			got := apply(t, p, decoded([]string{key, column}, []string{"1", test.value}))
			if got.Record.NumRows() != 0 || len(got.Rejects) != 1 {
				t.Fatalf("%d rows, rejects %v", got.Record.NumRows(), got.Rejects)
			}
			r := got.Rejects[0]
			if r.Rule != test.rule || r.Column != column || r.At.Row != 2 || r.At.Cell != "B2" || r.Feed != "test_feed" || r.Object != "rows" || r.At.File != "feeds/test.csv" || r.At.FileKey != 77 {
				t.Errorf("reject %+v", r)
			}
			if strings.Contains(test.value, "02-30") != (r.Reason == "the day does not exist: its month is shorter") {
				t.Errorf("%q is refused because %s", test.value, r.Reason)
			}
			if strings.Contains(r.String(), test.value) && strings.TrimSpace(test.value) != "" {
				t.Errorf("the value is in the message %q", r)
			}
		})
	}
}

// TestRefusedRowsKeepTheirKey: a refused row has the id that it gets when it is
// mended, as far as its key can be read.
func TestRefusedRowsKeepTheirKey(t *testing.T) {
	p := plan(t, contract(t, "", "invoice_line", `
- {name: invoice_id, primaryKey: true, primaryKeyPosition: 1}
- {name: line_number, logicalType: integer, primaryKey: true, primaryKeyPosition: 2}
- {name: line_amount, logicalType: number}
`))
	header := []string{"invoice_id", "line_number", "line_amount"}
	good := apply(t, p, decoded(header, []string{"I-1", "1", "5"}, []string{"I-1", "2", "5"}))
	want := column(t, good.Record, schemas.ColRowID)
	bad := apply(t, p, decoded(header, []string{"I-1", "2", "five"}, []string{"I-1", "two", "5"}, []string{"", "2", "five"}))
	var got []string
	for _, r := range bad.Rejects {
		got = append(got, r.RowID.ToString(0))
	}
	same(t, "row ids", got, []string{want[1], "0", "0", "0"})
	keyless := plan(t, contract(t, "- {property: delivery, value: append}", "invoice_line", "- {name: line_amount, logicalType: number}\n"))
	if refused := apply(t, keyless, decoded([]string{"line_amount"}, []string{"five"})); len(refused.Rejects) != 1 || refused.Rejects[0].RowID != (schemas.ID{}) {
		t.Errorf("a row without a key is named: %+v", refused.Rejects)
	}
}

func TestKeyMissingAndSeveralFaults(t *testing.T) {
	p := plan(t, contract(t, "", "order", `
- {name: order_id, primaryKey: true}
- {name: total_amount, logicalType: number}
- {name: tax_amount, logicalType: number}
- {name: ordered_at, logicalType: timestamp}
`))
	got := apply(t, p, decoded([]string{"order_id", "total_amount", "tax_amount", "ordered_at", "x"},
		[]string{"", "12.5", "oops", "never", "kept"},
		[]string{"2", "7.25", "1", "2024-01-01", ""},
	))
	var rules []string
	for _, r := range got.Rejects {
		rules = append(rules, r.Rule)
		if r.Raw != `{"order_id":"","total_amount":"12.5","tax_amount":"oops","ordered_at":"never","x":"kept"}` {
			t.Errorf("raw %s", r.Raw)
		}
		if len(r.Money) != 1 || r.Money["total_amount"] != money(125000) {
			t.Errorf("money %v", r.Money)
		}
	}
	same(t, "rules", rules, []string{"key.missing", "type.number", "type.timestamp"})
	if got.Money["total_amount"] != money(197500) || got.Money["tax_amount"] != money(10000) || got.Read != 2 || got.Record.NumRows() != 1 {
		t.Errorf("counts %+v", got)
	}
	var total schemas.ControlTotal
	total.Add(got)
	if total.Quarantined != 1 {
		t.Errorf("%d rows quarantined, want 1", total.Quarantined)
	}
}

func TestRowsOfSeveralObjects(t *testing.T) {
	c := contract(t, "- {property: delivery, value: append}", "order_line", `
- {name: InvoiceNo, required: true, customProperties: [{property: field, value: order_id}]}
- {name: Price, logicalType: number, customProperties: [{property: field, value: unit_price}]}
- {name: CustomerID, logicalType: integer, customProperties: [{property: field, value: customer_id}]}
`)
	customers := contract(t, "", "customer", `
- {name: CustomerID, logicalType: integer, primaryKey: true, customProperties: [{property: field, value: customer_id}]}
- {name: Email, required: true, customProperties: [{property: field, value: email}]}
`).Objects[0]
	customers.Name, customers.When, customers.Repeats = "customers", []string{"CustomerID"}, true
	c.Objects = append(c.Objects, customers)
	p := plan(t, c)
	out, err := p.Apply(decoded([]string{"InvoiceNo", "Price", "CustomerID", "Email", "Colour"},
		[]string{"1", "5", "10", "a@firm.de", "red"},
		[]string{"2", "bad", "11", "b@firm.de", "red"},
		[]string{"3", "6", "12", "nobody", "red"},
		[]string{"4", "6", "", "", "blue"},
	), place())
	if err != nil {
		t.Fatal(err)
	}
	lines, people := out[0], out[1]
	same(t, "lines", column(t, lines.Record, "order_id"), []string{"1", "3", "4"})
	same(t, "people", column(t, people.Record, "customer_id"), []string{"10", "11"})
	same(t, "attributes of lines", column(t, lines.Record, "attributes"), []string{`{"Colour":"red"}`, `{"Colour":"red"}`, `{"Colour":"blue"}`})
	same(t, "attributes of people", column(t, people.Record, "attributes"), []string{null, null})
	if lines.Read != 4 || lines.Skipped != 0 || people.Read != 3 || people.Skipped != 1 || len(lines.Rejects) != 1 || len(people.Rejects) != 1 {
		t.Errorf("counts: lines %d+%d, people %d+%d", lines.Read, lines.Skipped, people.Read, people.Skipped)
	}
}

// TestUnclaimedRows refuses rows that no object takes for want of a value, once
// and with their money; a word that counts as none leaves a row out by rule.
func TestUnclaimedRows(t *testing.T) {
	c := contract(t, "- {property: delivery, value: append}", "order", `
- {name: Nr, primaryKey: true, customProperties: [{property: field, value: order_id}]}
- {name: Total, logicalType: number, customProperties: [{property: field, value: total_amount}, {property: nulls, value: ["void"]}]}
- {name: Shipping, logicalType: number, customProperties: [{property: field, value: shipping_amount}]}
`)
	lines := contract(t, "- {property: delivery, value: append}", "order_line", `
- {name: Nr, customProperties: [{property: field, value: order_id}]}
- {name: Item, customProperties: [{property: field, value: description}]}
`).Objects[0]
	c.Objects[0].When = []string{"Total"}
	lines.Name, lines.When = "lines", []string{"Item"}
	c.Objects = append(c.Objects, lines)
	out, err := plan(t, c).Apply(decoded([]string{"Nr", "Total", "Shipping", "Item"},
		[]string{"1", "5", "", "lamp"}, []string{"2", "", "", "bulb"}, []string{"3", " ", "4", ""}, []string{"4", "void", "", ""},
	), place())
	if err != nil {
		t.Fatal(err)
	}
	orders := out[0]
	if orders.Read != 2 || orders.Skipped != 2 || out[1].Read != 2 || len(out[1].Rejects) != 0 || len(orders.Rejects) != 1 {
		t.Fatalf("orders %d+%d, lines %d, rejects %v", orders.Read, orders.Skipped, out[1].Read, orders.Rejects)
	}
	r := orders.Rejects[0]
	if r.Rule != "row.unclaimed" || r.Column != "Total" || r.At.Row != 4 || r.Money["shipping_amount"] != orders.Money["shipping_amount"] || orders.Money["shipping_amount"] == (schemas.ID{}) {
		t.Errorf("reject %+v, money %v", r, orders.Money)
	}
}

// TestWhenIs parts the rows of one export by what they are; a kind that no
// object takes is refused.
func TestWhenIs(t *testing.T) {
	c, err := schemas.ParseContract("ties.yaml", []byte(`apiVersion: v3.1.0
kind: DataContract
id: ties
name: ties
version: 1.0.0
status: active
customProperties: [{property: system, value: crm}]
schema:
  - name: people
    customProperties: [{property: entity, value: association}, {property: when, value: [{column: from_type, is: [deal, Deal]}, {column: to_type, is: [contact]}]}]
    properties:
      - {name: from_id, primaryKey: true, primaryKeyPosition: 1, customProperties: [{property: field, value: opportunity_id}]}
      - {name: to_id, primaryKey: true, primaryKeyPosition: 2, customProperties: [{property: field, value: customer_id}]}
  - name: companies
    customProperties: [{property: entity, value: association}, {property: when, value: [{column: from_type, is: [deal]}, {column: to_type, is: [company]}, {column: label}]}]
    properties:
      - {name: from_id, primaryKey: true, primaryKeyPosition: 1, customProperties: [{property: field, value: opportunity_id}]}
      - {name: to_id, primaryKey: true, primaryKeyPosition: 2, customProperties: [{property: field, value: account_id}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	out, err := plan(t, c).Apply(decoded([]string{"from_type", "from_id", "to_type", "to_id", "label"},
		[]string{"deal", "1", "contact", "10", ""}, []string{"Deal", "2", "contact", "11", ""}, []string{"deal", "1", "company", "20", "primary"},
		[]string{"quote", "9", "deal", "1", "x"}, []string{"deal", "1", "company", "21", ""},
	), place())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "people", column(t, out[0].Record, "customer_id"), []string{"10", "11"})
	same(t, "companies", column(t, out[1].Record, "account_id"), []string{"20"})
	if rejects := out[0].Rejects; len(rejects) != 2 || rejects[0].Rule != "row.unclaimed" || rejects[0].At.Row != 5 || rejects[1].At.Row != 6 {
		t.Errorf("rejects %+v, want the rows that no object takes", rejects)
	}
}

// TestWhenLeaves: of a log of changes of several fields the others are left
// out by rule; a row that names none is refused. Where rows are told that are to
// be left out, all others are read.
func TestWhenLeaves(t *testing.T) {
	const log = `apiVersion: v3.1.0
kind: DataContract
id: log
name: log
version: 1.0.0
status: active
customProperties: [{property: system, value: crm}]
schema:
  - name: moves
    customProperties: [{property: entity, value: stage_event}, {property: when, value: [{column: field, %s}]}]
    properties:
      - {name: id, primaryKey: true, customProperties: [{property: field, value: stage_event_id}]}
      - {name: new, required: true, customProperties: [{property: field, value: stage}]}
  - name: ends
    customProperties: [{property: entity, value: stage_event}, {property: when, value: [{column: field, is: [status]}]}]
    properties:
      - {name: id, primaryKey: true, customProperties: [{property: field, value: stage_event_id}]}
      - {name: new, required: true, customProperties: [{property: field, value: stage}]}
`
	c, err := schemas.ParseContract("log.yaml", fmt.Appendf(nil, log, "is: [stage], others: leave"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := plan(t, c).Apply(decoded([]string{"id", "field", "new"},
		[]string{"1", "stage", "Offer"}, []string{"2", "amount", "700"}, []string{"3", "", "Won"}, []string{"4", "stage", "Signed"}, []string{"5", "status", "won"},
	), place())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "stages", column(t, out[0].Record, "stage"), []string{"Offer", "Signed"})
	same(t, "ends", column(t, out[1].Record, "stage"), []string{"won"})
	if got := out[0]; got.Skipped != 2 || len(got.Rejects) != 1 || got.Rejects[0].Rule != "row.unclaimed" || got.Rejects[0].At.Row != 4 {
		t.Errorf("%d left out, rejects %+v", got.Skipped, got.Rejects)
	}
	if c, err = schemas.ParseContract("log.yaml", fmt.Appendf(nil, log, "not: [amount]")); err != nil {
		t.Fatal(err)
	}
	if out, err = plan(t, c).Apply(decoded([]string{"id", "field", "new"}, []string{"1", "stage", "Offer"}, []string{"2", "amount", "700"}, []string{"3", "", "Won"}), place()); err != nil {
		t.Fatal(err)
	}
	same(t, "all but amounts", column(t, out[0].Record, "stage"), []string{"Offer", "Won"})
	if out[0].Skipped != 1 || len(out[0].Rejects) != 0 {
		t.Errorf("%d left out, rejects %+v", out[0].Skipped, out[0].Rejects)
	}
	for _, wrong := range []string{"is: [stage], others: drop", "others: leave"} {
		if _, err := schemas.ParseContract("log.yaml", fmt.Appendf(nil, log, wrong)); err == nil || !strings.Contains(err.Error(), "others") {
			t.Errorf("%s: error %v", wrong, err)
		}
	}
}

func TestBindHeader(t *testing.T) {
	p := plan(t, contract(t, "", "customer", `
- {name: Customer ID, primaryKey: true, customProperties: [{property: field, value: customer_id}]}
- {name: E-Mail, customProperties: [{property: field, value: email}, {property: aliases, value: [Mailadresse]}]}
- {name: email, customProperties: [{property: field, value: none}]}
- {name: city, customProperties: [{property: absent, value: allowed}]}
- {name: region}
`))
	b, err := p.Bind("rows", []string{"_row", "CUSTOMER_ID", "email", "Mailadresse", "x", "region"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "unknown", b.Unknown, []string{"x"})
	same(t, "missing", b.Missing, []string{"city"})
	if b, err = p.Bind("rows", []string{"customer id", "email"}); err != nil {
		t.Fatal(err)
	}
	same(t, "an exact name keeps its column", b.Missing, []string{"E-Mail", "city", "region"})
	if _, err = p.Bind("rows", []string{"Customer ID", "E-Mail", "email", "area"}); err == nil || !strings.Contains(err.Error(), `"region" is missing, and no property lists "area"`) {
		t.Errorf("a renamed column is bound: %v", err)
	}
	if _, err = p.Bind("rows", []string{"Customer ID", "customer_id", "email"}); err == nil || !strings.Contains(err.Error(), "both stand for Customer ID") {
		t.Errorf("two columns for one property are bound: %v", err)
	}
	_, err = p.Bind("rows", []string{"CustomrID", "email", "e-mail"})
	if err == nil || !strings.Contains(err.Error(), `"Customer ID" is missing; did you mean "CustomrID"`) {
		t.Errorf("error %v", err)
	}
	numbered := plan(t, contract(t, "", "address", `
- {name: "#", primaryKey: true, customProperties: [{property: field, value: address_id}]}
- {name: city}
`))
	if b, err = numbered.Bind("rows", []string{"_row", "#", "%", "city"}); err != nil || len(b.Missing) > 0 {
		t.Errorf("a column called # is bound: %+v, %v", b, err)
	}
	same(t, "another sign is another column", b.Unknown, []string{"%"})
	if _, err = p.Bind("nothing", nil); err == nil {
		t.Error("an unknown object is bound")
	}
	if _, err = p.Apply(decoded([]string{"city"}, []string{"Bonn"}), place()); err == nil || !strings.Contains(err.Error(), "test_feed") {
		t.Errorf("error %v", err)
	}
}

func TestColumnsByPosition(t *testing.T) {
	p := plan(t, contract(t, "- property: dialect\n  value: {format: csv, header: 0}", "address", `
- {name: address_id, primaryKey: true}
- {name: city}
`))
	got := apply(t, p, decoded([]string{"column_1", "column_2", "column_3"}, []string{"1", "BONN", "x"}))
	same(t, "city", column(t, got.Record, "city"), []string{"Bonn"})
	same(t, "attributes", column(t, got.Record, "attributes"), []string{`{"column_3":"x"}`})
}

// TestNumbersThatCount: a column that only counts the rows is neither in their
// text nor among their attributes.
func TestNumbersThatCount(t *testing.T) {
	p := plan(t, contract(t, "", "lead", `
- {name: id, primaryKey: true, customProperties: [{property: from, value: $hash}, {property: field, value: lead_id}]}
- {name: No, customProperties: [{property: counts, value: rows}]}
- {name: status, customProperties: [{property: words, value: {Gewonnen: won, "*": lost}}]}
`))
	columns := []string{"No", "status", "note"}
	before := apply(t, p, decoded(columns, []string{"1", "gewonnen", "x"}, []string{"2", "zu teuer", "x"}, []string{"3", "", "x"}))
	after := apply(t, p, decoded(columns, []string{"1", "neu", "x"}, []string{"2", "gewonnen", "x"}, []string{"3", "zu teuer", "x"}))
	same(t, "text", column(t, after.Record, "lead_id")[1:], column(t, before.Record, "lead_id")[:2])
	same(t, "content", column(t, after.Record, "content_hash")[1:], column(t, before.Record, "content_hash")[:2])
	same(t, "attributes", column(t, before.Record, "attributes")[:1], []string{`{"note":"x"}`})
	same(t, "words", column(t, before.Record, "status"), []string{"won", "lost", null})
	id := "\n- {name: id, primaryKey: true, customProperties: [{property: field, value: lead_id}]}\n"
	refused(t, "lead", id+`- {name: No, customProperties: [{property: counts, value: all}]}`, "\"all\" is not the word rows")
	refused(t, "lead", id+`- {name: No, customProperties: [{property: counts, value: rows}, {property: field, value: status}]}`, "counts: rows needs a column")
}

func TestValuesFromThePlace(t *testing.T) {
	p := plan(t, contract(t, "", "lead", `
- {name: id, primaryKey: true, customProperties: [{property: from, value: $hash}, {property: field, value: lead_id}]}
- {name: sheet, customProperties: [{property: from, value: $sheet}, {property: field, value: employee_name}]}
- {name: at, logicalType: timestamp, customProperties: [{property: from, value: $delivered}, {property: field, value: updated_at}, {property: version, value: true}]}
- {name: line, customProperties: [{property: from, value: $row}, {property: field, value: next_step}]}
- {name: channel, customProperties: [{property: constant, value: trade show}]}
- {name: status, customProperties: [{property: words, value: {Gewonnen: won}}]}
`))
	run := func(dec schemas.Decoded, delivered time.Time, row int) (string, schemas.Conformed) {
		at := place()
		at.Delivered = delivered
		dec.Sheet = "Ann"
		out, err := p.Apply(dec, at)
		if err != nil {
			t.Fatal(err)
		}
		return column(t, out[0].Record, "lead_id")[row], out[0]
	}
	day := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	first, got := run(decoded([]string{"status", "note"}, []string{"gewonnen", "x"}), day, 0)
	same(t, "sheet", column(t, got.Record, "employee_name"), []string{"Ann"})
	same(t, "constant", column(t, got.Record, "channel"), []string{"trade show"})
	same(t, "words", column(t, got.Record, "status"), []string{"won"})
	same(t, "row", column(t, got.Record, "next_step"), []string{"2"})
	same(t, "version", column(t, got.Record, "version_at"), []string{text(day.UnixMicro())})
	content := column(t, got.Record, "content_hash")[0]
	// Other column order, another line and another day: the same row.
	second, again := run(decoded([]string{"note", "empty", "status"}, []string{"a", "", "b"}, []string{"x", "", "gewonnen"}), day.AddDate(0, 0, 1), 1)
	if first != second || content != column(t, again.Record, "content_hash")[1] {
		t.Error("$hash or content depend on the order of columns or the place")
	}
	_, unknown := run(decoded([]string{"status"}, []string{"x"}), time.Time{}, 0)
	same(t, "no version", column(t, unknown.Record, "version_at"), []string{null})
}

func TestJSONParentMinorAndEpoch(t *testing.T) {
	c := contract(t, "- property: dialect\n  value: {format: jsonl}\n- property: locale\n  value: {currency: USD}", "payment", `
- {name: payment_id, primaryKey: true}
- {name: order, customProperties: [{property: from, value: ../id}, {property: field, value: order_id}]}
- {name: amount, logicalType: number, customProperties: [{property: unit, value: minor}]}
- {name: currency, customProperties: [{property: field, value: currency_code}]}
- {name: created, logicalType: timestamp, customProperties: [{property: unit, value: epoch_s}, {property: field, value: paid_at}]}
`)
	dec := decoded([]string{"payment_id", "../id", "amount", "currency", "created"},
		[]string{"p1", "o1", "1999", "usd", "1700000000"},
		[]string{"p2", "o1", "1999", "jpy", "1700000000.5"},
		[]string{"p3", "o1", "1.999e3", "", "2023-11-14T22:13:20Z"},
		[]string{"p4", "o1", "1", "usd", "999999999999999"},
	)
	dec.Object = "rows"
	got := apply(t, plan(t, c), dec)
	same(t, "amount", column(t, got.Record, "amount"), []string{"19.9900", "1999.0000", "19.9900"})
	same(t, "order", column(t, got.Record, "order_id"), []string{"o1", "o1", "o1"})
	same(t, "paid_at", column(t, got.Record, "paid_at"), []string{"1700000000000000", "1700000000500000", "1700000000000000"})
	if n := got.Record.Schema().FieldIndices("is_currency_assumed"); n != nil {
		t.Errorf("a currency that a column tells is assumed: %v", n)
	}
	if len(got.Rejects) != 1 || got.Rejects[0].Rule != "type.timestamp" {
		t.Errorf("rejects %v", got.Rejects)
	}
}

// TestMicros: amounts in millionths are rounded to the four places that money
// has.
func TestMicros(t *testing.T) {
	p := plan(t, contract(t, "- property: dialect\n  value: {format: csv}", "campaign_spend", `
- {name: spend_id, primaryKey: true}
- {name: cost_micros, logicalType: number, customProperties: [{property: field, value: amount}, {property: unit, value: micros}]}
`))
	got := apply(t, p, decoded([]string{"spend_id", "cost_micros"}, []string{"a", "12345678"}, []string{"b", "-12345650"}, []string{"c", "990000"}, []string{"d", "0"}, []string{"e", "49"}))
	same(t, "amount", column(t, got.Record, "amount"), []string{"12.3457", "-12.3457", "0.9900", "0.0000", "0.0000"})
}

// TestMultiples: amounts in thousands and in millions keep their digits; what is
// too large then is refused.
func TestMultiples(t *testing.T) {
	p := plan(t, contract(t, "- property: dialect\n  value: {format: csv}", "opportunity", `
- {name: opportunity_id, primaryKey: true}
- {name: volume, logicalType: number, customProperties: [{property: field, value: amount}, {property: unit, value: thousands}]}
`))
	got := apply(t, p, decoded([]string{"opportunity_id", "volume"}, []string{"a", "12"}, []string{"b", "-1.2345678"}, []string{"c", "0"}, []string{"d", "12.5 €"}, []string{"e", "123456789012"}))
	same(t, "amount", column(t, got.Record, "amount"), []string{"12000.0000", "-1234.5678", "0.0000", "12500.0000"})
	if len(got.Rejects) != 1 || got.Rejects[0].Rule != "range" {
		t.Errorf("rejects %v", got.Rejects)
	}
}

// TestFraction: shares of one become percent; what bears a percent sign is.
func TestFraction(t *testing.T) {
	c := contract(t, "- property: dialect\n  value: {format: csv}", "opportunity", `
- {name: opportunity_id, primaryKey: true}
- {name: chance, logicalType: number, logicalTypeOptions: {maximum: 100}, customProperties: [{property: field, value: probability_percent}, {property: unit, value: fraction}]}
`)
	got := apply(t, plan(t, c), decoded([]string{"opportunity_id", "chance"}, []string{"a", "0.25"}, []string{"b", "1"}, []string{"c", "0"}, []string{"d", "12.5 %"}, []string{"e", "0.123456"}, []string{"f", "1.5"}))
	same(t, "chance", column(t, got.Record, "probability_percent"), []string{"25.0000", "100.0000", "0.0000", "12.5000", "12.3456"})
	if len(got.Rejects) != 1 || got.Rejects[0].Rule != "range" {
		t.Errorf("rejects %v", got.Rejects)
	}
}

func TestDaylightSaving(t *testing.T) {
	p := plan(t, contract(t, "- {property: delivery, value: append}\n- property: locale\n  value: {time_zone: America/New_York}", "order", `
- {name: order_id}
- {name: ordered_at, logicalType: timestamp}
`))
	for local, want := range map[string]string{
		"2024-07-01 12:00": "2024-07-01T16:00:00Z", "2024-01-01 12:00": "2024-01-01T17:00:00Z",
		"2024-03-10 01:59": "2024-03-10T06:59:00Z",
		"2024-03-10 03:00": "2024-03-10T07:00:00Z",
		"2024-11-03 01:30": "2024-11-03T05:30:00Z", // twice: the earlier
		"2024-11-03 02:00": "2024-11-03T07:00:00Z",
		"1850-01-01 00:00": "1850-01-01T04:56:02Z", "9999-07-01 00:00": "9999-07-01T04:00:00Z",
		"2024-07-01T12:00+02:00": "2024-07-01T10:00:00Z",
	} {
		at, err := time.Parse(time.RFC3339, want)
		if err != nil {
			t.Fatal(err)
		}
		got := apply(t, p, decoded([]string{"order_id", "ordered_at"}, []string{"1", local}))
		same(t, local, column(t, got.Record, "ordered_at"), []string{text(at.UnixMicro())})
	}
}

// TestHourLeftOut refuses a time that no clock has shown. A day that begins in
// such an hour is a day all the same.
func TestHourLeftOut(t *testing.T) {
	for _, c := range []struct{ zone, text, want string }{
		{"America/New_York", "2024-03-10 02:30", ""}, {"Europe/Berlin", "2026-03-29 02:00:00", ""}, {"Europe/Berlin", "2026-03-29 02:59:59.999", ""},
		{"Europe/Berlin", "2026-03-29T02:30:00Z", "2026-03-29T02:30:00Z"}, {"America/Sao_Paulo", "2018-11-04 00:30", ""},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"}, {"Asia/Tokyo", "2026-03-29 02:30", "2026-03-28T17:30:00Z"},
	} {
		p := plan(t, contract(t, "- {property: delivery, value: append}\n- property: locale\n  value: {time_zone: "+c.zone+"}", "order", "\n- {name: order_id}\n- {name: ordered_at, logicalType: timestamp}\n"))
		got := apply(t, p, decoded([]string{"order_id", "ordered_at"}, []string{"1", c.text}))
		if c.want == "" {
			if len(got.Rejects) != 1 || got.Rejects[0].Rule != "type.timestamp" || !strings.Contains(got.Rejects[0].Reason, c.zone) {
				t.Errorf("%s in %s: rejects %v", c.text, c.zone, got.Rejects)
			}
			continue
		}
		at, err := time.Parse(time.RFC3339, c.want)
		if err != nil {
			t.Fatal(err)
		}
		same(t, c.text, column(t, got.Record, "ordered_at"), []string{text(at.UnixMicro())})
	}
}

func TestNewPlanRefuses(t *testing.T) {
	for name, test := range map[string]struct{ custom, properties, want string }{
		"zone":          {"- property: locale\n  value: {time_zone: Europe/Atlantis}", "- {name: order_id, primaryKey: true}", "time zone"},
		"country":       {"- property: locale\n  value: {country: England}", "- {name: order_id, primaryKey: true}", "alpha-2"},
		"currency":      {"- property: locale\n  value: {currency: Euro}", "- {name: order_id, primaryKey: true}", "ISO 4217"},
		"cleanser":      {"", "- {name: order_id, primaryKey: true, customProperties: [{property: clean, value: shiny}]}", `"shiny"`},
		"layout":        {"", "- {name: order_id, primaryKey: true}\n- {name: ordered_at, logicalType: timestamp, customProperties: [{property: layout, value: dd/mm/yy}]}", "layout"},
		"bound":         {"", "- {name: order_id, primaryKey: true}\n- {name: total_amount, logicalType: number, logicalTypeOptions: {minimum: none}}", `"none"`},
		"version":       {"", "- {name: order_id, primaryKey: true}\n- {name: status, customProperties: [{property: version, value: true}]}", "version"},
		"unit":          {"", "- {name: order_id, primaryKey: true}\n- {name: status, customProperties: [{property: unit, value: minor}]}", "minor"},
		"fraction":      {"", "- {name: order_id, primaryKey: true}\n- {name: total_amount, logicalType: number, customProperties: [{property: unit, value: fraction}]}", "percent"},
		"text layout":   {"", "- {name: order_id, primaryKey: true}\n- {name: status, logicalTypeOptions: {format: email}}", "layout"},
		"text multiple": {"", "- {name: order_id, primaryKey: true}\n- {name: status, logicalTypeOptions: {multipleOf: 5}}", "multipleOf"},
		"text bond":     {"", "- {name: order_id, primaryKey: true}\n- {name: status, logicalTypeOptions: {minimum: 3}}", "bound"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := transform.NewPlan(contract(t, test.custom, "order", test.properties), transform.Defaults{})
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "test_feed") {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestHashNamesThePlan(t *testing.T) {
	c := contract(t, "", "order", "- {name: order_id, primaryKey: true}")
	same := plan(t, c).Hash()
	if same != plan(t, c).Hash() || same == "" {
		t.Error("the same contract gives two hashes")
	}
	other, err := transform.NewPlan(c, transform.Defaults{Country: "DE"})
	if err != nil || other.Hash() == same {
		t.Errorf("other defaults give the same hash, %v", err)
	}
}

func TestFlagFromAPattern(t *testing.T) {
	p := plan(t, contract(t, "- {property: delivery, value: append}", "order_line", `
- {name: InvoiceNo, required: true, customProperties: [{property: field, value: order_id}]}
- {name: InvoiceNo, customProperties: [{property: field, value: is_cancelled}, {property: matches, value: "^C"}]}
`))
	got := apply(t, p, decoded([]string{"InvoiceNo"}, []string{"C1"}, []string{"1"}))
	same(t, "order_id", column(t, got.Record, "order_id"), []string{"C1", "1"})
	same(t, "is_cancelled", column(t, got.Record, "is_cancelled"), []string{"true", "false"})
}

func TestCustomers(t *testing.T) {
	p := plan(t, contract(t, "", "customer", `
- {name: id, primaryKey: true, customProperties: [{property: field, value: party_id}]}
- {name: full_name}
- {name: kind, customProperties: [{property: field, value: party_type}]}
- {name: email}
- {name: phone}
- {name: street}
- {name: postcode}
`))
	got := apply(t, p, decoded([]string{"id", "full_name", "kind", "email", "phone", "street", "postcode"},
		[]string{"1", "Mr & Mrs JOHN SMITH", "", "N/A", "020 7946 0018 x5", "12 HIGH ST", "sw1a1aa"},
		[]string{"2", "Blue Sky Consulting", "private", "a@firm.de", "none", "", ""},
		[]string{"3", "Blue Sky", "company", "", "", "", ""},
		[]string{"4", "Blue Sky Ltd", "", "", "", "", ""},
		[]string{"5", "", "??", "", "", "", ""},
		[]string{"6", "Robert \"Bob\" Smith", "", "", "", "", ""},
	))
	rec := got.Record
	same(t, "party_type", column(t, rec, "party_type"), []string{"person", "person", "organisation", "organisation", "unknown", "person"})
	same(t, "organisation", column(t, rec, "organisation_name"), []string{null, null, "Blue Sky", "Blue Sky Ltd", null, null})
	same(t, "given", column(t, rec, "given_name"), []string{"John", "Blue", null, null, null, "Robert"})
	same(t, "family", column(t, rec, "family_name"), []string{"Smith", "Consulting", null, null, null, "Smith"})
	same(t, "second", column(t, rec, "second_person_name")[:1], []string{"Mrs Smith"})
	same(t, "email", column(t, rec, "email")[:2], []string{null, "a@firm.de"})
	same(t, "phone", column(t, rec, "phone")[:2], []string{"+442079460018", null})
	same(t, "street", column(t, rec, "street")[:1], []string{"High St"})
	same(t, "house_number", column(t, rec, "house_number")[:1], []string{"12"})
	same(t, "country", column(t, rec, "country_code")[:2], []string{"GB", null})
	same(t, "attributes", column(t, rec, "attributes"), []string{`{"email":"N/A","phone_extension":"5"}`, `{"phone":"none"}`, null, null, null, `{"nickname":"Bob"}`})
	ids := column(t, rec, "customer_id")
	for i, id := range ids {
		if !strings.HasPrefix(id, "h:") || len(id) != 18 {
			t.Errorf("row %d: customer id %q", i, id)
		}
	}
	same(t, "key", column(t, rec, "source_customer_key")[:1], []string{text(schemas.CustomerKey("crm", ids[0]))})
}
