//go:build duckdb_arrow

package load

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"loadstar/schemas"
)

var scale = flag.Int("scale", 1, "hundred thousands of customers of the company that BenchmarkStar shapes")

// BenchmarkStar shapes and proves a company of -scale x 100,000 customers,
// 1 M order lines, 1 M web events and 500,000 touches, asks its views, adds a
// day of 1 %, corrects what came late, and builds it anew. Its figures are processor seconds; ratios
// compare them with one statement a fact written by hand, and with day 0.
func BenchmarkStar(b *testing.B) {
	for b.Loop() {
		dir := b.TempDir()
		s := company(b, dir, true, "large", "large_service")
		whole := s.produce(Everything, nil)
		hand := s.byHand()
		s.ask()
		before := s.finish(dir)
		b.ReportMetric(whole.total()/hand, "whole/hand")

		next := b.TempDir()
		if err := os.CopyFS(next, os.DirFS(dir)); err != nil {
			b.Fatal(err)
		}
		s = company(b, next, false, "large_day")
		day := s.produce(WhatChanged, &before)
		b.ReportMetric(day.total()/whole.total(), "day/whole")
		fmt.Printf("whole %s\nday   %s\nby hand %.1f\n", whole, day, hand)
		s.forget()
		s.each("large_late", func(statement string) { s.do(statement) })
		s.shape(WhatChanged)
		delta := s.fingerprints()
		s.close(next)
		last := b.TempDir()
		if err := os.CopyFS(last, os.DirFS(next)); err != nil {
			b.Fatal(err)
		}
		s = company(b, last, false)
		s.shape(Everything)
		for table, want := range s.fingerprints() {
			if got := delta[table]; got != want {
				b.Errorf("%s is %s after the day, %s when made anew", table, got, want)
			}
		}
		b.ReportMetric(peakMegabytes(b), "peak-MB")
	}
}

// company opens a build in a folder and runs fixtures of -scale on it. A build
// that is not full is a copy.
func company(b *testing.B, dir string, full bool, fixtures ...string) star {
	b.Helper()
	run := int64(2)
	if full {
		run = 1
	}
	build, err := Open(context.Background(), Options{Work: dir, MemoryLimit: "1GB", Threads: 2, Lanes: 2, RunID: run, Full: full})
	if err != nil {
		b.Fatal(err)
	}
	s := star{b, build}
	b.Cleanup(func() {
		if err := s.Discard(); err != nil {
			b.Error(err)
		}
	})
	for _, name := range fixtures {
		s.each(name, func(statement string) { s.do(statement) })
	}
	return s
}

// each goes through the statements of a fixture at -scale.
func (s star) each(name string, do func(statement string)) {
	s.Helper()
	text, err := starFixtures.ReadFile("testdata/star/" + name + ".sql")
	if err != nil {
		s.Fatal(err)
	}
	for _, statement := range splitStatements(strings.ReplaceAll(string(text), "{scale}", strconv.Itoa(*scale))) {
		do(statement)
	}
}

// cost is what the steps of a run take, in processor seconds.
type cost struct{ shape, checks, digests float64 }

func (c cost) total() float64 { return c.shape + c.checks + c.digests }

func (c cost) String() string {
	return fmt.Sprintf("%.1f (shape %.1f, checks %.1f, digests %.1f)", c.total(), c.shape, c.checks, c.digests)
}

// produce shapes, checks and counts the digests, from those of the version
// before where there is one.
func (s star) produce(scope Scope, before *Before) (c cost) {
	s.Helper()
	ctx := context.Background()
	at := spent(s)
	p := testParams()
	p.Scope, p.SameSettings, p.Now, p.IsDescribed = scope, scope == WhatChanged, time.Now, scope == WhatChanged
	p.Done = func(m ModelReport) {
		now := spent(s)
		report("model", m.Model, m.Rows, now-at)
		c.shape, at = c.shape+now-at, now
	}
	if err := s.Shape(ctx, p); err != nil {
		s.Fatal(err)
	}
	begun := spent(s)
	if _, err := s.Check(ctx); err != nil {
		s.Fatal(err)
	}
	checked := spent(s)
	var err error
	if before == nil {
		_, err = s.Digests(ctx)
	} else {
		_, err = s.DigestsSince(ctx, *before)
	}
	if err != nil {
		s.Fatal(err)
	}
	c.checks, c.digests = checked-begun, spent(s)-checked
	return c
}

// byHand makes each fact by the statement that a person would write, into a
// database like the warehouse.
func (s star) byHand() (total float64) {
	s.Helper()
	s.do("attach " + literal(filepath.Join(s.o.Work, "hand.duckdb")) + " as hand" + published)
	s.each("by_hand", func(statement string) {
		from := spent(s)
		s.do(statement)
		took := spent(s) - from
		total += took
		_, name, _ := strings.Cut(firstLine(statement[strings.Index(statement, "create table"):]), "hand.")
		report("by hand", strings.TrimSuffix(name, " as"), s.count("hand."+strings.TrimSuffix(name, " as")), took)
	})
	s.do("detach hand")
	if err := os.Remove(filepath.Join(s.o.Work, "hand.duckdb")); err != nil {
		s.Fatal(err)
	}
	return total
}

func (s star) count(table string) int64 {
	s.Helper()
	n, err := s.number(context.Background(), "select count(*) from "+table)
	if err != nil {
		s.Fatal(err)
	}
	return n
}

// ofOne are the views that are asked for one customer, or one sales person.
var ofOne = map[string]string{
	"customer_360":      "where customer_key = 4711",
	"customer_timeline": "where customer_key = 4711",
	"sales_person_page": "where sales_person = 'Seller 7'",
}

// ask reads all columns of each view.
func (s star) ask() {
	s.Helper()
	tables, err := schemas.Star()
	if err != nil {
		s.Fatal(err)
	}
	for _, t := range tables {
		if !t.View {
			continue
		}
		from, at := time.Now(), spent(s)
		answer := s.rows("select count(*), bit_xor(hash(v)) from (from " + t.Qualified() + " " + ofOne[t.Name] + ") as v")
		n, err := strconv.ParseInt(strings.Split(answer[0], "|")[0], 10, 64)
		if err != nil {
			s.Fatal(err)
		}
		if n == 0 && t.Name != "unmapped_word" {
			s.Errorf("%s has no rows", t.Name)
		}
		report(fmt.Sprintf("view %4.0f ms", time.Since(from).Seconds()*1000), t.Name, n, spent(s)-at)
	}
}

// finish writes the version and tells what the next one is compared with.
func (s star) finish(dir string) Before {
	s.Helper()
	before := Before{Dir: dir, Digests: map[string]string{}, Rows: map[string]int64{}}
	digests, err := s.Digests(context.Background())
	if err != nil {
		s.Fatal(err)
	}
	for _, d := range digests {
		before.Digests[d.Table], before.Rows[d.Table] = d.Value, d.Rows
	}
	s.close(dir)
	return before
}

// close writes both databases of a build and removes what it used on the way.
func (s star) close(dir string) {
	s.Helper()
	if err := s.Finish(context.Background()); err != nil {
		s.Fatal(err)
	}
	for _, name := range []string{stageFile, "spill"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			s.Fatal(err)
		}
	}
}

// fingerprints are counts and order-free hashes of all columns of the tables
// of the star.
func (s star) fingerprints() map[string]string {
	s.Helper()
	tables, err := schemas.Star()
	if err != nil {
		s.Fatal(err)
	}
	all := map[string]string{}
	for _, t := range tables {
		if t.Schema == "main" && t.Catalog == schemas.CatalogWarehouse && !t.View {
			all[t.Name] = s.rows("select count(*), sum(hash(t)) from " + t.Qualified() + " as t")[0]
		}
	}
	return all
}

// report prints what took longer than others.
func report(what, name string, rows int64, seconds float64) {
	const worthTelling = 0.1
	if seconds >= worthTelling {
		fmt.Printf("%-14s %-28s %9d rows %7.1f s\n", what, name, rows, seconds)
	}
}

// spent are the processor seconds of this process.
func spent(t testing.TB) float64 {
	u := usage(t)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// peakMegabytes is the most memory that this process had at a time.
func peakMegabytes(t testing.TB) float64 { return float64(usage(t).Maxrss) / 1024 }

func usage(t testing.TB) (u syscall.Rusage) {
	t.Helper()
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return u
}
