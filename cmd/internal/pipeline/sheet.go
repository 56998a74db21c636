package pipeline

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/extract"
	"loadstar/schemas"
)

// SheetRow is one row of a sheet that people filled.
type SheetRow struct {
	Place string // "line 3", or "row 3" of a worksheet
	Cells []string
}

// excelEnding is that of the workbooks that WriteSheet writes.
const excelEnding = ".xlsx"

// IsExcel says whether WriteSheet makes a workbook of that name.
func IsExcel(path string) bool { return strings.EqualFold(filepath.Ext(path), excelEnding) }

// WriteSheet writes rows, the first a header, as a workbook where the name ends
// in .xlsx, else as CSV. A file that exists is not overwritten. widths are of
// the first columns of a worksheet, in letters.
func WriteSheet(path, sheet string, widths []float64, rows [][]string) (err error) {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if IsExcel(path) {
		return extract.WriteSheet(out, sheet, widths, rows)
	}
	if err := csv.NewWriter(out).WriteAll(rows); err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	return nil
}

// ReadSheet reads the named columns of a filled sheet, a workbook or CSV by its
// first bytes. Of a workbook those worksheets count that have the columns; rows
// that a filter hides count too. Errors name the line or row.
func ReadSheet(ctx context.Context, path string, columns []string) ([]SheetRow, error) {
	dialect, err := sheetDialect(path)
	if err != nil {
		return nil, fmt.Errorf("read sheet: %w", err)
	}
	object := schemas.Object{Name: "sheet", Entity: "customer"}
	for _, c := range columns {
		object.Properties = append(object.Properties, schemas.Property{Name: c, Logical: "string"})
	}
	source, err := extract.Open(schemas.Contract{Feed: "sheet", System: "sheet", Dialect: dialect, Objects: []schemas.Object{object}},
		extract.Landed{Feed: "sheet", Path: filepath.Base(path), File: path})
	if err != nil {
		return nil, fmt.Errorf("read sheet: %w", err)
	}
	word := "line"
	if dialect.Format == "excel" {
		word = "row"
	}
	var rows []SheetRow
	missing, isFound := "", false
	for chunk, err := range source.Chunks(ctx) {
		var dec schemas.Decoded
		if err == nil {
			dec, err = chunk(ctx)
		}
		if err != nil {
			return nil, err
		}
		if len(dec.Rejects) > 0 {
			return nil, fmt.Errorf("%s %d: %s", word, dec.Rejects[0].At.Row, dec.Rejects[0].Reason)
		}
		if dec.Record == nil {
			continue
		}
		found, lacks := sheetRows(dec.Record, columns, word)
		dec.Record.Release()
		if lacks != "" {
			missing = lacks
			continue
		}
		rows, isFound = append(rows, found...), true
	}
	if missing != "" && !isFound {
		return nil, fmt.Errorf("the sheet has no column %q", missing)
	}
	return rows, nil
}

// sheetDialect finds out how a sheet is written.
func sheetDialect(path string) (schemas.Dialect, error) {
	text, err := os.ReadFile(path)
	switch {
	case err != nil:
		return schemas.Dialect{}, err
	case len(text) == 0:
		return schemas.Dialect{}, fmt.Errorf("%s is empty", filepath.Base(path))
	case bytes.HasPrefix(text, []byte("PK\x03\x04")):
		return schemas.Dialect{Format: "excel", Header: 1, Sheets: "*", HiddenRows: "keep"}, nil
	}
	d := schemas.Dialect{Format: "csv", Header: 1, Delimiter: ",", Quote: `"`, Ragged: "reject"}
	head, _, _ := bytes.Cut(text, []byte("\n"))
	for _, other := range []string{";", "\t"} { // as spreadsheets of many countries write it
		if bytes.Count(head, []byte(other)) > bytes.Count(head, []byte(d.Delimiter)) {
			d.Delimiter = other
		}
	}
	if !utf8.Valid(text) {
		d.Encoding = "windows-1252"
	}
	return d, nil
}

// sheetRows takes the columns out of a decoded batch; lacks is the first one
// that it does not have.
func sheetRows(batch arrow.RecordBatch, columns []string, word string) (rows []SheetRow, lacks string) {
	texts := make([]*array.String, len(columns))
	for i, name := range columns {
		at := batch.Schema().FieldIndices(name)
		if len(at) == 0 {
			return nil, name
		}
		texts[i], _ = batch.Column(at[0]).(*array.String)
		if texts[i] == nil {
			return nil, name
		}
	}
	numbers, _ := batch.Column(batch.Schema().FieldIndices(schemas.ColRow)[0]).(*array.Int64)
	for r := range int(batch.NumRows()) {
		row := SheetRow{Cells: make([]string, len(columns))}
		if numbers != nil {
			row.Place = fmt.Sprintf("%s %d", word, numbers.Value(r))
		}
		for i, t := range texts {
			if t.IsValid(r) {
				row.Cells[i] = strings.Clone(t.Value(r))
			}
		}
		rows = append(rows, row)
	}
	return rows, ""
}
