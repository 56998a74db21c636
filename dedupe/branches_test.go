package dedupe_test

import (
	"fmt"
	"testing"

	"loadstar/dedupe"
)

// TestBranches: firms of which many have branches of the same name elsewhere,
// each written down once or oftener. What nothing beside the name joins is
// another branch; who has none keeps the records of a firm that moved.
func TestBranches(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		branches  float64  // share of firms that have some
		fields    []string // known beside the name
		moves     float64  // share of later records with another address
		f1        float64
		precision float64
	}{
		{name: "address and phone", branches: .35, fields: []string{"street", "house_number", "city", "phone"}, moves: .1, f1: .97, precision: .99},
		{name: "city and phone", branches: .35, fields: []string{"city", "phone"}, moves: .1, f1: .93, precision: .97},
		{name: "address", branches: .5, fields: []string{"street", "house_number", "city"}, f1: .87, precision: .95},
		{name: "phone", branches: .5, fields: []string{"phone"}, f1: .87, precision: .95},
		{name: "firms that moved", fields: []string{"street", "house_number", "city", "phone"}, moves: .3, f1: .97, precision: .99},
		{name: "firms that moved, nothing else known", fields: []string{"street", "house_number", "city"}, moves: .3, f1: .78, precision: .99},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := newMade(300, 31)
			file.labelled = labelled{truth: map[int64]string{}}
			for i := range 600 {
				name := file.word(2, 4) + " " + []string{"dental", "plumbing", "foods", "hardware", "fitness"}[i%5]
				places := 1
				if file.chance(c.branches) {
					places += 1 + file.rng.IntN(5)
				}
				for branch := range places {
					file.addBranch(name, fmt.Sprint(i, ".", branch), c.fields, c.moves)
				}
			}
			_, result := matched(t, recordsOf(t, file.parties))
			s := dedupe.Evaluate(result.Clusters, file.truth)
			t.Logf("F1 %.4f, precision %.4f, recall %.4f", s.F1, s.Precision, s.Recall)
			if s.F1 < c.f1 || s.Precision < c.precision {
				t.Errorf("F1 %.4f, precision %.4f", s.F1, s.Precision)
			}
		})
	}
}

// addBranch adds one to three records of a branch: some names have a typo, and
// one thing in ten is missing.
func (m *made) addBranch(name, branch string, fields []string, moves float64) {
	home, phone := m.newPlace(), fmt.Sprintf("+447%09d", m.rng.IntN(1e9))
	for record := range 1 + m.rng.IntN(3) {
		at, written := home, name
		if record > 0 && m.chance(moves) {
			at = m.newPlace()
		}
		if m.chance(.15) {
			written = m.typo(name)
		}
		all := party{"street": at.street, "house_number": at.number, "city": at.city, "phone": phone}
		p := party{"party_type": "organisation", "organisation_name": written}
		for _, f := range fields {
			if !m.chance(.1) {
				p[f] = all[f]
			}
		}
		m.parties = append(m.parties, p)
		m.truth[int64(len(m.parties))] = branch
	}
}
