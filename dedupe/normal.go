package dedupe

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes s in the form that names are compared in: lower-case Latin
// letters and digits, words parted by single spaces. Diacritics fall away,
// scripts with a transliteration table are written in Latin letters, other
// letters stay. It is idempotent.
func Fold(s string) string { return string(appendFold(nil, s)) }

// appendFold appends Fold(s) to buf, which must be empty.
func appendFold(buf []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return foldRunes(buf[:0], s)
		}
		buf = foldASCII(buf, c)
	}
	return trimSpace(buf)
}

func foldASCII(buf []byte, c byte) []byte {
	switch {
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		return append(buf, c)
	case 'A' <= c && c <= 'Z':
		return append(buf, c+'a'-'A')
	case c == '\'' || c == '.' || c == '`':
		return buf
	}
	return appendSpace(buf)
}

func appendSpace(buf []byte) []byte {
	if len(buf) > 0 && buf[len(buf)-1] != ' ' {
		buf = append(buf, ' ')
	}
	return buf
}

func trimSpace(buf []byte) []byte {
	if len(buf) > 0 && buf[len(buf)-1] == ' ' {
		buf = buf[:len(buf)-1]
	}
	return buf
}

func foldRunes(buf []byte, s string) []byte {
	var latin []byte
	for _, r := range latinIndic(norm.NFKC.String(s)) {
		latin = appendLatin(latin, unicode.ToLower(r))
	}
	apart := latin
	latin = nil
	for _, r := range norm.NFKD.String(string(apart)) { // accented Greek and Cyrillic show their base letter only now
		latin = appendLatin(latin, r)
	}
	for _, r := range string(latin) {
		switch {
		case r < utf8.RuneSelf:
			buf = foldASCII(buf, byte(r))
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) || r == '’' || r == 'ʼ' || r == 'ʹ':
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r):
			buf = utf8.AppendRune(buf, r)
		default:
			buf = appendSpace(buf)
		}
	}
	return trimSpace(buf)
}
