package transform_test

import "testing"

// TestPartsOfPlaces: of the name of a file or sheet the part that the contract
// says counts, and none where the name is not as it expects.
func TestPartsOfPlaces(t *testing.T) {
	p := plan(t, contract(t, "", "lead", `
- {name: lead_id, primaryKey: true}
- {name: seller, customProperties: [{property: from, value: $file}, {property: part, value: "feeds/([a-z]+)[.]csv$"}, {property: field, value: employee_name}]}
- {name: step, customProperties: [{property: from, value: $file}, {property: part, value: "Team - (.+)[.]csv$"}, {property: field, value: next_step}]}
`))
	got := apply(t, p, decoded([]string{"lead_id"}, []string{"1"}))
	same(t, "part", column(t, got.Record, "employee_name"), []string{"test"})
	same(t, "no part", column(t, got.Record, "next_step"), []string{null})

	const id = "- {name: lead_id, primaryKey: true}\n"
	refused(t, "lead", id+`- {name: seller, customProperties: [{property: from, value: $file}, {property: part, value: "Team"}, {property: field, value: employee_name}]}`, "needs a group")
	refused(t, "lead", id+`- {name: seller, customProperties: [{property: part, value: "(Team)"}, {property: field, value: employee_name}]}`, "part needs from: $sheet or $file")
	refused(t, "lead", id+`- {name: seller, customProperties: [{property: from, value: $file}, {property: part, value: "(Team"}, {property: field, value: employee_name}]}`, "missing closing")
}
