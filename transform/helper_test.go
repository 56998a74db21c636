package transform_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
	"loadstar/transform"
)

const null = "\x00null"

// contract makes a contract of one object from its custom properties and
// properties, as they stand in the YAML document.
func contract(t testing.TB, custom, entity, properties string) schemas.Contract {
	t.Helper()
	text := document(custom, entity, properties)
	c, err := schemas.ParseContract("test.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return c
}

// refused checks that a contract with these properties is no contract.
func refused(t testing.TB, entity, properties, want string) {
	t.Helper()
	_, err := schemas.ParseContract("test.yaml", []byte(document("", entity, properties)))
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want one with %q", err, want)
	}
}

func document(custom, entity, properties string) string {
	return `
apiVersion: v3.1.0
kind: DataContract
id: test
name: test_feed
version: 1.0.0
status: active
customProperties:
  - {property: system, value: crm}
` + indent(custom, "  ") + `
schema:
  - name: rows
    customProperties:
      - {property: entity, value: ` + entity + `}
    properties:
` + indent(properties, "      ")
}

func indent(text, by string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.Trim(text, "\n")) {
		b.WriteString(by + line)
	}
	return b.String() + "\n"
}

func plan(t testing.TB, c schemas.Contract) *transform.Plan {
	t.Helper()
	p, err := transform.NewPlan(c, transform.Defaults{TimeZone: "Europe/London", Country: "GB", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// decoded makes a batch; rows are numbered from 2, as below a header.
func decoded(header []string, rows ...[]string) schemas.Decoded {
	fields := []arrow.Field{{Name: schemas.ColRow, Type: arrow.PrimitiveTypes.Int64}}
	for i, h := range header {
		fields = append(fields, arrow.Field{Name: h, Type: arrow.BinaryTypes.String, Nullable: true,
			Metadata: arrow.NewMetadata([]string{"cell_column"}, []string{string(rune('A' + i%26))})})
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	for i, row := range rows {
		b.Field(0).(*array.Int64Builder).Append(int64(i + 2))
		for j, v := range row {
			if v == null {
				b.Field(j + 1).AppendNull()
			} else {
				b.Field(j + 1).(*array.StringBuilder).Append(v)
			}
		}
	}
	return schemas.Decoded{Record: b.NewRecordBatch()}
}

func place() transform.Place { return transform.Place{FileKey: 77, File: "feeds/test.csv"} }

// apply runs a plan of one object.
func apply(t testing.TB, p *transform.Plan, dec schemas.Decoded) schemas.Conformed {
	t.Helper()
	out, err := p.Apply(dec, place())
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != 1 {
		t.Fatalf("%d objects, want 1", len(out))
	}
	return out[0]
}

// column gives a column of a record as text, null as null.
func column(t testing.TB, rec arrow.RecordBatch, name string) []string {
	t.Helper()
	at := rec.Schema().FieldIndices(name)
	if len(at) != 1 {
		t.Fatalf("no column %s in %v", name, rec.Schema())
	}
	var out []string
	for i := 0; i < int(rec.NumRows()); i++ {
		out = append(out, valueText(rec.Column(at[0]), i))
	}
	return out
}

func valueText(col arrow.Array, i int) string {
	if col.IsNull(i) {
		return null
	}
	switch c := col.(type) {
	case *array.String:
		return c.Value(i)
	case *array.Int64:
		return fmt.Sprint(c.Value(i))
	case *array.Int32:
		return fmt.Sprint(c.Value(i))
	case *array.Boolean:
		return fmt.Sprint(c.Value(i))
	case *array.Decimal128:
		if c.DataType().(*arrow.Decimal128Type).Scale == 0 {
			return c.Value(i).ToString(0)
		}
		return c.Value(i).ToString(schemas.MoneyScale)
	}
	return "?"
}

func money(v int64) decimal128.Num { return decimal128.FromI64(v) }

func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func intColumn(v int64) arrow.Array {
	b := array.NewInt64Builder(memory.DefaultAllocator)
	defer b.Release()
	b.Append(v)
	return b.NewArray()
}
