package dedupe

import "slices"

// namedPairs draws pairs that have a part of a name in common, whatever else
// they have: blocking proposes those that agree in more. Equal records give
// equal pairs.
func (c *chances) namedPairs() []pair {
	const draws = 60_000
	if c.f.attributes.width == 0 || len(c.members) < 2 {
		return nil
	}
	holders := map[uint32][]uint32{} // records by part of a name
	var parts []uint32
	for _, i := range c.members {
		for _, part := range c.nameParts(parts[:0], i) {
			holders[part] = append(holders[part], i)
		}
	}
	var pairs []pair
	for t := range uint64(draws) {
		i := c.members[mix(t, 5)%uint64(len(c.members))]
		parts = c.nameParts(parts[:0], i)
		if len(parts) == 0 {
			continue
		}
		others := holders[parts[mix(t, 6)%uint64(len(parts))]]
		if j := others[mix(t, 7)%uint64(len(others))]; i != j {
			pairs = append(pairs, pairOf(i, j))
		}
	}
	slices.Sort(pairs)
	return slices.Compact(pairs)
}

// nameParts appends the words of an organisation's name, or the names of a person.
func (c *chances) nameParts(to []uint32, i uint32) []uint32 {
	rec := &c.f.r.rows[i]
	if rec.kind == organisation {
		return append(to, c.f.firms.of(rec.organisation)...)
	}
	for _, name := range []uint32{rec.given, rec.family} {
		if name != 0 {
			to = append(to, name)
		}
	}
	return to
}
