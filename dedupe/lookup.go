package dedupe

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
)

const (
	lookupBlock    = 256 // records of one key that an index keeps
	lookupCompared = 256 // records compared for one reading, those under the rarest keys first
	alike          = 500 // millibits; nearer scores are as good as equal
)

// Index finds the records that are most like one that is not among them. It
// is built once over frozen records, never changes, and may be used by any
// number of goroutines. Beside the records it holds up to eight bytes for each
// blocking key of each record, about 220 bytes a record.
type Index struct {
	f       *features
	parts   [2]partIndex
	newWord [2]int32 // weight of a word that no organisation has, and no employer
	scratch sync.Pool
}

// partIndex serves one kind of party.
type partIndex struct {
	part   *partModel
	scorer *scorer // nil where the model matches nothing
	lists  []keyList
}

// keyList are the keys of one blocking pass: hash above, number of the member
// below, ascending.
type keyList struct {
	pass    pass
	entries []uint64
	starts  []uint32 // first entry by the upper bits of the hash
	shift   uint8    // leaves of an entry the upper bits
}

// NewIndex prepares frozen records for Find with a trained model. It fails on
// a cancelled context, records that were not frozen, or duplicate keys.
func NewIndex(ctx context.Context, r *Records, names *Names, m *Model, workers int) (*Index, error) {
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("index records: %w", err)
	}
	r.tellOfMentions()
	x := &Index{f: r.features(names, 1)}
	for k := range x.parts {
		members := x.f.parts[k]
		x.parts[k].part = &m.parts[k]
		if m.parts[k].Reason != "" || len(members) == 0 {
			continue
		}
		if len(members) >= 1<<recordBits {
			return nil, fmt.Errorf("index records: %d records of one kind: at most %d can be looked up", len(members), 1<<recordBits)
		}
		x.parts[k].scorer = newScorer(x.parts[k].part, x.f, members)
		passes := personPasses()
		if kind(k) == organisation {
			passes = firmPasses()
		}
		x.parts[k].lists = make([]keyList, len(passes))
		b, err := newBlocker(ctx, x.f, members, workers)
		if err == nil {
			err = parallel(ctx, workers, len(passes), func(i int) { x.parts[k].lists[i] = newKeyList(b, passes[i]) })
		}
		if err != nil {
			return nil, fmt.Errorf("index records: %w", err)
		}
	}
	var totals [2]int64
	for id, n := range x.f.counts.firm[1:] {
		totals[namesEmployer(r.firms.bytes(uint32(id+1)))] += int64(n)
	}
	x.newWord = [2]int32{wordWeight(totals[0], 1), wordWeight(totals[1], 1)}
	x.scratch.New = func() any { return newLookup(x) }
	return x, nil
}

// newKeyList sorts the keys of a pass; of a key that many records share the
// first ones are kept, for such a key finds nobody.
func newKeyList(b *blocker, p pass) keyList {
	sorted := b.sorted(p, 1)
	kept := sorted[:0]
	run := 0
	for i, e := range sorted {
		if i == 0 || sorted[i]>>recordBits != kept[len(kept)-1]>>recordBits {
			run = 0
		}
		if run++; run <= lookupBlock {
			kept = append(kept, e)
		}
	}
	l := keyList{pass: p, entries: append(make([]uint64, 0, len(kept)), kept...)}
	const perStart = 4 // entries that share their upper bits, about
	upper := max(bits.Len(uint(len(kept)/perStart)), 1)
	l.shift = uint8(64 - upper)
	l.starts = make([]uint32, 1<<upper+1)
	for _, e := range l.entries {
		l.starts[e>>l.shift+1]++
	}
	for i := 1; i < len(l.starts); i++ {
		l.starts[i] += l.starts[i-1]
	}
	return l
}

// block returns the entries of a key.
func (l *keyList) block(key uint64) []uint64 {
	e := key << recordBits
	from, end := l.starts[e>>l.shift], l.starts[e>>l.shift+1]
	for from < end && l.entries[from]>>recordBits < e>>recordBits {
		from++
	}
	to := from
	for to < end && l.entries[to]>>recordBits == e>>recordBits {
		to++
	}
	return l.entries[from:to]
}

// Finding is one customer that a query may mean.
type Finding struct {
	Customer    int64 // customer key; 0 where the record has none
	Explanation       // of its record most like the query, which is Left; Right is 0
}

// Found is the answer of an Index.
type Found struct {
	Findings []Finding // best first; of equal ones the smallest keys
	Compared int       // records
	Alike    int       // customers as near as the best one, itself included
	LeftOut  bool      // records that share a key with the query were too many to compare them all
	Reason   string    // why nothing could be looked up, "" where it could
}

// ErrEmptyQuery is returned where a query holds nothing that is compared.
var ErrEmptyQuery = errors.New("nothing to look up: no name, birth date, e-mail, phone or id")

// Find returns at most limit customers that the query may mean. The rows of query (schemas.PartySchema, columns may be missing)
// are readings of one party, as a person and as an organisation; the best
// counts. It is as exact as Explain: the score is the one the query would have
// as a record of the file. It fails with ErrEmptyQuery, or where a column has
// another type than the schema says.
func (x *Index) Find(query arrow.RecordBatch, limit int) (Found, error) {
	l, ok := x.scratch.Get().(*lookup)
	if !ok {
		l = newLookup(x)
	}
	defer x.scratch.Put(l)
	return l.find(query, limit)
}
