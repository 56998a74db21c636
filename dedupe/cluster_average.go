package dedupe

import (
	"math"
	"slices"
)

// linkage is the state of average link over the records of one component:
// sums of pair weights between clusters.
type linkage struct {
	sum     []int64 // n × n, symmetric
	n       int
	members [][]uint32 // nil = joined into another
	fresh   []bool     // the cluster holds a record to be decided
	best    []int32    // best partner of a cluster among those after it, -1 = none
	size    []int32    // millibits by cluster size
}

// average joins clusters with the highest mean weight while the mean, plus
// log2 of the larger cluster's size, is above the cut. Of equal means the pair
// with the smallest records goes first.
func (g *grouper) average(c *comparer, members []uint32) [][]uint32 {
	if len(members) == 1 {
		return [][]uint32{members}
	}
	l := g.newLinkage(c, members)
	for i := range l.members {
		l.seek(i)
	}
	for l.joinBest() {
	}
	var clusters [][]uint32
	for _, m := range l.members {
		if m != nil {
			slices.Sort(m)
			clusters = append(clusters, m)
		}
	}
	return clusters
}

func (g *grouper) newLinkage(c *comparer, members []uint32) *linkage {
	start := g.startClusters(members)
	n := len(start)
	l := &linkage{sum: make([]int64, n*n), n: n, members: start, fresh: make([]bool, n), best: make([]int32, n)}
	l.size = make([]int32, len(members)+1)
	for i := 1; i < len(l.size); i++ {
		l.size[i] = int32(math.Round(millibit * math.Log2(float64(i))))
	}
	for i := range start {
		l.fresh[i] = g.rules.isFresh(start[i])
		for j := i + 1; j < n; j++ {
			var sum int64
			for _, x := range start[i] {
				for _, y := range start[j] {
					sum += g.weight(c, x, y)
				}
			}
			l.sum[i*n+j], l.sum[j*n+i] = sum, sum
		}
	}
	return l
}

func (g *grouper) weight(c *comparer, x, y uint32) int64 {
	if g.rules.apart(pairOf(x, y)) {
		return forbiddenBit
	}
	return int64(min(max(g.scorer.score(c.compare(x, y))-g.cut, clipLow), clipHigh))
}

// startClusters are the sets that are settled before evidence counts, by
// smallest member, and every other record by itself.
func (g *grouper) startClusters(members []uint32) [][]uint32 {
	var start [][]uint32
	held := g.rules.together(members)
	taken := map[uint32]bool{}
	for _, set := range held {
		start = append(start, slices.Clone(set))
		for _, m := range set {
			taken[m] = true
		}
	}
	for _, m := range members {
		if !taken[m] {
			start = append(start, []uint32{m})
		}
	}
	slices.SortFunc(start, func(a, b []uint32) int { return int(a[0]) - int(b[0]) })
	return start
}

// joins says whether clusters i and j may be joined.
func (l *linkage) joins(i, j int) bool {
	sum := l.sum[i*l.n+j]
	if sum < forbiddenBit/2 || !l.fresh[i] && !l.fresh[j] {
		return false
	}
	a, b := int64(len(l.members[i])), int64(len(l.members[j]))
	return sum+a*b*int64(l.size[max(a, b)]) > 0
}

// better says whether the mean of i and j is above that of i and k.
func (l *linkage) better(i, j, x, y int) bool {
	a := l.sum[i*l.n+j] * int64(len(l.members[x])*len(l.members[y]))
	b := l.sum[x*l.n+y] * int64(len(l.members[i])*len(l.members[j]))
	return a > b
}

// seek finds the best partner after i.
func (l *linkage) seek(i int) {
	l.best[i] = -1
	for j := i + 1; j < l.n; j++ {
		if l.members[j] != nil && l.joins(i, j) && (l.best[i] < 0 || l.better(i, j, i, int(l.best[i]))) {
			l.best[i] = int32(j)
		}
	}
}

// joinBest joins the best pair; false where none may be joined.
func (l *linkage) joinBest() bool {
	at := -1
	for i := range l.n {
		if l.members[i] == nil || l.best[i] < 0 {
			continue
		}
		if at < 0 || l.better(i, int(l.best[i]), at, int(l.best[at])) {
			at = i
		}
	}
	if at < 0 {
		return false
	}
	l.join(at, int(l.best[at]))
	return true
}

func (l *linkage) join(i, j int) {
	for k := range l.n {
		if k != i && k != j && l.members[k] != nil {
			l.sum[i*l.n+k] += l.sum[j*l.n+k]
			l.sum[k*l.n+i] = l.sum[i*l.n+k]
		}
	}
	l.members[i] = append(l.members[i], l.members[j]...)
	l.members[j] = nil
	l.fresh[i] = l.fresh[i] || l.fresh[j]
	for k := range l.n {
		switch {
		case l.members[k] == nil:
		case k <= i || int(l.best[k]) == j || int(l.best[k]) == i:
			l.seek(k)
		case k < j: // its pair with j is gone, others are unchanged
		}
	}
}
