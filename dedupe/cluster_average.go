package dedupe

import (
	"math"
	"slices"
)

// bond is the evidence between two clusters: for each field the sums over the
// pairs of their records in which it is known on both sides. What one record
// lacks its fellows tell: a son whose record has no birth date is no nearer to
// his father for it if another of his records has one.
type bond struct {
	sums      [fieldCount][classCount]int32
	known     [fieldCount]int32        // pairs
	suffix    [suffixNeither + 1]int32 // pairs by the level of their suffixes, which are summed otherwise
	supported bool                     // some pair holds evidence of its own
	met       bool                     // some pair has more than the name in common
	named     bool                     // some pair has both names in common
	alike     bool                     // some pair has nothing but names that are alike
	equal     bool                     // some pair has more
	forbidden bool                     // some pair can't be one, whatever the evidence
}

func (b *bond) add(s *scorer, p pattern) {
	for f := range fieldCount {
		level := p.levels.of(f)
		if level == 0 {
			continue
		}
		if f == fieldSuffix {
			b.suffix[level]++
			continue
		}
		b.known[f]++
		for c, share := range s.terms(f, level, p) {
			b.sums[f][c] += share
		}
	}
	b.supported = b.supported || p.supported()
	b.met = b.met || p.meets()
	b.named = b.named || p.sharesName()
	b.alike = b.alike || p.isAlike()
	b.equal = b.equal || !p.isAlike()
}

func (b *bond) join(o *bond) {
	for f := range fieldCount {
		b.known[f] += o.known[f]
		for c := range b.sums[f] {
			b.sums[f][c] += o.sums[f][c]
		}
	}
	for level, pairs := range o.suffix {
		b.suffix[level] += pairs
	}
	b.supported = b.supported || o.supported
	b.met = b.met || o.met
	b.named = b.named || o.named
	b.alike = b.alike || o.alike
	b.equal = b.equal || o.equal
	b.forbidden = b.forbidden || o.forbidden
}

// score is the odds that two clusters are one: the mean evidence of each field.
func (b *bond) score(s *scorer) int32 {
	l := s.prior
	if s.family {
		l[classMatch] += s.metByName[b.alone()]
	}
	if b.alike && !b.equal {
		l[classMatch] += s.alike
	}
	for f, pairs := range b.known {
		if pairs == 0 {
			continue
		}
		for c := range l {
			l[c] += b.sums[f][c] / pairs
		}
	}
	for c, share := range s.suffixes(b.suffix) {
		l[c] += share
	}
	return s.odds(l, b.supported)
}

// alone is pattern.alone of two clusters: what some pair knows counts.
func (b *bond) alone() int {
	fields := 0
	if b.met {
		return 0
	}
	for f, pairs := range b.known {
		if pairs > 0 && isBesideName(field(f)) {
			fields++
		}
	}
	if fields > 0 && !b.named {
		return aloneFields
	}
	return min(fields, aloneFields)
}

// suffixes is what the suffixes of two clusters say: the mean over the pairs
// that have two, else that one side has one.
func (s *scorer) suffixes(pairs [suffixNeither + 1]int32) (sums [classCount]int32) {
	both := pairs[suffixSame] + pairs[suffixUnlike]
	switch {
	case both > 0:
		same, unlike := s.terms(fieldSuffix, suffixSame, pattern{}), s.terms(fieldSuffix, suffixUnlike, pattern{})
		for c := range sums {
			sums[c] = (same[c]*pairs[suffixSame] + unlike[c]*pairs[suffixUnlike]) / both
		}
	case pairs[suffixOneSide] > 0:
		return s.terms(fieldSuffix, suffixOneSide, pattern{})
	case pairs[suffixNeither] > 0:
		return s.terms(fieldSuffix, suffixNeither, pattern{})
	}
	return sums
}

// linkage is the state of average link over the records of one component.
type linkage struct {
	g       *grouper
	n       int
	bonds   []bond     // by pair of clusters, see at
	score   []int32    // of the bonds, over the cut
	members [][]uint32 // nil = joined into another
	fresh   []bool     // the cluster holds a record to be decided
	best    []int32    // best partner of a cluster among those after it, -1 = none
	size    []int32    // millibits by cluster size
}

// at is the place of the pair of i and j, of which i is the smaller.
func (l *linkage) at(i, j int) int {
	if i > j {
		i, j = j, i
	}
	return i*(2*l.n-i-1)/2 + j - i - 1
}

// average joins clusters with the highest score while it, plus log2 of the
// larger cluster's size, is above the cut. Of equal scores the pair with the
// smallest records goes first.
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
	l := &linkage{g: g, n: n, bonds: make([]bond, n*(n-1)/2), score: make([]int32, n*(n-1)/2), members: start,
		fresh: make([]bool, n), best: make([]int32, n)}
	l.size = make([]int32, len(members)+1)
	for i := 1; i < len(l.size); i++ {
		l.size[i] = int32(math.Round(millibit * math.Log2(float64(i))))
	}
	isFresh := g.rules.isFresh(members)
	for i := range start {
		l.fresh[i] = isFresh
		for j := i + 1; j < n; j++ {
			b := &l.bonds[l.at(i, j)]
			for _, x := range start[i] {
				for _, y := range start[j] {
					b.add(g.scorer, c.compare(x, y))
					b.forbidden = b.forbidden || g.rules.apart(pairOf(x, y))
				}
			}
			l.score[l.at(i, j)] = b.score(g.scorer) - g.cut
		}
	}
	return l
}

// startClusters are the sets that are settled before evidence counts, by
// smallest member, and every other record by itself.
func (g *grouper) startClusters(members []uint32) [][]uint32 {
	var start [][]uint32
	held := g.held(members)
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
	at := l.at(i, j)
	if l.bonds[at].forbidden || !l.fresh[i] && !l.fresh[j] {
		return false
	}
	return l.score[at]+l.size[max(len(l.members[i]), len(l.members[j]))] > 0
}

// seek finds the best partner after i.
func (l *linkage) seek(i int) {
	l.best[i] = -1
	for j := i + 1; j < l.n; j++ {
		if l.members[j] != nil && l.joins(i, j) && (l.best[i] < 0 || l.score[l.at(i, j)] > l.score[l.at(i, int(l.best[i]))]) {
			l.best[i] = int32(j)
		}
	}
}

// joinBest joins the best pair; false where none may be joined.
func (l *linkage) joinBest() bool {
	best := -1
	for i := range l.n {
		if l.members[i] == nil || l.best[i] < 0 {
			continue
		}
		if best < 0 || l.score[l.at(i, int(l.best[i]))] > l.score[l.at(best, int(l.best[best]))] {
			best = i
		}
	}
	if best < 0 {
		return false
	}
	l.join(best, int(l.best[best]))
	return true
}

func (l *linkage) join(i, j int) {
	for k := range l.n {
		if k != i && k != j && l.members[k] != nil {
			at := l.at(i, k)
			l.bonds[at].join(&l.bonds[l.at(j, k)])
			l.score[at] = l.bonds[at].score(l.g.scorer) - l.g.cut
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
