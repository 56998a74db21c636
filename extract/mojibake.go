package extract

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// badText names the rule that a text breaks which is none or was spoilt on its
// way here, "" where it is sound.
func badText(text []byte, encoding string) (rule, reason string) {
	switch {
	case !utf8.Valid(text):
		return "encoding", "the value holds bytes that are not " + encoding
	case bytes.IndexByte(text, 0) >= 0:
		return "nul", "the value holds a NUL byte"
	case mayBeSevenBits(text) && sevenBits(text) != "":
		return "encoding", "the value is " + sevenBits(text) + ", not " + encoding
	case isMojibake(text):
		return "encoding.mojibake", "the value is UTF-8 that was read in another encoding before it was delivered, or here: its letters beyond ASCII have become pairs of signs"
	case hasForeignWord(text):
		return "encoding.mojibake", "the value was read in another encoding than it was written in, before it was delivered or here: a word has a sign within, or nothing but accented letters"
	}
	return "", ""
}

// mayBeBad says whether some text in a block may be bad; it looks at the whole
// at once, so that good blocks cost little.
func mayBeBad(block []byte) bool {
	return bytes.IndexByte(block, 0) >= 0 || mayBeSevenBits(block) || !utf8.Valid(block) || spoilt.in(block)
}

// spoilt finds texts that spoilt values hold: signs that UTF-8 becomes in each
// code page, of the letters that come oftenest, and those that letters of one
// code page become in another.
var spoilt = newMarks(strayInWord+"þ", "Ã", "Â", "â€", "â‚¬", "Î±", "Î¿", "Ð°", "Ð¾", "Ðµ", "Ă", "Р°", "Рѕ", "Рµ", "√", "├", "┬")

// marks are texts that begin beyond ASCII, by their first two bytes.
type marks struct {
	pairs [utf8Leads]uint64   // by the first byte: the second bytes of marks
	texts [utf8Leads][]string // by the first byte
}

// utf8Leads are the bytes that characters beyond ASCII begin with, from 0xC0 on.
const utf8Leads = 0x40

func newMarks(signs string, texts ...string) *marks {
	m := &marks{}
	for _, sign := range signs {
		texts = append(texts, string(sign))
	}
	for _, text := range texts {
		lead := text[0] - 0xC0
		m.pairs[lead] |= 1 << (text[1] & 0x3F)
		m.texts[lead] = append(m.texts[lead], text)
	}
	return m
}

// in says whether UTF-8 holds one of the marks, or a row of accented letters as
// no word has. It goes from one character beyond ASCII to the next.
func (m *marks) in(text []byte) bool {
	for at, row := 0, 0; ; {
		if plain := asciiRun(text[at:], len(text)-at); plain > 0 {
			at, row = at+plain, 0
		}
		if at+1 >= len(text) {
			return false
		}
		if isOddAfter(text[max(at-1, 0)], text[at:]) {
			return true
		}
		lead := text[at] - 0xC0
		if row++; lead < 0x02 || lead > 0x05 { // U+0080 to U+017F
			row = 0
		}
		if row == fewestAccented {
			return true
		}
		if lead >= 0x10 && lead <= 0x11 && isOddBeside(text[at:]) {
			return true
		}
		if lead < utf8Leads && m.pairs[lead]>>(text[at+1]&0x3F)&1 != 0 && m.begins(text[at:]) {
			return true
		}
		switch {
		case lead < 0x20:
			at += 2
		case lead < 0x30:
			at += 3
		default:
			at++ // four bytes, of which none begins a mark
		}
	}
}

// isOddBeside says whether a Cyrillic letter stands before a small Latin one or a
// sign beyond ASCII, or a small one before a capital.
func isOddBeside(text []byte) bool {
	if len(text) < 3 {
		return false
	}
	if isLatinLower(rune(text[2])) {
		return true
	}
	if text[2] >= utf8.RuneSelf && text[2] != 0xD0 && text[2] != 0xD1 {
		return true // most often no Cyrillic letter
	}
	if text[2] != 0xD0 || len(text) < 4 {
		return false
	}
	isSmall := text[0] == 0xD0 && text[1] >= 0xB0 || text[0] == 0xD1 && text[1] <= 0x9F
	return isSmall && text[3] < 0xB0
}

func (m *marks) begins(text []byte) bool {
	for _, mark := range m.texts[text[0]-0xC0] {
		if len(text) >= len(mark) && string(text[:len(mark)]) == mark {
			return true
		}
	}
	return false
}

// codePages are those that UTF-8 is read in by mistake: the signs that its
// letters begin with there, how many letters in a row prove it, and letters of
// the page's own languages that may stand behind such a sign.
var codePages = []struct {
	page   *charmap.Charmap
	begins string
	fewest int
	own    string
}{
	{charmap.CodePage437, "├┬", 1, ""},
	{charmap.CodePage850, "├┬", 1, ""},
	{charmap.Macintosh, "√", 1, ""},
	{charmap.Windows1250, "ĂĹÄÂ", 1, "Şş"},
	{charmap.Windows1251, "РС", 2, ""},
	{charmap.Windows1252, "ÎÏÐÑ", 2, ""},
}

// wasReadIn says whether the signs beyond ASCII that a text begins with are
// UTF-8 that was read in a code page: their bytes there are UTF-8 of letters.
func wasReadIn(page *charmap.Charmap, signs []rune, fewest int) bool {
	buf := make([]byte, 0, len(signs))
	for _, r := range signs {
		b, ok := page.EncodeRune(r)
		if !ok {
			if r < 0x80 || r > 0x9F { // the holes of a page are read as control characters
				return false
			}
			b = byte(r)
		}
		buf = append(buf, b)
	}
	if !utf8.Valid(buf) {
		return false
	}
	letters := 0
	for _, r := range string(buf) {
		switch {
		case unicode.IsLetter(r):
			letters++
		case !unicode.IsPunct(r):
			return false
		}
	}
	return letters >= fewest
}

// isReadInPage looks at each row of signs beyond ASCII.
func isReadInPage(text []byte) bool {
	var signs []rune
	proves := func() bool {
		for _, c := range codePages {
			if strings.ContainsRune(c.begins, signs[0]) && !strings.ContainsAny(string(signs), c.own) && wasReadIn(c.page, signs, c.fewest) {
				return true
			}
		}
		return false
	}
	for _, r := range string(text) {
		switch {
		case r >= utf8.RuneSelf:
			signs = append(signs, r)
		case len(signs) > 1 && proves():
			return true
		default:
			signs = signs[:0]
		}
	}
	return len(signs) > 1 && proves()
}

// isMojibake looks for what becomes of UTF-8 read as windows-1252 or
// iso-8859-1: a letter with which its characters begin, and a sign that never
// follows that letter in writing. Signs that may stand behind a word (quotes,
// dashes, no-break space) prove nothing.
func isMojibake(text []byte) bool {
	if isReadInPage(text) {
		return true
	}
	for {
		at := bytes.IndexByte(text, 0xC3)
		if at < 0 {
			return false
		}
		text = text[at:]
		first, size := utf8.DecodeRune(text)
		text = text[size:]
		next, size := utf8.DecodeRune(text)
		switch {
		case (first == 'Ã' || first == 'Â') && isStraySign(next):
			return true
		case first == 'â' && next == '€' && len(text) > size, first == 'â' && bytes.HasPrefix(text, []byte("‚¬")):
			return true
		}
	}
}

func isStraySign(r rune) bool {
	if r >= 0x80 && r <= 0xBF {
		return r != 0xA0 && r != '«' && r != '»'
	}
	return strings.ContainsRune("€ƒ†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ", r)
}
