package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// csvSource reads delimited text.
type csvSource struct {
	landed  Landed
	dialect schemas.Dialect
	objects []schemas.Object
	syntax  csvSyntax
	charset charset
	size    int // bytes of a block
	maxRow  int // bytes of a row
}

func openCSV(c schemas.Contract, l Landed) (Source, error) {
	syntax, err := newCSVSyntax(c.Dialect)
	if err != nil {
		return nil, err
	}
	set, err := newCharset(c.Dialect.Encoding)
	if err != nil {
		return nil, err
	}
	return &csvSource{
		landed: l, dialect: c.Dialect, objects: c.Objects, syntax: syntax, charset: set,
		size: blockBytes, maxRow: rowBytes,
	}, nil
}

// Chunks implements Source.
func (s *csvSource) Chunks(ctx context.Context) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		if err := s.split(ctx, func(c Chunk) bool { return yield(c, nil) }); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", s.landed.Path, fault.Mark(fault.DeliveryText, err)))
		}
	}
}

func (s *csvSource) split(ctx context.Context, yield func(Chunk) bool) (err error) {
	text, err := openText(s.landed, s.dialect, s.charset)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	return s.splitText(ctx, text, yield)
}

// splitText yields the chunks of decoded text.
func (s *csvSource) splitText(ctx context.Context, text io.Reader, yield func(Chunk) bool) error {
	free := &buffers{}
	splitter := &csvSplitter{
		csvSyntax: s.syntax, w: window{in: text, free: free}, line: 1,
		size: s.size, maxRow: s.maxRow, maxLines: blockRows,
	}
	decoder := &csvDecoder{
		syntax: s.syntax, rowPlace: s.landed.rowPlace(""), encoding: s.charset.name,
		pad: s.dialect.Ragged == "pad", free: free, spans: &sync.Pool{}, pool: &schemas.Pool{},
	}
	if err := splitter.skipLines(s.dialect.Skip); err != nil {
		return err
	}
	head, err := s.readHeader(splitter, decoder)
	if err != nil {
		return err
	}
	splitter.maxLines = max(1, min(blockRows, blockCells/max(1, len(decoder.names))))
	return s.yieldBlocks(ctx, splitter, decoder, head, yield)
}

// yieldBlocks yields the rows behind the header. The first chunk tells what
// the header's lines held besides, and is there even where no row is, so that
// the columns can be checked.
func (s *csvSource) yieldBlocks(ctx context.Context, splitter *csvSplitter, decoder *csvDecoder, head csvHeader, yield func(Chunk) bool) error {
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		var block csvBlock
		if n < len(head.blocks) {
			block = head.blocks[n]
		} else {
			var err error
			if block, err = splitter.next(s.size); err != nil {
				return err
			}
		}
		atEnd := len(block.text) == 0
		if atEnd && (n > 0 || decoder.names == nil && head.excluded.Total() == 0) {
			return nil
		}
		excluded := schemas.Excluded{}
		if n == 0 {
			excluded = head.excluded
		}
		chunk := once(func() (schemas.Decoded, error) {
			out := decoder.decode(block)
			if atEnd && decoder.names != nil {
				out.Record = emptyRecord(decoder.names)
			}
			out.Excluded.Add(excluded)
			return out, nil
		})
		if !yield(chunk) || atEnd {
			return nil
		}
	}
}

// csvHeader is what the lines up to the first row held.
type csvHeader struct {
	excluded schemas.Excluded
	rows     [][]string
	blocks   []csvBlock // rows that were needed to count the columns
}

// readHeader reads the header rows and names the columns. Where the dialect
// has none, the first row tells how many there are. A text without rows
// leaves the names nil.
func (s *csvSource) readHeader(splitter *csvSplitter, d *csvDecoder) (csvHeader, error) {
	var head csvHeader
	for len(head.rows) < max(1, s.dialect.Header) {
		line := splitter.line
		block, err := splitter.next(1)
		if err != nil {
			return head, err
		}
		if len(block.text) == 0 {
			break
		}
		if err := s.headerBlock(d, block, &head); err != nil {
			return head, fmt.Errorf("line %d: %w", line, err)
		}
	}
	if len(head.rows) == 0 {
		return head, nil
	}
	if len(head.rows) < s.dialect.Header {
		return head, fmt.Errorf("line %d: the file ends within its %d header rows", splitter.line, s.dialect.Header)
	}
	if s.dialect.Header > 0 {
		d.headers = head.rows
	}
	d.names = columnNames(joinHeader(head.rows, s.dialect.HeaderJoin))
	d.schema = textSchema(d.names)
	var err error
	d.totals, err = totalsRules(s.dialect.Totals, d.names, s.objects)
	return head, err
}

// headerBlock adds the one row of a block to the header.
func (s *csvSource) headerBlock(d *csvDecoder, block csvBlock, head *csvHeader) error {
	row, kind := headerRow(d, block)
	switch {
	case kind.Total() > 0:
		head.excluded.Add(kind)
	case s.dialect.Header == 0:
		head.blocks = append(head.blocks, block)
		if len(block.open) == 0 {
			head.rows = append(head.rows, make([]string, len(row)))
		}
	case len(block.open) > 0:
		return errors.New("a quote opens in the header and never closes")
	default:
		for i, text := range row {
			if rule, _ := badText([]byte(text), ""); rule != "" {
				return fault.New(fault.DeliveryEncoding, "cell %d of the header holds bytes that are not %s; set the contract's encoding", i+1, d.encoding)
			}
		}
		head.rows = append(head.rows, row)
	}
	return nil
}

// headerRow reads the one row of a block, or says why it is none.
func headerRow(d *csvDecoder, block csvBlock) ([]string, schemas.Excluded) {
	b := csvBatch{csvDecoder: d, csvRows: csvRows{
		csvSyntax: &d.syntax, text: block.text[:len(block.text)+slack], size: len(block.text),
	}}
	if len(b.comment) > 0 && strings.HasPrefix(string(block.text), string(b.comment)) {
		return nil, schemas.Excluded{Hidden: 1}
	}
	if len(block.open) > 0 {
		return nil, schemas.Excluded{}
	}
	b.row(0)
	if b.isBlank(b.cells) {
		return nil, schemas.Excluded{Blank: 1}
	}
	var row []string
	for _, c := range b.cells {
		row = append(row, strings.Clone(string(b.cellText(c))))
	}
	return row, schemas.Excluded{}
}
