//go:build duckdb_arrow

package load

import (
	"context"
	"testing"
)

// TestLendMemory: what is lent comes back, and rows that were in memory are
// there as before.
func TestLendMemory(t *testing.T) {
	ctx := context.Background()
	b, err := Open(ctx, Options{Work: t.TempDir(), MemoryLimit: "500MB", Threads: 1, RunID: 1, Full: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Discard(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := b.exec(ctx, "create table staging.kept as select i, repeat('x', 50) as text from range(2_000_000) t(i)"); err != nil {
		t.Fatal(err)
	}
	limit := func() (text string) {
		t.Helper()
		if err := b.conn.QueryRowContext(ctx, "select current_setting('memory_limit')").Scan(&text); err != nil {
			t.Fatal(err)
		}
		return text
	}
	before := limit()
	back := b.LendMemory(ctx)
	if lent := limit(); lent == before {
		t.Errorf("limit is %s while memory is lent", lent)
	}
	if err := back(); err != nil {
		t.Fatal(err)
	}
	if after := limit(); after != before {
		t.Errorf("limit is %s, was %s", after, before)
	}
	var rows int
	if err := b.conn.QueryRowContext(ctx, "select count(*) from staging.kept where length(text) = 50").Scan(&rows); err != nil || rows != 2_000_000 {
		t.Errorf("%d rows (%v)", rows, err)
	}
}
