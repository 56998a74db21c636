package badfeeds

import (
	"bytes"
	"math"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"loadstar/schemas/fault"
)

// typed is one column of two rows in a type of its own.
type typed struct {
	name   string
	column arrow.DataType
	add    func(array.Builder)
}

func appended[B array.Builder](add func(B)) func(array.Builder) {
	return func(b array.Builder) { add(b.(B)) }
}

// typedRecord has the columns of the usual delivery, of which some have
// another type.
func typedRecord(others ...typed) arrow.RecordBatch {
	columns := []typed{
		{"invoice_id", arrow.BinaryTypes.String, appended(func(b *array.StringBuilder) { b.AppendValues([]string{"I-1", "I-2"}, nil) })},
		{"status", arrow.BinaryTypes.String, appended(func(b *array.StringBuilder) { b.AppendValues([]string{"open", "open"}, nil) })},
		{"invoiced_on", arrow.FixedWidthTypes.Date32, appended(func(b *array.Date32Builder) { b.AppendValues([]arrow.Date32{20455, 20456}, nil) })},
		{"total_amount", arrow.PrimitiveTypes.Float64, appended(func(b *array.Float64Builder) { b.AppendValues([]float64{100.5, 100.5}, nil) })},
		{"quantity", arrow.PrimitiveTypes.Int64, appended(func(b *array.Int64Builder) { b.AppendValues([]int64{1, 2}, nil) })},
	}
	var fields []arrow.Field
	for i := range columns {
		for _, o := range others {
			if o.name == columns[i].name {
				columns[i] = o
			}
		}
		fields = append(fields, arrow.Field{Name: columns[i].name, Type: columns[i].column, Nullable: true})
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	for i, c := range columns {
		c.add(b.Field(i))
	}
	return b.NewRecordBatch()
}

func parquetOf(record arrow.RecordBatch) func() ([]byte, error) {
	return func() ([]byte, error) {
		var b bytes.Buffer
		w, err := pqarrow.NewFileWriter(record.Schema(), &b, parquet.NewWriterProperties(), pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
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

// typeCases are columns whose types other readers cut, round or turn round.
func typeCases() []Case {
	both := func(name string, want Want, others ...typed) []Case {
		return []Case{
			text("parquet/"+name, "", want).named("invoices.parquet", "parquet").made(parquetOf(typedRecord(others...))),
			text("arrow/"+name, "", want).named("invoices.arrow", "arrow").made(arrowStream(typedRecord(others...))),
		}
	}
	moment := func(unit arrow.TimeUnit, zone string, values ...arrow.Timestamp) typed {
		return typed{"invoiced_on", &arrow.TimestampType{Unit: unit, TimeZone: zone}, appended(func(b *array.TimestampBuilder) { b.AppendValues(values, nil) })}
	}
	float := func(values ...float64) typed {
		return typed{"total_amount", arrow.PrimitiveTypes.Float64, appended(func(b *array.Float64Builder) { b.AppendValues(values, nil) })}
	}
	word := func(column arrow.DataType, add func(array.Builder)) typed { return typed{"status", column, add} }
	const day = 20455 * 86_400
	var all []Case
	for _, list := range [][]Case{
		both("float", ok(2)),
		both("float-not-exact", Want{Loaded: 2, Sum: "100.6"}, float(0.1, 100.5)),
		both("float-of-a-sum", ok(1, "1 scale"), float(0.1+0.2+1e-13, 100.5)),
		both("float-nan", ok(1, "1 type.number"), float(math.NaN(), 100.5)),
		both("float-infinite", ok(1, "1 type.number"), float(math.Inf(1), 100.5)),
		both("float-huge", ok(1, "1 range"), float(1e300, 100.5)),
		both("float-32", Want{Loaded: 2, Sum: "101.6"}, typed{"total_amount", arrow.PrimitiveTypes.Float32, appended(func(b *array.Float32Builder) { b.AppendValues([]float32{1.1, 100.5}, nil) })}),
		both("unsigned-beyond-signed", Want{Loaded: 1, Sum: total(1), Bad: []string{"1 range"}},
			typed{"quantity", arrow.PrimitiveTypes.Uint64, appended(func(b *array.Uint64Builder) { b.AppendValues([]uint64{math.MaxUint64, 2}, nil) })}),
		both("whole-as-float", ok(1, "1 type.integer"), typed{"quantity", arrow.PrimitiveTypes.Float64, appended(func(b *array.Float64Builder) { b.AppendValues([]float64{1.5, 2}, nil) })}),
		both("moment-midnight", ok(2).with("I-1.invoiced_on", "2026-01-02"), moment(arrow.Microsecond, "", day*1e6, day*1e6)),
		both("moment-with-time", ok(1, "1 type.date"), moment(arrow.Millisecond, "", day*1e3+1, day*1e3)),
		both("moment-nanosecond", ok(1, "1 type.date"), moment(arrow.Nanosecond, "", day*1e9+1, day*1e9)),
		both("moment-before-1970", ok(2).with("I-1.invoiced_on", "1969-12-31"), moment(arrow.Second, "", -86_400, day)),
		both("date-64", ok(2).with("I-1.invoiced_on", "2026-01-02"), typed{"invoiced_on", arrow.FixedWidthTypes.Date64, appended(func(b *array.Date64Builder) { b.AppendValues([]arrow.Date64{day * 1e3, day * 1e3}, nil) })}),
		both("date-beyond-calendar", ok(1, "1 type.date"), typed{"invoiced_on", arrow.FixedWidthTypes.Date32, appended(func(b *array.Date32Builder) { b.AppendValues([]arrow.Date32{math.MaxInt32, 20456}, nil) })}),
		both("text-no-utf-8", ok(1, "1 encoding"), word(arrow.BinaryTypes.String, appended(func(b *array.StringBuilder) { b.AppendValues([]string{"\xff\xfe", "open"}, nil) }))),
		both("text-nul", ok(1, "1 nul"), word(arrow.BinaryTypes.String, appended(func(b *array.StringBuilder) { b.AppendValues([]string{"o\x00n", "open"}, nil) }))),
		both("bytes", ok(2), word(arrow.BinaryTypes.Binary, appended(func(b *array.BinaryBuilder) { b.AppendValues([][]byte{[]byte("open"), []byte("late")}, nil) }))),
		both("bytes-no-text", ok(1, "1 encoding"), word(arrow.BinaryTypes.Binary, appended(func(b *array.BinaryBuilder) { b.AppendValues([][]byte{{0xff, 0xfe}, []byte("late")}, nil) }))),
		both("boolean", ok(2).with("I-1.status", "true"), word(arrow.FixedWidthTypes.Boolean, appended(func(b *array.BooleanBuilder) { b.AppendValues([]bool{true, false}, nil) }))),
		both("all-null", ok(2).with("I-1.status", ""), word(arrow.BinaryTypes.String, appended(func(b *array.StringBuilder) { b.AppendNulls(2) }))),
		both("amount-null", ok(1, "1 required"), typed{"total_amount", arrow.PrimitiveTypes.Float64, appended(func(b *array.Float64Builder) { b.AppendNull(); b.Append(100.5) })}),
		both("key-null", ok(1, "1 key.missing"), typed{"invoice_id", arrow.BinaryTypes.String, appended(func(b *array.StringBuilder) { b.AppendNull(); b.Append("I-2") })}),
		both("record", Want{Bad: []string{"1 json.nested", "2 json.nested"}}, word(arrow.StructOf(arrow.Field{Name: "a", Type: arrow.PrimitiveTypes.Int64}), appended(func(b *array.StructBuilder) {
			for range 2 {
				b.Append(true)
				b.FieldBuilder(0).(*array.Int64Builder).Append(1)
			}
		}))),
	} {
		all = append(all, list...)
	}
	return append(all,
		text("parquet/end-mark-wrong", "", refused(fault.DeliveryDamaged, "cut off")).named("invoices.parquet", "parquet").made(changed(parquetOf(typedRecord()), func(b []byte) []byte {
			copy(b[len(b)-4:], "PARX")
			return b
		})),
		text("parquet/data-damaged", "", refused(fault.DeliveryDamaged, "damaged")).named("invoices.parquet", "parquet").made(changed(parquetFile(300, 100_500_000), func(b []byte) []byte {
			for i := range 64 {
				b[40+i] ^= 0xA5
			}
			return b
		})),
	)
}
