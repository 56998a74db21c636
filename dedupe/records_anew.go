package dedupe

import (
	"cmp"
	"slices"
)

// Bearers lists the keys of the records in whose names one of the tokens
// stands, ascending.
func (r *Records) Bearers(tokens []string) []int64 {
	wanted := make([]bool, r.names.len())
	for id := 1; id < len(wanted); id++ {
		for word := range fieldsOf(r.names.bytes(uint32(id))) {
			if _, is := slices.BinarySearch(tokens, string(word)); is {
				wanted[id] = true
			}
		}
	}
	var keys []int64
	for i := range r.rows {
		rec := &r.rows[i]
		if wanted[rec.given] || wanted[rec.family] || wanted[rec.middle] || wanted[rec.former] {
			keys = append(keys, rec.key)
		}
	}
	slices.SortFunc(keys, cmp.Compare[int64])
	return keys
}

// Reconsider counts frozen records as changed: Match decides on them anew.
// Keys of no record are passed over.
func (r *Records) Reconsider(keys []int64) {
	for _, key := range keys {
		if i, ok := r.index(key); ok {
			r.rows[i].changed = true
		}
	}
	r.cached.f = nil // what was proposed for the records as they were
}

// Afresh forgets the customers that frozen records belonged to: Match decides
// on all of them, as if none had been decided before.
func (r *Records) Afresh() {
	for i := range r.rows {
		r.rows[i].customer, r.rows[i].changed = 0, true
	}
	r.prior, r.cached.f = false, nil
}
