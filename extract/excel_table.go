package extract

import "slices"

// tableEnd returns the last row of a table that starts at row first and ends
// before a blank row, 0 where it ends with the sheet.
func (s *sheetReader) tableEnd(first int64) (int64, error) {
	if len(s.dialect.NextTable) > 0 {
		return s.tableAbove(first)
	}
	if s.dialect.TableEnds != "blank" {
		return 0, nil
	}
	last := first - 1
	err := s.eachRow(func(r *rowReader) bool {
		if r.row < first {
			return true
		}
		if r.row > last+1 || !r.hasValue() {
			return last < first // blank rows between header and table end nothing
		}
		last = r.row
		return true
	})
	return max(last, first), err
}

func normalLabels(labels []string) []string {
	normal := make([]string, len(labels))
	for i, label := range labels {
		normal[i] = normalLabel(label)
	}
	return normal
}

// holds says whether a cell of the row is one of the labels.
func (r *rowReader) holds(labels []string) bool {
	for _, column := range r.used {
		if cell := r.cells[column]; cell.state == cellValue {
			if slices.ContainsFunc(labels, func(label string) bool { return sameLabel(cell.text, label) }) {
				return true
			}
		}
	}
	return false
}

// titleRows is how many rows of titles may stand above the header of a table,
// below the blank row that parts it from the one above.
const titleRows = 5

// tableAbove returns the last row of a table that starts at row first and has
// another below it, 0 where there is none. Blank rows within it end nothing.
func (s *sheetReader) tableAbove(first int64) (int64, error) {
	labels := normalLabels(s.dialect.NextTable)
	end, last := int64(0), first-1
	above, block := int64(0), int64(0) // last row before the last blank one, first row behind it
	err := s.eachRow(func(r *rowReader) bool {
		if r.row < first || !r.hasValue() {
			return true
		}
		if r.row > last+1 {
			above, block = last, r.row
		}
		if r.holds(labels) {
			end = max(last, first)
			if above >= first && r.row-block <= titleRows {
				end = above
			}
			return false
		}
		last = r.row
		return true
	})
	return end, err
}
