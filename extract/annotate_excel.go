package extract

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	noteAuthor = "Loadstar"
	noteFill   = "FFC7CE" // light red, as spreadsheet programs mark bad cells
)

// annotateExcel writes the workbook with marked cells and notes.
func annotateExcel(l Landed, remarks []Remark, to string) (err error) {
	in, err := os.Open(l.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	book, err := excelize.OpenReader(in, excelize.Options{UnzipSizeLimit: maxAnnotatedBytes, UnzipXMLSizeLimit: maxAnnotatedBytes})
	if err != nil {
		file, unread := openPackage(l.File)
		if unread != nil {
			return fmt.Errorf("open workbook: %w", unread)
		}
		return errors.Join(errNoRemarks, err, file.Close()) // the library knows fewer workbooks than the reader
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	if err := renameNotes(book); err != nil {
		return err
	}
	a := &excelAnnotator{book: book, filled: map[int]int{}}
	for _, sheet := range book.GetSheetList() {
		if err := a.sheet(sheet, remarks); err != nil {
			return fmt.Errorf("sheet %q: %w", sheet, err)
		}
	}
	if !slices.Contains([]string{".xlsx", ".xlsm", ".xltx", ".xltm"}, strings.ToLower(filepath.Ext(to))) {
		return writeFile(to, func(out io.Writer) error { return book.Write(out) })
	}
	if err := book.SaveAs(to); err != nil {
		return err
	}
	return os.Chmod(to, annotatedMode)
}

// maxAnnotatedBytes bounds what a workbook unpacks to; it was read within the
// limits of the reader before.
const maxAnnotatedBytes = 1 << 30

type excelAnnotator struct {
	book   *excelize.File
	filled map[int]int // style -> the same with the mark's fill
}

// sheet writes the remarks of one sheet, in place of those of an earlier copy.
func (a *excelAnnotator) sheet(sheet string, remarks []Remark) error {
	notes := map[string][]string{}
	var cells []string
	for _, r := range inOrder(remarks) {
		if r.Sheet != sheet {
			continue
		}
		cell, text := r.Cell, r.Text
		if cell == "" {
			var err error
			if cell, err = a.firstCell(sheet, r.Row); err != nil {
				return err
			}
			if r.Column != "" {
				text = r.Column + ": " + text
			}
		}
		if notes[cell] == nil {
			cells = append(cells, cell)
		}
		if !slices.Contains(notes[cell], text) {
			notes[cell] = append(notes[cell], text)
		}
	}
	if err := a.dropNotes(sheet, notes); err != nil {
		return err
	}
	for _, cell := range cells {
		if err := a.mark(sheet, cell); err != nil {
			return err
		}
		text := strings.Join(notes[cell], "\n")
		if err := a.book.AddComment(sheet, excelize.Comment{Cell: cell, Author: noteAuthor, Text: text, Width: 240, Height: 90}); err != nil {
			return fmt.Errorf("note at %s: %w", cell, err)
		}
	}
	return nil
}

// dropNotes removes the notes of an earlier annotated copy. A cell has one
// note: what people wrote at the cells that get one goes into it, under their
// name, and is their note again when the remark is gone.
func (a *excelAnnotator) dropNotes(sheet string, notes map[string][]string) error {
	before, err := a.book.GetComments(sheet)
	if err != nil {
		return fmt.Errorf("read notes: %w", err)
	}
	for _, n := range before {
		author, text := n.Author, n.Text
		if author == noteAuthor {
			author, text = theirNote(text)
		} else if notes[n.Cell] == nil {
			continue
		}
		if err := a.book.DeleteComment(sheet, n.Cell); err != nil {
			return fmt.Errorf("note at %s: %w", n.Cell, err)
		}
		if n.Author == noteAuthor && notes[n.Cell] == nil {
			if err := a.unmark(sheet, n.Cell); err != nil {
				return err
			}
		}
		switch {
		case text == "":
		case notes[n.Cell] != nil:
			notes[n.Cell] = append(notes[n.Cell], noteOf+author+": "+text)
		default:
			if err := a.book.AddComment(sheet, excelize.Comment{Cell: n.Cell, Author: author, Text: text}); err != nil {
				return fmt.Errorf("note at %s: %w", n.Cell, err)
			}
		}
	}
	return nil
}

// noteOf begins what somebody else wrote in a note of ours.
const noteOf = "Note by "

// theirNote is what somebody else wrote in a note of ours, and who.
func theirNote(text string) (author, theirs string) {
	_, rest, found := strings.Cut("\n"+text, "\n"+noteOf)
	if !found {
		return "", ""
	}
	author, theirs, _ = strings.Cut(rest, ": ")
	return author, theirs
}

// firstCell is the first cell of a row that has a value.
func (a *excelAnnotator) firstCell(sheet string, row int64) (string, error) {
	const look = 50
	for column := 1; column <= look; column++ {
		cell, err := excelize.CoordinatesToCellName(column, int(row))
		if err != nil {
			return "", err
		}
		value, err := a.book.GetCellValue(sheet, cell)
		if err != nil || value != "" {
			return cell, err
		}
	}
	return excelize.CoordinatesToCellName(1, int(row))
}

// unmark takes the fill of an earlier copy off a cell that was mended.
func (a *excelAnnotator) unmark(sheet, cell string) error {
	id, err := a.book.GetCellStyle(sheet, cell)
	if err != nil {
		return fmt.Errorf("style of %s: %w", cell, err)
	}
	style, err := a.book.GetStyle(id)
	if err != nil {
		return fmt.Errorf("style of %s: %w", cell, err)
	}
	if len(style.Fill.Color) == 0 || !strings.HasSuffix(style.Fill.Color[0], noteFill) {
		return nil
	}
	style.Fill = excelize.Fill{}
	if id, err = a.book.NewStyle(style); err != nil {
		return fmt.Errorf("style of %s: %w", cell, err)
	}
	return a.book.SetCellStyle(sheet, cell, cell, id)
}

// mark fills a cell and leaves the rest of its style, its number format above
// all: a date must stay one.
func (a *excelAnnotator) mark(sheet, cell string) error {
	id, err := a.book.GetCellStyle(sheet, cell)
	if err != nil {
		return fmt.Errorf("style of %s: %w", cell, err)
	}
	filled, known := a.filled[id]
	if !known {
		style, err := a.book.GetStyle(id)
		if err != nil {
			return fmt.Errorf("style of %s: %w", cell, err)
		}
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{noteFill}}
		if filled, err = a.book.NewStyle(style); err != nil {
			return fmt.Errorf("style of %s: %w", cell, err)
		}
		a.filled[id] = filled
	}
	return a.book.SetCellStyle(sheet, cell, cell, filled)
}
