package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

func isLatinLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' && r < utf8.RuneSelf }

// isStrayLetter says whether a letter of another script stands in a Latin word,
// as accented letters do that were read in another code page: MΣrz, M悤ler,
// ﾖsterreich, AndrЩ. before and behind are the runes beside it, 0 = none.
func isStrayLetter(before, letter, behind rune) bool {
	switch {
	case letter < utf8.RuneSelf || !isLatinLower(before) && !isLatinLower(behind):
		return false
	case isHalfKana(letter):
		return !isHalfKana(before) && !isHalfKana(behind)
	case letter >= 'Α' && letter <= 'ω':
		return isLatinLetter(before) && isLatinLower(behind) && !strings.ContainsRune(twinsOfGreek, before) && !strings.ContainsRune(twinsOfGreek, behind)
	case isCyrillic(letter):
		return isLatinLower(before) && (unicode.IsUpper(letter) && !strings.ContainsRune(twinCapitals, letter) ||
			isLatinLower(behind) && !strings.ContainsRune(likest, letter))
	case unicode.In(letter, unicode.Han, unicode.Hangul):
		return !isWide(before) && !isWide(behind) && swallowsLetter(letter)
	}
	return false
}

// Cyrillic letters that people type for Latin ones, as nobody sees the
// difference.
const (
	twinCapitals = "АВЕКМНОРСТУХЅІЈԚԜ"
	likest       = "аеорсухіјѕ"
	// twinsOfGreek are Latin letters that stand for Greek ones likewise.
	twinsOfGreek = "aikopuvx"
)

func isHalfKana(r rune) bool { return r >= '｡' && r <= 'ﾟ' }

func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

// widePages are those of East Asia. A letter of one byte beyond ASCII takes the
// letter behind it along there, and both become one sign that hardly any text
// has.
var widePages = []encoding.Encoding{simplifiedchinese.GB18030, traditionalchinese.Big5, japanese.ShiftJIS, korean.EUCKR}

// swallowsLetter says whether the bytes of a sign in a page of East Asia are an
// accented letter and a small one: 悤 is ül in Big5.
func swallowsLetter(sign rune) bool {
	for _, page := range widePages {
		b, err := page.NewEncoder().Bytes(utf8.AppendRune(nil, sign))
		if err == nil && len(b) == 2 && b[0] >= 0xC0 && isLatinLower(rune(b[1])) {
			return true
		}
	}
	return false
}

// latinWord follows the letters of a word up to one that is a capital between
// small letters.
type latinWord struct {
	letters  int
	hasVowel bool
	isScots  bool // it is Mc so far
	isName   bool // it begins with a capital, as names do and mutated words of Irish do not
}

// add takes the next rune and the one behind it; true = an accented capital
// stands behind consonants alone, which no syllable begins with that could be a
// word of its own: JÑger, SchrÜder.
func (w *latinWord) add(r, behind rune) bool {
	if !unicode.IsLetter(r) {
		*w = latinWord{}
		return false
	}
	if r >= 'À' && r <= 'ſ' && unicode.IsUpper(r) && w.letters > 0 && w.isName && !w.hasVowel && !w.isScots && isLatinLower(behind) {
		return true
	}
	if w.letters == 0 {
		w.isName = unicode.IsUpper(r)
	}
	w.isScots = w.letters == 1 && r == 'c'
	w.letters++
	w.hasVowel = w.hasVowel || !isLatinLetter(r) || strings.ContainsRune("aeiouyAEIOUY", r)
	return false
}

// isOddAfter says whether the character that begins text may be such a letter;
// last is the byte before it.
func isOddAfter(last byte, text []byte) bool {
	if len(text) < 2 {
		return false
	}
	isBehind := isASCIILetter(last)
	switch lead := text[0]; {
	case lead == 0xC3:
		return isBehind && text[1] <= 0x9E && len(text) > 2 && isLatinLower(rune(text[2]))
	case lead >= 0xC4 && lead <= 0xC5:
		return isBehind && len(text) > 2 && isLatinLower(rune(text[2]))
	case lead >= 0xCE && lead <= 0xCF:
		return isBehind
	case lead == 0xD0:
		return isBehind && text[1] <= 0xAF
	case lead >= 0xE3 && lead <= 0xEF:
		return isBehind || len(text) > 3 && isLatinLower(rune(text[3]))
	}
	return false
}
