package transform

import (
	"slices"
	"strings"
	"unicode"
)

// Person is a name taken apart. Empty parts are unknown.
type Person struct {
	Title, Given, Middle, Family, Suffix string

	Former       string // family name before marriage, where the text tells it
	Nickname     string // in quotes or brackets
	Second       string // a second person named in the same text
	Organisation string // the text names an organisation; all other parts are empty
}

// FullName cleans a whole name without taking it apart: white space, and
// words in large or small letters only get their capitals. It is idempotent.
func (t *Tables) FullName(s string) string {
	s = Line(s)
	if t.IsOrganisation(s) {
		return s
	}
	return t.nameText(s)
}

// GivenName cleans a first or middle name that comes in a column of its own.
// Unknown scripts pass unchanged. It is idempotent.
func (t *Tables) GivenName(s string) string { return t.nameText(trimNameMarks(Line(s))) }

// FamilyName cleans a last name that comes in a column of its own: white
// space, capitals, particles small ("de la") where all letters were alike. It
// is idempotent.
func (t *Tables) FamilyName(s string) string {
	return settled(trimNameMarks(Line(s)), t.familyText)
}

// Title gives a form of address its usual spelling; unknown ones pass. It is
// idempotent.
func (t *Tables) Title(s string) string {
	s = trimNameMarks(Line(s))
	words := strings.Fields(s)
	for i, w := range words {
		if title, ok := t.titles[titleKey(w)]; ok {
			words[i] = title.canonical
		}
	}
	return strings.Join(words, " ")
}

// Suffix gives a generation or degree its usual spelling; unknown ones pass.
// It is idempotent.
func (t *Tables) Suffix(s string) string {
	words := strings.FieldsFunc(Line(s), func(r rune) bool { return r == ' ' || r == ',' })
	for i, w := range words {
		if suffix, ok := t.suffixes[suffixKey(w)]; ok {
			words[i] = suffix.canonical
		}
	}
	return strings.Join(words, " ")
}

// SplitName takes a whole name apart: titles, suffixes, particles, "Last,
// First Middle", nicknames, a former name, and two persons in one text. The
// family name is first only where a comma says so, and in Chinese, Japanese and
// Korean letters, where it is parted without a space too. A single word is a given
// name where the table of given names knows it, else a family name.
func (t *Tables) SplitName(s string) Person {
	s = Line(s)
	if s == "" || !hasLetter(s) || t.isNoValue(s) {
		return Person{}
	}
	if t.IsOrganisation(s) {
		return Person{Organisation: s}
	}
	return t.splitPersonName(s)
}

// splitPersonName is SplitName for a text that surely names a person.
func (t *Tables) splitPersonName(s string) Person {
	s, nickname, former := t.takeAsides(Line(s))
	whole := caseOf(s)
	p, isEastern := t.splitEastern(s)
	if !isEastern {
		p = t.splitPersons(s, whole)
	}
	p.Nickname = nickname
	if former != "" {
		p.Former = t.familyWords(strings.Fields(former), caseOf(former))
	}
	return p
}

// splitOne takes the name of one person apart.
func (t *Tables) splitOne(s string, whole letterCase) Person {
	segments := splitSegments(s)
	if len(segments) == 0 {
		return Person{}
	}
	var p Person
	var suffixes []string
	last := len(segments) - 1
	for last > 0 && t.allSuffixes(segments[last]) {
		suffixes = append(append([]string{}, segments[last]...), suffixes...)
		last--
	}
	segments = t.withoutPositions(segments[:last+1])
	if len(segments) == 1 {
		p = t.splitWords(segments[0], whole, len(suffixes) > 0)
	} else {
		p = t.splitInverted(segments, whole)
	}
	for _, w := range suffixes {
		p.Suffix = joinWords(p.Suffix, t.suffixes[suffixKey(w)].canonical)
	}
	return p
}

// splitInverted reads "Last, First Middle".
func (t *Tables) splitInverted(segments [][]string, whole letterCase) Person {
	front, rest := segments[0], segments[1]
	var behind string // "Smith, John, Dr."
	for _, more := range segments[2:] {
		if title, left := t.takeTitles(more, 0); len(left) == 0 {
			behind = joinWords(behind, title)
			continue
		}
		rest = append(append([]string{}, rest...), more...)
	}
	titles, rest := t.takeTitles(rest, 0)
	rest, last := t.titleBehind(rest)
	titles = joinWords(joinWords(titles, last), behind)
	if len(rest) == 0 { // "John Smith, Mr"
		p := t.splitWords(front, whole, false)
		p.Title = joinWords(p.Title, titles)
		return p
	}
	frontTitles, front := t.takeTitles(front, 1)
	front, frontSuffix := t.takeSuffixes(front, 1, true)
	rest, restSuffix := t.takeSuffixes(rest, 1, false)
	p := Person{
		Title:  joinWords(frontTitles, titles),
		Suffix: joinWords(frontSuffix, restSuffix),
		Family: t.familyWords(front, whole),
		Given:  t.nameWord(rest[0], whole),
	}
	// "Berg, Anna van den": a particle left behind belongs to the family name.
	end := len(rest)
	for end > 1 && t.isParticle(rest[end-1]) && (isLowerOr(rest[end-1], whole) || t.isOnlyParticle(rest[end-1]) || end < len(rest)) {
		end--
	}
	if end < len(rest) {
		p.Family = t.familyWords(append(append([]string{}, rest[end:]...), front...), whole)
	}
	p.Middle = t.nameWords(rest[1:end], whole)
	return p
}

func isLowerOr(w string, whole letterCase) bool { return whole == allUpper || caseOf(w) == allLower }

// splitWords reads "Title First Middle particle Last Suffix".
func (t *Tables) splitWords(words []string, whole letterCase, suffixed bool) Person {
	var p Person
	p.Title, words = t.takeTitles(words, 0)
	words, p.Suffix = t.takeSuffixes(words, 1, suffixed)
	switch len(words) {
	case 0:
		return p
	case 1:
		t.placeSingle(&p, words[0], whole)
		return p
	}
	if before := t.particlesInFront(words, whole); before > 0 {
		words = slices.Concat(words[before+1:], words[:before+1])
	}
	start := t.familyStart(words, whole)
	p.Given = t.nameWord(words[0], whole)
	p.Middle = t.nameWords(words[1:start], whole)
	p.Family = t.familyWords(words[start:], whole)
	return p
}

func (t *Tables) placeSingle(p *Person, word string, whole letterCase) {
	if p.Title == "" && t.isGiven(word) {
		p.Given = t.nameWord(word, whole)
		return
	}
	p.Family = t.familyWords([]string{word}, whole)
}

func (t *Tables) isGiven(word string) bool {
	lower := strings.ToLower(word)
	if t.given[lower] {
		return true
	}
	first, rest, ok := strings.Cut(lower, "-")
	return ok && t.given[first] && t.given[rest]
}

// familyStart finds where the family name begins: the last word and the
// particles before it, or a patronymic particle further ahead.
func (t *Tables) familyStart(words []string, whole letterCase) int {
	start := len(words) - 1
	for i := 1; i < start; i++ {
		if p, ok := t.particles[particleKey(words[i])]; ok && p.kind == "patronymic" {
			return i
		}
	}
	for start > 1 {
		key := particleKey(words[start-1])
		p, ok := t.particles[key]
		if !ok || p.kind == "low" && caseOf(words[start-1]) != allLower || p.kind == "low" && whole == allLower {
			break
		}
		start--
		if key == "y" && start > 1 { // Ortega y Gasset
			start--
			break
		}
	}
	if start > 1 && t.endsInParticle(words[start-1]) { // Meijer-van der Linden
		start--
	}
	return start
}

// endsInParticle tells whether a hyphen ties a name to the particle of the next.
func (t *Tables) endsInParticle(word string) bool {
	i := strings.LastIndexByte(word, '-')
	return i > 0 && t.isParticle(word[i+1:])
}

func (t *Tables) isParticle(word string) bool {
	p, ok := t.particles[particleKey(word)]
	return ok && p.kind != "low"
}

func particleKey(word string) string {
	return strings.ReplaceAll(strings.TrimSuffix(strings.ToLower(word), "."), "’", "'")
}

func (t *Tables) nameWords(words []string, whole letterCase) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = t.nameWord(w, whole)
	}
	return strings.Join(out, " ")
}

// familyWords repairs the case of a family name and joins "Mc Donald".
func (t *Tables) familyWords(words []string, whole letterCase) string {
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		w := words[i]
		lower := strings.ToLower(w)
		hasNext := i+1 < len(words)
		switch {
		case hasNext && (lower == "mc" || lower == "o" && i == 0) && isLetters(words[i+1]):
			out = append(out, t.nameWord(joined(lower)+capitalise(words[i+1]), whole))
			i++
		case hasNext && caseOf(w) != capital && caseOf(w) != mixed && t.particles[particleKey(w)].shown != "":
			out = append(out, t.shownParticle(w))
		case hasNext && t.endsInParticle(w) && caseOf(w) != capital && caseOf(w) != mixed:
			cut := strings.LastIndexByte(w, '-')
			out = append(out, t.nameWord(w[:cut], whole)+"-"+t.shownParticle(w[cut+1:]))
		default:
			out = append(out, t.nameWord(w, whole))
		}
	}
	return strings.Join(out, " ")
}

func joined(lower string) string {
	if lower == "mc" {
		return "Mc"
	}
	return "O'"
}

func (t *Tables) shownParticle(w string) string {
	shown := t.particles[particleKey(w)].shown
	if strings.HasSuffix(w, ".") {
		shown += "."
	}
	return shown
}

// settled applies clean until nothing changes: what one word's capitals mean
// depends on those of the others ("a AA").
func settled(s string, clean func(string) string) string {
	for range 3 {
		next := clean(s)
		if next == s {
			break
		}
		s = next
	}
	return s
}

// nameText repairs the case of a name without moving its words.
func (t *Tables) nameText(s string) string { return settled(s, t.nameTextOnce) }

func (t *Tables) nameTextOnce(s string) string {
	whole := caseOf(s)
	if whole == caseless {
		return s
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		switch {
		case i > 0 && i < len(words)-1 && t.isParticle(w) && (whole == allUpper || whole == allLower):
			words[i] = t.shownParticle(w)
		case i > 0 && isJoiner(w):
			words[i] = strings.ToLower(w)
		case i > 0 && caseOf(w) == allLower && (t.isParticle(w) || t.particles[w].kind == "low"):
		default:
			words[i] = t.fixedWord(w, whole)
		}
	}
	return strings.Join(words, " ")
}

// fixedWord is nameWord for a word that may be a title or suffix.
func (t *Tables) fixedWord(w string, whole letterCase) string {
	bare := strings.TrimRight(w, ",.")
	if s, ok := t.suffixes[suffixKey(bare)]; ok && s.kind == "generation" && caseOf(bare) == allUpper && len(bare) > 1 && strings.Trim(bare, "IV") == "" {
		return w
	}
	if len(bare) <= 4 && caseOf(bare) == allUpper && whole == mixed {
		if _, ok := t.suffixes[suffixKey(bare)]; ok {
			return w
		}
	}
	return t.nameWord(w, whole)
}

func (t *Tables) familyText(s string) string {
	if s == "" {
		return ""
	}
	return t.familyWords(strings.Split(s, " "), caseOf(s))
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

func trimNameMarks(s string) string { return strings.Trim(s, " ,;:_*/\\|\"") }

func joinWords(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + " " + b
}
