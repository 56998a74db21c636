package extract

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// str parses a string and returns its text between the quotes.
func (p *jsonParser) str() (cell, *jsonFault) {
	open := p.at
	p.at++
	text := cell{start: uint32(p.at)}
	for {
		p.toMark()
		if p.at >= p.size {
			p.at = open
			return text, p.fault("json.syntax", "a string opens here and never closes")
		}
		switch p.text[p.at] {
		case '"':
			text.end = uint32(p.at)
			p.at++
			return text, nil
		case '\\':
			text.start |= cellEscaped
			if fault := p.escape(); fault != nil {
				return text, fault
			}
		default:
			return text, p.fault("json.syntax", "a control character stands in a string")
		}
	}
}

// toMark moves to the next quote, backslash or control character, eight bytes
// at a time (see csvRows.cellEnd).
func (p *jsonParser) toMark() {
	for {
		word := binary.LittleEndian.Uint64(p.text[p.at:])
		quote, back := word^(ones*'"'), word^(ones*'\\')
		found := ((quote-ones)&^quote | (back-ones)&^back | (word-ones*0x20)&^word) & highs
		if found != 0 {
			p.at += bits.TrailingZeros64(found) >> 3
			return
		}
		p.at += 8
	}
}

// escape checks the escape at the parser's place and moves behind it.
func (p *jsonParser) escape() *jsonFault {
	if p.at+1 >= p.size {
		return p.fault("json.syntax", "the record is cut off in an escape")
	}
	switch p.text[p.at+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		p.at += 2
		return nil
	case 'u':
	default:
		return p.fault("json.syntax", "unknown escape")
	}
	first, ok := hex4(p.text[p.at:p.size])
	if !ok {
		return p.fault("json.syntax", "expected four hexadecimal digits")
	}
	if first == 0 {
		return p.fault("nul", "the value holds a NUL character")
	}
	if !utf16.IsSurrogate(first) {
		p.at += 6
		return nil
	}
	second, ok := hex4(p.text[min(p.at+6, p.size):p.size])
	if !ok || utf16.DecodeRune(first, second) == utf8.RuneError {
		return p.fault("encoding", "half of a surrogate pair stands alone")
	}
	p.at += 12
	return nil
}

// hex4 reads the \uXXXX at the start of text.
func hex4(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range text[2:6] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// jsonUnescape appends the meaning of a checked string's text to out.
func jsonUnescape(out, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '\\')
		if i < 0 {
			return append(out, text...)
		}
		out = append(out, text[:i]...)
		skip := 2
		switch c := text[i+1]; c {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, _ := hex4(text[i:])
			skip = 6
			if utf16.IsSurrogate(r) {
				second, _ := hex4(text[i+6:])
				r, skip = utf16.DecodeRune(r, second), 12
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, c)
		}
		text = text[i+skip:]
	}
}
