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
	part.Family = m.family
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
	return part
}

// cut is the score from which merging pays: half of the best F1 that the
// posteriors promise, plus what a false merge costs.
func (m *mixture) cut(set *sampleSet, s Settings, records int64) int32 {
	type point struct{ p, weight float64 }
	points := make([]point, 0, len(set.samples))
	all, relatives := 0.0, 0.0
	posteriors := m.posteriors(set)
	for i, x := range set.samples {
		post := posteriors.of(i)
		relatives += x.weight * (post[classHousehold] + post[classTwins] + post[classNamesakes])
		if p := post[classMatch]; p > 1e-4 {
			points = append(points, point{p, x.weight})
			all += p * x.weight
		}
	}
	slices.SortFunc(points, func(a, b point) int { return cmp.Compare(b.p, a.p) })
	best, hits, merged := 0.0, 0.0, 0.0
	for _, x := range points {
		hits += x.p * x.weight
		merged += x.weight
		best = max(best, 2*hits/(merged+all))
	}
	p := min(max(best/2, .05), .5)
	margin := s.MarginBits
	const manyRelatives = .05 // of the matches
	if records >= largeFile && relatives > manyRelatives*all {
		margin++
	}
	return millibits(math.Log2(p/(1-p)) + margin)
}
