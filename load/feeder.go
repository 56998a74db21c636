//go:build duckdb_arrow

package load

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// feeder runs one INSERT whose batches come one by one, on a connection of
// its own. One statement for a whole delivery is three to five times as fast
// as one for each batch: DuckDB then writes whole row groups, in parallel,
// and nothing twice.
type feeder struct {
	batches chan arrow.RecordBatch
	cancel  context.CancelFunc
	done    chan struct{} // closed when the statement has ended
	err     error         // of the statement; read it after done
}

// feed starts a statement in which VIEW stands for the batches to come. It
// runs until finish or abort, also when ctx has ended.
func (d *database) feed(ctx context.Context, schema *arrow.Schema, query string) (*feeder, error) {
	conn, err := d.pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to database: %w", err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &feeder{batches: make(chan arrow.RecordBatch, 1), cancel: cancel, done: make(chan struct{})}
	d.views++
	view := fmt.Sprintf("arrow_feed_%d", d.views)
	go f.run(ctx, conn, view, schema, query)
	return f, nil
}

func (f *feeder) run(ctx context.Context, conn *sql.Conn, view string, schema *arrow.Schema, query string) {
	defer close(f.done)
	second := &database{conn: conn}
	reader := &arrivals{ctx: ctx, batches: f.batches, schema: schema}
	reader.references.Store(1)
	f.err = errors.Join(second.insertFrom(ctx, reader, view, query), conn.Close())
	for { // whoever is sending must not wait for a statement that has failed
		select {
		case batch, open := <-f.batches:
			if !open {
				return
			}
			batch.Release()
		default:
			return
		}
	}
}

// send hands a batch to the statement, which keeps it until it is written.
func (f *feeder) send(ctx context.Context, batch arrow.RecordBatch) error {
	batch.Retain()
	select {
	case f.batches <- batch:
		return nil
	case <-f.done:
		batch.Release()
		return errors.Join(errors.New("the statement ended early"), f.err)
	case <-ctx.Done():
		batch.Release()
		return ctx.Err()
	}
}

// finish waits until every batch is written.
func (f *feeder) finish() error {
	close(f.batches)
	<-f.done
	f.cancel()
	return f.err
}

// abort stops the statement and waits for its end.
func (f *feeder) abort() {
	f.cancel()
	<-f.done
}

// arrivals is a record reader over batches that are still to come.
type arrivals struct {
	ctx        context.Context //nolint:containedctx // the driver pulls batches through an interface that passes none
	batches    <-chan arrow.RecordBatch
	schema     *arrow.Schema
	current    arrow.RecordBatch
	references atomic.Int64
	err        error
}

var _ array.RecordReader = (*arrivals)(nil)

// Retain adds a reference.
func (a *arrivals) Retain() { a.references.Add(1) }

// Release drops a reference; the last one drops the current batch.
func (a *arrivals) Release() {
	if a.references.Add(-1) == 0 {
		a.drop()
	}
}

func (a *arrivals) drop() {
	if a.current != nil {
		a.current.Release()
		a.current = nil
	}
}

// Schema is the schema of all batches.
func (a *arrivals) Schema() *arrow.Schema { return a.schema }

// Next waits for the next batch; false when there is none to come.
func (a *arrivals) Next() bool {
	a.drop()
	select {
	case batch, open := <-a.batches:
		a.current = batch
		return open
	case <-a.ctx.Done():
		a.err = a.ctx.Err()
		return false
	}
}

// RecordBatch is the batch that Next found.
func (a *arrivals) RecordBatch() arrow.RecordBatch { return a.current }

// Record is RecordBatch.
func (a *arrivals) Record() arrow.RecordBatch { return a.current }

// Err is why the batches ended early.
func (a *arrivals) Err() error { return a.err }
