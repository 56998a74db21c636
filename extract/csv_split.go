package extract

import (
	"bytes"
	"fmt"

	"loadstar/schemas/fault"
)

// rescanBytes bounds what may be read again because of quotes that never
// close, so that a wrong quote character costs seconds, not hours.
const rescanBytes = 1 << 30

// csvBlock is a piece of a CSV text that starts and ends between rows.
type csvBlock struct {
	text  []byte // followed by slack line feeds
	line  int64  // number of its first line
	lines int
	open  []openLine // in ascending order
}

// openLine is a line with a quote that is never closed; its row is that line.
type openLine struct{ from, end, next int } // offsets of its text, its end and the next line

// csvSplitter cuts a CSV text into blocks. It follows the quotes exactly, by
// jumping from quote to quote, so that a block never depends on how the text
// was read or who decodes it.
type csvSplitter struct {
	csvSyntax
	w         window
	line      int64 // number of the window's first line
	size      int   // bytes of a block
	maxRow    int   // bytes of a row
	maxLines  int   // of a block
	ended     bool  // the last line must end as the others do
	rescanned int64
}

// skipLines drops lines without looking at quotes.
func (s *csvSplitter) skipLines(n int) error {
	for range n {
		if err := s.w.fill(s.size + readAhead/4); err != nil {
			return err
		}
		next, _, err := s.w.lineEnd(0)
		if err != nil {
			return fmt.Errorf("line %d: %w", s.line, err)
		}
		if next == 0 {
			return nil
		}
		s.w.take(next)
		s.line++
	}
	return nil
}

// next returns the next block of at least size bytes, or what is left; its
// text is empty at the end.
func (s *csvSplitter) next(size int) (csvBlock, error) {
	if err := s.w.fill(s.size + readAhead/4); err != nil {
		return csvBlock{}, err
	}
	if len(s.w.buf) == 0 {
		return csvBlock{}, nil
	}
	cut := quoteScan{csvSplitter: s}
	target := afterLines(s.w.buf[:min(size, len(s.w.buf))], s.maxLines)
	end, err := cut.rowEnd(target - 1)
	if err != nil {
		cut.findRow(cut.at)
		line := s.line + int64(countLines(s.w.buf[:cut.row]))
		return csvBlock{}, fmt.Errorf("line %d: %w", line, err)
	}
	block := csvBlock{line: s.line, open: cut.open}
	block.text = s.w.take(end)
	block.lines = countLines(block.text)
	if last := block.text[end-1]; last != '\n' && last != '\r' {
		block.lines++
		if s.ended {
			return csvBlock{}, lineCut(s.line + int64(block.lines) - 1)
		}
	}
	s.line += int64(block.lines)
	return block, nil
}

func lineCut(line int64) error {
	return fault.New(fault.DeliveryCut, "line %d: the last line does not end: the file is cut off; deliver it again", line)
}

// quoteScan looks for the end of one block.
type quoteScan struct {
	*csvSplitter
	row  int // a row starts here; rows up to here are settled
	at   int // outside quotes here
	open []openLine
}

// rowEnd finds the first row end at or behind target, and returns the offset
// behind it.
func (q *quoteScan) rowEnd(target int) (int, error) {
	for q.at < target {
		found := q.quoteIn(q.at, target)
		if found < 0 {
			q.at = target
			break
		}
		if err := q.pass(found); err != nil {
			return 0, err
		}
	}
	next, end := 0, -1
	for q.at == 0 || q.at != q.row { // equal behind a refused line, which is a row's end as well
		if q.at > target+q.maxRow {
			return q.refuseLine(q.at, q.at)
		}
		if q.at > end {
			var err error
			if next, end, err = q.w.lineEnd(q.at); err != nil {
				return 0, err
			}
		}
		found := q.quoteIn(q.at, end)
		if found < 0 {
			return next, nil
		}
		if err := q.pass(found); err != nil {
			return 0, err
		}
	}
	return q.at, nil
}

func (q *quoteScan) quoteIn(from, to int) int {
	if q.quote == 0 {
		return -1
	}
	i := bytes.IndexByte(q.w.buf[from:to], q.quote)
	if i < 0 {
		return -1
	}
	return from + i
}

// pass moves behind the quote at offset found and, where it opens a cell,
// behind the quotes that close it.
func (q *quoteScan) pass(found int) error {
	if !q.opensAt(q.w.buf, found) {
		q.at = found + 1
		return nil
	}
	if len(q.comment) > 0 {
		q.findRow(found)
		if bytes.HasPrefix(q.w.buf[q.row:], q.comment) {
			next, _, err := q.w.lineEnd(found)
			q.at, q.row = next, next
			return err
		}
	}
	end, closed, err := q.closing(found)
	if err != nil || closed {
		q.at = end
		return err
	}
	_, err = q.refuseLine(found, end)
	return err
}

// refuseLine sets the first line of the row that holds offset at aside, for
// it has a quote that never closes, and goes on behind it; the text was read
// up to offset read in vain.
func (q *quoteScan) refuseLine(at, read int) (int, error) {
	q.findRow(at)
	q.rescanned += int64(read - q.row)
	if q.rescanned > rescanBytes {
		return 0, fault.New(fault.DeliveryText, "too many quotes never close; is the contract's quote right? Set quote: none where quotes are text")
	}
	next, end, err := q.w.lineEnd(q.row)
	if err != nil {
		return 0, err
	}
	q.open = append(q.open, openLine{from: q.row, end: end, next: next})
	q.at, q.row = next, next
	return next, nil
}

// closing returns the offset behind the quote that closes the one at open.
// Where none does, closed is false and end tells how far it looked.
func (q *quoteScan) closing(open int) (end int, closed bool, err error) {
	from := open + 1
	for {
		i := q.quoteIn(from, len(q.w.buf))
		looked := i
		if i < 0 {
			looked = len(q.w.buf)
		}
		if looked-open > q.maxRow || i < 0 && q.w.eof {
			return looked, false, nil
		}
		if i < 0 || q.needsMore(i) {
			from = looked
			if err := q.w.fill(len(q.w.buf) + readAhead); err != nil {
				return 0, false, err
			}
			continue
		}
		text := q.w.buf
		switch {
		case q.isEscaped(text, open, i):
			from = i + 1
		case q.escape == q.quote && i+1 < len(text) && text[i+1] == q.quote:
			from = i + 2
		case q.endsCell(text[i+1:]):
			return i + 1, true, nil
		default: // on the same line, the decoder refuses the row
			return i + 1, indexLineEnd(text[open:i]) < 0, nil
		}
	}
}

// needsMore says whether what follows the quote at i is not in memory yet.
func (q *quoteScan) needsMore(i int) bool {
	if q.w.eof {
		return false
	}
	after := q.w.buf[i+1:]
	for q.trim && len(after) > 0 && q.isSpace(after[0]) {
		after = after[1:]
	}
	return len(after) < len(q.delimiter)
}

// findRow moves q.row to the start of the row that holds offset at, which is
// outside quotes.
func (q *quoteScan) findRow(at int) {
	text := q.w.buf
	quote := -1
	for from := q.row; from < at; {
		if quote < from {
			if quote = q.quoteIn(from, at); quote < 0 {
				quote = at
			}
		}
		end := indexLineEnd(text[from:quote])
		switch {
		case end >= 0:
			from = afterLineEnd(text, from+end)
			q.row = from
		case quote == at:
			return
		case q.opensAt(text, quote) && !q.inComment(quote):
			// It closes, for the scan passed it before.
			from, _, _ = q.closing(quote)
		default:
			from = quote + 1
		}
	}
}

func (q *quoteScan) inComment(at int) bool {
	return len(q.comment) > 0 && bytes.HasPrefix(q.w.buf[q.row:at], q.comment)
}
