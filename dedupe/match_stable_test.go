package dedupe_test

import (
	"math/rand/v2"
	"testing"

	"loadstar/dedupe"
)

// TestStable: neither the pairs that happen to be drawn for training, which
// hang on the records' keys, nor the choice of blocking moves F1 by more than
// half a point.
func TestStable(t *testing.T) {
	t.Parallel()
	const seeds, spread = 20, .005
	file := newMade(950, 21)
	low, high := 1.0, 0.0
	measure := func(keys []int64, s dedupe.Settings) {
		truth := map[int64]string{}
		for i, key := range keys {
			truth[key] = file.truth[int64(i+1)]
		}
		_, result := run(t, recordsWith(t, file.parties, keys, nil), nil, nil, s)
		f1 := dedupe.Evaluate(result.Clusters, truth).F1
		low, high = min(low, f1), max(high, f1)
	}
	for seed := range uint64(seeds) {
		rng := rand.New(rand.NewPCG(seed, 1))
		keys := make([]int64, len(file.parties))
		for i := range keys {
			keys[i] = rng.Int64N(1<<62) + 1
		}
		measure(keys, dedupe.DefaultSettings())
	}
	keys := make([]int64, len(file.parties))
	for i := range keys {
		keys[i] = int64(i + 1)
	}
	for _, pairs := range []float64{2.2, 500, 650, 800, 1200} { // for so few records: from a third of all pairs to all
		s := dedupe.DefaultSettings()
		s.PairsPerRecord = pairs
		measure(keys, s)
	}
	t.Logf("%d records: F1 from %.4f to %.4f", len(keys), low, high)
	if high-low > spread {
		t.Errorf("F1 from %.4f to %.4f", low, high)
	}
}
