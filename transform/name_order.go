package transform

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// FamilyThenGiven writes a comma behind the family name at the front of a whole
// name, where SplitName parts it. A name that is plainly the other way round, by
// what isGiven knows, stays as it is, and so does one that begins with a title,
// an initial or a particle. It is idempotent.
func (t *Tables) FamilyThenGiven(s string, isGiven func(word string) bool) string {
	const most = 4 // words of a name
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > most || strings.ContainsAny(s, ",&/+()\"") || t.IsOrganisation(s) {
		return s
	}
	p := t.SplitName(s)
	if p.Title != "" || p.Suffix != "" || strings.Contains(p.Family, " ") || utf8.RuneCountInString(strings.Trim(words[0], ".")) < 2 {
		return s
	}
	if isGiven(words[0]) && !slices.ContainsFunc(words[1:], isGiven) {
		return s
	}
	return words[0] + ", " + strings.Join(words[1:], " ")
}
