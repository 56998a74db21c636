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

// AfterParticles is a whole name, by words, from the first one that is no particle.
func (t *Tables) AfterParticles(words []string) []string { return words[t.particlesBefore(words):] }

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

// particlesInFront counts the particles in front of a family name that stands
// before the given one: van der Ploeg Ella, for nobody is given two particles, ten
// Broeke Ella, and Van Dijk Ella, where the table knows the given name. What may be
// a name itself (Van, Al, Le) is one where nothing tells otherwise.
func (t *Tables) particlesInFront(words []string, whole letterCase) int {
	before := t.particlesBefore(words)
	if key := particleKey(words[0]); before == 0 || before+1 >= len(words) || key == "abd" || key == "abu" { // Abd Allah Nasser
		return 0
	}
	isSmall := whole != allLower && caseOf(words[0]) == allLower
	isBehind := t.isGiven(words[before+1]) && !t.isGiven(words[before])
	if before > 1 || isSmall || isBehind || t.isOnlyParticle(words[0]) {
		return before
	}
	return 0
}

// isOnlyParticle tells whether a particle is hardly a name of its own, however it
// is written.
func (t *Tables) isOnlyParticle(word string) bool {
	switch particleKey(word) {
	case "de", "der", "den", "dem", "het", "von", "vom", "zum", "zur", "zu", "ter", "ten", "della", "dello", "delle", "degli", "dei", "dalla", "dos", "das", "des", "'t", "ul", "af", "av":
		return true
	}
	return false
}
