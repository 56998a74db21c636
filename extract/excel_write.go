package extract

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// WriteSheet writes a workbook of one worksheet: rows of text, the first of
// them a header that stays in sight. Every cell is text, so that no value is
// taken for a formula or a rounded number; a worksheet's cells hold 32,767
// characters, longer texts are cut. widths are of the columns, in
// letters; columns beyond have the usual one.
func WriteSheet(w io.Writer, sheet string, widths []float64, rows [][]string) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	const first = "Sheet1" // what a new workbook holds
	if err := book.SetSheetName(first, sheet); err != nil {
		return fmt.Errorf("write worksheet: %w", err)
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("write worksheet: %w", err)
	}
	out, err := book.NewStreamWriter(sheet)
	if err != nil {
		return fmt.Errorf("write worksheet: %w", err)
	}
	for i, width := range widths {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return fmt.Errorf("write worksheet: %w", err)
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("write worksheet: %w", err)
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for n, text := range row {
			cells[n] = text
			if i == 0 {
				cells[n] = excelize.Cell{StyleID: bold, Value: text}
			}
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = out.SetRow(at, cells)
		}
		if err != nil {
			return fmt.Errorf("write worksheet: row %d: %w", i+1, err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write worksheet: %w", err)
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("write worksheet: %w", err)
	}
	return nil
}
