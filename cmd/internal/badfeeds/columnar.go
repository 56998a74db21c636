package badfeeds

import (
	"bytes"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"loadstar/schemas/fault"
)

// columns are the good rows as typed columns. amount replaces the second
// row's amount, in ten thousandths.
func columns(rows int, amount int64) arrow.RecordBatch {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "invoice_id", Type: arrow.BinaryTypes.String},
		{Name: "status", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "invoiced_on", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
		{Name: "total_amount", Type: &arrow.Decimal128Type{Precision: 30, Scale: 6}},
		{Name: "quantity", Type: arrow.PrimitiveTypes.Int64},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for i := 1; i <= rows; i++ {
		value := int64(100_500_000)
		if i == 2 {
			value = amount
		}
		b.Field(0).(*array.StringBuilder).Append(fmt.Sprintf("I-%d", i))
		b.Field(1).(*array.StringBuilder).Append("open")
		b.Field(2).(*array.Date32Builder).Append(arrow.Date32(20454 + i%28))
		b.Field(3).(*array.Decimal128Builder).Append(decimal128.FromI64(value))
		b.Field(4).(*array.Int64Builder).Append(9007199254740992 + int64(i))
	}
	return b.NewRecordBatch()
}

func parquetFile(rows int, amount int64) func() ([]byte, error) {
	return func() ([]byte, error) {
		record := columns(rows, amount)
		defer record.Release()
		var b bytes.Buffer
		w, err := pqarrow.NewFileWriter(record.Schema(), &b, parquet.NewWriterProperties(), pqarrow.DefaultWriterProps())
		if err != nil {
			return nil, err
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
		err = w.Close()
		return b.Bytes(), err
	}
}

func arrowStream(batches ...arrow.RecordBatch) func() ([]byte, error) {
	return func() ([]byte, error) {
		var b bytes.Buffer
		w := ipc.NewWriter(&b, ipc.WithSchema(batches[0].Schema()))
		for _, record := range batches {
			if err := w.Write(record); err != nil {
				return nil, err
			}
		}
		err := w.Close()
		return b.Bytes(), err
	}
}

// buffer is a file in memory.
type buffer struct{ bytes.Buffer }

func (b *buffer) Seek(int64, int) (int64, error) { return int64(b.Len()), nil }

var _ io.WriteSeeker = (*buffer)(nil)

func arrowFile(rows int) func() ([]byte, error) {
	return func() ([]byte, error) {
		record := columns(rows, 100_500_000)
		defer record.Release()
		var b buffer
		w, err := ipc.NewFileWriter(&b, ipc.WithSchema(record.Schema()))
		if err != nil {
			return nil, err
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
		err = w.Close()
		return b.Bytes(), err
	}
}

func nestedRecord() arrow.RecordBatch {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "invoice_id", Type: arrow.BinaryTypes.String},
		{Name: "lines", Type: arrow.ListOf(arrow.PrimitiveTypes.Int64)},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	b.Field(0).(*array.StringBuilder).Append("I-1")
	lines := b.Field(1).(*array.ListBuilder)
	lines.Append(true)
	lines.ValueBuilder().(*array.Int64Builder).Append(1)
	return b.NewRecordBatch()
}

func columnarCases() []Case {
	parquetCase := func(name string, want Want, make func() ([]byte, error)) Case {
		return text("parquet/"+name, "", want).named("invoices.parquet", "parquet").made(make)
	}
	arrowCase := func(name string, want Want, make func() ([]byte, error)) Case {
		return text("arrow/"+name, "", want).named("invoices.arrow", "arrow").made(make)
	}
	middle := func(b []byte) []byte {
		for i := range 16 {
			b[len(b)/3+i] ^= 0xFF
		}
		return b
	}
	return []Case{
		parquetCase("good", ok(3).with("I-1.quantity", "9007199254740993"), parquetFile(3, 100_500_000)),
		parquetCase("five-places", ok(2, "2 scale"), parquetFile(3, 100_500_010)),
		parquetCase("cut", refused(fault.DeliveryDamaged, "cut off"), changed(parquetFile(300, 100_500_000), cut)),
		parquetCase("no-rows", Want{Gate: "holds no row"}, parquetFile(0, 0)),
		parquetCase("empty-file", refused(fault.DeliveryEmpty, "empty"), constant(nil)),
		parquetCase("footer-damaged", refused(fault.DeliveryDamaged, "damaged"), changed(parquetFile(300, 100_500_000), func(b []byte) []byte {
			for i := range 40 {
				b[len(b)-60+i] ^= 0xFF
			}
			return b
		})),
		arrowCase("stream", ok(3).with("I-1.quantity", "9007199254740993"), arrowStream(columns(3, 100_500_000))),
		arrowCase("two-batches", ok(3), func() ([]byte, error) {
			all := columns(3, 100_500_000)
			return arrowStream(all.NewSlice(0, 2), all.NewSlice(2, 3))()
		}),
		arrowCase("file", ok(3), arrowFile(3)),
		arrowCase("five-places", ok(2, "2 scale"), arrowStream(columns(3, 100_500_010))),
		arrowCase("no-rows", Want{Gate: "holds no row"}, arrowStream(columns(0, 0))),
		arrowCase("nested", refused(fault.DeliveryColumn, "total_amount"), arrowStream(nestedRecord())),
		arrowCase("stream-cut", refused(fault.DeliveryCut, "cut off"), changed(arrowStream(columns(300, 100_500_000)), cut)),
		arrowCase("stream-without-end", refused(fault.DeliveryCut, "cut off"), changed(arrowStream(columns(300, 100_500_000)), func(b []byte) []byte { return b[:len(b)-8] })),
		arrowCase("file-cut", refused(fault.DeliveryDamaged, "cut off"), changed(arrowFile(300), cut)),
		arrowCase("schema-damaged", refused(fault.DeliveryDamaged, "damaged"), changed(arrowStream(columns(3, 0)), func(b []byte) []byte {
			for i := 8; i < 60; i++ {
				b[i] ^= 0x5A
			}
			return b
		})),
		arrowCase("empty-file", refused(fault.DeliveryEmpty, "empty"), constant(nil)),
		arrowCase("is-csv", refused(fault.DeliveryKind, "no Arrow"), constant([]byte(header+good(1, 2)))),
		arrowCase("batch-damaged", refused(fault.DeliveryDamaged, "damaged"), changed(arrowStream(columns(3, 0)), middle)),
	}
}
