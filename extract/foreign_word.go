package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// strayInWord are signs that stand within no word of any language, and which
// letters of one code page become in another: ü of Windows-1252 is ¸ in Mac
// Roman, ß of Mac Roman § in Windows-1252, ą of Windows-1250 ¹ there, é of DOS ‚, any
// letter a part of a frame in KOI8-R and in the code pages of DOS.
const strayInWord = "§¶†‡‰ˆ˜¤¦¯¸¬¿„‚¡¢£©®˘±Ľ³¹Ÿ÷ŠŽ•”™ƒⁿ≤≥≡∞∩≈∂∑∏π∫Ω∆◊" + frames

// strayBefore are those of them that stand before no word either.
const strayBefore = "¦¸˜"

// frames are what tables are drawn with.
const frames = "│┤╡╢╖╕╣║╗╝╜╛┐└┴┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"

// accented are the letters beyond ASCII of languages that are written in code
// pages of the Latin alphabet, lower case.
var accented = []string{
	"äöüßåæøéà", "àâæçéèêëîïôœùûüÿ", "áéíóúüñçãõâêôàïªº", "ąćęłńóśźż", "áäčďéěíĺľňóôŕřšťúůýž", "áéíóöőúüű", "âçğıİöşüî", "ăâîșțşţ",
	"ąčęėįšųūž", "āčēģīķļņšūžōŗ", "čćđšž", "áðéíóúýþæö", "ëç", "äöõüšž", "àèéìíîòóùú",
}

// fewestAccented is how many accented letters make up a word that nobody
// writes.
const fewestAccented = 4

// hasForeignWord says whether a word of the text shows that it was read in
// another code page than it was written in: it has a sign within, or accented
// letters alone which no language has together.
func hasForeignWord(text []byte) bool {
	if !spoilt.in(text) {
		return false
	}
	var before, last rune // the two runes before the one at hand
	run := 0              // bytes of accented letters before it, of a word that has no others
	word := 0             // bytes of letters before it
	row := 0              // bytes beyond ASCII before it
	var noise noiseRun
	var latin latinWord
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		isLetter := unicode.IsLetter(r)
		behind, _ := utf8.DecodeRune(text[at+size:])
		if noise.add(r) || latin.add(r, behind) || isStrayLetter(last, r, behind) {
			return true
		}
		if isLetter && unicode.IsLetter(before) && strings.ContainsRune(strayInWord, last) && isLowerBeside(before, last, r) {
			return true
		}
		if !unicode.IsLetter(before) && unicode.IsLower(r) && strings.ContainsRune(strayBefore, last) {
			return true
		}
		if isStrayCyrillic(last, r) || !isLetter && last == 'þ' && word > len("þ") || size == 1 && isForeignCyrillic(text[at-row:at]) {
			return true // no word of Icelandic, the only language that has it, ends with þ
		}
		if word += size; !isLetter {
			word = 0
		}
		if row += size; size == 1 {
			row = 0
		}
		switch {
		case isAccented(r) && (run > 0 || !unicode.IsLetter(last)):
			run += size
		case !isLetter && isForeignRun(text[at-run:at]):
			return true
		default:
			run = 0
		}
		before, last = last, r
		at += size
	}
	return isForeignRun(text[len(text)-run:]) || last == 'þ' && word > len("þ") || isForeignCyrillic(text[len(text)-row:])
}

// noiseRun counts letters and signs of the upper half of Latin-1 that stand side
// by side, as the bytes of Chinese, Korean and Thai become there: no word has
// two of each.
type noiseRun struct{ letters, signs int }

// add takes the next rune; true = the run is one that nobody writes.
func (n *noiseRun) add(r rune) bool {
	switch {
	case r < '\u00a1' || r > '\u00ff':
		*n = noiseRun{}
	case strings.ContainsRune("«»¿¡·²³°ªº", r): // signs that stand beside letters
	case unicode.IsLetter(r):
		n.letters++
	default:
		n.signs++
	}
	return n.letters > 1 && n.signs > 1
}

// isLowerBeside says whether the letters beside a sign are those of a word in
// small letters. A capital letter is a stray one only before a small letter.
func isLowerBeside(before, sign, behind rune) bool {
	switch sign {
	case 'π', 'Ω': // letters of Greek words
		return isLatinLower(before) || isLatinLower(behind)
	case 'Ÿ':
		return unicode.IsLower(behind)
	case 'Ľ': // ź of ISO 8859-2; a capital begins a word
		return unicode.IsLower(before)
	case 'Š', 'Ž': // ä and é of Mac Roman
		return unicode.IsLower(behind) && unicode.IsLower(before)
	case '³', '¹':
		return unicode.IsLower(behind) && unicode.IsLower(before) && before != 'm' // as in m³
	}
	return unicode.IsLower(before) || unicode.IsLower(behind)
}

func isAccented(r rune) bool { return r >= 'À' && r <= 'ſ' && r != '×' && r != '÷' }

// isForeignRun says whether a word of accented letters is one of no language.
func isForeignRun(word []byte) bool {
	if utf8.RuneCount(word) < fewestAccented {
		return false
	}
	for at, before := 0, rune(0); at < len(word); { // a capital behind a small letter, of accented ones alone
		r, size := utf8.DecodeRune(word[at:])
		if unicode.IsLower(before) && unicode.IsUpper(r) {
			return true
		}
		before, at = r, at+size
	}
	for _, letters := range accented {
		all := true
		for _, r := range string(word) {
			all = all && (strings.ContainsRune(letters, unicode.ToLower(r)) || strings.ContainsRune(letters, r))
		}
		if all {
			return false
		}
	}
	return true
}
