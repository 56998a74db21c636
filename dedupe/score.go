package dedupe

import "math"

// scorer turns patterns into scores by integer sums alone.
type scorer struct {
	part   *partModel
	prior  [classCount]int32
	rarity [slotCount][64]int32
	soft   []int16 // log2(1 + 2^-d) for d millibits
}

// newScorer prepares a model for the records it is to decide on: chance
// agreement and the share of true pairs follow their number.
func newScorer(part *partModel, f *features, members []uint32) *scorer {
	s := &scorer{part: part, prior: part.Prior, soft: softTable()}
	if n := int64(len(members)); n > 0 && part.Records > 0 {
		growth := millibits(math.Log2(float64(part.Records) / float64(n)))
		for c := range s.prior {
			if class(c) != classStrangers {
				s.prior[c] += growth
			}
		}
	}
	holders := holdersOf(f, members)
	for i := range s.rarity {
		slot := part.Slots[i]
		if slot.Rate == 0 || holders[i] < 1 {
			continue
		}
		exact := math.Exp2(float64(slot.Chance) / millibit)
		for code := 1; code < 64; code++ {
			s.rarity[i][code] = millibits(rarityBits(uint8(code), float64(part.Cluster)/1000, float64(slot.Rate)/1e6, holders[i], exact))
		}
	}
	return s
}

// softTable holds what the smaller of two terms adds to the log2 of their sum.
func softTable() []int16 {
	table := make([]int16, 12*millibit)
	for d := range table {
		table[d] = int16(math.Round(millibit * math.Log2(1+math.Exp2(-float64(d)/millibit))))
	}
	return table
}

// plus is log2(2^a + 2^b) in millibits.
func (s *scorer) plus(a, b int32) int32 {
	if a < b {
		a, b = b, a
	}
	if d := int(a) - int(b); d < len(s.soft) {
		return a + int32(s.soft[d])
	}
	return a
}

// sums are the log2 likelihoods of a pattern by class, in millibits.
func (s *scorer) sums(p pattern) [classCount]int32 {
	l := s.prior
	for f := range fieldCount {
		level := p.levels.of(f)
		if level == 0 {
			continue
		}
		match, chance := s.part.Match[f][level], s.chance(f, level, p)
		l[classMatch] += match
		l[classStrangers] += chance
		if isShared(f) {
			kin := s.part.Shared[f][level]
			l[classHousehold] += kin
			l[classTwins] += kin
			l[classNamesakes] += kin
			if f == fieldFamily {
				kin = chance
			}
			l[classColleagues] += kin
			continue
		}
		twins, namesakes := chance, chance
		switch f {
		case fieldBirth:
			twins = match
		case fieldGiven:
			namesakes = match
		}
		l[classHousehold] += chance
		l[classTwins] += twins
		l[classNamesakes] += namesakes
		l[classColleagues] += chance
	}
	return l
}

// chance is the log2 share of strangers with the level of f in p.
func (s *scorer) chance(f field, level uint8, p pattern) int32 {
	chance := s.part.Chance[f][level]
	if f == fieldEmail {
		if kin := p.levels.namesakes(); kin > 0 {
			chance = s.part.Namesake[kin-1][level]
		}
	}
	if slot, ok := rareSlot(f, p.rarity); ok {
		chance += s.rarity[slot][p.rarity.of(slot)]
	}
	return chance
}

// unsupported is the most that a pair without evidence of its own may score:
// low enough that no average of such pairs joins, not so low that it parts
// what others join.
const unsupported = -4 * millibit

// score is log2 of the odds that the two are one, in millibits.
func (s *scorer) score(p pattern) int32 {
	l := s.sums(p)
	against := l[classStrangers]
	if s.part.Family {
		against = s.plus(s.plus(against, l[classHousehold]), s.plus(l[classTwins], l[classNamesakes]))
		against = s.plus(against, l[classColleagues])
	}
	score := l[classMatch] - against
	if !p.supported() {
		score = min(score, unsupported)
	}
	return score
}

func holdersOf(f *features, members []uint32) [slotCount]float64 {
	c := chances{f: f, members: members}
	c.countHolders()
	return c.holders
}
