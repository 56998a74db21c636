package transform

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text is the canonical form of plain text: white space and invisible marks
// trimmed from both ends, Unicode NFC. It is idempotent.
func Text(s string) string {
	if isASCII(s) {
		return trimASCII(s)
	}
	s = trimUnicode(s)
	if isComposed(s) {
		return s
	}
	return trimUnicode(norm.NFC.String(s))
}

// isComposed says whether a text is in NFC for sure: it has no characters but
// those of Latin and Cyrillic alphabets that no mark follows.
func isComposed(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
		case c >= 0xC2 && c <= 0xC5, c == 0xD0, c == 0xD1: // U+0080 to U+017F, U+0400 to U+047F
			i++
		default:
			return false
		}
	}
	return true
}

// Line is Text with every inner run of white space and control characters as
// one space. It is
// idempotent.
func Line(s string) string {
	s = Text(s)
	if !needsSpacing(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		if isInvisible(r) && !unicode.IsSpace(r) {
			continue
		}
		if unicode.IsSpace(r) || r < ' ' {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return Text(b.String())
}

// Company cleans the name of an organisation: white space only, its case and
// the spelling of its legal form stay. It is idempotent.
func Company(s string) string { return Line(s) }

func needsSpacing(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || (c < ' ') || (c == ' ' && s[i+1] == ' ') {
			return true
		}
	}
	return false
}

func isASCII(s string) bool {
	for len(s) >= 8 {
		if (s[0]|s[1]|s[2]|s[3]|s[4]|s[5]|s[6]|s[7])&0x80 != 0 {
			return false
		}
		s = s[8:]
	}
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func trimASCII(s string) string {
	for len(s) > 0 && s[0] <= ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	return s
}

func trimUnicode(s string) string { return strings.TrimFunc(s, isBlankRune) }

// isBlank says whether trimUnicode leaves nothing of a text.
func isBlank(s string) bool {
	if s != "" && s[0] > ' ' && s[0] < utf8.RuneSelf {
		return false
	}
	return trimUnicode(s) == ""
}

func isBlankRune(r rune) bool { return r <= ' ' || unicode.IsSpace(r) || isInvisible(r) }

// isInvisible names the marks that spreadsheets and web pages leave around
// values: zero-width space and joiners are kept inside words of scripts that
// need them, so only those without meaning count.
func isInvisible(r rune) bool {
	return r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == '\u00ad'
}

// foldWord reduces a word or header to what people mean by it: lower case,
// accents off, letters and digits only.
func foldWord(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ł':
			b.WriteByte('l')
		case r == 'ø':
			b.WriteByte('o')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isLetters(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return s != ""
}

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}
