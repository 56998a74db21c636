package dedupe

// A day's new records are few beside those that are known: of a pass only the
// keys that a new record has are of interest.

const (
	filterBits = 21     // keys of new records are remembered by so many bits of their hash
	newBudget  = 50_000 // pairs that new records may spend, however few they are
)

// keyFilter remembers keys; it never forgets one, and seldom knows one that
// was not put in.
type keyFilter []uint64

func newKeyFilter() keyFilter { return make(keyFilter, 1<<(filterBits-6)) }

func (f keyFilter) place(key uint64) (word int, bit uint64) {
	h := key >> (64 - recordBits - filterBits) & (1<<filterBits - 1) // of the bits that sorted keeps
	return int(h >> 6), 1 << (h & 63)
}

func (f keyFilter) put(key uint64) {
	word, bit := f.place(key)
	f[word] |= bit
}

func (f keyFilter) has(key uint64) bool {
	word, bit := f.place(key)
	return f[word]&bit != 0
}

// sortedNew is sorted for the keys that new records have; of known records
// each every-th is looked at.
func (b *blocker) sortedNew(p pass, every uint64) []uint64 {
	k := keyer{b.f}
	filter := newKeyFilter()
	var own, keys []uint64
	for _, m := range b.fresh {
		own = p.keys(k, &b.f.r.rows[b.members[m]], &b.facets[m], own[:0])
		for _, key := range own {
			filter.put(key)
			keys = append(keys, key<<recordBits|uint64(m))
		}
	}
	for m, i := range b.members {
		rec := &b.f.r.rows[i]
		if rec.changed || every > 1 && mix(uint64(rec.key))%every != 0 {
			continue
		}
		own = p.keys(k, rec, &b.facets[m], own[:0])
		for _, key := range own {
			if filter.has(key) {
				keys = append(keys, key<<recordBits|uint64(m))
			}
		}
	}
	return radixSort(keys, make([]uint64, len(keys)), recordBits/8)
}

// estimateNew counts the pairs of a pass with a new record, of each every-th
// of the known ones.
func (b *blocker) estimateNew(p *plan, every uint64) {
	b.blocks(b.sortedNew(p.pass, every), func(block []uint64) {
		fresh := b.newIn(block)
		all := fresh + (int64(len(block))-fresh)*int64(every)
		p.report.Pairs += min(fresh, blockCap) * min(all, blockCap)
	})
}

// budgetOf is how many pairs the members may spend: new ones their share.
func (b *blocker) budgetOf(s Settings) int64 {
	n := float64(len(b.members))
	whole := max(s.PairsPerRecord*n, richBudget)
	if !b.onlyNew {
		return int64(whole)
	}
	share := min(2*float64(len(b.fresh))/n, 1) // of all pairs that have a new record
	return int64(max(whole*share, newBudget))
}
