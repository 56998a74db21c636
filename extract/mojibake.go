package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// badText names the rule that a text breaks which is none or was spoilt on its
// way here, "" where it is sound.
func badText(text []byte, encoding string) (rule, reason string) {
	switch {
	case !utf8.Valid(text):
		return "encoding", "the value holds bytes that are not " + encoding
	case bytes.IndexByte(text, 0) >= 0:
		return "nul", "the value holds a NUL byte"
	case isMojibake(text):
		return "encoding.mojibake", "the value is UTF-8 that was read in another encoding before it was delivered, or here: its letters beyond ASCII have become pairs of signs"
	}
	return "", ""
}

// mayBeBad says whether some text in a block may be bad; it looks at the whole
// at once, so that good blocks cost little.
func mayBeBad(block []byte) bool {
	if !utf8.Valid(block) || bytes.IndexByte(block, 0) >= 0 {
		return true
	}
	if bytes.IndexByte(block, 0xC3) < 0 {
		return false
	}
	for _, mark := range []string{"Ã", "Â", "â€", "â‚¬"} {
		if bytes.Contains(block, []byte(mark)) {
			return true
		}
	}
	return false
}

// isMojibake looks for what becomes of UTF-8 read as windows-1252 or
// iso-8859-1: a letter with which its characters begin, and a sign that never
// follows that letter in writing. Signs that may stand behind a word (quotes,
// dashes, no-break space) prove nothing.
func isMojibake(text []byte) bool {
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
