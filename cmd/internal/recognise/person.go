package recognise

import (
	"slices"
	"strings"
	"unicode"
)

// IsPerson says whether a text is the name of a person and nothing else: up to
// four words of letters, one of them a known given name.
func (j *Judge) IsPerson(text string) bool {
	const most = 4
	list := strings.Fields(text)
	isOther := func(r rune) bool { return !isNameLetter(r) }
	if len(list) == 0 || len(list) > most || slices.ContainsFunc(list, func(w string) bool { return strings.ContainsFunc(w, isOther) }) {
		return false
	}
	return slices.ContainsFunc(list, j.recogniser().isGiven)
}

func isNameLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || strings.ContainsRune("'’-", r)
}

// ArePersons says whether texts side by side, such as the names of worksheets,
// can be those of persons: most of them hold a word that no shipped table knows,
// and none a digit, a month or a part of a country.
func (j *Judge) ArePersons(texts []string) bool {
	unknown := 0
	for _, text := range texts {
		isOne, isUnknown := j.mayBePerson(text)
		if !isOne {
			return false
		}
		if isUnknown {
			unknown++
		}
	}
	return 2*unknown > len(texts)
}

// mayBePerson says whether a text can be the name of a person, and whether one of
// its words is known as a given name or not known at all.
func (j *Judge) mayBePerson(text string) (isOne, isUnknown bool) {
	const most = 4
	list := strings.Fields(text)
	if len(list) == 0 || len(list) > most {
		return false, false
	}
	for _, w := range list {
		folded := Fold(w)
		if strings.ContainsFunc(w, func(r rune) bool { return !isNameLetter(r) }) || j.Tables.Month(w) > 0 || j.Tables.regions[folded] {
			return false, false
		}
		isUnknown = isUnknown || j.recogniser().isGiven(w) || j.Tables.lexicon.count[folded] == 0
	}
	return true, isUnknown
}
