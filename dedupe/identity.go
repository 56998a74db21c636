package dedupe

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Assign turns clusters of parties into customers with stable keys and returns
// the events that lead from the state to the new one; the state given stays as
// it is.
//
//   - A customer's key stays with the part of it that has most of its members
//     (tie: the part with the smallest member); other parts are split off.
//   - A cluster keeps the key of the customer that stays with it and gave it
//     most members (tie: the smallest key) and absorbs the others that stay.
//   - A cluster with which no customer stays gets a new key; new keys ascend
//     with the smallest members of their clusters. No key is given out twice.
//   - A party that is in no cluster leaves its customer; a customer without
//     members is retired.
//
// Nothing depends on the order of clusters or members. It fails where a party
// is in two places, a cluster is empty, or run is before the state's.
func Assign(state *State, clusters [][]int64, run int64) ([]Event, *State, error) {
	if run < state.run {
		return nil, nil, fmt.Errorf("assign customers: run %d is before run %d of the ledger", run, state.run)
	}
	a, err := newAssignment(state, clusters)
	if err != nil {
		return nil, nil, fmt.Errorf("assign customers: %w", err)
	}
	a.settle()
	events := a.events(run)
	next := state.clone()
	for _, e := range events {
		if err := next.apply(e); err != nil {
			return nil, nil, fmt.Errorf("assign customers: %w", err)
		}
	}
	return events, next, nil
}

// part is what one cluster holds of one customer (0 = new parties).
type part struct {
	cluster  int
	customer int64
	members  []int64 // ascending
	stays    bool    // the customer stays here
}

type assignment struct {
	before  *State
	parts   []part  // by cluster, customer; clusters by smallest member
	keys    []int64 // of each cluster
	isNew   []bool  // of each cluster: its key is given out now
	missing map[int64][]int64
}

func newAssignment(s *State, clusters [][]int64) (*assignment, error) {
	type place struct{ member, smallest, customer int64 }
	total := 0
	for _, c := range clusters {
		total += len(c)
	}
	places := make([]place, 0, total)
	for _, c := range clusters {
		if len(c) == 0 {
			return nil, fmt.Errorf("a cluster is empty")
		}
		smallest := slices.Min(c)
		for _, m := range c {
			places = append(places, place{m, smallest, s.Members[m]})
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.smallest, b.smallest), cmp.Compare(a.customer, b.customer), cmp.Compare(a.member, b.member))
	})
	a := &assignment{before: s}
	members := make([]int64, len(places))
	for i, p := range places {
		members[i] = p.member
		isNewCluster := i == 0 || places[i-1].smallest != p.smallest
		if isNewCluster {
			a.keys = append(a.keys, 0)
		}
		if isNewCluster || places[i-1].customer != p.customer {
			a.parts = append(a.parts, part{cluster: len(a.keys) - 1, customer: p.customer, members: members[i:i]})
		}
		last := &a.parts[len(a.parts)-1]
		last.members = last.members[:len(last.members)+1]
	}
	a.isNew = make([]bool, len(a.keys))
	sorted := slices.Sorted(slices.Values(members))
	if !ascending(sorted) {
		return nil, fmt.Errorf("a party is in two places")
	}
	owned := 0
	for _, p := range a.parts {
		if p.customer != 0 {
			owned += len(p.members)
		}
	}
	if owned < len(s.Members) {
		a.missing = missing(s, sorted)
	}
	return a, nil
}

// missing finds the members that no cluster holds, by customer, ascending.
func missing(s *State, clustered []int64) map[int64][]int64 {
	gone := map[int64][]int64{}
	for member, customer := range s.Members {
		if _, found := slices.BinarySearch(clustered, member); !found {
			gone[customer] = append(gone[customer], member)
		}
	}
	for _, members := range gone {
		slices.Sort(members)
	}
	return gone
}

// settle finds where each customer stays, then the key of each cluster.
func (a *assignment) settle() {
	largest := make(map[int64]int, len(a.before.size)) // customer -> its largest part
	for i, p := range a.parts {
		if old, ok := largest[p.customer]; p.customer != 0 && (!ok || p.outweighs(a.parts[old])) {
			largest[p.customer] = i
		}
	}
	given := make([]int, len(a.keys)) // members that the customer with the key gave
	for i := range a.parts {          // in a cluster, customers ascend: of equal ones the first wins
		p := &a.parts[i]
		p.stays = p.customer != 0 && largest[p.customer] == i
		if p.stays && len(p.members) > given[p.cluster] {
			a.keys[p.cluster], given[p.cluster] = p.customer, len(p.members)
		}
	}
	next := a.before.Next
	for c := range a.keys {
		if a.keys[c] == 0 {
			a.keys[c], a.isNew[c] = next, true
			next++
		}
	}
}

func (p part) outweighs(q part) bool {
	return len(p.members) > len(q.members) || len(p.members) == len(q.members) && p.members[0] < q.members[0]
}

// events come in an order in which each can be applied: what is gone, what
// splits, what is absorbed, what is new.
func (a *assignment) events(run int64) []Event {
	var events []Event
	for _, customer := range slices.Sorted(maps.Keys(a.missing)) {
		events = append(events, Event{Type: EventRetire, Run: run, CustomerKey: customer, Members: a.missing[customer]})
	}
	for _, p := range a.parts {
		if p.customer != 0 && !p.stays {
			events = append(events, Event{Type: EventSplit, Run: run, CustomerKey: a.keys[p.cluster], From: p.customer, Members: p.members})
		}
	}
	for _, p := range a.parts {
		if p.stays && a.keys[p.cluster] != p.customer {
			events = append(events, Event{Type: EventAbsorb, Run: run, CustomerKey: a.keys[p.cluster], From: p.customer, Members: p.members})
		}
	}
	for i, p := range a.parts {
		if p.customer != 0 {
			continue
		}
		kind := EventAbsorb
		isWhole := i+1 == len(a.parts) || a.parts[i+1].cluster != p.cluster // customer 0 comes first
		if a.isNew[p.cluster] && isWhole {
			kind = EventCreate
		}
		events = append(events, Event{Type: kind, Run: run, CustomerKey: a.keys[p.cluster], Members: p.members})
	}
	return events
}
