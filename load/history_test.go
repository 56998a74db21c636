//go:build duckdb_arrow

package load_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/load"
	"loadstar/schemas"
)

// record is a row of any entity: text fields, and is_deleted where told.
type record struct {
	id      string
	version int64 // day, 0 = none
	deleted bool
	fields  map[string]string
}

// feedOf delivers records of one entity of system crm, keyed by id.
type feedOf struct {
	entity string
	fields []string
	ended  bool // the feed has a column is_deleted
}

func (f feedOf) object() schemas.Object {
	return schemas.Object{Name: f.entity + "s", Entity: f.entity, Properties: []schemas.Property{{Name: "id", Key: 1}}}
}

func (f feedOf) batch(records []record) schemas.Conformed {
	fields := []arrow.Field{
		{Name: schemas.ColRowID, Type: schemas.IDType}, {Name: schemas.ColContentHash, Type: schemas.IDType},
		{Name: schemas.ColFileKey, Type: arrow.PrimitiveTypes.Int64}, {Name: schemas.ColSourceRow, Type: arrow.PrimitiveTypes.Int64},
		{Name: schemas.ColVersionAt, Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	}
	if f.entity == "customer" {
		fields = append(fields, arrow.Field{Name: schemas.ColCustomerKey, Type: arrow.PrimitiveTypes.Int64})
	}
	if f.ended {
		fields = append(fields, arrow.Field{Name: "is_deleted", Type: arrow.FixedWidthTypes.Boolean})
	}
	for _, name := range f.fields {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	for i, r := range records {
		for j, field := range fields {
			switch field.Name {
			case schemas.ColRowID:
				b.Field(j).(*array.Decimal128Builder).Append(hash("row", f.entity, r.id))
			case schemas.ColContentHash:
				b.Field(j).(*array.Decimal128Builder).Append(hash("content", fmt.Sprint(r)))
			case schemas.ColFileKey:
				b.Field(j).(*array.Int64Builder).Append(7)
			case schemas.ColSourceRow:
				b.Field(j).(*array.Int64Builder).Append(int64(i + 2))
			case schemas.ColVersionAt:
				if r.version == 0 {
					b.Field(j).AppendNull()
				} else {
					b.Field(j).(*array.Int64Builder).Append(r.version * 86400e6)
				}
			case schemas.ColCustomerKey:
				b.Field(j).(*array.Int64Builder).Append(schemas.CustomerKey("crm", r.fields["customer_id"]))
			case "is_deleted":
				b.Field(j).(*array.BooleanBuilder).Append(r.deleted)
			default:
				if value, ok := r.fields[field.Name]; ok {
					b.Field(j).(*array.StringBuilder).Append(value)
				} else {
					b.Field(j).AppendNull()
				}
			}
		}
	}
	return schemas.Conformed{Object: f.entity + "s", Entity: f.entity, Record: b.NewRecordBatch(), Read: int64(len(records))}
}

func (f feedOf) deliver(t *testing.T, b *load.Build, mode schemas.Delivery, day int, records ...record) load.Counts {
	t.Helper()
	ctx := context.Background()
	d := load.Delivery{Feed: f.entity, System: "crm", Path: fmt.Sprintf("%s_%d.csv", f.entity, day), SHA256: fmt.Sprint(day), Mode: mode,
		DeliveredAt: time.Unix(int64(day)*86400, 0).UTC(), Sequence: int64(day)}
	c := f.batch(records)
	defer c.Record.Release()
	if err := b.Stage(ctx, d, f.object(), c); err != nil {
		t.Fatal(err)
	}
	total := schemas.ControlTotal{Feed: d.Feed, Object: f.object().Name}
	total.Add(c)
	counts, err := b.Merge(ctx, d, f.object(), total)
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func customers() feedOf {
	return feedOf{entity: "customer", fields: []string{"customer_id", "full_name", "email", "phone"}, ended: true}
}

func customer(id, name string) record {
	return record{id: id, fields: map[string]string{"customer_id": id, "full_name": name}}
}

// history reads the states of customers from the files that Finish leaves.
func history(t *testing.T, work string, b *load.Build) string {
	t.Helper()
	ctx := context.Background()
	if err := b.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	r, err := load.OpenReader(ctx, work+"/warehouse.duckdb", work+"/ods.duckdb")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	var lines []string
	for _, query := range []string{
		"select 'now', customer_id, full_name, date_diff('day', timestamptz '1970-01-01 00:00:00+00', effective_at), is_deleted from ods.customer order by all",
		"select 'was', customer_id, full_name, date_diff('day', timestamptz '1970-01-01 00:00:00+00', effective_at), is_deleted from ods.customer_version order by 1, 2, 4",
	} {
		_, rows, err := r.Rows(ctx, query, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			lines = append(lines, strings.Join(row, " "))
		}
	}
	return strings.Join(lines, "\n")
}

func openAt(t *testing.T, work string) *load.Build {
	t.Helper()
	b, err := load.Open(context.Background(), load.Options{Work: work, MemoryLimit: "500MB", Threads: 1, RunID: 1, Full: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Discard(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func TestHistory(t *testing.T) {
	t.Parallel()
	ended := customer("c", "Cid Cole")
	ended.deleted = true
	for name, test := range map[string]struct {
		mode schemas.Delivery
		days map[int][]record
		in   []int
		want string
	}{
		"states": {schemas.Delta, map[int][]record{1: {customer("a", "Ann Ash")}, 2: {customer("a", "Ann Oak")}}, []int{1, 2},
			"now a Ann Oak 2 false\nwas a Ann Ash 1 false\nwas a Ann Oak 2 false"},
		"late state": {schemas.Delta, map[int][]record{1: {customer("a", "Ann Ash")}, 2: {customer("a", "Ann Oak")}}, []int{2, 1},
			"now a Ann Oak 2 false\nwas a Ann Ash 1 false\nwas a Ann Oak 2 false"},
		"state between": {schemas.Delta, map[int][]record{1: {customer("a", "Ann Ash")}, 2: {customer("a", "Ann Oak")}, 3: {customer("a", "Ann Ash")}},
			[]int{1, 3, 2}, "now a Ann Ash 3 false\nwas a Ann Ash 1 false\nwas a Ann Oak 2 false\nwas a Ann Ash 3 false"},
		"gone and back": {schemas.Snapshot, map[int][]record{1: {customer("a", "Ann Ash")}, 2: {}, 3: {customer("a", "Ann Ash")}}, []int{1, 2, 3},
			"now a Ann Ash 3 false\nwas a Ann Ash 1 false\nwas a Ann Ash 2 true\nwas a Ann Ash 3 false"},
		"marked by the source": {schemas.Snapshot, map[int][]record{1: {ended}, 2: {ended}, 3: {ended}}, []int{1, 2, 3},
			"now c Cid Cole 1 true\nwas c Cid Cole 1 true"},
		"late snapshot": {schemas.Snapshot, map[int][]record{1: {customer("a", "Ann Ash")}, 2: {customer("a", "Ann Ash")}, 3: {}}, []int{1, 3, 2},
			"now a Ann Ash 3 true\nwas a Ann Ash 1 false\nwas a Ann Ash 3 true"},
	} {
		t.Run(name, func(t *testing.T) {
			work := t.TempDir()
			b := openAt(t, work)
			for _, day := range test.in {
				customers().deliver(t, b, test.mode, day, test.days[day]...)
			}
			if got := history(t, work, b); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// reopen starts the next run on the files that Finish left.
func reopen(t *testing.T, work string) *load.Build {
	t.Helper()
	if err := os.Remove(work + "/stage.duckdb"); err != nil {
		t.Fatal(err)
	}
	return openAt(t, work)
}
