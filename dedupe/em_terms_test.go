package dedupe

import (
	"math"
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
	for s := range slotCount {
		if rng.IntN(2) == 0 {
			p.rarity |= rarity(rng.IntN(40)) << (6 * s)
		}
	}
	return p
}

func TestExp2(t *testing.T) {
	t.Parallel()
	for x := -61.0; x <= 0; x += 1. / 1024 {
		if got, want := exp2(x), math.Exp2(x); math.Abs(got-want) > 1e-10*want {
			t.Fatalf("2^%v: %v, not %v", x, got, want)
		}
	}
}

func TestOneEdit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		one  bool
	}{
		{"12345", "12345", false}, {"12345", "12385", true}, {"12345", "12354", true}, {"12345", "21354", false},
		{"12345", "1234", false}, {"12345", "92345", true}, {"12345", "92348", false}, {"", "", false}, {"1", "2", true},
	} {
		var e editor
		if got := oneEdit([]byte(c.a), []byte(c.b)); got != c.one || len(c.a) == len(c.b) && (e.distance([]byte(c.a), []byte(c.b)) == 1) != got {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}
