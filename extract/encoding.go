package extract

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/transform"

	"loadstar/schemas/fault"
)

// undecodable stands in decoded text for bytes that the encoding does not
// define. It is never part of valid UTF-8, so that one check of a row finds
// both it and the broken bytes of a UTF-8 delivery.
const undecodable = 0xFF

// charset reads bytes of one encoding as UTF-8.
type charset struct {
	name   string // as the contract writes it, lower case
	single *singleByte
	utf16  bool
	order  string // UTF-16: "le", "be", or "" where the byte order mark tells
	stream func(io.Reader) io.Reader
}

// newCharset finds an encoding by its IANA name.
func newCharset(name string) (charset, error) {
	c := charset{name: strings.ToLower(strings.TrimSpace(name))}
	if official := encodingAlias(c.name); official != "" {
		c.name = official
	}
	switch c.name {
	case "", "utf-8", "utf8":
		c.name = "utf-8"
		return c, nil
	case "us-ascii", "ascii":
		c.single = newSingleByte(func(b byte) rune {
			if b < utf8.RuneSelf {
				return rune(b)
			}
			return utf8.RuneError
		})
		return c, nil
	case "utf-16", "utf16", "utf-16le", "utf-16be":
		c.utf16 = true
		c.order = strings.TrimLeft(strings.TrimPrefix(c.name, "utf"), "-16")
		return c, nil
	}
	found, err := ianaindex.IANA.Encoding(c.name)
	if c.name == macCyrillic {
		found, err = charmap.MacintoshCyrillic, nil
	}
	if err != nil || found == nil {
		return c, fault.New(fault.ContractPlan, "the contract's encoding %q is not known; write its IANA name, as utf-8, windows-1252 or shift_jis", name)
	}
	if table, ok := found.(*charmap.Charmap); ok {
		c.single = newSingleByte(func(b byte) rune {
			r := table.DecodeByte(b)
			if r >= 0x80 && r < 0xA0 {
				// A hole of the code page, or a control character that no text
				// holds: the bytes are those of another encoding.
				return utf8.RuneError
			}
			return r
		})
		return c, nil
	}
	c.stream = func(in io.Reader) io.Reader {
		watched := &utf8Watch{in: in, name: c.name}
		return transform.NewReader(watched, markReplaced{found.NewDecoder()})
	}
	return c, nil
}

// macCyrillic is an encoding that IANA has no name for.
const macCyrillic = "x-mac-cyrillic"

// encodingAlias is the IANA name of an encoding that people call otherwise, ""
// where there is none.
func encodingAlias(name string) string {
	switch strings.NewReplacer("-", "", "_", "", " ", "").Replace(name) {
	case "maccyrillic", "xmaccyrillic":
		return macCyrillic
	case "latin1", "iso88591", "88591":
		return "iso-8859-1"
	case "latin2", "iso88592":
		return "iso-8859-2"
	case "latin9", "iso885915":
		return "iso-8859-15"
	case "macroman", "mac", "xmacroman":
		return "macintosh"
	case "sjis", "shiftjis":
		return "shift_jis"
	case "ansi":
		return "windows-1252"
	}
	if page, ok := strings.CutPrefix(name, "cp125"); ok && len(page) == 1 {
		return "windows-125" + page
	}
	return ""
}

// Byte order marks.
const (
	markUTF8    = "\xef\xbb\xbf"
	markUTF16LE = "\xff\xfe"
	markUTF16BE = "\xfe\xff"
	markUTF32LE = "\xff\xfe\x00\x00"
	markUTF32BE = "\x00\x00\xfe\xff"
)

// reader decodes in to UTF-8 without a byte order mark. A mark that
// contradicts the contract is an error that names the fix.
func (c charset) reader(in *bufio.Reader) (io.Reader, error) {
	head, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	mark, fits := "", false
	for _, known := range []struct{ mark, name string }{
		{markUTF8, "utf-8"}, {markUTF32LE, "utf-32"}, {markUTF32BE, "utf-32"},
		{markUTF16LE, "utf-16le"}, {markUTF16BE, "utf-16be"},
	} {
		if !strings.HasPrefix(string(head), known.mark) {
			continue
		}
		mark = known.mark
		fits = c.name == known.name || c.utf16 && c.order == "" && strings.HasPrefix(known.name, "utf-16")
		if known.name == "utf-32" {
			return nil, fault.New(fault.DeliveryEncoding, "it is UTF-32, which is not supported; export it as UTF-8")
		}
		if !fits {
			return nil, fault.New(fault.DeliveryEncoding, "it starts with the byte order mark of %s, the contract says %s; set encoding: %s", known.name, c.name, known.name)
		}
		break
	}
	if c.utf16 && mark == "" && c.order == "" && len(head) > 0 {
		return nil, fault.New(fault.DeliveryEncoding, "the contract says utf-16, but there is no byte order mark; set encoding: utf-16le or utf-16be")
	}
	if _, err := in.Discard(len(mark)); err != nil {
		return nil, err
	}
	switch {
	case c.utf16:
		return &utf16Reader{in: in, big: c.order == "be" || mark == markUTF16BE}, nil
	case c.single != nil:
		return &singleByteReader{in: in, table: c.single, name: c.name}, nil
	case c.stream != nil:
		return withoutMark(c.stream(in))
	}
	return in, nil
}

// refuseWide refuses UTF-16 and runs of NUL where the contract says another
// encoding: each value would break.
func (c charset) refuseWide(in *bufio.Reader) error {
	head, err := in.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if c.utf16 || len(head) < 4 || bytes.HasPrefix(head, []byte(markUTF16LE)) || bytes.HasPrefix(head, []byte(markUTF16BE)) {
		return nil // its byte order mark tells more
	}
	var nul [2]int // at even and odd offsets
	for i, b := range head {
		if b == 0 {
			nul[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case bytes.HasPrefix(head, []byte(markUTF32BE)):
		return nil
	case nul[0]+nul[1] == len(head):
		return fault.New(fault.DeliveryEncoding, "it begins with nothing but NUL bytes: it is no text, or was never written")
	case nul[1] > half*3/4 && nul[0] < half/4:
		return fault.New(fault.DeliveryEncoding, "it is utf-16le without a byte order mark, the contract says %s; set encoding: utf-16le", c.name)
	case nul[0] > half*3/4 && nul[1] < half/4:
		return fault.New(fault.DeliveryEncoding, "it is utf-16be without a byte order mark, the contract says %s; set encoding: utf-16be", c.name)
	}
	return nil
}

// withoutMark drops a byte order mark that only shows after decoding, as in
// GB18030.
func withoutMark(in io.Reader) (io.Reader, error) {
	text := bufio.NewReader(in)
	head, err := text.Peek(len(markUTF8))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(head) == markUTF8 {
		_, err = text.Discard(len(markUTF8))
		return text, err
	}
	return text, nil
}

// markReplaced writes undecodable where the inner decoder wrote U+FFFD. A
// U+FFFD that was delivered as such is a loss that happened before, and is
// marked as well.
type markReplaced struct{ transform.Transformer }

// Transform decodes src.
func (m markReplaced) Transform(dst, src []byte, atEOF bool) (int, int, error) {
	n, read, err := m.Transformer.Transform(dst, src, atEOF)
	replaced := []byte(string(utf8.RuneError))
	if !bytes.Contains(dst[:n], replaced) {
		return n, read, err
	}
	marked := bytes.ReplaceAll(dst[:n], replaced, []byte{undecodable})
	return copy(dst, marked), read, err
}

type utf16Reader struct {
	in  io.Reader
	big bool
	raw []byte // not yet decoded
	end error
}

func (r *utf16Reader) Read(p []byte) (int, error) {
	if len(r.raw) < 4 && r.end == nil {
		buf := make([]byte, 64<<10)
		kept := copy(buf, r.raw)
		n, err := r.in.Read(buf[kept:])
		r.raw, r.end = buf[:kept+n], err
	}
	n := 0
	for n+utf8.UTFMax <= len(p) && (len(r.raw) >= 4 || r.end != nil && len(r.raw) > 0) {
		n += r.one(p[n:])
	}
	if n == 0 && len(r.raw) == 0 && r.end != nil {
		return 0, r.end
	}
	return n, nil
}

// one decodes the next character into p and returns the bytes written.
func (r *utf16Reader) one(p []byte) int {
	if len(r.raw) < 2 {
		r.raw = nil
		p[0] = undecodable
		return 1
	}
	first := r.unit(0)
	if !utf16.IsSurrogate(first) {
		r.raw = r.raw[2:]
		return utf8.EncodeRune(p, first)
	}
	if len(r.raw) >= 4 {
		if both := utf16.DecodeRune(first, r.unit(2)); both != utf8.RuneError {
			r.raw = r.raw[4:]
			return utf8.EncodeRune(p, both)
		}
	}
	r.raw = r.raw[2:]
	p[0] = undecodable
	return 1
}

func (r *utf16Reader) unit(at int) rune {
	if r.big {
		return rune(r.raw[at])<<8 | rune(r.raw[at+1])
	}
	return rune(r.raw[at+1])<<8 | rune(r.raw[at])
}
