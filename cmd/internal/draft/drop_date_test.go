package draft_test

import (
	"path/filepath"
	"strings"
	"testing"

	"loadstar/cmd/internal/config"
	"loadstar/extract"
)

// TestShortYears: six digits in the names of files are days where the rows tell
// of that year, in them or beside them.
func TestShortYears(t *testing.T) {
	t.Parallel()
	sales := func(year string) string {
		return "order_id,order_date,customer_email,total\n" + rows(100, 130, "O-#,"+year+"-03-14,anna#@example.org,25.50")
	}
	for _, c := range []struct {
		name, year, layout string
	}{
		{"260315", "2026", "060102"}, {"150326", "2026", "020106"}, {"031526", "2026", "010206"},
		{"260101", "2025", "060102"}, {"26-03-15", "2026", "06-01-02"},
		{"260315", "2023", ""}, {"999999", "2026", ""},
	} {
		dir, _, err := drops(t, map[string]string{"sales_" + c.name + ".csv": sales(c.year)})
		if err != nil {
			t.Fatal(err)
		}
		_, delivered, isDated := strings.Cut(text(t, dir, "contracts/sales.yaml"), "property: delivered, value: ")
		if delivered, _, _ = strings.Cut(delivered, "\n"); isDated != (c.layout != "") || isDated && !strings.Contains(delivered, `"`+c.layout+`"`) {
			t.Errorf("%s with rows of %s: delivered is %q, want %q", c.name, c.year, delivered, c.layout)
		}
	}
}

// TestNamesOfDeliveries: the day, week, month or quarter in the names of files
// orders them and names the next one, however it is written.
func TestNamesOfDeliveries(t *testing.T) {
	t.Parallel()
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
		{[]string{"kunden_Ä.csv", "kunden_Ö.csv"}, "kunden_*.csv", ""},
		{[]string{"kunden_1234567.csv"}, "kunden_1234567.csv", ""},
	} {
		dir, err := customersIn(t, c.files)
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
		finds(t, dir, len(c.files), c.layout != "")
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

// TestFoldersOfDeliveries: folders of days and periods part the deliveries of
// one feed, whatever they are called; the other folders keep feeds apart.
func TestFoldersOfDeliveries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		files           []string
		from, delivered string
	}{
		{[]string{"2026-01/kunden.csv", "2026-02/kunden.csv"}, `/[0-9]*/kunden.csv"`, `'/(\d{4}-\d{2})/', layout: "2006-01"`},
		{[]string{"20260131/kunden.csv"}, `/[0-9]*/kunden.csv"`, `'/(\d{8})/', layout: "20060102"`},
		{[]string{"31.01.2026/kunden.csv"}, `/[0-9]*/kunden.csv"`, `'/(\d{1,2}\.\d{1,2}\.\d{4})/', layout: "2.1.2006"`},
		{[]string{"2026/01/05/part-0001.csv", "2026/01/06/part-0001.csv", "2026/01/06/part-0002.csv"}, `/[0-9]*/[0-9]*/[0-9]*/part*.csv"`, `'/(\d{4})/(\d{1,2})/(\d{1,2})/', layout: "2006-1-2"`},
		{[]string{"kunden/year=2026/month=1/data.csv", "kunden/year=2026/month=10/data.csv"}, `/kunden/year=[0-9]*/month=[0-9]*/data.csv"`, `'/year=(\d{4})/month=(\d{1,2})/', layout: "2006-1"`},
		{[]string{"dt=2026-01-05/kunden.csv"}, `/dt=[0-9]*/kunden.csv"`, `'/dt=(\d{4}-\d{2}-\d{2})/', layout: "2006-01-02"`},
		{[]string{"2026-01-05T0315/kunden.csv", "2026-01-05T1815/kunden.csv"}, `/[0-9]*/kunden.csv"`, `'/(\d{4}-\d{2}-\d{2}T\d{4})/', layout: "2006-01-02T1504"`},
		{[]string{"2026/Januar/kunden.csv", "2026/März/kunden.csv"}, `/[0-9]*/*/kunden.csv"`, `'/(\d{4})/([\p{L}\p{M}]+)/', layout: "month yyyy"`},
		{[]string{"KW05 2026/kunden.csv"}, `/*[0-9]*/kunden.csv"`, `layout: "week yyyy"`},
		{[]string{"2026/Q1/kunden.csv"}, `/[0-9]*/*[0-9]*/kunden.csv"`, `layout: "quarter yyyy"`},
		{[]string{"2026/01/kunden_2026-01-05.csv", "2026/02/kunden_2026-02-05.csv"}, `/[0-9]*/[0-9]*/kunden_*.csv"`, `layout: "2006-01-02"`},
		{[]string{"2025/kunden.csv", "2026/kunden.csv"}, `/[0-9]*/kunden.csv"`, ""},
		{[]string{"nord/kunden.csv"}, `/nord/kunden.csv"`, ""},
		{[]string{"13/99/kunden.csv"}, `/13/99/kunden.csv"`, ""},
	} {
		dir, err := customersIn(t, c.files)
		if err != nil {
			t.Errorf("%q: %v", c.files, err)
			continue
		}
		config := text(t, dir, "loadstar.yaml")
		if !strings.Contains(config, "/drops"+c.from) || strings.Count(config, "from:") != 1 {
			t.Errorf("%q: want one feed from %s:\n%s", c.files, c.from, config)
			continue
		}
		_, name, _ := strings.Cut(config, "contract: ")
		name, _, _ = strings.Cut(name, "\n")
		contract := text(t, dir, name)
		if isDated := strings.Contains(contract, "property: delivered"); isDated != (c.delivered != "") || !strings.Contains(contract, c.delivered) {
			t.Errorf("%q: want delivered %s:\n%s", c.files, c.delivered, contract)
		}
		finds(t, dir, len(c.files), c.delivered != "")
	}
}

// customersIn drafts a project from files of these names, each with customers of
// its own.
func customersIn(t *testing.T, names []string) (dir string, err error) {
	t.Helper()
	files := map[string]string{}
	for i, name := range names {
		files[name] = "Kundennr;Vorname;Nachname;E-Mail;Ort\n" + rows(10*(i+1), 10*(i+1)+20, "K1#;Ada;Bergman;ada#@example.org;Ulm")
	}
	dir, _, err = drops(t, files)
	return dir, err
}

// finds looks whether a drafted project reads all files, and that its contract
// tells of a moment where they do.
func finds(t *testing.T, dir string, files int, isDated bool) {
	t.Helper()
	cfg, err := config.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	feed := cfg.Feeds[0]
	found, err := extract.Glob(cfg.Dir, feed.From.Pattern)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != files {
		t.Errorf("%s names %d files, want %d", feed.From.Pattern, len(found), files)
	}
	for _, path := range found {
		if d := feed.Contract.Delivered; (d != nil) != isDated || isDated && !d.Pattern.MatchString(filepath.ToSlash(path)) {
			t.Errorf("the contract does not say when %s speaks for", path)
		}
	}
}
