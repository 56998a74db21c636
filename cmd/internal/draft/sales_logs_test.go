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

// TestSalesLogsOfTouches: a log of touches whose kinds are stages as well tells
// of pursuits, where nothing else does.
func TestSalesLogsOfTouches(t *testing.T) {
	t.Parallel()
	log := "Datum;Säljare;Kund;Telefon;Aktivitet;Belopp\n"
	for i := range 24 {
		for j, kind := range []string{"Samtal", "Möte", "Offert", "Order"}[:1+i%4] {
			log += fmt.Sprintf("2026-01-%02d;Sjöberg;Ada Berg%c;070-123 45 %02d;%s;%s\n", 1+i%20+2*j, 'a'+i, i, kind, []string{"", "", "1500", "1500"}[j])
		}
	}
	deals := "deal_id;name;stage;amount;created_at\n" + rows(10, 40, "D-#;Kitchen #;Offer;100.50;2026-01-05\n")
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"alone":           {map[string]string{"aktiviteter.csv": log}, []string{"opportunity", "customer", "stage_event", "activity"}},
		"beside deals":    {map[string]string{"aktiviteter.csv": log, "deals.csv": deals}, []string{"activity", "customer"}},
		"of touches only": {map[string]string{"aktiviteter.csv": strings.NewReplacer("Offert", "Samtal", "Order", "Möte").Replace(log)}, []string{"activity", "customer"}},
	} {
		_, report, err := drops(t, c.files)
		if err != nil {
			t.Fatal(name, err)
		}
		if got := report.Feeds[0].Entities; !slices.Equal(got, c.want) {
			t.Errorf("%s: entities %s, want %s", name, got, c.want)
		}
	}
}
