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
			named := schemas.Property{Name: a.Column}
			j := exactColumn(named, header)
			if j < 0 {
				j = foldedColumn(named, folded, make([]bool, len(header)))
			}
			found = found || j >= 0
			others[i] = append(others[i], j)
		}
		if p.Required && len(p.Else) > 0 && !found {
			missing = append(missing, missingColumn(p.Else[0].Column, header, columns))
		}
	}
	return others, errors.Join(missing...)
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
