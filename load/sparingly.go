//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"fmt"

	"github.com/duckdb/duckdb-go/v2"
)

// sparingly does what had no room with several threads once more with one:
// each thread has hash tables and sorted runs of its own. Then nothing else of
// the build runs beside it. do must leave nothing behind where it fails.
func (d *database) sparingly(ctx context.Context, do func() error) error {
	d.alone.RLock()
	err := do()
	d.alone.RUnlock()
	var failed *duckdb.Error
	if !errors.As(err, &failed) || failed.Type != duckdb.ErrorTypeOutOfMemory {
		return err
	}
	d.alone.Lock()
	defer d.alone.Unlock()
	threads, ask := d.number(ctx, "select current_setting('threads')")
	if ask != nil || (threads < 2 && d.lanes < 2) {
		return err
	}
	if _, err := d.exec(ctx, "set threads = 1"); err != nil {
		return fmt.Errorf("set threads: %w", err)
	}
	err = do()
	if _, restore := d.exec(ctx, fmt.Sprintf("set threads = %d", threads)); restore != nil {
		return errors.Join(err, fmt.Errorf("set threads: %w", restore))
	}
	return err
}
