//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"testing"
	"time"
)

//go:embed testdata/star/*.sql
var starFixtures embed.FS

// star is a build whose ODS holds a fixture.
type star struct {
	testing.TB
	*Build
}

// newStar opens an empty build and runs fixtures of testdata/star on it.
func newStar(t testing.TB, fixtures ...string) star {
	t.Helper()
	work := t.TempDir()
	if err := CopyEmpty(work); err != nil {
		t.Fatal(err)
	}
	b, err := Open(context.Background(), Options{Work: work, MemoryLimit: "1GB", Threads: 1, Lanes: 2, RunID: 1, Full: true})
	if err != nil {
		t.Fatal(err)
	}
	s := star{t, b}
	t.Cleanup(func() {
		if err := b.Discard(); err != nil {
			t.Error(err)
		}
	})
	for _, name := range fixtures {
		text, err := starFixtures.ReadFile("testdata/star/" + name + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range splitStatements(string(text)) {
			s.do(statement)
		}
	}
	return s
}

// ready makes the helper tables that a model reads and that are not there.
func (s star) ready(m model) {
	s.Helper()
	for _, table := range m.reads {
		helper, ok := s.stale.models[table]
		if !ok || !helper.isHelper() || len(s.rows("from duckdb_tables() where schema_name = 'src' and table_name = "+literal(strings.TrimPrefix(table, "src.")))) > 0 {
			continue
		}
		s.ready(helper)
		if _, err := helper.run(context.Background(), s.database, Everything); err != nil {
			s.Fatal(err)
		}
	}
}

func (s star) do(statement string) {
	s.Helper()
	if _, err := s.exec(context.Background(), statement); err != nil {
		s.Fatalf("%v in\n%s", err, statement)
	}
}

func testParams() ShapeParams {
	return ShapeParams{
		RunID: 1, AsOf: time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC), TimeZone: "Europe/London", Currency: "EUR",
		FiscalYearStart: 4,
	}
}

func (s star) shape(scope Scope) {
	s.Helper()
	p := testParams()
	p.Scope, p.SameSettings = scope, scope == WhatChanged
	if err := s.Shape(context.Background(), p); err != nil {
		s.Fatal(err)
	}
}

// sound fails the test where a check of severity error returns rows.
func (s star) sound() {
	s.Helper()
	findings, err := s.Check(context.Background())
	if err != nil {
		s.Fatal(err)
	}
	for _, finding := range findings {
		if finding.Severity == SeverityError {
			s.Errorf("%s: %v", finding.Name, finding.Sample)
		}
	}
}

// rows runs a query and returns each row as its values joined by a bar.
func (s star) rows(query string) []string {
	s.Helper()
	rows, err := s.texts(context.Background(), query)
	if err != nil {
		s.Fatalf("%v in\n%s", err, query)
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, strings.Join(row, "|"))
	}
	return lines
}

// want compares the answer of a query with the expected rows.
func (s star) want(query string, want ...string) {
	s.Helper()
	got := s.rows(query)
	if fmt.Sprint(got) != fmt.Sprint(want) || len(got) != len(want) {
		s.Errorf("%s\n got %s\nwant %s", query, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestShapeOfNothing(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.shape(Everything)
	s.want("select count(*) from warehouse.fact_order_line", "0")
	s.want("select customer_key from warehouse.dim_customer order by 1", "-3", "-2", "-1")
	s.want("select count(*) from warehouse.dim_funnel_stage", "23")
	s.shape(WhatChanged)
	s.want("select company_currency, fiscal_year_start, late_feed_count from warehouse.about", "EUR|4|0")
}

func TestCheckOfNothing(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.shape(Everything)
	findings, err := s.Check(context.Background())
	if err != nil || len(findings) > 0 {
		t.Fatalf("findings %v, error %v", findings, err)
	}
}

// TestLateFeeds: a feed is late after twice its usual gap; one that came
// once, or tells no dates, has no rhythm to be late against.
func TestLateFeeds(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into warehouse.meta.arrival by name
select feed_name, 'hash of ' || feed_name || delivered_at as sha256, delivered_at
from (values
    ('daily', timestamptz '2026-03-25 00:00:00+00'), ('daily', timestamptz '2026-03-26 00:00:00+00'),
    ('daily', timestamptz '2026-03-27 00:00:00+00'), ('weekly', timestamptz '2026-03-20 00:00:00+00'),
    ('weekly', timestamptz '2026-03-27 00:00:00+00'), ('once', timestamptz '2020-01-01 00:00:00+00'),
    ('undated', timestamptz '1970-01-01 00:00:00+00')
) as delivery (feed_name, delivered_at)`)
	s.shape(Everything) // as of 2026-03-31
	s.want("select feed_count, delivery_count, late_feed_count, late_feeds from warehouse.about", "4|7|1|daily")
}
