package dedupe

import (
	"cmp"
	"math"
	"slices"
)

const (
	largeFile   = 20_000 // records from which relatives are a danger worth a second bit
	millibit    = 1000
	leastWeight = -40 * millibit
)

func millibits(log2 float64) int32 {
	return int32(max(math.Round(log2*millibit), leastWeight))
}

// freeze turns the mixture into integers and chooses the cut.
func (m *mixture) freeze(part partModel, set *sampleSet, s Settings) partModel {
	part.Family, part.Rich = m.family, m.rich
	for c := range m.prior {
		part.Prior[c] = millibits(m.logs.prior[c])
	}
	for f := range fieldCount {
		for l := 1; l <= levelCountOf(f); l++ {
			part.Match[f][l] = millibits(m.logs.match[f][l])
			part.Chance[f][l] = millibits(m.logs.chance[f][l])
			part.Shared[f][l] = millibits(m.logs.shared[f][l])
		}
	}
	for k := range m.namesake {
		for l := 1; l <= levelCountOf(fieldEmail); l++ {
			part.Namesake[k][l] = millibits(m.logs.namesake[k][l])
		}
	}
	for code, bits := range m.plain {
		part.Plain[code] = millibits(bits)
	}
	for code, bits := range m.branches {
		part.Branches[code] = millibits(bits)
	}
	part.AttributeChance = frozenAttributes(m.logs.attributes)
	for i := range slotCount {
		if m.exact[i] > 0 {
			part.Slots[i].Chance = millibits(math.Log2(m.exact[i]))
			for code, rate := range m.rate[i] {
				part.Slots[i].Rates[code] = max(int32(math.Round(rate*1e6)), 1)
			}
		}
	}
	part.Cultures, part.Place = m.cultures, millibits(m.place)
	part.Cluster = int32(math.Round(m.cluster * 1000))
	part.Cut = m.cut(set, s, part.Records)
	part.Alike = millibits(m.logs.alike) + min(part.Cut, 0) // likelier one than two, whatever the cut
	return part
}

// cut is the score from which merging pays: half of the best F1 that the
// posteriors promise, plus what a false merge costs, as long as caution is
// cheap: where evidence is weak it would cost true pairs by the dozen.
func (m *mixture) cut(set *sampleSet, s Settings, records int64) int32 {
	points, relatives := m.promises(set)
	all := 0.0
	for _, x := range points {
		all += x.p * x.weight
	}
	margin := s.MarginBits
	const manyRelatives = .05 // of the matches
	if records >= largeFile && relatives > manyRelatives*all {
		margin++
	}
	best := 0.0
	hits, merged := 0.0, 0.0
	for _, x := range points {
		hits += x.p * x.weight
		merged += x.weight
		best = max(best, 2*hits/(merged+all))
	}
	p := min(max(best/2, .05), .5)
	bits := math.Log2(p / (1 - p))
	return millibits(bits + affordable(points, all, best, bits, margin))
}

// promise is how likely so many pairs are matches.
type promise struct{ p, weight float64 }

// promises lists the pairs that may be matches, likeliest first, and counts
// those of relatives.
func (m *mixture) promises(set *sampleSet) (points []promise, relatives float64) {
	const nothing = 1e-4
	points = make([]promise, 0, len(set.samples))
	posteriors := m.posteriors(set)
	for i, x := range set.samples {
		post := posteriors.of(i)
		relatives += x.weight * (post[classHousehold] + post[classTwins] + post[classNamesakes])
		if p := post[classMatch]; p > nothing {
			points = append(points, promise{p, x.weight})
		}
	}
	slices.SortFunc(points, func(a, b promise) int { return cmp.Or(cmp.Compare(b.p, a.p), cmp.Compare(a.weight, b.weight)) })
	return points, relatives
}

// affordable is how much of the margin, in bits over a cut, may be taken before
// it costs more of the best F1 than caution is worth.
func affordable(points []promise, all, best, cut, margin float64) float64 {
	const (
		worth = .004 // of F1
		steps = 8
	)
	if all < enoughMatches {
		return margin // so few promise too little to go by
	}
	hits, merged, at := 0.0, 0.0, 0
	for step := steps; step > 0; step-- {
		taken := margin * float64(step) / steps
		odds := math.Exp2(cut + taken)
		for ; at < len(points) && points[at].p >= odds/(1+odds); at++ {
			hits += points[at].p * points[at].weight
			merged += points[at].weight
		}
		if 2*hits/(merged+all) >= best-worth {
			return taken
		}
	}
	return 0
}
