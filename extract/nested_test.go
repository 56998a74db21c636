package extract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"loadstar/schemas"
)

func nestedSchema() *arrow.Schema {
	text := arrow.BinaryTypes.String
	line := arrow.StructOf(
		arrow.Field{Name: "sku", Type: text, Nullable: true},
		arrow.Field{Name: "qty", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
		arrow.Field{Name: "tags", Type: arrow.ListOf(text), Nullable: true},
	)
	place := arrow.StructOf(arrow.Field{Name: "city", Type: text, Nullable: true})
	return arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: text},
		{Name: "customer", Nullable: true, Type: arrow.StructOf(arrow.Field{Name: "name", Type: text, Nullable: true}, arrow.Field{Name: "home", Type: place, Nullable: true})},
		{Name: "lines", Nullable: true, Type: arrow.ListOf(line)},
		{Name: "scores", Nullable: true, Type: arrow.ListOf(arrow.ListOf(arrow.PrimitiveTypes.Int64))},
	}, nil)
}

// nestedRecords are rows of nestedSchema in JSON: every third value is missing
// somewhere, every list empty at times.
func nestedRecords(t testing.TB, rows int) []map[string]any {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, 7))
	maybe := func(value any) any {
		if rng.IntN(3) == 0 {
			return nil
		}
		return value
	}
	list := func(of func() any) any {
		items := make([]any, rng.IntN(4))
		for i := range items {
			items[i] = of()
		}
		return maybe(items)
	}
	word := func() any { return maybe([]string{"", "a", "é \"quoted\"\n", `back\slash`}[rng.IntN(4)]) }
	var records []map[string]any
	for i := range rows {
		records = append(records, map[string]any{
			"id":       fmt.Sprint("O-", i),
			"customer": maybe(map[string]any{"name": word(), "home": maybe(map[string]any{"city": word()})}),
			"lines":    list(func() any { return map[string]any{"sku": word(), "qty": maybe(rng.IntN(100)), "tags": list(word)} }),
			"scores":   list(func() any { return list(func() any { return maybe(rng.IntN(9)) }) }),
		})
	}
	return records
}

func jsonBytes(t testing.TB, value any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func parquetOfRecord(t testing.TB, record arrow.RecordBatch, options ...parquet.WriterProperty) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := pqarrow.NewFileWriter(record.Schema(), &b, parquet.NewWriterProperties(options...), pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(record); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func streamOfRecord(t testing.TB, record arrow.RecordBatch) []byte {
	t.Helper()
	var b bytes.Buffer
	w := ipc.NewWriter(&b, ipc.WithSchema(record.Schema()))
	if err := w.Write(record); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func nestedContract(format string) schemas.Contract {
	return schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: format}, Objects: []schemas.Object{
		object("orders", "", "id", "customer.name", "customer.home.city", "scores"),
		object("lines", "lines", "../id", "sku", "qty"),
		object("tags", "lines.tags", "../sku", "../../id", "value"),
	}}
}

// TestNestedColumns: rows of Parquet and Arrow give what the same rows give as
// JSON, one batch behind the other and in pages of any size.
func TestNestedColumns(t *testing.T) {
	records := nestedRecords(t, 2*nestedRows+100)
	record, _, err := array.RecordFromJSON(memory.DefaultAllocator, nestedSchema(), bytes.NewReader(jsonBytes(t, records)))
	if err != nil {
		t.Fatal(err)
	}
	defer record.Release()
	var lines bytes.Buffer
	for _, r := range records {
		// In the order of the columns, as scores is kept as it is written.
		lines.Write(bytes.TrimSpace(jsonBytes(t, r)))
		lines.WriteByte('\n')
	}
	want := rowsOf(t, nestedContract("jsonl"), "in.jsonl", lines.Bytes())
	for _, c := range []struct {
		format  string
		content []byte
	}{
		{"arrow", streamOfRecord(t, record)},
		{"parquet", parquetOfRecord(t, record)},
		{"parquet", parquetOfRecord(t, record, parquet.WithMaxRowGroupLength(3000), parquet.WithDataPageSize(300), parquet.WithDictionaryDefault(false))},
		{"parquet", parquetOfRecord(t, record, parquet.WithDataPageVersion(parquet.DataPageV2), parquet.WithDataPageSize(500))},
	} {
		got := rowsOf(t, nestedContract(c.format), "in."+c.format, c.content)
		for object := range want {
			same(t, c.format+" "+object, got[object], want[object])
		}
	}
}

// rowsOf are the rows by object; all must be taken.
func rowsOf(t *testing.T, c schemas.Contract, path string, content []byte) map[string][]string {
	t.Helper()
	s, err := Open(c, landBytes(t, path, content))
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, s)
	if d.err != nil || len(d.rejects) > 0 {
		t.Fatal(d.err, d.rejects)
	}
	return d.byObject()
}

// TestNestedKinds: every kind of nested column is read as JSON text.
func TestNestedKinds(t *testing.T) {
	words := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	price := &arrow.Decimal128Type{Precision: 20, Scale: 2}
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "m", Type: arrow.MapOf(arrow.BinaryTypes.String, arrow.PrimitiveTypes.Float64)},
		{Name: "d", Type: arrow.ListOf(words)},
		{Name: "p", Type: arrow.StructOf(arrow.Field{Name: "price", Type: price}, arrow.Field{Name: "on", Type: arrow.FixedWidthTypes.Date32}, arrow.Field{Name: "ok", Type: arrow.FixedWidthTypes.Boolean})},
		{Name: "f", Type: arrow.FixedSizeListOf(2, arrow.PrimitiveTypes.Uint64)},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	m := b.Field(0).(*array.MapBuilder)
	m.Append(true)
	for i, key := range []string{"a", "b"} {
		m.KeyBuilder().(*array.StringBuilder).Append(key)
		m.ItemBuilder().(*array.Float64Builder).Append([]float64{0.1, 1e300}[i])
	}
	d := b.Field(1).(*array.ListBuilder)
	d.Append(true)
	for _, word := range []string{"x", "y", "x"} {
		if err := d.ValueBuilder().(*array.BinaryDictionaryBuilder).AppendString(word); err != nil {
			t.Fatal(err)
		}
	}
	p := b.Field(2).(*array.StructBuilder)
	p.Append(true)
	p.FieldBuilder(0).(*array.Decimal128Builder).Append(decimal128.FromI64(1_234_567_890_123_456_789))
	p.FieldBuilder(1).(*array.Date32Builder).Append(20455)
	p.FieldBuilder(2).(*array.BooleanBuilder).Append(true)
	f := b.Field(3).(*array.FixedSizeListBuilder)
	f.Append(true)
	f.ValueBuilder().(*array.Uint64Builder).AppendValues([]uint64{1, 1<<64 - 1}, nil)
	record := b.NewRecordBatch()
	defer record.Release()
	want := []string{`o@1 d="[\"x\",\"y\",\"x\"]" f="[1,18446744073709551615]" m="{\"a\":0.1,\"b\":1e+300}" p="{\"price\":12345678901234567.89,\"on\":\"2026-01-02\",\"ok\":true}" p.price="12345678901234567.89" m.b="1e+300"`}
	for _, format := range []string{"arrow", "parquet"} {
		c := schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: format}, Objects: []schemas.Object{object("o", "", "d", "f", "m", "p", "p.price", "m.b")}}
		content := streamOfRecord(t, record)
		if format == "parquet" {
			content = parquetOfRecord(t, record)
		}
		same(t, format, rowsOf(t, c, "in."+format, content)["o"], want)
	}
}

// TestNestedColumnMissing: what the columns can't bring is told as missing.
func TestNestedColumnMissing(t *testing.T) {
	record, _, err := array.RecordFromJSON(memory.DefaultAllocator, nestedSchema(), bytes.NewReader(jsonBytes(t, nestedRecords(t, 10))))
	if err != nil {
		t.Fatal(err)
	}
	defer record.Release()
	l := landBytes(t, "in.arrow", streamOfRecord(t, record))
	c := schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: "arrow"}, Objects: []schemas.Object{object("o", "", " ID", "customer.nickname", "customer.name")}}
	s, err := Open(c, l)
	if err != nil {
		t.Fatal(err)
	}
	for chunk, err := range s.Chunks(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		dec, err := chunk(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if names := fieldNames(dec.Record.Schema()); !slices.Contains(names, " ID") || slices.Contains(names, "customer.nickname") || !slices.Contains(names, "customer.name") {
			t.Errorf("columns are %v", names)
		}
		dec.Record.Release()
	}
	c.Objects = []schemas.Object{object("o", "items", "sku")}
	if s, err = Open(c, l); err != nil {
		t.Fatal(err)
	}
	if d := read(t, s); d.err == nil || !strings.Contains(d.err.Error(), "there is no items") {
		t.Errorf("got %v", d.err)
	}
}

func TestNestedSuite(t *testing.T) {
	record, _, err := array.RecordFromJSON(memory.DefaultAllocator, nestedSchema(), bytes.NewReader(jsonBytes(t, nestedRecords(t, 40))))
	if err != nil {
		t.Fatal(err)
	}
	defer record.Release()
	testSource(t, nestedContract("parquet"), landBytes(t, "in.parquet", parquetOfRecord(t, record)))
	testSource(t, nestedContract("arrow"), landBytes(t, "in.arrow", streamOfRecord(t, record)))
}

// TestNestedDamaged: pages with any byte changed are read or refused.
func TestNestedDamaged(t *testing.T) {
	record, _, err := array.RecordFromJSON(memory.DefaultAllocator, nestedSchema(), bytes.NewReader(jsonBytes(t, nestedRecords(t, 60))))
	if err != nil {
		t.Fatal(err)
	}
	defer record.Release()
	whole := parquetOfRecord(t, record)
	l := landBytes(t, "in.parquet", whole)
	const stride = 13
	for at := 0; at < len(whole); at += stride {
		damaged := slices.Clone(whole)
		damaged[at] ^= byte(1 + at%255)
		if err := os.WriteFile(l.File, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(nestedContract("parquet"), l)
		if err != nil {
			t.Fatal(err)
		}
		read(t, s)
	}
}

// FuzzParquet: whatever the bytes are, they are read or refused.
func FuzzParquet(f *testing.F) {
	record, _, err := array.RecordFromJSON(memory.DefaultAllocator, nestedSchema(), bytes.NewReader(jsonBytes(f, nestedRecords(f, 20))))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(parquetOfRecord(f, record))
	f.Add(parquetOfRecord(f, record, parquet.WithDataPageVersion(parquet.DataPageV2), parquet.WithDictionaryDefault(false)))
	record.Release()
	flat := arrow.NewSchema([]arrow.Field{{Name: "id", Type: arrow.BinaryTypes.String}, {Name: "lines", Type: arrow.PrimitiveTypes.Int64}}, nil)
	f.Add(parquetBytes(f, flat, func(b *array.RecordBuilder) {
		b.Field(0).(*array.StringBuilder).AppendValues([]string{"a", "b", "c"}, nil)
		b.Field(1).(*array.Int64Builder).AppendValues([]int64{1, 2, 3}, nil)
	}, 2))
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, c := range []schemas.Contract{parquetContract(), nestedContract("parquet")} {
			s, err := Open(c, landBytes(t, "in.parquet", content))
			if err != nil {
				t.Fatal(err)
			}
			read(t, s)
		}
	})
}
