package extract

import (
	"slices"
	"strings"
)

// didYouMean asks for the known names most like name, or, where none is, lists
// them.
func didYouMean(name string, known []string) string {
	type near struct {
		name string
		far  int
	}
	var all []near
	want := strings.ToLower(name)
	for _, k := range known {
		have := strings.ToLower(k)
		far := editDistance(want, have)
		isPart := len(have) > 2 && len(want) > 2 && (strings.Contains(have, want) || strings.Contains(want, have))
		if far <= max(1, len(want)/3) || isPart {
			all = append(all, near{k, far})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return a.far - b.far })
	var best []string
	for _, n := range all[:min(3, len(all))] {
		best = append(best, n.name)
	}
	if len(best) > 0 {
		return "did you mean " + strings.Join(best, " or ") + "?"
	}
	return "known are " + strings.Join(known[:min(20, len(known))], ", ")
}

// editDistance counts the bytes to change, add or drop to make b of a.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
