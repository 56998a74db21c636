package recognise

import (
	"fmt"
	"regexp"
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
	mostPreamble = 10  // lines above the header, blank ones left out
)

// fixedRow is one line of text that is not blank.
type fixedRow struct {
	runes []rune
	line  int // from 0
	size  int // characters with the blanks at its end
}

// sniffFixed finds the columns of fixed text: between them are characters that
// are blank in all lines, and above each stands its name. Titles and blank
// lines may come before; the line of names is the one that parts the text into
// most columns. Without names, lines of one length are parted where values
// begin. ok is false where the text is none.
func sniffFixed(text string, cut bool) (f fixedText, ok bool) {
	all, isText := fixedRows(text, cut)
	if !isText {
		return f, false
	}
	isTitle := true // names of columns stand apart, words of a title do not
	skips := min(mostPreamble, len(all)-fewestFixed)
	if areWords(all) {
		skips = 0 // a name above values of several words, as many letters each: the one of a list
	}
	for skip := 0; skip <= skips; skip++ {
		below, isHeader := columnsBelow(all[skip:])
		if !isHeader || f.columns != nil && !isTitle && isWords(all[skip].runes) {
			continue
		}
		if len(below.columns) > len(f.columns) || isTitle && !isWords(all[skip].runes) {
			f, isTitle = below, isWords(all[skip].runes)
			f.skip = all[skip].line
		}
	}
	if len(f.columns) == 0 {
		f.columns = columnsWithoutNames(all)
	}
	return f, len(f.columns) > 0
}

// areWords says whether no line has more than one blank between its words.
func areWords(all []fixedRow) bool {
	return !slices.ContainsFunc(all, func(r fixedRow) bool { return !isWords(r.runes) })
}

// isWords says whether no two words of a line stand further apart than those
// of a sentence.
func isWords(line []rune) bool { return !strings.Contains(strings.TrimSpace(string(line)), "  ") }

// fixedRows cuts text into lines; ok is false where it holds tabs, or too many
// blank lines for a table.
func fixedRows(text string, cut bool) (rows []fixedRow, ok bool) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if cut || lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	lines = lines[:min(len(lines), sniffLines)]
	blank := 0
	for i, line := range lines {
		row := []rune(line)
		trimmed := []rune(strings.TrimRight(line, " "))
		switch {
		case strings.ContainsRune(line, '\t'):
			return nil, false
		case len(trimmed) > 0:
			rows = append(rows, fixedRow{runes: trimmed, line: i, size: len(row)})
		case i > mostPreamble:
			blank++
		}
	}
	const mostBlank = 10 // a page of a report has some lines between two blank ones
	return rows, len(rows) >= fewestFixed && blank*mostBlank <= len(rows)
}

// partByNames parts columns whose values fill them up, so that no blank stands
// between them, where their names stand apart by two blanks or more; what has no
// name above belongs to the column before it, whose values have blanks within.
func partByNames(header []rune, spans []span) []span {
	var parted []span
	isNamed := true // the span before had a name
	for _, s := range spans {
		from := s.from
		for at := s.from + 2; at < min(s.to, len(header)); at++ {
			isBegin := header[at] != ' ' && header[at-1] == ' ' && header[at-2] == ' '
			if isBegin && (!isNamed || isNameAbove(header, span{from, at})) {
				parted = joinNameless(header, parted, span{from, at})
				from, isNamed = at, true
			}
		}
		isNamed = isNameAbove(header, span{from, s.to})
		parted = joinNameless(header, parted, span{from, s.to})
	}
	return parted
}

func isNameAbove(header []rune, s span) bool {
	return strings.TrimSpace(cutRunes(header, s.from, s.to)) != ""
}

// joinNameless adds a span, or adds it to the one before where it has no name.
func joinNameless(header []rune, spans []span, s span) []span {
	if last := len(spans) - 1; last >= 0 && !isNameAbove(header, s) {
		spans[last].to = s.to
		return spans
	}
	return append(spans, s)
}

// columnsBelow takes the first row for names of columns.
func columnsBelow(all []fixedRow) (f fixedText, ok bool) {
	rows, width := runesOf(all)
	f.header = 1
	if len(rows) > 1 && strings.Trim(string(rows[1]), "-=+ ") == "" {
		f.header = 2
	}
	for i := range f.header { // the reader takes them for consecutive lines
		if all[i].line != all[0].line+i {
			return f, false
		}
	}
	spans := partByNames(rows[0], columnSpans(rows, width, f.header))
	if len(spans) < 2 || hasDelimiter(string(rows[0]), rows[f.header:]) {
		return f, false
	}
	names := map[string]bool{}
	for _, s := range spans {
		name := strings.TrimSpace(cutRunes(rows[0], s.from, s.to))
		if !isLabel(name) || names[name] {
			return f, false
		}
		names[name] = true
		f.columns = append(f.columns, FixedColumn{Name: name})
	}
	place(f.columns, spans)
	return f, true
}

// place says where the columns stand: each reaches to the next, the last to
// the line's end.
func place(columns []FixedColumn, spans []span) {
	for i, s := range spans {
		columns[i].Start = s.from + 1
		if i+1 < len(spans) {
			columns[i].Width = spans[i+1].from - s.from
		}
	}
}

func runesOf(all []fixedRow) (rows [][]rune, width int) {
	for _, r := range all {
		rows = append(rows, r.runes)
		width = max(width, len(r.runes))
	}
	return rows, width
}

var decimalComma = regexp.MustCompile(`(\d),(\d\d)( |$)`)

// columnsWithoutNames parts lines of one length; nil where they are none.
func columnsWithoutNames(all []fixedRow) []FixedColumn {
	rows, width := runesOf(all)
	same := 0
	for _, r := range all {
		if r.size == all[0].size {
			same++
		}
	}
	plain := make([][]rune, len(rows))
	for i, row := range rows { // a decimal comma parts no columns
		plain[i] = []rune(decimalComma.ReplaceAllString(string(row), "$1.$2"))
	}
	if float64(same) < fixedAlike*float64(len(all)) || hasDelimiter(string(plain[0]), plain) {
		return nil
	}
	var spans []span
	for _, s := range columnSpans(rows, width, 0) {
		spans = append(spans, partsOf(rows, s)...)
	}
	const fewest = 3 // two may be words
	if len(spans) < fewest {
		return nil
	}
	columns := make([]FixedColumn, len(spans))
	for i := range columns {
		columns[i].Name = fmt.Sprintf("column_%d", i+1)
	}
	place(columns, spans)
	return columns
}

// partsOf parts a span where columns touch: nearly all lines begin a value
// there and most end one before it, or a number stands before a word.
func partsOf(rows [][]rune, s span) []span {
	const begins, padded = .9, .5
	parts := []span{{s.from, s.to}}
	for at := s.from + 1; at < s.to; at++ {
		filled, blankBefore, digitBefore, letter := 0, 0, 0, 0
		for _, row := range rows {
			if at >= len(row) {
				continue
			}
			if row[at] != ' ' {
				filled++
			}
			if row[at-1] == ' ' {
				blankBefore++
			}
			if unicode.IsDigit(row[at-1]) {
				digitBefore++
			}
			if unicode.IsLetter(row[at]) {
				letter++
			}
		}
		n := float64(len(rows))
		isNext := float64(filled) >= begins*n && float64(blankBefore) >= padded*n
		isWord := float64(digitBefore) >= fixedAlike*n && float64(letter) >= fixedAlike*n
		if isNext || isWord {
			parts[len(parts)-1].to = at
			parts = append(parts, span{at, s.to})
		}
	}
	return parts
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
		cells := cellsOf(header, d)
		if cells < 2 {
			continue
		}
		same := 0
		for _, row := range rows {
			if cellsOf(string(row), d) == cells {
				same++
			}
		}
		if same*2 > len(rows) {
			return true
		}
	}
	return !slices.ContainsFunc(rows, func(row []rune) bool { return slices.ContainsFunc(row, unicode.IsSpace) })
}

// cellsOf counts the cells of a line, quotes respected.
func cellsOf(line, delimiter string) int {
	rows := splitRows(line, delimiter, false)
	if len(rows) == 0 {
		return 0
	}
	return len(rows[0])
}
