package dedupe

import (
	"cmp"
	"math"
	"slices"
)

// seeds are the pairs that teach what attributes are worth: names agree, or the
// mixture without attributes holds them for likely. Where names are few and
// common most of them are of strangers, and no name tells which; so they are
// taken for a mixture of two kinds of pairs, one of which agrees in attributes
// as strangers of like names do.
type seeds struct {
	compare *comparer
	kinds   []seedKind // in order
	of      []int32    // by pair that was drawn: its kind, -1 = no seed
	named   [MostAttributes]grades
}

// seedKind are the pairs with one set of grades and one doubt.
type seedKind struct {
	grades uint64 // three bits an attribute, and above them the doubt
	weight float64
	match  float64 // how likely they are of one party
}

const (
	gradeBits = 3
	doubts    = 7 // steps of a bit, from eight to one against to eight to one for
	doubtAt   = gradeBits * MostAttributes
)

func (k seedKind) grade(attribute int) uint8 {
	return uint8(k.grades >> (gradeBits * attribute) & (1<<gradeBits - 1))
}

func (k seedKind) doubt() int { return int(k.grades >> doubtAt) }

// newSeeds gathers the seeds among the pairs that EM saw.
func (c *chances) newSeeds(m *mixture, drawn drawnPairs, set *sampleSet) *seeds {
	const likely = .02
	s := &seeds{compare: newComparer(c.f), of: make([]int32, len(drawn.pairs))}
	post := m.posteriors(set)
	chance := make(map[pattern]float64, len(set.samples))
	for i, x := range set.samples {
		if p := post.of(i)[classMatch]; p > likely || x.pattern.levels.wholeNamed() {
			chance[x.pattern] = p
		}
	}
	rows, counted := c.f.r.rows, map[uint64]float64{}
	grades := make([]uint64, len(drawn.pairs)) // 0 = no seed
	for i, p := range drawn.pairs {
		likelihood, isSeed := chance[drawn.patterns[i]]
		if !isSeed {
			continue
		}
		if g := s.grades(&rows[p.left()], &rows[p.right()]); g != 0 {
			grades[i] = g | doubtOf(likelihood)<<doubtAt
			counted[grades[i]] += float64(drawn.share)
		}
	}
	for i, p := range c.named.pairs {
		if _, isSeed := chance[c.named.patterns[i]]; !isSeed && c.named.patterns[i].levels.partlyNamed() {
			s.compare.countGrades(&rows[p.left()], &rows[p.right()], 1, &s.named)
		}
	}
	for g, weight := range counted {
		s.kinds = append(s.kinds, seedKind{grades: g, weight: weight})
	}
	slices.SortFunc(s.kinds, func(a, b seedKind) int { return cmp.Compare(a.grades, b.grades) })
	for i, g := range grades {
		s.of[i] = -1
		if at, ok := slices.BinarySearchFunc(s.kinds, g, func(k seedKind, g uint64) int { return cmp.Compare(k.grades, g) }); ok {
			s.of[i] = int32(at)
		}
	}
	return s
}

// wholeNamed says whether all of the names agree.
func (l levels) wholeNamed() bool {
	if firm := l.of(fieldFirm); firm != 0 {
		return firm <= firmMost
	}
	names, is := l.namesakes()
	return is && (names == sameFull || names == likeFull)
}

func doubtOf(p float64) uint64 {
	const middle = doubts / 2
	bits := math.Log2(max(p, 1e-9) / max(1-p, 1e-9))
	return uint64(min(max(math.Round(bits), -middle), middle) + middle)
}

func (s *seeds) grades(a, b *record) (packed uint64) {
	if a.attributes == 0 || b.attributes == 0 {
		return 0
	}
	facts := &s.compare.f.attributes
	theirs := facts.of(b.attributes)
	for k, x := range facts.of(a.attributes) {
		if x != 0 && theirs[k] != 0 {
			packed |= uint64(s.compare.attributeGrade(x, theirs[k])) << (gradeBits * k)
		}
	}
	return packed
}

// chanceOfNamed is how often strangers whose names agree in part have each
// grade; where few do, as all strangers have.
func (s *seeds) chanceOfNamed(chance [MostAttributes]grades) [MostAttributes]grades {
	const pseudo, least = 30, 1e-6
	for k := range chance {
		total := 0.0
		for _, n := range s.named[k] {
			total += n
		}
		for g := range chance[k] {
			chance[k][g] = max((s.named[k][g]+pseudo*chance[k][g])/(total+pseudo), least)
		}
	}
	return chance
}

// Kinds of pairs that seeds are parted into. Things come in variants (colours,
// sizes, volumes), which agree in much, and never in all.
const (
	seedMatch = iota
	seedVariant
	seedStranger
	seedClasses
)

// parted is what parting the seeds tells: pairs by class, and their grades.
type parted struct {
	pairs  [seedClasses]float64
	grades [seedClasses][MostAttributes]grades
}

// part parts the seeds; chance is how often strangers of like names have each
// grade. There are variants where they are many.
func (s *seeds) part(chance [MostAttributes]grades, ofThings bool) parted {
	const many = 1.5 // variants to a match
	if ofThings {
		if p := s.learn(chance, .25); p.pairs[seedVariant] > many*p.pairs[seedMatch] {
			return p
		}
	}
	return s.learn(chance, 0)
}

// learn parts the seeds of which a share may be variants.
func (s *seeds) learn(chance [MostAttributes]grades, variants float64) (p parted) {
	const rounds = 40
	typical := [seedVariant + 1]grades{
		{attributeExact: .8, attributeClose: .07, attributeAlike: .05, attributeUnlike: .08},
		{attributeExact: .45, attributeClose: .05, attributeAlike: .05, attributeUnlike: .45},
	}
	var ratios [seedStranger][MostAttributes]grades
	for class := range ratios {
		for k := range chance {
			ratios[class][k] = fallingRatios(typical[class], chance[k])
		}
	}
	var prior [doubts][seedClasses]float64
	for d := range prior {
		prior[d] = doubtfulShares(d, variants)
	}
	for range rounds {
		p = s.expect(&prior, &ratios, variants)
		for class := range ratios {
			for k := range chance {
				ratios[class][k] = fallingRatios(blendGrades(p.grades[class][k], typical[class], chance[k]), chance[k])
			}
		}
	}
	return p
}

// doubtfulShares are the shares of the classes among seeds of one doubt before
// anything is learnt.
func doubtfulShares(doubt int, variants float64) (shares [seedClasses]float64) {
	odds := math.Exp2(float64(doubt - doubts/2))
	shares[seedMatch] = (1 - variants) * odds / (1 + odds)
	shares[seedVariant] = variants
	shares[seedStranger] = (1 - variants) / (1 + odds)
	return shares
}

// expect counts pairs and grades by class, and learns the shares by doubt.
func (s *seeds) expect(prior *[doubts][seedClasses]float64, ratios *[seedStranger][MostAttributes]grades, variants float64) (p parted) {
	const pseudo = 5 // seeds as doubtful as the mixture before says
	var sums [doubts][seedClasses]float64
	var all [doubts]float64
	for i := range s.kinds {
		x := &s.kinds[i]
		odds, total := prior[x.doubt()], 0.0
		for class := range odds {
			for k := 0; class < seedStranger && k < MostAttributes; k++ {
				if g := x.grade(k); g != 0 {
					odds[class] *= ratios[class][k][g]
				}
			}
			total += odds[class]
		}
		all[x.doubt()] += x.weight
		for class := range odds {
			w := odds[class] / total * x.weight
			sums[x.doubt()][class] += w
			p.pairs[class] += w
			for k := range MostAttributes {
				if g := x.grade(k); g != 0 {
					p.grades[class][k][g] += w
				}
			}
		}
		x.match = odds[seedMatch] / total
	}
	for d := range prior {
		before := doubtfulShares(d, variants)
		for class := range prior[d] {
			prior[d][class] = (sums[d][class] + pseudo*before[class]) / (all[d] + pseudo)
		}
	}
	return p
}

// blendGrades are the shares of the grades of matches: few matches agree as
// often as is typical, and no share is nil.
func blendGrades(counts, typical, chance grades) grades {
	const pseudo = 5
	total := float64(pseudo)
	for _, n := range counts {
		total += n
	}
	for g := range counts {
		counts[g] = (counts[g] + pseudo*(typical[g]+chance[g])/2) / total
	}
	return counts
}

// usual is how often matches have each level of the scale of f.
func (s *seeds) usual(f *features, drawn drawnPairs) (levels share) {
	const pseudo = 1.
	compare, rows := newComparer(f), f.r.rows
	total := pseudo
	for i, p := range drawn.pairs {
		if s.of[i] < 0 {
			continue
		}
		if level := compare.attributesLevel(&rows[p.left()], &rows[p.right()]); level != 0 {
			w := s.kinds[s.of[i]].match
			levels[level] += w
			total += w
		}
	}
	for l := 1; l <= attributesLevels; l++ {
		levels[l] = (levels[l] + pseudo/attributesLevels) / total
	}
	return levels
}

// sameNamed counts the matches among pairs of one organisation's name, by the
// weight of its words.
func (s *seeds) sameNamed(drawn drawnPairs) (matches [64]float64) {
	for i, p := range drawn.patterns {
		if p.levels.of(fieldFirm) == firmExact && s.of[i] >= 0 {
			matches[p.rarity.of(slotFirm)] += s.kinds[s.of[i]].match * float64(drawn.share)
		}
	}
	return matches
}
