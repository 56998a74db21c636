package recognise

import (
	"fmt"
	"strconv"
	"strings"
)

// isTurned says whether a worksheet holds a form, or a table on its side: most
// cells of the first column are names of columns, several of them of what is
// known of people, and the cells right of them hardly any.
func (g *sheetGrid) isTurned(t *WordTables) bool {
	const fewest, fewestOfPeople, most = 4, 2, .6
	first := firstColumn(g.first)
	names, people, beside := 0, 0, 0
	seen := map[string]bool{}
	for _, row := range g.first {
		for at, cell := range row.cells {
			key := FoldKey(cell)
			isName := isLabel(cell) && t.isColumnName(key)
			switch {
			case at != first && isName:
				beside++
			case at != first || seen[key] || len(row.cells) == 1 && !isName: // a title
			default:
				seen[key] = true
				if isName {
					names++
				}
				if len(t.headers[key]) > 0 {
					people++
				}
			}
		}
	}
	return names >= fewest && people >= fewestOfPeople && float64(names) >= most*float64(len(seen)) && beside*fewest <= names
}

// firstColumn is the first column of a grid that holds values.
func firstColumn(rows []gridRow) int {
	first := -1
	for _, row := range rows {
		for at := range row.cells {
			if first < 0 || at < first {
				first = at
			}
		}
	}
	return first
}

// isColumnName says whether a folded text is called as a column of people or of
// any entity is, stages and names of entities left out: those are values, too.
func (t *WordTables) isColumnName(key string) bool {
	return len(t.headers[key]) > 0 || len(t.business.fields[key]) > 0
}

// noteTurned says what to do about worksheets that are turned.
func (in *File) noteTurned(sheets []string) {
	const shown = 3
	if len(sheets) == 0 {
		return
	}
	var names []string
	for _, name := range sheets[:min(shown, len(sheets))] {
		names = append(names, strconv.Quote(name))
	}
	what := "worksheet " + strings.Join(names, ", ")
	if n := len(sheets) - shown; n > 0 {
		what += fmt.Sprintf(" and %d more", n)
	}
	in.Note("%s: the names of columns stand below each other, and beside them what they are of, a column for each. Paste it transposed, so that each is a row; of forms, one a sheet, make one table", what)
}
