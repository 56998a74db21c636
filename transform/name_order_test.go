package transform_test

import "testing"

// TestFamilyFirst reads whole names that have the family name in front; what is
// plainly the other way round, has a comma or is no name of that form stays.
func TestFamilyFirst(t *testing.T) {
	c := contract(t, "- {property: delivery, value: append}", "customer", `
- {name: ФИО, customProperties: [{property: field, value: full_name}, {property: clean, value: name.family_first}]}
- {name: Mail, customProperties: [{property: field, value: email}]}
`)
	var rows [][]string
	for _, name := range []string{"Соколова Анна Петровна", "Abrazzo Anna", "Anna Abrazzo", "Abrazzo, Anna", "Dr. Anna Abrazzo", "A. Abrazzo", "Abrazzo", "Abrazzo Anna GmbH", "  ", "van der Abrazzo Anna", "Le Van Anna"} {
		rows = append(rows, []string{name, "a@example.org"})
	}
	out, err := plan(t, c).Apply(decoded([]string{"ФИО", "Mail"}, rows...), place())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "family names", column(t, out[0].Record, "family_name"), []string{"Соколова", "Abrazzo", "Abrazzo", "Abrazzo", "Abrazzo", "Abrazzo", "Abrazzo", null, null, "van der Abrazzo", "Van Anna"})
	same(t, "given names", column(t, out[0].Record, "given_name"), []string{"Анна", "Anna", "Anna", "Anna", "Anna", "A.", null, null, null, "Anna", "Le"})
}
