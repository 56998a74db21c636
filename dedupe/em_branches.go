package dedupe

import "math"

// Branches, franchises and namesakes of organisations: parties of one name that
// can be reached in other ways. EM doesn't find them, for the words of a name
// say so much that it takes all who bear it for one. But what tells parties
// apart beside the name doesn't change all at once: of pairs of one name of
// which something else agrees one can tell how many of one party there are of
// which nothing does. What is over that are other parties of that name.

// namedPairs counts pairs of one name, of which something beside it is known.
type namedPairs struct {
	agree, none [1 << len(reachedBy)]float64 // something agrees, nothing does; by the fields known of both
	bare        float64                      // pairs of which nothing is known
}

// reachedBy are the fields that tell organisations of one name apart.
var reachedBy = [...]field{fieldID, fieldAddress, fieldEmail, fieldPhone}

// learnBranches measures how much oftener strangers bear one name than its words
// say, by the weight of the words, as far as attributes (see learnPlain) have not
// told it.
func (c *chances) learnBranches(m *mixture) {
	const (
		around = 2  // codes to either side that count along
		few    = 20 // pairs, beside those of a weight, of all weights
		atMost = 32 // log2
	)
	if m.kind != organisation {
		return
	}
	pairs, changes := c.namedAlike()
	lost := lostTogether(changes)
	m.changes = changes
	expected := c.expectedNamed(m)
	var told, strangers, all [64]float64
	sumTold, sumStrangers := float64(few), 0.0
	for code := range pairs {
		p := &pairs[code]
		all[code] = p.bare
		for known := 1; known < len(p.agree); known++ {
			told[code] += p.agree[known] + p.none[known]
			strangers[code] += p.none[known] - p.agree[known]*lost[known]/(1-lost[known])
		}
		all[code] += told[code]
		sumTold += told[code]
		sumStrangers += max(strangers[code], 0)
	}
	share := sumStrangers / sumTold
	forms := c.formsTell(m)
	for code := range m.branches {
		t, s, n, e := 0.0, 0.0, 0.0, 0.0
		for near := max(code-around, 1); near <= min(code+around, len(told)-1); near++ {
			t, s, n, e = t+told[near], s+strangers[near], n+all[near], e+expected[near]
		}
		m.branches[code] = 0
		if met := n * (max(s, 0) + few*share) / (t + few); met > e && e > 0 {
			m.branches[code] = min(max(math.Log2(met/e)+forms-m.plain[code], 0), atMost)
		}
	}
}

// namedAlike counts the pairs of one name by the weight of its words, and tells
// how often what is known of one party differs, by its field: pairs of which
// another field agrees tell it.
func (c *chances) namedAlike() (pairs [64]namedPairs, changes [fieldCount]float64) {
	const (
		few     = 40 // pairs that the file outweighs
		typical = .4 // of pairs of one party differ in a field, where nothing else tells them
	)
	var told, differ [len(reachedBy)]float64
	for _, s := range c.drawn.samples {
		if s.pattern.levels.of(fieldFirm) != firmExact {
			continue
		}
		known, agreeing := s.pattern.reached()
		for i := range reachedBy {
			if known>>i&1 == 1 && agreeing&^(1<<i) != 0 {
				told[i] += s.weight
				if agreeing>>i&1 == 0 {
					differ[i] += s.weight
				}
			}
		}
		p := &pairs[s.pattern.rarity.of(slotFirm)]
		switch {
		case known == 0:
			p.bare += s.weight
		case agreeing == 0:
			p.none[known] += s.weight
		default:
			p.agree[known] += s.weight
		}
	}
	for i, f := range reachedBy {
		changes[f] = (differ[i] + few*typical) / (told[i] + few)
	}
	return pairs, changes
}

// reached tells, a bit each, which of the fields that organisations are reached
// by are known of both, and which of them agree.
func (p pattern) reached() (known, agreeing int) {
	for i, f := range reachedBy {
		if level := p.levels.of(f); level != 0 {
			known |= 1 << i
			if agreesBesideName(f, level) {
				agreeing |= 1 << i
			}
		}
	}
	return known, agreeing
}

// lostTogether is how often nothing of what is known of one party agrees, by
// what is known.
func lostTogether(changes [fieldCount]float64) (lost [1 << len(reachedBy)]float64) {
	for known := range lost {
		lost[known] = 1
		for i, f := range reachedBy {
			if known>>i&1 == 1 {
				lost[known] *= changes[f]
			}
		}
	}
	return lost
}

// formsTell is what legal forms say in the mean, in bits, for pairs of one name
// of which nothing else agrees: branches have one form, too.
func (c *chances) formsTell(m *mixture) float64 {
	bits, pairs := 0.0, 1.0
	for _, s := range c.drawn.samples {
		suffix := s.pattern.levels.of(fieldSuffix)
		known, agreeing := s.pattern.reached()
		if s.pattern.levels.of(fieldFirm) != firmExact || suffix == 0 || suffix == suffixUnlike || known == 0 || agreeing != 0 {
			continue
		}
		if match, chance := m.match[fieldSuffix][suffix], m.chance[fieldSuffix][suffix]; match > 0 && chance > 0 {
			bits += s.weight * math.Log2(match/chance)
			pairs += s.weight
		}
	}
	return max(bits/pairs, 0)
}

// expectedNamed is how many pairs of strangers have one name, as its words say,
// by their weight.
func (c *chances) expectedNamed(m *mixture) (expected [64]float64) {
	others := float64(len(c.members)-1) / 2
	for code, n := range c.bearing {
		expected[code] = float64(n) * others * m.chance[fieldFirm][firmExact] * math.Exp2(m.rarity[slotFirm][code])
	}
	return expected
}

// countNames counts the organisations by the weight of their names' words.
func (c *chances) countNames() {
	compare := newComparer(c.f)
	for _, i := range c.members {
		if c.f.r.rows[i].kind != organisation {
			return
		}
		if own := compare.compare(i, i); own.levels.of(fieldFirm) == firmExact {
			c.bearing[own.rarity.of(slotFirm)]++
		}
	}
}
