package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// fixedColumn is where a column stands in every line, in characters from 0.
type fixedColumn struct {
	name     string
	from, to int // to 0 = the line's end
}

// fixedSource reads text whose columns stand at fixed places of each line.
type fixedSource struct {
	landed  Landed
	dialect schemas.Dialect
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
	s := &fixedSource{landed: l, dialect: c.Dialect, charset: set, columns: columns, size: blockBytes, maxRow: rowBytes}
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
				return nil, fmt.Errorf("property %s: start %d and width %d: characters count from 1", p.Name, p.Start, p.Width)
			}
			column := fixedColumn{name: p.Name, from: p.Start - 1}
			if p.Width > 0 {
				column.to = column.from + p.Width
			}
			at := slices.IndexFunc(columns, func(c fixedColumn) bool { return c.name == p.Name })
			switch {
			case at < 0:
				columns = append(columns, column)
			case columns[at] != column:
				return nil, fmt.Errorf("property %s stands at two places", p.Name)
			}
		}
	}
	if len(columns) == 0 {
		return nil, errors.New("no property says where it stands: fixed text needs the custom properties start and width")
	}
	slices.SortStableFunc(columns, func(a, b fixedColumn) int { return a.from - b.from })
	return columns, nil
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

func (s *fixedSource) split(ctx context.Context, yield func(Chunk) bool) (err error) {
	text, err := openText(s.landed, s.dialect, s.charset)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	free := &buffers{}
	// Lines are rows of a text without quotes whose delimiter never occurs.
	splitter := &csvSplitter{
		csvSyntax: csvSyntax{delimiter: []byte{undecodable}}, w: window{in: text, free: free}, line: 1,
		size: s.size, maxRow: s.maxRow, maxLines: max(1, min(blockRows, blockCells/len(s.columns))),
	}
	if err := splitter.skipLines(s.dialect.Skip); err != nil {
		return err
	}
	decoder := &fixedDecoder{
		rowPlace: s.landed.rowPlace(""), source: s, names: s.names(), schema: textSchema(s.names()),
		free: free, spans: &sync.Pool{},
	}
	for range s.dialect.Header {
		block, err := splitter.next(1)
		if err != nil {
			return err
		}
		decoder.headers = append(decoder.headers, bytes.Clone(bytes.TrimSpace(block.text)))
	}
	return decoder.yieldBlocks(ctx, splitter, yield)
}

// fixedDecoder turns blocks of lines into batches; it may be used
// concurrently.
type fixedDecoder struct {
	rowPlace
	source  *fixedSource
	names   []string
	schema  *arrow.Schema
	headers [][]byte // header lines without the white space around them
	free    *buffers
	spans   *sync.Pool // *[]cell
}

func (d *fixedDecoder) yieldBlocks(ctx context.Context, splitter *csvSplitter, yield func(Chunk) bool) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		block, err := splitter.next(d.source.size)
		if err != nil {
			return err
		}
		if len(block.text) == 0 || !yield(once(func() (schemas.Decoded, error) { return d.decode(block), nil })) {
			return nil
		}
	}
}

// fixedBatch is one block on its way to a batch.
type fixedBatch struct {
	*fixedDecoder
	text    []byte // with its slack
	cells   []cell
	rows    []int64
	out     schemas.Decoded
	suspect bool // some line holds bytes that are no text
}

func (d *fixedDecoder) decode(block csvBlock) schemas.Decoded {
	kept, _ := d.spans.Get().(*[]cell)
	if kept == nil {
		kept = new([]cell)
	}
	b := fixedBatch{fixedDecoder: d, text: block.text[:len(block.text)+slack], cells: (*kept)[:0]}
	b.suspect = !utf8.Valid(block.text) || bytes.IndexByte(block.text, 0) >= 0
	b.rows = make([]int64, 0, block.lines)
	size := len(block.text)
	for at, line := 0, block.line; at < size; line++ {
		end := size
		if n := indexLineEnd(b.text[at:size]); n >= 0 {
			end = at + n
		}
		first := len(b.cells)
		if !b.line(line, at, end) {
			b.cells = b.cells[:first]
		} else {
			b.rows = append(b.rows, line)
		}
		at = min(afterLineEnd(b.text, end), size)
	}
	if len(b.rows) > 0 {
		columns := []arrow.Array{int64Column(b.rows)}
		for i := range d.names {
			columns = append(columns, cellColumn(nil, b.text, b.cells[i:], len(d.names), len(b.rows), nil))
		}
		b.out.Record = newRecord(d.schema, columns, len(b.rows))
	}
	*kept = b.cells
	d.spans.Put(kept)
	d.free.put(block.text)
	return b.out
}

// line appends the cells of the line at from; false where it is no row.
func (b *fixedBatch) line(line int64, from, end int) bool {
	text := b.text[from:end]
	trimmed := bytes.TrimSpace(text)
	comment := b.source.dialect.Comment
	switch {
	case len(trimmed) == 0:
		b.out.Excluded.Blank++
		return false
	case comment != "" && bytes.HasPrefix(text, []byte(comment)):
		b.out.Excluded.Hidden++
		return false
	case slices.ContainsFunc(b.headers, func(h []byte) bool { return bytes.Equal(h, trimmed) }):
		b.out.Excluded.Header++
		return false
	}
	if b.suspect {
		if rule, reason := badText(text, b.source.charset.name); rule != "" {
			b.out.Rejects = append(b.out.Rejects, b.reject(line, "", rule, reason, rawLine(text)))
			return false
		}
	}
	first := len(b.cells)
	b.cut(text, from)
	for _, t := range b.source.totals {
		c := b.cells[first+t.column]
		if t.pattern.Match(b.text[c.from():c.end]) {
			b.out.Excluded.Totals++
			return false
		}
	}
	return true
}

// cut appends the cells of a line that begins at offset base.
func (b *fixedBatch) cut(text []byte, base int) {
	ascii := isASCII(text)
	for _, c := range b.source.columns {
		from, to := c.from, c.to
		if to == 0 {
			to = len(text)
		}
		if !ascii {
			from = runeOffset(text, from)
			if c.to > 0 {
				to = runeOffset(text, to)
			}
		}
		from, to = min(from, len(text)), min(to, len(text))
		value := bytes.TrimLeftFunc(text[from:to], unicode.IsSpace)
		start := base + to - len(value)
		value = bytes.TrimRightFunc(value, unicode.IsSpace)
		b.cells = append(b.cells, cell{uint32(start), uint32(start + len(value))})
	}
}

func isASCII(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// runeOffset is the offset of the n-th character of text from 0, or its end.
func runeOffset(text []byte, n int) int {
	at := 0
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return at
}
