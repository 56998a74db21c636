package recognise

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Lengths of the parts of a compound, in letters: shorter ones stand at the end
// of words by accident.
const (
	shortestHead = 5
	shortestRest = 3
)

// addHead takes a word that names an entity for the last part of compounds,
// where its language writes those in one word.
func (t *WordTables) addHead(language, label string) {
	key := FoldKey(label)
	isOne := !strings.ContainsAny(label, " -") && utf8.RuneCountInString(key) >= shortestHead
	if isOne && slices.Contains([]string{"de", "nl", "sv", "da", "no"}, language) {
		t.business.heads[key] = true
	}
}

// parted writes the compounds among words in two, as other languages do:
// "messe leads". A list of something is called by what is in it: "kunden" of
// Kundenliste. Words that the tables know stay as they are.
func (t *WordTables) parted(words []string) []string {
	var list []string
	for _, w := range words {
		if len(t.business.names[w]) > 0 || t.business.file[w] {
			list = append(list, w)
			continue
		}
		list = append(list, t.compound(w)...)
	}
	return list
}

// compound parts a word at the longest last part that the tables know.
func (t *WordTables) compound(word string) []string {
	const shortestList = 4 // letters of a word for a list
	for at := range word {
		rest, end := word[:at], word[at:]
		switch {
		case utf8.RuneCountInString(rest) < shortestRest:
		case t.business.heads[end]:
			return []string{rest, end}
		case t.business.file[end] && utf8.RuneCountInString(end) >= shortestList && len(t.entityNames(rest)) > 0:
			return []string{rest}
		}
	}
	return []string{word}
}

// namesAny says whether words end with what some entity is called.
func (t *WordTables) namesAny(words []string) bool {
	return slices.ContainsFunc([]int{0, len(words) - 1}, func(at int) bool {
		return len(t.entityNames(strings.Join(words[at:], ""))) > 0
	})
}

// saysSupplier says whether a word is one for those whom the company buys from.
func (t *WordTables) saysSupplier(word string) bool { return t.business.suppliers[word] }

// SaysSupplier says whether a text speaks of those whom the company buys from.
func (t *WordTables) SaysSupplier(text string) bool {
	return slices.ContainsFunc(HeaderTokens(text), t.saysSupplier)
}
