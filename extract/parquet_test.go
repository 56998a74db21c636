package extract

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"loadstar/schemas"
)

func parquetBytes(t testing.TB, schema *arrow.Schema, fill func(*array.RecordBuilder), groupLength int64) []byte {
	t.Helper()
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	fill(b)
	record := b.NewRecordBatch()
	defer record.Release()
	var out bytes.Buffer
	w, err := pqarrow.NewFileWriter(schema, &out, parquet.NewWriterProperties(parquet.WithMaxRowGroupLength(groupLength)), pqarrow.DefaultWriterProps())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(record); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func parquetContract() schemas.Contract {
	return schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: "parquet"}}
}

func TestParquetTypesAsExactText(t *testing.T) {
	at := time.Date(2026, 3, 31, 8, 15, 0, 123_000_000, time.UTC)
	stamp := func(unit arrow.TimeUnit) arrow.Timestamp {
		v, err := arrow.TimestampFromTime(at, unit)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "int", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
		{Name: "big", Type: arrow.PrimitiveTypes.Uint64, Nullable: true},
		{Name: "real", Type: arrow.PrimitiveTypes.Float64, Nullable: true},
		{Name: "single", Type: arrow.PrimitiveTypes.Float32, Nullable: true},
		{Name: "flag", Type: arrow.FixedWidthTypes.Boolean, Nullable: true},
		{Name: "money", Type: &arrow.Decimal128Type{Precision: 18, Scale: 4}, Nullable: true},
		{Name: "day", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
		{Name: "utc", Type: arrow.FixedWidthTypes.Timestamp_us, Nullable: true},
		{Name: "local", Type: &arrow.TimestampType{Unit: arrow.Millisecond}, Nullable: true},
		{Name: "clock", Type: arrow.FixedWidthTypes.Time32ms, Nullable: true},
		{Name: "text", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "text", Type: arrow.BinaryTypes.Binary, Nullable: true},
	}, nil)
	content := parquetBytes(t, schema, func(b *array.RecordBuilder) {
		b.Field(0).(*array.Int32Builder).Append(-7)
		b.Field(1).(*array.Uint64Builder).Append(18446744073709551615)
		b.Field(2).(*array.Float64Builder).Append(0.1)
		b.Field(3).(*array.Float32Builder).Append(0.1)
		b.Field(4).(*array.BooleanBuilder).Append(true)
		b.Field(5).(*array.Decimal128Builder).Append(decimal128.FromI64(-12345))
		b.Field(6).(*array.Date32Builder).Append(arrow.Date32FromTime(at))
		b.Field(7).(*array.TimestampBuilder).Append(stamp(arrow.Microsecond))
		b.Field(8).(*array.TimestampBuilder).Append(stamp(arrow.Millisecond))
		b.Field(9).(*array.Time32Builder).Append(arrow.Time32(8*3600_000 + 15*60_000))
		b.Field(10).(*array.StringBuilder).Append("Ærø")
		b.Field(11).(*array.BinaryBuilder).Append([]byte("raw"))
		for i := range b.Fields() {
			b.Field(i).AppendNull()
		}
	}, 100)
	l := landBytes(t, "in.parquet", content)
	s, err := Open(parquetContract(), l)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`@1 int="-7" big="18446744073709551615" real="0.1" single="0.1" flag="true" money="-1.2345" day="2026-03-31"` +
		` utc="2026-03-31T08:15:00.123Z" local="2026-03-31T08:15:00.123" clock="08:15:00" text="Ærø" text_2="raw"`, `@2`}
	if d := read(t, s); d.err != nil || !slices.Equal(d.rows, want) {
		t.Errorf("got\n%s", d)
	}
	testSource(t, parquetContract(), l)
}

// TestParquetLargeGroups reads row groups larger than a batch in pieces.
func TestParquetLargeGroups(t *testing.T) {
	const rows = groupRows*3 + 5
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "n", Type: arrow.PrimitiveTypes.Int64}, {Name: "text", Type: arrow.BinaryTypes.String, Nullable: true},
	}, nil)
	content := parquetBytes(t, schema, func(b *array.RecordBuilder) {
		for i := range rows {
			b.Field(0).(*array.Int64Builder).Append(int64(i + 1))
			if i%3 == 0 {
				b.Field(1).AppendNull()
			} else {
				b.Field(1).(*array.StringBuilder).Append(fmt.Sprint("t", i+1))
			}
		}
	}, groupRows*2)
	s, err := Open(parquetContract(), landBytes(t, "in.parquet", content))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(collect(t, s)); n != 4 {
		t.Errorf("%d chunks", n)
	}
	d := read(t, s)
	if d.err != nil || len(d.rows) != rows {
		t.Fatalf("%d rows, %v", len(d.rows), d.err)
	}
	for i, row := range d.rows {
		want := fmt.Sprintf(`@%d n="%d"`, i+1, i+1)
		if i%3 != 0 {
			want += fmt.Sprintf(` text="t%d"`, i+1)
		}
		if row != want {
			t.Fatalf("row %d is %s, want %s", i+1, row, want)
		}
	}
}

func TestParquetRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"empty":     {nil, "is empty"},
		"text":      {[]byte("a,b\n1,2\n"), "no Parquet file"},
		"zip":       {[]byte("PK\x03\x04........"), "not a Parquet file"},
		"encrypted": {[]byte("PARE............PARE"), "encrypted"},
		"no footer": {[]byte("PAR1aaaaaaaaaaaaaaaaaaaaaaaaaaa"), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Open(parquetContract(), landBytes(t, "in.parquet", c.content))
			if err != nil {
				t.Fatal(err)
			}
			if d := read(t, s); d.err == nil || !strings.Contains(d.err.Error(), c.want) || !strings.Contains(d.err.Error(), "in.parquet") {
				t.Errorf("got %v, want %q", d.err, c.want)
			}
		})
	}
}

func TestParquetBadTextIsRejected(t *testing.T) {
	schema := arrow.NewSchema([]arrow.Field{{Name: "a", Type: arrow.BinaryTypes.Binary}, {Name: "b", Type: arrow.BinaryTypes.String}}, nil)
	content := parquetBytes(t, schema, func(b *array.RecordBuilder) {
		for _, text := range []string{"ok", "\xff", "nul\x00"} {
			b.Field(0).(*array.BinaryBuilder).Append([]byte(text))
			b.Field(1).(*array.StringBuilder).Append("kept")
		}
	}, 10)
	s, err := Open(parquetContract(), landBytes(t, "in.parquet", content))
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, s)
	if !slices.Equal(d.rows, []string{`@1 a="ok" b="kept"`}) || len(d.rejects) != 2 || !strings.Contains(d.rejects[0], "|2|a|encoding|") {
		t.Error(d)
	}
}
