package dedupe

import (
	"fmt"
	"slices"
	"testing"
)

// TestMisspeltTitles: a title of one word, misspelt, is found by its maker, and
// by its sound beside a word of the maker.
func TestMisspeltTitles(t *testing.T) {
	t.Parallel()
	known, err := NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecords()
	song := func(title, by string) uint32 {
		r.rows = append(r.rows, record{kind: organisation, key: int64(len(r.rows) + 1), organisation: r.firms.intern(appendFirm(nil, title)),
			maker: r.firms.intern(appendEmployer(nil, by))})
		return uint32(len(r.rows) - 1)
	}
	word := func(n int) string {
		return fmt.Sprintf("%c%c%c%c", "bdfgklmnprst"[n%12], "aeiou"[n/12%5], "bdfgklmnprst"[n/60%12], "aeiou"[n/720%5])
	}
	for i := range 2500 {
		song(word(i)+" "+word(i*7+1), fmt.Sprintf("The %s band, %s", word(i*31), word(i*17)))
	}
	pairs := [][2]uint32{
		{song("Forever", "Quillfeather Brothers, Harbour Lights"), song("Fotrever", "Quillfeather Brothers, Harbour Lights")},
		{song("Heart", "Quillfeather Brothers, Night Ferry"), song("Haert", "The Quillfeather Brothers")},
	}
	r.Freeze()
	proposed, err := r.features(known, 1).candidates(t.Context(), organisation, DefaultSettings(), everyRecord)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pairs {
		if _, ok := slices.BinarySearch(proposed.pairs, pairOf(p[0], p[1])); !ok {
			t.Errorf("songs %v are not compared", p)
		}
	}
}
