package draft_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestSalesLogs: a list with a row for each touch, in which pursuits come again
// and get on, is their history and not so many pursuits, whatever names them and
// whichever row is the first.
func TestSalesLogs(t *testing.T) {
	t.Parallel()
	const head = "Datum;Klant;Contactpersoon;E-mail;Type;Resultaat;Fase;Medewerker"
	stages := []string{"Prospect", "Afspraak", "Offerte", "Order"}
	var lines []string
	for i := range 24 {
		for j := range 1 + i%4 {
			lines = append(lines, fmt.Sprintf("%02d-%02d-2026;Garage Berg%c B.V.;Ada Berg;ada%d@bedrijf.example;%s;Interesse;%s;Sanne", 1+i, 1+j, 'a'+i, i, []string{"Bellen", "Bezoek"}[j%2], stages[j]))
		}
	}
	backward := slices.Clone(lines)
	slices.Reverse(backward)
	for name, file := range map[string]string{
		"by firm":      head + "\n" + strings.Join(lines, "\n") + "\n",
		"newest first": head + "\n" + strings.Join(backward, "\n") + "\n",
	} {
		dir, report, err := drops(t, map[string]string{"Logboek verkoop.csv": file})
		if err != nil {
			t.Fatal(name, err)
		}
		contract := text(t, dir, report.Feeds[0].Contract)
		if got, want := report.Feeds[0].Entities, []string{"opportunity", "customer", "stage_event", "activity"}; !slices.Equal(got, want) {
			t.Errorf("%s: entities %s, want %s", name, got, want)
		}
		holds(t, contract, []string{
			"{property: delivery, value: snapshot}", "- name: Klant\n        primaryKey: true\n        primaryKeyPosition: 1\n        customProperties:\n          - {property: field, value: opportunity_id}",
			"- {property: field, value: organisation_name}\n          - {property: aliases, value: [Klant]}", "- {property: field, value: stage}", "- {property: field, value: outcome}",
		})
	}
	// The same people for other things each time are so many pursuits.
	for i := range lines {
		if i%3 > 0 {
			lines[i] = strings.NewReplacer("Prospect", "Offerte", "Offerte", "Prospect").Replace(lines[i])
		}
	}
	dir, report, err := drops(t, map[string]string{"Logboek verkoop.csv": head + "\n" + strings.Join(lines, "\n") + "\n"})
	if err != nil {
		t.Fatal(err)
	}
	if contract := text(t, dir, report.Feeds[0].Contract); strings.Contains(contract, "entity, value: stage_event") {
		t.Error("pursuits that don't get on became a history")
	}
}
