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
	for want, lines := range map[string]string{
		"line 2":         "{\"t\":\"create\",\"run\":1,\"key\":1,\"members\":[1]}\n{\"t\":\"create\",\"run\":1,\"key\":2,\"members\":[1]}",
		"not create":     `{"t":"vanish","run":1,"key":1}`,
		"no customer":    `{"t":"create","run":1,"members":[1]}`,
		"without":        `{"t":"create","run":1,"key":3}`,
		"from nothing":   `{"t":"split","run":1,"key":3,"members":[1]}`,
		"but it belongs": `{"t":"absorb","run":1,"key":3,"from":4,"members":[1]}`,
		"line 1":         `{"t":`,
	} {
		err := dedupe.NewState().Replay([]byte(lines))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", lines, err, want)
		}
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
		given := map[int64]bool{}
		for run := int64(1); run <= 4; run++ {
			clusters := partition(t, 8)
			events, next, err := dedupe.Assign(state, clusters, run)
			if err != nil {
				t.Fatal(err)
			}
			slices.Reverse(clusters)
			for _, c := range clusters {
				slices.Reverse(c)
			}
			_, shuffled, err := dedupe.Assign(state, clusters, run)
			if err != nil || !maps.Equal(next.Members, shuffled.Members) {
				t.Fatalf("the order of clusters matters: %v and %v", next.Members, shuffled.Members)
			}
			for _, e := range events {
				if e.CustomerKey >= state.Next {
					given[e.CustomerKey] = true
				} else if e.Type == dedupe.EventCreate {
					t.Fatalf("key %d is given out twice", e.CustomerKey)
				}
			}
			lines, err := dedupe.EncodeEvents(events)
			if err != nil {
				t.Fatal(err)
			}
			if err := replayed.Replay(lines); err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(replayed.Members, next.Members) || replayed.Next != next.Next {
				t.Fatalf("the ledger adds up to %v, the state is %v", replayed.Members, next.Members)
			}
			for _, c := range clusters {
				for _, m := range c {
					if next.Members[m] != next.Members[c[0]] {
						t.Fatalf("cluster %v has several keys", c)
					}
				}
			}
			state = next
		}
	})
}
