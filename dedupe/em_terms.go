package dedupe

import (
	"cmp"
	"math"
	"slices"
)

// fieldPart is what the terms of one field depend on: of a pattern no more
// than weights.terms looks at.
type fieldPart struct {
	field   field
	pattern pattern
}

// part returns the part of p that the terms of f depend on.
func (p pattern) part(f field) fieldPart {
	const (
		nameLevels = levels(15)<<(4*fieldGiven) | levels(15)<<(4*fieldFamily)
		nameSlots  = rarity(63)<<(6*slotGiven) | rarity(63)<<(6*slotFamily) | rarity(63)<<(6*slotFullName)
	)
	level, rare := levels(15)<<(4*f), rarity(0)
	switch f {
	case fieldGiven, fieldFamily:
		level, rare = nameLevels, nameSlots
	case fieldEmail:
		level, rare = level|nameLevels, rarity(63)<<(6*slotEmail)
	case fieldAddress:
		level, rare = level|nameLevels, rarity(63)<<(6*slotStreet)|rarity(63)<<(6*slotPlace)
	case fieldBirth:
		rare = rarity(63) << (6 * slotBirth)
	case fieldID:
		rare = rarity(63) << (6 * slotID)
	case fieldPhone:
		rare = rarity(63) << (6 * slotPhone)
	case fieldAttributes:
		level |= nameLevels | levels(15)<<(4*fieldFirm) | levels(15)<<(4*fieldAddress)
	case fieldFirm, fieldEmployer:
		rare = rarity(63) << (6 * slotFirm)
	}
	return fieldPart{f, pattern{p.levels & level, p.rarity & rare}}
}

// sampleSet holds samples taken apart: patterns share most of their parts, so
// that a round of EM works out the terms of each part once.
type sampleSet struct {
	samples []sample
	parts   []fieldPart
	first   []uint32 // parts of sample i are numbers[first[i]:first[i+1]]
	numbers []uint32
}

// newSampleSet counts equal patterns together; it sorts samples.
func newSampleSet(samples []sample) *sampleSet {
	slices.SortFunc(samples, func(a, b sample) int {
		return cmp.Or(cmp.Compare(a.pattern.levels, b.pattern.levels), cmp.Compare(a.pattern.rarity, b.pattern.rarity))
	})
	set := &sampleSet{samples: samples[:0]}
	for _, s := range samples {
		if last := len(set.samples) - 1; last >= 0 && set.samples[last].pattern == s.pattern {
			set.samples[last].weight += s.weight
			continue
		}
		set.samples = append(set.samples, s)
	}
	known := map[fieldPart]uint32{}
	set.first = make([]uint32, 1, len(set.samples)+1)
	for i := range set.samples {
		p := set.samples[i].pattern
		for f := range fieldCount {
			if p.levels.of(f) == 0 {
				continue
			}
			part := p.part(f)
			number, ok := known[part]
			if !ok {
				number = uint32(len(set.parts))
				known[part] = number
				set.parts = append(set.parts, part)
			}
			set.numbers = append(set.numbers, number)
		}
		set.first = append(set.first, uint32(len(set.numbers)))
	}
	return set
}

// posteriors gives the probability of each class for the samples of a set, as
// long as the mixture stays as it is.
type posteriors struct {
	m     *mixture
	set   *sampleSet
	terms [][classCount]float64 // of the parts
}

func (m *mixture) posteriors(set *sampleSet) posteriors {
	terms := make([][classCount]float64, len(set.parts))
	for i, part := range set.parts {
		terms[i] = m.logs.terms(part.field, part.pattern.levels.of(part.field), part.pattern)
	}
	return posteriors{m, set, terms}
}

// of returns the probability of each class for sample i.
func (x *posteriors) of(i int) [classCount]float64 {
	p := x.set.samples[i].pattern
	l := x.m.logs.start(p)
	for _, number := range x.set.numbers[x.set.first[i]:x.set.first[i+1]] {
		for c, share := range &x.terms[number] {
			l[c] += share
		}
	}
	if !p.supported() {
		l[classMatch] = math.Inf(-1) // never merged: such pairs must not teach what a match is
	}
	if !x.m.family {
		for c := classHousehold; c < classCount; c++ {
			l[c] = math.Inf(-1)
		}
	}
	return normalise(l)
}

func normalise(l [classCount]float64) [classCount]float64 {
	const nothing = -60 // bits below the likeliest class: less than a rounding error
	top := l[0]
	for _, x := range l {
		top = max(top, x)
	}
	sum := 0.0
	for c := range l {
		if l[c] -= top; l[c] < nothing {
			l[c] = 0
			continue
		}
		l[c] = exp2(l[c])
		sum += l[c]
	}
	for c := range l {
		l[c] /= sum
	}
	return l
}

// exp2 is 2^x for -1000 < x <= 0, right to a part in 10^10: rounds of EM ask
// for little else.
func exp2(x float64) float64 {
	whole := math.Floor(x)
	y := (x - whole - .5) * math.Ln2 // at most .35 either way: the series ends soon
	series := 1 + y*(1+y*(1./2)*(1+y*(1./3)*(1+y*(1./4)*(1+y*(1./5)*(1+y*(1./6)*(1+y*(1./7)*(1+y*(1./8)*(1+y*(1./9)))))))))
	return math.Float64frombits(uint64(int64(whole)+1023)<<52) * math.Sqrt2 * series
}
