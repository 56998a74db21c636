package dedupe

import (
	_ "embed"
	"slices"
	"strings"
)

// Words that many names hold tell firms and things of one name apart, where each
// holds one that the other lacks: Lerbrand Logistik and Lerbrand Elektro, Terra
// Glass Desk and Terra Marble Desk. What a misspelling makes is no such word.

//go:embed tables/trades.tsv
var tradesTSV string

// findKnown finds the words that are known: those of many names, which are
// counted once each, and in any list those for what firms do.
func (f *firmFacts) findKnown() {
	f.trades = tradeWords()
	names := make([]int32, f.words.len())
	for _, w := range f.list {
		names[w]++
	}
	f.known = make([]bool, f.words.len())
	for w := 1; w < len(f.known); w++ {
		f.known[w] = f.isKnown(f.words.bytes(uint32(w)), names[w])
	}
}

// isKnown says whether a word that so many names hold is known.
func (f *firmFacts) isKnown(word []byte, names int32) bool {
	const many = 4
	word = unmarked(word)
	return len(word) > 1 && !saysNothing(string(word)) && digitFrom(word, 0) == len(word) && (names >= many || f.trades[string(word)])
}

// tradeWords are the words of the shipped table, written as names are.
func tradeWords() map[string]bool {
	trades := map[string]bool{}
	for line := range strings.Lines(tradesTSV) {
		if _, words, ok := strings.Cut(line, "\t"); ok && line[0] != '#' {
			for word := range strings.FieldsSeq(words) {
				trades[string(longWord([]byte(word)))] = true
			}
		}
	}
	return trades
}

// saysNothing reports words that are added to a name or exchanged for one
// another and tell nobody apart.
func saysNothing(word string) bool {
	switch word {
	case "group", "gruppe", "groupe", "grupo", "gruppo", "service", "solution", "solutions", "partners", "partner", "associates", "enterprise",
		"enterprises", "international", "national", "global", "worldwide", "company", "firm", "firma", "general", "new", "old",
		"restaurant", "ristorante", "restaurante", "cafe", "bar", "hotel", "shop", "store", "center", "centre", "house", "office", "system",
		"brothers", "sons", "son", "family", "team", "your", "with", "from", "in", "on", "at", "by", "to", "a", "an":
		return true
	}
	return false
}

// hasOwn says whether one of the words of a name at some places, which another
// name lacks, does not stand there in another form.
func (c *comparer) hasOwn(name, other firmName, at uint64) bool {
	for i, w := range name.words {
		if at>>min(i, 63)&1 == 1 && c.f.firms.known[w] && !slices.Contains(other.words, w) && !c.standsFor(w, other.words) {
			return true
		}
	}
	return false
}

// standsFor says whether a word that a name lacks stands there in another form:
// cut short (maschb., constr.) or with another ending (consultants, consultancy).
func (c *comparer) standsFor(word uint32, words []uint32) bool {
	text := unmarked(c.f.firms.words.bytes(word))
	for _, other := range words {
		theirs := unmarked(c.f.firms.words.bytes(other))
		if isCut(text, theirs) || isCut(theirs, text) || sameStem(text, theirs) {
			return true
		}
	}
	return false
}

// isCut says whether short is made of letters of long in their order.
func isCut(short, long []byte) bool {
	const least = 3
	if len(short) < least || len(short) >= len(long) || short[0] != long[0] {
		return false
	}
	for _, letter := range long {
		if len(short) > 0 && short[0] == letter {
			short = short[1:]
		}
	}
	return len(short) == 0
}

// sameStem says whether two words begin with the same five letters or more,
// which are most of the shorter one.
func sameStem(a, b []byte) bool {
	const least = 5
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n >= least && 3*n >= 2*min(len(a), len(b))
}

// isAcronym says whether a word is made of the first letters of words of a name,
// in any order: hs and high school, vldb and very large data bases.
func (c *comparer) isAcronym(short uint32, firm firmName) bool {
	const least, most = 3, 6 // letters; two are enough for a word that many names hold
	if c.f.firms.masks[short]&^firm.initials != 0 {
		return false
	}
	text, words := unmarked(c.f.firms.words.bytes(short)), firm.words
	if len(text) < least-1 || len(text) > most || len(words) < len(text) || len(text) < least && !c.f.firms.known[short] {
		return false
	}
	var taken uint64 // words whose first letter is taken
letters:
	for _, letter := range text {
		for i, w := range words[:min(len(words), 64)] {
			word := unmarked(c.f.firms.words.bytes(w))
			if taken>>i&1 == 0 && len(word) > 1 && word[0] == letter && !isNumber(word) {
				taken |= 1 << i
				continue letters
			}
		}
		return false
	}
	return true
}
