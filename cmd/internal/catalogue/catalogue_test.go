package catalogue_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"loadstar/cmd/internal/catalogue"
)

// told answers the queries of a small version, and refuses those of broken.
func told(broken string) catalogue.Ask {
	return func(query string) ([]string, [][]string, error) {
		for part, answer := range map[string][][]string{
			"from about\n":           {{"2026-03-31 23:59", "Europe/London", "EUR", "7", "1", "2", "3", "crm_leads"}},
			"meta.feed as feed":      {{"crm_leads", "crm", "Leads <all>", "2026-03-31 22:59", "2", "late"}},
			"from meta.check_result": {{"grain_unique", "error", "One row each?", "0"}, {"rate_missing", "warn", "No rate | at all?", "4"}},
			"from meta.glossary":     {{"Touch", "a call"}},
			"from meta.lineage": {{"main.fact_touch", "touch_type", "ods.activity", "type"}, {"ods.activity", "type", "crm_calls.calls", "Kind"},
				{"main.fact_touch", "touch_date_key", "setting.param", "as_of"}, {"main.fact_touch", "touch_type", "main.fact_touch", "touch_type"}},
			"from meta.catalogue": {
				{"rule", "grain_unique", "", "", "", "operation", "One row each?", "row", "error", "", "One row each?"},
				{"table", "main.dim_customer", "main", "dim_customer", "", "customer data", "Who?", "one customer", "table", "", "Who?"},
				{"column", "main.dim_customer.customer_key", "main", "dim_customer", "customer_key", "customer data", "its number", "", "bigint", "key", "Who?"},
				{"table", "main.fact_touch", "main", "fact_touch", "", "sales", "When?", "one touch", "table", "", "When?"},
				{"column", "main.fact_touch.customer_key", "main", "fact_touch", "customer_key", "sales", "who", "", "bigint", "key", "When?"},
				{"column", "main.fact_touch.touch_type", "main", "fact_touch", "touch_type", "sales", "<script>alert(1)</script>", "", "varchar", "", "When?"},
				{"kpi", "main.kpi_x", "main", "kpi_x", "", "sales", "How? Formula: a / b.", "member", "kpi", "", "How?"},
				{"table", "ods.activity", "ods", "activity", "", "sales", "Calls", "one call", "table", "", "Which?"},
				{"column", "ods.activity.type", "ods", "activity", "type", "sales", "word", "", "varchar", "", "Which?"},
			},
		} {
			if strings.Contains(query+"\n", part) {
				if broken != "" && strings.Contains(part, broken) {
					return nil, nil, errors.New("no such table")
				}
				return nil, answer, nil
			}
		}
		return []string{"team", "n"}, [][]string{{"North | South", "<b>7</b>"}}, nil
	}
}

func TestSite(t *testing.T) {
	site, err := catalogue.Read(told(""))
	if err != nil {
		t.Fatal(err)
	}
	if len(site.Tutorial) != 20 {
		t.Errorf("the tutorial has %d questions, want twenty", len(site.Tutorial))
	}
	touch := site.Tables[1]
	if got := strings.Join(touch.Columns[1].Delivered, " "); got != "crm_calls.calls.Kind" {
		t.Errorf("touch_type was delivered as %q", got)
	}
	if len(site.Bus.Facts) != 1 || !site.Bus.Facts[0].Has[0] {
		t.Errorf("bus matrix is %+v", site.Bus)
	}
	dir := filepath.Join(t.TempDir(), "pages")
	if err := site.Write(dir); err != nil {
		t.Fatal(err)
	}
	page := read(t, filepath.Join(dir, "index.html"))
	for _, want := range []string{"2026-03-31 23:59", `id="main.fact_touch"`, "crm_calls.calls.Kind", "Formula: a / b", "<svg", "1 of 2 found rows", "Leads &lt;all&gt;", "&lt;b&gt;7"} {
		if !strings.Contains(page, want) {
			t.Errorf("index.html lacks %q", want)
		}
	}
	if strings.Contains(page, "<script>alert") {
		t.Error("a comment becomes a script")
	}
	if outside := regexp.MustCompile(`(?i)(src|href)="(https?:|//)[^"]*"|@import|url\(`).FindString(page); outside != "" {
		t.Errorf("the page needs something outside itself: %s", outside)
	}
	for _, link := range regexp.MustCompile(`<td class="small">.*?</td>`).FindAllString(page, -1) {
		for _, target := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(link, -1) {
			if !strings.Contains(page, `id="`+target[1]+`"`) {
				t.Errorf("a column comes from %s, which the page does not show", target[1])
			}
		}
	}
	for _, name := range []string{"README.md", "tutorial.md", "kpis.md", "tables.md", "glossary.md"} {
		if text := read(t, filepath.Join(dir, name)); !strings.HasPrefix(text, "# ") {
			t.Errorf("%s does not begin with its title: %.40q", name, text)
		}
	}
	if text := read(t, filepath.Join(dir, "tutorial.md")); !strings.Contains(text, `| North \| South | &lt;b>7&lt;/b> |`) {
		t.Errorf("a value breaks its table cell:\n%.600s", text)
	}
	if err := site.Write(filepath.Join(dir, "index.html")); err == nil {
		t.Error("a site is written into a file")
	}
}

// TestPictureKeepsNames draws tables whose names would end an attribute.
func TestPictureKeepsNames(t *testing.T) {
	b := catalogue.Bus{Dimensions: []string{`d"><script>`}, Facts: []catalogue.BusRow{{Fact: `f"><script>`, Process: `p"><script>`}}}
	if picture := string(b.Picture()); strings.Contains(picture, "<script") || strings.Count(picture, "&gt;&lt;script&gt;") != 5 {
		t.Errorf("a name becomes markup: %s", picture)
	}
}

func TestReadFails(t *testing.T) {
	for _, broken := range []string{"about", "meta.catalogue", "meta.lineage", "meta.glossary"} {
		if _, err := catalogue.Read(told(broken)); err == nil || !strings.Contains(err.Error(), "loadstar run --full") {
			t.Errorf("without %s: error %v does not say what to do", broken, err)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
