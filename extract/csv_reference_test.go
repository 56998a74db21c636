package extract

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"loadstar/schemas"
)

// reference reads a CSV text byte by byte by the rules of csvSyntax: slow,
// short, and written apart from the splitter and decoder it is compared with.
type reference struct {
	text    string
	trim    bool
	escape  byte
	records []string // "line cells" or "line open"
}

func (r *reference) space(at int) bool {
	return at < len(r.text) && (r.text[at] == ' ' || r.text[at] == '\t')
}

// lineEnd returns the length of the line end at offset at, 0 for none.
func (r *reference) lineEnd(at int) int {
	switch {
	case strings.HasPrefix(r.text[at:], "\r\n"):
		return 2
	case at < len(r.text) && (r.text[at] == '\r' || r.text[at] == '\n'):
		return 1
	}
	return 0
}

func (r *reference) read() []string {
	line := 1
	for at := 0; at < len(r.text); {
		record, next, lines, ok := r.row(at)
		if !ok {
			next = at
			for next < len(r.text) && r.lineEnd(next) == 0 {
				next++
			}
			record, lines = "open "+r.text[at:next], 1
			if next < len(r.text) {
				next += r.lineEnd(next)
			}
		}
		r.records = append(r.records, fmt.Sprintf("%d %s", line, record))
		line += lines
		at = next
	}
	return r.records
}

// row reads the row at offset at; ok is false where its quotes never close.
func (r *reference) row(at int) (record string, next, lines int, ok bool) {
	var cells []string
	stray := ""
	lines = 1
	for {
		from := at
		if r.trim {
			for r.space(at) {
				at++
			}
		}
		if at < len(r.text) && r.text[at] == '"' {
			cell, end, inner, ok := r.quoted(at + 1)
			if !ok {
				return "", 0, 0, false
			}
			at, lines = end, lines+inner
			for r.trim && r.space(at) {
				at++
			}
			if at < len(r.text) && r.text[at] != ',' && r.lineEnd(at) == 0 {
				if inner > 0 {
					return "", 0, 0, false
				}
				stray = "stray "
			}
			cells = append(cells, fmt.Sprintf("%q", cell))
			for at < len(r.text) && r.text[at] != ',' && r.lineEnd(at) == 0 {
				at++
			}
		} else {
			for at = from; at < len(r.text) && r.text[at] != ',' && r.lineEnd(at) == 0; {
				at++
			}
			cell := r.text[from:at]
			if r.trim {
				cell = strings.Trim(cell, " \t")
			}
			if cell == "" {
				cells = append(cells, "null")
			} else {
				cells = append(cells, fmt.Sprintf("%q", cell))
			}
		}
		if at < len(r.text) && r.text[at] == ',' {
			at++
			continue
		}
		if at < len(r.text) {
			at += r.lineEnd(at)
		}
		return stray + strings.Join(cells, "|"), at, lines, true
	}
}

func (r *reference) quoted(at int) (cell string, next, lines int, ok bool) {
	var b strings.Builder
	for ; at < len(r.text); at++ {
		c := r.text[at]
		following := byte(0)
		if at+1 < len(r.text) {
			following = r.text[at+1]
		}
		switch {
		case c == r.escape && following == '"', r.escape != '"' && c == r.escape && following == c:
			b.WriteByte(following)
			at++
			continue
		case c == '"':
			return b.String(), at + 1, lines, true
		case c == '\n', c == '\r' && following != '\n':
			lines++
		}
		b.WriteByte(c)
	}
	return "", 0, 0, false
}

// engine writes what splitter and row reader see in the form of reference.
func engine(t *rapid.T, text string, d schemas.Dialect, size int) []string {
	syntax, err := newCSVSyntax(d)
	if err != nil {
		t.Fatal(err)
	}
	s := &csvSplitter{
		csvSyntax: syntax, w: window{in: strings.NewReader(text), free: &buffers{}}, line: 1,
		size: size, maxRow: rowBytes, maxLines: blockRows,
	}
	var records []string
	for {
		block, err := s.next(size)
		if err != nil {
			t.Fatal(err)
		}
		if len(block.text) == 0 {
			return records
		}
		rows := csvRows{csvSyntax: &syntax, text: block.text[:len(block.text)+slack], size: len(block.text)}
		line, open := block.line, block.open
		for at := 0; at < rows.size; {
			if len(open) > 0 && open[0].from == at {
				records = append(records, fmt.Sprintf("%d open %s", line, block.text[at:open[0].end]))
				at, open, line = open[0].next, open[1:], line+1
				continue
			}
			rows.cells = rows.cells[:0]
			at = rows.row(at)
			var cells []string
			for _, c := range rows.cells {
				if c.isNull() {
					cells = append(cells, "null")
				} else {
					cells = append(cells, fmt.Sprintf("%q", rows.cellText(c)))
				}
			}
			stray := ""
			if rows.stray {
				stray = "stray "
			}
			records = append(records, fmt.Sprintf("%d %s%s", line, stray, strings.Join(cells, "|")))
			line += 1 + int64(rows.lines)
		}
		if line != s.line {
			t.Fatalf("rows end at line %d, the block at %d", line, s.line)
		}
	}
}

// Whatever the text, rows, lines and refused lines are those of the reference
// reader, in blocks of any size.
func TestCSVEqualsReference(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "xyzxyzxyz", ",", ",", `"`, `"`, `""`, "\n", "\n", "\r\n", "\r", " ", "\t", `\`, `\"`, "é", `,"`, `",`, "\"\n", "\n\""})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "text"), "")
		trim := rapid.Bool().Draw(t, "trim")
		escape := rapid.SampledFrom([]string{"", `\`}).Draw(t, "escape")
		d := csvDialect(func(d *schemas.Dialect) { d.Trim, d.Escape = trim, escape })
		want := reference{text: text, trim: trim, escape: '"'}
		if escape != "" {
			want.escape = escape[0]
		}
		wanted := strings.Join(want.read(), "\n")
		for _, size := range []int{1, 3, 17, 4096} {
			if got := strings.Join(engine(t, text, d, size), "\n"); got != wanted {
				t.Fatalf("%q trim %v escape %q in blocks of %d:\n%s\nexpected\n%s", text, trim, escape, size, got, wanted)
			}
		}
	})
}
