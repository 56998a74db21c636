package transform

import "strings"

// splitPersons takes apart a text that may name two persons.
func (t *Tables) splitPersons(s string, whole letterCase) Person {
	left, right, ok := cutPersons(s)
	if !ok {
		return t.splitOne(s, whole)
	}
	leftTitle, leftRest := t.takeTitles(flatWords(left), 0)
	if len(leftRest) == 0 {
		return t.titledCouple(leftTitle, right, whole)
	}
	a := t.splitOne(left, whole)
	rightTitle, rightWords := t.takeTitles(flatWords(right), 0)
	b := t.splitOne(right, whole)
	switch {
	case len(rightWords) == 0: // "John Smith and Mrs"
		b = Person{Title: rightTitle, Family: a.Family}
	case a.Family != "" && a.Given != "" && isSingleWord(rightWords) && rightTitle == "":
		// "John Smith and Mary", "Smith, John and Mary": she has his name.
		b = Person{Given: t.nameWord(rightWords[0], whole), Family: a.Family}
	case givenOnly(leftRest) && leftTitle == "" && b.Family != "" && b.Given != "":
		// "John and Mary Smith", "John A. and Mary Smith".
		a = Person{Given: t.nameWord(leftRest[0], whole), Middle: t.nameWords(leftRest[1:], whole), Family: b.Family}
	case leftTitle != "" && isSingleWord(leftRest) && t.isGiven(leftRest[0]) && b.Family != "" && b.Given != "":
		a = Person{Title: leftTitle, Given: t.nameWord(leftRest[0], whole), Family: b.Family}
	}
	a.Second = t.personText(b)
	return a
}

// titledCouple reads "Mr & Mrs John Smith": the name stands once for both.
func (t *Tables) titledCouple(title, right string, whole letterCase) Person {
	p := t.splitOne(right, whole)
	second := Person{Title: p.Title, Family: p.Family}
	p.Title = title
	// "Mr and Mary Smith": the given name is hers.
	if second.Title == "" && p.Given != "" {
		second.Given, p.Given, p.Middle = p.Given, "", ""
	}
	if p.Family == "" {
		p.Family, p.Given = p.Given, ""
		second.Family = p.Family
	}
	p.Second = t.personText(second)
	return p
}

// cutPersons cuts at the first sign of a second person.
func cutPersons(s string) (left, right string, ok bool) {
	words := strings.Fields(s)
	for i, w := range words {
		if i == 0 || i+1 == len(words) || isNoblePair(words[i-1], words[i+1]) {
			continue
		}
		if isJoiner(w) || w == "/" || w == ";" {
			return strings.Join(words[:i], " "), strings.Join(words[i+1:], " "), true
		}
	}
	for _, mark := range []string{"/", "&", "+", ";"} {
		if l, r, found := strings.Cut(s, mark); found && hasLetter(l) && hasLetter(r) {
			return strings.TrimSpace(l), strings.TrimSpace(r), true
		}
	}
	return "", "", false
}

// isNoblePair tells "von und zu" from two persons.
func isNoblePair(before, after string) bool {
	return strings.EqualFold(before, "von") && strings.EqualFold(after, "zu")
}

// isJoiner tells the words for "and"; "U." in a large letter is an initial.
func isJoiner(w string) bool {
	switch strings.ToLower(w) {
	case "and", "&", "+", "und", "et", "och", "og":
		return true
	}
	return w == "u."
}

func flatWords(s string) []string {
	var words []string
	for _, segment := range splitSegments(s) {
		words = append(words, segment...)
	}
	return words
}

func isSingleWord(words []string) bool { return len(words) == 1 }

// givenOnly says whether words can be a given name without a family name.
func givenOnly(words []string) bool {
	if len(words) == 0 || len(words) > 3 {
		return false
	}
	for _, w := range words[1:] {
		if !isInitial(w) {
			return false
		}
	}
	return true
}

func isInitial(w string) bool {
	letters := strings.Trim(w, ".")
	return len([]rune(letters)) == 1 && isLetters(letters)
}

// personText writes a person as one text.
func (t *Tables) personText(p Person) string {
	text := ""
	for _, part := range []string{p.Title, p.Given, p.Middle, p.Family, p.Suffix} {
		text = joinWords(text, part)
	}
	return text
}
