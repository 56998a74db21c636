package dedupe

import (
	"context"
	"fmt"
	"slices"
)

// PairFields names the comparisons of a pair, in the order of Pair.Level.
func PairFields() []string {
	names := make([]string, fieldCount)
	for f := range fieldCount {
		names[f] = f.String()
	}
	return names
}

// Level names the level at which field i of PairFields agrees; "missing"
// where a side has no value.
func (p Pair) Level(i int) string {
	return levelName(field(i), levels(p.Levels).of(field(i)))
}

// WithCut returns a model that merges from another score on, in millibits.
func (m *Model) WithCut(millibits int32) (*Model, error) {
	other := &Model{parts: m.parts}
	for k := range other.parts {
		other.parts[k].Cut = millibits
	}
	return other, other.freeze()
}

// Proposed tells which of the pairs of source_customer_keys blocking proposes
// for comparison. Pairs that name no record, or two of different kinds, are
// never proposed.
func Proposed(ctx context.Context, r *Records, names *Names, s Settings, pairs [][2]int64) ([]bool, error) {
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("look up proposed pairs: %w", err)
	}
	f := r.features(names, s.Workers)
	proposed := make([]bool, len(pairs))
	for _, k := range []kind{person, organisation} {
		if len(f.parts[k]) < 2 {
			continue
		}
		candidates, err := f.candidates(ctx, k, s, everyRecord)
		if err != nil {
			return nil, fmt.Errorf("look up proposed pairs: %w", err)
		}
		for i, p := range pairs {
			left, okLeft := r.index(p[0])
			right, okRight := r.index(p[1])
			if !okLeft || !okRight || r.rows[left].kind != k || r.rows[right].kind != k {
				continue
			}
			_, proposed[i] = slices.BinarySearch(candidates.pairs, pairOf(uint32(left), uint32(right)))
		}
	}
	return proposed, nil
}

// Cut is the millibits that a pair of persons needs to be one, 0 where the
// model matches none.
func (m *Model) Cut() int32 { return m.parts[person].Cut }

// Trained is how many records the model was learnt from.
func (m *Model) Trained() int64 { return m.parts[person].Records + m.parts[organisation].Records }
