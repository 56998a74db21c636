package pipeline

import (
	"context"
	"sync"

	"loadstar/extract"
	"loadstar/schemas"
)

// batch is one chunk of a delivery after Decode, Conform and Cleanse.
type batch struct {
	object    string
	sheet     string
	rows      int64 // rows decoded
	excluded  schemas.Excluded
	rejects   []schemas.Reject // rows that could not be decoded
	conformed []schemas.Conformed
	err       error
}

// conformer is steps 3 and 4 as a function of one decoded batch.
type conformer func(schemas.Decoded) ([]schemas.Conformed, error)

// eachBatch decodes and conforms the chunks of a source with a bounded number
// of workers and hands the results to take in the order of the chunks, so
// that nothing depends on the number of workers. Batches in flight are
// bounded by twice that number.
func eachBatch(ctx context.Context, workers int, source extract.Source, conform conformer, take func(batch) error) error {
	ctx, cancel := context.WithCancel(ctx)
	type task struct {
		chunk extract.Chunk
		out   chan batch
	}
	tasks := make(chan task)
	queue := make(chan chan batch, 2*workers)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for t := range tasks {
				t.out <- work(ctx, t.chunk, conform)
			}
		})
	}
	group.Go(func() {
		defer close(queue)
		defer close(tasks)
		for chunk, err := range source.Chunks(ctx) {
			out := make(chan batch, 1)
			select {
			case queue <- out:
			case <-ctx.Done():
				return
			}
			if err != nil {
				out <- batch{err: err}
				return
			}
			select {
			case tasks <- task{chunk: chunk, out: out}:
			case <-ctx.Done():
				out <- batch{err: ctx.Err()}
				return
			}
		}
	})
	var failed error
	for out := range queue {
		b := <-out
		if failed == nil {
			failed = b.err
		}
		if failed == nil {
			failed = take(b)
		} else {
			b.release()
			cancel()
		}
		if failed != nil {
			cancel()
		}
	}
	if failed == nil {
		failed = ctx.Err()
	}
	cancel()
	group.Wait()
	return failed
}

func work(ctx context.Context, chunk extract.Chunk, conform conformer) batch {
	if err := ctx.Err(); err != nil {
		return batch{err: err}
	}
	dec, err := chunk(ctx)
	if err != nil {
		return batch{err: err}
	}
	b := batch{object: dec.Object, sheet: dec.Sheet, excluded: dec.Excluded, rejects: dec.Rejects}
	if dec.Record == nil {
		return b
	}
	b.rows = dec.Record.NumRows()
	b.conformed, b.err = conform(dec)
	dec.Record.Release()
	return b
}

func (b batch) release() {
	for _, c := range b.conformed {
		if c.Record != nil {
			c.Record.Release()
		}
	}
}
