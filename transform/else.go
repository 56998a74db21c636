package transform

import (
	"errors"

	"loadstar/schemas"
)

// otherColumns finds the alternatives of each property; one that is required
// needs a column of its own or one of them.
func otherColumns(props []schemas.Property, columns []int, header, folded []string) ([][]int, error) {
	others := make([][]int, len(props))
	var missing []error
	for i, p := range props {
		found := columns[i] >= 0
		for _, a := range p.Else {
			j := columnNamed(a.Column, header, folded)
			found = found || j >= 0
			others[i] = append(others[i], j)
		}
		if p.Required && len(p.Else) > 0 && !found {
			missing = append(missing, missingColumn(p.Else[0].Column, header, columns))
		}
	}
	return others, errors.Join(missing...)
}

// timeColumns finds, for each property, the column with its time of day.
func timeColumns(props []schemas.Property, columns []int, header, folded []string) ([]int, error) {
	times := make([]int, len(props))
	var missing []error
	for i, p := range props {
		times[i] = -1
		if p.Time == "" || columns[i] < 0 {
			continue
		}
		if times[i] = columnNamed(p.Time, header, folded); times[i] < 0 {
			missing = append(missing, missingColumn(p.Time, header, columns))
		}
	}
	return times, errors.Join(missing...)
}

// columnNamed is the index of a column by its name, exactly or folded; -1 = none.
func columnNamed(name string, header, folded []string) int {
	named := schemas.Property{Name: name}
	if j := exactColumn(named, header); j >= 0 {
		return j
	}
	return foldedColumn(named, folded, make([]bool, len(header)))
}

// listStandIns marks, for each property whose own column is not delivered, the
// first alternative that is: it is that property's column.
func listStandIns(props []schemas.Property, columns []int, header, folded []string, listed []bool) {
	others, _ := otherColumns(props, columns, header, folded) // what is missing is told where it is bound
	for i := range props {
		for _, j := range others[i] {
			if columns[i] < 0 && j >= 0 {
				listed[j] = true
				break
			}
		}
	}
}
