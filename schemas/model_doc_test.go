package schemas_test

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"loadstar/schemas"
)

var update = flag.Bool("update", false, "write the generated parts of docs/model.md anew")

const modelDoc = "../docs/model.md"

var dimensionNamed = regexp.MustCompile(`see (dim_\w+)`)

// TestModelDoc compares the tables of docs/model.md with the DDL they are
// generated from; -update writes them.
func TestModelDoc(t *testing.T) {
	text, err := os.ReadFile(modelDoc)
	if err != nil {
		t.Fatal(err)
	}
	want := string(text)
	for name, part := range map[string]string{"bus matrix": busMatrix(star(t)), "grains": grains(t, star(t))} {
		begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
		before, rest, ok := strings.Cut(want, begin)
		_, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			t.Fatalf("%s has no place for the %s", modelDoc, name)
		}
		want = before + begin + part + end + after
	}
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatalf("%s differs from the DDL: run go test ./schemas -run TestModelDoc -update", modelDoc)
	}
	if err := os.WriteFile(modelDoc, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
}

func named(tables []schemas.StarTable, prefix string) []schemas.StarTable {
	return slices.DeleteFunc(slices.Clone(tables), func(t schemas.StarTable) bool {
		return t.Schema != "main" || !strings.HasPrefix(t.Name, prefix)
	})
}

// busMatrix says which fact knows which dimension.
func busMatrix(tables []schemas.StarTable) string {
	var dimensions []string
	for _, d := range named(tables, "dim_") {
		if d.Name != "dim_customer_history" {
			dimensions = append(dimensions, d.Name)
		}
	}
	var b strings.Builder
	b.WriteString("| | " + strings.ReplaceAll(strings.Join(dimensions, " | "), "dim_", "") + " |\n|---|" + strings.Repeat("---|", len(dimensions)) + "\n")
	for _, f := range named(tables, "fact_") {
		knows := map[string]bool{}
		for _, c := range f.Columns {
			for _, m := range dimensionNamed.FindAllStringSubmatch(c.Comment, -1) {
				knows[m[1]] = true
			}
		}
		b.WriteString("| `" + f.Name + "` |")
		for _, d := range dimensions {
			if knows[d] {
				b.WriteString(" x |")
			} else {
				b.WriteString(" |")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// grains says what each fact answers and what one of its rows is.
func grains(t *testing.T, tables []schemas.StarTable) string {
	var b strings.Builder
	b.WriteString("| table | question | one row is |\n|---|---|---|\n")
	for _, f := range named(tables, "fact_") {
		question, grain, ok := strings.Cut(f.Comment, " Grain: ")
		if !ok {
			t.Errorf("comment of %s lacks its grain", f.Name)
		}
		b.WriteString("| `" + f.Name + "` | " + question + " | " + grain + " |\n")
	}
	for _, d := range named(tables, "dim_") {
		b.WriteString("| `" + d.Name + "` | " + strings.Replace(d.Comment, "? ", "? | ", 1) + pad(d.Comment) + " |\n")
	}
	return b.String()
}

// pad keeps a comment without a question in the last column.
func pad(comment string) string {
	if strings.Contains(comment, "? ") {
		return ""
	}
	return " |"
}
