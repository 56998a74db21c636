package recognise

import (
	"fmt"
	"slices"
	"strings"
)

// sniffLines bounds how many rows are looked at for the delimiter.
const sniffLines = 200

// sniffCSV finds delimiter and header of CSV text.
func (in *File) sniffCSV(h Hints, t *WordTables, text string, cut bool) error {
	if start := strings.ToLower(strings.TrimLeft(text, " \t\r\n")); strings.HasPrefix(start, "<!doctype") ||
		strings.HasPrefix(start, "<html") || strings.HasPrefix(start, "<?xml") {
		return fmt.Errorf("it is a web page or an XML document, not a table")
	}
	in.Dialect.Delimiter = h.Delimiter
	if h.Delimiter == `\t` || strings.EqualFold(h.Delimiter, "tab") {
		in.Dialect.Delimiter = "\t"
	}
	if in.Dialect.Delimiter == "" {
		in.Dialect.Delimiter = in.delimiter(text, cut)
	}
	rows := splitRows(text, in.Dialect.Delimiter, cut)
	if len(rows) == 0 {
		return fmt.Errorf("the file holds no row")
	}
	first := preambleRows(rows)
	in.skipPreamble(first, text)
	in.Headers = rows[first]
	in.HasHeader = isHeader(in.Headers, t)
	if !in.HasHeader {
		in.Dialect.Header, in.Headers = 0, nil
		in.Note("the first line holds values, not names: the columns are called column_1, column_2, …")
	}
	return nil
}

// delimiter is the one by which most rows have the same number of cells,
// above one.
func (in *File) delimiter(text string, cut bool) string {
	best, bestScore := ",", 0.0
	candidates := []string{",", ";", "\t", "|"}
	if isTabFile(in.Path) {
		candidates = []string{"\t", ",", ";", "|"}
	}
	for _, d := range append(candidates, "\x01", "^", "~") { // the last ones as Hive and programs of mainframes put them
		rows := splitRows(text, d, cut)
		sizes := map[int]int{}
		for _, row := range rows {
			sizes[len(row)]++
		}
		width, most := 1, 0
		for size, count := range sizes {
			if size > 1 && (count > most || count == most && size > width) {
				width, most = size, count
			}
		}
		if width < 2 || len(rows) == 0 {
			continue
		}
		share := float64(most) / float64(len(rows))
		score := share * (1 + float64(min(width, 20))/20) // a stable split, then the finer one
		if score > bestScore+1e-9 {
			best, bestScore = d, score
		}
	}
	return best
}

// splitRows cuts text into rows of cells, quotes and line ends inside quotes
// respected. Blank rows are left out. It serves to look at a text, not to read
// it.
func splitRows(text, delimiter string, cut bool) [][]string {
	var rows [][]string
	var row []string
	var cell strings.Builder
	quoted, started := false, false
	endRow := func() {
		row = append(row, strings.TrimSpace(cell.String()))
		cell.Reset()
		started = false
		if len(row) > 1 || row[0] != "" {
			rows = append(rows, row)
		}
		row = nil
	}
	for i := 0; i < len(text) && len(rows) < sniffLines; i++ {
		c := text[i]
		switch {
		case quoted && c == '"' && i+1 < len(text) && text[i+1] == '"':
			cell.WriteByte('"')
			i++
		case c == '"' && (quoted || !started):
			quoted, started = !quoted, true
		case !quoted && strings.HasPrefix(text[i:], delimiter):
			row = append(row, strings.TrimSpace(cell.String()))
			cell.Reset()
			started = false
		case !quoted && (c == '\n' || c == '\r'):
			if c == '\r' && i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			endRow()
		default:
			cell.WriteByte(c)
			started = started || c != ' ' && c != '\t'
		}
	}
	if !cut && (cell.Len() > 0 || len(row) > 0) {
		endRow()
	}
	return rows
}

// preambleRows counts the leading rows that are narrower than the table, such
// as a title above the header, or that describe the file in more cells.
func preambleRows(rows [][]string) int {
	sizes := map[int]int{}
	for _, row := range rows {
		sizes[len(row)]++
	}
	width := 1
	for size, count := range sizes {
		if count > sizes[width] || count == sizes[width] && size > width {
			width = size
		}
	}
	const mostPreamble = 20
	for i, row := range rows[:min(len(rows), mostPreamble)] {
		filled := 0
		for _, cell := range row {
			if cell != "" {
				filled++
			}
		}
		isAbove := len(row) > width && i+1 < len(rows) && len(rows[i+1]) == width && isDescription(row, rows[i+1])
		if len(row) >= width && (filled > 1 || width == 1) && !isAbove {
			return i
		}
	}
	return 0
}

// isDescription says whether a row holds values and the next one names alone.
func isDescription(row, next []string) bool {
	return slices.ContainsFunc(row, isTyped) && !slices.ContainsFunc(next, func(cell string) bool { return !isLabel(cell) })
}

// skipPreamble tells the reader how many lines lie above the header.
func (in *File) skipPreamble(n int, text string) {
	if n == 0 {
		return
	}
	lines := 0
	for seen := 0; seen < n; lines++ {
		line, rest, _ := strings.Cut(text, "\n")
		if strings.TrimSpace(line) != "" {
			seen++
		}
		text = rest
	}
	in.Dialect.Skip = lines
	in.Note("%d lines above the header are left out", lines)
}

// isHeader says whether a row holds names of columns: no cell that only a
// value can be, or a word that the tables know.
func isHeader(row []string, t *WordTables) bool {
	known := 0
	for _, cell := range row {
		if len(t.headers[FoldKey(cell)]) > 0 {
			known++
		}
	}
	if known > 0 && known*4 >= len(row) {
		return true
	}
	for _, cell := range row {
		if isEmail(cell) || dateOf(cell).Kind != dateNone || cell != "" && strings.Trim(cell, "0123456789+-.,/() ") == "" {
			return false
		}
	}
	return true
}
