package badfeeds

import (
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas/fault"
)

// orders are records with lists of lines, written as JSON, in typed columns.
func orders(records string) (arrow.RecordBatch, error) {
	line := arrow.StructOf(
		arrow.Field{Name: "id", Type: arrow.BinaryTypes.String, Nullable: true},
		arrow.Field{Name: "amount", Type: &arrow.Decimal128Type{Precision: 20, Scale: 5}, Nullable: true},
	)
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "lines", Type: arrow.ListOf(line), Nullable: true},
	}, nil)
	record, _, err := array.RecordFromJSON(memory.DefaultAllocator, schema, strings.NewReader(records))
	return record, err
}

// listCases are Parquet and Arrow files whose rows lie in a list of each record.
func listCases() []Case {
	var all []Case
	add := func(name, records string, want Want) {
		for format, write := range map[string]func(arrow.RecordBatch) func() ([]byte, error){
			"parquet": parquetOf, "arrow": func(r arrow.RecordBatch) func() ([]byte, error) { return arrowStream(r) },
		} {
			c := nested(format+"-"+name, "", want).named("invoices."+format, format)
			c.Content = func() ([]byte, error) {
				record, err := orders(records)
				if err != nil {
					return nil, err
				}
				return write(record)()
			}
			all = append(all, c)
		}
	}
	const first, second = `{"id": "I-1", "amount": "100.5"}`, `{"id": "I-2", "amount": "100.5"}`
	add("good", `[{"id": "O-1", "lines": [`+first+`, `+second+`]}]`, ok(2))
	add("no-list", `[{"id": "O-1", "lines": null}, {"id": "O-2", "lines": []}, {"id": "O-3", "lines": [`+first+`]}]`, ok(1))
	add("five-places", `[{"id": "O-1", "lines": [`+first+`, {"id": "I-2", "amount": "100.50001"}]}]`, ok(1, "1 scale"))
	add("missing-amount", `[{"id": "O-1", "lines": [`+first+`]}, {"id": "O-2", "lines": [{"id": "I-2", "amount": null}]}]`, ok(1, "2 required"))
	add("nothing-in-list", `[{"id": "O-1", "lines": [`+first+`, null]}]`, ok(1))
	add("bad-text", `[{"id": "O-1", "lines": [`+first+`]}, {"id": "M\u00c3\u00bcller", "lines": [`+second+`]}]`, ok(1, "2 encoding.mojibake"))
	return append(all,
		nested("parquet-without-list", "", refused(fault.DeliveryColumn, "there is no lines")).named("invoices.parquet", "parquet").made(parquetOf(typedRecord())),
	)
}
