package recognise

import (
	"slices"
	"strconv"
	"strings"
)

// Touch is what a header says happened that day: the second call.
type Touch struct {
	Kind   string // canonical word of activity.type, or the header's own
	Number int    // from 1
}

// TouchOfHeader reads the header of a column of days on which one of several
// touches happened: "2. Anruf", "Call 2 date", "Third visit". ok is false where
// it names no kind of touch, or does not number it: what happened last is no
// touch of its own, for the next delivery replaces it.
func (t *WordTables) TouchOfHeader(header string) (touch Touch, ok bool) {
	isMoment := func(w string) bool { return t.business.moments[w] }
	tokens, number := t.withoutOrdinal(cutEnds(HeaderTokens(header), isMoment))
	tokens = cutEnds(tokens, isMoment)
	key := strings.Join(tokens, "")
	if number == 0 || key == "" {
		return Touch{}, false
	}
	kind := t.Word("activity", "type", key)
	if kind == "" && t.business.touches[key] {
		kind = strings.Join(tokens, " ")
	}
	if kind == "" {
		return Touch{}, false
	}
	return Touch{kind, number}, true
}

// WithoutNumber takes the word that counts off a header: "Ergebnis 2", "2nd
// result"; number is 0 where it has none.
func (t *WordTables) WithoutNumber(header string) (rest string, number int) {
	tokens, number := t.withoutOrdinal(HeaderTokens(header))
	return strings.Join(tokens, " "), number
}

func (t *WordTables) withoutOrdinal(tokens []string) (rest []string, number int) {
	ends := []string{"st", "nd", "rd", "th", "er", "ere", "re", "e", "eme", "nde", "o", "a"} // of "2nd", "1ère", "3.o"
	for i, w := range tokens {
		n := t.ordinal(w)
		if isEnd := i > 0 && slices.Contains(ends, w) && t.ordinal(tokens[i-1]) > 0; n > 0 || isEnd {
			number = max(number, n)
			continue
		}
		rest = append(rest, w)
	}
	return rest, number
}

// ordinal is the number that a word of a header counts with: 2, second; 0 =
// none.
func (t *WordTables) ordinal(word string) int {
	const most = 20
	if n, err := strconv.Atoi(word); err == nil && n > 0 && n <= most {
		return n
	}
	return t.business.ordinals[word]
}

// hasTouches says whether several columns of days are called as touches.
func (j *Judge) hasTouches(columns []*Profile) bool {
	const fewest = 2
	n := 0
	for _, p := range columns {
		if _, ok := j.Tables.TouchOfHeader(p.Says()); ok && (p.Filled == 0 || p.dateShare() >= fitsField) {
			n++
		}
	}
	return n >= fewest
}

// isTouched says whether the rows are people who are called again and again, and
// are no customers yet: nobody numbered them.
func (j *Judge) isTouched(v Verdict, columns []*Profile) bool {
	return j.hasTouches(columns) && !v.has("customer_id")
}
