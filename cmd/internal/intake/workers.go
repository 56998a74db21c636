package intake

import (
	"context"
	"sync"

	"loadstar/extract"
	"loadstar/schemas"
)

// Batch is one chunk of a delivery after Decode, Conform and Cleanse. Whoever
// takes it releases its records.
type Batch struct {
	Object    string
	Sheet     string
	Header    []string // columns as delivered, lineage included
	Empty     []string // those of them without a value
	Rows      int64    // rows decoded
	Excluded  schemas.Excluded
	Rejects   []schemas.Reject // rows that could not be decoded
	Conformed []schemas.Conformed
	Notes     []string // what people should know of the delivery
	err       error
}

// Conformer is steps 3 and 4 as a function of one decoded batch.
type Conformer func(schemas.Decoded) ([]schemas.Conformed, error)

// Each decodes and conforms the chunks of a source with a bounded number
// of workers and hands the results to take in the order of the chunks, so
// that nothing depends on the number of workers. Batches in flight are
// bounded by twice that number.
func Each(ctx context.Context, workers int, source extract.Source, conform Conformer, take func(Batch) error) error {
	ctx, cancel := context.WithCancel(ctx)
	type task struct {
		chunk extract.Chunk
		out   chan Batch
	}
	tasks := make(chan task)
	queue := make(chan chan Batch, 2*workers)
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
			out := make(chan Batch, 1)
			select {
			case queue <- out:
			case <-ctx.Done():
				return
			}
			if err != nil {
				out <- Batch{err: err}
				return
			}
			select {
			case tasks <- task{chunk: chunk, out: out}:
			case <-ctx.Done():
				out <- Batch{err: ctx.Err()}
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
			b.Release()
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

func work(ctx context.Context, chunk extract.Chunk, conform Conformer) Batch {
	if err := ctx.Err(); err != nil {
		return Batch{err: err}
	}
	dec, err := chunk(ctx)
	if err != nil {
		return Batch{err: err}
	}
	b := Batch{Object: dec.Object, Sheet: dec.Sheet, Excluded: dec.Excluded, Rejects: dec.Rejects, Notes: dec.Notes}
	if dec.Record == nil {
		return b
	}
	b.Rows = dec.Record.NumRows()
	for i, f := range dec.Record.Schema().Fields() {
		b.Header = append(b.Header, f.Name)
		if dec.Record.Column(i).NullN() == int(b.Rows) {
			b.Empty = append(b.Empty, f.Name)
		}
	}
	b.Conformed, b.err = conform(dec)
	dec.Record.Release()
	return b
}

// Release gives the records back.
func (b Batch) Release() {
	for _, c := range b.Conformed {
		if c.Record != nil {
			c.Record.Release()
		}
	}
}
