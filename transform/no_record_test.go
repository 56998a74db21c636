package transform_test

import "testing"

// TestNoRecord refuses rows of sums also where no column holds ids; a record
// that is called as they are has more than numbers beside its name.
func TestNoRecord(t *testing.T) {
	c := contract(t, "- {property: delivery, value: append}", "account", `
- {name: Name, customProperties: [{property: field, value: name}]}
- {name: City, customProperties: [{property: field, value: none}]}
- {name: Sales, logicalType: number, customProperties: [{property: field, value: none}]}
`)
	out, err := plan(t, c).Apply(decoded([]string{"Name", "City", "Sales", "Visits"},
		[]string{"Total", "Paris", "5", "1"}, []string{"Total:", "", "5", "1"}, []string{"Ada Ltd", "", "5", ""}, []string{"Total", "", "", ""}, []string{"", "", "5", ""},
		[]string{"East Total", "", "5", "1"}, []string{"Petro Total", "Lyon", "5", "1"},
	), place())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "names", column(t, out[0].Record, "name"), []string{"Total", "Ada Ltd", "Total", null, "Petro Total"})
	if rejects := out[0].Rejects; len(rejects) != 2 || rejects[1].At.Row != 7 || rejects[0].Rule != "row.no_record" || rejects[0].Column != "Name" || rejects[0].At.Row != 3 || rejects[0].Raw == "" {
		t.Errorf("rejects %+v, want that of the totals row", rejects)
	}
}

// TestCalledSum takes a customer whose name begins as rows of sums do, and of
// whom only numbers are known beside it.
func TestCalledSum(t *testing.T) {
	c := contract(t, "- {property: delivery, value: append}", "customer", `
- {name: Name, customProperties: [{property: field, value: full_name}]}
- {name: Zip, customProperties: [{property: field, value: postcode}]}
- {name: Phone, customProperties: [{property: field, value: phone}]}
- {name: Visits, customProperties: [{property: field, value: none}]}
`)
	out, err := plan(t, c).Apply(decoded([]string{"Name", "Zip", "Phone", "Visits"},
		[]string{"Sum, Ada", "10371", "", "3"}, []string{"Total Li", "", "+15354646336", "1"}, []string{"Sum of visits", "", "", "4"}), place())
	if err != nil {
		t.Fatal(err)
	}
	if n, rejects := out[0].Record.NumRows(), out[0].Rejects; n != 2 || len(rejects) != 1 || rejects[0].Rule != "row.no_record" {
		t.Errorf("%d rows came back, rejects %+v; want the two people, and the row of sums refused", n, rejects)
	}
}

// TestIDAlone takes a customer of whom only the id is left, as after an
// erasure, and refuses an order of which nothing is told.
func TestIDAlone(t *testing.T) {
	for entity, want := range map[string]int64{"customer": 1, "order": 0} {
		c := contract(t, "", entity, `
- {name: id, primaryKey: true, customProperties: [{property: field, value: `+entity+`_id}]}
- {name: total, logicalType: number, customProperties: [{property: field, value: `+map[string]string{"customer": "none", "order": "total_amount"}[entity]+`}]}
`)
		out, err := plan(t, c).Apply(decoded([]string{"id", "total"}, []string{"7", ""}), place())
		if err != nil {
			t.Fatal(err)
		}
		keys, err := plan(t, c).Apply(decoded([]string{"id"}, []string{"7"}), place())
		if err != nil {
			t.Fatal(err)
		}
		if got := out[0].Record.NumRows(); got != want || keys[0].Record.NumRows() != 1 {
			t.Errorf("%s: %d rows with other columns, want %d; %d of keys alone", entity, got, want, keys[0].Record.NumRows())
		}
	}
}

// TestNoteOfNobody refuses a note among the rows of a list once, for what it is,
// and makes no customer of it; a row that breaks a rule and tells more than one
// thing is refused for the rule, and its customer stays.
func TestNoteOfNobody(t *testing.T) {
	c := contract(t, "- {property: delivery, value: snapshot}", "lead", `
- {name: row_text, primaryKey: true, customProperties: [{property: field, value: lead_id}, {property: from, value: "$hash"}]}
- {name: Status, required: true, customProperties: [{property: field, value: status}]}
`)
	c.Objects = append(c.Objects, contract(t, "", "customer", `
- {name: row_text, primaryKey: true, customProperties: [{property: field, value: customer_id}, {property: from, value: "$hash"}]}
- {name: Name, customProperties: [{property: field, value: full_name}]}
- {name: Phone, customProperties: [{property: field, value: phone}]}
`).Objects...)
	c.Objects[1].Name = "people"
	out, err := plan(t, c).Apply(decoded([]string{"Name", "Phone", "Status"},
		[]string{"Ada Bergman", "+4930555011", "open"}, []string{"note: call the sister in May", "", ""}, []string{"Ben Carlsen", "+4930555012", ""},
		[]string{"----------", "-----", ""},
	), place())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "names", column(t, out[1].Record, "full_name"), []string{"Ada Bergman", "Ben Carlsen"})
	var rules []string
	for _, r := range append(out[0].Rejects, out[1].Rejects...) {
		rules = append(rules, r.Rule)
	}
	same(t, "rules", rules, []string{"row.no_record", "required", "row.no_record"})
	if out[0].Read != 4 || out[1].Read+out[1].Skipped != 4 {
		t.Errorf("read %d and %d with %d left out, want four each", out[0].Read, out[1].Read, out[1].Skipped)
	}
}
