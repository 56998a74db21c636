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
	isWord := func(w string) bool {
		return strings.IndexFunc(w, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’-", r)
		}) < 0
	}
	if len(list) == 0 || len(list) > most || slices.ContainsFunc(list, func(w string) bool { return !isWord(w) }) {
		return false
	}
	r := j.recogniser()
	return slices.ContainsFunc(list, r.isGiven)
}
