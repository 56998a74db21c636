package transform

import (
	"encoding/binary"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

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
			return nil, err
		}
	}
	conformed := make([]schemas.Conformed, len(objects))
	for i, op := range objects {
		conformed[i] = newRun(p, op, bindings[i], in).conform()
	}
	return conformed, nil
}

// batch is a decoded record with its columns typed.
type batch struct {
	rows      int
	header    []string
	columns   []textColumn
	cells     []string // worksheet column letters, "" = none
	row       *array.Int64
	sheet     string
	place     Place
	delivered string
}

// textColumn reads one text column; exactly one of the arrays is set, or none
// for a lineage column.
type textColumn struct {
	ascii bool // every value of the column is ASCII
	plain *array.String
	other interface {
		arrow.Array
		Value(i int) string
	}
}

func (c textColumn) value(i int) (string, bool) {
	if c.plain != nil {
		if c.plain.IsNull(i) {
			return "", false
		}
		return c.plain.Value(i), true
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
	in := &batch{rows: int(rec.NumRows())}
	for i, field := range rec.Schema().Fields() {
		in.header = append(in.header, field.Name)
		cell := ""
		if k := field.Metadata.FindKey("cell_column"); k >= 0 {
			cell = field.Metadata.Values()[k]
		}
		in.cells = append(in.cells, cell)
		var c textColumn
		switch col := rec.Column(i).(type) {
		case *array.String:
			c.plain = col
			c.ascii = isASCIIBytes(col.ValueBytes())
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
