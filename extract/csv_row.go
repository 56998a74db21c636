package extract

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
)

// cell is where a cell's text lies in its block.
type cell struct{ start, end uint32 }

// Marks in the top bits of cell.start.
const (
	cellQuoted  = 1 << 31 // "" is an empty text, not null
	cellEscaped = 1 << 30 // the text holds escapes
	cellOffset  = 1<<30 - 1
)

func (c cell) from() int        { return int(c.start & cellOffset) }
func (c cell) isNull() bool     { return c.start&cellQuoted == 0 && c.start == c.end }
func (c cell) hasEscapes() bool { return c.start&cellEscaped != 0 }

// csvRows reads the rows of one block.
type csvRows struct {
	*csvSyntax
	text  []byte // with its slack of line feeds
	size  int    // without
	cells []cell // of all rows read and not dropped
	lines int    // line ends inside quotes of the last row
	stray bool   // the last row has text behind a closing quote
}

// Every byte of these words is the byte they look for.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
	feeds = ones * '\n'
	turns = ones * '\r'
)

// row appends the cells of the row at offset at and returns the offset
// behind it.
func (r *csvRows) row(at int) int {
	r.lines, r.stray = 0, false
	text, size, delimiter := r.text, r.size, r.delimiter[0]
	simple := !r.trim && len(r.delimiter) == 1
	first := ones * uint64(delimiter)
	for {
		if r.trim {
			for r.isSpace(text[at]) {
				at++
			}
		}
		switch {
		case text[at] == r.quote && r.quote != 0:
			at = r.quoted(at)
		case simple: // as cellEnd does, without the call
			start := at
			for {
				word := binary.LittleEndian.Uint64(text[at:])
				a, b, c := word^first, word^feeds, word^turns
				found := ((a-ones)&^a | (b-ones)&^b | (c-ones)&^c) & highs
				if found != 0 {
					at += bits.TrailingZeros64(found) >> 3
					break
				}
				at += 8
			}
			r.cells = append(r.cells, cell{uint32(start), uint32(at)})
		default:
			start := at
			at = r.cellEnd(at)
			end := at
			for r.trim && end > start && r.isSpace(text[end-1]) {
				end--
			}
			r.cells = append(r.cells, cell{uint32(start), uint32(end)})
		}
		if at >= size {
			return size
		}
		if text[at] != delimiter {
			return min(afterLineEnd(text, at), size)
		}
		at += len(r.delimiter)
	}
}

// cellEnd is the offset of the next delimiter or line end. It reads eight
// bytes at a time: xor makes the bytes looked for zero, and the lowest zero
// byte shows as the lowest high bit.
func (r *csvRows) cellEnd(at int) int {
	text := r.text
	first := ones * uint64(r.delimiter[0])
	for {
		word := binary.LittleEndian.Uint64(text[at:])
		a, b, c := word^first, word^feeds, word^turns
		found := ((a-ones)&^a | (b-ones)&^b | (c-ones)&^c) & highs
		if found == 0 {
			at += 8
			continue
		}
		at += bits.TrailingZeros64(found) >> 3
		if len(r.delimiter) == 1 || at >= r.size || text[at] != r.delimiter[0] || bytes.HasPrefix(text[at:], r.delimiter) {
			return at
		}
		at++
	}
}

// quoted appends the cell whose quotes open at offset at and returns the
// offset of the delimiter or line end behind it.
func (r *csvRows) quoted(at int) int {
	text := r.text[:r.size]
	open := at
	mark := uint32(cellQuoted)
	from := open + 1
	for {
		i := bytes.IndexByte(text[from:], r.quote)
		if i < 0 { // the splitter lets no such row pass
			r.cells = append(r.cells, cell{uint32(open+1) | mark, uint32(r.size)})
			r.stray = true
			return r.size
		}
		i += from
		if r.isEscaped(text, open, i) {
			mark |= cellEscaped
			from = i + 1
			continue
		}
		if r.escape == r.quote && i+1 < r.size && text[i+1] == r.quote {
			mark |= cellEscaped
			from = i + 2
			continue
		}
		if r.escape != r.quote && bytes.IndexByte(text[open+1:i], r.escape) >= 0 {
			mark |= cellEscaped
		}
		r.lines += countLines(text[open+1 : i])
		r.cells = append(r.cells, cell{uint32(open+1) | mark, uint32(i)})
		at = i + 1
		break
	}
	for r.trim && at < r.size && r.isSpace(text[at]) {
		at++
	}
	if end := r.cellEnd(at); end != at {
		r.stray = true
		at = end
	}
	return at
}

// cellColumn makes a text column of every width-th cell. text has slack
// behind the last cell; unescape appends the meaning of a text with escapes,
// which is never longer than the text.
func cellColumn(pool *schemas.Pool, text []byte, cells []cell, width, rows int, unescape func(out, text []byte) []byte) arrow.Array {
	size := 0
	for at := 0; at < len(cells); at += width {
		size += int(cells[at].end) - cells[at].from()
	}
	out := newTextColumn(pool, rows, size)
	for at := 0; at < len(cells); at += width {
		c := cells[at]
		from := c.from()
		switch {
		case c.isNull():
			out.addNull()
		case c.hasEscapes():
			out.used = len(unescape(out.data[:out.used], text[from:c.end]))
			out.endText()
		default:
			out.add(text[from:], int(c.end)-from)
		}
	}
	return out.array()
}
