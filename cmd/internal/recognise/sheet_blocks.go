package recognise

import (
	"fmt"
	"slices"

	"loadstar/schemas"
)

// sheetGrid is what is kept of a worksheet to find its tables: the first rows
// of it, and of each block of rows that a blank one parts from those above.
type sheetGrid struct {
	first  []gridRow
	blocks [][]gridRow
	last   int64 // number of the last row with a value

	refused *schemas.Reject // the first, nil = none
}

// mostBlocks is how many blocks of a sheet are looked at.
const mostBlocks = 40

// add keeps what is needed of the next rows.
func (g *sheetGrid) add(c TextColumns) {
	for i := range c.Rows {
		number := g.last + 1
		if c.Lines != nil {
			number = c.Lines.Value(i)
		}
		isBlock := number > g.last+1 && g.last > 0
		if isBlock && len(g.blocks) < mostBlocks || g.wants() {
			row := c.gridRow(i)
			switch {
			case len(row.cells) == 0:
				continue
			case isBlock:
				g.startBlock(row)
			default:
				g.keep(row)
			}
		}
		g.last = number
	}
}

// wants says whether a row that follows the one before is kept.
func (g *sheetGrid) wants() bool {
	n := len(g.blocks)
	return len(g.first) < headerWithin+rowsBelow || n > 0 && len(g.blocks[n-1]) < titlesAbove+rowsBelow
}

func (g *sheetGrid) keep(row gridRow) {
	if len(g.first) < headerWithin+rowsBelow {
		g.first = append(g.first, row)
	}
	if n := len(g.blocks); n > 0 && len(g.blocks[n-1]) < titlesAbove+rowsBelow {
		g.blocks[n-1] = append(g.blocks[n-1], row)
	}
}

// startBlock keeps the first row behind a blank one.
func (g *sheetGrid) startBlock(row gridRow) {
	if len(g.blocks) < mostBlocks {
		g.blocks = append(g.blocks, nil)
	}
	g.keep(row)
}

// titlesAbove is how many rows of titles may stand between a blank row and a
// header.
const titlesAbove = 5

// tables finds the tables of the sheet: side by side, then one below the
// other.
func (g *sheetGrid) tables(t *WordTables) []SheetTable {
	strips := beside(g.first, t)
	if len(strips) > 1 {
		return strips
	}
	top, ok := findHeader(g.first, t)
	if !ok {
		return nil
	}
	if above, ok := g.tableAbove(top, t); ok {
		top = above
	}
	found := []SheetTable{top}
	for _, block := range g.blocks {
		if block[0].number <= top.Top+int64(top.Height) {
			continue // still what stands above the first table, or a blank row below its header
		}
		if next, ok := findHeader(block, t); ok && isNext(next, block, found) {
			next.Find = slices.DeleteFunc(next.Find, func(l string) bool { return g.holds(l, next.Top) })
			if len(next.Find) > 0 {
				found = append(found, next)
			}
		}
	}
	for i := range found {
		found[i].Section = g.sections(found[i], t)
	}
	for i := range found[1:] {
		found[i].Next = found[i+1].Find[:1]
	}
	if len(found) > 1 {
		for i := range found {
			found[i].Shares = true
		}
	}
	return found
}

// tableAbove finds a table of its own above the row that reads most like a
// header.
func (g *sheetGrid) tableAbove(best SheetTable, t *WordTables) (SheetTable, bool) {
	rows := g.first
	for _, block := range g.blocks {
		end := slices.IndexFunc(rows, func(r gridRow) bool { return r.number >= block[0].number })
		if end < 0 || block[0].number > best.Top {
			return SheetTable{}, false
		}
		if above, ok := findHeader(rows[:end], t); ok && isNext(above, rows[:end], nil) && isNext(best, []gridRow{{number: best.Top}}, []SheetTable{above}) {
			return above, true
		}
		rows = rows[end:]
	}
	return SheetTable{}, false
}

// isNext says whether a header begins a table of another kind than those
// above: by labels of its own, right at the top of its block.
func isNext(next SheetTable, block []gridRow, above []SheetTable) bool {
	const known, alike = 8, .5
	if next.Top > block[0].number+titlesAbove || next.score < known || len(next.Labels) < 2 {
		return false
	}
	var labels []string
	for _, a := range above {
		labels = append(labels, a.Labels...)
		common := 0
		for _, l := range next.Labels {
			if slices.Contains(a.Labels, l) {
				common++
			}
		}
		if float64(common) > alike*float64(max(len(next.Labels), len(a.Labels))) {
			return false // its header comes again
		}
	}
	return slices.ContainsFunc(next.Find, func(l string) bool { return !slices.Contains(labels, FoldKey(l)) })
}

// holds says whether a kept row above another holds a text: it would be taken
// for the header of a table below.
func (g *sheetGrid) holds(label string, above int64) bool {
	return slices.ContainsFunc(g.first, func(r gridRow) bool {
		for _, cell := range r.cells {
			if r.number < above && normal(cell) == label {
				return true
			}
		}
		return false
	})
}

// beside finds tables that stand side by side: parted by a column without any
// value, with headers, titles or lengths of their own.
func beside(rows []gridRow, t *WordTables) []SheetTable {
	var found []SheetTable
	var lengths []int64
	for _, strip := range strips(rows) {
		var own []gridRow
		for _, row := range rows {
			cells := map[int]string{}
			for at, cell := range row.cells {
				if at >= strip[0] && at <= strip[1] {
					cells[at] = cell
				}
			}
			if len(cells) > 0 {
				own = append(own, gridRow{number: row.number, cells: cells})
			}
		}
		table, ok := findHeader(own, t)
		if !ok || len(table.Labels) < 2 {
			continue
		}
		table.Shares = true
		table.Columns = columnLetters(strip[0]) + ":" + columnLetters(strip[1])
		found = append(found, table)
		lengths = append(lengths, own[len(own)-1].number)
	}
	if len(found) < 2 {
		return nil
	}
	for i := range found[1:] {
		a, b := found[i], found[i+1]
		again := slices.ContainsFunc(b.Labels, func(l string) bool { return slices.Contains(a.Labels, l) })
		isTitled := a.Title != "" && b.Title != ""
		if a.Top == b.Top && lengths[i] == lengths[i+1] && !again && !isTitled {
			return nil // one table with a column left blank
		}
	}
	return found
}

// strips are the first and the last column of each group of columns that hold
// values.
func strips(rows []gridRow) [][2]int {
	used := map[int]bool{}
	for _, row := range rows {
		if len(row.cells) < 2 {
			continue // a title may be written across
		}
		for at := range row.cells {
			used[at] = true
		}
	}
	var list [][2]int
	for _, at := range sortedKeys(used) {
		if n := len(list); n > 0 && list[n-1][1] == at-1 {
			list[n-1][1] = at
			continue
		}
		list = append(list, [2]int{at, at})
	}
	return list
}

// columnLetters names a worksheet column from 0: A, Z, AA.
func columnLetters(at int) string {
	const letters = 26
	name := ""
	for at++; at > 0; at = (at - 1) / letters {
		name = fmt.Sprintf("%c", 'A'+(at-1)%letters) + name
	}
	return name
}
