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
	members, starts, err := bySmallest(clusters)
	if err != nil {
		return nil, err
	}
	if hasTwice(members) {
		return nil, fmt.Errorf("a party is in two places")
	}
	a := &assignment{before: s, keys: make([]int64, len(starts)), isNew: make([]bool, len(starts))}
	type place struct{ customer, member int64 }
	var places []place // of one cluster
	owned := 0
	for c, start := range starts {
		end := len(members)
		if c+1 < len(starts) {
			end = starts[c+1]
		}
		places = places[:0]
		for _, m := range members[start:end] {
			places = append(places, place{s.Members[m], m})
		}
		slices.SortFunc(places, func(a, b place) int {
			return cmp.Or(cmp.Compare(a.customer, b.customer), cmp.Compare(a.member, b.member))
		})
		for i, p := range places {
			at := start + i
			members[at] = p.member
			if i == 0 || places[i-1].customer != p.customer {
				a.parts = append(a.parts, part{cluster: c, customer: p.customer, members: members[at:at]})
			}
			last := &a.parts[len(a.parts)-1]
			last.members = last.members[:len(last.members)+1]
			if p.customer != 0 {
				owned++
			}
		}
	}
	if owned < len(s.Members) {
		a.missing = missing(s, slices.Sorted(slices.Values(members)))
	}
	return a, nil
}

// bySmallest lists the members of all clusters, the clusters by their smallest
// members, and where each cluster starts.
func bySmallest(clusters [][]int64) (members []int64, starts []int, err error) {
	type span struct {
		smallest int64
		members  []int64
	}
	total := 0
	spans := make([]span, 0, len(clusters))
	for _, c := range clusters {
		if len(c) == 0 {
			return nil, nil, fmt.Errorf("a cluster is empty")
		}
		spans = append(spans, span{slices.Min(c), c})
		total += len(c)
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.smallest, b.smallest) })
	members, starts = make([]int64, 0, total), make([]int, 0, len(spans))
	for _, c := range spans {
		starts = append(starts, len(members))
		members = append(members, c.members...)
	}
	return members, starts, nil
}

// hasTwice says whether a member is listed twice.
func hasTwice(members []int64) bool {
	bits := make([]uint64, len(members))
	for i, m := range members {
		bits[i] = uint64(m)
	}
	bits = radixSort(bits, make([]uint64, len(bits)), 0)
	for i := 1; i < len(bits); i++ {
		if bits[i] == bits[i-1] {
			return true
		}
	}
	return false
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
	largest := map[int64]int{} // customer that was parted -> its largest part
	whole := func(p part) bool { return len(p.members) == a.before.size[p.customer] }
	for i, p := range a.parts {
		if whole(p) {
			continue
		}
		if old, ok := largest[p.customer]; p.customer != 0 && (!ok || p.outweighs(a.parts[old])) {
			largest[p.customer] = i
		}
	}
	given := make([]int, len(a.keys)) // members that the customer with the key gave
	for i := range a.parts {          // in a cluster, customers ascend: of equal ones the first wins
		p := &a.parts[i]
		p.stays = p.customer != 0 && (whole(*p) || largest[p.customer] == i)
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
