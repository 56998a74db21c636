package extract

import (
	"bytes"
	"encoding/base64"
	"unicode"
)

// What encodings of seven bits begin other letters with: they are ASCII to
// everybody else.
const (
	iso2022Begins = "\x1b$"
	shiftOut      = "\x0e" // ISO-2022-KR, behind its beginning in the first line
	shiftIn       = "\x0f"
	hzBegins      = "~{"
	hzEnds        = "~}"
	utf7Begins    = '+'
	utf7Ends      = '-'
)

// sevenBits names the encoding of seven bits that a text is in, "" where there
// is none: its letters beyond ASCII stand there as signs of ASCII.
func sevenBits(text []byte) string {
	if at := bytes.Index(text, []byte(iso2022Begins)); at >= 0 {
		switch rest := text[at+len(iso2022Begins):]; {
		case bytes.HasPrefix(rest, []byte("B")) || bytes.HasPrefix(rest, []byte("@")):
			return "ISO-2022-JP"
		case bytes.HasPrefix(rest, []byte(")C")):
			return "ISO-2022-KR"
		}
	}
	if _, rest, found := bytes.Cut(text, []byte(shiftOut)); found && bytes.Contains(rest, []byte(shiftIn)) {
		return "ISO-2022-KR"
	}
	if _, rest, found := bytes.Cut(text, []byte(hzBegins)); found {
		if inside, _, ended := bytes.Cut(rest, []byte(hzEnds)); ended && len(inside) > 0 && len(inside)%2 == 0 && bytes.IndexFunc(inside, func(r rune) bool { return r < '!' || r > '~' }) < 0 {
			return "HZ-GB-2312"
		}
	}
	if hasUTF7(text) {
		return "UTF-7"
	}
	return ""
}

// mayBeSevenBits says whether a block may hold such text.
func mayBeSevenBits(block []byte) bool {
	return bytes.IndexByte(block, iso2022Begins[0]) >= 0 || bytes.IndexByte(block, shiftOut[0]) >= 0 || bytes.Contains(block, []byte(hzBegins)) || hasUTF7(block)
}

// hasUTF7 says whether a text holds letters as UTF-7 writes them: +APw- is ü. A
// single one must be of Western Europe and stand beside another letter.
func hasUTF7(text []byte) bool {
	for at := 0; ; {
		plus := bytes.IndexByte(text[at:], utf7Begins)
		if plus < 0 {
			return false
		}
		plus += at
		at = plus + 1
		end := at
		for end < len(text) && isBase64(text[end]) {
			end++
		}
		letters := utf7Letters(text[at:end])
		ends := end < len(text) && text[end] == utf7Ends
		at = end
		switch {
		case len(letters) == 0:
		case len(letters) == 1:
			beside := plus > 0 && isASCIILetter(text[plus-1]) || end+1 < len(text) && isASCIILetter(text[end+1])
			if ends && beside && letters[0] <= 'ÿ' {
				return true
			}
		case letters[0] < 0x0800 || ends:
			return true
		}
	}
}

func isBase64(b byte) bool {
	return isASCIILetter(b) || b >= '0' && b <= '9' || b == '+' || b == '/'
}

// utf7Letters reads a row of base64 as UTF-16; nil where it is anything but
// letters beyond ASCII of one kind: alphabets, or signs of East Asia.
func utf7Letters(row []byte) []rune {
	const bits, unit = 6, 16
	units := len(row) * bits / unit
	if units == 0 || len(row)*bits%unit >= bits {
		return nil
	}
	raw := make([]byte, base64.RawStdEncoding.DecodedLen(len(row)))
	n, err := base64.RawStdEncoding.Strict().Decode(raw, row)
	if err != nil || n < 2*units {
		return nil
	}
	letters := make([]rune, units)
	for i := range letters {
		r := rune(raw[2*i])<<8 | rune(raw[2*i+1])
		isEastern := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
		if !isEastern && (r < 'À' || r >= 0x0800 || !unicode.IsLetter(r)) || i > 0 && isEastern != (letters[0] >= 0x0800) {
			return nil
		}
		letters[i] = r
	}
	return letters
}
