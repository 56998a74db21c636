//go:build duckdb_arrow

package load

import (
	"slices"
	"strings"
	"testing"

	"loadstar/schemas"
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
		s.ready(m)
		putBack := s.takeRows(byName, map[string]bool{}, m.rowsFrom)
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
func (s star) takeRows(models map[string]model, taken map[string]bool, tables []string) (putBack []string) {
	s.Helper()
	for _, table := range tables {
		if taken[table] { // others are made of it too
			continue
		}
		taken[table] = true
		if m, ok := models[table]; ok && m.isHelper() {
			again := "create or replace table " + table + " as\n" + m.query
			putBack = append(putBack, again)
			putBack = append(putBack, s.takeRows(models, taken, m.rowsFrom)...)
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
		db := &database{marks: &marks{written: map[string]bool{c.written: true}}}
		if got := newStaleness(db, nil, c.same).asks(Check{Query: c.query}, c.found); got != c.want {
			t.Errorf("after a write to %s (same settings %v, found %v) %q is asked, want %q", c.written, c.same, c.found, got, c.want)
		}
	}
}

// TestFreshParts leaves out of a check of a fresh build the keys of tables
// that got no row, but for the part that names the columns.
func TestFreshParts(t *testing.T) {
	t.Parallel()
	lookup := func(fact string) string {
		return "select 1\nfrom warehouse." + fact + " as fact\nanti join warehouse.dim_date as dimension using (date_key)"
	}
	other := "select count(*)\nfrom warehouse.fact_case"
	query := strings.Join([]string{lookup("fact_touch"), lookup("fact_case"), lookup("fact_order_line"), other}, unionAll)
	s := newStaleness(&database{marks: &marks{written: map[string]bool{"warehouse.fact_order_line": true}}}, nil, false)
	s.isFresh = true
	want := strings.Join([]string{lookup("fact_touch"), lookup("fact_order_line"), other}, unionAll)
	if got := s.asks(Check{Query: query}, false); got != want {
		t.Errorf("%q is asked, want %q", got, want)
	}
}

// TestNarrowed asks only what changed for its keys and its grain.
func TestNarrowed(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service", "histories")
	s.shape(Everything)
	s.forget()
	s.do("insert into ods.order_line select * replace (70000 as row_id) from ods.order_line where row_id = 1601")
	s.do("insert into changed.order_line values (70000)")
	s.shape(WhatChanged)
	checks, err := Checks()
	if err != nil {
		t.Fatal(err)
	}
	found := func(check string) (rows int64) {
		t.Helper()
		query := s.stale.asks(checks[slices.IndexFunc(checks, func(c Check) bool { return c.Name == check })], false)
		if query == "" {
			return 0
		}
		f, err := s.find(t.Context(), Check{Query: query}, "table scratch.finding")
		if err != nil {
			t.Fatal(err)
		}
		return f.Rows
	}
	for _, c := range []struct {
		check, change string
		rows          int64
	}{
		{"no_orphan_key", "", 0},
		{"customer_resolved", "", 0},
		{"grain_unique", "", 0},
		{"no_orphan_key", "update warehouse.fact_order_line set product_key = 4711 where row_id = 70000", 1},
		{"no_orphan_key", "update warehouse.fact_touch set employee_key = 4711 where rowid = 0", 1}, // an old row, not looked at
		{"no_orphan_key", "lost 4711", 2},
		{"no_orphan_key", "update warehouse.fact_payment set currency_code = 'XXQ' where rowid = 0", 2},
		{"no_orphan_key", "lost XXQ", 3}, // looked up by another column than the key: all rows are
		{"customer_resolved", "update warehouse.fact_order_line set customer_key = 4711 where row_id = 70000", 1},
		{"customer_resolved", "update warehouse.fact_touch set customer_key = 4711 where rowid = 0", 1},
		{"customer_resolved", "insert into changed.moved select source_customer_key from warehouse.fact_touch where rowid = 0", 2},
		{"grain_unique", "insert into warehouse.fact_touch from warehouse.fact_touch where rowid = 1", 1},
		{"grain_unique", "insert into warehouse.fact_stage_event select * replace (null as event_number) from warehouse.fact_stage_event where rowid < 1", 1},
		{"grain_unique", "insert into warehouse.fact_stage_event select * replace (null as event_number) from warehouse.fact_stage_event where rowid < 1", 2},
		{"refund_beyond_payment", "update warehouse.fact_payment set amount = -1 where payment_id = 'y2'", 0}, // nobody told that it changed
		{"refund_beyond_payment", "insert into changed.fact_payment from warehouse.fact_payment where payment_id = 'y2'", 1},
		{"attribution_adds_up", "delete from changed.fact_attribution", 0},
		{"attribution_adds_up", "update warehouse.fact_attribution set first_weight = 1", 0},
		{"attribution_adds_up", "insert into changed.fact_attribution from warehouse.fact_attribution limit 1", 1},
	} {
		switch c.change {
		case "":
		case "lost 4711":
			s.lost["warehouse.dim_employee"] = []string{"4711"}
			s.written["warehouse.fact_touch"] = true
		case "lost XXQ":
			s.lost["warehouse.dim_currency"] = []string{"999"}
			s.written["warehouse.fact_payment"] = true
		default:
			s.do(c.change)
		}
		if n := found(c.check); n != c.rows {
			t.Errorf("%s finds %d rows after %q, want %d", c.check, n, c.change, c.rows)
		}
	}
}

// TestNarrowedParts sees that the checks are written as the patterns want them.
func TestNarrowedParts(t *testing.T) {
	t.Parallel()
	checks, err := Checks()
	if err != nil {
		t.Fatal(err)
	}
	s := newStaleness(&database{marks: newMarks()}, nil, true)
	s.last = map[string]int64{}
	star, err := schemas.Star()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range star {
		s.last[table.Name] = 0
	}
	for check, want := range map[string]int{"no_orphan_key": 142, "customer_resolved": 15, "grain_unique": 36} {
		n := 0
		for _, part := range parts(checks[slices.IndexFunc(checks, func(c Check) bool { return c.Name == check })].Query) {
			if s.narrowed(part) != strings.TrimRight(part, "\n") {
				n++
			}
		}
		if n < want {
			t.Errorf("%d parts of %s can be narrowed, want %d at least", n, check, want)
		}
	}
}

// TestChangedKeys asks whole what reads another table that changed, or one of
// which it is not known which rows did.
func TestChangedKeys(t *testing.T) {
	t.Parallel()
	s := newStaleness(&database{marks: &marks{written: map[string]bool{"warehouse.fact_payment": true}, kept: map[string]bool{"fact_payment": true}}}, nil, true)
	part := "-- Delta: order_id of warehouse.fact_payment\nselect order_id\nfrom warehouse.fact_payment as paid\nleft join warehouse.fact_touch using (order_id)"
	want := "-- Delta: order_id of warehouse.fact_payment\nselect order_id\nfrom (from warehouse.fact_payment semi join " +
		"(select order_id from changed.\"fact_payment\") as changed_key using (order_id)) as paid\nleft join warehouse.fact_touch using (order_id)"
	if got := s.narrowed(part); got != want {
		t.Errorf("%q is asked, want %q", got, want)
	}
	s.database.written["warehouse.fact_touch"] = true
	if got := s.narrowed(part); got != part {
		t.Errorf("%q is asked though fact_touch changed", got)
	}
	clear(s.database.written)
	for _, tables := range []string{"warehouse.fact_case", "ods.payment", "ods.nothing"} {
		if got := s.changedRows("order_id", tables); got != "" {
			t.Errorf("%q tells the changed rows of %s", got, tables)
		}
	}
	if got := s.changedRows("order_id", `ods."order"`); !strings.Contains(got, "order_version") {
		t.Errorf("%q tells the changed orders, without those that had another id", got)
	}
}

// TestLost tells a dimension, or a fact that others belong to, that lost a key
// from one whose rows changed.
func TestLost(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "sales")
	s.shape(Everything)
	for _, c := range []struct {
		table, next string
		lost        bool
	}{
		{"dim_employee", "from warehouse.dim_employee", false},
		{"dim_employee", "select * replace (name || '!' as name) from warehouse.dim_employee", false},
		{"dim_employee", "from warehouse.dim_employee where employee_key <> -3", true},
		{"fact_pipeline", "select * replace ('!' as lead_id) from warehouse.fact_pipeline", false},
		{"fact_pipeline", "from warehouse.fact_pipeline limit 0", true},
	} {
		clear(s.lost)
		target, err := schemas.StarTableNamed("main", c.table)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.become(t.Context(), target, "true", func() error {
			s.do("insert into scratch.next by name " + c.next)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if (len(s.lost["warehouse."+c.table]) > 0) != c.lost {
			t.Errorf("%s: lost a key is %v, want %v", c.next, !c.lost, c.lost)
		}
	}
}
