package transform

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
)

// builder collects the columns of a conformed record.
type builder struct {
	op             *objectPlan
	rows           int
	rowID, content []schemas.ID
	fileKey        []int64
	sourceRow      []int64
	version        vector
	customer       vector
	referrer       vector
	fields         []vector
	attributes     vector
}

// vector collects one nullable column. Buffers are made for a number of rows
// at once; text grows.
type vector struct {
	kind    schemas.Type
	rows    int
	nulls   int
	valid   []byte
	ints    []int64
	days    []int32
	decs    []decimal128.Num
	bits    []byte
	offsets []int32
	data    []byte
}

func newBuilder(op *objectPlan, rows int) *builder {
	b := &builder{
		op:         op,
		rowID:      make([]schemas.ID, 0, rows),
		content:    make([]schemas.ID, 0, rows),
		fileKey:    make([]int64, 0, rows),
		sourceRow:  make([]int64, 0, rows),
		version:    newVector(schemas.Integer, rows),
		attributes: newVector(schemas.Text, rows),
		fields:     make([]vector, len(op.outputs)),
	}
	if op.hasCustomer {
		b.customer = newVector(schemas.Integer, rows)
	}
	if op.hasReferrer {
		b.referrer = newVector(schemas.Integer, rows)
	}
	for i, out := range op.outputs {
		b.fields[i] = newVector(out.field.Type, rows)
	}
	return b
}

func newVector(t schemas.Type, rows int) vector {
	v := vector{kind: t, valid: make([]byte, bitmapSize(rows))}
	switch t {
	case schemas.Integer, schemas.Timestamp:
		v.ints = make([]int64, 0, rows)
	case schemas.Date:
		v.days = make([]int32, 0, rows)
	case schemas.Decimal:
		v.decs = make([]decimal128.Num, 0, rows)
	case schemas.Bool:
		v.bits = make([]byte, bitmapSize(rows))
	default:
		v.offsets = append(make([]int32, 0, rows+1), 0)
	}
	return v
}

// bitmapSize pads a bitmap to whole words, as readers may look at words.
func bitmapSize(rows int) int { return (rows + 63) / 64 * 8 }

func (v *vector) append(c *cell) {
	switch v.kind {
	case schemas.Integer, schemas.Timestamp:
		v.ints = append(v.ints, c.num)
	case schemas.Date:
		v.days = append(v.days, int32(c.num))
	case schemas.Decimal:
		v.decs = append(v.decs, decimal128.FromI64(c.num))
	case schemas.Bool:
		if c.num == 1 {
			v.bits[v.rows>>3] |= 1 << (v.rows & 7)
		}
	default:
		v.data = append(v.data, c.text...)
		v.offsets = append(v.offsets, int32(len(v.data)))
	}
	v.mark(c.ok)
}

// expect makes room for bytes of text.
func (v *vector) expect(bytes int) {
	if v.offsets != nil {
		v.data = make([]byte, 0, bytes)
	}
}

func (v *vector) mark(ok bool) {
	if ok {
		v.valid[v.rows>>3] |= 1 << (v.rows & 7)
	} else {
		v.nulls++
	}
	v.rows++
}

func (v *vector) appendInt(n int64, ok bool) {
	v.ints = append(v.ints, n)
	v.mark(ok)
}

func (v *vector) appendText(s string, ok bool) {
	v.data = append(v.data, s...)
	v.offsets = append(v.offsets, int32(len(v.data)))
	v.mark(ok)
}

func (v *vector) array() arrow.Array {
	buffers := []*memory.Buffer{nil}
	if v.nulls > 0 {
		buffers[0] = memory.NewBufferBytes(v.valid)
	}
	switch v.kind {
	case schemas.Integer, schemas.Timestamp:
		buffers = append(buffers, memory.NewBufferBytes(arrow.Int64Traits.CastToBytes(v.ints)))
	case schemas.Date:
		buffers = append(buffers, memory.NewBufferBytes(arrow.Int32Traits.CastToBytes(v.days)))
	case schemas.Decimal:
		buffers = append(buffers, memory.NewBufferBytes(arrow.Decimal128Traits.CastToBytes(v.decs)))
	case schemas.Bool:
		buffers = append(buffers, memory.NewBufferBytes(v.bits))
	default:
		buffers = append(buffers, memory.NewBufferBytes(arrow.Int32Traits.CastToBytes(v.offsets)), memory.NewBufferBytes(v.data))
	}
	data := array.NewData(v.kind.Arrow(), v.rows, buffers, nil, v.nulls, 0)
	defer data.Release()
	return array.MakeFromData(data)
}

// record makes the record; the builder is used up.
func (b *builder) record() arrow.RecordBatch {
	columns := []arrow.Array{idArray(b.rowID), idArray(b.content), intArray(b.fileKey), intArray(b.sourceRow), b.version.array()}
	if b.op.hasCustomer {
		columns = append(columns, b.customer.array())
	}
	if b.op.hasReferrer {
		columns = append(columns, b.referrer.array())
	}
	for i := range b.fields {
		columns = append(columns, b.fields[i].array())
	}
	columns = append(columns, b.attributes.array())
	rec := array.NewRecordBatch(b.op.schema, columns, int64(b.rows))
	for _, c := range columns {
		c.Release()
	}
	return rec
}

func idArray(ids []schemas.ID) arrow.Array {
	buffers := []*memory.Buffer{nil, memory.NewBufferBytes(arrow.Decimal128Traits.CastToBytes(ids))}
	data := array.NewData(schemas.IDType, len(ids), buffers, nil, 0, 0)
	defer data.Release()
	return array.MakeFromData(data)
}

func intArray(values []int64) arrow.Array {
	buffers := []*memory.Buffer{nil, memory.NewBufferBytes(arrow.Int64Traits.CastToBytes(values))}
	data := array.NewData(arrow.PrimitiveTypes.Int64, len(values), buffers, nil, 0, 0)
	defer data.Release()
	return array.MakeFromData(data)
}
