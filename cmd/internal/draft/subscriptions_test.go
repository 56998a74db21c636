package draft_test

import (
	"strings"
	"testing"
)

// TestSubscriptions: what customers are charged for again and again is no order,
// in whatever language.
func TestSubscriptions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		members, file, text string
		want                []string
	}{
		{
			"member_id,first_name,last_name,email\n" + rows(100, 140, "#,Ada,Bergman,ada#@example.org"),
			"subscriptions.csv", "subscription_id,member_id,plan,interval,price,start_date,end_date,status\n" + rows(100, 140, "S#,#,Basic,month,9.90,2025-03-04,,active\nT#,#,Pro,year,290.00,2025-01-02,2025-09-30,cancelled"),
			[]string{"{property: field, value: subscription_id}", "{property: field, value: interval}", "{property: field, value: started_at}", "{property: field, value: ended_at}", "{property: field, value: unit_price}"},
		},
		{
			"Mitgliedsnummer;Vorname;Nachname;E-Mail\n" + rows(100, 140, "#;Ada;Bergman;ada#@example.org"),
			"Mitgliedschaften.csv", "Mitgliedschaft Nr;Mitgliedsnummer;Tarif;Zahlweise;Monatsbeitrag;Beginn;Ende;Status\n" + rows(100, 140, "M#;#;Gold;monatlich;19,90;04.03.2025;;aktiv\nN#;#;Basis;jährlich;99,00;02.01.2025;30.09.2025;gekündigt"),
			[]string{"{property: field, value: subscription_id}", "{property: field, value: plan}", "{property: field, value: interval}", "{property: field, value: started_at}", "{property: field, value: ended_at}"},
		},
		{
			"member_id,first_name,last_name,email\n" + rows(100, 140, "#,Ada,Bergman,ada#@example.org"),
			"policies.csv", "Policy #,member_id,Carrier,Effective,Expiration,Annual Premium,Status\n" + rows(100, 140, "P#,#,Acorn Mutual,2025-03-04,2026-03-04,840.00,Active\nQ#,#,Lakeside,2025-01-02,2026-01-02,290.00,Lapsed"),
			[]string{"{property: field, value: subscription_id}", "{property: field, value: started_at}", "{property: field, value: ended_at}", "{property: field, value: amount}", "{property: constant, value: year}"},
		},
		{
			"Kundnummer;Namn;E-post\n" + rows(100, 140, "#;Ada Bergman;ada#@example.org"),
			"prenumerationer.csv", "Prenumerations-ID;Kundnummer;Plan;Månadspris;Startdatum;Slutdatum;Status\n" + rows(100, 140, "P#;#;Bas;299,00;2025-03-04;;Aktiv\nQ#;#;Plus;799,00;2025-01-02;2025-09-30;Avslutad"),
			[]string{"{property: field, value: subscription_id}", "{property: field, value: plan}", "{property: field, value: started_at}", "{property: field, value: ended_at}", "{property: field, value: unit_price}", "{property: constant, value: month}"},
		},
		{
			"Supporter ID,First Name,Surname,Email\n" + rows(100, 140, "#,Ada,Bergman,ada#@example.org"),
			"regular_giving.csv", "Mandate Ref,Supporter ID,Amount,Frequency,Start Date,Status\n" + rows(100, 140, "DD#,#,£10.00,Monthly,21/03/2025,Active\nDE#,#,£15.00,Annual,02/01/2025,Cancelled"),
			[]string{"{property: field, value: subscription_id}", "{property: field, value: amount}", "{property: field, value: interval}", "{property: field, value: started_at}"},
		},
	} {
		dir, _, err := drops(t, map[string]string{"members.csv": c.members, c.file: c.text})
		if err != nil {
			t.Fatal(err)
		}
		name := strings.ToLower(strings.TrimSuffix(c.file, ".csv"))
		holds(t, text(t, dir, "contracts/"+name+".yaml"), append(c.want, "{property: entity, value: subscription}", "{property: field, value: customer_id}"))
	}
}
