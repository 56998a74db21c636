package recognise

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/extract"
	"loadstar/schemas"
	"loadstar/transform"
)

// result is what became of one chunk.
type result[T any] struct {
	value T
	err   error
}

// task is a chunk to work on and where its result goes.
type task[T any] struct {
	chunk extract.Chunk
	out   chan result[T]
}

// InOrder decodes the chunks of a source and works on them with a bounded
// number of workers; take gets the results in the order of the chunks. work
// must not keep the decoded record.
func InOrder[T any](ctx context.Context, workers int, source extract.Source, work func(schemas.Decoded) (T, error), take func(T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	tasks := make(chan task[T])
	queue := make(chan chan result[T], 2*workers)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for t := range tasks {
				t.out <- decodeChunk(ctx, t.chunk, work)
			}
		})
	}
	group.Go(func() {
		defer close(queue)
		defer close(tasks)
		deal(ctx, source, tasks, queue)
	})
	var failed error
	for out := range queue {
		r := <-out
		if failed == nil {
			failed = r.err
		}
		if failed == nil {
			failed = take(r.value)
		}
		if failed != nil {
			cancel()
		}
	}
	group.Wait()
	if failed == nil {
		failed = ctx.Err()
	}
	return failed
}

func decodeChunk[T any](ctx context.Context, c extract.Chunk, work func(schemas.Decoded) (T, error)) (r result[T]) {
	dec, err := c(ctx)
	if err != nil {
		return result[T]{err: err}
	}
	r.value, r.err = work(dec)
	if dec.Record != nil {
		dec.Record.Release()
	}
	return r
}

// deal hands the chunks of a source to the workers; queue has the places of
// their results in the order of the chunks.
func deal[T any](ctx context.Context, source extract.Source, tasks chan<- task[T], queue chan<- chan result[T]) {
	for chunk, err := range source.Chunks(ctx) {
		out := make(chan result[T], 1)
		select {
		case queue <- out:
		case <-ctx.Done():
			return
		}
		if err != nil {
			out <- result[T]{err: err}
			return
		}
		select {
		case tasks <- task[T]{chunk, out}:
		case <-ctx.Done():
			out <- result[T]{err: ctx.Err()}
			return
		}
	}
}

// TextColumns are the columns of a decoded batch that hold values.
type TextColumns struct {
	names   []string
	columns []*array.String
	Rows    int
	Lines   *array.Int64 // line or worksheet row of each row
	lists   bool         // a value may be a JSON list
	nulls   map[string]bool
	absent  []map[string]bool // further ones of each column, nil = none
}

// ColumnsOf finds the columns of text in a decoded batch, nil = none.
func (in *File) ColumnsOf(record arrow.RecordBatch, t *WordTables) TextColumns {
	c := TextColumns{nulls: t.nulls, lists: in.HoldsRecords()}
	if record == nil {
		return c
	}
	c.Rows = int(record.NumRows())
	for i, field := range record.Schema().Fields() {
		switch column := record.Column(i).(type) {
		case *array.String:
			c.names = append(c.names, field.Name)
			c.columns = append(c.columns, column)
			if in.absent != nil {
				c.absent = append(c.absent, in.absent[field.Name])
			}
		case *array.Int64:
			if field.Name == schemas.ColRow {
				c.Lines = column
			}
		}
	}
	return c
}

// longestNull is the length of the longest word for "no value" in the table.
const longestNull = 20

// value gives the text of a cell, "" where it says that there is none.
func (c *TextColumns) value(column, row int) string {
	col := c.columns[column]
	if col.IsNull(row) {
		return ""
	}
	s := transform.Text(col.Value(row))
	if len(s) <= longestNull && (c.nulls[s] || c.nulls[strings.ToLower(s)] || c.absent != nil && c.absent[column][s]) {
		return ""
	}
	if c.lists && len(s) > 1 && s[0] == '[' && s[len(s)-1] == ']' {
		return listText(s)
	}
	return s
}

// listText writes a JSON list of texts with commas between them.
func listText(s string) string {
	if strings.ContainsAny(s, "{") || strings.Contains(s[1:], "[") {
		return ""
	}
	parts := strings.Split(s[1:len(s)-1], ",")
	for i := range parts {
		parts[i] = strings.Trim(strings.TrimSpace(parts[i]), `"`)
	}
	return strings.Join(parts, ", ")
}

// Joined reads the named columns as one text, parted by spaces.
func (c *TextColumns) Joined(names []string) func(i int) string {
	var at []int
	for _, name := range names {
		if k := slices.Index(c.names, name); k >= 0 {
			at = append(at, k)
		}
	}
	switch len(at) {
	case 0:
		return func(int) string { return "" }
	case 1:
		return func(i int) string { return c.value(at[0], i) }
	}
	return func(i int) string {
		var parts []string
		for _, k := range at {
			if v := c.value(k, i); v != "" {
				parts = append(parts, v)
			}
		}
		return strings.Join(parts, " ")
	}
}
