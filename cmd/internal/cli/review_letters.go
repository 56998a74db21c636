package cli

import (
	"slices"
	"strings"
	"unicode"
)

// markLetters puts ‹ and › around the letters in which two texts differ,
// whatever their case. Texts that have less than half of their letters in
// common come back as they are: there nothing would be left unmarked.
func markLetters(left, right string) (string, string) {
	l, r := []rune(left), []rune(right)
	inLeft, inRight, common := commonLetters(l, r)
	if common*2 < max(len(l), len(r)) {
		return left, right
	}
	return withMarks(l, inLeft), withMarks(r, inRight)
}

// commonLetters tells which letters of both texts belong to a longest common
// subsequence, and how long it is.
func commonLetters(l, r []rune) (inLeft, inRight []bool, length int) {
	best := make([][]int, len(l)+1) // of the rests from i and k on
	for i := range best {
		best[i] = make([]int, len(r)+1)
	}
	same := func(i, k int) bool { return unicode.ToLower(l[i]) == unicode.ToLower(r[k]) }
	for i, k := range backwards(len(l), len(r)) {
		if same(i, k) {
			best[i][k] = best[i+1][k+1] + 1
		} else {
			best[i][k] = max(best[i+1][k], best[i][k+1])
		}
	}
	inLeft, inRight = make([]bool, len(l)), make([]bool, len(r))
	for i, k := 0, 0; i < len(l) && k < len(r); {
		switch {
		case same(i, k):
			inLeft[i], inRight[k] = true, true
			i, k = i+1, k+1
		case best[i+1][k] >= best[i][k+1]:
			i++
		default:
			k++
		}
	}
	return inLeft, inRight, best[0][0]
}

// backwards goes through all pairs of positions, the last first.
func backwards(n, m int) func(yield func(i, k int) bool) {
	return func(yield func(i, k int) bool) {
		for i := n - 1; i >= 0; i-- {
			for k := m - 1; k >= 0; k-- {
				if !yield(i, k) {
					return
				}
			}
		}
	}
}

func withMarks(text []rune, common []bool) string {
	if !slices.Contains(common, false) {
		return string(text)
	}
	var out strings.Builder
	for i, letter := range text {
		if !common[i] && (i == 0 || common[i-1]) {
			out.WriteRune('‹')
		}
		if common[i] && i > 0 && !common[i-1] {
			out.WriteRune('›')
		}
		out.WriteRune(letter)
	}
	if len(text) > 0 && !common[len(text)-1] {
		out.WriteRune('›')
	}
	return out.String()
}
