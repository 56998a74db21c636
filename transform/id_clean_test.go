package transform_test

import "testing"

// TestUnpaddedIDs: an id that is read without zeros in front is the same whether
// it is a key or refers to one.
func TestUnpaddedIDs(t *testing.T) {
	c := contract(t, "- {property: delivery, value: delta}", "customer", `
- {name: No, primaryKey: true, primaryKeyPosition: 1, customProperties: [{property: field, value: customer_id}, {property: clean, value: id.unpadded}]}
- {name: Mail, customProperties: [{property: field, value: email}]}
`)
	rows := [][]string{{"00042", "a@example.org"}, {"42", "b@example.org"}, {"K-007", "c@example.org"}, {"000", "d@example.org"}, {"17.0", "e@example.org"}, {"00018.00", "f@example.org"}, {"1.5", "g@example.org"}, {"19.", "h@example.org"}, {"v2.0", "i@example.org"}, {"20", "j@example.org"}}
	out, err := plan(t, c).Apply(decoded([]string{"No", "Mail"}, rows...), place())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "ids", column(t, out[0].Record, "customer_id"), []string{"42", "42", "K-007", "0", "17", "18", "1.5", "19.", "v2.0", "20"})
}
