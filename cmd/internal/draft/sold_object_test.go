package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestSoldAtAppointment: lists of appointments that say what was sold and for
// how much make pursuits of those that ended; the files are called after the
// sales people. Where a list of deals beside them tells what was won, nothing is
// counted twice, and where nothing says for how much, nothing is sold.
func TestSoldAtAppointment(t *testing.T) {
	t.Parallel()
	named := func(text string) string { // no name holds digits
		for i, letter := range "abcdefghijklmnopqrstuvwxyz" {
			text = strings.ReplaceAll(text, fmt.Sprintf("<%d>", 10+i), string(letter))
		}
		return text
	}
	visit := named(rows(10, 25, "#.03.2026,Ada Berg<#>er,+49 40 77#0#0,verkauft,2#00\n#.03.2026,Eva Tal<#>mann,+49 40 78#0#0,kein Interesse,\n#.03.2026,Ute Ros<#>er,+49 40 79#0#0,verschoben,"))
	const head = "Termin,Kunde,Telefon,Ergebnis,Auftragswert\n"
	dir, _, err := drops(t, map[string]string{
		"aussen/Termine Anna Meier.csv": head + visit,
		"aussen/Termine Uwe Vos.csv":    head + strings.ReplaceAll(visit, "Berg", "Lind"),
		"both/appointments.csv":         "Appt Date,Customer,Phone,Outcome,Sale Amount\n" + named(rows(10, 25, "2026-03-#,Ada Berg<#>er,+1 212 555 0#0#,Sold,2#00.50\n2026-03-#,Eva Tal<#>mann,+1 212 555 1#0#,No sale,")),
		"both/deals.csv":                "deal_id,deal_name,customer,stage,amount\n" + named(rows(10, 25, "D#,Roof #,Ada Berg<#>er,Closed won,2#00.50\nE#,Roof #,Eva Tal<#>mann,Proposal sent,300")),
		"calls/Anrufe.csv":              "Datum,Kunde,Telefon,Ergebnis,Dauer\n" + named(rows(10, 25, "#.03.2026,Ada Berg<#>er,+49 40 77#0#0,verkauft,#\n#.03.2026,Eva Tal<#>mann,+49 40 78#0#0,kein Interesse,#\n#.03.2026,Ute Ros<#>er,+49 40 79#0#0,verschoben,#")),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/aussen_termine.yaml"), []string{
		"{property: entity, value: activity}", "{property: constant, value: meeting}", "{property: field, value: employee_id}",
		"{property: entity, value: opportunity}", "is: [kein Interesse, verkauft], others: leave}",
		"- name: Auftragswert\n        logicalType: number\n        customProperties:\n          - {property: field, value: amount}",
	})
	for _, feed := range []string{"both_appointments", "calls_anrufe"} {
		if c := text(t, dir, "contracts/"+feed+".yaml"); strings.Contains(c, "value: opportunity}") {
			t.Errorf("%s makes sales:\n%s", feed, c)
		}
	}
}

// TestCompoundNames: names that German and its neighbours write in one word say
// what rows are by their last part, or by what a list is of; other words that end
// alike do not.
func TestCompoundNames(t *testing.T) {
	t.Parallel()
	dir, report, err := drops(t, map[string]string{
		"a/Messeleads.csv":          "Name;E-Mail;Telefon;Datum;Interesse\n" + rows(10, 60, "Ada Berg#er;ada#@mail.example;+49 40 77#0#0;01.03.2026;Tor"),
		"b/Kundenkartei.csv":        "Nr;Name;Ort\n" + rows(10, 60, "#;Ada Berg#er;Graz"),
		"c/Lieferantenkontakte.csv": "Nr;Name;Ort\n" + rows(10, 60, "#;Ada Berg#er;Graz"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/a_messeleads.yaml"), []string{"{property: entity, value: lead}"})
	holds(t, text(t, dir, "contracts/b_kundenkartei.yaml"), []string{"{property: entity, value: customer}"})
	for _, f := range report.Feeds {
		if strings.Contains(f.Name, "lieferanten") {
			t.Errorf("suppliers are read as %v", f.Entities)
		}
	}
}

// TestUndatedLines: lines that nothing names, in a file whose name tells no day,
// are the whole of their file, or a corrected one would count twice; where days in
// the names part them, each row is new.
func TestUndatedLines(t *testing.T) {
	t.Parallel()
	lines := "Order No,Date,Customer No,Product,Quantity,Price,Amount\n" + rows(10, 60, "A#,2026-03-01,C#,Barolo,2,1#.50,2#.00\nA#,2026-03-01,C#,Barolo,2,1#.50,2#.00")
	dir, _, err := drops(t, map[string]string{
		"a/order_lines.csv":            lines,
		"b/order_lines_2026-03-01.csv": lines,
		"b/order_lines_2026-03-02.csv": strings.ReplaceAll(lines, "A", "B"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/a_order_lines.yaml"), []string{"{property: delivery, value: snapshot}", "{property: partition, value: 'file'}", "value: \"$hash\"}"})
	holds(t, text(t, dir, "contracts/b_order_lines.yaml"), []string{"{property: delivery, value: append}"})
}
