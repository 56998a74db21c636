package recognise

import (
	"maps"

	"github.com/zeebo/xxh3"

	"loadstar/transform"
)

// mostDistinct bounds how many distinct values of a column are known by their
// hashes: 16 bytes each.
const mostDistinct = 2_000_000

// Deep is what a contract must know of a column beyond what it means.
type Deep struct {
	Numbers    NumberCounts
	Timed      int            // values with a time of day
	Nulls      map[string]int // words for "no value", as written
	Totals     map[string]int // words of totals in rows that have little else
	Records    int            // values that are lists of records
	Lists      int            // values that are lists of anything else
	Repeated   int            // values that came before, in all
	Longest    int            // bytes
	IsUnpadded bool           // the zeros that transform.Unpadded takes off are off the distinct values
	Many       bool           // there are too many distinct values to keep
	distinct   map[uint64]struct{}
	bare       map[uint64]uint64 // of numbers that are written with more zeros than they have: the number without
	wordCount  int
	odd        odd
}

func newDeep() *Deep {
	return &Deep{Nulls: map[string]int{}, Totals: map[string]int{}, distinct: map[uint64]struct{}{}, bare: map[uint64]uint64{}}
}

func (d *Deep) add(v string) {
	d.Numbers.add(v)
	d.Longest = max(d.Longest, len(v))
	d.wordCount += words(v)
	d.odd.add(v, 1)
	if hasTime(v) {
		d.Timed++
	}
	h := xxh3.HashString(v)
	d.see(h)
	if bare := transform.Unpadded(v); len(bare) < len(v) && len(d.bare) < mostDistinct {
		d.bare[h] = xxh3.HashString(bare)
	}
}

func (d *Deep) see(h uint64) {
	if _, before := d.distinct[h]; before {
		d.Repeated++
		return
	}
	if len(d.distinct) >= mostDistinct {
		d.Many = true
		return
	}
	d.distinct[h] = struct{}{}
}

func (d *Deep) merge(o *Deep) {
	d.Numbers.merge(&o.Numbers)
	d.Timed += o.Timed
	d.Records += o.Records
	d.Lists += o.Lists
	d.Longest = max(d.Longest, o.Longest)
	d.wordCount += o.wordCount
	d.Repeated += o.Repeated
	d.Many = d.Many || o.Many
	d.odd.merge(o.odd)
	maps.Copy(d.bare, o.bare)
	for word, n := range o.Nulls {
		d.Nulls[word] += n
	}
	for word, n := range o.Totals {
		d.Totals[word] += n
	}
	for h := range o.distinct {
		d.see(h)
	}
}

// Clone copies what merging would change.
func (d *Deep) Clone() *Deep {
	c := *d
	c.Nulls, c.Totals, c.distinct = maps.Clone(d.Nulls), maps.Clone(d.Totals), maps.Clone(d.distinct)
	c.bare = maps.Clone(d.bare)
	c.odd.words = maps.Clone(d.odd.words)
	c.Numbers.Symbols = maps.Clone(d.Numbers.Symbols)
	return &c
}

// Distinct is the exact number of distinct values, unless there are Many.
func (d *Deep) Distinct() int { return len(d.distinct) }

// Has says whether a value is among them.
func (d *Deep) Has(value string) bool {
	_, ok := d.distinct[xxh3.HashString(value)]
	return ok
}

// Within says how many of the distinct values are also values of o.
func (d *Deep) Within(o *Deep) int {
	n := 0
	for h := range d.distinct {
		if _, ok := o.distinct[h]; ok {
			n++
		}
	}
	return n
}

// Padded is the part of the distinct values that are numbers with more zeros
// than they need.
func (d *Deep) Padded() float64 { return float64(len(d.bare)) / float64(max(len(d.distinct), 1)) }

// Unpadded is what is known of the values without those zeros of
// numbers. IsUnpadded tells it apart.
func (d *Deep) Unpadded() *Deep {
	c := d.Clone()
	c.distinct, c.bare, c.IsUnpadded = map[uint64]struct{}{}, map[uint64]uint64{}, true
	for h := range d.distinct {
		if bare, ok := d.bare[h]; ok {
			h = bare
		}
		c.distinct[h] = struct{}{}
	}
	return c
}

// hasTime says whether a date is followed by a time of day.
func hasTime(s string) bool {
	const shortest = 10
	if len(s) < shortest {
		return false
	}
	for i := 1; i+2 < len(s); i++ {
		if s[i] == ':' && s[i-1] >= '0' && s[i-1] <= '9' && s[i+1] >= '0' && s[i+1] <= '9' {
			return true
		}
	}
	return false
}
