package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestContactLinks: e-mail addresses in a table of their own, which another
// table ties to people and firms by their ids and a word for what they are, are
// theirs and no customers; ties of users reach nobody. Of a lead that names the
// contact it became, the lead's own id tells whom an address reaches.
func TestContactLinks(t *testing.T) {
	t.Parallel()
	id := func(kind string, i int) string {
		return fmt.Sprintf("%s%06x-%04x", kind, i*1299709%16777213, i*7919%65521)
	}
	people, leads, users := "id,first_name,last_name,owner_id\n", "id,first_name,last_name,status,converted,contact_id,opportunity_id\n", "id,user_name,first_name,last_name\n"
	deals := "id,name,amount,sales_stage,contact_id,deleted\n"
	mails, ties := "id,email_address,date_modified\n", "id,email_address_id,bean_id,bean_module,primary_address,deleted\n"
	n := 0
	tie := func(bean, module string) {
		n++
		mails += fmt.Sprintf("%s,p%d@example.org,2026-01-02 10:00:00\n", id("e", n), n)
		ties += fmt.Sprintf("%s,%s,%s,%s,1,0\n", id("t", n), id("e", n), bean, module)
	}
	for i := range 60 {
		people += fmt.Sprintf("%s,Ada,Berg%c,%s\n", id("c", i), 'a'+i%26, id("u", i%5))
		tie(id("c", i), "Contacts")
		became, deal := "", ""
		if i%3 == 0 {
			became = id("c", i)
			deal = map[bool]string{true: id("o", i)}[i%2 == 0]
		}
		leads += fmt.Sprintf("%s,Eva,Dorn%c,%s,%d,%s,%s\n", id("l", i), 'a'+i%26, map[bool]string{true: "Converted", false: "New"}[became != ""], map[bool]int{true: 1}[became != ""], became, deal)
		tie(id("l", i), "Leads")
		deals += fmt.Sprintf("%s,Deal %d,%d.50,%s,%s,0\n", id("o", i), i, 1000+i, []string{"Prospecting", "Closed Won"}[i%2], id("c", i))
	}
	for i := range 5 {
		users += fmt.Sprintf("%s,u%d,Uwe,Tal%c\n", id("u", i), i, 'a'+i)
		tie(id("u", i), "Users")
	}
	dir, r, err := drops(t, map[string]string{
		"contacts.csv": people, "leads.csv": leads, "users.csv": users, "opportunities.csv": deals,
		"email_addresses.csv": mails, "email_addr_bean_rel.csv": ties,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.LeftOut) > 0 {
		t.Errorf("left out %v", r.LeftOut)
	}
	contract := func(name string) string { return text(t, dir, "contracts/"+name+".yaml") }
	if c := contract("email_addresses"); strings.Contains(c, "entity, value: customer}") {
		t.Errorf("addresses are customers:\n%s", c)
	}
	holds(t, contract("email_addresses"), []string{"entity, value: contact_point}", "- {property: field, value: contact_point_id}", "- {property: field, value: email}"})
	holds(t, contract("email_addr_bean_rel"), []string{
		"{property: when, value: [{column: bean_module, is: [Contacts]}]}", "{property: when, value: [{column: bean_module, is: [Leads]}]}",
		"{property: when, value: [{column: bean_module, is: [Users]}]}",
		"- name: bean_id\n        required: true\n        customProperties:\n          - {property: field, value: party_id}\n          - {property: prefix, value: \"lead:\"}",
		"- {property: field, value: is_deleted}",
	})
	holds(t, contract("leads"), []string{
		"- name: reached_as\n        customProperties:\n          - {property: field, value: party_id}\n          - {property: aliases, value: [id]}\n          - {property: prefix, value: \"lead:\"}",
		"- name: converted\n        logicalType: integer\n        customProperties:\n          - {property: field, value: none}",
	})
	holds(t, contract("opportunities"), []string{"- {property: field, value: is_deleted}"})
}
