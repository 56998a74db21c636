package dedupe

import "math"

// Given and family names are not independent: a Sophie is a Moreau far oftener
// than chance has it, for names go by language. So the chance that strangers
// agree on both is measured, by how often the two names are met, as a multiple
// of what independent names would give.

const (
	culturePart  = 4                    // names whose codes fall in one part count together: two bits of n(given) × n(family)
	cultureParts = 2 * 64 / culturePart // parts of the sum of two count codes
)

// cultures are log2 of the multiple, in millibits, by part.
type cultures [cultureParts]int32

// nameCodes is the sum of the count codes of two names that agree.
func (r rarity) nameCodes() int { return int(r.of(slotGiven) + r.of(slotFamily)) }

// fullNames counts the pairs that agree on given and family name, and those
// that would if names were independent.
type fullNames struct {
	agree       [cultureParts]float64
	independent [cultureParts]float64
}

func (c *chances) countFullNames() {
	n := &c.f.counts
	var given, family, least [64]float64
	for code := range least {
		least[code] = decoded(code)
	}
	bearers := 0.0
	for _, i := range c.members {
		rec := &c.f.r.rows[i]
		if rec.given == 0 || rec.family == 0 {
			continue
		}
		bearers++
		codeGiven, codeFamily := countCode(n.given[rec.given]), countCode(n.family[rec.family])
		given[codeGiven] += least[codeGiven]
		family[codeFamily] += least[codeFamily]
		c.full.agree[int(codeGiven+codeFamily)/culturePart] += float64(c.f.fullNames[i]-1) / 2
	}
	for i, g := range given {
		for j, f := range family {
			c.full.independent[(i+j)/culturePart] += g * f / (2 * max(bearers*bearers, 1))
		}
	}
}

// isUnique says whether names meet less often than independent ones would: in a
// list from which equal names were taken out, where they tell nothing of how
// often strangers' names meet.
func (f *fullNames) isUnique() bool {
	agree, independent := 0.0, 0.0
	for i := range f.agree {
		agree += f.agree[i]
		independent += f.independent[i]
	}
	return agree < independent
}

// learnCultures sets the multiples from the pairs that the mixture does not
// explain, drawn towards the affinity of names the more, the more pairs of one
// name have nothing else known of both: how many of those are one person EM
// can't know, and who is once taken for a stranger makes strangers of one name
// look commoner than they are.
func (c *chances) learnCultures(m *mixture, explained *tally) {
	m.bearers = c.bearers
	const (
		pulls = 2000. // pairs, were nothing known of any pair but the name
		least = .003
	)
	pseudo := 1 + pulls*explained.bare/max(explained.named, 1)
	isUnique := c.full.isUnique()
	for i := range m.cultures {
		multiple := c.affinity
		if !m.isNew() && !isUnique {
			pairs := c.full.agree[i]
			strangers := max(pairs-explained.fullName[i], least*pairs)
			multiple = (strangers + pseudo*c.affinity) / (c.full.independent[i] + pseudo)
		}
		m.cultures[i] = millibits(math.Log2(multiple))
	}
}

// decoded is the least count that has a code.
func decoded(code int) float64 { return math.Exp2(float64(code-1) / 2) }

// nameTable holds log2 of the chance that two strangers both bear one full
// name, by the sum of the count codes of its parts and its own count code.
type nameTable[T number] [2 * 64][64]T

// fill computes the table; in turns bits into the table's unit. Of the bearers of
// a name as many may be one party as a record usually sees, and more the rarer
// the name would be by chance: a further record of one party is as likely as
// chance that is a quarter.
func (t *nameTable[T]) fill(c *cultures, cluster, bearers float64, in func(bits float64) T) {
	const further = 2 // bits, for a further record of one party
	bearers += typicalHolders
	for sum := range t {
		multiple := float64(c[sum/culturePart]) / millibit
		alike := math.Exp2(multiple+float64(sum-2)/2) / bearers
		party := cluster + max(-math.Log2(alike)/further, 0)
		for code := range t[sum] {
			t[sum][code] = in(math.Log2(max(alike, decoded(code)-party) / bearers))
		}
	}
}
