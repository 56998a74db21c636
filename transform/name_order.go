package transform

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// FamilyThenGiven writes a comma behind the family name at the front of a whole
// name, where SplitName parts it. A name that is plainly the other way round, by
// what isGiven knows, stays as it is, and so does one that begins with a title,
// or an initial. Particles before the family name are part of it. It is idempotent.
func (t *Tables) FamilyThenGiven(s string, isGiven func(word string) bool) string {
	const most = 4 // words of a name
	words := strings.Fields(s)
	before := t.particlesBefore(words)
	if len(words) < 2 || len(words) > most+before || strings.ContainsAny(s, ",&/+()\"") || t.IsOrganisation(s) {
		return s
	}
	p := t.SplitName(s)
	if p.Title != "" || p.Suffix != "" || strings.Contains(p.Family, " ") || utf8.RuneCountInString(strings.Trim(words[0], ".")) < 2 {
		return s
	}
	if before > 0 {
		if before+1 >= len(words) {
			return s
		}
		return strings.Join(words[:before+1], " ") + ", " + strings.Join(words[before+1:], " ")
	}
	if isGiven(words[0]) && !slices.ContainsFunc(words[1:], isGiven) {
		return s
	}
	return words[0] + ", " + strings.Join(words[1:], " ")
}

// particlesBefore counts the particles in front of a whole name. Those that are
// family names in Asia count only in small letters.
func (t *Tables) particlesBefore(words []string) int {
	count := 0
	for count < len(words) && t.isParticle(words[count]) {
		count++
	}
	if count > 0 && slices.Contains([]string{"Le", "La", "Lo", "Do", "Da", "Di", "Du", "LE", "LA", "LO", "DO", "DA", "DI", "DU"}, words[0]) {
		return 0
	}
	return count
}
