package recognise

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// totals finds the rows that are none of the table: of sums, where a label says so
// and most other cells are empty, and rulers.
func (c *TextColumns) totals(t *WordTables, found func(column int, label string)) map[int]bool {
	rows := map[int]bool{}
	for k := range c.names {
		for i := range c.Rows {
			if v := c.value(k, i); v != "" && !rows[i] && (t.isTotal(v) && (c.isSparse(i) || c.addsUp(k, i)) || IsRuler(v) && c.filledCells(i) == 1) {
				rows[i] = true
				found(k, v)
			}
		}
	}
	return rows
}

// isSparse says whether most cells of a row are empty, as in a row of totals.
func (c *TextColumns) isSparse(row int) bool { return c.filledCells(row)*2 <= len(c.columns) }

// addsUp says whether a row holds nothing before a label, and nothing but numbers
// behind it, with a gap where others have words.
func (c *TextColumns) addsUp(label, row int) bool {
	numbers, gaps := 0, 0
	for k := range c.names {
		switch v := c.value(k, row); {
		case k == label:
		case v == "":
			gaps++
		case k < label || hasLetter(v) || !hasDigit(v):
			return false
		default:
			numbers++
		}
	}
	return numbers > 0 && gaps > 0
}

func (c *TextColumns) filledCells(row int) (filled int) {
	for _, col := range c.columns {
		if col.IsValid(row) && strings.TrimSpace(col.Value(row)) != "" {
			filled++
		}
	}
	return filled
}

// isTotal says whether a label is that of a row of sums: "Total", "Summe Nord",
// "East Total".
func (t *WordTables) isTotal(label string) bool {
	const longest = 40
	if len(label) > longest || hasDigit(label) && !strings.HasPrefix(label, "T") && !strings.HasPrefix(label, "S") {
		return false
	}
	words, _ := t.TotalWords(label)
	return words != ""
}

// TotalWords are the words at the beginning or the end of a label that say that
// its row is one of sums: "Summe" of "Summe Nord", "Total" of "East Total". ""
// where none do.
func (t *WordTables) TotalWords(label string) (words string, isEnd bool) {
	all := strings.FieldsFunc(label, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for n := 1; n <= min(len(all), 2); n++ {
		for _, part := range [][]string{all[:n], all[len(all)-n:]} {
			if t.clean.TotalLabels()[FoldKey(strings.Join(part, " "))] {
				return strings.Join(part, " "), !strings.HasPrefix(label, part[0])
			}
		}
	}
	return "", false
}

// RulerMarks are the signs of which two or more in front make a ruler.
const RulerMarks = "-=*#_~–—+"

// IsRuler says whether a label parts the rows above it from those below, as
// people draw lines: "--- old contacts ---", "=====".
func IsRuler(label string) bool {
	const fewest = 2
	rest := strings.TrimLeft(label, RulerMarks)
	return utf8.RuneCountInString(label)-utf8.RuneCountInString(rest) >= fewest
}
