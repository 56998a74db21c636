package dedupe_test

import (
	"fmt"
	"strings"
	"testing"

	"loadstar/dedupe"
)

// TestRelativesOfOneFirm: who work in the firm that bears their name and have
// other given names are several people, though name and employer agree; nobody
// is torn apart by it.
func TestRelativesOfOneFirm(t *testing.T) {
	t.Parallel()
	givens := []string{"anna", "peter", "clara", "jonas", "marta", "felix", "ines", "oskar", "greta", "paul", "ruth", "hugo"}
	for _, hasPhones := range []bool{true, false} {
		file := newMade(300, 37)
		file.labelled = labelled{truth: map[int64]string{}}
		relatives := map[[2]int64]bool{} // pairs of records, the smaller first
		for i := range 400 {
			family := file.families[i%len(file.families)]
			firm := fmt.Sprintf("%s %s %c gmbh", family, []string{"bau", "elektro", "metall"}[i%3], 'a'+i%26)
			if i%2 == 0 {
				firm = file.word(3, 4) + " technik ag"
			}
			first := len(file.parties)
			for person := range 1 + file.rng.IntN(3) {
				if i%2 == 0 {
					family = file.families[file.rng.IntN(len(file.families))]
				}
				given, phone := givens[(i*7+person)%len(givens)], fmt.Sprintf("+4917%08d", file.rng.IntN(1e8))
				for range 1 + file.rng.IntN(2) {
					p := party{"party_type": "person", "given_name": given, "family_name": family, "organisation_name": firm}
					if hasPhones && !file.chance(.3) {
						p["phone"] = phone
					}
					file.parties = append(file.parties, p)
					file.truth[int64(len(file.parties))] = fmt.Sprint(i, ".", person)
				}
			}
			for a := first + 1; a <= len(file.parties); a++ {
				for b := a + 1; b <= len(file.parties); b++ {
					if file.truth[int64(a)] != file.truth[int64(b)] && strings.Contains(firm, family) {
						relatives[[2]int64{int64(a), int64(b)}] = true
					}
				}
			}
		}
		_, result := matched(t, recordsOf(t, file.parties))
		merged := 0
		for _, cluster := range result.Clusters {
			for i, a := range cluster {
				for _, b := range cluster[i+1:] {
					if relatives[[2]int64{a, b}] {
						merged++
					}
				}
			}
		}
		s := dedupe.Evaluate(result.Clusters, file.truth)
		t.Logf("phones %t: F1 %.4f, recall %.4f, %d of %d pairs of relatives merged", hasPhones, s.F1, s.Recall, merged, len(relatives))
		if s.F1 < .97 || 50*merged > len(relatives) || len(relatives) < 100 {
			t.Errorf("phones %t: F1 %.4f, %d of %d pairs of relatives merged", hasPhones, s.F1, merged, len(relatives))
		}
	}
}
