package extract

import (
	"bytes"
	"strconv"
	"strings"
)

// columnFilter says which columns of a worksheet are read.
type columnFilter struct {
	first, last int // from 1; last 0 = all
	hidden      map[int]bool
}

// has says whether a column, from 1, is read.
func (f *columnFilter) has(column int) bool {
	if f.last > 0 && (column < f.first || column > f.last) {
		return false
	}
	return f.hidden == nil || !f.hidden[column]
}

// newColumnFilter reads a range of columns, as "B:F".
func newColumnFilter(columns string) columnFilter {
	from, to, _ := strings.Cut(columns, ":")
	first, _, ok := parseCellRef([]byte(from))
	last, _, ok2 := parseCellRef([]byte(to))
	if !ok || !ok2 {
		return columnFilter{}
	}
	return columnFilter{first: min(first, last), last: max(first, last)}
}

// hide notes the columns of a <col> element that are hidden.
func (f *columnFilter) hide(s *xmlScanner) {
	first, err := strconv.Atoi(string(s.attr("min")))
	last, err2 := strconv.Atoi(string(s.attr("max")))
	if err != nil || err2 != nil || !isTrue(s.attr("hidden")) {
		return
	}
	if f.hidden == nil {
		f.hidden = map[int]bool{}
	}
	for column := max(1, first); column <= min(last, sheetColumns); column++ {
		f.hidden[column] = true
	}
}

// sumsAbove says whether a formula is the sum of at least two cells of its own
// column above its row: SUM(D2:D9) or SUBTOTAL(109,D2:D9).
func sumsAbove(formula []byte, column int, row int64) bool {
	text := bytes.ToUpper(bytes.TrimSpace(bytes.TrimPrefix(formula, []byte("="))))
	if len(text) > 64 {
		return false
	}
	rest, ok := bytes.CutPrefix(text, []byte("SUM("))
	if !ok {
		if rest, ok = bytes.CutPrefix(text, []byte("SUBTOTAL(")); ok {
			if kind, after, found := bytes.Cut(rest, []byte(",")); found && (string(kind) == "9" || string(kind) == "109") {
				rest = after
			} else {
				return false
			}
		}
	}
	rest, closed := bytes.CutSuffix(rest, []byte(")"))
	if !ok || !closed {
		return false
	}
	above, ok := parseCellRange(rest)
	return ok && above.left == column && above.right == column && above.bottom < row && above.bottom > above.top
}
