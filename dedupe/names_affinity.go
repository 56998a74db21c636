package dedupe

import "slices"

// affinity is how much oftener than independent names the given and the family
// name of two strangers meet in one record. It is told without full names that
// are equal, for most of those are duplicates: a record that shares its given
// name with one and its family name with another links their other two names,
// which then are of one language. How often those two make a full name, against
// how often they would if names were independent, is what language does.
func (c *chances) countAffinity() {
	const (
		most  = 1 << 16 // records that are looked at
		draws = 4       // links of each record
		few   = 20.     // full names that pull towards independence
	)
	sparing := uint64(1)
	for uint64(len(c.members))/sparing > most {
		sparing *= 2
	}
	var byGiven, byFamily namePairs
	for _, i := range c.members {
		r := &c.f.r.rows[i]
		if !c.f.name[r.given].known || !c.f.name[r.family].known || mix(uint64(r.key), 5)%sparing != 0 {
			continue
		}
		given, family := uint64(c.f.r.names.hashOf(r.given)), uint64(c.f.r.names.hashOf(r.family))
		byGiven, byFamily = append(byGiven, given<<32|family), append(byFamily, family<<32|given)
	}
	slices.Sort(byGiven)
	slices.Sort(byFamily)
	found, expected := few, few
	for i, name := range byGiven {
		given, family := name>>32, name&(1<<32-1)
		withGiven, withFamily := byGiven.of(given), byFamily.of(family)
		for t := range uint64(draws) {
			otherFamily := withGiven[mix(uint64(i), t, 1)%uint64(len(withGiven))] & (1<<32 - 1)
			otherGiven := withFamily[mix(uint64(i), t, 2)%uint64(len(withFamily))] & (1<<32 - 1)
			if otherFamily == family || otherGiven == given {
				continue
			}
			expected += float64(len(byGiven.of(otherGiven))) * float64(len(byFamily.of(otherFamily))) / float64(len(byGiven))
			found += float64(byGiven.count(otherGiven<<32 | otherFamily))
		}
	}
	c.affinity = max(found/expected, 1)
}

// namePairs are pairs of names, by their hashes, in order.
type namePairs []uint64

// of lists the pairs with a first name.
func (p namePairs) of(first uint64) namePairs {
	from, _ := slices.BinarySearch(p, first<<32)
	rest := p[from:]
	to, _ := slices.BinarySearch(rest, (first+1)<<32)
	return rest[:to]
}

// count is how often a pair is met.
func (p namePairs) count(pair uint64) int {
	from, _ := slices.BinarySearch(p, pair)
	to, _ := slices.BinarySearch(p, pair+1)
	return to - from
}
