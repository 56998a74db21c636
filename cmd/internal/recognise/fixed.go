package recognise

import (
	"slices"
	"strings"
	"unicode"
)

// FixedColumn is where a column of fixed text stands, in characters from 1.
type FixedColumn struct {
	Name         string
	Start, Width int // width 0 = to the line's end
}

// fixedText is text whose columns stand at the same places of each line.
type fixedText struct {
	skip, header int
	columns      []FixedColumn
}

// Bounds of what is taken for fixed text.
const (
	fewestFixed  = 6   // lines
	fixedAlike   = .95 // of the lines have a blank where columns part
	mostPreamble = 10  // lines above the header
)

// sniffFixed finds the columns of fixed text: between them are characters that
// are blank in all lines, and above each stands its name. ok is false where
// the text is none.
func sniffFixed(text string, cut bool) (f fixedText, ok bool) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if cut || lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	var rows [][]rune
	width := 0
	for i, line := range lines[:min(len(lines), sniffLines)] {
		row := []rune(strings.TrimRight(line, " "))
		if len(row) == 0 && i > 0 || strings.ContainsRune(line, '\t') {
			return f, false
		}
		rows = append(rows, row)
		width = max(width, len(row))
	}
	for f.skip < min(len(rows), mostPreamble) && len(rows[f.skip])*2 < width {
		f.skip++
	}
	if rows = rows[f.skip:]; len(rows) < fewestFixed {
		return f, false
	}
	f.header = 1
	if len(rows) > 1 && strings.Trim(string(rows[1]), "-=+ ") == "" {
		f.header = 2
	}
	spans := columnSpans(rows, width, f.header)
	if len(spans) < 2 || hasDelimiter(string(rows[0]), rows[f.header:]) {
		return f, false
	}
	names := map[string]bool{}
	for i, s := range spans {
		name := strings.TrimSpace(cutRunes(rows[0], s.from, s.to))
		if !isLabel(name) || names[name] {
			return f, false
		}
		names[name] = true
		c := FixedColumn{Name: name, Start: s.from + 1}
		if i+1 < len(spans) {
			c.Width = spans[i+1].from - s.from
		}
		f.columns = append(f.columns, c)
	}
	return f, true
}

// span is a column's characters from 0.
type span struct{ from, to int }

// columnSpans parts the lines where nearly all of them are blank. A column
// whose values end at one place grows to the left, so the blanks before it are
// its own.
func columnSpans(rows [][]rune, width, header int) []span {
	var spans []span
	for at := range width {
		filled := 0
		for _, row := range rows {
			if at < len(row) && row[at] != ' ' {
				filled++
			}
		}
		isBlank := at >= len(rows[0]) || rows[0][at] == ' '
		switch last := len(spans) - 1; {
		case isBlank && float64(filled) <= (1-fixedAlike)*float64(len(rows)):
		case last >= 0 && spans[last].to == at:
			spans[last].to = at + 1
		default:
			spans = append(spans, span{at, at + 1})
		}
	}
	if len(spans) > 0 {
		spans[0].from = 0
	}
	for i := 1; i < len(spans); i++ {
		if endsTogether(rows[header:], spans[i]) {
			spans[i].from = spans[i-1].to
		}
	}
	return spans
}

// endsTogether says whether the values of a column end at one place and begin
// at several: numbers that are written to the right.
func endsTogether(rows [][]rune, s span) bool {
	ends, begins, filled := 0, map[int]bool{}, 0
	for _, row := range rows {
		value := cutRunes(row, s.from, s.to)
		if strings.TrimSpace(value) == "" {
			continue
		}
		filled++
		if len(row) >= s.to && row[s.to-1] != ' ' {
			ends++
		}
		begins[len([]rune(value))-len([]rune(strings.TrimLeft(value, " ")))] = true
	}
	return filled > 0 && float64(ends) >= fixedAlike*float64(filled) && len(begins) > 1
}

func cutRunes(row []rune, from, to int) string {
	if from >= len(row) {
		return ""
	}
	return string(row[from:min(to, len(row))])
}

// hasDelimiter says whether a delimiter parts the header and the rows into
// equally many cells, or the lines hold no blanks that part them.
func hasDelimiter(header string, rows [][]rune) bool {
	for _, d := range []string{",", ";", "\t", "|"} {
		cells := strings.Count(header, d)
		if cells == 0 {
			continue
		}
		same := 0
		for _, row := range rows {
			if strings.Count(string(row), d) == cells {
				same++
			}
		}
		if same*2 > len(rows) {
			return true
		}
	}
	return !slices.ContainsFunc(rows, func(row []rune) bool { return slices.ContainsFunc(row, unicode.IsSpace) })
}
