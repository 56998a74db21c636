package extract

import (
	"bytes"
	"unicode/utf8"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// csvSyntax is how a CSV text is cut into rows and cells. The splitter and
// the decoder follow the same rules:
//
//   - a quote opens a cell only where the cell starts, elsewhere it is text;
//   - inside quotes the escape (by default the quote itself) makes the next
//     quote text;
//   - a closing quote is followed by the delimiter or the row's end. Where it
//     is not, and the quotes opened on an earlier line, they are taken as
//     never closed: the line they opened on is refused, and reading goes on
//     with the next line. On the same line the row is refused alone.
type csvSyntax struct {
	delimiter []byte
	quote     byte // 0 = none
	escape    byte // equal to quote: quotes are doubled
	comment   []byte
	trim      bool
}

func newCSVSyntax(d schemas.Dialect) (csvSyntax, error) {
	s := csvSyntax{delimiter: []byte(d.Delimiter), comment: []byte(d.Comment), trim: d.Trim}
	if d.Delimiter == `\t` {
		s.delimiter = []byte{'\t'}
	}
	if len(s.delimiter) == 0 || bytes.ContainsAny(s.delimiter, "\r\n\x00") || !utf8.Valid(s.delimiter) {
		return s, fault.New(fault.ContractPlan, "the contract's delimiter %q can't separate cells", d.Delimiter)
	}
	var err error
	if d.Quote != "none" {
		if s.quote, err = asciiMark("quote", d.Quote); err != nil {
			return s, err
		}
		s.escape = s.quote
	}
	if d.Escape != "" && s.quote == 0 {
		return s, fault.New(fault.ContractPlan, "the contract's escape %q makes quotes text within quotes, and it says quote: none; leave one of both out", d.Escape)
	}
	if d.Escape != "" {
		if s.escape, err = asciiMark("escape", d.Escape); err != nil {
			return s, err
		}
	}
	if s.quote != 0 && (s.quote == s.delimiter[0] || s.escape == s.delimiter[0]) {
		return s, fault.New(fault.ContractPlan, "the contract's delimiter %q is also its quote or escape", d.Delimiter)
	}
	return s, nil
}

func asciiMark(what, text string) (byte, error) {
	if len(text) != 1 || text[0] >= utf8.RuneSelf || text[0] == '\n' || text[0] == '\r' || text[0] == 0 {
		return 0, fault.New(fault.ContractPlan, "the contract's %s %q is not one ASCII character", what, text)
	}
	return text[0], nil
}

// isSpace says whether b is white space beside cells, which trim drops.
func (s *csvSyntax) isSpace(b byte) bool {
	return (b == ' ' || b == '\t') && b != s.delimiter[0]
}

// opensAt says whether a quote at offset q of text, outside quotes, starts a
// cell. text starts with a row.
func (s *csvSyntax) opensAt(text []byte, q int) bool {
	before := text[:q]
	if s.trim {
		for len(before) > 0 && s.isSpace(before[len(before)-1]) {
			before = before[:len(before)-1]
		}
	}
	if len(before) == 0 {
		return true
	}
	last := before[len(before)-1]
	return last == '\n' || last == '\r' || bytes.HasSuffix(before, s.delimiter)
}

// endsCell says whether the text behind a closing quote ends the cell. text
// holds at least the longest delimiter, or ends the delivery.
func (s *csvSyntax) endsCell(text []byte) bool {
	if s.trim {
		for len(text) > 0 && s.isSpace(text[0]) {
			text = text[1:]
		}
	}
	return len(text) == 0 || text[0] == '\n' || text[0] == '\r' || bytes.HasPrefix(text, s.delimiter)
}

// isEscaped says whether the quote at offset q is made text by an escape
// other than the quote itself; the quotes opened at open.
func (s *csvSyntax) isEscaped(text []byte, open, q int) bool {
	if s.escape == s.quote {
		return false
	}
	n := 0
	for q-1-n > open && text[q-1-n] == s.escape {
		n++
	}
	return n%2 == 1
}

// unescape appends the text between quotes to out.
func (s *csvSyntax) unescape(out, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, s.escape)
		if i < 0 || i+1 == len(text) {
			return append(out, text...)
		}
		next := text[i+1]
		if next != s.quote && next != s.escape {
			out = append(out, text[:i+2]...)
		} else {
			out = append(append(out, text[:i]...), next)
		}
		text = text[i+2:]
	}
}
