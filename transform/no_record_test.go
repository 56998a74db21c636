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
	), place())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "names", column(t, out[0].Record, "name"), []string{"Total", "Ada Ltd", "Total", null})
	if rejects := out[0].Rejects; len(rejects) != 1 || rejects[0].Rule != "row.no_record" || rejects[0].Column != "Name" || rejects[0].At.Row != 3 || rejects[0].Raw == "" {
		t.Errorf("rejects %+v, want that of the totals row", rejects)
	}
}
