package transform

import (
	"encoding/binary"
	"fmt"
	"time"
	"unicode/utf8"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/bitutil"

	"loadstar/schemas"
)

// Place says where the rows of a decoded batch were delivered.
type Place struct {
	FileKey   int64     // see schemas.FileKey; of the batch's sheet
	File      string    // path as delivered, for people
	Delivered time.Time // moment the delivery speaks for, zero = unknown
}

// Apply conforms and cleanses one decoded batch: one Conformed for each object
// its rows concern, in contract order, with an empty record where no row is
// good. A batch without a record gives none. The caller owns the records
// returned and still owns dec. Errors are faults of the delivery (a required
// column is missing); faults of a row are rejects.
func (p *Plan) Apply(dec schemas.Decoded, at Place) ([]schemas.Conformed, error) {
	if dec.Record == nil {
		return nil, nil
	}
	objects := p.objects
	if dec.Object != "" {
		op, err := p.objectNamed(dec.Object)
		if err != nil {
			return nil, err
		}
		objects = []*objectPlan{op}
	}
	in, err := readBatch(dec.Record)
	if err != nil {
		return nil, fmt.Errorf("read batch of feed %s: %w", p.contract.Feed, err)
	}
	in.sheet, in.place = dec.Sheet, at
	if !at.Delivered.IsZero() {
		in.delivered = at.Delivered.UTC().Format("2006-01-02T15:04:05.999999Z")
	}
	// All headers first: a missing column makes no half of a result.
	bindings := make([]*Binding, len(objects))
	for i, op := range objects {
		if bindings[i], err = p.Bind(op.object.Name, in.header); err != nil {
			if dec.Sheet != "" {
				err = fmt.Errorf("sheet %q: %w", dec.Sheet, err)
			}
			return nil, err
		}
	}
	runs := make([]*run, len(objects))
	for i, op := range objects {
		runs[i] = newRun(p, op, bindings[i], in)
	}
	if len(runs) > 1 {
		runs[0].beside = runs[1:]
	}
	conformed := make([]schemas.Conformed, len(objects))
	for i, r := range runs {
		conformed[i] = r.conform()
	}
	return conformed, nil
}

// batch is a decoded record with its columns typed.
type batch struct {
	rows      int
	header    []string
	columns   []textColumn
	told      []int        // columns that hold what was delivered, not where it stood
	left      map[int]bool // rows that an object refused for being none
	cells     []string     // worksheet column letters, "" = none
	row       *array.Int64
	sheet     string
	place     Place
	delivered string
}

// textColumn reads one text column. The texts of a plain one lie in one piece;
// a lineage column has none.
type textColumn struct {
	ascii   bool    // every value of the column is ASCII
	text    string  // of all rows of a plain column
	offsets []int32 // in text, one more than rows
	nulls   []byte  // bitmap of values, nil = none is null
	first   int     // bit of the first row
	other   interface {
		arrow.Array
		Value(i int) string
	}
}

// newTextColumn reads a plain column, which must outlive it.
func newTextColumn(col *array.String) textColumn {
	if col.Len() == 0 {
		return textColumn{ascii: true, offsets: []int32{0}}
	}
	bytes, offsets := col.ValueBytes(), col.ValueOffsets()
	c := textColumn{ascii: isASCIIBytes(bytes), offsets: offsets, first: col.Data().Offset()}
	c.text = unsafe.String(unsafe.SliceData(bytes), len(bytes))
	if col.NullN() > 0 {
		c.nulls = col.NullBitmapBytes()
	}
	return c
}

func (c *textColumn) isPlain() bool { return c.offsets != nil }

func (c *textColumn) value(i int) (string, bool) {
	if c.offsets != nil {
		if c.nulls != nil && !bitutil.BitIsSet(c.nulls, c.first+i) {
			return "", false
		}
		return c.text[c.offsets[i]-c.offsets[0] : c.offsets[i+1]-c.offsets[0]], true
	}
	if c.other == nil || c.other.IsNull(i) {
		return "", false
	}
	return c.other.Value(i), true
}

// isASCIIBytes looks at a whole column at once, so that rows need not.
func isASCIIBytes(b []byte) bool {
	for ; len(b) >= 8; b = b[8:] {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func readBatch(rec arrow.RecordBatch) (*batch, error) {
	n := int(rec.NumCols())
	in := &batch{rows: int(rec.NumRows()), header: make([]string, 0, n), cells: make([]string, 0, n), columns: make([]textColumn, 0, n)}
	for i := range n {
		field := rec.Schema().Field(i)
		in.header = append(in.header, field.Name)
		if !isLineage(field.Name) {
			in.told = append(in.told, i)
		}
		cell := ""
		if k := field.Metadata.FindKey("cell_column"); k >= 0 {
			cell = field.Metadata.Values()[k]
		}
		in.cells = append(in.cells, cell)
		var c textColumn
		switch col := rec.Column(i).(type) {
		case *array.String:
			c = newTextColumn(col)
		case *array.LargeString:
			c.other = col
		case *array.StringView:
			c.other = col
		case *array.Int64:
			if field.Name == schemas.ColRow {
				in.row = col
			} else if field.Name != schemas.ColParentRow {
				return nil, fmt.Errorf("column %q is no text", field.Name)
			}
		default:
			return nil, fmt.Errorf("column %q is no text", field.Name)
		}
		in.columns = append(in.columns, c)
	}
	if in.row == nil {
		return nil, fmt.Errorf("column %q is missing", schemas.ColRow)
	}
	return in, nil
}
