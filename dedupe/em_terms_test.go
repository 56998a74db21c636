package dedupe

import (
	"math/rand/v2"
	"testing"
)

// TestParts: the terms of a field depend on the part of the pattern that is
// kept for it, and on nothing else.
func TestParts(t *testing.T) {
	t.Parallel()
	w := randomWeights(rand.New(rand.NewPCG(1, 2)))
	rng := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		p := randomPattern(rng)
		for f := range fieldCount {
			level := p.levels.of(f)
			if got, want := w.terms(f, level, p.part(f).pattern), w.terms(f, level, p); got != want {
				t.Fatalf("%v at level %d: terms of the part %v, of the pattern %v (%+v)", f, level, got, want, p)
			}
		}
	}
}

func randomWeights(rng *rand.Rand) *weights[float64] {
	var w weights[float64]
	fill := func(to []float64) {
		for i := range to {
			to[i] = rng.Float64()
		}
	}
	for f := range fieldCount {
		fill(w.match[f][:])
		fill(w.chance[f][:])
		fill(w.shared[f][:])
	}
	for k := range w.namesake {
		fill(w.namesake[k][:])
	}
	for s := range w.rarity {
		fill(w.rarity[s][:])
	}
	for i := range w.names {
		fill(w.names[i][:])
	}
	fill(w.culture[:])
	w.ownEmails = rng.Float64()
	return &w
}

func randomPattern(rng *rand.Rand) pattern {
	var p pattern
	for f := range fieldCount {
		p.levels = p.levels.with(f, uint8(rng.IntN(levelCountOf(f)+1)))
	}
	for s := range slotCount + 1 {
		if rng.IntN(2) == 0 {
			p.rarity |= rarity(rng.IntN(40)) << (6 * s)
		}
	}
	return p
}
