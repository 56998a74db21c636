//go:build duckdb_arrow

package load_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/load"
	"loadstar/schemas"
)

// benchBatch is a batch of n order lines with all of their lineage.
func benchBatch(first, n int) schemas.Conformed {
	fields := append(append([]arrow.Field{}, lineSchema.Fields()...),
		arrow.Field{Name: "product_id", Type: arrow.BinaryTypes.String},
		arrow.Field{Name: "quantity", Type: schemas.MoneyType}, arrow.Field{Name: "unit_price", Type: schemas.MoneyType},
		arrow.Field{Name: "country_code", Type: arrow.BinaryTypes.String})
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	money := map[string]int64{}
	for i := first; i < first+n; i++ {
		b.Field(0).(*array.Decimal128Builder).Append(decimal128.New(int64(i)*0x9E3779B97F4A>>3, uint64(i)*0x9E3779B97F4A7C15))
		b.Field(1).(*array.Decimal128Builder).Append(decimal128.New(int64(i), uint64(i)*0xD1B54A32D192ED03))
		b.Field(2).(*array.Int64Builder).Append(7)
		b.Field(3).(*array.Int64Builder).Append(int64(i))
		b.Field(4).AppendNull()
		b.Field(5).(*array.Int64Builder).Append(int64(i % 50000))
		b.Field(6).(*array.StringBuilder).Append(fmt.Sprintf("order-%d", i/3))
		b.Field(7).(*array.StringBuilder).Append(fmt.Sprintf("WHITE HANGING HEART T-LIGHT HOLDER %d", i%4000))
		b.Field(8).(*array.Decimal128Builder).Append(decimal128.FromI64(int64(i % 100000)))
		b.Field(9).(*array.Int64Builder).Append(int64(i) * 1e6)
		b.Field(10).AppendNull()
		b.Field(11).(*array.StringBuilder).Append(fmt.Sprintf("P%05d", i%4000))
		b.Field(12).(*array.Decimal128Builder).Append(decimal128.FromI64(int64(i % 100)))
		b.Field(13).(*array.Decimal128Builder).Append(decimal128.FromI64(int64(i % 1000)))
		b.Field(14).(*array.StringBuilder).Append("GB")
		money["line_amount"] += int64(i % 100000)
		money["quantity"] += int64(i % 100)
		money["unit_price"] += int64(i % 1000)
	}
	c := schemas.Conformed{Object: "lines", Entity: "order_line", Record: b.NewRecordBatch(), Read: int64(n), Money: map[string]schemas.ID{}}
	for field, sum := range money {
		c.Money[field] = decimal128.FromI64(sum)
	}
	return c
}

// BenchmarkStage stages and merges a million order lines, 50,000 at a time.
func BenchmarkStage(b *testing.B) {
	const rows, size = 1_000_000, 50_000
	var batches []schemas.Conformed
	for first := 0; first < rows; first += size {
		batches = append(batches, benchBatch(first, size))
	}
	ctx, o := context.Background(), object(false, false)
	d := load.Delivery{Feed: "shop", SHA256: "1", Mode: schemas.Append}
	var staging time.Duration
	for b.Loop() {
		b.StopTimer()
		build, err := load.Open(ctx, load.Options{Work: b.TempDir(), MemoryLimit: "1GB", Threads: 2, RunID: 1, Full: true})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		from := time.Now()
		total := schemas.ControlTotal{}
		for _, c := range batches {
			total.Add(c)
			if err := build.Stage(ctx, d, o, c); err != nil {
				b.Fatal(err)
			}
		}
		staging += time.Since(from)
		if _, err := build.Merge(ctx, d, o, total); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := build.Discard(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(rows*b.N)/staging.Seconds(), "staged-rows/s")
}
