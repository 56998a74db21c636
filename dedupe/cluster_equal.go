package dedupe

import "slices"

// equalSets lists the sets of members, ascending, that are equal in all that is
// compared and hold enough to be somebody: an organisation's name, or a
// person's whole name and something beside it. However weak the evidence of
// each value is, nothing tells such records apart.
func (f *features) equalSets(members []uint32) [][]uint32 {
	const hashLow = recordBits / 8
	keys := make([]uint64, 0, len(members))
	for at, m := range members {
		if r := &f.r.rows[m]; r.isSomebody() {
			keys = append(keys, r.contentHash()>>recordBits<<recordBits|uint64(at))
		}
	}
	keys = radixSort(keys, make([]uint64, len(keys)), hashLow)
	var sets [][]uint32
	compare := newComparer(f)
	for start := 0; start < len(keys); {
		end := start + 1
		for end < len(keys) && keys[end]>>recordBits == keys[start]>>recordBits {
			end++
		}
		if end-start > 1 {
			sets = f.appendEqual(sets, members, keys[start:end], compare)
		}
		start = end
	}
	slices.SortFunc(sets, func(a, b []uint32) int { return int(a[0]) - int(b[0]) })
	return sets
}

// appendEqual appends the sets of equal records among those with one hash. What
// nobody understands may tell them apart.
func (f *features) appendEqual(sets [][]uint32, members []uint32, keys []uint64, c *comparer) [][]uint32 {
	first := len(sets)
	for _, k := range keys {
		m := members[k&(1<<recordBits-1)]
		content := f.r.rows[m].content()
		at := slices.IndexFunc(sets[first:], func(set []uint32) bool {
			return f.r.rows[set[0]].content() == content && c.attributesLevel(&f.r.rows[set[0]], &f.r.rows[m]) <= attributesNeither
		})
		if at < 0 {
			sets = append(sets, []uint32{m})
			continue
		}
		sets[first+at] = append(sets[first+at], m)
	}
	return slices.DeleteFunc(sets, func(set []uint32) bool { return len(set) < 2 })
}

func (r *record) isSomebody() bool {
	if r.kind == organisation {
		return r.organisation != 0
	}
	return r.given != 0 && r.family != 0 &&
		(r.birth != 0 || r.nationalID != 0 || r.street != 0 || r.emails[0] != 0 || r.phones[0] != 0)
}

// content is r without what tells where it comes from.
func (r *record) content() record {
	c := *r
	c.key, c.customer, c.changed, c.source, c.country, c.attributes = 0, 0, false, 0, 0, 0
	return c
}

func (r *record) contentHash() uint64 {
	both := func(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }
	return mix(both(r.given, r.family), both(r.middle, uint32(r.birth)), both(r.street, r.number), both(r.postcode, r.city),
		both(r.emails[0], r.phones[0]), both(r.nationalID, r.organisation), both(r.maker, r.alias))
}

// bound is the forest of what evidence does not part: what people decided to
// be one, and equal records, unless a decision or their source parts them; nil
// where there is neither.
func (u *rules) bound(equal [][]uint32) forest {
	if len(equal) == 0 {
		return u.judged
	}
	join := func(parted map[uint32]bool, roots forest) forest {
		f := newForest(len(u.r.rows))
		copy(f, u.judged)
		for _, set := range equal {
			if u.partsAny(set) || len(parted) > 0 && parted[roots[set[0]]] {
				continue
			}
			for _, m := range set[1:] {
				f.join(set[0], m)
			}
		}
		f.flatten()
		return f
	}
	f := join(nil, nil)
	parted := map[uint32]bool{}
	for p := range u.forbidden {
		if root := f[p.left()]; root == f[p.right()] {
			parted[root] = true
		}
	}
	if len(parted) > 0 {
		return join(parted, f)
	}
	return f
}
