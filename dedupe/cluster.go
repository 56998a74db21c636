package dedupe

import (
	"slices"
)

const (
	clipHigh   = 14 * millibit // pieces of large components that hold so far above the cut are one
	edgeSlack  = 3 * millibit  // components are formed by edges this far below the cut
	denseLimit = 400           // larger components are parted before they are averaged
	raiseStep  = 2 * millibit  // by raising the cut inside them
)

// edge is a scored pair of record numbers.
type edge struct {
	pair  pair
	score int32
}

// forest is a union-find over record numbers; the root is the smallest member.
type forest []uint32

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = uint32(i)
	}
	return f
}

func (f forest) root(i uint32) uint32 {
	for f[i] != i {
		if next := f[f[i]]; next != f[i] {
			f[i] = next
		}
		i = f[i]
	}
	return i
}

// flatten points every member at its root: from then on looking up roots
// writes nothing, so that goroutines may share the forest.
func (f forest) flatten() {
	for i := range f {
		f[i] = f.root(uint32(i))
	}
}

func (f forest) join(i, j uint32) {
	a, b := f.root(i), f.root(j)
	if a > b {
		a, b = b, a
	}
	f[b] = a
}

// groups lists the sets of more than one member, each ascending, by smallest member.
func (f forest) groups(members []uint32) [][]uint32 {
	extra := make([]uint32, len(f)) // members beside the root, by root; then the number of its group
	count, total := 0, 0
	for _, i := range members {
		if r := f.root(i); r != i {
			if extra[r] == 0 {
				count, total = count+1, total+1
			}
			extra[r]++
			total++
		}
	}
	groups := make([][]uint32, 0, count)
	room := make([]uint32, total) // of all groups
	for _, i := range members {
		r := f.root(i)
		switch {
		case extra[r] == 0:
			continue
		case r == i:
			size := extra[r] + 1
			groups, room = append(groups, room[:0:size]), room[size:]
			extra[r] = uint32(len(groups))
		}
		groups[extra[r]-1] = append(groups[extra[r]-1], i)
	}
	return groups
}

// grouper joins the records of components by average link.
type grouper struct {
	r      *Records
	scorer *scorer
	cut    int32
	rules  *rules
	bound  forest // what evidence does not part, see rules.bound; nil = nothing
}

// component decides one component: members ascending, edges among them. It
// returns its clusters, members ascending.
func (g *grouper) component(c *comparer, members []uint32, edges []edge) [][]uint32 {
	switch {
	case len(edges) == 0 && g.rules.partsAny(members):
		return g.rules.together(members)
	case len(edges) == 0:
		return [][]uint32{members} // nothing but what is settled or equal holds them together
	case len(members) <= denseLimit:
		return g.average(c, members)
	}
	return g.raised(c, members, edges, g.cut)
}

// held lists the sets of more than one that evidence does not part: what people
// decided, equal records, and the customers of a component that nothing new has
// come to.
func (g *grouper) held(members []uint32) [][]uint32 {
	if g.rules.isFresh(members) {
		return setsOf(g.bound, members)
	}
	return setsOf(g.rules.settled, members)
}

// raised parts a large component by dropping its weaker edges until its
// pieces can be averaged; pieces that hold at the clip are one cluster.
func (g *grouper) raised(c *comparer, members []uint32, edges []edge, over int32) [][]uint32 {
	position := make(map[uint32]uint32, len(members))
	for i, m := range members {
		position[m] = uint32(i)
	}
	f := newForest(len(members))
	for _, e := range edges {
		left, right := position[e.pair.left()], position[e.pair.right()]
		if e.score > over && !g.rules.apart(e.pair) {
			f.join(left, right)
		}
	}
	for _, held := range g.held(members) {
		for _, m := range held[1:] {
			f.join(position[held[0]], position[m])
		}
	}
	inside := map[uint32][]edge{}
	for _, e := range edges {
		left, right := f.root(position[e.pair.left()]), f.root(position[e.pair.right()])
		if left == right {
			inside[left] = append(inside[left], e)
		}
	}
	var clusters [][]uint32
	pieces := map[uint32][]uint32{}
	var roots []uint32
	for i, m := range members {
		r := f.root(uint32(i))
		if pieces[r] == nil {
			roots = append(roots, r)
		}
		pieces[r] = append(pieces[r], m)
	}
	for _, r := range roots {
		piece := pieces[r]
		switch {
		case len(piece) <= denseLimit:
			clusters = append(clusters, g.average(c, piece)...)
		case over-g.cut > clipHigh && !g.rules.partsAny(piece):
			clusters = append(clusters, piece)
		case over-g.cut > 3*clipHigh:
			clusters = append(clusters, g.sliced(c, piece)...)
		default:
			clusters = append(clusters, g.raised(c, piece, inside[r], over+raiseStep)...)
		}
	}
	return clusters
}

// sliced averages a piece that nothing parts in slices of bounded size.
func (g *grouper) sliced(c *comparer, piece []uint32) [][]uint32 {
	var clusters [][]uint32
	for slice := range slices.Chunk(piece, denseLimit) {
		clusters = append(clusters, g.average(c, slice)...)
	}
	return clusters
}
