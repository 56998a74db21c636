package extract

import (
	"path"
	"slices"
	"strconv"
)

// totalsRows are the rows below the tables of a worksheet that people had Excel
// add for totals (Table Design, Total Row), whatever stands in them.
func (s *sheetReader) totalsRows() (rows []cellRange, err error) {
	folder, file := path.Split(s.sheet.part)
	list := folder + "_rels/" + file + ".rels"
	if s.file.find(list) == nil {
		return nil, nil
	}
	relations, err := readRelations(s.file, list, folder)
	if err != nil {
		return nil, err
	}
	for _, r := range relations {
		if r.kind != "table" || s.file.find(r.target) == nil {
			continue
		}
		text, err := s.file.readPart(r.target)
		if err != nil {
			return nil, err
		}
		row, ok, err := totalsOf(text)
		if err != nil {
			return nil, damagedPart(r.target, err)
		}
		if ok {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// totalsOf reads where a table part has its totals.
func totalsOf(text []byte) (row cellRange, ok bool, err error) {
	for x := (xmlScanner{buf: text}); ; {
		kind, err := x.next()
		if err != nil || kind == xmlEnd {
			return row, false, err
		}
		if kind != xmlOpen && kind != xmlEmpty || string(x.name) != "table" {
			continue
		}
		count, err := strconv.ParseInt(string(x.attr("totalsRowCount")), 10, 64)
		if err != nil || count < 1 {
			return row, false, nil // it has none
		}
		row, ok = parseCellRange(x.attr("ref"))
		row.top = max(row.top, row.bottom-count+1)
		return row, ok, nil
	}
}

// isTotalsRow says whether a row is one of a table's totals.
func (d *sheetDecoder) isTotalsRow(r *rowReader) bool {
	return slices.ContainsFunc(d.totalsRows, func(t cellRange) bool {
		return r.row >= t.top && r.row <= t.bottom && slices.ContainsFunc(d.columns, func(c sheetColumn) bool { return c.number >= t.left && c.number <= t.right })
	})
}
