package extract

import (
	"strings"
	"unicode/utf8"
)

// rawRow writes a row as a JSON object of column name to text, in the order
// of the columns.
type rawRow struct{ b strings.Builder }

// add writes the next column; its text counts only where it is present.
func (r *rawRow) add(name, text string, present bool) {
	if !present {
		r.addNull(name)
		return
	}
	r.name(name)
	writeJSONString(&r.b, text)
}

func (r *rawRow) addNull(name string) {
	r.name(name)
	r.b.WriteString("null")
}

func (r *rawRow) name(name string) {
	if r.b.Len() == 0 {
		r.b.WriteByte('{')
	} else {
		r.b.WriteByte(',')
	}
	writeJSONString(&r.b, name)
	r.b.WriteByte(':')
}

func (r *rawRow) String() string {
	if r.b.Len() == 0 {
		return "{}"
	}
	return r.b.String() + "}"
}

// rawLine is the raw form of a line that could not be cut into columns.
func rawLine(text []byte) string {
	var r rawRow
	r.add("line", string(text), true)
	return r.String()
}

// writeJSONString quotes text; bytes that are not UTF-8 become U+FFFD.
func writeJSONString(b *strings.Builder, text string) {
	const hex = "0123456789abcdef"
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < 0x20:
			b.WriteString(`\u00`)
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		case c == utf8.RuneError:
			b.WriteString("\uFFFD")
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
}
