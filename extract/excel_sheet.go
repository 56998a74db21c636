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
	lastRow    int64 // of the table, 0 = with the sheet
	only       columnFilter
	merged     *mergedValues // nil = none, or not asked for
	headers    [][]string
	other      *otherHeader
	totals     []columnMatch
	totalsRows []cellRange
	keepHidden bool
	stopGroups bool // the contract groups digits by stops, which workbooks don't
	signs      []string
	// differences are the totals rows, by row, that are not the sum of theirs.
	differences func() (map[int64]totalFault, error)
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
	size    int  // bytes of text
	checks  bool // some text may be bad
	scratch []byte
	nextRow int64
}

func newSheetBatch(d *sheetDecoder, block []byte, start int64) *sheetBatch {
	b := &sheetBatch{
		sheetDecoder: d, nextRow: max(start, d.firstRow),
		reader: rowReader{xml: xmlScanner{buf: block}, tables: d.tables, next: start, only: d.only},
		checks: d.tables.strings.mayBeBad || d.merged != nil || mayBeBad(block),
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
		if b.nextRow <= b.asked && b.asked < b.reader.row {
			b.out.Aside = asideBlank
		}
		b.nextRow = b.reader.row + 1
		b.merged.fill(&b.reader)
		excluded, err := b.excluded()
		if err != nil {
			return err
		}
		if !excluded && !b.refused() {
			b.keep()
		}
		if b.size > sheetChunkText {
			return fmt.Errorf("the rows up to it hold more than the %d MB of text that are allowed", sheetChunkText>>20)
		}
	}
}

// excluded counts the row if it is set aside by rule, or refuses it as a
// totals row that is wrong.
func (b *sheetBatch) excluded() (bool, error) {
	row := b.reader.row
	switch {
	case !b.reader.hasValue():
		b.setAside(&b.out.Excluded.Blank, row, asideBlank)
	case b.reader.hidden && !b.keepHidden:
		b.setAside(&b.out.Excluded.Hidden, row, asideHidden)
	case b.lastRow > 0 && row > b.lastRow:
		b.setAside(&b.out.Excluded.Hidden, row, "it stands below the table")
	case b.isHeader(&b.reader):
		b.setAside(&b.out.Excluded.Header, row, asideHeader)
	case b.isTotal(&b.reader):
		return true, b.total()
	default:
		return false, b.refuseOtherHeader()
	}
	return true, nil
}

// refuseOtherHeader refuses the sheet where the row is a header with other
// columns.
func (b *sheetBatch) refuseOtherHeader() error {
	last := len(b.columns) - 1
	if last < 0 || !b.other.isLabel(b.cell(0).text) && !b.other.isLabel(b.cell(last).text) {
		return nil
	}
	return b.other.refuse(len(b.columns), func(i int) string {
		if cell := b.cell(i); cell.state == cellValue {
			return string(cell.text)
		}
		return ""
	})
}

func (b *sheetBatch) setAside(count *int64, row int64, why string) {
	b.out.SetAside(count, row, b.asked, why)
}

// total sets a totals row aside, or refuses it where it is not the sum of its
// rows.
func (b *sheetBatch) total() error {
	wrong, err := b.differences()
	if err != nil {
		return err
	}
	fault, found := wrong[b.reader.row]
	if !found {
		b.setAside(&b.out.Excluded.Totals, b.reader.row, asideTotals)
		return nil
	}
	reject := b.reject(b.reader.row, b.columns[fault.column].name, "totals.difference", fault.reason, b.raw())
	reject.At.Cell = cellName(b.columns[fault.column].number, b.reader.row)
	reject.Value = string(b.cell(fault.column).text)
	b.out.Rejects = append(b.out.Rejects, reject)
	return nil
}

// hasValue says whether some cell of the row has a value.
func (r *rowReader) hasValue() bool {
	for _, column := range r.used {
		cell := r.cells[column]
		if cell.state != cellValue || len(bytes.TrimSpace(cell.text)) > 0 {
			return true
		}
	}
	return false
}

// cell returns the row's cell under the column at position i.
func (b *sheetBatch) cell(i int) sheetCell { return b.cellOf(&b.reader, i) }

// cellOf returns a row's cell under the column at position i.
func (d *sheetDecoder) cellOf(r *rowReader, i int) sheetCell {
	if at := d.columns[i].number - 1; at < len(r.cells) {
		return r.cells[at]
	}
	return sheetCell{}
}

func (d *sheetDecoder) isHeader(r *rowReader) bool {
	for _, header := range d.headers {
		same := true
		for i := range d.columns {
			cell := d.cellOf(r, i)
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

// isTotal says whether a row is a totals row: by the contract's rules, by what
// the workbook says, or because a cell sums up those above it.
func (d *sheetDecoder) isTotal(r *rowReader) bool {
	for _, t := range d.totals {
		if cell := d.cellOf(r, t.column); cell.state == cellValue && t.pattern.Match(bytes.TrimSpace(cell.text)) {
			return true
		}
	}
	for _, column := range r.used {
		if r.cells[column].how == sumFormula && len(d.headers) > 0 {
			return true
		}
	}
	return len(d.headers) > 0 && d.isTotalsRow(r)
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
	if b.checks {
		return badText(cell.text, "utf-8")
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
		if cell.percent && b.columns[i].percent {
			if text, ok := appendPercent(b.scratch[:0], cell.text); ok {
				b.scratch, cell.text = text, text
			}
		}
		if cell.label != nil && cell.label.use <= b.columns[i].labels {
			if text, ok := cell.label.append(b.scratch[:0], cell.text); ok {
				b.scratch, cell.text = text, text
			}
		}
		b.texts[i].add(cell.text)
		if cell.number && b.stopGroups && looksGrouped(cell.text) {
			// 1.234 is a number here, and would be read as 1,234 elsewhere.
			b.texts[i].extend('0')
		}
		if cell.sign != 0 && cell.number && b.columns[i].money {
			b.texts[i].extend(' ')
			for _, c := range []byte(b.signs[cell.sign]) {
				b.texts[i].extend(c)
			}
		}
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

// looksGrouped says whether a number with three decimal places reads as
// thousands grouped by a stop.
func looksGrouped(text []byte) bool {
	whole, decimals, found := bytes.Cut(bytes.TrimPrefix(text, []byte("-")), []byte("."))
	return found && len(decimals) == 3 && len(whole) <= 3
}
