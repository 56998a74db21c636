package extract

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"loadstar/schemas"
)

func inEncoding(name string) schemas.Dialect {
	return csvDialect(func(d *schemas.Dialect) { d.Encoding = name })
}

func TestEncodings(t *testing.T) {
	for _, c := range []struct {
		name, text string
		encoding   encoding.Encoding
	}{
		{"utf-8", "Zoë 😀", unicode.UTF8},
		{"windows-1252", "Zoë – 5 €", charmap.Windows1252},
		{"windows-1251", "Анна", charmap.Windows1251},
		{"windows-1250", "Łódź", charmap.Windows1250},
		{"iso-8859-1", "Zoë", charmap.ISO8859_1},
		{"ISO-8859-15", "5 €", charmap.ISO8859_15},
		{"macintosh", "Zoë †", charmap.Macintosh},
		{"utf-16", "Zoë 😀", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"utf-16", "Zoë 😀", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
		{"utf-16le", "Zoë 😀", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"utf-16be", "Zoë 😀", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"shift_jis", "表ソ能、ｱ", japanese.ShiftJIS}, // second bytes that are a backslash in ASCII
		{"euc-jp", "表ソ能", japanese.EUCJP},
		{"gb18030", "中文𠀀", simplifiedchinese.GB18030},
	} {
		t.Run(c.name, func(t *testing.T) {
			var text strings.Builder
			text.WriteString("id,name\n")
			var want []string
			for i := range 4000 { // beyond every buffer's edge
				fmt.Fprintf(&text, "%d,\"%s%s\"\n", i, strings.Repeat("x", i%7), c.text)
				want = append(want, fmt.Sprintf("@%d id=%q name=%q", i+2, fmt.Sprint(i), strings.Repeat("x", i%7)+c.text))
			}
			content, err := c.encoding.NewEncoder().String(text.String())
			if err != nil {
				t.Fatal(err)
			}
			d := readCSV(t, content, inEncoding(c.name))
			if d.err != nil || len(d.rejects) > 0 {
				t.Fatal(d.err, d.rejects)
			}
			if strings.Join(d.rows, "\n") != strings.Join(want, "\n") {
				t.Errorf("first rows are %s", d.rows[:2])
			}
		})
	}
}

func TestUndecodableBytes(t *testing.T) {
	for name, bad := range map[string]string{
		"utf-8": "\xc3(", "us-ascii": "\xe4", "windows-1252": "\x81", "windows-1253": "\xaa", "iso-8859-7": "\xff",
		"shift_jis": "\x82\x00", "gb18030": "\xff", "utf-16le": "\x00\xd8",
	} {
		content := "id,name\n1,x" + bad + "y\n2,z\n"
		if name == "utf-16le" {
			content = ""
			for _, c := range "id,name\n1,xBy\n2,z\n" {
				if c == 'B' {
					content += bad
				} else {
					content += string([]byte{byte(c), 0})
				}
			}
		}
		d := readCSV(t, content, inEncoding(name))
		if d.err != nil {
			t.Errorf("%s: %v", name, d.err)
			continue
		}
		if len(d.rejects) != 1 || !strings.HasPrefix(d.rejects[0], "feed|2|name|encoding|") || !strings.Contains(d.rejects[0], "\uFFFD") {
			t.Errorf("%s: rejects are %q", name, d.rejects)
		}
		same(t, name, d.rows, []string{`@3 id="2" name="z"`})
	}
}

func TestByteOrderMarks(t *testing.T) {
	for _, c := range []struct{ encoding, content, says string }{
		{"utf-8", "\xef\xbb\xbfa\n1\n", ""},
		{"utf-16", "\xff\xfea\x00\n\x001\x00", ""},
		{"utf-16be", "\xfe\xff\x00a\x00\n\x001", ""},
		{"gb18030", "\x84\x31\x95\x33a\n1\n", ""},
		{"windows-1252", "\xef\xbb\xbfa\n1\n", "set encoding: utf-8"},
		{"utf-8", "\xff\xfea\x00", "set encoding: utf-16le"},
		{"utf-16le", "\xfe\xff\x00a", "set encoding: utf-16be"},
		{"utf-16", "a\x00\n\x00", "set encoding: utf-16le or utf-16be"},
		{"utf-8", "\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"},
	} {
		d := readCSV(t, c.content, inEncoding(c.encoding))
		switch {
		case c.says == "" && (d.err != nil || strings.Join(d.rows, "") != `@2 a="1"`):
			t.Errorf("%s %q: %v %v", c.encoding, c.content, d.rows, d.err)
		case c.says != "" && (d.err == nil || !strings.Contains(d.err.Error(), c.says)):
			t.Errorf("%s %q: error is %v, expected %q", c.encoding, c.content, d.err, c.says)
		}
	}
}

// table is a CSV text that is longer than the decoders' buffers.
func table(rows int) string {
	var b strings.Builder
	b.WriteString("id,name\n")
	for i := range rows {
		fmt.Fprintf(&b, "%d,name of %d\n", i, i*7919%1000003)
	}
	return b.String()
}

func packGzip(t *testing.T, text string) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func packZstd(t *testing.T, text string) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll([]byte(text), nil)
}

func TestCompressed(t *testing.T) {
	for name, pack := range map[string]func(*testing.T, string) []byte{"gzip": packGzip, "zstd": packZstd} {
		t.Run(name, func(t *testing.T) {
			text := table(50000)
			plain := readCSV(t, text, csvDialect(nil))
			packed := pack(t, text)
			if d := readCSV(t, string(packed), csvDialect(nil)); d.String() != plain.String() {
				t.Errorf("reads otherwise: %v", d.err)
			}
			parts := append(pack(t, text[:1000]), pack(t, text[1000:])...)
			if d := readCSV(t, string(parts), csvDialect(nil)); d.String() != plain.String() {
				t.Errorf("two parts read otherwise: %v", d.err)
			}
			for _, cut := range []int{1, 2, 4, 7, 8, 9, 100, len(packed) / 2, len(packed) - 5} {
				d := readCSV(t, string(packed[:len(packed)-cut]), csvDialect(nil))
				if d.err == nil || !strings.Contains(d.err.Error(), "in.csv") || !strings.Contains(d.err.Error(), "deliver it again") {
					t.Errorf("cut by %d: error is %v", cut, d.err)
				}
			}
			flipped := bytes.Clone(packed)
			flipped[len(flipped)-2] ^= 1
			if d := readCSV(t, string(flipped), csvDialect(nil)); d.err == nil {
				t.Error("a wrong checksum was taken")
			}
			declared := csvDialect(func(d *schemas.Dialect) { d.Compression = name })
			if d := readCSV(t, string(packed), declared); d.err != nil {
				t.Error(d.err)
			}
			if d := readCSV(t, text, declared); d.err == nil {
				t.Error("plain text was taken where the contract says it is packed")
			}
			if d := readCSV(t, string(pack(t, "PK\x03\x04")), csvDialect(nil)); d.err == nil || !strings.Contains(d.err.Error(), "packed twice") {
				t.Errorf("a packed workbook: %v", d.err)
			}
		})
	}
}
