package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestNumbersThatCount: numbers that only count the rows of a list name none of
// them; they do where they stand in another order, where another table names
// them, and where a later file has them beside the same people.
func TestNumbersThatCount(t *testing.T) {
	t.Parallel()
	list := func(header string, number func(i int) int) string {
		var b strings.Builder
		for i := range 24 {
			fmt.Fprintf(&b, "%d;Ada Berg%c;ada%d@example.org;%02d.01.2026;%s;%d,50 zł\n", number(i), 'a'+i, i, 1+i, []string{"Nowy", "Oferta", "Wygrana"}[i%3], 1100+i)
		}
		return header + ";Klient;E-mail;Data zapytania;Etap;Wartość\n" + b.String()
	}
	inOrder := func(i int) int { return i + 1 }
	calls := "lead_id;data;rodzaj\n" + strings.ReplaceAll(rows(1, 25, "#;05.02.2026;telefon\n"), "\n\n", "\n")
	for name, c := range map[string]struct {
		files   map[string]string
		isCount bool
	}{
		"counts":             {map[string]string{"lejek.csv": list("Lp.", inOrder)}, true},
		"a sign":             {map[string]string{"lejek.csv": list("#", inOrder)}, true},
		"in another order":   {map[string]string{"lejek.csv": list("Lp.", func(i int) int { return (i*7)%24 + 1 })}, false},
		"an id":              {map[string]string{"lejek.csv": list("Lead ID", inOrder)}, false},
		"another table":      {map[string]string{"leads.csv": list("Nr", inOrder), "calls.csv": calls}, false},
		"the same people":    {map[string]string{"lejek_2026-02-01.csv": list("Nr", inOrder), "lejek_2026-02-08.csv": list("Nr", inOrder)}, false},
		"not from 1":         {map[string]string{"lejek.csv": list("Nr", func(i int) int { return i + 4001 })}, false},
		"by steps of twenty": {map[string]string{"lejek.csv": list("Nr", func(i int) int { return 1 + 20*i })}, false},
	} {
		dir, report, err := drops(t, c.files)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, f := range report.Feeds {
			contract := text(t, dir, f.Contract)
			if !strings.Contains(contract, "Etap") {
				continue
			}
			if got := strings.Contains(contract, "{property: counts, value: rows}"); got != c.isCount {
				t.Errorf("%s: numbers that only count are %t, want %t:\n%s", name, got, c.isCount, contract)
			}
			if got := strings.Contains(contract, "value: lead_id}\n          - {property: from, value: \"$hash\"}"); got != c.isCount {
				t.Errorf("%s: rows are named by their text: %t, want %t:\n%s", name, got, c.isCount, contract)
			}
		}
	}
}
