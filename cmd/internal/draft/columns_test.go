package draft_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// TestNestedColumns: lists and structs in typed columns are drafted as those of
// JSON are.
func TestNestedColumns(t *testing.T) {
	t.Parallel()
	word := arrow.BinaryTypes.String
	line := arrow.StructOf(arrow.Field{Name: "sku", Type: word}, arrow.Field{Name: "quantity", Type: arrow.PrimitiveTypes.Int32}, arrow.Field{Name: "unit_price", Type: arrow.PrimitiveTypes.Float64})
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "order_id", Type: word},
		{Name: "ordered_at", Type: word},
		{Name: "customer", Type: arrow.StructOf(arrow.Field{Name: "id", Type: word})},
		{Name: "lines", Type: arrow.ListOf(line)},
	}, nil)
	var records []string
	for i := range 40 {
		records = append(records, fmt.Sprintf(`{"order_id": "O-%d", "ordered_at": "2026-01-05", "customer": {"id": "C-%d"}, "lines": [{"sku": "P-%d", "quantity": 2, "unit_price": 1.5}, {"sku": "P-9", "quantity": 1, "unit_price": 4.25}]}`, i, i%7, i%5))
	}
	record, _, err := array.RecordFromJSON(memory.DefaultAllocator, schema, strings.NewReader("["+strings.Join(records, ",")+"]"))
	if err != nil {
		t.Fatal(err)
	}
	defer record.Release()
	var stream bytes.Buffer
	w := ipc.NewWriter(&stream, ipc.WithSchema(schema))
	for _, err := range []error{w.Write(record), w.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	dir, _, err := drops(t, map[string]string{"orders.arrow": stream.String()})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/orders.yaml"), []string{"{property: path, value: lines}", "{property: entity, value: order_line}", `value: "../order_id"`, "name: customer.id"})
}
