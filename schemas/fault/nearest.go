package fault

import (
	"fmt"
	"slices"
	"strings"
)

// Distance counts the bytes to change, add, drop or swap with their neighbour
// to make b of a.
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	before := make([]int, len(b)+1) // the row two above, for swaps
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		above := slices.Clone(row)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := above[j-1]
			if a[i-1] != b[j-1] {
				cost++
			}
			row[j] = min(cost, above[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before = above
	}
	return row[len(b)]
}

// nearestShown is how many words Nearest gives at most.
const nearestShown = 3

// Nearest gives the known words that one may have meant by word, the most
// alike first. fold makes texts comparable; nil = lower case.
func Nearest(word string, known []string, fold func(string) string) []string {
	if fold == nil {
		fold = strings.ToLower
	}
	type near struct {
		word string
		far  int
	}
	var all []near
	want := fold(word)
	for _, k := range known {
		have := fold(k)
		far := Distance(want, have)
		isPart := len(have) > 2 && len(want) > 2 && (strings.Contains(have, want) || strings.Contains(want, have))
		if far <= max(1, len(want)/3) || isPart {
			all = append(all, near{k, far})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return a.far - b.far })
	var best []string
	for _, n := range all[:min(nearestShown, len(all))] {
		best = append(best, n.word)
	}
	return best
}

// DidYouMean asks for the known words most like word, or, where none is,
// lists them all.
func DidYouMean(word string, known []string) string {
	if best := Nearest(word, known, nil); len(best) > 0 {
		return "did you mean " + strings.Join(best, " or ") + "?"
	}
	return "known are " + strings.Join(known, ", ")
}

// Unknown is the error for a word that is not among the known ones.
func Unknown(code Code, what, word string, known []string) *Error {
	return &Error{Code: code, Reason: fmt.Sprintf("unknown %s %q", what, word), Next: DidYouMean(word, known)}
}
