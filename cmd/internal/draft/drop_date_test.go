package draft_test

import (
	"strings"
	"testing"
)

// TestNamesOfDeliveries: the day, week, month or quarter in the names of files
// orders them and names the next one, however it is written.
func TestNamesOfDeliveries(t *testing.T) {
	t.Parallel()
	const header = "Kundennr;Vorname;Nachname;E-Mail;Ort\n"
	const row = "K1#;Ada;Bergman;ada#@example.org;Ulm"
	for _, c := range []struct {
		files           []string
		pattern, layout string
	}{
		{[]string{"kunden_28-02-2026.csv", "kunden_31-01-2026.csv"}, "kunden_*.csv", "2-1-2006"},
		{[]string{"kunden_31-01-2026.csv"}, "kunden_*.csv", "2-1-2006"},
		{[]string{"kunden 1.2.2026.csv"}, "kunden *.csv", "2.1.2006"},
		{[]string{"kunden28022026.csv", "kunden31012026.csv"}, "kunden*.csv", "02012006"},
		{[]string{"kunden_02-28-2026.csv", "kunden_03-01-2026.csv"}, "kunden_*.csv", "1-2-2006"},
		{[]string{"kunden_20260131120000.csv"}, "kunden_*.csv", "20060102150405"},
		{[]string{"kunden_2026-01-31T0315.csv", "kunden_2026-01-31T1815.csv"}, "kunden_*.csv", "2006-01-02T1504"},
		{[]string{"kunden_2026-01-31_0001.csv", "kunden_2026-01-31_0077.csv"}, "kunden_*.csv", "2006-01-02"},
		{[]string{"kunden_03_28_2026.csv"}, "kunden_*.csv", "1_02_2006"},
		{[]string{"kunden_202512.csv", "kunden_202601.csv"}, "kunden_*.csv", "200601"},
		{[]string{"kunden_01.2026.csv", "kunden_12.2025.csv"}, "kunden_*.csv", "1.2006"},
		{[]string{"Kunden Juni 2026.csv", "Kunden Januar 2026.csv"}, "Kunden *.csv", "month yyyy"},
		{[]string{"Kunden 2026 Mai.csv"}, "Kunden *.csv", "month yyyy"},
		{[]string{"3 avril 2026 clients.csv", "14 mai 2026 clients.csv"}, "*.csv", "d month yyyy"},
		{[]string{"Kunden_KW05_2026.csv", "Kunden_KW51_2025.csv"}, "Kunden_*.csv", "week yyyy"},
		{[]string{"kunden-2026-W05.csv"}, "kunden-*.csv", "week yyyy"},
		{[]string{"kunden Q1 2026.csv"}, "kunden *.csv", "quarter yyyy"},
		{[]string{"kunden (10).csv", "kunden (2).csv"}, "kunden (*.csv", ""},
		{[]string{"kunden_2025.csv", "kunden_2026.csv"}, "kunden_*.csv", ""},
		{[]string{"2026-01-31_kunden.csv"}, "*_kunden.csv", "2006-01-02"},
		{[]string{"kunden_1234567.csv"}, "kunden_1234567.csv", ""},
	} {
		files := map[string]string{}
		for i, name := range c.files {
			files[name] = header + rows(10*(i+1), 10*(i+1)+20, row)
		}
		dir, _, err := drops(t, files)
		if err != nil {
			t.Errorf("%q: %v", c.files, err)
			continue
		}
		if got := text(t, dir, "loadstar.yaml"); !strings.Contains(got, "/"+c.pattern+`"}`) || strings.Count(got, "from:") != 1 {
			t.Errorf("%q: want one feed from %s:\n%s", c.files, c.pattern, got)
		}
		name := "kunden"
		if c.layout == "d month yyyy" {
			name = "clients"
		}
		contract := text(t, dir, "contracts/"+name+".yaml")
		_, delivered, isDated := strings.Cut(contract, "property: delivered, value: ")
		delivered, _, _ = strings.Cut(delivered, "\n")
		if want := `layout: "` + c.layout + `"`; isDated != (c.layout != "") || isDated && !strings.Contains(delivered, want) {
			t.Errorf("%q: delivered is %q, want %s", c.files, delivered, want)
		}
	}
}

// TestNamesOfPlans: the month in the name of a plan may lie ahead, and is no
// moment of its delivery.
func TestNamesOfPlans(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"budget_2027-01.csv": "Monat;Abteilung;Budget\n" + rows(10, 22, "2027-01-01;Vertrieb #;1.2#,50"),
	})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/budget.yaml")
	holds(t, contract, []string{"entity, value: target"})
	if strings.Contains(contract, "property: delivered") {
		t.Errorf("the plan's month is its delivery:\n%s", contract)
	}
}
