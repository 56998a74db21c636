package matchfile

import (
	"slices"
	"strconv"
	"strings"
)

// guess is what a header may mean.
type guess struct {
	meaning  meaning
	language string
	number   int    // of "phone 2", 0 = none
	words    string // the words that were known
	sure     int    // 3 the whole header, 2 without whose it is, 1 a part of it
}

// headerMeanings lists what a header may mean, likeliest first.
func headerMeanings(header string, t *wordTables) []guess {
	tokens := headerTokens(header)
	if len(tokens) == 0 {
		return nil
	}
	if g := t.guesses(tokens, 0, 3); len(g) > 0 {
		return g
	}
	tokens, number := cutNumber(tokens)
	if g := t.guesses(tokens, number, 3); len(g) > 0 {
		return g
	}
	for _, w := range tokens {
		if t.other[w] {
			return []guess{{meaning: meansOther, words: w, sure: 2}}
		}
	}
	bare := tokens
	for len(bare) > 1 && t.noise[bare[0]] {
		bare = bare[1:]
		if g := t.guesses(bare, number, 2); len(g) > 0 {
			return g
		}
	}
	for len(bare) > 1 && t.noise[bare[len(bare)-1]] {
		bare = bare[:len(bare)-1]
		if g := t.guesses(bare, number, 2); len(g) > 0 {
			return g
		}
	}
	if g := t.taxNumber(bare, number); len(g) > 0 {
		return g
	}
	return t.partGuesses(bare, number)
}

// shortestPart is how long a known part of a header must be.
const shortestPart = 4

// partGuesses looks for the longest known end of a header, then beginning.
func (t *wordTables) partGuesses(tokens []string, number int) []guess {
	for n := 1; n < len(tokens); n++ {
		if part := tokens[n:]; len(strings.Join(part, "")) >= shortestPart {
			if g := t.guesses(part, number, 1); len(g) > 0 {
				return g
			}
		}
	}
	for n := len(tokens) - 1; n > 0; n-- {
		if part := tokens[:n]; len(strings.Join(part, "")) >= shortestPart {
			if g := t.guesses(part, number, 1); len(g) > 0 {
				return g
			}
		}
	}
	return nil
}

// taxNumber knows "soc sec id" by "soc sec": what kind of number it is stands
// before.
func (t *wordTables) taxNumber(tokens []string, number int) []guess {
	last := len(tokens) - 1
	if last < 1 || !slices.Contains([]string{"id", "no", "nr", "num", "number", "nummer", "code"}, tokens[last]) {
		return nil
	}
	return slices.DeleteFunc(t.guesses(tokens[:last], number, 2), func(g guess) bool {
		return !slices.Contains([]meaning{meansTaxID, meansPhone, meansMobile, meansPost, meansCountry}, g.meaning)
	})
}

func (t *wordTables) guesses(tokens []string, number, sure int) []guess {
	var found []guess
	for _, w := range t.headers[strings.Join(tokens, "")] {
		g := guess{meaning: w.meaning, language: w.language, number: number, words: strings.Join(tokens, " "), sure: sure}
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
