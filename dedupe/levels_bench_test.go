package dedupe

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// drawnRecords makes records of values that repeat as those of people do.
func drawnRecords(n int) *Records {
	rng := rand.New(rand.NewPCG(1, 1))
	word := func(kinds int) []byte {
		at := rng.IntN(rng.IntN(kinds) + 1)
		text := []byte{}
		for at = at*7919 + 26; at > 0; at /= 26 {
			text = append(text, byte('a'+at%26), "aeiou"[at%5])
		}
		return text
	}
	r := NewRecords()
	for i := range n {
		rec := record{key: int64(i + 1), changed: true, given: r.names.intern(word(300)), family: r.names.intern(word(5000)),
			street: r.texts.intern(word(3000)), number: r.texts.intern([]byte(fmt.Sprint(rng.IntN(150)))),
			postcode: r.texts.intern([]byte(fmt.Sprint(10_000 + rng.IntN(900)))), city: r.texts.intern(word(90))}
		rec.emails[0] = r.emails.intern(append(append(word(5000), '@'), word(9)...))
		rec.phones[0] = r.phones.intern([]byte(fmt.Sprint(440_000_000 + rng.IntN(n))))
		rec.birth = date((1940+rng.IntN(70))<<16 | (1+rng.IntN(12))<<8 | (1 + rng.IntN(28)))
		r.rows = append(r.rows, rec)
	}
	r.Freeze()
	return r
}

func benchFeatures(b *testing.B, n int) *features {
	b.Helper()
	names, err := NewNames(nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	return newFeatures(drawnRecords(n), names, 1)
}

// BenchmarkCompare compares pairs of records, eight fields each.
func BenchmarkCompare(b *testing.B) {
	const n = 10_000
	c := newComparer(benchFeatures(b, n))
	at := uint32(0)
	for b.Loop() {
		at++
		c.compare(at*31%n, at*17%n)
	}
	b.ReportMetric(8*float64(b.N)/b.Elapsed().Seconds(), "fields/s")
}

func BenchmarkScore(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	patterns := make([]pattern, 1024)
	for i := range patterns {
		patterns[i] = randomPattern(rng)
	}
	s := newScorer(&partModel{Family: true, Records: 10}, benchFeatures(b, 10), []uint32{0, 1})
	at := 0
	for b.Loop() {
		at++
		s.score(patterns[at%len(patterns)])
	}
}

func BenchmarkExpect(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	samples := make([]sample, 10_000)
	for i := range samples {
		samples[i] = sample{randomPattern(rng), 1}
	}
	m := &mixture{family: true, logs: *randomWeights(rng)}
	set := newSampleSet(samples)
	for b.Loop() {
		m.expect(set, 1)
	}
	b.ReportMetric(float64(len(set.samples))*float64(b.N)/b.Elapsed().Seconds(), "patterns/s")
}

func BenchmarkDistance(b *testing.B) {
	var e editor
	for b.Loop() {
		e.distance([]byte("katherine ravensdale"), []byte("kathrine ravensdael"))
	}
}

func BenchmarkFold(b *testing.B) {
	var buf []byte
	for b.Loop() {
		buf = appendFold(buf[:0], "Élisabeth Müller-Łukasz")
	}
}

func BenchmarkSound(b *testing.B) {
	for b.Loop() {
		soundOf([]byte("schwarzenegger"))
	}
}

func BenchmarkBlock(b *testing.B) {
	const n = 50_000
	f := benchFeatures(b, n)
	k, err := newBlocker(b.Context(), f, f.parts[person], 1)
	if err != nil {
		b.Fatal(err)
	}
	p := personPasses()[0]
	for b.Loop() {
		k.sorted(p, 1)
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
