package extract

import (
	"bytes"
	"fmt"
	"regexp"
	"sync"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
)

// rowPlace makes the rejects of one delivery.
type rowPlace struct {
	feed  string
	at    schemas.Place
	asked int64 // row of which Decoded.Aside is to tell, 0 = none
}

// Why rows are set aside.
const (
	asideBlank   = "it is blank"
	asideComment = "it is a comment"
	asideHeader  = "it repeats the header"
	asideTrailer = "it is the trailer, which states the totals of the file"
	asideTotals  = "it is a totals row"
	asideHidden  = "it is hidden, and the contract does not say hidden_rows: keep"
)

func (l Landed) rowPlace(sheet string) rowPlace {
	return rowPlace{feed: l.Feed, asked: l.Asked, at: schemas.Place{FileKey: l.fileKey(sheet), File: l.Path, Sheet: sheet}}
}

func (p rowPlace) reject(row int64, column, rule, reason, raw string) schemas.Reject {
	at := p.at
	at.Row = row
	return schemas.Reject{Feed: p.feed, At: at, Column: column, Rule: rule, Reason: reason, Raw: raw}
}

// columnMatch is a rule for rows that are totals.
type columnMatch struct {
	column  int
	pattern *regexp.Regexp
}

// csvDecoder turns blocks into batches. It is not changed after openCSV's
// header is read, and may be used concurrently.
type csvDecoder struct {
	syntax csvSyntax
	rowPlace
	encoding string
	names    []string
	schema   *arrow.Schema
	headers  [][]string // header rows as delivered
	other    *otherHeader
	totals   []columnMatch
	trailer  *regexp.Regexp       // on the first cell of the last row, nil = none
	wrong    map[int64]totalFault // totals rows that are refused, by line
	control  *control             // rows are only counted, nil = they are decoded
	pad      bool
	free     *buffers
	spans    *sync.Pool // *[]cell
	pool     *schemas.Pool
}

// csvBatch is one block on its way to a batch.
type csvBatch struct {
	*csvDecoder
	csvRows
	out     schemas.Decoded
	rows    []int64 // line of each row kept
	suspect bool    // some row holds bytes that are no text
	refused error   // why the whole delivery is
	isPlain bool    // no text is written as a formula
}

// decode turns a block into a batch and recycles the block.
func (d *csvDecoder) decode(b csvBlock) (schemas.Decoded, error) {
	if len(b.text) == 0 {
		return schemas.Decoded{}, nil
	}
	kept, _ := d.spans.Get().(*[]cell)
	if kept == nil {
		kept = new([]cell)
	}
	batch := csvBatch{csvDecoder: d, csvRows: csvRows{
		csvSyntax: &d.syntax, text: b.text[:len(b.text)+slack], size: len(b.text), cells: (*kept)[:0],
	}}
	batch.suspect, batch.isPlain = mayBeBad(b.text), !d.syntax.mayBeMarked(b.text)
	batch.rows = int64Space(d.pool, b.lines)
	batch.read(b)
	if len(batch.rows) > 0 && batch.refused == nil {
		batch.out.Record = batch.record()
	}
	*kept = batch.cells
	d.spans.Put(kept)
	d.free.put(b.text)
	return batch.out, batch.refused
}

func (b *csvBatch) read(block csvBlock) {
	line, open := block.line, block.open
	for at := 0; at < b.size; {
		if len(open) > 0 && open[0].from == at {
			text := b.text[at:open[0].end]
			if b.control != nil {
				b.control.row(line, 0, nil)
			}
			b.refuse(line, "", "csv.quote", "a quote opens here and never closes", rawLine(text))
			at, open = open[0].next, open[1:]
			line++
			continue
		}
		if len(b.comment) > 0 && bytes.HasPrefix(b.text[at:b.size], b.comment) {
			b.out.SetAside(&b.out.Excluded.Hidden, line, b.asked, asideComment)
			if at += max(indexLineEnd(b.text[at:]), 0); at < b.size {
				at = afterLineEnd(b.text, at)
			}
			line++
			continue
		}
		first := len(b.cells)
		at = b.row(at)
		if !b.isPlain {
			b.plainTexts(b.cells[first:])
		}
		if !b.keep(line, first) {
			b.cells = b.cells[:first]
		}
		line += 1 + int64(b.lines)
	}
}

func (b *csvBatch) refuse(line int64, column, rule, reason, raw string) {
	b.out.Rejects = append(b.out.Rejects, b.reject(line, column, rule, reason, raw))
}

// keep decides what becomes of the row whose cells begin at first; false
// where it does not go into the batch.
func (b *csvBatch) keep(line int64, first int) bool {
	row := b.cells[first:]
	switch {
	case b.isBlank(row):
		b.out.SetAside(&b.out.Excluded.Blank, line, b.asked, asideBlank)
		return false
	case !b.stray && b.isHeader(row):
		b.out.SetAside(&b.out.Excluded.Header, line, b.asked, asideHeader)
		return false
	case b.trailer != nil && b.trailer.Match(b.cellText(row[0])):
		if b.control != nil {
			b.control.end(line, func(s schemas.Spot) string { return b.textAt(row, s.Cell-1) })
		}
		b.out.SetAside(&b.out.Excluded.Totals, line, b.asked, asideTrailer)
		return false
	case b.isTotal(row):
		b.total(line, row)
		return false
	case b.control != nil:
		b.control.row(line, len(row), func(i int) string { return b.textAt(row, i) })
		return false
	case b.stray:
		b.refuse(line, "", "csv.quote", "there is text behind a closing quote", b.raw(row))
		return false
	case b.suspect && b.refuseBytes(line, row):
		return false
	case b.isOtherHeader(line, row):
		return false
	}
	if len(row) != len(b.names) {
		if !b.pad || len(row) > len(b.names) {
			reason := fmt.Sprintf("the row has %d cells, expected %d", len(row), len(b.names))
			b.refuse(line, "", "csv.ragged", reason, b.raw(row))
			return false
		}
		for range len(b.names) - len(row) {
			b.cells = append(b.cells, cell{})
		}
	}
	b.rows = append(b.rows, line)
	return true
}

// endOfFile is the byte with which old systems end a text.
const endOfFile = 0x1A

// isBlank says whether no cell of the row has a value.
func (r *csvRows) isBlank(row []cell) bool {
	for _, c := range row {
		if c.start&cellQuoted != 0 {
			return false
		}
		for _, char := range r.text[c.from():c.end] {
			if char != ' ' && char != '\t' && char != endOfFile {
				return false
			}
		}
	}
	return true
}

// isHeader says whether the row repeats one of the header's, perhaps with the
// byte order mark of a file that was appended.
func (b *csvBatch) isHeader(row []cell) bool {
	for _, header := range b.headers {
		if len(header) == len(row) && b.equals(row, header) {
			return true
		}
	}
	return false
}

// isOtherHeader refuses the delivery where the row is a header with other
// columns. Most data are told from one by their first and last cell.
func (b *csvBatch) isOtherHeader(line int64, row []cell) bool {
	first, last := row[0], row[len(row)-1]
	if !b.other.isLabel(b.text[first.from():first.end]) && !b.other.isLabel(b.text[last.from():last.end]) {
		return false
	}
	err := b.other.refuse(len(row), func(i int) string { return b.textAt(row, i) })
	if err != nil && b.refused == nil {
		b.refused = fmt.Errorf("line %d: %w", line, err)
	}
	return err != nil
}

// equals says whether the cells of a row are the texts of a header's; there are
// as many of both.
func (r *csvRows) equals(row []cell, texts []string) bool {
	for i, c := range row {
		if !c.hasEscapes() && isOtherWord(r.text[c.from():c.end], texts[i]) {
			return false // most data ends here
		}
		if !sameHeader(withoutBOM(string(r.cellText(c))), withoutBOM(texts[i])) {
			return false
		}
	}
	return true
}

// isOtherWord says at little cost that a text is surely no header: both are
// plain ASCII up to where they differ. false says nothing.
func isOtherWord(text []byte, header string) bool {
	isPlain := func(c byte) bool { return c > ' ' && c < utf8.RuneSelf }
	n := min(len(text), len(header))
	for i := range n {
		a, b := text[i], header[i]
		if !isPlain(a) || !isPlain(b) {
			return false
		}
		if a|0x20 != b|0x20 {
			return true
		}
	}
	return n < len(text) && isPlain(text[n]) || n < len(header) && isPlain(header[n])
}

func (b *csvBatch) isTotal(row []cell) bool {
	for _, t := range b.totals {
		if t.column < len(row) && t.pattern.Match(b.cellText(row[t.column])) {
			return true
		}
	}
	return false
}

// textAt is the text of the i-th cell of a row from 0, "" where there is none.
func (b *csvBatch) textAt(row []cell, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return string(b.cellText(row[i]))
}

// total sets a totals row aside, or refuses it where it is wrong.
func (b *csvBatch) total(line int64, row []cell) {
	if b.control != nil {
		b.control.total(line, len(row), func(i int) string { return b.textAt(row, i) })
	}
	fault, found := b.wrong[line]
	if !found {
		b.out.SetAside(&b.out.Excluded.Totals, line, b.asked, asideTotals)
		return
	}
	b.refuse(line, b.name(fault.column), "totals.difference", fault.reason, b.raw(row))
}

// refuseBytes refuses a row with bytes that are no text.
func (b *csvBatch) refuseBytes(line int64, row []cell) bool {
	for i, c := range row {
		text := b.text[c.from():c.end]
		rule, reason := badText(text, b.encoding)
		if rule == "" {
			continue
		}
		b.refuse(line, b.name(i), rule, reason, b.raw(row))
		return true
	}
	return false
}

func (b *csvBatch) name(i int) string {
	if i < len(b.names) {
		return b.names[i]
	}
	return fmt.Sprintf("column_%d", i+1)
}

// cellText is the text of a cell; it may alias the block.
func (r *csvRows) cellText(c cell) []byte {
	text := r.text[c.from():c.end]
	if c.hasEscapes() {
		return r.unescape(nil, text)
	}
	return text
}

func (b *csvBatch) raw(row []cell) string {
	var raw rawRow
	for i, c := range row {
		raw.add(b.name(i), string(b.cellText(c)), !c.isNull())
	}
	for i := len(row); i < len(b.names); i++ {
		raw.addNull(b.names[i])
	}
	return raw.String()
}

func (b *csvBatch) record() arrow.RecordBatch {
	columns := make([]arrow.Array, 0, len(b.names)+1)
	columns = append(columns, pooledInt64s(b.pool, b.rows))
	for i := range b.names {
		columns = append(columns, cellColumn(b.pool, b.text, b.cells[i:], len(b.names), len(b.rows), b.unescape))
	}
	return newRecord(b.schema, columns, len(b.rows))
}
