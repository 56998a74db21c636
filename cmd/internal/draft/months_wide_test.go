package draft_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestWideMonths: amounts that stand in a column for each month are of the month,
// and of whom or what the row names.
func TestWideMonths(t *testing.T) {
	t.Parallel()
	customers := func(head string) string {
		var b strings.Builder
		b.WriteString(head + "\n")
		for i := range 20 {
			fmt.Fprintf(&b, "%d;Berg%c Bau GmbH;Köln;100;;250;350\n", 1000+i, 'a'+i)
		}
		b.WriteString(";Summe;;2000;;5000;7000\n")
		return b.String()
	}
	for _, c := range []struct {
		name, file, text string
		entities         []string
		want             []string
		note             string
	}{
		{
			"year in the name", "Umsatz 2026.csv", customers("Kd-Nr;Kunde;Ort;Jan;Feb;Mär;Gesamt"), []string{"customer", "profitability"},
			[]string{"{property: when, value: Mär}", "{property: constant, value: \"3\"}", "- {property: from, value: \"$file\"}", "{property: field, value: revenue_amount}", "totals: [{column: Kunde"}, "",
		},
		{
			"year in the headers", "Umsatz je Kunde.csv", customers("Kd-Nr;Kunde;Ort;Dez 26;Jan 27;Mrz 2025;Gesamt"), []string{"customer", "profitability"},
			[]string{"{property: constant, value: \"2025-03-01\"}", "{property: constant, value: \"2026-12-01\"}", "{property: constant, value: \"2027-01-01\"}"}, "",
		},
		{"days of a month", "Umsatz je Kunde.csv", customers("Kd-Nr;Kunde;Ort;May 15;May 16;May 17;Gesamt"), []string{"customer"}, nil, ""},
		{"a month twice", "Umsatz je Kunde 2026.csv", customers("Kd-Nr;Kunde;Ort;Jan;January;Feb;Gesamt"), []string{"customer"}, nil, ""},
		{"no month", "Umsatz je Kunde.csv", customers("Kd-Nr;Kunde;Ort;Jan 25;Feb 25;2025-14;Gesamt"), []string{"customer"}, nil, ""},
		{"the day of the delivery", "Umsatz je Kunde 2026-01-05.csv", customers("Kd-Nr;Kunde;Ort;Jan;Feb;Mär;Gesamt"), []string{"customer"}, nil, "nothing tells the year"},
		{"two years", "Umsatz je Kunde 2025 und 2026.csv", customers("Kd-Nr;Kunde;Ort;Jan;Feb;Mär;Gesamt"), []string{"customer"}, nil, "nothing tells the year"},
		{"no year", "Umsatz je Kunde.csv", customers("Kd-Nr;Kunde;Ort;Jan;Feb;Mär;Gesamt"), []string{"customer"}, nil, "nothing tells the year"},
		{
			"targets", "quota.csv", "Rep,Team,Jan-26,Feb 2026,March 26,FY\nDana Wells,North,5000,6000,7000,18000\nRick Moss,South,4000,4000,4000,12000\n", []string{"target"},
			[]string{"{property: field, value: employee_id}", "{property: field, value: team}", "{property: constant, value: \"2026-02-01\"}", "{property: field, value: amount}"}, "",
		},
	} {
		dir, report, err := drops(t, map[string]string{c.file: c.text})
		if err != nil {
			t.Fatal(c.name, err)
		}
		if got := report.Feeds[0].Entities; !slices.Equal(got, c.entities) {
			t.Errorf("%s: entities %s, want %s", c.name, got, c.entities)
		}
		holds(t, text(t, dir, report.Feeds[0].Contract), c.want)
		if notes := strings.Join(report.Notes, "\n"); !strings.Contains(notes, c.note) {
			t.Errorf("%s: notes %q lack %q", c.name, notes, c.note)
		}
	}
}
