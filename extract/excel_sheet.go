package extract

import (
	"bytes"
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

const (
	// sheetChunkCells bounds the cells of one chunk of a wide table. Tables of
	// up to narrowColumns are cut by their bytes alone: some thousand rows.
	sheetChunkCells = 1 << 20
	narrowColumns   = 32
	sheetChunkHint  = 8192 // rows that room is made for
	// sheetChunkText bounds the text of one chunk: a workbook can repeat a
	// long shared string at the cost of a few bytes.
	sheetChunkText = 32 << 20
)

// sheetDecoder turns blocks of one worksheet into batches. It isn't changed
// once it is made.
type sheetDecoder struct {
	rowPlace
	tables     *cellTables
	columns    []sheetColumn
	schema     *arrow.Schema
	position   []int // by worksheet column from 0: index in columns, -1 outside
	firstRow   int64 // the first row below the header
	headers    [][]string
	totals     []columnMatch
	keepHidden bool
}

// chunkRows is how many rows a block may have, 0 = as many as its bytes hold.
func (d *sheetDecoder) chunkRows() int {
	if len(d.columns) <= narrowColumns {
		return 0
	}
	return max(1, sheetChunkCells/len(d.columns))
}

// chunk decodes a block whose first row has number start unless it bears one.
func (d *sheetDecoder) chunk(block []byte, start int64) Chunk {
	return func(ctx context.Context) (schemas.Decoded, error) {
		if err := ctx.Err(); err != nil {
			return schemas.Decoded{}, err
		}
		batch := newSheetBatch(d, block, start)
		if err := batch.read(); err != nil {
			return schemas.Decoded{}, fmt.Errorf("read %s#%s: row %d: %w", d.at.File, d.at.Sheet, batch.reader.row, fault.Mark(fault.DeliveryExcel, err))
		}
		return batch.decoded(), nil
	}
}

// sheetBatch is the batch of one block.
type sheetBatch struct {
	*sheetDecoder
	reader  rowReader
	out     schemas.Decoded
	rows    []int64
	texts   []textBuilder
	size    int // bytes of text
	nextRow int64
}

func newSheetBatch(d *sheetDecoder, block []byte, start int64) *sheetBatch {
	b := &sheetBatch{
		sheetDecoder: d, nextRow: max(start, d.firstRow),
		reader: rowReader{xml: xmlScanner{buf: block}, tables: d.tables, next: start},
	}
	rows := min(sheetChunkHint, len(block)/(bytes.Index(block, []byte("</row>"))+len("</row>"))+1)
	b.rows = make([]int64, 0, rows)
	b.texts = make([]textBuilder, len(d.columns))
	for i := range b.texts {
		b.texts[i] = newTextBuilder(rows)
	}
	return b
}

func (b *sheetBatch) read() error {
	for {
		ok, err := b.reader.read()
		if !ok || err != nil {
			return err
		}
		if b.reader.row < b.firstRow {
			continue
		}
		// Rows that the sheet leaves out are blank.
		b.out.Excluded.Blank += max(0, b.reader.row-b.nextRow)
		b.nextRow = b.reader.row + 1
		if !b.excluded() && !b.refused() {
			b.keep()
		}
		if b.size > sheetChunkText {
			return fmt.Errorf("the rows up to it hold more than the %d MB of text that are allowed", sheetChunkText>>20)
		}
	}
}

// excluded counts the row if it is set aside by rule.
func (b *sheetBatch) excluded() bool {
	switch {
	case b.isBlank():
		b.out.Excluded.Blank++
	case b.reader.hidden && !b.keepHidden:
		b.out.Excluded.Hidden++
	case b.isHeader():
		b.out.Excluded.Header++
	case b.isTotal():
		b.out.Excluded.Totals++
	default:
		return false
	}
	return true
}

func (b *sheetBatch) isBlank() bool {
	for _, column := range b.reader.used {
		cell := b.reader.cells[column]
		if cell.state != cellValue || len(bytes.TrimSpace(cell.text)) > 0 {
			return false
		}
	}
	return true
}

// cell returns the row's cell under the column at position i.
func (b *sheetBatch) cell(i int) sheetCell {
	if at := b.columns[i].number - 1; at < len(b.reader.cells) {
		return b.reader.cells[at]
	}
	return sheetCell{}
}

func (b *sheetBatch) isHeader() bool {
	for _, header := range b.headers {
		same := true
		for i := range b.columns {
			cell := b.cell(i)
			if cell.state > cellValue || !sameLabel(cell.text, header[i]) {
				same = false
				break
			}
		}
		if same {
			return true
		}
	}
	return false
}

// sameLabel compares a cell with a label (see normalLabel) without regard to
// case and white space.
func sameLabel(text []byte, label string) bool {
	if len(label) == 0 || len(text) == 0 {
		return len(label) == len(text)
	}
	first := text[0]
	if first > ' ' && first < utf8.RuneSelf && label[0] < utf8.RuneSelf && first|0x20 != label[0]|0x20 {
		return false // most data ends here
	}
	return sameHeader(string(text), label)
}

func (b *sheetBatch) isTotal() bool {
	for _, t := range b.totals {
		if cell := b.cell(t.column); cell.state == cellValue && t.pattern.Match(bytes.TrimSpace(cell.text)) {
			return true
		}
	}
	return false
}

// refused makes the rejects of a row with cells that have no usable value.
func (b *sheetBatch) refused() bool {
	raw := ""
	for _, column := range b.reader.used {
		rule, reason := b.fault(column)
		if rule == "" {
			continue
		}
		if raw == "" {
			raw = b.raw()
		}
		cell := b.reader.cells[column]
		reject := b.reject(b.reader.row, b.columnName(column), rule, reason, raw)
		reject.At.Cell = cellName(column+1, b.reader.row)
		reject.Value = string(bytes.ToValidUTF8(cell.text, []byte("\uFFFD")))
		b.out.Rejects = append(b.out.Rejects, reject)
	}
	return raw != ""
}

func (b *sheetBatch) fault(column int) (rule, reason string) {
	cell := b.reader.cells[column]
	if column >= len(b.position) || b.position[column] < 0 {
		if cell.state == cellValue && len(bytes.TrimSpace(cell.text)) == 0 {
			return "", ""
		}
		return "excel.no_header", "the cell has a value and its column no header; write one or move the cell to another sheet"
	}
	switch cell.state {
	case cellError:
		return "excel.error", "the cell shows an error instead of a value"
	case cellUncached:
		return "excel.formula_uncached", "the formula has no stored result; open the workbook in Excel and save it"
	case cellNoString:
		return "excel.shared_string", "the cell points to a text that the workbook lacks"
	}
	if !utf8.Valid(cell.text) {
		return "encoding", "the value holds bytes that are not utf-8"
	}
	return "", ""
}

func (b *sheetBatch) columnName(column int) string {
	if column < len(b.position) && b.position[column] >= 0 {
		return b.columns[b.position[column]].name
	}
	return fmt.Sprintf("column_%d", column+1)
}

// raw is the row as JSON: the columns, then what stands beside them.
func (b *sheetBatch) raw() string {
	var r rawRow
	for i, c := range b.columns {
		cell := b.cell(i)
		r.add(c.name, string(cell.text), cell.state == cellValue || cell.state == cellError)
	}
	for _, column := range b.reader.used {
		if column >= len(b.position) || b.position[column] < 0 {
			r.add(b.columnName(column), string(b.reader.cells[column].text), true)
		}
	}
	return r.String()
}

func (b *sheetBatch) keep() {
	b.rows = append(b.rows, b.reader.row)
	for i := range b.texts {
		cell := b.cell(i)
		if cell.state == cellNone {
			b.texts[i].addNull()
			continue
		}
		b.texts[i].add(cell.text)
		b.size += len(cell.text)
	}
}

func (b *sheetBatch) decoded() schemas.Decoded {
	columns := []arrow.Array{int64Column(b.rows)}
	for i := range b.texts {
		columns = append(columns, b.texts[i].array())
	}
	b.out.Sheet = b.at.Sheet
	b.out.Record = newRecord(b.schema, columns, len(b.rows))
	return b.out
}
