package transform

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitEastern takes a name in Chinese, Japanese or Korean letters apart: the
// family name comes first, often without a space behind it. ok is false where
// s is no such name.
func (t *Tables) splitEastern(s string) (p Person, ok bool) {
	const longest = 6 // letters of a whole name
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 2 || !isEastern(strings.Join(words, "")) {
		return Person{}, false
	}
	if len(words) == 2 {
		return Person{Family: words[0], Given: words[1]}, true
	}
	letters := utf8.RuneCountInString(s)
	if letters > longest {
		return Person{}, false
	}
	if letters == 1 {
		return Person{Family: s}, true
	}
	runes := []rune(s)
	family := t.easternFamily(runes)
	return Person{Family: string(runes[:family]), Given: string(runes[family:])}, true
}

// easternFamily counts the letters of the family name at the front of a name
// of two letters or more: the longest known one, else what is usual for a name
// of that length. Chinese and Korean names have one and two letters, Japanese
// ones mostly two and two.
func (t *Tables) easternFamily(name []rune) int {
	for n := min(3, len(name)-1); n > 0; n-- {
		if t.easternFamilies[string(name[:n])] {
			return n
		}
	}
	return max(1, len(name)-2)
}

// isEastern says whether s is of Chinese characters and the letters that stand
// beside them in names, or of Hangul.
func isEastern(s string) bool {
	marks := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r):
			marks++
		case r == '々' || unicode.Is(unicode.Hiragana, r):
		case unicode.Is(unicode.Katakana, r) && r != '・':
		default:
			return false
		}
	}
	return marks > 0
}
