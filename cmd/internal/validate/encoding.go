package validate

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/ianaindex"

	"loadstar/extract"
	"loadstar/schemas/fault"
)

// encodingSample is how much of a delivery is looked at to guess its encoding.
const encodingSample = 1 << 20

// alphabets are the letters beyond ASCII that texts of an encoding mostly
// hold. Encodings that share letters differ in the bytes they have for them.
func alphabets() []struct{ encoding, letters string } {
	const western = "äöüßÄÖÜéèêàâçñáíóúåæøÉëïîôœ€£°§"
	return []struct{ encoding, letters string }{
		{"windows-1252", western},
		{"windows-1250", "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůýžáéíúČŘŠŽőűăâîșțäöüß€"},
		{"windows-1251", "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯёі"},
		{"windows-1254", "ğışİçöüĞŞÇÖÜâî"},
		{"iso-8859-15", western + "žš"},
		{"iso-8859-2", "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůýžáéíúČŘŠŽőűäöüß"},
		{"macintosh", western},
		{"shift_jis", ""},
		{"gb18030", ""},
	}
}

// likelyEncodings are the encodings that a text may have, the likeliest first;
// none where its bytes say nothing.
func likelyEncodings(sample []byte) []string {
	if order := utf16Order(sample); order != "" {
		return []string{order}
	}
	high := 0
	for _, b := range sample {
		if b >= utf8.RuneSelf {
			high++
		}
	}
	if high == 0 {
		return nil
	}
	if isUTF8(sample) {
		return []string{"utf-8"}
	}
	doubled := isDoubled(sample)
	type guess struct {
		name  string
		score float64
	}
	var guesses []guess
	for _, a := range alphabets() {
		if a.letters == "" && !doubled {
			continue
		}
		if s := fitOf(sample, a.encoding, a.letters); s > minFit {
			guesses = append(guesses, guess{a.encoding, s})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(b.score, a.score) })
	var pages extract.CodePages
	pages.Add(sample)
	names := []string{pages.Encoding()} // as init finds it
	for _, g := range guesses {
		if g.name != names[0] {
			names = append(names, g.name)
		}
	}
	return names[:min(len(names), encodingsShown)]
}

const (
	minFit         = 0.5 // share of letters beyond ASCII that must be usual ones
	encodingsShown = 3
)

// isDoubled says whether bytes beyond ASCII mostly come side by side, as they
// do in East Asian text and do not in text of the Latin alphabet.
func isDoubled(sample []byte) bool {
	beside, high := 0, 0
	for i, b := range sample {
		if b < utf8.RuneSelf {
			continue
		}
		high++
		if i > 0 && sample[i-1] >= utf8.RuneSelf || i+1 < len(sample) && sample[i+1] >= utf8.RuneSelf {
			beside++
		}
	}
	return beside*5 > high*4
}

// foreignLines are the lines of a text that are not UTF-8, and whether other
// lines hold letters beyond ASCII that are.
func foreignLines(sample []byte) (foreign []byte, mixed bool) {
	for line := range bytes.Lines(sample) {
		switch {
		case !utf8.Valid(line):
			foreign = append(foreign, line...)
		case utf8.RuneCount(line) < len(line):
			mixed = true
		}
	}
	return foreign, mixed
}

// isUTF8 says whether the sample, which may end within a character, is UTF-8.
func isUTF8(sample []byte) bool {
	for cut := 0; cut < utf8.UTFMax && cut <= len(sample); cut++ {
		if utf8.Valid(sample[:len(sample)-cut]) {
			return true
		}
	}
	return false
}

// utf16Order tells UTF-16 by its zero bytes: every other byte of Latin text.
func utf16Order(sample []byte) string {
	n := min(len(sample), 512) &^ 1
	var even, odd int
	for i := 0; i < n; i += 2 {
		if sample[i] == 0 {
			even++
		}
		if sample[i+1] == 0 {
			odd++
		}
	}
	switch {
	case n >= 8 && odd > n/3 && even == 0:
		return "utf-16le"
	case n >= 8 && even > n/3 && odd == 0:
		return "utf-16be"
	}
	return ""
}

// fitOf is the share of characters beyond ASCII that a text of the encoding
// would have, 1 at most; control characters and holes count against it.
func fitOf(sample []byte, encoding, letters string) float64 {
	found, err := ianaindex.IANA.Encoding(encoding)
	if err != nil || found == nil {
		return 0
	}
	text, err := found.NewDecoder().Bytes(sample)
	if err != nil {
		return 0
	}
	usual, strange := 0, 0
	for _, r := range string(text) {
		switch {
		case r < utf8.RuneSelf:
		case letters == "" && isEastAsian(r), letters != "" && strings.ContainsRune(letters, r):
			usual++
		case r == utf8.RuneError, r >= 0x80 && r < 0xA0:
			strange += 3
		default:
			strange++
		}
	}
	if usual+strange == 0 {
		return 0
	}
	return float64(usual) / float64(usual+strange)
}

// isEastAsian says whether r is kana, a common ideograph, or full-width.
func isEastAsian(r rune) bool {
	return r >= 0x3000 && r <= 0x30FF || r >= 0x4E00 && r <= 0x9FFF || r >= 0xFF01 && r <= 0xFF60
}

// hintEncoding names the encodings that a delivery may have.
func (d *delivery) hintEncoding(f *Finding) {
	own := d.feed.feed.Contract.Dialect.Encoding
	wantsUTF8 := strings.HasPrefix(own, "utf-8")
	// Spoilt words in most rows of a code page are of another page.
	isPage := f.Rule == "encoding.mojibake" && !wantsUTF8 && f.Count*2 > d.rows
	if f.Code != fault.DeliveryEncoding && f.Rule != "encoding" && !isPage {
		return
	}
	if d.path == "" || slices.Contains([]string{"excel", "parquet", "arrow"}, d.feed.feed.Contract.Dialect.Format) {
		f.Next = "mend the text at its source: no encoding is to be set for such a feed"
		return
	}
	sample, err := extract.Sample(d.landed, d.feed.feed.Contract.Dialect, encodingSample)
	if err != nil {
		return // the delivery itself is reported
	}
	foreign, mixed := foreignLines(sample)
	if !wantsUTF8 {
		foreign, mixed = sample, false
	}
	names := slices.DeleteFunc(likelyEncodings(foreign), func(n string) bool { return n == own })
	if len(names) == 0 {
		return
	}
	if mixed {
		f.Next = "deliver the row as UTF-8, as the rest of the text is; its bytes read as " + names[0]
		return
	}
	f.Next = "set encoding: " + names[0] + " in the contract's dialect, which the bytes fit best"
	if len(names) > 1 {
		f.Next += " (else " + strings.Join(names[1:], ", ") + ")"
	}
}
