package extract

import (
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

const (
	// groupRows is the number of rows of a row group, and with it of a batch.
	groupRows = 64 << 10
	// groupBytes bounds the text of a row group.
	groupBytes = 64 << 20
	// pageBytes and pageBatch keep what is encoded in the processor's caches:
	// pages of a megabyte take a quarter more time.
	pageBytes = 64 << 10
	pageBatch = 4096
)

// textParquet writes rows of texts as Parquet. Equal rows give equal bytes:
// nothing in the file tells when or where it was written. One row group is
// encoded while the next is gathered. Either close or abandon must be called.
type textParquet struct {
	schema *arrow.Schema
	writer *pqarrow.FileWriter
	texts  []textBuilder
	rows   int
	size   int
	groups chan rowGroup
	free   chan []textBuilder // whose row group is written
	done   chan error         // one value: what writing came to
	failed error
}

// rowGroup is a row group on its way to the file.
type rowGroup struct {
	record arrow.RecordBatch
	texts  []textBuilder // that hold its memory
}

func newTextParquet(columns []string, out io.Writer) (*textParquet, error) {
	fields := make([]arrow.Field, len(columns))
	for i, name := range columns {
		fields[i] = arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true}
	}
	w := &textParquet{schema: arrow.NewSchema(fields, nil)}
	properties := parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Snappy),
		parquet.WithDictionaryDefault(false),
		parquet.WithStats(false),
		parquet.WithDataPageSize(pageBytes),
		parquet.WithBatchSize(pageBatch),
		parquet.WithCreatedBy("loadstar"),
		parquet.WithMaxRowGroupLength(groupRows),
	)
	var err error
	w.writer, err = pqarrow.NewFileWriter(w.schema, onlyWriter{out}, properties,
		pqarrow.NewArrowWriterProperties(pqarrow.WithAllocator(memory.DefaultAllocator)))
	if err != nil {
		return nil, fmt.Errorf("write Parquet: %w", err)
	}
	w.groups, w.free, w.done = make(chan rowGroup), make(chan []textBuilder, 2), make(chan error, 1)
	go encode(w.writer, w.groups, w.free, w.done)
	w.reset()
	return w, nil
}

// onlyWriter hides Close: the writer would close what it doesn't own.
type onlyWriter struct{ io.Writer }

// encode writes the row groups until there are no more of them. After an
// error it only takes them.
func encode(writer *pqarrow.FileWriter, groups <-chan rowGroup, free chan<- []textBuilder, done chan<- error) {
	var failed error
	for group := range groups {
		if failed == nil {
			failed = writer.Write(group.record)
		}
		group.record.Release()
		free <- group.texts
	}
	done <- failed
}

// reset begins a row group, in memory of one that is written. There are never
// more than two: one that is gathered and one that is written.
func (w *textParquet) reset() {
	w.rows, w.size = 0, 0
	select {
	case w.texts = <-w.free:
		for i := range w.texts {
			w.texts[i].reset()
		}
	default:
		w.texts = make([]textBuilder, w.schema.NumFields())
		for i := range w.texts {
			w.texts[i] = newTextBuilder(0)
		}
	}
}

// add sets the value of one column of the row that endRow ends. Every column
// must be set once.
func (w *textParquet) add(column int, text []byte, isNull bool) {
	if isNull {
		w.texts[column].addNull()
		return
	}
	w.texts[column].add(text)
	w.size += len(text)
}

func (w *textParquet) endRow() error {
	w.rows++
	if w.rows < groupRows && w.size < groupBytes {
		return nil
	}
	w.flush()
	return nil
}

// flush hands a row group over.
func (w *textParquet) flush() {
	if w.rows == 0 {
		return
	}
	var columns []arrow.Array
	for i := range w.texts {
		columns = append(columns, w.texts[i].array())
	}
	w.groups <- rowGroup{newRecord(w.schema, columns, w.rows), w.texts}
	w.reset()
}

// stop ends the encoding, once.
func (w *textParquet) stop() error {
	if w.groups == nil {
		return w.failed
	}
	close(w.groups)
	w.groups = nil
	w.failed = <-w.done
	return w.failed
}

// abandon ends the encoding of a file that is not wanted.
func (w *textParquet) abandon() {
	// What became of it does not matter.
	_ = w.stop()
}

// close writes the rest and the footer.
func (w *textParquet) close() error {
	w.flush()
	if err := w.stop(); err != nil {
		return fmt.Errorf("write Parquet: %w", err)
	}
	if err := w.writer.Close(); err != nil {
		return fmt.Errorf("write Parquet: %w", err)
	}
	return nil
}
