//go:build duckdb_arrow

package load

import (
	"slices"
	"strings"
	"testing"
)

func TestTableName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`ods."order"`:                "ods.order",
		`"ods"."main"."order"`:       "ods.order",
		"ods.idn.state":              "ods.idn.state",
		"idn.state":                  "ods.idn.state",
		"warehouse.main.dim_date":    "warehouse.dim_date",
		"main.dim_date":              "warehouse.dim_date",
		"dim_date":                   "warehouse.dim_date",
		"meta.run":                   "warehouse.meta.run",
		"warehouse.meta.run":         "warehouse.meta.run",
		"src.pursuit.pursuit_key":    "src.pursuit",
		"changed.golden":             "changed.golden",
		"ods.customer.row_id":        "ods.customer",
		"customer.row_id":            "",
		`staging."stage table 1"`:    "",
		"warehouse.dim_date.date":    "warehouse.dim_date",
		"ods.quarantine.violation.x": "ods.quarantine.violation",
	} {
		if got := tableName(text); got != want {
			t.Errorf("tableName(%s) = %q, want %q", text, got, want)
		}
	}
}

func TestWritten(t *testing.T) {
	t.Parallel()
	for statement, want := range map[string]string{
		"insert into warehouse.main.dim_date by name\nselect 1":                        "warehouse.dim_date",
		"-- Adds what ods.x lacks: update it.\ninsert into \"ods\".\"main\".\"order\"": "ods.order",
		"DELETE FROM ods.idn.state where name = 'x'":                                   "ods.idn.state",
		"update ods.main.customer set received_at = now()":                             "ods.customer",
		"with x as (select 1)\ninsert into warehouse.fact_touch select * from x":       "warehouse.fact_touch",
		"select updated_at from ods.customer":                                          "",
		"create or replace table scratch.next as select 1":                             "",
	} {
		if got := written(statement); got != want {
			t.Errorf("written(%s) = %q, want %q", statement, got, want)
		}
	}
}

// TestReadTables compares what a glance at the text finds with DuckDB's own
// syntax tree: no table that a model, a mart or a check reads may be missed.
func TestReadTables(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	models, err := readModels()
	if err != nil {
		t.Fatal(err)
	}
	l, err := newTracer(t.Context(), s.database, models)
	if err != nil {
		t.Fatal(err)
	}
	l.helpers, l.entities = nil, nil // not followed into their own queries
	queries, narrowed := map[string]string{}, map[string][]string{}
	for _, m := range models {
		queries[m.table], narrowed[m.table] = m.query, m.narrowed
		if m.affected != "" {
			queries[m.table+" affected"] = m.affected
		}
	}
	checks, err := Checks()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		queries["check "+c.Name] = c.Query
	}
	found := 0
	for name, query := range queries {
		l.seen, l.traced = map[string]bool{}, map[string]relation{}
		if _, err := l.trace(query); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		read := append(readTables(query), narrowed[name]...)
		for table := range l.seen {
			if table = strings.TrimPrefix(table, "main."); strings.HasPrefix(table, "scratch.") {
				continue // made for the query itself
			}
			if !slices.Contains(read, tableName(table)) {
				t.Errorf("%s reads %s, found are %v", name, table, read)
			}
			found++
		}
	}
	if found < 300 {
		t.Errorf("only %d tables were looked for", found)
	}
}
