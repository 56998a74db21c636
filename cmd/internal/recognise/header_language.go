package recognise

import (
	"cmp"
	"slices"
)

// listen counts in which languages the headers of the file are known words, as
// a whole. A word of several languages counts as a part of each.
func (r *Recogniser) listen() {
	r.spoken = map[string]float64{}
	for _, c := range r.Columns {
		languages := map[string]bool{}
		for _, g := range headerMeanings(c.Says(), r.Tables) {
			if g.sure < 3 {
				break
			}
			for _, l := range g.languages {
				languages[l] = true
			}
		}
		for l := range languages {
			r.spoken[l] += 1 / float64(len(languages))
		}
	}
}

// inLanguage orders what one word means in several languages by how much of the
// file is written in them: "cep" is a postcode beside Portuguese headers, and a
// phone beside Turkish ones.
func (r *Recogniser) inLanguage(guesses []guess) []guess {
	spoken := func(g guess) (most float64) {
		for _, l := range g.languages {
			most = max(most, r.spoken[l])
		}
		return most
	}
	for start := 0; start < len(guesses); {
		end := start + 1
		for end < len(guesses) && guesses[end].words == guesses[start].words && guesses[end].sure == guesses[start].sure && guesses[end].number == guesses[start].number {
			end++
		}
		slices.SortStableFunc(guesses[start:end], func(a, b guess) int { return cmp.Compare(spoken(b), spoken(a)) })
		start = end
	}
	return guesses
}
