package dedupe

import "math"

// Attributes are learnt in three steps. A mixture without them says how likely
// pairs are one party; of those whose names agree, and of the likely ones, what
// attributes they have in common parts the matches from strangers of one name
// (see seeds). How often the values of an attribute agree in the matches and
// elsewhere makes the scale, and the mixture is learnt anew with all attributes
// as one field. An attribute that agrees no oftener in matches than elsewhere
// (the number or source of a row, the moment it was written) is worth nothing.

// learntScale is what the attributes of one kind of party are worth, and the
// pairs that told it.
type learntScale struct {
	scale attributeScale
	seeds *seeds
}

// learnScale makes the scale of the attributes of one kind of party; nil where
// they are worth nothing.
func (t *training) learnScale(m *mixture) *learntScale {
	const fewest = 10 // matches that can teach anything
	c, facts := t.chances, &t.f.attributes
	if facts.width == 0 {
		return nil
	}
	var none [MostAttributes]grades
	seeds := c.newSeeds(m, t.drawn, t.samples)
	named := seeds.chanceOfNamed(c.attributesByChance(none))
	parted := seeds.part(named, t.kind == organisation)
	if parted.pairs[seedMatch] < fewest {
		return nil
	}
	match := parted.grades[seedMatch]
	chance := c.attributesByChance(match)
	scale, isWorth := make(attributeScale, facts.width), false
	for k := range scale {
		scale[k] = weighAttribute(match[k], parted.others(k, named[k]), chance[k][attributeExact], float64(facts.filled[k]))
		isWorth = isWorth || !scale[k].isNothing()
	}
	if !isWorth {
		return nil
	}
	return &learntScale{scale, seeds}
}

// others is how often the seeds that are no match have each grade of attribute
// k; where there are few, as strangers of like names have.
func (p *parted) others(k int, named grades) grades {
	const pseudo = 50
	total := 0.0
	for g := range named {
		total += p.grades[seedVariant][k][g] + p.grades[seedStranger][k][g]
	}
	for g := range named {
		named[g] = (p.grades[seedVariant][k][g] + p.grades[seedStranger][k][g] + pseudo*named[g]) / (total + pseudo)
	}
	return named
}

// grades count the pairs in which an attribute is known of both, by grade.
type grades [attributeGrades]float64

func (c *comparer) countGrades(a, b *record, w float64, to *[MostAttributes]grades) {
	if a.attributes == 0 || b.attributes == 0 {
		return
	}
	theirs := c.f.attributes.of(b.attributes)
	for k, x := range c.f.attributes.of(a.attributes) {
		if x != 0 && theirs[k] != 0 {
			to[k][c.attributeGrade(x, theirs[k])] += w
		}
	}
}

// attributesByChance is how often strangers have each grade: equal values by
// their counts, without those of matches, the others in pairs drawn by hash.
func (c *chances) attributesByChance(match [MostAttributes]grades) [MostAttributes]grades {
	const draws, least = 200_000, .1
	var counts [MostAttributes]grades
	compare, rows, n := newComparer(c.f), c.f.r.rows, uint64(len(c.members))
	for t := range uint64(draws) {
		if i, j := mix(t, 3)%n, mix(t, 4)%n; i != j {
			compare.countGrades(&rows[c.members[i]], &rows[c.members[j]], 1, &counts)
		}
	}
	equal := c.equalAttributes()
	for k := range counts {
		total, filled := 0.0, float64(c.f.attributes.filled[k])
		for _, count := range counts[k] {
			total += count
		}
		if total == 0 || filled < 2 {
			continue
		}
		exact := max(equal[k]-match[k][attributeExact], least*equal[k], 1) / (filled * (filled - 1) / 2)
		others := total - counts[k][attributeExact]
		for g := range counts[k] {
			if others > 0 {
				counts[k][g] *= (1 - exact) / others
			}
		}
		counts[k][attributeExact] = exact
	}
	return counts
}

// equalAttributes counts the pairs of records with one value.
func (c *chances) equalAttributes() (pairs [MostAttributes]float64) {
	facts := &c.f.attributes
	seen := map[[2]int32]bool{} // numbers that are written in two ways count together
	for v := 1; v < facts.values.len(); v++ {
		k := facts.values.bytes(uint32(v))[0]
		if rank := facts.rank[v]; rank >= 0 {
			number := [2]int32{int32(k), rank}
			if seen[number] {
				continue
			}
			seen[number] = true
		}
		n := float64(facts.count[v])
		pairs[k] += n * (n - 1) / 2
	}
	return pairs
}

// weighAttribute is what the grades of an attribute are worth.
// chance is how often pairs have them that are none, of those that could be one;
// equal is how often strangers have one value, and filled how many have any.
func weighAttribute(match, chance grades, equal, filled float64) (w attributeWeights) {
	const (
		pseudo = 10.  // pairs that say nothing
		least  = 1e-6 // share of strangers
		worth  = .1   // bits that an attribute must be worth in a match
	)
	total := pseudo
	for _, n := range match {
		total += n
	}
	for g := range match {
		chance[g] = max(chance[g], least)
		match[g] = (match[g] + pseudo*chance[g]) / total
	}
	ratios := fallingRatios(match, chance)
	gain := 0.0
	for g := attributeExact; g < attributeGrades; g++ {
		gain += match[g] * math.Log2(ratios[g])
	}
	if gain < worth || ratios[attributeExact] <= 1 {
		return w
	}
	const most = 10 * millibit
	for g := attributeExact; g < attributeGrades; g++ {
		w.Grades[g] = min(max(millibits(math.Log2(ratios[g])), -most), most)
	}
	for code := 1; code < 64; code++ {
		others := max(decoded(code)-1, .5) / max(filled, 2)
		bits := math.Log2(ratios[attributeExact] * equal / others)
		w.Exact[code] = min(max(millibits(bits), 0), most)
	}
	return w
}

// fallingRatios are the ratios of match to chance by grade, with neighbours that
// rise taken together.
func fallingRatios(match, chance grades) (ratios grades) {
	for g := attributeExact; g < attributeGrades; {
		end, best := g, 0.0
		m, u := 0.0, 0.0
		for to := g; to < attributeGrades; to++ {
			if m, u = m+match[to], u+chance[to]; m/u >= best {
				end, best = to, m/u
			}
		}
		for ; g <= end; g++ {
			ratios[g] = best
		}
	}
	return ratios
}
