package dedupe

import (
	"cmp"
	"slices"
)

// Assign turns clusters of parties into customers with stable keys and returns
// the events that lead from the state to the new one; the state given stays as
// it is.
//
// A customer's key stays with the part of it that has most of its members
// (tie: the part with the smallest member). A cluster keeps the key of the
// customer that gave it most members (tie: the smallest key) and absorbs the
// others it may keep. New clusters get the next keys in the order of their
// smallest member. Nothing depends on the order of clusters or members.
func Assign(state *State, clusters [][]int64, run int64) ([]Event, *State, error) {
	sorted := make([][]int64, 0, len(clusters))
	for _, c := range clusters {
		members := slices.Clone(c)
		slices.Sort(members)
		sorted = append(sorted, members)
	}
	slices.SortFunc(sorted, func(a, b []int64) int { return cmp.Compare(a[0], b[0]) })
	keeper := keepers(state, sorted)
	next := state.clone()
	var events []Event
	for i, members := range sorted {
		for _, e := range next.settle(i, members, state, keeper) {
			e.Run = run
			if err := next.apply(e); err != nil {
				return nil, nil, err
			}
			events = append(events, e)
		}
	}
	return events, next, nil
}

// keepers says which cluster keeps each customer's key.
func keepers(state *State, clusters [][]int64) map[int64]int {
	type part struct{ cluster, members int }
	best := map[int64]part{}
	for i, members := range clusters {
		counts := map[int64]int{}
		for _, m := range members {
			if key := state.Members[m]; key != 0 {
				counts[key]++
			}
		}
		for key, n := range counts {
			if b, ok := best[key]; !ok || n > b.members || (n == b.members && i < b.cluster) {
				best[key] = part{cluster: i, members: n}
			}
		}
	}
	keeper := make(map[int64]int, len(best))
	for key, p := range best {
		keeper[key] = p.cluster
	}
	return keeper
}

// settle returns the events that bring one cluster together.
func (s *State) settle(cluster int, members []int64, before *State, keeper map[int64]int) []Event {
	from := map[int64][]int64{} // prior customer, 0 = none -> members
	for _, m := range members {
		from[before.Members[m]] = append(from[before.Members[m]], m)
	}
	var priors []int64
	for key := range from {
		if key != 0 {
			priors = append(priors, key)
		}
	}
	slices.SortFunc(priors, func(a, b int64) int {
		return cmp.Or(cmp.Compare(len(from[b]), len(from[a])), cmp.Compare(a, b))
	})
	key := int64(0)
	for _, prior := range priors {
		if keeper[prior] == cluster {
			key = prior
			break
		}
	}
	var events []Event
	if key == 0 {
		key = s.Next
		if len(priors) == 0 {
			return []Event{{Type: EventCreate, CustomerKey: key, Members: members}}
		}
	}
	for _, prior := range priors {
		switch {
		case prior == key:
		case keeper[prior] == cluster:
			events = append(events, Event{Type: EventAbsorb, CustomerKey: key, From: prior, Members: from[prior]})
		default:
			events = append(events, Event{Type: EventSplit, CustomerKey: key, From: prior, Members: from[prior]})
		}
	}
	if fresh := from[0]; len(fresh) > 0 {
		events = append(events, Event{Type: EventAbsorb, CustomerKey: key, Members: fresh})
	}
	return events
}
