package extract

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/schemas"
)

// TestDamagedBytes changes bytes of workbooks and Parquet files: they are
// read or refused, and never cause a panic.
func TestDamagedBytes(t *testing.T) {
	book := testBook{
		strings: "<si><t>shared</t></si>", styles: `<cellXfs><xf numFmtId="14"/></cellXfs>`,
		sheets: []testSheet{{name: "S", data: row(1, "a", "b") + row(2, "x", "y") + `<row r="3"><c t="s"><v>0</v></c></row>`}},
	}
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "n", Type: arrow.PrimitiveTypes.Int64, Nullable: true}, {Name: "text", Type: arrow.BinaryTypes.String, Nullable: true},
	}, nil)
	table := parquetBytes(t, schema, func(b *array.RecordBuilder) {
		for i := range 100 {
			b.Field(0).(*array.Int64Builder).Append(int64(i))
			b.Field(1).(*array.StringBuilder).Append("text")
		}
	}, 40)
	for format, content := range map[string][]byte{"excel": book.bytes(t), "parquet": table} {
		contract := schemas.Contract{Feed: "feed", Dialect: excelDialect(func(d *schemas.Dialect) { d.Format = format })}
		random := rand.New(rand.NewPCG(1, 2))
		for range 300 {
			damaged := bytes.Clone(content)
			for range 1 + random.IntN(3) {
				damaged[random.IntN(len(damaged))] = byte(random.IntN(256))
			}
			s, err := Open(contract, landBytes(t, "in", damaged))
			if err != nil {
				t.Fatal(err)
			}
			read(t, s)
		}
	}
}
