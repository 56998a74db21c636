package schemas_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
)

func star(t *testing.T) []schemas.StarTable {
	t.Helper()
	tables, err := schemas.Star()
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) < 30 {
		t.Fatalf("star has %d tables", len(tables))
	}
	return tables
}

var word = regexp.MustCompile(`[a-z0-9]+`)

// TestStarSaysWhatItMeans refuses a missing comment and one that has no word
// beyond the name itself, in the star and in the ODS.
func TestStarSaysWhatItMeans(t *testing.T) {
	for _, table := range star(t) {
		if !saysMore(table.Name, table.Comment) {
			t.Errorf("%s: comment %q says nothing", table.Qualified(), table.Comment)
		}
		for _, c := range table.Columns {
			if !saysMore(c.Name, c.Comment) {
				t.Errorf("%s.%s: comment %q says nothing", table.Qualified(), c.Name, c.Comment)
			}
		}
	}
	entities, err := schemas.Entities()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entities {
		if !saysMore(e.Name, e.Meaning) {
			t.Errorf("%s: meaning %q says nothing", e.Name, e.Meaning)
		}
		for _, f := range e.Fields {
			if !saysMore(f.Name, f.Meaning) {
				t.Errorf("%s.%s: meaning %q says nothing", e.Name, f.Name, f.Meaning)
			}
		}
	}
}

// saysMore tells whether a comment has a word that the name has not.
func saysMore(name, comment string) bool {
	known := append(strings.Split(name, "_"), "the", "of", "a", "an", "is", "true", "where")
	return slices.ContainsFunc(word.FindAllString(strings.ToLower(comment), -1), func(w string) bool { return !slices.Contains(known, w) })
}

// TestStarHoldsIdentity compares the identity tables with what matching
// hands over.
func TestStarHoldsIdentity(t *testing.T) {
	types := map[arrow.Type]string{arrow.INT64: "bigint", arrow.INT32: "integer", arrow.STRING: "varchar", arrow.BOOL: "boolean"}
	for name, schema := range schemas.IdentitySchemas() {
		table, err := schemas.StarTableNamed("idn", name)
		if err != nil {
			t.Fatal(err)
		}
		if len(table.Columns) != schema.NumFields() {
			t.Fatalf("idn.%s has %d columns, matching gives %d", name, len(table.Columns), schema.NumFields())
		}
		for i, f := range schema.Fields() {
			if c := table.Columns[i]; c.Name != f.Name || c.Type != types[f.Type.ID()] {
				t.Errorf("idn.%s column %d is %s %s, matching gives %s %s", name, i, c.Name, c.Type, f.Name, f.Type)
			}
		}
	}
}

// TestStarDigestLeavesLineageOut keeps lineage, runs and allocated keys out
// of every digest, also in tables added later.
func TestStarDigestLeavesLineageOut(t *testing.T) {
	for _, table := range star(t) {
		if table.Schema == "meta" || table.View {
			continue
		}
		for _, c := range table.Columns {
			switch c.Name {
			case "customer_key", "old_customer_key", "household_key", "referred_by_customer_key",
				"source_file_key", "source_row", "file_key", "run_id", "first_run", "last_run":
				if c.Digest {
					t.Errorf("%s.%s lacks digest: false", table.Qualified(), c.Name)
				}
			}
		}
	}
}

func TestStarDDL(t *testing.T) {
	table, err := schemas.StarTableNamed("quarantine", "row")
	if err != nil {
		t.Fatal(err)
	}
	ddl := table.DDL()
	if want := `create table "ods"."quarantine"."row" (`; !strings.HasPrefix(ddl[0], want) {
		t.Errorf("DDL begins %q, want %q", ddl[0][:40], want)
	}
	if len(ddl) != 2+len(table.Columns) {
		t.Errorf("%d statements for %d columns", len(ddl), len(table.Columns))
	}
}
