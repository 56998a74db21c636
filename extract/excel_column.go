package extract

import (
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/bitutil"

	"loadstar/schemas"
)

// cellColumnKey is the metadata key under which a text column of a worksheet
// tells its column letters, so that later steps can name cells.
const cellColumnKey = "cell_column"

// sheetColumn is one column of the table on a worksheet.
type sheetColumn struct {
	number  int // worksheet column from 1
	name    string
	percent bool // its field counts in percent: a cell that shows 19 % holds 0.19
	money   bool // its amounts are read with the currency that their cells show
	labels  labelUse
}

// isPercent says whether a column feeds a field that counts in percent.
func isPercent(name string, objects []schemas.Object) bool {
	for _, o := range objects {
		for _, p := range o.Properties {
			if strings.HasSuffix(p.Field, "_percent") && (sameHeader(p.Name, name) || isAlias(name, p.Name, []schemas.Object{o})) {
				return true
			}
		}
	}
	return false
}

func sheetSchema(columns []sheetColumn) *arrow.Schema {
	fields := []arrow.Field{{Name: schemas.ColRow, Type: arrow.PrimitiveTypes.Int64}}
	for _, c := range columns {
		fields = append(fields, arrow.Field{
			Name: c.name, Type: arrow.BinaryTypes.String, Nullable: true,
			Metadata: arrow.NewMetadata([]string{cellColumnKey}, []string{columnLetters(c.number)}),
		})
	}
	return arrow.NewSchema(fields, nil)
}

// textBuilder builds a text column whose size is not known beforehand.
type textBuilder struct {
	offsets []int32
	data    []byte
	valid   []byte
	rows    int
	nulls   int
}

func newTextBuilder(rows int) textBuilder {
	b := textBuilder{offsets: make([]int32, 1, rows+1), valid: make([]byte, 0, bitutil.BytesForBits(int64(rows)))}
	return b
}

func (b *textBuilder) add(text []byte) {
	b.data = append(b.data, text...)
	b.end()
	bitutil.SetBit(b.valid, b.rows-1)
}

// extend adds a byte to the last text.
func (b *textBuilder) extend(c byte) {
	b.data = append(b.data, c)
	b.offsets[b.rows] = int32(len(b.data))
}

func (b *textBuilder) addNull() {
	b.nulls++
	b.end()
}

func (b *textBuilder) end() {
	if b.rows%8 == 0 {
		b.valid = append(b.valid, 0)
	}
	b.rows++
	b.offsets = append(b.offsets, int32(len(b.data)))
}

// reset empties the builder, whose memory nothing else may use any more.
func (b *textBuilder) reset() {
	b.offsets, b.data, b.valid, b.rows, b.nulls = b.offsets[:1], b.data[:0], b.valid[:0], 0, 0
}

// array hands the column over; the builder must not be used again.
func (b *textBuilder) array() arrow.Array {
	column := textColumn{offsets: b.offsets, data: b.data, used: len(b.data), rows: b.rows, nulls: b.nulls}
	if b.nulls > 0 {
		column.valid = b.valid
	}
	return column.array()
}
