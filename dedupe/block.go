package dedupe

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

const (
	allPairsLimit = 2_000_000 // so many pairs are compared without blocking
	blockCap      = 100       // larger blocks are split by a further key
	windowSize    = 8         // neighbours compared in blocks that no key splits
	richBudget    = 1_000_000 // pairs that small files may spend whatever their budget a record
	recordBits    = 24        // of a blocking key; the rest is hash
	sampleFrom    = 100_000   // records from which the cost of passes is estimated
	sampleEvery   = 16        // from one key in so many
)

// pair is two record numbers, the smaller first, 28 bits each.
type pair uint64

const pairBits = 28

func pairOf(i, j uint32) pair {
	if i > j {
		i, j = j, i
	}
	return pair(i)<<pairBits | pair(j)
}

func (p pair) left() uint32  { return uint32(p >> pairBits) }
func (p pair) right() uint32 { return uint32(p & (1<<pairBits - 1)) }

// blocker proposes pairs among the records of one kind.
type blocker struct {
	f       *features
	members []uint32
	budget  int64
	onlyNew bool     // pairs of two unchanged records are of no interest
	facets  []facets // of the members
	workers int

	// where only new records count
	fresh portion // new or changed members
	drawn portion // of the others each sampleEvery-th, by hash
}

// newBlocker gathers what blocking the members needs.
func newBlocker(ctx context.Context, f *features, members []uint32, workers int) (*blocker, error) {
	const chunk = 1 << 14
	b := &blocker{f: f, members: members, facets: make([]facets, len(members)), workers: workers}
	k := keyer{f}
	return b, parallel(ctx, workers, (len(members)+chunk-1)/chunk, func(n int) {
		for m := n * chunk; m < min((n+1)*chunk, len(members)); m++ {
			b.facets[m] = k.facets(&f.r.rows[members[m]])
		}
	})
}

// pairs returns the candidate pairs in ascending order, and what each pass gave.
func (b *blocker) pairs(ctx context.Context, passes []pass) ([]pair, []Pass, error) {
	n := int64(len(b.members))
	if n*(n-1)/2 <= allPairsLimit {
		return b.everyPair(), nil, ctx.Err()
	}
	plans, err := b.affordable(ctx, passes)
	if err != nil {
		return nil, nil, err
	}
	set := newPairSet(len(b.f.r.rows))
	err = parallel(ctx, b.workers, len(plans), func(i int) {
		if plans[i].report.Taken {
			b.emit(plans[i].pass, set.sink(i))
		}
	})
	if err != nil {
		return nil, nil, err
	}
	pairs, taken, err := set.within(ctx, b.budget, len(plans), b.workers)
	reports := make([]Pass, len(plans))
	for i := range plans {
		reports[i] = plans[i].report
		reports[i].Taken = reports[i].Taken && i < taken
	}
	return pairs, reports, err
}

// affordable estimates the pairs of each pass, cheapest first, and marks those
// to take: passes propose true pairs again and again, so that several times
// the budget may be proposed.
func (b *blocker) affordable(ctx context.Context, passes []pass) ([]plan, error) {
	const overlap = 4
	every := uint64(1)
	if len(b.members) >= sampleFrom {
		every = sampleEvery
	}
	plans := make([]plan, len(passes))
	err := parallel(ctx, b.workers, len(passes), func(i int) {
		plans[i] = plan{pass: passes[i], report: Pass{Name: passes[i].name}}
		b.estimate(&plans[i], every)
	})
	slices.SortStableFunc(plans, func(x, y plan) int { return cmp.Compare(x.report.Pairs, y.report.Pairs) })
	raw := int64(0)
	for i := range plans {
		raw += plans[i].report.Pairs
		plans[i].report.Taken = raw <= overlap*b.budget
	}
	return plans, err
}

func (b *blocker) everyPair() []pair {
	n := len(b.members)
	pairs := make([]pair, 0, n*(n-1)/2)
	for i, x := range b.members {
		for _, y := range b.members[i+1:] {
			if b.wanted(x, y) {
				pairs = append(pairs, pairOf(x, y))
			}
		}
	}
	return pairs
}

func (b *blocker) wanted(x, y uint32) bool {
	return x != y && (!b.onlyNew || b.f.r.rows[x].changed || b.f.r.rows[y].changed)
}

// plan is a pass and what it costs.
type plan struct {
	pass   pass
	report Pass
}

// sorted lists the keys of a pass (hash above, member number below), of each
// every-th hash only.
func (b *blocker) sorted(p pass, every uint64) []uint64 {
	k := keyer{b.f}
	keys := make([]uint64, 0, len(b.members)/int(every)+len(b.members)/64)
	var own []uint64
	for m, i := range b.members {
		own = p.keys(k, &b.f.r.rows[i], &b.facets[m], own[:0])
		for _, key := range own {
			if key&(every-1) == 0 {
				keys = append(keys, key<<recordBits|uint64(m))
			}
		}
	}
	return radixSort(keys, make([]uint64, len(keys)), recordBits/8)
}

// estimate counts the pairs of a pass from each every-th of its keys.
func (b *blocker) estimate(p *plan, every uint64) {
	if b.onlyNew {
		b.estimateNew(p, every)
		return
	}
	b.blocks(b.sorted(p.pass, every), func(block []uint64) {
		size := int64(len(block))
		switch {
		case size > blockCap:
			p.report.Split++
			p.report.Pairs += size * windowSize * 2
		default:
			p.report.Pairs += size * (size - 1) / 2
		}
	})
	p.report.Pairs *= int64(every)
	p.report.Split *= int(every)
}

func (b *blocker) newIn(block []uint64) int64 {
	count := int64(0)
	for _, k := range block {
		if b.f.r.rows[b.member(k)].changed {
			count++
		}
	}
	return count
}

func (b *blocker) member(key uint64) uint32 { return b.members[key&(1<<recordBits-1)] }

// blocks calls use for each run of equal hashes of at least two members.
func (b *blocker) blocks(keys []uint64, use func(block []uint64)) {
	for start := 0; start < len(keys); {
		end := start + 1
		for end < len(keys) && keys[end]>>recordBits == keys[start]>>recordBits {
			end++
		}
		if end-start > 1 {
			use(keys[start:end])
		}
		start = end
	}
}

// emit proposes the pairs of a pass.
func (b *blocker) emit(p pass, to *pairSink) {
	keys := func() []uint64 { return b.sorted(p, 1) }
	if b.onlyNew {
		keys = func() []uint64 { return b.sortedNew(p, b.everyone()) }
	}
	b.blocks(keys(), func(block []uint64) {
		if len(block) <= blockCap {
			b.cross(block, len(block), to)
			return
		}
		for _, key := range subKeys() {
			b.split(block, key, to)
		}
	})
	to.flush()
}

// cross adds the pairs of members at most window places apart.
func (b *blocker) cross(block []uint64, window int, to *pairSink) {
	for i := range block {
		x := b.member(block[i])
		for _, k := range block[i+1 : min(i+1+window, len(block))] {
			if y := b.member(k); b.wanted(x, y) {
				to.add(x, y)
			}
		}
	}
}

// split sorts an oversized block by a further key. What is still over the cap
// is compared by neighbourhood.
func (b *blocker) split(block []uint64, key subKey, to *pairSink) {
	k := keyer{b.f}
	sub := make([]uint64, 0, len(block))
	for _, m := range block {
		number := m & (1<<recordBits - 1)
		if h := key(k, &b.f.r.rows[b.members[number]], &b.facets[number]); h != 0 {
			sub = append(sub, h<<recordBits|number)
		}
	}
	slices.Sort(sub)
	b.blocks(sub, func(part []uint64) {
		if len(part) <= blockCap {
			b.cross(part, len(part), to)
			return
		}
		b.cross(part, windowSize, to)
	})
}

type subKey func(k keyer, rec *record, a *facets) uint64

// subKeys split blocks over the cap.
func subKeys() []subKey {
	one := func(parts ...uint64) uint64 {
		for _, p := range parts {
			if p == 0 {
				return 0
			}
		}
		return mix(parts...)
	}
	return []subKey{
		func(k keyer, r *record, _ *facets) uint64 {
			return one(uint64(k.f.r.names.hashOf(r.given)), uint64(k.f.r.names.hashOf(r.family)))
		},
		func(_ keyer, _ *record, a *facets) uint64 { return one(uint64(a.birth)) },
		func(_ keyer, _ *record, a *facets) uint64 { return one(uint64(a.postcode), uint64(a.number)) },
		func(k keyer, r *record, _ *facets) uint64 {
			return one(uint64(k.f.r.emails.hashOf(r.emails[0])) | uint64(k.f.r.phones.hashOf(r.phones[0])))
		},
		func(k keyer, r *record, _ *facets) uint64 { return one(uint64(k.f.r.firms.hashOf(r.organisation))) },
	}
}

// parallel calls do for 0..n-1 on at most workers goroutines and waits.
func parallel(ctx context.Context, workers, n int, do func(i int)) error {
	work := make(chan int)
	var wait sync.WaitGroup
	for range min(max(workers, 1), max(n, 1)) {
		wait.Go(func() {
			for i := range work {
				if ctx.Err() == nil {
					do(i)
				}
			}
		})
	}
	for i := range n {
		work <- i
	}
	close(work)
	wait.Wait()
	return ctx.Err()
}
