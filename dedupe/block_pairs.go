package dedupe

import (
	"context"
	"sync"
)

// pairSet gathers what the passes propose, each pair once with the number of
// the cheapest pass that proposes it. Passes propose true pairs again and
// again; the set forgets the repetitions as it grows, so that it is never much
// larger than what it holds. Any number of goroutines may add to it.
type pairSet struct {
	buckets []pairBucket
	shift   uint // of a left record number: its bucket
	scratch sync.Pool
}

// pairBucket holds the pairs of a range of left records.
type pairBucket struct {
	sync.Mutex
	pairs []uint64 // pair above, number of the pass in the low byte
	tidy  int      // so many at the beginning are sorted, each pair once
}

const (
	passBits    = 8   // of a gathered pair; the pair is above
	mostBuckets = 512 // so that a bucket of many records fits a processor's cache
	staged      = 128 // pairs that wait before a bucket is locked for them
)

func newPairSet(records int) *pairSet {
	s := &pairSet{}
	for records>>s.shift >= mostBuckets {
		s.shift++
	}
	s.buckets = make([]pairBucket, records>>s.shift+1)
	return s
}

// pairSink adds the pairs of one pass to a set.
type pairSink struct {
	set    *pairSet
	pass   uint64
	staged [][]uint64 // by bucket
}

func (s *pairSet) sink(pass int) *pairSink {
	sink := &pairSink{set: s, pass: uint64(pass), staged: make([][]uint64, len(s.buckets))}
	room := make([]uint64, staged*len(s.buckets))
	for i := range sink.staged {
		sink.staged[i] = room[i*staged : i*staged : (i+1)*staged]
	}
	return sink
}

func (k *pairSink) add(x, y uint32) {
	p := pairOf(x, y)
	at := p.left() >> k.set.shift
	waiting := append(k.staged[at], uint64(p)<<passBits|k.pass)
	if len(waiting) == staged {
		k.set.put(&k.set.buckets[at], waiting)
		waiting = waiting[:0]
	}
	k.staged[at] = waiting
}

// flush adds what still waits; call it once after the last add.
func (k *pairSink) flush() {
	for at, waiting := range k.staged {
		k.set.put(&k.set.buckets[at], waiting)
	}
}

func (s *pairSet) put(b *pairBucket, pairs []uint64) {
	b.Lock()
	defer b.Unlock()
	if len(b.pairs)+len(pairs) > cap(b.pairs) && len(b.pairs) > 2*b.tidy {
		s.tidy(b)
	}
	b.pairs = append(b.pairs, pairs...)
}

// tidy sorts a bucket and keeps each pair once, with its cheapest pass.
func (s *pairSet) tidy(b *pairBucket) {
	if len(b.pairs) == b.tidy {
		return
	}
	scratch, _ := s.scratch.Get().(*[]uint64)
	if scratch == nil {
		scratch = new([]uint64)
	}
	if len(*scratch) < len(b.pairs) {
		*scratch = make([]uint64, len(b.pairs)+len(b.pairs)/4)
	}
	sorted := radixSort(b.pairs, (*scratch)[:len(b.pairs)], 0)
	kept := b.pairs[:0]
	for i, x := range sorted {
		if i == 0 || x>>passBits != sorted[i-1]>>passBits {
			kept = append(kept, x)
		}
	}
	b.pairs, b.tidy = kept, len(kept)
	s.scratch.Put(scratch)
}

// within lists the pairs, ascending, of as many of the cheapest passes as keep
// the pairs within the budget, and their number. The set is empty afterwards.
func (s *pairSet) within(ctx context.Context, budget int64, passes, workers int) (pairs []pair, taken int, err error) {
	proposed := make([][1 << passBits]int64, len(s.buckets)) // pairs by bucket and pass
	err = parallel(ctx, workers, len(s.buckets), func(i int) {
		s.tidy(&s.buckets[i])
		for _, x := range s.buckets[i].pairs {
			proposed[i][x&(1<<passBits-1)]++
		}
	})
	if err != nil {
		return nil, 0, err
	}
	sum := int64(0)
	for taken < passes {
		more := int64(0)
		for i := range proposed {
			more += proposed[i][taken]
		}
		if sum+more > budget {
			break
		}
		sum += more
		taken++
	}
	pairs = make([]pair, 0, sum)
	for i := range s.buckets {
		for _, x := range s.buckets[i].pairs {
			if int(x&(1<<passBits-1)) < taken {
				pairs = append(pairs, pair(x>>passBits))
			}
		}
		s.buckets[i].pairs = nil
	}
	return pairs, taken, nil
}
