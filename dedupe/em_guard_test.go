package dedupe

import (
	"math/rand/v2"
	"testing"
)

// TestMonotoneLevels: whatever was counted, a level never speaks more for a
// match than one before it in its chain.
func TestMonotoneLevels(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		var m mixture
		for f := range fieldCount {
			for l := 1; l <= levelCountOf(f); l++ {
				m.match[f][l], m.chance[f][l] = rng.Float64()*rng.Float64()+1e-6, rng.Float64()*rng.Float64()+1e-6
			}
			m.guard(f)
			for _, chain := range chains(f) {
				for i := 1; i < len(chain); i++ {
					before, after := m.match[f][chain[i-1]]/m.chance[f][chain[i-1]], m.match[f][chain[i]]/m.chance[f][chain[i]]
					if after > before*(1+1e-9) {
						t.Fatalf("%v: %s speaks %.4f times for a match, %s %.4f times", f,
							levelName(f, chain[i-1]), before, levelName(f, chain[i]), after)
					}
				}
			}
		}
	}
}

// TestPatternSymmetric: a comparison does not depend on which record is first.
func TestPatternSymmetric(t *testing.T) {
	t.Parallel()
	const n = 300
	names, err := NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := drawnRecords(n)
	for i := range r.rows { // a second address and number, some in another order
		rec := &r.rows[i]
		rec.emails[1], rec.phones[1] = r.rows[(i+1)%n].emails[0], r.rows[(i+2)%n].phones[0]
	}
	f := newFeatures(r, names, 1)
	there, back := newComparer(f), newComparer(f)
	for i := range uint32(n) {
		for j := range i {
			if p, q := there.compare(i, j), back.compare(j, i); p != q {
				t.Fatalf("records %d and %d: %v, the other way round %v", i, j, p, q)
			}
		}
	}
}
