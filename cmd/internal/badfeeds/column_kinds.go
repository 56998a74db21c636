package badfeeds

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"

	"loadstar/schemas/fault"
)

// columnKindCases are types and ways of packing that few programs write.
func columnKindCases() []Case {
	both := func(name string, want Want, others ...typed) []Case {
		return []Case{
			text("parquet/"+name, "", want).named("invoices.parquet", "parquet").made(parquetOf(typedRecord(others...))),
			text("arrow/"+name, "", want).named("invoices.arrow", "arrow").made(arrowStream(typedRecord(others...))),
		}
	}
	alone := func(name string, want Want, others ...typed) []Case {
		return []Case{text("arrow/"+name, "", want).named("invoices.arrow", "arrow").made(arrowStream(typedRecord(others...)))}
	}
	word := func(column arrow.DataType, add func(array.Builder)) typed { return typed{"status", column, add} }
	fixed := func(width int, values ...string) typed {
		return word(&arrow.FixedSizeBinaryType{ByteWidth: width}, appended(func(b *array.FixedSizeBinaryBuilder) {
			for _, v := range values {
				b.Append([]byte(v))
			}
		}))
	}
	const day = 20455 * 86_400
	const berlin = "Europe/Berlin"
	local := typed{"invoiced_on", &arrow.TimestampType{Unit: arrow.Second, TimeZone: berlin}, appended(func(b *array.TimestampBuilder) {
		b.AppendValues([]arrow.Timestamp{day - 3600, day + 1800}, nil) // midnight and half past one there
	})}
	small := typed{"total_amount", &arrow.Decimal32Type{Precision: 9, Scale: 2}, appended(func(b *array.Decimal32Builder) {
		b.AppendValues([]decimal.Decimal32{10050, 10050}, nil)
	})}
	middle := typed{"total_amount", &arrow.Decimal64Type{Precision: 18, Scale: 4}, appended(func(b *array.Decimal64Builder) {
		b.AppendValues([]decimal.Decimal64{1_005_000, 1_005_000}, nil)
	})}
	var all []Case
	for _, list := range [][]Case{
		both("fixed-bytes", ok(2).with("I-1.status", "open"), fixed(4, "open", "late")),
		both("fixed-bytes-no-text", ok(1, "1 encoding"), fixed(4, "\xff\xfe\x00\x01", "late")),
		both("fixed-bytes-of-hashes", ok(2).with("I-1.status", "ff00ff00ff00ff00"), fixed(8, "\xff\x00\xff\x00\xff\x00\xff\x00", "overdues")),
		both("fixed-bytes-padded", ok(1, "1 nul"), fixed(6, "open\x00\x00", "overdu")),
		alone("moment-of-berlin", ok(1, "2 type.date").with("I-1.invoiced_on", "2026-01-02"), local),
		alone("decimal-32", ok(2), small),
		alone("decimal-64", ok(2), middle),
		alone("months", refused(fault.DeliveryNested, "no text of its own"), word(arrow.FixedWidthTypes.MonthInterval, appended(func(b *array.MonthIntervalBuilder) { b.AppendValues([]arrow.MonthInterval{1, 2}, nil) }))),
		both("small-whole", ok(2).with("I-1.status", "-1"), word(arrow.PrimitiveTypes.Int8, appended(func(b *array.Int8Builder) { b.AppendValues([]int8{-1, 2}, nil) }))),
		both("fixed-list", Want{Bad: []string{"1 json.nested", "2 json.nested"}}, word(arrow.FixedSizeListOf(1, arrow.PrimitiveTypes.Int64), appended(func(b *array.FixedSizeListBuilder) {
			for range 2 {
				b.Append(true)
				b.ValueBuilder().(*array.Int64Builder).Append(1)
			}
		}))),
	} {
		all = append(all, list...)
	}
	packed := func(name string, want Want, options ...parquet.WriterProperty) Case {
		return text("parquet/"+name, "", want).named("invoices.parquet", "parquet").made(parquetWritten(typedRecord(), nil, options...))
	}
	plain := parquet.WithDictionaryDefault(false)
	return append(all,
		packed("packed-with-lz4-raw", ok(2), parquet.WithCompression(compress.Codecs.Lz4Raw)),
		packed("differences-of-numbers", ok(2), plain, parquet.WithEncodingFor("quantity", parquet.Encodings.DeltaBinaryPacked)),
		packed("differences-of-texts", ok(2).with("I-2.status", "open"), plain, parquet.WithEncodingFor("status", parquet.Encodings.DeltaByteArray)),
		packed("lengths-before-texts", ok(2), plain, parquet.WithEncodingFor("status", parquet.Encodings.DeltaLengthByteArray)),
		packed("bytes-split", ok(2), plain, parquet.WithEncodingFor("total_amount", parquet.Encodings.ByteStreamSplit)),
		packed("without-statistics", ok(2), parquet.WithStats(false)),
		text("parquet/footer-too-long", "", refused(fault.DeliveryDamaged, "damaged")).named("invoices.parquet", "parquet").made(changed(parquetOf(typedRecord()), func(b []byte) []byte {
			copy(b[len(b)-8:], []byte{0xff, 0xff, 0xff, 0x7f})
			return b
		})),
	)
}
