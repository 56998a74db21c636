package recognise

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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

// unsigned cuts the name of a person off what tables are called, where the rest
// names what their rows are: "Termine Anna Meier" are appointments of hers.
func (j *Judge) unsigned(names []string) []string {
	list := slices.Clone(names)
	for i, name := range names {
		words := j.Tables.TellingWords(name)
		for n := min(2, len(words)-1); n > 0; n-- {
			front, back := words[:n], words[len(words)-n:]
			if j.isSignature(back) && j.Tables.namesAny(words[:len(words)-n]) {
				list[i] = strings.Join(words[:len(words)-n], " ")
				break
			}
			if j.isSignature(front) && j.Tables.namesAny(words[n:]) {
				list[i] = strings.Join(words[n:], " ")
				break
			}
		}
	}
	return list
}

// isSignature says whether words are a person's name and nothing else.
func (j *Judge) isSignature(words []string) bool {
	return j.IsPerson(strings.Join(words, " ")) && !slices.ContainsFunc(words, func(w string) bool {
		return len(j.Tables.entityNames(w)) > 0 || j.Tables.business.file[w] || j.Tables.Month(w) > 0
	})
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
		if cut, isCut := strings.CutSuffix(w, "."); isCut && len(list) > 1 && utf8.RuneCountInString(cut) == 1 {
			continue // "Anna M."
		}
		folded := Fold(w)
		if strings.ContainsFunc(w, func(r rune) bool { return !isNameLetter(r) }) || j.Tables.Month(w) > 0 || j.Tables.regions[folded] {
			return false, false
		}
		isUnknown = isUnknown || j.recogniser().isGiven(w) || j.Tables.lexicon.count[folded] == 0
	}
	return true, isUnknown
}
