package schemas_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"loadstar/schemas"
)

const kpiDoc = "../docs/kpis.md"

// TestKPIDoc compares the table of docs/kpis.md with the comments of the KPIs
// and the headers of their queries; -update writes it.
func TestKPIDoc(t *testing.T) {
	text, err := os.ReadFile(kpiDoc)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- kpis -->\n", "<!-- end of kpis -->"
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no place for the KPIs", kpiDoc)
	}
	want := before + begin + kpiTable(t, named(star(t), "kpi_")) + end + after
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatalf("%s differs from the views' comments: run go test ./schemas -run TestKPIDoc -update", kpiDoc)
	}
	if err := os.WriteFile(kpiDoc, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
}

var (
	kpiComment = regexp.MustCompile(`^(.+\?)(?: .+?)? Formula: (.+)\. Grain: (.+)$`)
	kpiSources = regexp.MustCompile(`(?m)^-- Sources: (.+)\.$`)
)

func kpiTable(t *testing.T, kpis []schemas.StarTable) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("| KPI | question | formula | one row is | computed from |\n|---|---|---|---|---|\n")
	for _, k := range kpis {
		said := kpiComment.FindStringSubmatch(k.Comment)
		if said == nil {
			t.Fatalf("the comment of %s does not say question, formula and grain", k.Name)
		}
		files, err := filepath.Glob("../load/marts/*_" + k.Name + ".sql")
		if err != nil || len(files) != 1 {
			t.Fatalf("%s has the queries %v (%v)", k.Name, files, err)
		}
		query, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		sources := kpiSources.FindStringSubmatch(string(query))
		if sources == nil {
			t.Fatalf("%s does not say its sources", files[0])
		}
		b.WriteString("| `" + strings.Join([]string{k.Name + "`", said[1], said[2], said[3], sources[1]}, " | ") + " |\n")
	}
	return b.String()
}
