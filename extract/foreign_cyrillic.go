package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// twins are Cyrillic letters that look as Latin ones do: people mix them up
// where they type, in either script.
const twins = "абвгеикмнопрсухіјѕԁһӏ"

// isCyrillic knows the letters of the Cyrillic code pages.
func isCyrillic(r rune) bool { return r >= 'Ѐ' && r <= 'џ' }

func isLatinLower(r rune) bool { return r >= 'a' && r <= 'z' }

// isStrayCyrillic says whether a Cyrillic letter stands before a small Latin
// one, as what was an accented letter does: фbersicht. Suffixes behind Latin
// words (SMSки) and letters that look alike are no sign of it.
func isStrayCyrillic(r, behind rune) bool {
	return isCyrillic(r) && isLatinLower(behind) && !strings.ContainsRune(twins, unicode.ToLower(r))
}

// isCaseTurned says whether a word begins small and goes on in capitals because
// it was written in KOI8-R and read as Windows-1251, or the other way round:
// юННЮ is Анна. Where a shift key was the cause, the word as it stands has more
// of the commonest letters.
func isCaseTurned(word []byte) bool {
	first, size := utf8.DecodeRune(word)
	second, _ := utf8.DecodeRune(word[size:])
	if !isCyrillic(first) || !unicode.IsLower(first) || !isCyrillic(second) || !unicode.IsUpper(second) {
		return false
	}
	now := commonLetters(string(word))
	for _, pages := range [][2]*charmap.Charmap{{charmap.Windows1251, charmap.KOI8R}, {charmap.KOI8R, charmap.Windows1251}} {
		var was strings.Builder
		for _, r := range string(word) {
			b, ok := pages[0].EncodeRune(r)
			if !ok {
				return false
			}
			was.WriteRune(pages[1].DecodeByte(b))
		}
		if commonLetters(was.String()) > now {
			return true
		}
	}
	return false
}

// commonLetters counts the letters of a word that half of every Cyrillic text
// is made of.
func commonLetters(word string) (n int) {
	for _, r := range word {
		if strings.ContainsRune("оеаинтсрвл", unicode.ToLower(r)) {
			n++
		}
	}
	return n
}
