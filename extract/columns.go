package extract

import (
	"encoding/binary"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/bitutil"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
)

// textSchema is the schema of a decoded batch with these text columns.
func textSchema(columns []string) *arrow.Schema {
	fields := []arrow.Field{{Name: schemas.ColRow, Type: arrow.PrimitiveTypes.Int64}}
	for _, name := range columns {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	return arrow.NewSchema(fields, nil)
}

// int64Column makes a column without nulls; it keeps values.
func int64Column(values []int64) arrow.Array { return pooledInt64s(nil, values) }

// int64Space is room for values of pooledInt64s.
func int64Space(pool *schemas.Pool, rows int) []int64 {
	return arrow.Int64Traits.CastFromBytes(pool.Allocate(arrow.Int64Traits.BytesRequired(rows)))[:0]
}

// pooledInt64s is int64Column of memory that goes back to the pool.
func pooledInt64s(pool *schemas.Pool, values []int64) arrow.Array {
	buffer := pool.Buffer(arrow.Int64Traits.CastToBytes(values))
	data := array.NewData(arrow.PrimitiveTypes.Int64, len(values), []*memory.Buffer{nil, buffer}, nil, 0, 0)
	defer data.Release()
	buffer.Release()
	return array.NewInt64Data(data)
}

// textColumn builds one text column of a known number of rows and a known
// bound of bytes.
type textColumn struct {
	pool    *schemas.Pool
	offsets []int32
	data    []byte
	used    int
	valid   []byte // nil while there is no null
	rows    int
	nulls   int
}

// wordCopy is how many bytes a short text is copied with, whatever its length.
const wordCopy = 16

func newTextColumn(pool *schemas.Pool, rows, bytes int) *textColumn {
	c := &textColumn{pool: pool, data: pool.Allocate(bytes + wordCopy)}
	c.offsets = arrow.Int32Traits.CastFromBytes(pool.Allocate(arrow.Int32Traits.BytesRequired(rows + 1)))
	c.offsets[0] = 0
	return c
}

// add appends from[:n]. from is at least wordCopy long, so that a short text
// is copied without a call.
func (c *textColumn) add(from []byte, n int) {
	if n <= wordCopy {
		to := c.data[c.used : c.used+wordCopy]
		binary.LittleEndian.PutUint64(to, binary.LittleEndian.Uint64(from))
		binary.LittleEndian.PutUint64(to[8:], binary.LittleEndian.Uint64(from[8:wordCopy]))
	} else {
		copy(c.data[c.used:], from[:n])
	}
	c.used += n
	c.endText()
}

// endText ends a text that was written to data[used:].
func (c *textColumn) endText() {
	c.rows++
	c.offsets[c.rows] = int32(c.used)
}

func (c *textColumn) addNull() {
	if c.valid == nil {
		c.valid = make([]byte, bitutil.BytesForBits(int64(len(c.offsets)-1)))
		for i := range c.valid {
			c.valid[i] = 0xFF
		}
	}
	bitutil.ClearBit(c.valid, c.rows)
	c.nulls++
	c.endText()
}

// array hands the column over; the builder must not be used again.
func (c *textColumn) array() arrow.Array {
	buffers := []*memory.Buffer{
		nil,
		c.pool.Buffer(arrow.Int32Traits.CastToBytes(c.offsets)),
		c.pool.Buffer(c.data[:c.used]),
	}
	if c.valid != nil {
		buffers[0] = memory.NewBufferBytes(c.valid)
	}
	data := array.NewData(arrow.BinaryTypes.String, c.rows, buffers, nil, c.nulls, 0)
	defer data.Release()
	buffers[1].Release()
	buffers[2].Release()
	return array.NewStringData(data)
}

// newRecord makes a record that owns its columns.
func newRecord(schema *arrow.Schema, columns []arrow.Array, rows int) arrow.RecordBatch {
	record := array.NewRecordBatch(schema, columns, int64(rows))
	for _, c := range columns {
		c.Release()
	}
	return record
}

// emptyRecord has the columns and no row.
func emptyRecord(columns []string) arrow.RecordBatch {
	arrays := []arrow.Array{int64Column(nil)}
	for range columns {
		arrays = append(arrays, newTextColumn(nil, 0, 0).array())
	}
	return newRecord(textSchema(columns), arrays, 0)
}
