package extract

import (
	"bytes"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
)

// arrowStream is a stream of two batches with a dictionary, times and nulls.
func arrowStream(t testing.TB, options ...ipc.Option) []byte {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: arrow.PrimitiveTypes.Uint64},
		{Name: "word", Type: &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}, Nullable: true},
		{Name: "at", Type: &arrow.TimestampType{Unit: arrow.Millisecond, TimeZone: "UTC"}},
	}, nil)
	var out bytes.Buffer
	w := ipc.NewWriter(&out, append(options, ipc.WithSchema(schema))...)
	for range 2 {
		b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
		for i := range 3 {
			b.Field(0).(*array.Uint64Builder).Append(1<<63 + uint64(i))
			if i == 1 {
				b.Field(1).AppendNull()
			} else if err := b.Field(1).(*array.BinaryDictionaryBuilder).AppendString("é"); err != nil {
				t.Fatal(err)
			}
			b.Field(2).(*array.TimestampBuilder).Append(arrow.Timestamp(i))
		}
		record := b.NewRecordBatch()
		if err := w.Write(record); err != nil {
			t.Fatal(err)
		}
		record.Release()
		b.Release()
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func arrowContract() schemas.Contract {
	return schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: "arrow"}}
}

func TestArrow(t *testing.T) {
	want := []string{
		`@1 id="9223372036854775808" word="é" at="1970-01-01T00:00:00Z"`, `@2 id="9223372036854775809" at="1970-01-01T00:00:00.001Z"`,
		`@3 id="9223372036854775810" word="é" at="1970-01-01T00:00:00.002Z"`, `@4 id="9223372036854775808" word="é" at="1970-01-01T00:00:00Z"`,
		`@5 id="9223372036854775809" at="1970-01-01T00:00:00.001Z"`, `@6 id="9223372036854775810" word="é" at="1970-01-01T00:00:00.002Z"`,
	}
	for name, content := range map[string][]byte{"plain": arrowStream(t), "zstd": arrowStream(t, ipc.WithZstd()), "lz4": arrowStream(t, ipc.WithLZ4())} {
		t.Run(name, func(t *testing.T) {
			s, err := Open(arrowContract(), landBytes(t, "in.arrow", content))
			if err != nil {
				t.Fatal(err)
			}
			d := read(t, s)
			if d.err != nil || len(d.rejects) > 0 {
				t.Fatal(d.err, d.rejects)
			}
			same(t, "rows", d.rows, want)
		})
	}
}

func TestArrowSuite(t *testing.T) {
	testSource(t, arrowContract(), landBytes(t, "in.arrow", arrowStream(t)))
}

// FuzzArrow: whatever the bytes are, they are read or refused.
func FuzzArrow(f *testing.F) {
	whole := arrowStream(f)
	f.Add(whole)
	f.Add(arrowStream(f, ipc.WithZstd()))
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("ARROW1\x00\x00" + strings.Repeat("x", 40)))
	f.Fuzz(func(t *testing.T, content []byte) {
		s, err := Open(arrowContract(), landBytes(t, "in.arrow", content))
		if err != nil {
			t.Fatal(err)
		}
		read(t, s)
	})
}
