package schemas

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

var columnRange = regexp.MustCompile(`^[A-Za-z]{1,3}:[A-Za-z]{1,3}$`)

func defaultDialect() Dialect {
	return Dialect{
		Encoding: "utf-8", Delimiter: ",", Quote: `"`, Header: 1, Ragged: "reject",
		Sheets: "*", HeaderJoin: " ", HiddenRows: "exclude", HiddenSheet: "exclude", HiddenCols: "keep",
	}
}

func (c *Contract) applyDialect(p customEntry) error {
	e := dialectEntry{}
	if err := p.Value.into(&e); err != nil {
		return err
	}
	d := &c.Dialect
	for word := range e.At {
		if word != "" {
			c.DialectWords = append(c.DialectWords, word)
		}
	}
	slices.Sort(c.DialectWords)
	setIf(&d.Format, e.Format)
	setIf(&d.Encoding, e.Encoding)
	setIf(&d.Delimiter, e.Delimiter)
	setIf(&d.Quote, e.Quote)
	setIf(&d.Escape, e.Escape)
	if e.Header != nil {
		d.Header = *e.Header
	}
	d.Skip = e.Skip
	d.Comment = e.Comment
	d.Trim = e.Trim
	setIf(&d.Ragged, e.Ragged)
	setIf(&d.Sheets, string(e.Sheets))
	d.NotSheets = string(e.NotSheets)
	if e.HeaderJoin != nil {
		d.HeaderJoin = *e.HeaderJoin
	}
	d.HeaderFind, d.HeaderIn, d.NextTable = e.HeaderFind, e.HeaderIn, e.NextTable
	setIf(&d.HiddenRows, e.HiddenRows)
	setIf(&d.HiddenSheet, e.HiddenSheet)
	setIf(&d.HiddenCols, e.HiddenCols)
	d.Columns, d.TableEnds, d.MergedCells = e.Columns, e.TableEnds, e.MergedCells
	d.Compression, d.Records = e.Compression, e.Records
	switch e.EndedLine {
	case "", "optional":
	case "required":
		d.EndedLine = true
	default:
		return fmt.Errorf("final_newline %q is not required or optional", e.EndedLine)
	}
	var err error
	if d.Trailer, err = e.Trailer.trailer(); err != nil {
		return fmt.Errorf("trailer: %w", err)
	}
	for _, t := range e.Totals {
		re, err := regexp.Compile(t.Pattern)
		if err != nil {
			return fmt.Errorf("totals: %w", err)
		}
		d.Totals = append(d.Totals, Match{Column: t.Column, Pattern: re})
	}
	return d.check()
}

func (d Dialect) check() error {
	switch d.Format {
	case "", "csv", "fixed", "excel", "jsonl", "json", "table", "parquet", "arrow":
	default:
		return fmt.Errorf("format %q is not csv, fixed, excel, jsonl, json, table, parquet or arrow", d.Format)
	}
	if len([]rune(d.Delimiter)) != 1 && d.Delimiter != `\t` {
		return fmt.Errorf("delimiter %q is not one character", d.Delimiter)
	}
	if d.Ragged != "reject" && d.Ragged != "pad" {
		return fmt.Errorf("ragged %q is not reject or pad", d.Ragged)
	}
	switch d.Compression {
	case "", "none", "gzip", "zstd", "zip":
	default:
		return fmt.Errorf("compression %q is not gzip, zstd, zip or none", d.Compression)
	}
	if d.TableEnds != "" && d.TableEnds != "blank" {
		return fmt.Errorf("table_ends %q is not blank", d.TableEnds)
	}
	if d.TableEnds != "" && len(d.NextTable) > 0 {
		return errors.New("table_ends and next_table both say where the table ends: one is enough")
	}
	if d.HeaderIn < 0 || d.HeaderIn > 0 && len(d.HeaderFind) == 0 {
		return errors.New("header_within is a number of rows above 0, and needs header_find")
	}
	if d.MergedCells != "" && d.MergedCells != "fill" {
		return fmt.Errorf("merged_cells %q is not fill", d.MergedCells)
	}
	if d.Columns != "" && !columnRange.MatchString(d.Columns) {
		return fmt.Errorf("columns %q is not a range of column letters, as B:F", d.Columns)
	}
	for what, word := range map[string]string{"hidden_rows": d.HiddenRows, "hidden_sheets": d.HiddenSheet, "hidden_columns": d.HiddenCols} {
		if word != "exclude" && word != "keep" {
			return fmt.Errorf("%s %q is not exclude or keep", what, word)
		}
	}
	return nil
}

// trailer is nil where the contract has none.
func (e trailerEntry) trailer() (*Trailer, error) {
	if e.Match == "" {
		if e.Rows != 0 || e.Start != 0 || len(e.Sums) > 0 {
			return nil, errors.New("match is missing: which row is the trailer?")
		}
		return nil, nil
	}
	re, err := regexp.Compile(e.Match)
	if err != nil {
		return nil, fmt.Errorf("match: %w", err)
	}
	t := &Trailer{Match: re, Rows: Spot{Cell: e.Rows, Start: e.Start, Width: e.Width}}
	for _, s := range e.Sums {
		if s.Column == "" || s.Cell < 1 && (s.Start < 1 || s.Width < 1) {
			return nil, errors.New("sums: each needs a column, and a cell (or start and width) from 1")
		}
		t.Sums = append(t.Sums, TrailerSum{Column: s.Column, At: Spot{Cell: s.Cell, Start: s.Start, Width: s.Width}})
	}
	return t, nil
}

// globs is one pattern or a list of them, parted by slashes, which no name of
// a worksheet holds.
type globs string

// SetYAML reads a text or a list of texts.
func (g *globs) SetYAML(v fault.Value) {
	var one string
	var several []string
	if err := v.Into(&one); err == nil {
		*g = globs(one)
	} else if err := v.Into(&several); err == nil {
		*g = globs(strings.Join(several, "/"))
	} else {
		*g = "[" // no pattern: opening the feed refuses it
	}
}
