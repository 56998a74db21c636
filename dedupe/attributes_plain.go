package dedupe

import "math"

// learnPlain measures how much oftener strangers have one name than its words
// say, by the weight of the words: how many of the pairs of one name are
// strangers nothing but attributes can tell, so that it is nothing where there
// are none. Words of plain names go together ("City Clinic", "Golden Dragon"),
// and things come in variants.
func (c *chances) learnPlain(m *mixture) {
	const pseudo = 20 // pairs, beside those of a weight, of all weights
	if m.kind != organisation || m.usual == (share{}) {
		return
	}
	var met, expected [64]float64
	bearers := map[uint64]int{} // by name and maker
	compare, others := newComparer(c.f), float64(len(c.members)-1)/2
	for _, i := range c.members {
		own := compare.compare(i, i)
		if own.levels.of(fieldFirm) != firmExact {
			continue
		}
		rec, code := &c.f.r.rows[i], own.rarity.of(slotFirm)
		name := uint64(rec.organisation)<<32 | uint64(rec.maker)
		met[code] += float64(bearers[name]) // pairs with those before
		bearers[name]++
		expected[code] += others * m.chance[fieldFirm][firmExact] * math.Exp2(m.rarity[slotFirm][code])
	}
	for code := range met {
		met[code] = max(met[code]-c.sameNamed[code], 0)
	}
	all, allExpected := 1., 1.
	for code := range met {
		all, allExpected = all+met[code], allExpected+expected[code]
	}
	for code := range met {
		often := (met[code] + pseudo*all/allExpected) / (expected[code] + pseudo)
		m.plain[code] = max(math.Log2(often), 0)
	}
}
