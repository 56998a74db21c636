package draft_test

import (
	"strings"
	"testing"
)

// TestPointsOfPersons: e-mails, phones and addresses in tables of their own
// belong to the persons whose ids they hold; web customers count from 1 too,
// and are of another system, as their orders are.
func TestPointsOfPersons(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"persons.csv":       "person_id,first_name,last_name,birth_date\n" + rows(1, 60, "#,Ada,Bergman,1971-03-17"),
		"emails.csv":        "person_id,email_address,is_primary\n" + rows(1, 50, "#,ada#@example.org,1"),
		"phones.csv":        "phone_id,person_id,phone_number,phone_type\n" + rows(1, 60, "9#,#,+43 316 5500#,home"),
		"addresses.csv":     "address_id,person_id,street,postal_code,city,country\n" + rows(1, 60, "7#,#,Ring #,8010,Graz,AT"),
		"web_customers.csv": "id,name,email\n" + rows(1, 50, "#,Ada Bergman,web#@example.org"),
		"web_orders.csv":    "id,customer_id,total,created_at\n" + rows(1, 49, "#,#,1#.50,2026-03-17"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"persons", "emails", "phones", "addresses"} {
		if c := text(t, dir, "contracts/"+file+".yaml"); !strings.Contains(c, "system, value: persons}") {
			t.Errorf("%s is of another system than the persons:\n%s", file, c)
		}
	}
	for _, file := range []string{"web_customers", "web_orders"} {
		if c := text(t, dir, "contracts/"+file+".yaml"); !strings.Contains(c, "system, value: web}") {
			t.Errorf("%s is not of the web store's system:\n%s", file, c)
		}
	}
	for _, file := range []string{"emails", "phones"} {
		holds(t, text(t, dir, "contracts/"+file+".yaml"), []string{"entity, value: contact_point}", "{property: field, value: party_id}"})
	}
	holds(t, text(t, dir, "contracts/addresses.yaml"), []string{
		"entity, value: customer_address}", "- name: person_id\n        primaryKey: true\n        primaryKeyPosition: 1\n        customProperties:\n          - {property: field, value: party_id}",
	})
}
