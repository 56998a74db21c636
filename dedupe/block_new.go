package dedupe

import (
	"math"
	"math/bits"
)

// A day's new records are few beside those that are known: of a pass only the
// keys that a new record has are of interest.

const newBudget = 50_000 // pairs that new records may spend, however few they are

// keyFilter remembers keys; it never forgets one, and seldom knows one that
// was not put in. It is no larger than that takes, for a small one stays in
// the processor's cache.
type keyFilter []uint64

func newKeyFilter(keys int) keyFilter {
	const least, most, room = 14, 21, 16 // bits of the hash, and places for each key
	return make(keyFilter, 1<<(min(max(bits.Len(uint(room*keys)), least), most)-6))
}

func (f keyFilter) place(key uint64) (word int, bit uint64) {
	h := int(key) & (len(f)<<6 - 1) // of the bits that sorted keeps
	return h >> 6, 1 << (h & 63)
}

func (f keyFilter) put(key uint64) {
	word, bit := f.place(key)
	f[word] |= bit
}

func (f keyFilter) has(key uint64) bool {
	word, bit := f.place(key)
	return f[word]&bit != 0
}

// portion is some of the members, by number, with their facets.
type portion struct {
	members []uint32
	facets  []facets
}

func (p *portion) add(b *blocker, m int) {
	p.members, p.facets = append(p.members, uint32(m)), append(p.facets, b.facets[m])
}

// part tells new and changed members from known ones, and draws some of the known.
func (b *blocker) part() {
	for m, i := range b.members {
		switch rec := &b.f.r.rows[i]; {
		case rec.changed:
			b.fresh.add(b, m)
		case mix(uint64(rec.key))%sampleEvery == 0:
			b.drawn.add(b, m)
		}
	}
}

// everyone is all members; their numbers count up.
func (b *blocker) everyone() portion { return portion{facets: b.facets} }

// sortedNew is sorted for the keys that new records have, among them and
// the others given. New ones may be among the others.
func (b *blocker) sortedNew(p pass, others portion) []uint64 {
	k := keyer{b.f}
	filter := newKeyFilter(len(b.fresh.members))
	var own, keys []uint64
	for n, m := range b.fresh.members {
		own = p.keys(k, &b.f.r.rows[b.members[m]], &b.fresh.facets[n], own[:0])
		for _, key := range own {
			filter.put(key)
			keys = append(keys, key<<recordBits|uint64(m))
		}
	}
	for n := range others.facets {
		m := n
		if others.members != nil {
			m = int(others.members[n])
		}
		rec := &b.f.r.rows[b.members[m]]
		own = p.keys(k, rec, &others.facets[n], own[:0])
		for _, key := range own {
			if filter.has(key) && !rec.changed {
				keys = append(keys, key<<recordBits|uint64(m))
			}
		}
	}
	return radixSort(keys, make([]uint64, len(keys)), recordBits/8)
}

// estimateNew counts the pairs of a pass with a new record, from each every-th
// of the known ones.
func (b *blocker) estimateNew(p *plan, every uint64) {
	others := b.everyone()
	if every > 1 {
		others = b.drawn
	}
	b.blocks(b.sortedNew(p.pass, others), func(block []uint64) {
		fresh := b.newIn(block)
		all := fresh + (int64(len(block))-fresh)*int64(every)
		p.report.Pairs += min(fresh, blockCap) * min(all, blockCap)
	})
}

// pairsOf is the budget a record among n. The blocks of a pass grow with the
// file, so that a fixed budget pays for fewer passes, and true pairs are missed;
// beyond a million records it grows as well, slower than they do, for time and
// memory are bounded too. A budget that was set higher stays as it is.
func pairsOf(n, set float64) float64 {
	const (
		from     = 1e6 // records
		exponent = .4
		most     = 5.
	)
	return max(set, min(set*math.Pow(max(n/from, 1), exponent), most))
}

// budgetOf is how many pairs the members may spend: new ones their share.
func (b *blocker) budgetOf(s Settings) int64 {
	n := float64(len(b.members))
	whole := max(pairsOf(n, s.PairsPerRecord)*n, richBudget)
	if !b.onlyNew {
		return int64(whole)
	}
	share := min(2*float64(len(b.fresh.members))/n, 1) // of all pairs that have a new record
	return int64(max(whole*share, newBudget))
}
