//go:build duckdb_arrow

package load_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/load"
	"loadstar/schemas"
)

// line is one conformed order line of the tests.
type line struct {
	key, text string
	version   int64 // day, 0 = none
	amount    int64 // × 10^MoneyScale
	file      int64 // its file key, 0 = 7

	attributes string // "" = none
}

var lineSchema = arrow.NewSchema([]arrow.Field{
	{Name: schemas.ColRowID, Type: schemas.IDType}, {Name: schemas.ColContentHash, Type: schemas.IDType},
	{Name: schemas.ColFileKey, Type: arrow.PrimitiveTypes.Int64}, {Name: schemas.ColSourceRow, Type: arrow.PrimitiveTypes.Int64},
	{Name: schemas.ColVersionAt, Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	{Name: schemas.ColCustomerKey, Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	{Name: "order_id", Type: arrow.BinaryTypes.String}, {Name: "description", Type: arrow.BinaryTypes.String},
	{Name: "line_amount", Type: schemas.MoneyType}, {Name: "ordered_at", Type: arrow.PrimitiveTypes.Int64},
	{Name: schemas.ColAttributes, Type: arrow.BinaryTypes.String, Nullable: true},
}, nil)

func hash(parts ...string) schemas.ID {
	var buf []byte
	for _, p := range parts {
		buf = schemas.AppendPart(buf, p, true)
	}
	return schemas.HashID(buf)
}

func conformed(object string, lines []line) schemas.Conformed {
	return conformedAt(object, lines, func(i int) int64 { return int64(i + 2) })
}

// conformedAt is conformed of lines in the given rows of their source.
func conformedAt(object string, lines []line, at func(i int) int64) schemas.Conformed {
	b := array.NewRecordBuilder(memory.DefaultAllocator, lineSchema)
	defer b.Release()
	var sum decimal128.Num
	for i, l := range lines {
		content := hash("content", l.key, l.text, fmt.Sprint(l.version), fmt.Sprint(l.amount))
		id := content
		if l.key != "" {
			id = hash("row", l.key)
		}
		b.Field(0).(*array.Decimal128Builder).Append(id)
		b.Field(1).(*array.Decimal128Builder).Append(content)
		b.Field(2).(*array.Int64Builder).Append(cmp.Or(l.file, 7))
		b.Field(3).(*array.Int64Builder).Append(at(i))
		if l.version == 0 {
			b.Field(4).AppendNull()
		} else {
			b.Field(4).(*array.Int64Builder).Append(l.version * 86400e6)
		}
		b.Field(5).AppendNull()
		b.Field(6).(*array.StringBuilder).Append(l.key)
		b.Field(7).(*array.StringBuilder).Append(l.text)
		b.Field(8).(*array.Decimal128Builder).Append(decimal128.FromI64(l.amount))
		b.Field(9).(*array.Int64Builder).Append(0)
		if l.attributes == "" {
			b.Field(10).AppendNull()
		} else {
			b.Field(10).(*array.StringBuilder).Append(l.attributes)
		}
		sum = sum.Add(decimal128.FromI64(l.amount))
	}
	return schemas.Conformed{Object: object, Entity: "order_line", Record: b.NewRecordBatch(), Read: int64(len(lines)),
		Money: map[string]schemas.ID{"line_amount": sum}}
}

func object(keyed, versioned bool) schemas.Object {
	o := schemas.Object{Name: "lines", Entity: "order_line"}
	p := schemas.Property{Name: "order_id", Field: "order_id"}
	if keyed {
		p.Key = 1
	}
	o.Properties = append(o.Properties, p, schemas.Property{Name: "v", Version: versioned})
	return o
}

// deliver stages and merges lines as one delivery of the given day.
func deliver(t *testing.T, b *load.Build, o schemas.Object, mode schemas.Delivery, day int, lines ...line) load.Counts {
	t.Helper()
	c, err := tryDeliver(t, b, o, mode, day, lines...)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Loaded + c.Quarantined + c.Redelivered + c.Superseded + c.Excluded; got != c.Read {
		t.Fatalf("read %d, accounted for %d: %+v", c.Read, got, c)
	}
	return c
}

func tryDeliver(t *testing.T, b *load.Build, o schemas.Object, mode schemas.Delivery, day int, lines ...line) (load.Counts, error) {
	t.Helper()
	ctx := context.Background()
	d := load.Delivery{Feed: "shop", System: "shop", Path: fmt.Sprintf("lines_%d.csv", day), SHA256: fmt.Sprint(day), Mode: mode,
		Duplicates: schemas.FlagDuplicates, DeliveredAt: time.Unix(int64(day)*86400, 0).UTC(), Sequence: int64(day)}
	if err := b.File(ctx, d, 7, ""); err != nil {
		t.Fatal(err)
	}
	total := schemas.ControlTotal{Feed: d.Feed, Object: o.Name, SHA256: d.SHA256}
	if len(lines) > 0 {
		c := conformed(o.Name, lines)
		defer c.Record.Release()
		if err := b.Stage(ctx, d, o, c); err != nil {
			t.Fatal(err)
		}
		total.Add(c)
	}
	return b.Merge(ctx, d, o, total)
}

func digest(t *testing.T, b *load.Build) string {
	t.Helper()
	digests, err := b.Digests(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range digests {
		if d.Table == "ods.main.order_line" {
			return fmt.Sprint(d.Rows, " ", d.Value)
		}
	}
	t.Fatal("no digest of ods.order_line")
	return ""
}

func TestMergeKeyless(t *testing.T) {
	t.Parallel()
	b := open(t)
	o := object(false, false)
	sale := line{text: "tea", amount: 25500}
	if c := deliver(t, b, o, schemas.Append, 1, sale, sale, line{text: "cup", amount: 1}); c.Loaded != 3 {
		t.Fatalf("two equal lines may be two sales: %+v", c)
	}
	if c := deliver(t, b, o, schemas.Append, 2, sale, line{text: "jar", amount: 2}); c.Redelivered != 1 || c.Loaded != 1 {
		t.Fatalf("a row that was loaded before is redelivered: %+v", c)
	}
}

func TestMergeVersions(t *testing.T) {
	t.Parallel()
	b := open(t)
	o := object(true, true)
	c := deliver(t, b, o, schemas.Delta, 1, line{key: "a", text: "old", version: 1}, line{key: "a", text: "new", version: 3}, line{key: "b", text: "x", version: 1})
	if c.Loaded != 2 || c.Superseded != 1 {
		t.Fatalf("the greatest version wins: %+v", c)
	}
	if c = deliver(t, b, o, schemas.Delta, 2, line{key: "a", text: "between", version: 2}); c.Superseded != 1 {
		t.Fatalf("an older state that comes later is superseded: %+v", c)
	}
	if c = deliver(t, b, o, schemas.Delta, 3, line{key: "a", text: "newest", version: 4}); c.Loaded != 1 || c.Changed != 1 {
		t.Fatalf("a newer state replaces: %+v", c)
	}
}

func TestMergeConflict(t *testing.T) {
	t.Parallel()
	b := open(t)
	c := deliver(t, b, object(true, false), schemas.Delta, 1,
		line{key: "a", text: "x", amount: 10}, line{key: "a", text: "y", amount: 20}, line{key: "b", text: "z"})
	if c.Quarantined != 2 || c.Loaded != 1 {
		t.Fatalf("one key with two contents goes to quarantine whole: %+v", c)
	}
}

func TestMergeSnapshot(t *testing.T) {
	t.Parallel()
	b := open(t)
	o := object(true, false)
	deliver(t, b, o, schemas.Snapshot, 1, line{key: "a", text: "x"}, line{key: "b", text: "y"})
	if c := deliver(t, b, o, schemas.Snapshot, 3, line{key: "a", text: "x"}); c.Deleted != 1 || c.Redelivered != 1 {
		t.Fatalf("a missing key is a deletion: %+v", c)
	}
}

func TestMergeUnbalanced(t *testing.T) {
	t.Parallel()
	b := open(t)
	ctx := context.Background()
	o := object(false, false)
	d := load.Delivery{Feed: "shop", System: "shop", Path: "x.csv", SHA256: "1", Mode: schemas.Append}
	c := conformed(o.Name, []line{{text: "tea", amount: 5}})
	defer c.Record.Release()
	for name, total := range map[string]schemas.ControlTotal{
		"rows":  {Feed: "shop", Object: o.Name, Read: 2, Money: c.Money},
		"money": {Feed: "shop", Object: o.Name, Read: 1, Money: map[string]schemas.ID{"line_amount": decimal128.FromI64(6)}},
	} {
		if err := b.Stage(ctx, d, o, c); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Merge(ctx, d, o, total); !errors.Is(err, load.ErrUnbalanced) {
			t.Errorf("%s: error %v, want ErrUnbalanced", name, err)
		}
		d.SHA256 += "x"
	}
}

func TestMergeIgnoresRowOrder(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for _, o := range []schemas.Object{object(true, true), object(false, false)} {
		var lines []line
		for i := range 300 {
			l := line{text: fmt.Sprint(random.IntN(40)), amount: int64(random.IntN(9)), version: int64(1 + random.IntN(3))}
			if o.Keyed() {
				l.key = fmt.Sprint("k", i%90)
			}
			lines = append(lines, l)
		}
		first := open(t)
		deliver(t, first, o, schemas.Delta, 1, lines...)
		random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		second := open(t)
		deliver(t, second, o, schemas.Delta, 1, lines...)
		if a, b := digest(t, first), digest(t, second); a != b {
			t.Errorf("keyed %v: digests differ: %s and %s", o.Keyed(), a, b)
		}
	}
}
