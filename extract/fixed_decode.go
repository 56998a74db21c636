package extract

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// fixedDecoder turns blocks of lines into batches; it may be used
// concurrently.
type fixedDecoder struct {
	rowPlace
	source  *fixedSource
	names   []string
	schema  *arrow.Schema
	headers [][]byte // header lines without the white space around them
	wrong   map[int64]totalFault
	control *control // lines are only counted, nil = they are decoded
	free    *buffers
	spans   *sync.Pool // *[]cell
}

func (d *fixedDecoder) yieldBlocks(ctx context.Context, splitter *csvSplitter, yield func(Chunk) bool) error {
	for first := true; ; first = false {
		if err := ctx.Err(); err != nil {
			return err
		}
		block, err := splitter.next(d.source.size)
		if err != nil {
			return err
		}
		if first && len(block.text) == 0 && !d.source.empty && len(d.headers) == 0 {
			return fault.New(fault.DeliveryEmpty, "the file is empty; deliver it again, or add `empty` to the contract's allow list")
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
	size    int    // without
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
	b.suspect = mayBeBad(block.text)
	b.rows = make([]int64, 0, block.lines)
	size := len(block.text)
	b.size = size
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
		b.out.SetAside(&b.out.Excluded.Blank, line, b.asked, asideBlank)
		return false
	case comment != "" && bytes.HasPrefix(text, []byte(comment)):
		b.out.SetAside(&b.out.Excluded.Hidden, line, b.asked, asideComment)
		return false
	case slices.ContainsFunc(b.headers, func(h []byte) bool { return bytes.Equal(h, trimmed) }):
		b.out.SetAside(&b.out.Excluded.Header, line, b.asked, asideHeader)
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
	cell := func(i int) string {
		c := b.cells[first+i]
		return string(b.text[c.from():c.end])
	}
	trailer := b.source.dialect.Trailer
	switch {
	case trailer != nil && trailer.Match.Match(text):
		if b.control != nil {
			b.control.end(line, func(s schemas.Spot) string { return spotText(text, s) })
		}
		b.out.SetAside(&b.out.Excluded.Totals, line, b.asked, asideTrailer)
		return false
	case b.isTotal(first):
		b.total(line, text, cell)
		return false
	case b.control != nil:
		b.control.row(line, len(b.names), cell)
		return false
	}
	return !b.isShort(line, text, end) && !b.isLong(line, text)
}

func spotText(text []byte, s schemas.Spot) string {
	if s.Start < 1 {
		return ""
	}
	from := runeOffset(text, s.Start-1)
	return string(text[from : from+runeOffset(text[from:], s.Width)])
}

func (b *fixedBatch) isTotal(first int) bool {
	for _, t := range b.source.totals {
		c := b.cells[first+t.column]
		if t.pattern.Match(b.text[c.from():c.end]) {
			return true
		}
	}
	return false
}

// total sets a totals line aside, or refuses it where it is wrong.
func (b *fixedBatch) total(line int64, text []byte, cell func(int) string) {
	if b.control != nil {
		b.control.total(line, len(b.names), cell)
	}
	fault, found := b.wrong[line]
	if !found {
		b.out.SetAside(&b.out.Excluded.Totals, line, b.asked, asideTotals)
		return
	}
	b.out.Rejects = append(b.out.Rejects, b.reject(line, b.names[fault.column], "totals.difference", fault.reason, rawLine(text)))
}

// isShort refuses a line that ends within a column, or before one, whose value
// is no text: the line may be cut off, and half a number is another number.
func (b *fixedBatch) isShort(line int64, text []byte, end int) bool {
	if b.source.dialect.Ragged == "pad" {
		return false
	}
	isCut := end == b.size // the last line, without a line end
	length := utf8.RuneCount(text)
	for _, c := range b.source.columns {
		if c.to > length && (!c.text || isCut) {
			reason := fmt.Sprintf("the line ends at character %d, within or before %s (%d to %d): it may be cut off; set ragged: pad where blanks at the end are left out",
				length, c.name, c.from+1, c.to)
			b.out.Rejects = append(b.out.Rejects, b.reject(line, c.name, "fixed.short", reason, rawLine(text)))
			return true
		}
	}
	return false
}

// isLong refuses a line whose last listed column holds no text and goes on
// behind its end: what stands within is a part of another number, or another
// line follows without a line end.
func (b *fixedBatch) isLong(line int64, text []byte) bool {
	columns := b.source.columns
	if len(columns) < 2 {
		return false
	}
	c, tail := columns[len(columns)-2], columns[len(columns)-1]
	if c.text || tail.to != 0 || !tail.unlisted || c.to != tail.from {
		return false
	}
	behind := runeOffset(text, c.to)
	last, _ := utf8.DecodeLastRune(text[:behind])
	next, size := utf8.DecodeRune(text[behind:])
	if size == 0 || unicode.IsSpace(last) || unicode.IsSpace(next) {
		return false
	}
	reason := fmt.Sprintf("the value of %s goes on behind its column (%d to %d); make the column wider, or list the characters behind it as a property of their own", c.name, c.from+1, c.to)
	b.out.Rejects = append(b.out.Rejects, b.reject(line, c.name, "fixed.long", reason, rawLine(text)))
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
