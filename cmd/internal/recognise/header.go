package recognise

import (
	"slices"
	"strconv"
	"strings"
)

// guess is what a header may mean.
type guess struct {
	meaning   Meaning
	languages []string
	number    int    // of "phone 2", 0 = none
	words     string // the words that were known
	sure      int    // 3 the whole header, 2 without whose it is, 1 a part of it
}

// headerMeanings lists what a header may mean, likeliest first: what the whole
// of it means, without its number, without the words that say whose it is,
// and at last what a part of it means.
func headerMeanings(header string, t *WordTables) []guess {
	tokens := HeaderTokens(header)
	if len(tokens) == 0 {
		return nil
	}
	found := t.guesses(tokens, 0, 3)
	tokens, number := cutNumber(tokens)
	if number > 0 {
		found = append(found, t.guesses(tokens, number, 3)...)
	}
	for _, w := range tokens {
		if t.other[w] {
			return append(found, guess{meaning: MeansOther, words: w, sure: 2})
		}
	}
	bare := tokens
	for len(bare) > 1 && t.noise[bare[0]] {
		bare = bare[1:]
		found = append(found, t.guesses(bare, number, 2)...)
	}
	for len(bare) > 1 && t.noise[bare[len(bare)-1]] {
		bare = bare[:len(bare)-1]
		found = append(found, t.guesses(bare, number, 2)...)
	}
	found = append(found, t.numberOf(bare, number)...)
	found = append(found, t.ageThen(tokens)...)
	return append(found, t.partGuesses(bare, number)...)
}

// How long a known part of a header must be: the end of it says more than its
// beginning.
const (
	shortestEnd       = 3
	shortestBeginning = 4
)

// partGuesses lists what the ends of a header mean, the longest first, then
// its beginnings.
func (t *WordTables) partGuesses(tokens []string, number int) []guess {
	var found []guess
	for n := 1; n < len(tokens); n++ {
		if len(strings.Join(tokens[n:], "")) >= shortestEnd {
			found = append(found, t.guesses(tokens[n:], number, 1)...)
		}
	}
	for n := len(tokens) - 1; n > 0; n-- {
		if len(strings.Join(tokens[:n], "")) >= shortestBeginning {
			found = append(found, t.guesses(tokens[:n], number, 1)...)
		}
	}
	if slices.Contains([]string{"id", "key", "guid", "uuid"}, tokens[len(tokens)-1]) {
		// "Address ID" is the key of an address, not an address.
		found = slices.DeleteFunc(found, func(g guess) bool {
			return slices.Contains([]Meaning{meansLine, meansLine2, meansStreet, meansUnit, MeansCity}, g.meaning)
		})
	}
	return found
}

// numberOf knows "soc sec id" by "soc sec": what kind of number it is stands
// before.
func (t *WordTables) numberOf(tokens []string, number int) []guess {
	last := len(tokens) - 1
	if last < 1 || !slices.Contains([]string{"id", "no", "nr", "num", "number", "nummer", "code"}, tokens[last]) {
		return nil
	}
	return slices.DeleteFunc(t.guesses(tokens[:last], number, 2), func(g guess) bool {
		return !slices.Contains([]Meaning{MeansTaxID, MeansPhone, MeansMobile, MeansPost, meansCountry}, g.meaning)
	})
}

// ageThen knows ages that are told with the time they are of: "age at year end",
// "age in 1880", "AGE1880".
func (t *WordTables) ageThen(tokens []string) []guess {
	if len(tokens) < 2 || !slices.Contains([]string{"at", "in", "on", "as", "when", "am", "bei", "im", "a", "al", "en", "op", "vid", "ved"}, tokens[1]) && !isNumberIn(earliestYear, latestYear)(tokens[1]) {
		return nil
	}
	return slices.DeleteFunc(t.guesses(tokens[:1], 0, 2), func(g guess) bool { return g.meaning != MeansAge })
}

func (t *WordTables) guesses(tokens []string, number, sure int) []guess {
	var found []guess
	key := strings.Join(tokens, "")
	words := t.headers[key]
	if singular, ok := strings.CutSuffix(key, "s"); ok && len(words) == 0 {
		words = t.headers[singular]
	}
	if len(words) == 0 {
		words = t.headers[withoutUmlauts(key)]
	}
	for _, w := range words {
		g := guess{meaning: w.meaning, languages: w.languages, number: number, words: strings.Join(tokens, " "), sure: sure}
		found = append(found, g)
	}
	return found
}

// cutNumber takes the number off "phone 2" and off "name c 2".
func cutNumber(tokens []string) ([]string, int) {
	last := len(tokens) - 1
	n, err := strconv.Atoi(tokens[last])
	if last < 1 || err != nil || n > 9 {
		return tokens, 0
	}
	tokens = tokens[:last]
	if last >= 2 && len(tokens[last-1]) == 1 {
		tokens = tokens[:last-1]
	}
	return tokens, n
}
