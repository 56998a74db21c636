package dedupe

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// TestPairSet: however the pairs of the passes meet in the set, each comes out
// once, counted for its cheapest pass, and whole passes are left out where
// the budget is spent.
func TestPairSet(t *testing.T) {
	t.Parallel()
	const records, passes, each = 70_000, 5, 40_000
	proposed := make([][]pair, passes)
	cheapest := map[pair]int{}
	for p := range proposed {
		rng := rand.New(rand.NewPCG(uint64(p), 1))
		for range each {
			x := rng.Uint32N(records)
			y := min(x+1+rng.Uint32N(4), records-1) // few partners: most pairs are proposed again
			if x == y {
				continue
			}
			proposed[p] = append(proposed[p], pairOf(x, y))
			if _, has := cheapest[pairOf(x, y)]; !has {
				cheapest[pairOf(x, y)] = p
			}
		}
	}
	distinct := make([]int64, passes)
	for _, p := range cheapest {
		distinct[p]++
	}
	for _, c := range []struct {
		name   string
		budget int64
		taken  int
	}{
		{"all", int64(len(cheapest)), passes},
		{"one pair too few", int64(len(cheapest)) - 1, passes - 1},
		{"two passes", distinct[0] + distinct[1], 2},
		{"less than the first pass", distinct[0] - 1, 0},
	} {
		set := newPairSet(records)
		var wait sync.WaitGroup
		for p := range proposed {
			wait.Go(func() {
				sink := set.sink(p)
				for _, x := range proposed[p] {
					sink.add(x.right(), x.left())
				}
				sink.flush()
			})
		}
		wait.Wait()
		pairs, taken, err := set.within(t.Context(), c.budget, passes, 2)
		if err != nil {
			t.Fatal(err)
		}
		var want []pair
		for x, p := range cheapest {
			if p < c.taken {
				want = append(want, x)
			}
		}
		slices.Sort(want)
		if taken != c.taken || !slices.Equal(pairs, want) {
			t.Errorf("%s: %d passes and %d pairs, expected %d and %d", c.name, taken, len(pairs), c.taken, len(want))
		}
	}
}

func TestRecordsSort(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 1))
	for _, n := range []int{0, 1, 2, 3, 1000} {
		r := NewRecords()
		for range n {
			key := rng.Int64N(int64(n)) // some are equal
			r.rows = append(r.rows, record{key: key, customer: int64(len(r.rows))})
		}
		want := slices.Clone(r.rows)
		slices.SortStableFunc(want, func(a, b record) int { return cmp.Compare(a.key, b.key) })
		r.sort()
		if !slices.Equal(r.rows, want) {
			t.Errorf("%d records are not in order", n)
		}
	}
}

// TestCountFullNames: a record without one of the names counts for nobody.
func TestCountFullNames(t *testing.T) {
	t.Parallel()
	r := NewRecords()
	for _, name := range [][2]uint32{{1, 2}, {2, 1}, {1, 2}, {0, 2}, {1, 0}, {1, 2}, {3, 3}} {
		r.rows = append(r.rows, record{given: name[0], family: name[1]})
	}
	if got := countFullNames(r); !slices.Equal(got, []int32{3, 1, 3, 0, 0, 3, 1}) {
		t.Errorf("bearers %v", got)
	}
}

func BenchmarkPairSet(b *testing.B) {
	const records = 200_000
	b.ReportAllocs()
	for b.Loop() {
		set := newPairSet(records)
		for p := range 8 {
			sink := set.sink(p)
			rng := rand.New(rand.NewPCG(uint64(p), 1))
			for range records {
				x := rng.Uint32N(records - 8)
				sink.add(x, x+1+rng.Uint32N(8))
			}
			sink.flush()
		}
		if _, _, err := set.within(b.Context(), 1<<40, 8, 1); err != nil {
			b.Fatal(err)
		}
	}
}

// TestBudgetGrows: beyond a million records the budget a record grows, up to a
// bound, and never falls below what was set.
func TestBudgetGrows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ records, set, from, to float64 }{
		{1e3, 2.2, 2.2, 2.2}, {1e6, 2.2, 2.2, 2.2}, {5e6, 2.2, 4.1, 4.3}, {16e6, 2.2, 5, 5}, {5e6, 4, 5, 5}, {5e6, 10, 10, 10},
	} {
		if got := pairsOf(c.records, c.set); got < c.from || got > c.to {
			t.Errorf("%g records, %g pairs set: %g a record", c.records, c.set, got)
		}
	}
}
