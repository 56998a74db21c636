package transform

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// letterCase says how the letters of a text are written.
type letterCase int

const (
	caseless letterCase = iota // no letter that has a case
	allLower
	allUpper
	capital // first letter upper, the rest lower
	mixed
)

func caseOf(s string) letterCase {
	upper, lower, first := 0, 0, true
	firstUpper := false
	for _, r := range s {
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			upper++
			if first {
				firstUpper = true
			}
			first = false
		case unicode.IsLower(r):
			lower++
			first = false
		}
	}
	switch {
	case upper == 0 && lower == 0:
		return caseless
	case lower == 0:
		return allUpper
	case upper == 0:
		return allLower
	case upper == 1 && firstUpper:
		return capital
	default:
		return mixed
	}
}

// capitalise writes the first letter large and the rest small, beginning anew
// after a hyphen, stop, slash, bracket or an apostrophe that follows one letter.
func capitalise(word string) string {
	var b strings.Builder
	b.Grow(len(word))
	start := true
	letters := 0
	for i, r := range word {
		switch {
		case unicode.IsLetter(r):
			if start {
				b.WriteRune(unicode.ToUpper(r))
			} else {
				b.WriteRune(unicode.ToLower(r))
			}
			start = false
			letters++
			continue
		case isApostrophe(r):
			// O'Brien and D'Angelo, but Mary's and Rock'n'Roll as they come.
			start = letters == 1 && utf8.RuneCountInString(word[i:]) > 2
		case unicode.IsMark(r) || unicode.IsDigit(r):
			start = false
		default:
			start = true
		}
		letters = 0
		b.WriteRune(r)
	}
	if s, ok := strings.CutSuffix(b.String(), "σ"); ok && s != "" {
		return s + "ς" // the Greek sigma at the end of a word
	}
	return b.String()
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '`' || r == 'ʼ' }

// nameWord repairs one word of a person's name; text is the case of the whole
// name. Words in mixed case stay as they are.
func (t *Tables) nameWord(word string, whole letterCase) string {
	switch caseOf(word) {
	case caseless, capital, mixed:
		return word
	case allUpper:
		if keepsUpper(word, whole) {
			return word
		}
	}
	return t.properWord(word)
}

// keepsUpper tells initials and pairs of them (JW, T.J.) from short names in
// large letters (JO, and NG, the one common name without a vowel).
func keepsUpper(word string, whole letterCase) bool {
	if word == "NG" {
		return false
	}
	letters, vowels := 0, 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			letters++
			if strings.ContainsRune("AEIOUYÄÖÜÉÈÀ", r) {
				vowels++
			}
		}
	}
	if letters == 1 || strings.Contains(word, ".") && letters <= 3 {
		return true
	}
	return letters == 2 && (whole != allUpper || vowels == 0)
}

// properWord capitalises a name word, with Mc, Mac and hyphens as they are
// written.
func (t *Tables) properWord(word string) string {
	if i := strings.IndexAny(word, "-–"); i > 0 {
		_, size := utf8.DecodeRuneInString(word[i:])
		left, right := word[:i], word[i+size:]
		if p, ok := t.particles[strings.ToLower(left)]; ok && p.kind != "low" || strings.EqualFold(left, "al") {
			left = strings.ToLower(left)
		} else {
			left = t.properWord(left)
		}
		return left + word[i:i+size] + t.properWord(right)
	}
	lower := strings.ToLower(word)
	if strings.HasPrefix(lower, "mc") && utf8.RuneCountInString(lower) > 3 {
		return "Mc" + capitalise(lower[2:])
	}
	if t.macNames[lower] {
		return "Mac" + capitalise(lower[3:])
	}
	if rest, ok := strings.CutPrefix(lower, "d'"); ok && rest != "" {
		return "D'" + capitalise(rest)
	}
	return capitalise(lower)
}

// placeText repairs the case of a street or town that is all large or all
// small; mixed case stays.
func (t *Tables) placeText(s string) string {
	whole := caseOf(s)
	if whole == caseless || whole == mixed {
		return s
	}
	if whole == capital {
		return s
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		lower := strings.ToLower(w)
		switch {
		case w == "":
		case isOrdinal(lower):
			words[i] = lower
		case isCompass(lower) && len(words) > 1:
			words[i] = strings.ToUpper(w)
		case i > 0 && i < len(words)-1 && t.smallWords[lower]:
			words[i] = lower
		case hasDigit(w): // 12A and 12a both stay
		case strings.Contains(w, "-"):
			words[i] = t.hyphenPlace(lower)
		default:
			words[i] = capitalise(lower)
		}
	}
	return strings.Join(words, " ")
}

// hyphenPlace writes Stratford-upon-Avon.
func (t *Tables) hyphenPlace(lower string) string {
	parts := strings.Split(lower, "-")
	for i, p := range parts {
		if i == 0 || i == len(parts)-1 || !t.smallWords[p] {
			parts[i] = capitalise(p)
		}
	}
	return strings.Join(parts, "-")
}

func isCompass(lower string) bool {
	switch strings.TrimRight(lower, ".") {
	case "n", "s", "e", "w", "ne", "nw", "se", "sw":
		return true
	}
	return false
}

// isOrdinal tells 5th, 42nd and 3rd.
func isOrdinal(lower string) bool {
	digits := strings.TrimRight(lower, "abcdefghijklmnopqrstuvwxyz")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return false
	}
	switch lower[len(digits):] {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}
