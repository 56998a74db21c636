package extract

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// excelSource reads the worksheets of a workbook (xlsx, xlsm) as streams of
// their XML.
type excelSource struct {
	dialect schemas.Dialect
	locale  schemas.Locale
	objects []schemas.Object
	landed  Landed
}

func openExcel(c schemas.Contract, l Landed) (Source, error) {
	for _, glob := range []string{c.Dialect.Sheets, c.Dialect.NotSheets} {
		if _, err := path.Match(glob, ""); err != nil {
			return nil, fault.New(fault.ContractPlan, "sheets: pattern %q is malformed", glob)
		}
	}
	if c.Dialect.Header < 0 || c.Dialect.Header > headerRows {
		return nil, fault.New(fault.ContractPlan, "header: %d rows are not between 0 and %d", c.Dialect.Header, headerRows)
	}
	return &excelSource{dialect: c.Dialect, locale: c.Locale, objects: c.Objects, landed: l}, nil
}

// Chunks implements Source.
func (s *excelSource) Chunks(ctx context.Context) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		if err := s.split(ctx, func(c Chunk) bool { return yield(c, nil) }); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", s.landed.Path, fault.Mark(fault.DeliveryExcel, err)))
		}
	}
}

// errStopped ends splitting where the caller wants no more chunks.
var errStopped = errors.New("stopped")

func (s *excelSource) split(ctx context.Context, yield func(Chunk) bool) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	file, err := openPackage(s.landed.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	book, err := readWorkbook(file)
	if err != nil {
		return err
	}
	sheets, unread, err := s.chosen(book)
	if err != nil {
		return err
	}
	tables := &cellTables{system: book.system, stale: book.stale}
	if tables.styles, err = readStyles(file, book.styles); err != nil {
		return err
	}
	if tables.strings, err = readStrings(file, book.strings); err != nil {
		return err
	}
	if note := s.unreadNote(file, tables, sheets[0], unread); note != "" {
		yield = withNote(yield, s.landed.Path+": "+note)
	}
	for _, sheet := range sheets {
		err := s.reader(file, tables, sheet).split(ctx, yield)
		if errors.Is(err, errStopped) {
			return nil
		}
		if err != nil && fault.CodeOf(err) == "" && ctx.Err() == nil {
			return fault.New(fault.DeliveryDamaged, "sheet %q: the workbook is damaged: %w", sheet.name, err)
		}
		if err != nil {
			return fmt.Errorf("sheet %q: %w", sheet.name, err)
		}
	}
	return nil
}

func (s *excelSource) reader(file *workbookFile, tables *cellTables, sheet sheetEntry) *sheetReader {
	return &sheetReader{file: file, tables: tables, sheet: sheet, landed: s.landed, dialect: s.dialect, locale: s.locale, objects: s.objects}
}

// unreadNote tells of the sheets that the contract neither reads nor leaves out
// by name, "" where there are none: first of those with the columns of one that
// it reads, as that of a new sales person is.
func (s *excelSource) unreadNote(file *workbookFile, tables *cellTables, read sheetEntry, unread []sheetEntry) string {
	var own, alike, others []string
	if len(unread) > 0 {
		own = s.reader(file, tables, read).nearLabels()
	}
	for _, sheet := range unread {
		name := fmt.Sprintf("%q", sheet.name)
		switch {
		case sheet.hidden && s.dialect.HiddenSheet != "keep":
			others = append(others, name+" (hidden)")
		case own != nil && slices.Equal(s.reader(file, tables, sheet).nearLabels(), own):
			alike = append(alike, name)
		default:
			others = append(others, name)
		}
	}
	var notes []string
	if len(alike) > 0 {
		notes = append(notes, "sheets with the columns of those that are read, whose rows are NOT loaded until `sheets` of the contract's dialect names them: "+strings.Join(alike, ", "))
	}
	if len(others) > 0 {
		notes = append(notes, "sheets that the contract does not read: "+strings.Join(others, ", "))
	}
	return strings.Join(notes, "; ")
}

// withNote adds a note to the first chunk.
func withNote(yield func(Chunk) bool, note string) func(Chunk) bool {
	first := true
	return func(c Chunk) bool {
		if !first {
			return yield(c)
		}
		first = false
		return yield(func(ctx context.Context) (schemas.Decoded, error) {
			dec, err := c(ctx)
			dec.Notes = append(dec.Notes, note)
			return dec, err
		})
	}
}

// chosen are the sheets that the contract names; unread names those that it
// neither reads nor leaves out by name.
func (s *excelSource) chosen(book workbook) (chosen, unread []sheetEntry, err error) {
	var names []string
	hidden := 0
	for _, sheet := range book.sheets {
		names = append(names, fmt.Sprintf("%q", sheet.name))
		leftOut := s.dialect.NotSheets != "" && sheetMatches(s.dialect.NotSheets, sheet.name)
		isHidden := sheet.hidden && s.dialect.HiddenSheet != "keep"
		switch {
		case leftOut:
			continue
		case !sheetMatches(s.dialect.Sheets, sheet.name):
			unread = append(unread, sheet)
			continue
		case isHidden:
			unread = append(unread, sheet)
			hidden++
			continue
		}
		chosen = append(chosen, sheet)
	}
	switch {
	case len(chosen) > 0:
		return chosen, unread, nil
	case hidden > 0:
		return nil, nil, fault.New(fault.DeliverySheet, "every sheet that matches %q is hidden; show them or set hidden_sheets: keep", s.dialect.Sheets)
	case len(names) == 0:
		return nil, nil, fault.New(fault.DeliverySheet, "the workbook has no worksheet")
	}
	return nil, nil, fault.New(fault.DeliverySheet, "no sheet matches %q; the workbook has %s", s.dialect.Sheets, strings.Join(names[:min(len(names), 20)], ", "))
}

// sheetMatches says whether one of several patterns, parted by slashes, meets a
// name.
func sheetMatches(globs, name string) bool {
	if globs == "" {
		return true
	}
	for glob := range strings.SplitSeq(globs, "/") {
		if ok, err := path.Match(strings.ToLower(glob), strings.ToLower(name)); err == nil && ok || strings.EqualFold(glob, name) {
			return true
		}
	}
	return false
}

// split yields the rows of the sheet.
func (s *sheetReader) split(ctx context.Context, yield func(Chunk) bool) (err error) {
	if err := s.filter(); err != nil {
		return err
	}
	header, ok, err := s.readHeader()
	if err != nil || !ok {
		return err
	}
	decoder, err := s.decoder(header)
	if err != nil {
		return err
	}
	if s.dialect.MergedCells == "fill" {
		if decoder.merged, err = s.readMerged(decoder); err != nil {
			return err
		}
	}
	in, err := s.file.part(s.sheet.part, maxPartBytes)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	blocks := newItemBlocks(in, "sheetData", "row")
	if _, err := blocks.start(); err != nil {
		return err
	}
	for row := int64(1); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		block, err := blocks.next(decoder.chunkRows())
		if err != nil {
			return err
		}
		if block == nil {
			return decoder.finish(blocks)
		}
		if !yield(decoder.chunk(block, row)) {
			return errStopped
		}
		if row, err = rowAfter(block, row); err != nil {
			return err
		}
	}
}

// ErrMerged says that cells are merged over rows of a table.
var ErrMerged = errors.New("merged over rows of the table: take the merge apart, or set merged_cells: fill to give each row the value")

// finish reads what follows the rows. Cells that are merged over rows of the
// table show a value in rows that have none: nobody but the contract can say
// what they mean.
func (d *sheetDecoder) finish(blocks *itemBlocks) error {
	tail, err := blocks.tail(mergeBytes)
	if err != nil {
		return err
	}
	if d.merged == nil && len(d.headers) > 0 {
		merges, err := mergesIn(tail, d.firstRow, sheetRows)
		if err != nil {
			return err
		}
		for _, m := range merges {
			if d.isMergedDown(m) {
				return fault.Mark(fault.DeliveryExcel, fmt.Errorf("cells %s to %s are %w", cellName(m.left, m.top), cellName(m.right, m.bottom), ErrMerged))
			}
		}
	}
	return blocks.drain()
}
