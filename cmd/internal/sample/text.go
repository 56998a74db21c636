package sample

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// apart spells letters that do not come apart into a base and marks.
func apart(r rune) string {
	switch r {
	case 'ł':
		return "l"
	case 'Ł':
		return "L"
	case 'ı':
		return "i"
	case 'ø':
		return "o"
	case 'Ø':
		return "O"
	case 'ß':
		return "ss"
	case 'đ':
		return "d"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	}
	return string(r)
}

// plain spells text in ASCII letters where it can: ü becomes u.
func plain(text string) string {
	if isASCII(text) {
		return text
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteString(apart(r))
		}
	}
	return b.String()
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// german spells umlauts with e, as on keyboards without them.
func german(text string) string {
	return strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "ß", "ss", "ø", "oe", "å", "aa", "Å", "Aa").Replace(text)
}

// western spells letters that Windows-1252 lacks in the ones it has.
func western(text string) string {
	if isASCII(text) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if _, ok := charmap.Windows1252.EncodeRune(r); ok {
			b.WriteRune(r)
		} else {
			b.WriteString(plain(string(r)))
		}
	}
	return b.String()
}

// asciiLower keeps the letters and digits of text, in lower-case ASCII.
func asciiLower(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(plain(text)) {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-') {
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return "x"
	}
	return b.String()
}

// typo changes one letter of text after its first: left out, doubled, swapped
// with the next, or another.
func typo(r *rng, text string) string {
	letters := []rune(text)
	if len(letters) < 4 {
		return text
	}
	at := r.between(1, len(letters)-2)
	switch r.below(4) {
	case 0:
		return string(letters[:at]) + string(letters[at+1:])
	case 1:
		return string(letters[:at+1]) + string(letters[at:])
	case 2:
		letters[at], letters[at+1] = letters[at+1], letters[at]
	default:
		letters[at] = rune("aeionrtslm"[r.below(10)])
	}
	return string(letters)
}
