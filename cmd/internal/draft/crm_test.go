package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestStageBesideOutcomes: of three columns that say where a deal stands, one
// says open, won or lost, one why, and one the stage it is or was in. Long ids
// that are keys of another table are references, whatever their header.
func TestStageBesideOutcomes(t *testing.T) {
	t.Parallel()
	deals := "opportunityid,name,parentaccountid,parentcontactid,estimatedvalue,closeprobability,estimatedclosedate,actualclosedate,stepname,statecode,statuscode\n"
	outcomes := [][2]string{{"Open", "In Progress"}, {"Won", "Won"}, {"Lost", "Out-Sold"}, {"Lost", "Canceled"}}
	for i := range 60 {
		end := outcomes[i%7%4]
		closed := ""
		if end[0] != "Open" {
			closed = fmt.Sprintf("2026-05-%02d", 1+i%28)
		}
		deals += fmt.Sprintf("op-%04x-7f%02x,Deal %d,ac-%04x-91%02x,co-%04x-b3%02x,%d.50,%d,2026-06-%02d,%s,%s,%s,%s\n",
			i*7919, i, i, i%20*104729%65521, i%20, i%30*1299709%65521, i%30, 1000+i, 10+i%3*30, 1+i%28, closed,
			[]string{"1-Qualify", "2-Develop", "3-Propose", "4-Close"}[i%4], end[0], end[1])
	}
	accounts, contacts := "accountid,name,address1_city\n", "contactid,firstname,lastname,emailaddress1\n"
	for i := range 20 {
		accounts += fmt.Sprintf("ac-%04x-91%02x,Bergman %c Ltd,Leeds\n", i*104729%65521, i, 'A'+i)
	}
	for i := range 30 {
		contacts += fmt.Sprintf("co-%04x-b3%02x,Ada,Berg%c,ada.%d@mail.example\n", i*1299709%65521, i, 'a'+i%26, i)
	}
	dir, _, err := drops(t, map[string]string{"opportunity.csv": deals, "account.csv": accounts, "contact.csv": contacts})
	if err != nil {
		t.Fatal(err)
	}
	system := func(contract string) string {
		_, after, _ := strings.Cut(text(t, dir, "contracts/"+contract), "{property: system, value: ")
		name, _, _ := strings.Cut(after, "}")
		return name
	}
	if a, b, c := system("opportunity.yaml"), system("account.yaml"), system("contact.yaml"); a != b || b != c {
		t.Errorf("systems %s, %s, %s", a, b, c)
	}
	holds(t, text(t, dir, "contracts/opportunity.yaml"), []string{
		"- name: parentaccountid\n        customProperties:\n          - {property: field, value: account_id}",
		"- name: parentcontactid\n        customProperties:\n          - {property: field, value: customer_id}",
		"- name: stepname\n        customProperties:\n          - {property: field, value: last_stage}",
		"- {property: else, value: [{column: stepname}]}",
		"- name: statuscode\n        customProperties:\n          - {property: field, value: none}",
		"- {property: field, value: probability_percent}", "- {property: field, value: expected_close_date}",
	})
}

// TestInvoicesOfDeals: invoices that only name whom they are for are those of the
// customer of their deal, whatever kind of file tells of it, where its ids are no
// running numbers. What they say of people stays marked as personal.
func TestInvoicesOfDeals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id   string
		ties bool
	}{{"SOL-%d", true}, {"%d", false}} {
		deals, invoices := "", "Invoice,Opp #,Homeowner,Invoice Date,Amount\n"
		for i := range 60 {
			id := fmt.Sprintf(c.id, 1000+i)
			deals += fmt.Sprintf(`{"Opp #":%q,"Homeowner":"Ada Berg%c","Phone":"(312) 555-%04d","Stage":%q,"Contract value":%d,"Last updated":"2026-03-%02d"}`+"\n",
				id, 'a'+i%26, 1000+i, []string{"Proposal", "Won"}[i%2], 900+i, 1+i%28)
			if i%2 == 1 {
				invoices += fmt.Sprintf("INV%04d,%s,Ada Berg%c,04/%02d/2026,\"$%d.00\"\n", i, id, 'a'+i%26, 1+i%28, 900+i)
			}
		}
		dir, _, err := drops(t, map[string]string{"pipeline.jsonl": deals, "invoices.csv": invoices})
		if err != nil {
			t.Fatal(err)
		}
		contract := text(t, dir, "contracts/invoices.yaml")
		tied := "- name: customer_id\n        customProperties:\n          - {property: field, value: customer_id}\n          - {property: aliases, value: [\"Opp #\"]}"
		if got := strings.Contains(contract, tied); got != c.ties {
			t.Errorf("%s: tied to the deal is %t:\n%s", c.id, got, contract)
		}
		holds(t, contract, []string{"- name: Homeowner\n        classification: pii"})
	}
}

// TestCustomersWithConsents: a table that is called one of customers is one,
// though consents would explain more of its columns.
func TestCustomersWithConsents(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("id_customer,id_gender,firstname,lastname,email,newsletter,optin,date_add\n")
	for i := range 60 {
		fmt.Fprintf(&b, "%d,1,Ada,Berg%c,ada.%d@mail.example,%d,0,2026-03-%02d 10:00:00\n", i+1, 'a'+i%26, i, i%2, 1+i%28)
	}
	dir, _, err := drops(t, map[string]string{"ps_customer.csv": b.String()})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/ps_customer.yaml"), []string{"{property: entity, value: customer}", "{property: field, value: customer_id}", "{property: field, value: email}"})
}

// TestLogOfChanges: what a change left is told beside what it led to.
func TestLogOfChanges(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"OpportunityFieldHistory.csv": "Id,OpportunityId,CreatedDate,OldValue,NewValue\n" + rows(10, 60, "H#,D0#,2026-03-01T10:00:00Z,Qualification,Proposal"),
		"Opportunity.csv":             "Id,Name,StageName,Amount,CreatedDate\n" + rows(10, 60, "D0#,Deal #,Proposal,#00.50,2026-02-01T10:00:00Z"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/opportunityfieldhistory.yaml"), []string{
		"- name: OldValue\n        customProperties:\n          - {property: field, value: from_stage}", "- {property: field, value: stage}",
	})
}

// TestLogOfFields: of a log of changes of several fields those of the stage
// alone are stages.
func TestLogOfFields(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("id,deal_id,field_key,old_value,new_value,log_time\n")
	for i := range 60 {
		fmt.Fprintf(&b, "%d,%d,stage_id,%d,%d,2026-03-%02d 10:00:00\n", 3*i, 10+i, 1+i%2, 2+i%2, 1+i%28)
		fmt.Fprintf(&b, "%d,%d,value,100.00,%d.50,2026-03-%02d 11:00:00\n", 3*i+1, 10+i, 200+i, 1+i%28)
		fmt.Fprintf(&b, "%d,%d,status,open,won,2026-03-%02d 12:00:00\n", 3*i+2, 10+i, 1+i%28)
	}
	dir, _, err := drops(t, map[string]string{
		"deal_changes.csv": b.String(),
		"deals.csv":        "id,title,stage_id,status,value,add_time\n" + rows(10, 70, "#,Deal #,3,won,#00.50,2026-02-01 10:00:00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/deal_changes.yaml"), []string{
		"{property: when, value: [{column: field_key, is: [stage_id], others: leave}]}", "{property: field, value: from_stage}",
	})
	holds(t, text(t, dir, "contracts/deals.yaml"), []string{"- name: add_time\n        logicalType: timestamp\n        customProperties:\n          - {property: field, value: created_at}"})
}

// TestDealsThatAreGone: what a column of outcomes calls deleted is, and a flag
// that agrees with the reasons of losses says what was lost.
func TestDealsThatAreGone(t *testing.T) {
	t.Parallel()
	deals, leads := "id,title,stage,status,pipeline,value,add_time\n", "id,title,stage,active,lost_reason,expected_revenue,create_date\n"
	for i := range 60 {
		deals += fmt.Sprintf("%d,Deal %d,%s,%s,%s,%d.50,2026-03-%02d 08:00:00\n", i+1, i, []string{"Lead In", "Contact Made", "Proposal Made"}[i%3],
			[]string{"open", "won", "lost", "deleted"}[i%4], []string{"Sales", "Partners"}[i%2], 100+i, 1+i%28)
		active, reason := "True", ""
		if i%5 == 0 {
			active, reason = "False", "Too expensive"
		}
		leads += fmt.Sprintf("%d,Chance %d,%s,%s,%s,%d.50,2026-03-%02d 08:00:00\n", i+1, i, []string{"New", "Qualified", "Proposition", "Won"}[1+i%3], active, reason, 100+i, 1+i%28)
	}
	dir, _, err := drops(t, map[string]string{"deals.csv": deals, "crm_lead.csv": leads})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/deals.yaml"), []string{
		"- {property: nulls, value: [deleted, open]}",
		"- name: is_deleted\n        customProperties:\n          - {property: field, value: is_deleted}\n          - {property: aliases, value: [status]}\n          - {property: matches, value: \"^(deleted)$\"}",
		"- {property: field, value: pipeline}",
	})
	holds(t, text(t, dir, "contracts/crm_lead.yaml"), []string{
		"- name: active\n        customProperties:\n          - {property: field, value: status}",
		"- {property: nulls, value: [\"True\"]}", "- {property: words, value: {\"False\": lost}}",
		"- name: stage\n        customProperties:\n          - {property: field, value: last_stage}",
	})
}

// TestCentsBesideAmounts: whole numbers count cents where a column beside them
// writes the same amounts for people; and of two columns of names one is that of
// whom "lead_id" means, where another is called a name and holds persons.
func TestCentsBesideAmounts(t *testing.T) {
	t.Parallel()
	leads, contacts, deals := "id,display_name,status_label\n", "id,lead_id,lead_name,name,primary_email\n", "id,lead_id,contact_id,status_label,value,value_formatted,date_created\n"
	for i := range 40 {
		firm := fmt.Sprintf("Serrano %c%c Ltd", 'A'+i%26, 'a'+i/26)
		leads += fmt.Sprintf("lead_%07x,%s,%s\n", i*1299709%16777213, firm, []string{"New", "Contacted"}[i%2])
		contacts += fmt.Sprintf("cont_%07x,lead_%07x,%s,%s Berg%c,a%d@mail.example\n", i*7919, i/4*1299709%16777213, strings.TrimSuffix(firm, " Ltd"), []string{"Anna", "Thomas", "Maria", "Peter"}[i%4], 'a'+i%26, i)
		deals += fmt.Sprintf("oppo_%07x,lead_%07x,cont_%07x,Proposal,%d,\"$%d,%03d.%02d\",2026-03-02\n", i*104729, i/4*1299709%16777213, i*7919, 123450+i*1001, (123450+i*1001)/100000, (123450+i*1001)/100%1000, (123450+i*1001)%100)
	}
	dir, _, err := drops(t, map[string]string{"leads.csv": leads, "contacts.csv": contacts, "opportunities.csv": deals})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/opportunities.yaml"), []string{"- {property: field, value: amount}\n          - {property: unit, value: minor}"})
	holds(t, text(t, dir, "contracts/contacts.yaml"), []string{"- name: name\n        classification: pii\n        customProperties:\n          - {property: field, value: full_name}"})
}

// TestListOfStages: a table in which each stage comes once is the list of them,
// and no leads.
func TestListOfStages(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"crm/etapas.csv":        "id,pipeline_id,nombre,orden\n1,1,Nuevo,1\n2,1,Propuesta,2\n3,1,Ganado,3\n4,1,Perdido,4\n5,2,Contacto,1\n6,2,Oferta,2\n7,2,Contrato firmado,3\n8,2,Rechazado,4\n",
		"crm/oportunidades.csv": "id,titulo,etapa_id,importe,creado\n" + rows(100, 160, "#,Viaje,3,90.50,2026-03-02\n5#,Viaje,6,70.50,2026-03-03"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(r.LeftOut); !strings.Contains(got, "it tells what codes mean") {
		t.Errorf("left out %s", got)
	}
	holds(t, text(t, dir, "contracts/crm_oportunidades.yaml"), []string{"\"3\": won"})
}

// TestMessages: a log of messages is touches, not a list of the people in it;
// a list of e-mail addresses is none.
func TestMessages(t *testing.T) {
	t.Parallel()
	_, r, err := drops(t, map[string]string{
		"customers.csv": "customer_id,name,email\n" + rows(100, 140, "#,Ada Bergman#,ada#@example.org"),
		"messages.csv": "email_id,sent_at,type,direction,contact_email,contact_name,sales_person,subject,in_reply_to\n" +
			rows(100, 140, "M#A,2026-02-03 09:00:00,email,incoming,ada#@example.org,Ada Bergman,Bo Hart,Offer,\nM#B,2026-02-03 11:00:00,email,outgoing,ada#@example.org,Ada Bergman,Bo Hart,Offer,M#A"),
		"crm/contacts.csv": "contact_id,first_name,last_name,phone\n" + rows(100, 140, "#,Ada,Bergman,+44 20 7946 0#"),
		"crm/emails.csv":   "id,email,type,created_at,contact_id\n" + rows(100, 140, "7#,ada#@example.org,work,2026-01-05 10:00:00,#"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Feeds {
		isLog := f.Name == "messages"
		if got := strings.Contains(strings.Join(f.Entities, " "), "activity"); got != isLog {
			t.Errorf("%s is read as %v", f.Name, f.Entities)
		}
	}
}
