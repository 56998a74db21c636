//go:build duckdb_arrow

package load_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"loadstar/load"
	"loadstar/schemas"
)

// TestStageBeyondMemory stages more than DuckDB may hold in memory.
func TestStageBeyondMemory(t *testing.T) {
	t.Parallel()
	const rows, size = 600_000, 50_000 // about 100 MB
	ctx, o := context.Background(), object(false, false)
	build, err := load.Open(ctx, load.Options{Work: t.TempDir(), MemoryLimit: "80MB", Threads: 1, RunID: 1, Full: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := build.Discard(); err != nil {
			t.Error(err)
		}
	}()
	d := load.Delivery{Feed: "shop", SHA256: "1", Mode: schemas.Append}
	for first := 0; first < rows; first += size {
		c := benchBatch(first, size)
		err := build.Stage(ctx, d, o, c)
		c.Record.Release()
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := build.Settle(ctx); err != nil {
		t.Fatal(err)
	}
}

// TestManyRefusedRows refuses more than is kept before it is written.
func TestManyRefusedRows(t *testing.T) {
	t.Parallel()
	b, o := open(t), object(false, false)
	ctx := context.Background()
	d := load.Delivery{Feed: "shop", Path: "x.csv", SHA256: "1", Mode: schemas.Append}
	const calls, each = 30, 100
	wide := strings.Repeat("x", 2000)
	total := schemas.ControlTotal{}
	for call := range calls {
		var rejects []schemas.Reject
		for i := range each {
			row := int64(call*each + i)
			r := refusal(row, fmt.Sprintf(`{"a":"%d%s"}`, row, wide), "first")
			r.Object = o.Name
			rejects = append(rejects, r)
		}
		if err := b.Quarantine(ctx, d, rejects); err != nil {
			t.Fatal(err)
		}
		total.Add(schemas.Conformed{Rejects: rejects, Read: each})
	}
	counts, err := b.Merge(ctx, d, o, total)
	if err != nil {
		t.Fatal(err)
	}
	if counts.Quarantined != calls*each {
		t.Errorf("%d rows in quarantine, expected %d", counts.Quarantined, calls*each)
	}
}
