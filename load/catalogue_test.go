//go:build duckdb_arrow

package load

import (
	"strings"
	"testing"
)

// TestCatalogueIsComplete: everything in a version stands in the catalogue
// with its meaning, owner and question, and a KPI tells its formula.
func TestCatalogueIsComplete(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into warehouse.meta.feed_column by name
from (values ('b', 'rows', 'Seller', 'lead', 'employee_name'), ('a', 'rows', 'Rep', 'lead', 'employee_name')) as c (feed_name, object_name, column_name, entity, field)`)
	s.shape(Everything)
	s.want(`select database_name, schema_name, table_name, column_name
from duckdb_columns()
where database_name in ('warehouse', 'ods') and not internal and table_name not like '%\_version' escape '\'
    and not exists (
        from warehouse.meta.catalogue as c
        where c.kind = 'column' and c.table_name = duckdb_columns.table_name and c.column_name = duckdb_columns.column_name
            and c.schema_name = if(database_name = 'ods' and duckdb_columns.schema_name = 'main', 'ods', duckdb_columns.schema_name)
    )`)
	s.want("select name from warehouse.meta.catalogue where coalesce(process, '') = '' or coalesce(meaning, '') = '' or coalesce(example_question, '') = ''")
	s.want("select name from warehouse.meta.catalogue where kind in ('table', 'view') and schema_name = 'main' and not contains(example_question, '?')")
	s.want("select name from warehouse.meta.catalogue where kind = 'kpi' and (not contains(meaning, 'Formula: ') or coalesce(grain, '') = '')")
	s.want("select name from warehouse.meta.catalogue where kind = 'rule' and coalesce(grain, '') = ''")
	s.want("select count(*) > 25, count(distinct process) from warehouse.meta.catalogue where kind = 'kpi'", "true|6")
	s.want("select name from warehouse.meta.catalogue group by kind, name having count(*) > 1")
	s.want("select name from warehouse.meta.catalogue where kind = 'kpi' and (coalesce(unit, '') = '' or coalesce(source_columns, '') = '')")
	s.want(`select unit, source_columns from warehouse.meta.catalogue where name = 'main.kpi_win_rate'`,
		"number; money in the company's currency; days; share, 0 to 1|main.fact_pipeline.is_won, main.fact_pipeline.reporting_amount")
	s.want(`select c.name from warehouse.meta.catalogue as c inner join warehouse.meta.catalogue as t using (schema_name, table_name)
where c.kind = 'column' and t.kind <> 'column' and (c.example_question = t.example_question or not contains(c.example_question, '?'))`)
	s.want("select name from warehouse.meta.catalogue where kind = 'column' and coalesce(unit, '') = '' and not ends_with(data_type, '[]')")
	s.want("select unit, example_question from warehouse.meta.catalogue where name in ('main.kpi_sales_velocity.velocity_amount', 'main.fact_pipeline.is_won') order by 1",
		"money in the company's currency, a day|How high is velocity amount in sales velocity, and where is it highest?", "true or false|How many rows of pipeline are won?")
	s.want("select source_columns from warehouse.meta.catalogue where name = 'ods.lead.employee_name'", "a.rows.Rep, b.rows.Seller")
}

// TestCommentsOfViews: also in the published file every view and column of it
// has its comment.
func TestCommentsOfViews(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.shape(Everything)
	s.shape(WhatChanged)
	s.want("select count(*) > 25 from duckdb_views() where database_name = 'warehouse' and not internal", "true")
	s.want("select view_name from duckdb_views() where database_name = 'warehouse' and not internal and comment is null")
	s.want("select table_name, column_name from duckdb_columns() where database_name = 'warehouse' and not internal and comment is null")
}

// TestNotesNameTables: a note of the seeds that names nothing is a slip.
func TestNotesNameTables(t *testing.T) {
	t.Parallel()
	var notes catalogueNotes
	if err := readSeed("catalogue", &notes); err != nil {
		t.Fatal(err)
	}
	tables, err := describedTables()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, table := range tables {
		known[table.schema+"."+table.name], known[table.schema+".*"] = true, true
		if table.schema == "main" && notes.Tables["main."+table.name].Process == "" {
			t.Errorf("main.%s has no owner in seeds/catalogue.yaml", table.name)
		}
	}
	for name := range notes.Tables {
		if !known[name] {
			t.Errorf("seeds/catalogue.yaml describes %s, which is no table", name)
		}
	}
	checks, err := Checks()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		known[c.Name] = true
	}
	for name := range notes.Rules {
		if name != "*" && !known[name] {
			t.Errorf("seeds/catalogue.yaml describes rule %s, which does not exist", name)
		}
	}
}

func TestLineageReachesTheSources(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.shape(Everything)
	s.want(`with recursive way as (
    select table_name, column_name, from_table, from_column from warehouse.meta.lineage
    where table_name = 'main.customer_360' and column_name = 'days_since_order'
    union
    select l.table_name, l.column_name, l.from_table, l.from_column from warehouse.meta.lineage as l
    inner join way on l.table_name = way.from_table and l.column_name = way.from_column
)
select distinct from_table || '.' || from_column from way where from_table = 'ods.order' and from_column = 'ordered_at'`, "ods.order.ordered_at")
}

func TestOwnMart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, text, want string }{
		{"marts/Bad Name.sql", "-- Question: q?\nselect 1 as x", "lower-case"},
		{"marts/fine.sql", "select 1 as x", "question"},
		{"marts/about.sql", "-- Question: q?\nselect 1 as x", "this name already"},
		{"marts/two.sql", "-- Question: q?\n\nselect 1; select 2", "marts/two.sql:3: give one statement"},
	} {
		if _, err := ParseMart(c.file, []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.file, err, c.want)
		}
	}
	mart := func(query string) Mart {
		m, err := ParseMart("marts/own.sql", []byte("-- Question: How many?\n-- Column n: customers of the company\n"+query))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	s := newStar(t, "people")
	s.shape(Everything)
	models, err := readModels()
	if err != nil {
		t.Fatal(err)
	}
	l, err := newTracer(t.Context(), s.database, models)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ query, want string }{
		{"select * from ods.customer", "not in the published file"},
		{"select * from warehouse.dim_customer", "without warehouse."},
		{"select no_such from dim_customer", "no_such"},
		{"select * from src.param", "not in the published file"},
		{"select * from read_text('/etc/hostname')", "it calls read_text"},
		{"select (select count(*) from glob('*')) as n from dim_customer", "it calls glob"},
		{"select * from '/etc/hostname.csv'", "/etc/hostname.csv"},
		{"", "not one query"},
	} {
		if err := s.ownMarts(t.Context(), l, []Mart{mart(c.query)}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.query, err, c.want)
		}
	}
	p := testParams()
	p.Marts, p.Scope = []Mart{mart("select count(*) as n from dim_customer where customer_key > 0")}, WhatChanged
	if err := s.Shape(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	s.want("from warehouse.own", "3")
	s.want("select meaning from warehouse.meta.catalogue where name in ('main.own', 'main.own.n') order by name", "How many?", "customers of the company")
	if err := s.ownMarts(t.Context(), l, nil); err != nil {
		t.Fatal(err)
	}
	s.want("select view_name from duckdb_views() where view_name = 'own'")
}
