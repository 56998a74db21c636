package extract

import (
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf8"

	"loadstar/schemas/fault"
)

// singleByte is a table of the UTF-8 bytes of each byte of a code page.
type singleByte [256]struct {
	text [3]byte
	size uint8
}

func newSingleByte(decode func(byte) rune) *singleByte {
	t := &singleByte{}
	for b := range 256 {
		r := decode(byte(b))
		if r == utf8.RuneError {
			t[b].text[0], t[b].size = undecodable, 1
			continue
		}
		t[b].size = uint8(utf8.EncodeRune(t[b].text[:], r))
	}
	return t
}

type singleByteReader struct {
	in    io.Reader
	table *singleByte
	name  string // of the encoding
	raw   []byte
	from  int // of raw, not yet decoded
	end   error
	check utf8Check
	wide  wideCheck
	cap   capitalCheck
}

func (r *singleByteReader) Read(p []byte) (int, error) {
	if r.from == len(r.raw) {
		if cap(r.raw) == 0 {
			r.raw = make([]byte, 64<<10)
		}
		if r.end != nil {
			return 0, r.end
		}
		n, err := r.in.Read(r.raw[:cap(r.raw)])
		r.raw, r.from = r.raw[:n], 0
		if errors.Is(err, io.EOF) {
			err = r.atEnd()
		}
		r.end = err
		if n == 0 {
			return 0, err
		}
	}
	n := 0
	for r.from < len(r.raw) && n+3 <= len(p) {
		if run := asciiRun(r.raw[r.from:], len(p)-n); run > 0 {
			for i := 0; i < run && r.wide.isOpen; i++ {
				r.wide.add(r.raw[r.from+i])
			}
			copy(p[n:], r.raw[r.from:r.from+run])
			n, r.from = n+run, r.from+run
			r.check.ascii()
			r.cap.ascii()
			continue
		}
		b := r.raw[r.from]
		r.check.high(b)
		r.wide.add(b)
		r.cap.high(b)
		entry := &r.table[b]
		n += copy(p[n:], entry.text[:entry.size])
		r.from++
	}
	return n, nil
}

// atEnd is io.EOF, or why the text is one of another encoding.
func (r *singleByteReader) atEnd() error {
	if r.check.isUTF8(1) {
		return errUTF8(r.name)
	}
	if err := r.wide.fault(r.name); err != nil {
		return err
	}
	if err := r.cap.fault(r.name); err != nil {
		return err
	}
	return io.EOF
}

// asciiRun is how many of the first bytes of text are ASCII, at most limit.
func asciiRun(text []byte, limit int) int {
	text = text[:min(len(text), limit)]
	n := 0
	for ; n+8 <= len(text); n += 8 {
		if binary.LittleEndian.Uint64(text[n:])&highs != 0 {
			break
		}
	}
	for n < len(text) && text[n] < utf8.RuneSelf {
		n++
	}
	return n
}

// utf8Check tells whether text that should be of a code page is UTF-8: all its
// bytes beyond ASCII then are whole characters, which hardly one word of a code
// page is.
type utf8Check struct {
	missing int // bytes of the character at hand
	found   int // whole characters
	other   int // of them, those beyond Latin letters
	broken  bool
}

func (c *utf8Check) ascii() {
	c.broken = c.broken || c.missing > 0
	c.missing = 0
}

func (c *utf8Check) high(b byte) {
	switch {
	case c.broken:
	case c.missing > 0:
		c.broken = b >= 0xC0
		if c.missing--; c.missing == 0 {
			c.found++
		}
	case b == 0xC2 || b == 0xC3:
		c.missing = 1
	case b > 0xC3 && b < 0xE0:
		c.missing = 1
		c.other++
	case b >= 0xE0 && b < 0xF0:
		c.missing = 2
		c.other++
	case b >= 0xF0 && b < 0xF5:
		c.missing = 3
		c.other++
	default:
		c.broken = true
	}
}

// isUTF8 says whether all was UTF-8, with some characters beyond ASCII at least.
func (c *utf8Check) isUTF8(fewest int) bool {
	return c.found >= fewest && !c.broken && c.missing == 0
}

func errUTF8(said string) error {
	return fault.New(fault.DeliveryEncoding, "its text is utf-8, the contract says %s; set encoding: utf-8", said)
}

// utf8Watch passes the bytes of a text on, and fails at its end if it was
// UTF-8 where the contract says an encoding of several bytes a character.
type utf8Watch struct {
	in    io.Reader
	name  string // of the encoding that the contract says
	check utf8Check
	wide  wideCheck
}

// How many characters of UTF-8 prove that a text is not of an East Asian
// encoding, where one in eight characters of two bytes each is UTF-8 by chance.
// Katakana of one byte come in pairs that are, if seldom those of Latin letters.
const (
	fewestDoubled  = 3
	fewestKatakana = 6
)

func (w *utf8Watch) isUTF8() bool {
	fewest := fewestDoubled
	if w.name == "shift_jis" && w.check.other > 0 {
		fewest = fewestKatakana
	}
	return w.check.isUTF8(fewest)
}

// Read reads from the watched text.
func (w *utf8Watch) Read(p []byte) (int, error) {
	n, err := w.in.Read(p)
	for _, b := range p[:n] {
		w.wide.add(b)
	}
	for from := 0; from < n && !w.check.broken; {
		if run := asciiRun(p[from:n], n-from); run > 0 {
			w.check.ascii()
			from += run
			continue
		}
		w.check.high(p[from])
		from++
	}
	if errors.Is(err, io.EOF) && w.isUTF8() {
		return n, errUTF8(w.name)
	}
	if errors.Is(err, io.EOF) {
		if err := w.wide.fault(w.name); err != nil {
			return n, err
		}
	}
	return n, err
}
