//go:build duckdb_arrow

package load_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
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
		var kind arrow.DataType = arrow.BinaryTypes.String
		if strings.HasPrefix(name, "is_") {
			kind = arrow.FixedWidthTypes.Boolean
		}
		fields = append(fields, arrow.Field{Name: name, Type: kind, Nullable: true})
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
				value, ok := r.fields[field.Name]
				if !ok {
					b.Field(j).AppendNull()
				} else if err := b.Field(j).AppendValueFromString(value); err != nil {
					panic(err)
				}
			}
		}
	}
	return schemas.Conformed{Object: f.entity + "s", Entity: f.entity, Record: b.NewRecordBatch(), Read: int64(len(records))}
}

func (f feedOf) delivery(mode schemas.Delivery, day int) load.Delivery {
	return load.Delivery{Feed: f.entity, System: "crm", Path: fmt.Sprintf("%s_%d.csv", f.entity, day), SHA256: fmt.Sprint(day), Mode: mode,
		DeliveredAt: time.Unix(int64(day)*86400, 0).UTC(), Sequence: int64(day)}
}

func (f feedOf) deliver(t *testing.T, b *load.Build, mode schemas.Delivery, day int, records ...record) load.Counts {
	t.Helper()
	counts, err := f.merge(t, b, f.delivery(mode, day), records...)
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func (f feedOf) merge(t *testing.T, b *load.Build, d load.Delivery, records ...record) (load.Counts, error) {
	t.Helper()
	ctx := context.Background()
	c := f.batch(records)
	defer c.Record.Release()
	if err := b.Stage(ctx, d, f.object(), c); err != nil {
		t.Fatal(err)
	}
	total := schemas.ControlTotal{Feed: d.Feed, Object: f.object().Name}
	total.Add(c)
	return b.Merge(ctx, d, f.object(), total)
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

func TestHistory(t *testing.T) {
	t.Parallel()
	ended := customer("c", "Cid Cole")
	ended.deleted = true
	of := func(version int64, name string) record {
		r := customer("a", name)
		r.version = version
		return r
	}
	for name, test := range map[string]struct {
		mode schemas.Delivery
		days map[int][]record
		in   []int
		want string
	}{
		"states": {schemas.Delta, map[int][]record{1: {customer("a", "Ann Ash")}, 2: {customer("a", "Ann Oak")}}, []int{1, 2},
			"now a Ann Oak 2 false\nwas a Ann Ash 1 false\nwas a Ann Oak 2 false"},
		"and back": {schemas.Delta, map[int][]record{1: {customer("a", "Ann Ash")}, 2: {customer("a", "Ann Oak")}, 3: {customer("a", "Ann Ash")}},
			[]int{1, 2, 3}, "now a Ann Ash 3 false\nwas a Ann Ash 1 false\nwas a Ann Oak 2 false\nwas a Ann Ash 3 false"},
		"gone and back": {schemas.Snapshot, map[int][]record{1: {customer("a", "Ann Ash")}, 2: {}, 3: {customer("a", "Ann Ash")}}, []int{1, 2, 3},
			"now a Ann Ash 3 false\nwas a Ann Ash 1 false\nwas a Ann Ash 2 true\nwas a Ann Ash 3 false"},
		"marked by the source": {schemas.Snapshot, map[int][]record{1: {ended}, 2: {ended}, 3: {ended}}, []int{1, 2, 3},
			"now c Cid Cole 1 true\nwas c Cid Cole 1 true"},
		"versions in any order": {schemas.Delta, map[int][]record{1: {of(1, "Ann Ash")}, 2: {of(3, "Ann Elm")}, 3: {of(2, "Ann Oak")}}, []int{1, 2, 3},
			"now a Ann Elm 3 false\nwas a Ann Ash 1 false\nwas a Ann Oak 2 false\nwas a Ann Elm 3 false"},
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

// TestRandomHistories delivers random states of many customers and compares
// the states kept with those that the deliveries tell: in order, where they
// come without a version, and in any order where each has one.
func TestRandomHistories(t *testing.T) {
	t.Parallel()
	const days, people = 7, 60
	for name, test := range map[string]struct {
		mode      schemas.Delivery
		versioned bool
	}{
		"delta": {schemas.Delta, false}, "snapshot": {schemas.Snapshot, false}, "versions": {schemas.Delta, true},
	} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(11, uint64(len(name))))
			deliveries := make([][]record, days+1)
			var want []string
			for p := range people {
				id, last := fmt.Sprintf("p%02d", p), ""
				state := ""
				for day := 1; day <= days; day++ {
					called, isGone := []string{"", "Ann Ash", "Ann Oak"}[random.IntN(3)], false
					if called != "" {
						r := customer(id, called)
						if test.versioned {
							r.version = int64(day)
						}
						deliveries[day] = append(deliveries[day], r)
					} else if test.mode == schemas.Snapshot {
						called, isGone = strings.TrimSuffix(last, " false"), true
					}
					next := fmt.Sprintf("%s %v", called, isGone)
					if called == "" || strings.HasSuffix(called, " true") || next == last && !test.versioned {
						continue
					}
					last, state = next, fmt.Sprintf("%s %s %d %v", id, called, day, isGone)
					want = append(want, "was "+state)
				}
				if state != "" {
					want = append(want, "now "+state)
				}
			}
			work := t.TempDir()
			b := openAt(t, work)
			order := make([]int, days)
			for i := range order {
				order[i] = i + 1
			}
			if test.versioned {
				random.Shuffle(days, func(i, k int) { order[i], order[k] = order[k], order[i] })
			}
			for _, day := range order {
				customers().deliver(t, b, test.mode, day, deliveries[day]...)
			}
			got := strings.Split(history(t, work, b), "\n")
			slices.Sort(want)
			slices.Sort(got)
			for i := range min(len(want), len(got)) {
				if want[i] != got[i] {
					t.Fatalf("delivered in order %v: got %q, want %q", order, got[i], want[i])
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d states, want %d", len(got), len(want))
			}
		})
	}
}

// TestOutOfOrder refuses a late delivery only where its place matters.
func TestOutOfOrder(t *testing.T) {
	t.Parallel()
	ash, oak := customer("a", "Ann Ash"), customer("a", "Ann Oak")
	versioned := customer("a", "Ann Elm")
	versioned.version = 2
	for name, test := range map[string]struct {
		mode    schemas.Delivery
		days    map[int][]record // before, in order
		late    []record         // of day 2
		refused bool
	}{
		"between two states":       {schemas.Delta, map[int][]record{1: {ash}, 3: {oak}}, []record{customer("a", "Ann Elm")}, true},
		"before the only one":      {schemas.Delta, map[int][]record{3: {ash}}, []record{oak}, true},
		"the state of later":       {schemas.Delta, map[int][]record{1: {ash}, 3: {oak}}, []record{oak}, true},
		"the state that held":      {schemas.Delta, map[int][]record{1: {ash}, 3: {ash}}, []record{ash}, false},
		"a copy of its day":        {schemas.Delta, map[int][]record{1: {ash}, 2: {oak}, 3: {ash}}, []record{oak}, false},
		"nothing told since":       {schemas.Delta, map[int][]record{1: {ash}, 3: {customer("b", "Ben Birch")}}, []record{oak}, false},
		"not known":                {schemas.Delta, map[int][]record{1: {ash}, 3: {ash}}, []record{customer("b", "Ben Birch")}, false},
		"with a version":           {schemas.Delta, map[int][]record{1: {ash}, 3: {oak}}, []record{versioned}, false},
		"empty":                    {schemas.Delta, map[int][]record{1: {ash}, 3: {oak}}, nil, false},
		"a snapshot":               {schemas.Snapshot, map[int][]record{1: {ash}, 3: {ash}}, []record{ash}, true},
		"a snapshot without a row": {schemas.Snapshot, map[int][]record{1: {ash}, 3: {ash}}, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := openAt(t, t.TempDir())
			for day := 1; day <= 3; day++ {
				if rows, delivered := test.days[day]; delivered {
					customers().deliver(t, b, test.mode, day, rows...)
				}
			}
			f := customers()
			d := f.delivery(test.mode, 2)
			d.Path, d.SHA256, d.Late = "late.csv", "late", true
			if _, err := f.merge(t, b, d, test.late...); errors.Is(err, load.ErrOutOfOrder) != test.refused || (err != nil && !test.refused) {
				t.Errorf("error %v, want it refused: %v", err, test.refused)
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
