package dedupe

import (
	"maps"
	"slices"
)

// rules are what is settled before evidence counts: human decisions, and the
// customers that unchanged records belong to.
type rules struct {
	r         *Records
	forbidden map[pair]bool // record pairs decided to be two
	same      map[pair]bool // record pairs decided to be one, and followed
	restless  map[uint32]bool
	judged    forest // sets that people decided to be one; nil = none
	settled   forest // those, and the customers of unchanged records; nil = none
	conflicts []Decision
	oneToOne  bool // a customer has one record of each source at most
}

// newRules replays decisions. The last decision on a pair holds; a "same"
// that would join records decided apart is not followed but reported.
func newRules(r *Records, decisions Decisions) *rules {
	u := &rules{r: r, forbidden: map[pair]bool{}, same: map[pair]bool{}, restless: map[uint32]bool{}}
	last := map[pair]Decision{}
	for _, d := range decisions {
		i, okLeft := r.index(d.Left)
		j, okRight := r.index(d.Right)
		if okLeft && okRight && i != j {
			last[pairOf(uint32(i), uint32(j))] = d
		}
	}
	if len(last) == 0 && !r.prior {
		return u
	}
	u.settled = newForest(r.Len())
	pairs := slices.Sorted(maps.Keys(last))
	for _, p := range pairs {
		if !last[p].Same {
			u.forbidden[p] = true
		}
	}
	for _, p := range pairs {
		if !last[p].Same {
			continue
		}
		if u.clash(p) {
			u.conflicts = append(u.conflicts, last[p])
			continue
		}
		u.settled.join(p.left(), p.right())
		u.same[p] = true
		u.restless[p.left()], u.restless[p.right()] = true, true
	}
	u.judged = u.settled
	if r.prior {
		u.judged = slices.Clone(u.settled)
		u.keepCustomers()
	}
	u.settled.flatten()
	return u
}

// clash says whether joining p would unite a forbidden pair.
func (u *rules) clash(p pair) bool { return u.clashIn(u.settled, p) }

// clashIn is clash for sets that were joined by more than decisions.
func (u *rules) clashIn(sets forest, p pair) bool {
	a, b := sets.root(p.left()), sets.root(p.right())
	for f := range u.forbidden {
		x, y := sets.root(f.left()), sets.root(f.right())
		if x == y || x == a && y == b || x == b && y == a {
			return true
		}
	}
	return false
}

// keepCustomers settles the unchanged records of each customer, unless a
// decision parts two of them: then all of them are decided anew.
func (u *rules) keepCustomers() {
	parted := map[int64]bool{}
	for f := range u.forbidden {
		a, b := &u.r.rows[f.left()], &u.r.rows[f.right()]
		if a.customer != 0 && a.customer == b.customer {
			parted[a.customer] = true
		}
	}
	first := make(map[int64]uint32, len(u.r.rows)/2)
	for i := range u.r.rows {
		rec := &u.r.rows[i]
		if rec.customer == 0 || rec.changed {
			continue
		}
		if parted[rec.customer] {
			u.restless[uint32(i)] = true
			continue
		}
		if head, ok := first[rec.customer]; !ok {
			first[rec.customer] = uint32(i)
		} else if !u.clash(pairOf(head, uint32(i))) {
			u.settled.join(head, uint32(i))
		}
	}
}

// decidedApart says whether a decision keeps the pair apart.
func (u *rules) decidedApart(p pair) bool { return len(u.forbidden) > 0 && u.forbidden[p] }

// apart says whether the pair can't be one, whatever the evidence.
func (u *rules) apart(p pair) bool { return u.decidedApart(p) || u.rivals(p) }

// partsAny says whether two of the members can't be one.
func (u *rules) partsAny(members []uint32) bool {
	if u.holdRivals(members) {
		return true
	}
	for f := range u.forbidden {
		if _, ok := slices.BinarySearch(members, f.left()); !ok {
			continue
		}
		if _, ok := slices.BinarySearch(members, f.right()); ok {
			return true
		}
	}
	return false
}

// together lists the settled sets of more than one among members (ascending).
func (u *rules) together(members []uint32) [][]uint32 { return setsOf(u.settled, members) }

func setsOf(f forest, members []uint32) [][]uint32 {
	if f == nil {
		return nil
	}
	sets := map[uint32][]uint32{}
	for _, m := range members {
		r := f.root(m)
		sets[r] = append(sets[r], m)
	}
	var out [][]uint32
	for _, r := range slices.Sorted(maps.Keys(sets)) {
		if len(sets[r]) > 1 {
			out = append(out, sets[r])
		}
	}
	return out
}

// bind joins, in a forest, the members that are settled to be together.
func (u *rules) bind(f forest, members []uint32) {
	if u.settled == nil {
		return
	}
	const none = ^uint32(0)
	first := make([]uint32, len(u.settled)) // member that was met of a set, by its root
	for i := range first {
		first[i] = none
	}
	for _, m := range members {
		r := u.settled.root(m)
		if first[r] == none {
			first[r] = m
			continue
		}
		f.join(first[r], m)
	}
}

// isFresh says whether a cluster holds a record whose place is to be decided.
func (u *rules) isFresh(cluster []uint32) bool {
	if !u.r.prior {
		return true
	}
	for _, m := range cluster {
		if u.r.rows[m].changed || u.restless[m] {
			return true
		}
	}
	return false
}
