package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestLeadsWithoutAContact: a lead that has not become a contact yet is somebody
// all the same; who last wrote a row, and what kind of thing it belongs to, is
// neither its customer nor its type; of a log of changes only the stage counts.
func TestLeadsWithoutAContact(t *testing.T) {
	t.Parallel()
	var leads, contacts, deals, audit, calls strings.Builder
	contacts.WriteString("id,first_name,last_name,phone_mobile\n")
	leads.WriteString("id,modified_user_id,assigned_user_id,first_name,last_name,phone_mobile,status,contact_id,date_entered\n")
	deals.WriteString("id,modified_user_id,assigned_user_id,name,amount,sales_stage,date_entered,contact_id\n")
	audit.WriteString("id,parent_id,date_created,field_name,before_value_string,after_value_string\n")
	calls.WriteString("id,name,date_start,parent_type,parent_id,assigned_user_id\n")
	stages := []string{"Prospecting", "Qualification", "Closed Won"}
	for i := 1; i <= 40; i++ {
		contact := ""
		if i%4 == 0 {
			contact = fmt.Sprintf("c-%04d", i)
		}
		fmt.Fprintf(&contacts, "c-%04d,Anna,Abel%d,07700 900%03d\n", i, i, i)
		fmt.Fprintf(&leads, "l-%04d,u-0001,u-%04d,Anna,Bert%d,07700 901%03d,New,%s,2026-01-%02d\n", i, i%3, i, i, contact, i%28+1)
		fmt.Fprintf(&deals, "d-%04d,u-0001,u-%04d,Deal %d,%d.50,%s,2026-01-%02d,c-%04d\n", i, i%3, i, 100*i, stages[i%3], i%28+1, i)
		fmt.Fprintf(&audit, "a-%04d,d-%04d,2026-02-%02d,sales_stage,Prospecting,%s\n", i, i, i%28+1, stages[1+i%2])
		fmt.Fprintf(&audit, "b-%04d,d-%04d,2026-02-%02d,amount,0,%d.50\n", i, i, i%28+1, 100*i)
		fmt.Fprintf(&calls, "k-%04d,Call,2026-02-%02d,Contacts,c-%04d,u-%04d\n", i, i%28+1, i, i%3)
	}
	users := "id,user_name,first_name,last_name,reports_to_id\nu-0000,ada,Ada,Cole,\nu-0001,bob,Bob,Dean,u-0000\nu-0002,eve,Eve,East,u-0000\n"
	dir, _, err := drops(t, map[string]string{
		"crm/contacts.csv": contacts.String(), "crm/leads.csv": leads.String(), "crm/opportunities.csv": deals.String(),
		"crm/opportunities_audit.csv": audit.String(), "crm/calls.csv": calls.String(), "crm/users.csv": users,
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, wanted := range map[string][]string{
		"crm_leads":               {`{property: else, value: [{column: id, prefix: "lead:"}]}`, "assigned_user_id=employee_id\n", "modified_user_id=none\n"},
		"crm_opportunities":       {"assigned_user_id=employee_id\n", "modified_user_id=none\n", "sales_stage=status\n"},
		"crm_opportunities_audit": {"sales_stage"},
		"crm_calls":               {"parent_type=none\n", "parent_id=customer_id\n"},
		"crm_users":               {"id=employee_id\n"},
	} {
		contract := text(t, dir, "contracts/"+file+".yaml")
		for _, want := range wanted {
			if !strings.Contains(contract+plainly(contract), want) {
				t.Errorf("%s lacks %q:\n%s", file, want, contract)
			}
		}
	}
}
