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

// longestSum is how long the formula of a sum may be.
const longestSum = 300

// sumsAbove says whether a formula is the sum of at least two cells of its own
// column above its row: SUM(D2:D9), SUBTOTAL(109,D2:D9), or SUBTOTAL(109,[Price])
// in the row of totals of a table.
func sumsAbove(formula []byte, column int, row int64) bool {
	text := bytes.ToUpper(bytes.TrimSpace(bytes.TrimPrefix(formula, []byte("="))))
	if len(text) > longestSum {
		return false
	}
	rest, ok := bytes.CutPrefix(text, []byte("SUM("))
	if !ok {
		if rest, ok = bytes.CutPrefix(text, []byte("SUBTOTAL(")); ok {
			if kind, after, found := bytes.Cut(rest, []byte(",")); found && (string(kind) == "9" || string(kind) == "109") {
				if rest = after; bytes.HasSuffix(rest, []byte("])")) {
					return true
				}
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

// mergedValues are the values of cells that are merged over several rows of a
// table, as all of their rows show them.
type mergedValues struct {
	ranges []cellRange
	values []sheetCell
}

// readMerged reads the cells that are merged over rows of the table.
func (s *sheetReader) readMerged(d *sheetDecoder) (*mergedValues, error) {
	merges, err := s.readMerges(d.firstRow, sheetRows)
	if err != nil {
		return nil, err
	}
	m := &mergedValues{}
	for _, r := range merges {
		if d.isMergedDown(r) {
			m.ranges, m.values = append(m.ranges, r), append(m.values, sheetCell{})
		}
	}
	if len(m.ranges) == 0 {
		return nil, nil
	}
	err = s.eachRow(func(r *rowReader) bool {
		for i, merged := range m.ranges {
			if merged.top == r.row && merged.left <= len(r.cells) {
				m.values[i] = r.cells[merged.left-1]
				m.values[i].text = bytes.Clone(m.values[i].text)
				m.values[i].how = noFormula
			}
		}
		return true
	})
	return m, err
}

// fill gives a row the values of the merged cells that reach into it.
func (m *mergedValues) fill(r *rowReader) {
	if m == nil {
		return
	}
	for i, merged := range m.ranges {
		if r.row > merged.top && r.row <= merged.bottom {
			r.put(merged.left, m.values[i])
		}
	}
}

// isMergedDown says whether a merged range hides values of a table's rows.
func (d *sheetDecoder) isMergedDown(m cellRange) bool {
	if m.bottom == m.top || m.top < d.firstRow || d.lastRow > 0 && m.top > d.lastRow || !d.only.has(m.left) {
		return false
	}
	return m.left <= len(d.position) && d.position[m.left-1] >= 0
}
