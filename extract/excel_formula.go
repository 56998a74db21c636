package extract

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
)

// Formula is how a cell of a workbook is computed.
type Formula struct {
	Cell string // as in "D5"
	Text string // with its "="; "" where another cell holds the text for several
}

// Formulas lists the formulas of one row of a worksheet, by column. There are
// none in files of other kinds.
func Formulas(c schemas.Contract, l Landed, sheet string, row int64) (found []Formula, err error) {
	if c.Dialect.Format != "excel" {
		return nil, nil
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("read formulas of %s: %w", l.Path, err)
		}
	}()
	file, err := openPackage(l.File)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	book, err := readWorkbook(file)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(book.sheets, func(s sheetEntry) bool { return strings.EqualFold(s.name, sheet) })
	if at < 0 {
		return nil, nil
	}
	reader := &sheetReader{file: file, tables: &cellTables{strings: &sharedStrings{}}, sheet: book.sheets[at], formulas: true}
	err = reader.eachRow(func(r *rowReader) bool {
		if r.row == row {
			for column, text := range r.formulas {
				found = append(found, Formula{Cell: cellName(column, row), Text: text})
			}
		}
		clear(r.formulas)
		return r.row < row
	})
	slices.SortFunc(found, func(a, b Formula) int {
		if len(a.Cell) != len(b.Cell) {
			return len(a.Cell) - len(b.Cell)
		}
		return strings.Compare(a.Cell, b.Cell)
	})
	return found, err
}
