package recognise

import (
	"context"
	"errors"
	"slices"
	"strings"

	"loadstar/schemas"
)

// Bounds of columns that are written once for the rows of a group.
const (
	foremost    = 3      // such columns stand before all others
	groupFilled = .5     // of their cells, at most
	wholeFilled = .9     // of their cells, at most, where more columns than those are filled so
	besideShare = .95    // of the cells of others have values, on rows with and without
	fewestRows  = 4      // of the table
	mostGrouped = 50_000 // rows that are looked at
)

// groupRow is what the foremost columns hold on one row.
type groupRow struct {
	sheet string
	cells []string
}

// FindGroups finds the foremost columns that are written on the first row of
// each group alone: the first row of the table has a value, so has a column of
// smaller groups wherever one of larger does, and no group comes twice. What is
// read from then on has the value on each row of the group.
func (in *File) FindGroups(ctx context.Context, s *Survey, look Look, t *WordTables) error {
	names := groupCandidates(s, t)
	if len(names) == 0 || !slices.Contains([]string{"csv", "fixed", "excel"}, in.Dialect.Format) {
		return nil
	}
	source, err := in.Source()
	if err != nil {
		return err
	}
	var rows []groupRow
	err = InOrder(ctx, look.Workers, source, func(dec schemas.Decoded) ([]groupRow, error) {
		return in.groupRows(dec, names, t), nil
	}, func(part []groupRow) error {
		if rows = append(rows, part...); len(rows) >= mostGrouped {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	for n := len(names); n > 0; n-- {
		if areGroups(rows, n) {
			in.Groups = names[:n]
			return nil
		}
	}
	return nil
}

// groupCandidates are the foremost columns with few values, known words above
// them or more columns filled as often, and full columns beside them.
func groupCandidates(s *Survey, t *WordTables) []string {
	var names []string
	for _, c := range s.Columns[:min(foremost, len(s.Columns))] {
		most, alike := groupFilled, 0
		for _, o := range s.Columns {
			if o.Filled == c.Filled {
				alike++
			}
		}
		isKnown := t.knowsHeader(c.Name)
		if alike > foremost { // as many columns say whatever it is called that they are of the group
			most, isKnown = wholeFilled, true
		}
		if c.Filled < 2 || float64(c.Filled) > most*float64(s.Rows) || !isKnown {
			break
		}
		names = append(names, c.Name)
	}
	full := 0
	for _, c := range s.Columns {
		if float64(c.Filled) >= besideShare*float64(s.Rows) {
			full++
		}
	}
	if s.Rows < fewestRows || full < 2 {
		return nil
	}
	return names
}

func (in *File) groupRows(dec schemas.Decoded, names []string, t *WordTables) []groupRow {
	c := in.ColumnsOf(dec.Record, t)
	totals := c.totals(t, func(int, string) {})
	var rows []groupRow
	for i := range c.Rows {
		if totals[i] {
			continue
		}
		row := groupRow{sheet: dec.Sheet, cells: make([]string, len(names))}
		for k, name := range names {
			if at := slices.Index(c.names, name); at >= 0 {
				row.cells[k] = strings.Clone(c.value(at, i))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// areGroups says whether the first n columns are those of groups within one
// another.
func areGroups(rows []groupRow, n int) bool {
	seen := map[string]bool{}
	above := make([]string, n)
	sheet, isFirst := "", true
	for _, row := range rows {
		if row.sheet != sheet || isFirst {
			if slices.Contains(row.cells[:n], "") {
				return false
			}
			sheet, isFirst = row.sheet, false
		}
		for k := range n {
			switch {
			case row.cells[k] != "":
				above[k] = row.cells[k]
				key := sheet + "\x00" + strings.Join(above[:k+1], "\x00")
				if k == n-1 && seen[key] {
					return false
				}
				seen[key] = true
			case k > 0 && row.cells[k-1] != "":
				return false
			}
		}
	}
	return len(seen) > 1
}
