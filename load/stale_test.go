//go:build duckdb_arrow

package load

import (
	"slices"
	"strings"
	"testing"
)

// TestRowsFrom takes away the rows that a model says its own come from: it
// must have none left, whatever all other tables hold.
func TestRowsFrom(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service", "histories", "online", "refunds", "associations")
	s.shape(Everything)
	models, err := readModels()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]model{}
	for _, m := range models {
		byName[m.name()] = m
	}
	told := 0
	for _, m := range models {
		if m.rowsFrom == nil {
			continue
		}
		told++
		if err := s.stale.ready(t.Context(), m, func(model, int64) {}); err != nil {
			t.Fatal(err)
		}
		putBack := s.takeRows(byName, m.rowsFrom)
		if m.key != "" { // the whole of it, as in a rebuild
			if _, err := m.narrow(t.Context(), s.database, Everything); err != nil {
				t.Fatal(err)
			}
		}
		if got := s.rows("select count(*) from (\n" + trimStatement(m.query) + "\n)"); got[0] != "0" {
			t.Errorf("%s has %s rows without those of %s", m.table, got[0], m.rowsFrom)
		}
		for _, back := range slices.Backward(putBack) {
			s.do(back)
		}
	}
	if told < 25 {
		t.Errorf("only %d models tell where their rows come from", told)
	}
}

// takeRows empties tables, and for helper tables those that they are made of.
// The statements it returns, run from the last to the first, bring the rows
// back.
func (s star) takeRows(models map[string]model, tables []string) (putBack []string) {
	s.Helper()
	for _, table := range tables {
		if m, ok := models[table]; ok && m.isHelper() {
			again := "create or replace table " + table + " as\n" + m.query
			putBack = append(putBack, again)
			putBack = append(putBack, s.takeRows(models, m.rowsFrom)...)
			s.do(again)
			continue
		}
		catalog, name, _ := strings.Cut(table, ".")
		name = catalog + "." + quote(name)
		kept := quote("kept " + table)
		s.do("create temp table " + kept + " as from " + name)
		s.do("delete from " + name)
		putBack = append(putBack, "drop table "+kept, "insert into "+name+" from "+kept)
	}
	return putBack
}

// TestOnlyWhatIsStale runs over a version into which nothing, then one order
// line, came: only what reads it is made again.
func TestOnlyWhatIsStale(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service")
	s.shape(Everything)
	made := func() (names []string) {
		p := testParams()
		p.Scope, p.SameSettings, p.IsDescribed = WhatChanged, true, true
		p.Done = func(m ModelReport) { names = append(names, m.Model) }
		if err := s.Shape(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		return names
	}
	s.forget()
	quiet := made()
	for _, name := range quiet {
		if strings.HasPrefix(name, "fact_") && !slices.Contains([]string{"fact_campaign_member", "fact_pipeline_daily", "fact_receivable"}, name) {
			t.Errorf("%s was made although nothing came", name)
		}
	}
	s.forget()
	s.do("update ods.payment set amount = amount + 1 where row_id = (select min(row_id) from ods.payment)")
	s.do("insert into changed.payment select min(row_id) from ods.payment")
	busy := made()
	for _, want := range []string{"fact_payment", "fact_customer_month", "customer_overview"} {
		if !slices.Contains(busy, want) {
			t.Errorf("%s was not made although a payment changed: %v", want, busy)
		}
	}
	for _, not := range []string{"dim_customer", "fact_touch", "fact_web_event", "fact_case"} {
		if slices.Contains(busy, not) {
			t.Errorf("%s was made although only a payment changed", not)
		}
	}
}

// TestAsks leaves out the parts of a check that read no table that was
// written to.
func TestAsks(t *testing.T) {
	t.Parallel()
	one, two := "-- Severity: warn\nselect 1 from ods.lead", "select 2 from fact_touch"
	both := one + "\n\nunion all\n\n" + two
	joined := "with x as (select 1)\n\nselect * from ods.lead\n\nunion all\n\nselect 2 from fact_touch"
	for _, c := range []struct {
		query, written string
		same, found    bool
		want           string
	}{
		{both, "ods.lead", true, false, one},
		{both, "warehouse.fact_touch", true, false, two},
		{both, "warehouse.fact_touch", true, true, both},
		{both, "ods.customer", true, false, ""},
		{both, "ods.customer", true, true, ""},
		{both, "ods.customer", false, false, both},
		{joined, "warehouse.fact_touch", true, false, joined},
	} {
		db := &database{written: map[string]bool{c.written: true}}
		if got := newStaleness(db, nil, c.same).asks(Check{Query: c.query}, c.found); got != c.want {
			t.Errorf("after a write to %s (same settings %v, found %v) %q is asked, want %q", c.written, c.same, c.found, got, c.want)
		}
	}
}
