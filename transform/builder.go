package transform

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
)

// builder collects the columns of a conformed record. Their memory is the
// plan's, and goes back with the record.
type builder struct {
	op             *objectPlan
	pool           *schemas.Pool
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
	pool    *schemas.Pool
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

func newBuilder(pool *schemas.Pool, op *objectPlan, rows int) *builder {
	b := &builder{
		op:         op,
		pool:       pool,
		rowID:      arrow.Decimal128Traits.CastFromBytes(pool.Allocate(16 * rows))[:0],
		content:    arrow.Decimal128Traits.CastFromBytes(pool.Allocate(16 * rows))[:0],
		fileKey:    arrow.Int64Traits.CastFromBytes(pool.Allocate(8 * rows))[:0],
		sourceRow:  arrow.Int64Traits.CastFromBytes(pool.Allocate(8 * rows))[:0],
		version:    newVector(pool, schemas.Integer, rows),
		attributes: newVector(pool, schemas.Text, rows),
		fields:     make([]vector, len(op.outputs)),
	}
	if op.hasCustomer {
		b.customer = newVector(pool, schemas.Integer, rows)
	}
	if op.hasReferrer {
		b.referrer = newVector(pool, schemas.Integer, rows)
	}
	for i, out := range op.outputs {
		b.fields[i] = newVector(pool, out.field.Type, rows)
	}
	return b
}

func newVector(pool *schemas.Pool, t schemas.Type, rows int) vector {
	v := vector{pool: pool, kind: t, valid: pool.Allocate(bitmapSize(rows))}
	for i := range v.valid {
		v.valid[i] = 0xFF // most values are there
	}
	switch t {
	case schemas.Integer, schemas.Timestamp:
		v.ints = arrow.Int64Traits.CastFromBytes(pool.Allocate(8 * rows))[:0]
	case schemas.Date:
		v.days = arrow.Int32Traits.CastFromBytes(pool.Allocate(4 * rows))[:0]
	case schemas.Decimal, schemas.Rate:
		v.decs = arrow.Decimal128Traits.CastFromBytes(pool.Allocate(16 * rows))[:0]
	case schemas.Bool:
		v.bits = zeroed(pool, bitmapSize(rows))
	default:
		v.offsets = append(arrow.Int32Traits.CastFromBytes(pool.Allocate(4 * (rows + 1)))[:0], 0)
	}
	return v
}

func zeroed(pool *schemas.Pool, size int) []byte {
	b := pool.Allocate(size)
	clear(b)
	return b
}

// bitmapSize pads a bitmap to whole words, as readers may look at words.
func bitmapSize(rows int) int { return (rows + 63) / 64 * 8 }

func (v *vector) append(c *cell) {
	switch v.kind {
	case schemas.Integer, schemas.Timestamp:
		v.ints = append(v.ints, c.num)
	case schemas.Date:
		v.days = append(v.days, int32(c.num))
	case schemas.Decimal, schemas.Rate:
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
		v.data = v.pool.Allocate(bytes)[:0]
	}
}

func (v *vector) mark(ok bool) {
	if !ok {
		v.valid[v.rows>>3] &^= 1 << (v.rows & 7)
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
	valid := v.pool.Buffer(v.valid)
	defer valid.Release()
	buffers := []*memory.Buffer{nil}
	if v.nulls > 0 {
		buffers[0] = valid
	}
	add := func(b []byte) { buffers = append(buffers, v.pool.Buffer(b)) }
	switch v.kind {
	case schemas.Integer, schemas.Timestamp:
		add(arrow.Int64Traits.CastToBytes(v.ints))
	case schemas.Date:
		add(arrow.Int32Traits.CastToBytes(v.days))
	case schemas.Decimal, schemas.Rate:
		add(arrow.Decimal128Traits.CastToBytes(v.decs))
	case schemas.Bool:
		add(v.bits)
	default:
		add(arrow.Int32Traits.CastToBytes(v.offsets))
		add(v.data)
	}
	data := array.NewData(v.kind.Arrow(), v.rows, buffers, nil, v.nulls, 0)
	defer data.Release()
	for _, buffer := range buffers[1:] {
		buffer.Release()
	}
	return array.MakeFromData(data)
}

// record makes the record; the builder is used up.
func (b *builder) record() arrow.RecordBatch {
	columns := []arrow.Array{b.idArray(b.rowID), b.idArray(b.content), b.intArray(b.fileKey), b.intArray(b.sourceRow), b.version.array()}
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

func (b *builder) idArray(ids []schemas.ID) arrow.Array {
	return b.plainArray(schemas.IDType, len(ids), arrow.Decimal128Traits.CastToBytes(ids))
}

func (b *builder) intArray(values []int64) arrow.Array {
	return b.plainArray(arrow.PrimitiveTypes.Int64, len(values), arrow.Int64Traits.CastToBytes(values))
}

func (b *builder) plainArray(t arrow.DataType, rows int, values []byte) arrow.Array {
	buffer := b.pool.Buffer(values)
	data := array.NewData(t, rows, []*memory.Buffer{nil, buffer}, nil, 0, 0)
	defer data.Release()
	buffer.Release()
	return array.MakeFromData(data)
}
