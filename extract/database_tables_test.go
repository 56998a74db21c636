package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestTables: a view names the tables whose rows it shows, through other views
// too; so does a partition. A view whose query the user may not see shows
// whatever there is.
func TestTables(t *testing.T) {
	t.Parallel()
	for _, s := range testServers(t) {
		s.exec(t, "create table orders (id int primary key, placed date)", "create table items (id int primary key, order_id int)",
			"create table order_archive (id int primary key)", "create view placed as select id as line, placed from orders",
			"create view placed_items as select items.id as orders_id, placed.placed from items join placed on placed.line = items.order_id")
		want := map[string]string{"orders": "", "items": "", "order_archive": "", "placed": "orders", "placed_items": "items orders placed"}
		if s.driver == "postgres" {
			s.exec(t, "create table visits (at date) partition by range (at)", "create table visits_1 partition of visits for values from ('2026-01-01') to ('2026-02-01')",
				"create table old_items () inherits (items)", "create materialized view kept as select id from placed_items join items on items.id = orders_id",
				"create unique index on kept (id)")
			want["visits"], want["visits_1"], want["old_items"], want["kept"] = "", "visits", "items", "items orders placed placed_items"
			if probe, err := ProbeTable(t.Context(), Pull{Driver: s.driver, DSN: s.dsn, Table: "kept"}); err != nil || probe.Columns != 1 {
				t.Errorf("a materialized view: %+v, %v", probe, err)
			}
		}
		if s.driver == "sqlite" {
			s.exec(t, `create table "" (id int)`, `create table "sales." (id int)`, `create table "sales.2025" (id int)`, `create view all_sales as select * from "sales.2025"`)
			want[""], want["sales."], want["sales.2025"], want["all_sales"] = "", "", "", "sales.2025"
		}
		got := shownOf(t, Pull{Driver: s.driver, DSN: s.dsn}, want)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", s.driver, got, want)
		}
		if s.driver != "mysql" {
			continue
		}
		other := namespace(t)
		s.exec(t, "create database "+other, "create table "+other+".orders (id int primary key)")
		t.Cleanup(func() { s.exec(t, "drop database "+other) })
		if tables, err := Tables(t.Context(), Pull{Driver: s.driver, DSN: s.dsn}); err != nil || slices.ContainsFunc(tables, func(o Table) bool { return strings.Contains(o.Name, ".") }) {
			t.Errorf("tables of another database of the server are listed: %v %v", tables, err)
		}
		reader := namespace(t)
		s.exec(t, "create user "+reader+"@'127.0.0.1' identified by 'reader'", "grant select on orders to "+reader+"@'127.0.0.1'", "grant select on placed to "+reader+"@'127.0.0.1'")
		t.Cleanup(func() { s.exec(t, "drop user "+reader+"@'127.0.0.1'") })
		got = shownOf(t, Pull{Driver: s.driver, DSN: strings.Replace(s.dsn, "loadstar:loadstar-test", reader+":reader", 1)}, want)
		if want := map[string]string{"orders": "", "placed": "orders"}; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("a hidden query: %v, want %v", got, want)
		}
	}
}

// shownOf lists, for the named tables that are there, whose rows they show.
func shownOf(t *testing.T, p Pull, names map[string]string) map[string]string {
	t.Helper()
	tables, err := Tables(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, table := range tables {
		if _, ok := names[table.Name]; ok {
			slices.Sort(table.Shows)
			found[table.Name] = strings.Join(table.Shows, " ")
		}
	}
	return found
}
