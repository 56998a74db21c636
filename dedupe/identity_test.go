package dedupe_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"loadstar/dedupe"
)

func assign(t *testing.T, s *dedupe.State, run int64, clusters ...[]int64) ([]dedupe.Event, *dedupe.State) {
	t.Helper()
	events, next, err := dedupe.Assign(s, clusters, run)
	if err != nil {
		t.Fatal(err)
	}
	return events, next
}

func TestAssignKeepsKeys(t *testing.T) {
	_, first := assign(t, dedupe.NewState(), 1, []int64{30, 31}, []int64{10}, []int64{20, 21, 22})
	if first.Members[10] != 1 || first.Members[22] != 2 || first.Members[31] != 3 {
		t.Fatalf("keys follow the smallest member: %v", first.Members)
	}
	_, merged := assign(t, first, 2, []int64{30, 31, 10, 40}, []int64{20, 21, 22})
	if merged.Members[10] != 3 || merged.Members[40] != 3 || merged.Resolve(1) != 3 {
		t.Fatalf("the customer with most members keeps its key: %v %v", merged.Members, merged.Into)
	}
	_, split := assign(t, merged, 3, []int64{30, 31, 40}, []int64{10}, []int64{20, 21, 22})
	if split.Members[10] != 4 || split.Members[30] != 3 {
		t.Fatalf("a part that leaves gets a new key, never an old one: %v", split.Members)
	}
	events, again := assign(t, split, 4, []int64{30, 31, 40}, []int64{10}, []int64{20, 21, 22})
	if len(events) != 0 || !maps.Equal(again.Members, split.Members) {
		t.Fatalf("nothing changed, yet there are events %v", events)
	}
}

func TestAssignNeverReusesSpentKeys(t *testing.T) {
	s := dedupe.NewState()
	if err := s.Spend([]byte(`{"t":"create","run":7,"key":99,"members":[1]}`)); err != nil {
		t.Fatal(err)
	}
	if _, next := assign(t, s, 8, []int64{1}); next.Members[1] != 100 {
		t.Fatalf("key %d, want 100: 99 was given out by a run that was rolled back", next.Members[1])
	}
}

func TestReplayRefuses(t *testing.T) {
	created := `{"t":"create","run":1,"key":1,"members":[1,2]}` + "\n"
	for lines, want := range map[string]string{
		created + created: "line 2",
		created + `{"t":"create","run":1,"key":2,"members":[1]}`:            "belongs to 1",
		created + `{"t":"create","run":2,"key":1,"members":[3]}`:            "given out before",
		created + `{"t":"create","run":2,"key":2,"from":1,"members":[1]}`:   "from customer 1",
		created + `{"t":"absorb","run":1,"key":3,"from":1,"members":[1,2]}`: "does not exist",
		created + `{"t":"absorb","run":1,"key":1,"from":1,"members":[1,2]}`: "from itself",
		created + `{"t":"split","run":1,"key":2,"from":1,"members":[1,2]}`:  "would keep 0",
		created + `{"t":"split","run":1,"key":2,"from":1,"members":[3]}`:    "belongs to 0",
		created + `{"t":"split","run":1,"key":3,"members":[1]}`:             "from nothing",
		created + `{"t":"retire","run":2,"key":1,"members":[3]}`:            "belongs to 0",
		created + `{"t":"absorb","run":0,"key":1,"members":[3]}`:            "run 0 comes after run 1",
		`{"t":"create","run":1,"key":1,"members":[2,1]}`:                    "ascending",
		`{"t":"create","run":1,"key":1,"members":[1,1]}`:                    "ascending",
		`{"t":"vanish","run":1,"key":1,"members":[1]}`:                      "not create",
		`{"t":"create","run":1,"members":[1]}`:                              "no customer",
		`{"t":"create","run":1,"key":3}`:                                    "without members",
		`{"t":"create","run":1,"key":3,"members":[1],"colour":"red"}`:       "colour",
		`{"t":`: "line 1",
	} {
		err := dedupe.NewState().Replay([]byte(lines))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", lines, err, want)
		}
	}
}

func TestAssignRefuses(t *testing.T) {
	_, s := assign(t, dedupe.NewState(), 4, []int64{1}, []int64{2})
	for want, c := range map[string]struct {
		run      int64
		clusters [][]int64
	}{
		"two places":   {5, [][]int64{{1, 2}, {2}}},
		"is empty":     {5, [][]int64{{1}, {}}},
		"before run 4": {3, [][]int64{{1}, {2}}},
	} {
		if _, _, err := dedupe.Assign(s, c.clusters, c.run); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}

func TestMergeSplitMergeAgain(t *testing.T) {
	_, apart := assign(t, dedupe.NewState(), 1, []int64{1, 2, 3}, []int64{4, 5})
	_, merged := assign(t, apart, 2, []int64{1, 2, 3, 4, 5})
	_, split := assign(t, merged, 3, []int64{1, 2, 3}, []int64{4, 5})
	if split.Members[1] != 1 || split.Members[4] != 3 {
		t.Fatalf("after the split: %v", split.Members)
	}
	if split.Resolve(2) != 3 || merged.Resolve(2) != 1 {
		t.Errorf("key 2 stands for %d, want the customer that holds its members", split.Resolve(2))
	}
	_, again := assign(t, split, 4, []int64{1, 2, 3, 4, 5})
	if !maps.Equal(again.Members, merged.Members) || again.Resolve(2) != 1 || again.Resolve(3) != 1 {
		t.Errorf("merged again: %v, want %v", again.Members, merged.Members)
	}
}

func TestRetire(t *testing.T) {
	_, s := assign(t, dedupe.NewState(), 1, []int64{1, 2}, []int64{3})
	events, after := assign(t, s, 2, []int64{2})
	if len(events) != 2 || events[0].Type != dedupe.EventRetire || len(after.Members) != 1 {
		t.Fatalf("events %v", events)
	}
	if after.Resolve(1) != 1 || after.Resolve(2) != dedupe.Gone {
		t.Errorf("customer 1 lives on, customer 2 is gone: %d, %d", after.Resolve(1), after.Resolve(2))
	}
	_, back := assign(t, after, 3, []int64{1, 2}, []int64{3})
	if back.Members[1] != 1 || back.Members[3] != 3 || back.Resolve(2) != 3 {
		t.Errorf("what comes back joins its customer or gets a new key: %v", back.Members)
	}
}

// partition draws a random partition of the parties 1..n.
func partition(t *rapid.T, n int) [][]int64 {
	groups := map[int][]int64{}
	for i := range n {
		g := rapid.IntRange(0, n).Draw(t, "group")
		groups[g] = append(groups[g], int64(i+1))
	}
	clusters := slices.Collect(maps.Values(groups))
	return clusters
}

func TestAssignProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state, replayed := dedupe.NewState(), dedupe.NewState()
		given := map[int64]int64{} // new key -> run
		for run := int64(1); run <= 5; run++ {
			clusters := partition(t, rapid.IntRange(1, 9).Draw(t, "parties"))
			events, next, err := dedupe.Assign(state, clusters, run)
			if err != nil {
				t.Fatal(err)
			}
			checkNewKeys(t, state, events, given)
			slices.Reverse(clusters)
			for _, c := range clusters {
				slices.Reverse(c)
			}
			again, _, err := dedupe.Assign(state, clusters, run)
			if err != nil || !slices.EqualFunc(events, again, func(a, b dedupe.Event) bool {
				return a.Type == b.Type && a.CustomerKey == b.CustomerKey && a.From == b.From && slices.Equal(a.Members, b.Members)
			}) {
				t.Fatalf("the order of clusters matters: %v and %v", events, again)
			}
			lines, err := dedupe.EncodeEvents(events)
			if err != nil {
				t.Fatal(err)
			}
			if err := replayed.Replay(lines); err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(replayed.Members, next.Members) || !maps.Equal(replayed.Into, next.Into) || replayed.Next != next.Next {
				t.Fatalf("the ledger adds up to %v, the state is %v", replayed.Members, next.Members)
			}
			if len(events) > 0 && replayed.Replay(lines) == nil {
				t.Fatal("events were applied twice")
			}
			checkPartition(t, next, clusters)
			state = next
		}
		for old := range state.Into {
			if now := state.Resolve(old); now != dedupe.Gone && !slices.Contains(slices.Collect(maps.Values(state.Members)), now) {
				t.Fatalf("key %d stands for %d, which is no customer", old, now)
			}
		}
	})
}

// checkNewKeys wants each key given out in one run only, above all before.
func checkNewKeys(t *rapid.T, before *dedupe.State, events []dedupe.Event, given map[int64]int64) {
	for _, e := range events {
		if e.CustomerKey < before.Next {
			if e.Type == dedupe.EventCreate {
				t.Fatalf("key %d is given out twice", e.CustomerKey)
			}
			continue
		}
		if run, known := given[e.CustomerKey]; known && run != e.Run {
			t.Fatalf("key %d was given out in run %d and in run %d", e.CustomerKey, run, e.Run)
		}
		given[e.CustomerKey] = e.Run
	}
}

// checkPartition wants one customer for each cluster and no other.
func checkPartition(t *rapid.T, s *dedupe.State, clusters [][]int64) {
	smallest := map[int64]int64{}
	count := 0
	for _, c := range clusters {
		customer := s.Members[c[0]]
		if other, taken := smallest[customer]; taken {
			t.Fatalf("the clusters of %d and %d are both customer %d", c[0], other, customer)
		}
		smallest[customer] = c[0]
		count += len(c)
		for _, m := range c {
			if s.Members[m] != customer {
				t.Fatalf("cluster %v has several keys", c)
			}
		}
	}
	if count != len(s.Members) {
		t.Fatalf("%d parties have a customer, want %d", len(s.Members), count)
	}
}

func BenchmarkAssign(b *testing.B) {
	const parties = 200_000
	var clusters [][]int64
	for i := int64(1); i <= parties; i += 2 {
		clusters = append(clusters, []int64{i * 7919, (i + 1) * 7919})
	}
	_, state, err := dedupe.Assign(dedupe.NewState(), clusters, 1)
	if err != nil {
		b.Fatal(err)
	}
	clusters = append(clusters, []int64{3})
	for b.Loop() {
		if _, _, err := dedupe.Assign(state, clusters, 2); err != nil {
			b.Fatal(err)
		}
	}
}
