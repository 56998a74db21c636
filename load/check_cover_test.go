//go:build duckdb_arrow

package load

import (
	"regexp"
	"strings"
	"testing"

	"loadstar/schemas"
)

var namesDimension = regexp.MustCompile(`see (dim_\w+)`)

// TestEveryKeyIsProved: each column that a comment sends to a dimension stands
// in no_orphan_key, each fact and dimension in grain_unique, and each fact with
// a customer in customer_resolved. A table added later can't be forgotten.
func TestEveryKeyIsProved(t *testing.T) {
	t.Parallel()
	tables, err := schemas.Star()
	if err != nil {
		t.Fatal(err)
	}
	text := map[string]string{}
	for _, name := range []string{"no_orphan_key", "grain_unique", "customer_resolved"} {
		query, err := checkFiles.ReadFile("checks/" + name + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		text[name] = string(query)
	}
	proved := 0
	for _, table := range tables {
		isFact := strings.HasPrefix(table.Name, "fact_")
		if table.Schema != "main" || !isFact && !strings.HasPrefix(table.Name, "dim_") {
			continue
		}
		if !strings.Contains(text["grain_unique"], "'"+table.Name+"' as table_name") {
			t.Errorf("grain_unique leaves out %s", table.Name)
		}
		for _, c := range table.Columns {
			dimension := namesDimension.FindStringSubmatch(c.Comment)
			isKey := strings.HasSuffix(c.Name, "_key") || c.Name == "currency_code"
			if dimension == nil || !isKey || table.Name == dimension[1] {
				continue
			}
			entry := "'" + table.Name + "' as table_name,\n    '" + c.Name + "' as column_name"
			if !strings.Contains(text["no_orphan_key"], entry) {
				t.Errorf("no_orphan_key leaves out %s.%s", table.Name, c.Name)
			}
			if c.Name == "customer_key" && isFact && hasColumn(table, "source_customer_key") &&
				!strings.Contains(text["customer_resolved"], "'"+table.Name+"' as table_name") {
				t.Errorf("customer_resolved leaves out %s", table.Name)
			}
			proved++
		}
	}
	if proved < 100 {
		t.Errorf("only %d keys were looked for", proved)
	}
}

func hasColumn(t schemas.StarTable, name string) bool {
	for _, c := range t.Columns {
		if c.Name == name {
			return true
		}
	}
	return false
}
