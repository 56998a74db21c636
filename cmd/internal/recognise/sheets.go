package recognise

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"loadstar/schemas"
)

// SheetTable is the table of one worksheet.
type SheetTable struct {
	Sheet  string
	Top    int64    // worksheet row of the header, from 1
	Height int      // rows of the header
	Find   []string // labels of its first row that no row above holds; nil = it is row 1
	Labels []string // of the header's last row, folded: tables of one kind have the same
	Why    string

	Columns string   // as "A:E", where another table stands beside it
	Next    []string // labels of the header of the table below, nil = it ends with the sheet
	Title   string   // right above the header, "" = none
	Shares  bool     // other tables stand on the sheet
	Section Sections // titles below which its header comes again
	score   float64
}

// gridRow is a worksheet row as it comes.
type gridRow struct {
	number int64
	cells  map[int]string // by worksheet column from 0
}

// headerWithin is how many rows with values are searched for the header;
// rowsBelow is how many rows below a header tell what its columns hold.
const (
	headerWithin = 60
	rowsBelow    = 25
)

// Sheets finds the header of each table on the visible worksheets. Notes say
// which sheets hold none.
func (in *File) Sheets(ctx context.Context, t *WordTables) ([]SheetTable, error) {
	grid := *in
	grid.Dialect = schemas.Dialect{Format: "excel", Header: 0, HiddenRows: "keep", HiddenSheet: "exclude", Sheets: "*"}
	source, err := grid.Source()
	if err != nil {
		return nil, err
	}
	sheets := map[string]*sheetGrid{}
	var order []string
	for chunk, err := range source.Chunks(ctx) {
		if err != nil {
			return nil, err
		}
		dec, err := chunk(ctx)
		if err != nil {
			return nil, err
		}
		if sheets[dec.Sheet] == nil {
			sheets[dec.Sheet] = &sheetGrid{}
			order = append(order, dec.Sheet)
		}
		if len(dec.Rejects) > 0 && sheets[dec.Sheet].refused == nil {
			sheets[dec.Sheet].refused = &dec.Rejects[0]
		}
		if dec.Record == nil {
			continue
		}
		sheets[dec.Sheet].add(grid.ColumnsOf(dec.Record, t))
		dec.Record.Release()
	}
	var tables []SheetTable
	var turned []string
	for _, sheet := range order {
		if sheets[sheet].isTurned(t) {
			turned = append(turned, sheet)
			continue
		}
		found := sheets[sheet].tables(t)
		if refused := sheets[sheet].refused; len(found) == 0 && refused != nil {
			in.Note("worksheet %q holds no table that can be read: its rows are refused, the first at %s: %s", sheet, refused.At.Cell, refused.Reason)
		} else if len(found) == 0 {
			in.Note("worksheet %q holds no table: no row reads as a header above rows of values", sheet)
		}
		for _, f := range found {
			f.Sheet = sheet
			tables = append(tables, f)
		}
	}
	in.noteTurned(turned)
	return tables, nil
}

// gridRow takes one row of a batch without a header.
func (c *TextColumns) gridRow(i int) gridRow {
	row := gridRow{number: int64(i + 1), cells: map[int]string{}}
	if c.Lines != nil {
		row.number = c.Lines.Value(i)
	}
	for k, name := range c.names {
		at, err := strconv.Atoi(strings.TrimPrefix(name, "column_"))
		if v := strings.TrimSpace(c.raw(k, i)); err == nil && v != "" {
			row.cells[at-1] = strings.Clone(v)
		}
	}
	return row
}

// raw is the text of a cell as it came.
func (c *TextColumns) raw(column, row int) string {
	if c.columns[column].IsNull(row) {
		return ""
	}
	return c.columns[column].Value(row)
}

// isLabel says whether a cell can be the name of a column.
func isLabel(s string) bool {
	const longest = 60
	return len(s) <= longest && hasLetter(s) && !isEmail(s) && dateOf(s).Kind == dateNone && !numberOf(s).ok
}

// isMonthLabel says whether a cell holds the first day of a month above numbers,
// as people write months above columns of amounts.
func isMonthLabel(below []gridRow, at int, s string) bool {
	if d := dateOf(s); d.Kind == dateNone || !monthStart.MatchString(s) {
		return false
	}
	numbers := 0
	for _, row := range below {
		v := row.cells[at]
		if v != "" && !numberOf(v).ok {
			return false
		}
		if v != "" {
			numbers++
		}
	}
	return numbers > 0
}

var monthStart = regexp.MustCompile(`^(?:19|20)\d\d-\d\d-01(?:[ T]00:00:00)?$`)

// isTyped says whether a cell holds what no label is: a number, a date, an
// e-mail address.
func isTyped(s string) bool {
	return isEmail(s) || dateOf(s).Kind != dateNone || numberOf(s).ok || isDialled(s)
}

// findHeader looks for the row below which columns of values begin.
func findHeader(rows []gridRow, t *WordTables) (SheetTable, bool) {
	best, bestScore := -1, 0.0
	for i := 0; i < min(len(rows)-1, headerWithin); i++ {
		if score := headerScore(rows, i, t); score > bestScore {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		return SheetTable{}, false
	}
	first := best
	for first > 0 && best-first < 2 && isGroupRow(rows[first-1], rows[first], rows[best:min(best+1+rowsBelow, len(rows))]) {
		first--
	}
	found := SheetTable{Top: rows[first].number, Height: best - first + 1, score: bestScore}
	if first > 0 && len(rows[first-1].cells) == 1 && rows[first-1].number >= rows[first].number-2 {
		at := sortedCells(rows[first-1])[0]
		found.Title, found.Section.Column = rows[first-1].cells[at], rows[best].cells[at]
	}
	found.Why = fmt.Sprintf("row %d holds names of columns above rows of values", rows[best].number)
	if found.Height > 1 {
		found.Why += fmt.Sprintf("; rows %d to %d name groups of them", found.Top, rows[best].number-1)
	}
	for _, at := range sortedCells(rows[best]) {
		found.Labels = append(found.Labels, FoldKey(rows[best].cells[at]))
	}
	above := map[string]bool{}
	for _, row := range rows[:first] {
		for _, cell := range row.cells {
			above[normal(cell)] = true
		}
	}
	const mostLabels = 3
	for _, at := range sortedCells(rows[first]) {
		if label := normal(rows[first].cells[at]); !above[label] && !slices.Contains(found.Find, label) && len(found.Find) < mostLabels {
			found.Find = append(found.Find, label)
		}
	}
	return found, true
}

func normal(s string) string { return strings.Join(strings.Fields(s), " ") }

func sortedCells(row gridRow) []int { return sortedKeys(row.cells) }

func sortedKeys[T any](of map[int]T) []int { return slices.Sorted(maps.Keys(of)) }

// headerScore weighs how well row i reads as the header of what lies below: 0
// where it can't be one.
func headerScore(rows []gridRow, i int, t *WordTables) float64 {
	labels, known, contrast := 0, 0, 0
	texts := map[string]bool{}
	for at, cell := range rows[i].cells {
		if !isLabel(cell) && !isMonthLabel(rows[i+1:min(i+1+rowsBelow, len(rows))], at, cell) {
			continue
		}
		labels++
		texts[FoldKey(cell)] = true
		if t.knowsHeader(cell) {
			known++
		}
		typed, filled := 0, 0
		for _, below := range rows[i+1 : min(i+1+rowsBelow, len(rows))] {
			if v := below.cells[at]; v != "" {
				filled++
				if isTyped(v) {
					typed++
				}
			}
		}
		if filled > 0 && typed*2 > filled {
			contrast++
		}
	}
	width := 0
	for _, below := range rows[i+1 : min(i+1+rowsBelow, len(rows))] {
		width = max(width, len(below.cells))
	}
	isWide := len(rows[i].cells)*2 >= width && len(rows[i].cells) > 1 || width <= 1 && labels == 1
	if !isWide || labels*10 < len(rows[i].cells)*8 || contrast == 0 && known*2 < labels || len(texts)*2 < labels {
		return 0
	}
	return float64(labels) + 2*float64(known) + 3*float64(contrast) - .01*float64(i)
}

// knowsHeader says whether a text is a name of a column that the tables know.
func (t *WordTables) knowsHeader(text string) bool {
	key := FoldKey(text)
	return len(t.headers[key]) > 0 || len(t.business.fields[key]) > 0 || t.business.ids[key] || len(t.entityNames(key)) > 0 ||
		len(t.compoundID(key)) > 0 || t.business.stages[key] != ""
}

// isGroupRow says whether a row right above names groups of the columns below:
// several labels, each above a column that has one, or the only one of a column
// with values. last is the last row of the header, with what stands below it.
func isGroupRow(above, below gridRow, last []gridRow) bool {
	if above.number+1 != below.number || len(above.cells) < 2 {
		return false
	}
	columns := sortedCells(last[0])
	for at, cell := range above.cells {
		isBeside := at < columns[0]-1 || at > columns[len(columns)-1]
		if !isLabel(cell) || strings.Contains(cell, ":") || isBeside && !slices.ContainsFunc(last[1:], func(r gridRow) bool { return r.cells[at] != "" }) {
			return false
		}
	}
	return true
}
