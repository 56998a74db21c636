package extract

import (
	"bytes"
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

// cyrillicPages are the code pages of Cyrillic that are taken for each other.
var cyrillicPages = []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866, charmap.ISO8859_5, charmap.MacintoshCyrillic}

// fewestCyrillic is how many letters make up a word that can show its page.
const fewestCyrillic = 3

// isForeignCyrillic says whether a row of signs beyond ASCII is a Cyrillic word
// that was written in one code page and read in another: no word as it stands,
// it is one there, of letters that are commoner. юННЮ is Анна of KOI8-R, ЋЇ«зҐ
// a word of DOS. Where a shift key was the cause, it stands with the commoner
// letters already.
func isForeignCyrillic(row []byte) bool {
	row = bytes.TrimFunc(row, func(r rune) bool { return strings.ContainsRune("«»„“”‘’—–…№\u00a0", r) })
	if utf8.RuneCount(row) < fewestCyrillic || isCyrillicWord(string(row)) {
		return false
	}
	now := commonLetters(string(row))
	if bytes.ContainsFunc(row, func(r rune) bool { return !unicode.IsLetter(r) }) {
		now-- // a sign within it speaks against it too
	}
	isDrawn := !bytes.ContainsFunc(row, isCyrillic) // perhaps the frame of a table
	for _, read := range cyrillicPages {
		for _, written := range cyrillicPages {
			if read == written {
				continue
			}
			if was := reread(row, read, written); isCyrillicWord(was) && commonLetters(was) > now && (!isDrawn || hasLetters(was, fewestCyrillic)) {
				return true
			}
		}
	}
	return false
}

// reread is a text that was read in one code page, as it is in another; "" where
// the first has no such text.
func reread(text []byte, read, written *charmap.Charmap) string {
	var was strings.Builder
	for _, r := range string(text) {
		b, ok := read.EncodeRune(r)
		if !ok {
			return ""
		}
		was.WriteRune(written.DecodeByte(b))
	}
	return was.String()
}

// isCyrillicWord says whether a text is letters that one language has together,
// small ones, capitals, or small ones behind one capital.
func isCyrillicWord(text string) bool {
	lower := strings.ToLower(text)
	if strings.ContainsFunc(lower, func(r rune) bool { return !isCyrillic(r) && r != 'ґ' }) {
		return false
	}
	if strings.ContainsAny(lower, "ъыэ") && strings.ContainsAny(lower, "ђѓѕїјљњћќџґє") || strings.ContainsRune(lower, 'ъ') && strings.ContainsAny(lower, "іў") {
		return false
	}
	_, first := utf8.DecodeRuneInString(text)
	return text != "" && (text[first:] == lower[first:] || text == strings.ToUpper(text))
}

// hasLetters says whether a word holds so many different letters.
func hasLetters(word string, fewest int) bool {
	seen := map[rune]bool{}
	for _, r := range word {
		seen[r] = true
	}
	return len(seen) >= fewest
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
