//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
)

// TestLanes makes the star with one connection and with several: every table
// has the same rows, on a rebuild and when a run adds to it.
func TestLanes(t *testing.T) {
	t.Parallel()
	var want map[string][]string
	for _, lanes := range []int{1, 2, 4} {
		s := newStar(t, "people", "facts", "sales", "service", "online")
		s.o.Lanes = lanes
		s.shape(Everything)
		s.forget()
		s.do("update ods.opportunity set amount = amount + 1 where row_id in (select min(row_id) from ods.opportunity)")
		s.do("insert into changed.opportunity select min(row_id) from ods.opportunity")
		s.do("delete from ods.order_line where row_id in (select min(row_id) from ods.order_line)")
		s.shape(WhatChanged)
		got := s.contents()
		if want == nil {
			want = got
		}
		for table := range maps.Keys(want) {
			if !slices.Equal(got[table], want[table]) {
				t.Errorf("%d connections make %d rows of %s, others than the %d of one", lanes, len(got[table]), table, len(want[table]))
			}
		}
	}
}

// TestEach calls for every number once, each connection with schemas of its
// own, and ends with the error of the call that failed.
func TestEach(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.o.Lanes = 3
	var mu sync.Mutex
	var met []int
	if err := s.Build.each(t.Context(), 50, func(ctx context.Context, db *database, i int) error {
		if _, err := db.exec(ctx, "create or replace table scratch.mine as select 1"); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		met = append(met, i)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(met)
	for i := range 50 {
		if len(met) != 50 || met[i] != i {
			t.Fatalf("called for %v", met)
		}
	}
	broken := errors.New("broken")
	calls := 0
	err := s.Build.each(t.Context(), 1000, func(_ context.Context, _ *database, i int) error {
		mu.Lock()
		defer mu.Unlock()
		if calls++; i == 7 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) || calls == 1000 {
		t.Errorf("error %v after %d calls", err, calls)
	}
	const hours = "select count(*) from range(10_000_000_000) a(i), range(1000) b(j) where i * j % 7 = 3"
	for _, long := range []int{0, 1} { // whichever connection it is on, what failed is told, not what it ended
		err := s.Build.each(t.Context(), 2, func(ctx context.Context, db *database, i int) error {
			if i != long {
				return broken
			}
			_, err := db.number(ctx, hours)
			return err
		})
		if !errors.Is(err, broken) || errors.Is(err, context.Canceled) {
			t.Errorf("number %d was ended by another: error %v", long, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Build.each(ctx, 10, func(context.Context, *database, int) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
	if now := s.rows("select current_setting('threads')"); now[0] != "1" {
		t.Errorf("goes on with %s threads", now[0])
	}
}

// TestScheduleOrder waits for what makes a table that is read, also through
// helper tables and views, and for what read a table before it is made.
func TestScheduleOrder(t *testing.T) {
	t.Parallel()
	models := []model{
		{table: "dim_product"},
		{table: "src_price", reads: []string{"warehouse.dim_product", "warehouse.fact_payment"}},
		{table: "fact_order_line", reads: []string{"src.price"}},
		{table: "fact_payment", reads: []string{"ods.payment"}},
		{table: "fact_touch", reads: []string{"changed.fact_customer"}},
		{table: "fact_case", reads: []string{"changed.fact_payment"}},
		{table: "src_all", changes: "everything"},
		{table: "fact_reply", reads: []string{"src.all"}},
		{table: "dim_date", reads: []string{"ods.order"}},
	}
	want := map[string][]string{
		"dim_product":     nil,
		"fact_order_line": {"dim_product"},
		"fact_payment":    {"fact_order_line"}, // which reads what was paid before
		"fact_touch":      {"fact_order_line", "fact_payment"},
		"fact_case":       {"fact_payment", "fact_touch"},
		"fact_reply":      {"dim_product", "fact_order_line", "fact_payment", "fact_touch", "fact_case"},
		"dim_date":        nil,
	}
	for _, task := range (&Build{}).newSchedule(models, ShapeParams{}).tasks {
		if task.isHelper() {
			continue
		}
		var after []string
		for _, other := range task.after {
			after = append(after, other.table)
		}
		if !slices.Equal(after, want[task.table]) {
			t.Errorf("%s waits for %v, want %v", task.table, after, want[task.table])
		}
	}
}
