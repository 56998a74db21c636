package dedupe

import "math"

// scorer turns patterns into scores by integer sums alone.
type scorer struct {
	weights[int32]
	part *partModel
	soft []int16 // log2(1 + 2^-d) for d millibits
}

// newScorer prepares a model for the records it is to decide on: chance
// agreement and the share of true pairs follow their number.
func newScorer(part *partModel, f *features, members []uint32) *scorer {
	s := &scorer{part: part, soft: softTable()}
	s.family, s.prior, s.match, s.chance, s.shared = part.Family, part.Prior, part.Match, part.Chance, part.Shared
	s.attributes, s.plain, s.branches = part.AttributeChance, part.Plain, part.Branches
	s.namesake, s.culture, s.place, s.alike = part.Namesake, part.Cultures, part.Place, part.Alike
	if n := int64(len(members)); n > 0 && part.Records > 0 {
		growth := millibits(math.Log2(float64(part.Records) / float64(n)))
		for c := range s.prior {
			if class(c) != classStrangers {
				s.prior[c] += growth
			}
		}
	}
	if !part.Sisters || !part.Alone {
		s.metByName = metByName(part.Rich)
		s.metByName[1] = min(s.metByName[1], oneDiffers)
	}

	s.ownEmails = millibits(math.Log2(max(1-math.Exp2(float64(s.shared[fieldEmail][emailExact])/millibit), .01)))
	holders, bearers := holdersOf(f, members)
	s.names.fill(&part.Cultures, float64(part.Cluster)/1000, bearers, millibits)
	for i := range slotCount {
		slot := part.Slots[i]
		if slot.Rates[0] == 0 || holders[i] < 1 {
			continue
		}
		exact := math.Exp2(float64(slot.Chance) / millibit)
		for code := 1; code < 64; code++ {
			s.rarity[i][code] = millibits(rarityBits(code, float64(slot.Rates[code])/1e6, holders[i], exact))
		}
	}
	for code, bits := range firmRarity(part.Alone) {
		s.rarity[slotFirm][code] = millibits(bits)
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

// unsupported is the most that a pair without evidence of its own may score:
// low enough that no average of such pairs joins, not so low that it parts
// what others join.
const unsupported = -4 * millibit

// score is log2 of the odds that the two are one, in millibits.
func (s *scorer) score(p pattern) int32 { return s.odds(s.sums(p), p.supported()) }

// odds is log2 of the odds of a match against all else, in millibits.
func (s *scorer) odds(l [classCount]int32, supported bool) int32 {
	against := l[classStrangers]
	if s.family {
		against = s.plus(s.plus(against, l[classHousehold]), s.plus(l[classTwins], l[classNamesakes]))
		against = s.plus(against, l[classColleagues])
	}
	score := l[classMatch] - against
	if !supported {
		score = min(score, unsupported)
	}
	return score
}

// holdersOf counts the members that have a value, by slot, and those that have
// both names.
func holdersOf(f *features, members []uint32) (holders [slotCount]float64, bearers float64) {
	for _, i := range members {
		r := &f.r.rows[i]
		for s, has := range [slotCount]bool{r.given != 0, r.family != 0, r.birth != 0, r.nationalID != 0, r.street != 0,
			r.postcode != 0, r.emails[0] != 0, r.phones[0] != 0, r.organisation != 0, f.email[r.emails[0]].local != 0} {
			if has {
				holders[s]++
			}
		}
		if r.given != 0 && r.family != 0 {
			bearers++
		}
	}
	return holders, bearers
}
