package dedupe

import (
	"math"
	"slices"
)

// What strangers who have names in common share beside them.

// drawNamesakes compares pairs of records with one key, drawn evenly among all
// such pairs that both have an e-mail address, and counts those.
func (c *chances) drawNamesakes(names int, key func(r *record) uint64) {
	list := make([]uint64, 0, len(c.members)) // hash above, member number below
	for m, i := range c.members {
		r := &c.f.r.rows[i]
		if k := key(r); k != 0 && r.emails[0] != 0 {
			list = append(list, mix(k)<<recordBits|uint64(m))
		}
	}
	list = radixSort(list, make([]uint64, len(list)), 0)
	type group struct{ start, size, before uint64 }
	var groups []group
	total := uint64(0)
	for start := 0; start < len(list); {
		end := start + 1
		for end < len(list) && list[end]>>recordBits == list[start]>>recordBits {
			end++
		}
		if size := uint64(end - start); size > 1 {
			groups = append(groups, group{uint64(start), size, total})
			total += size * (size - 1) / 2
		}
		start = end
	}
	member := func(at uint64) uint32 { return c.members[list[at]&(1<<recordBits-1)] }
	compare := newComparer(c.f)
	var drawn []sample
	for t := range min(total, namesakePairs) {
		rank := t
		if total > namesakePairs {
			rank = mix(t, 3) % total
		}
		g, _ := slices.BinarySearchFunc(groups, rank, func(g group, rank uint64) int {
			if g.before > rank {
				return 1
			}
			return -1
		})
		at := groups[g-1]
		i, j := unrank(rank-at.before, at.size)
		drawn = append(drawn, sample{compare.compare(member(at.start+i), member(at.start+j)), 1})
	}
	c.namesakes[names], c.namesakePairs[names] = newSampleSet(drawn), float64(total)
}

// unrank returns the pair of the given number among those of n things.
func unrank(rank, n uint64) (i, j uint64) {
	j = uint64((1 + math.Sqrt(1+8*float64(rank))) / 2)
	for j*(j-1)/2 > rank {
		j--
	}
	for (j+1)*j/2 <= rank {
		j++
	}
	return rank - j*(j-1)/2, min(j, n-1)
}

// namesakeEmails is how often the e-mail addresses of strangers who have names
// in common agree. Before anything is learnt most equal addresses are those of
// one person: to count them as strangers' would teach that they say nothing.
// Later too EM would go there by itself, pair by pair: who moved looks like a
// stranger, and the more strangers share an address, the less it speaks for
// one person. But an address is given out once, so that few can.
func (c *chances) namesakeEmails(m *mixture, names int, explained *tally) share {
	const (
		pseudo = 20         // pairs that pull towards what is typical
		atMost = 1. / 16384 // of strangers have one address because they have one name
	)
	seen := m.strangersIn(c.namesakes[names])[fieldEmail]
	if m.isNew() {
		seen[emailExact], seen[emailLocal] = 0, 0
	}
	typical := m.chance[fieldEmail]
	near, similar := typicalNamesakeEmails(names)
	typical = withFirst(typical, emailNear, max(near, typical[emailNear]), levelCountOf(fieldEmail))
	typical = withFirst(typical, emailSemi, max(similar, typical[emailSemi]), levelCountOf(fieldEmail))
	s := blend(seen, typical, pseudo, levelCountOf(fieldEmail))
	local := max(min(s[emailLocal], atMost), m.chance[fieldEmail][emailLocal]) // no more seldom than among all
	if names == sameFull {
		// At another domain one rule makes one local part of one name. Few rules in
		// use are no habit of the file: most of their bearers have other addresses.
		local = max(local, c.schemes*c.schemes)
	}
	s = withFirst(s, emailLocal, local, levelCountOf(fieldEmail))
	s = withFirst(s, emailExact, min(s[emailExact], max(atMost, m.chance[fieldEmail][emailExact])), levelCountOf(fieldEmail))
	return c.raiseMailed(s, m, names, explained)
}

// placeOfNames is log2 of how much oftener strangers of one given name live in
// one town than any two: names go by language, and languages by country. Those
// of one whole name would tell more, were not so many of them one person.
func (c *chances) placeOfNames(m *mixture) float64 {
	const (
		pseudo = 500 // pairs that live no nearer than others
		most   = 4
	)
	if m.isNew() {
		return 0
	}
	chance := m.chance[fieldAddress]
	apart := chance[addressCity] + chance[addressPostcode]
	namesakes, known := m.strangersIn(c.namesakes[sameGiven])[fieldAddress], 0.0
	for _, pairs := range namesakes[1:] {
		known += pairs
	}
	share := (namesakes[addressCity] + namesakes[addressPostcode] + pseudo*apart) / (known + pseudo)
	return min(max(math.Log2(share/apart), 0), most)
}

// likeNamesakes is namesakeEmails for strangers whose names are no more than
// alike: most of them have two names, and addresses made of two names are alike
// as the names are, but seldom equal.
func likeNamesakes(same, chance share) share {
	const one = 1. / 8 // of them are of one name, misspelt or cut to its initial
	count := levelCountOf(fieldEmail)
	s := withFirst(same, emailLocal, max(one*same[emailLocal], chance[emailLocal]), count)
	return withFirst(s, emailExact, max(one*same[emailExact], chance[emailExact]), count)
}
