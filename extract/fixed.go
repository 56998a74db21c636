package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// fixedColumn is where a column stands in every line, in characters from 0.
type fixedColumn struct {
	name     string
	from, to int  // to 0 = the line's end
	text     bool // it may end with the line: blanks at the end are often left out
	unlisted bool // no property lists its characters
}

// fixedSource reads text whose columns stand at fixed places of each line.
type fixedSource struct {
	landed  Landed
	dialect schemas.Dialect
	locale  schemas.Locale
	objects []schemas.Object
	empty   bool // a delivery may be empty
	charset charset
	columns []fixedColumn
	totals  []columnMatch
	size    int // bytes of a block
	maxRow  int // bytes of a line
}

func openFixed(c schemas.Contract, l Landed) (Source, error) {
	set, err := newCharset(c.Dialect.Encoding)
	if err != nil {
		return nil, err
	}
	columns, err := fixedColumns(c.Objects)
	if err != nil {
		return nil, err
	}
	s := &fixedSource{landed: l, dialect: c.Dialect, locale: c.Locale, objects: c.Objects, empty: c.Allow.Empty, charset: set, columns: columns, size: blockBytes, maxRow: rowBytes}
	s.totals, err = totalsRules(c.Dialect.Totals, s.names(), c.Objects)
	return s, err
}

// fixedColumns lists the columns of all objects in the order of their places.
func fixedColumns(objects []schemas.Object) ([]fixedColumn, error) {
	var columns []fixedColumn
	for _, o := range objects {
		for _, p := range o.Properties {
			if p.Start == 0 && p.Width == 0 || p.Constant != nil || p.From != "" {
				continue
			}
			if p.Start < 1 || p.Width < 0 {
				return nil, fault.New(fault.ContractPlan, "property %s: start %d and width %d: characters count from 1", p.Name, p.Start, p.Width)
			}
			column := fixedColumn{name: p.Name, from: p.Start - 1, text: p.Logical == "" || p.Logical == "string"}
			if p.Width > 0 {
				column.to = column.from + p.Width
			}
			at := slices.IndexFunc(columns, func(c fixedColumn) bool { return c.name == p.Name })
			switch {
			case at < 0:
				columns = append(columns, column)
			case columns[at] != column:
				return nil, fault.New(fault.ContractPlan, "property %s stands at two places", p.Name)
			}
		}
	}
	if len(columns) == 0 {
		return nil, fault.New(fault.ContractPlan, "no property says where it stands: fixed text needs the custom properties start and width")
	}
	slices.SortStableFunc(columns, func(a, b fixedColumn) int { return a.from - b.from })
	return withGaps(columns), nil
}

// withGaps adds columns for the characters that no property lists, so that
// nothing which stands there is lost. They are called by their places.
func withGaps(columns []fixedColumn) []fixedColumn {
	var all []fixedColumn
	end := 0
	for _, c := range columns {
		if end >= 0 && c.from > end {
			all = append(all, fixedColumn{name: fmt.Sprintf("chars_%d_%d", end+1, c.from), from: end, to: c.from, text: true, unlisted: true})
		}
		all = append(all, c)
		if c.to == 0 {
			end = -1
		}
		if end >= 0 {
			end = max(end, c.to)
		}
	}
	if end > 0 {
		all = append(all, fixedColumn{name: fmt.Sprintf("chars_%d", end+1), from: end, text: true, unlisted: true})
	}
	return all
}

func (s *fixedSource) names() []string {
	var names []string
	for _, c := range s.columns {
		names = append(names, c.name)
	}
	return names
}

// Chunks implements Source.
func (s *fixedSource) Chunks(ctx context.Context) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		if err := s.split(ctx, func(c Chunk) bool { return yield(c, nil) }); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", s.landed.Path, fault.Mark(fault.DeliveryText, err)))
		}
	}
}

func (s *fixedSource) split(ctx context.Context, yield func(Chunk) bool) error {
	pass, err := newControl(s.dialect, s.locale, s.names(), s.objects)
	if err != nil {
		return err
	}
	var wrong map[int64]totalFault
	if pass != nil {
		err := s.read(ctx, &fixedDecoder{control: pass}, func(c Chunk) bool {
			dec, err := c(ctx)
			if dec.Record != nil {
				dec.Record.Release()
			}
			return err == nil
		})
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = pass.prove()
		}
		if err != nil {
			return err
		}
		wrong = pass.faults
	}
	return s.read(ctx, &fixedDecoder{wrong: wrong}, yield)
}

// read yields the chunks of the delivery, decoded by decoder.
func (s *fixedSource) read(ctx context.Context, decoder *fixedDecoder, yield func(Chunk) bool) (err error) {
	text, err := openText(s.landed, s.dialect, s.charset)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	free := &buffers{}
	// Lines are rows of a text without quotes whose delimiter never occurs.
	splitter := &csvSplitter{
		csvSyntax: csvSyntax{delimiter: []byte{undecodable}}, w: window{in: text, free: free}, line: 1,
		size: s.size, maxRow: s.maxRow, maxLines: max(1, min(blockRows, blockCells/len(s.columns))), ended: s.dialect.EndedLine,
	}
	if err := splitter.skipLines(s.dialect.Skip); err != nil {
		return err
	}
	decoder.rowPlace, decoder.source, decoder.names = s.landed.rowPlace(""), s, s.names()
	decoder.schema, decoder.free, decoder.spans = textSchema(decoder.names), free, &sync.Pool{}
	for range s.dialect.Header {
		block, err := splitter.next(1)
		if err != nil {
			return err
		}
		decoder.headers = append(decoder.headers, bytes.Clone(bytes.TrimSpace(block.text)))
	}
	return decoder.yieldBlocks(ctx, splitter, yield)
}
