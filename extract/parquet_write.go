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
)

// textParquet writes rows of texts as Parquet. Equal rows give equal bytes:
// nothing in the file tells when or where it was written.
type textParquet struct {
	schema *arrow.Schema
	writer *pqarrow.FileWriter
	texts  []textBuilder
	rows   int
	size   int
}

func newTextParquet(columns []string, out io.Writer) (*textParquet, error) {
	fields := make([]arrow.Field, len(columns))
	for i, name := range columns {
		fields[i] = arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true}
	}
	w := &textParquet{schema: arrow.NewSchema(fields, nil)}
	properties := parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Snappy),
		parquet.WithCreatedBy("loadstar"),
		parquet.WithMaxRowGroupLength(groupRows),
	)
	var err error
	w.writer, err = pqarrow.NewFileWriter(w.schema, onlyWriter{out}, properties,
		pqarrow.NewArrowWriterProperties(pqarrow.WithAllocator(memory.DefaultAllocator)))
	if err != nil {
		return nil, fmt.Errorf("write Parquet: %w", err)
	}
	w.reset()
	return w, nil
}

// onlyWriter hides Close: the writer would close what it doesn't own.
type onlyWriter struct{ io.Writer }

func (w *textParquet) reset() {
	w.rows, w.size = 0, 0
	w.texts = make([]textBuilder, w.schema.NumFields())
	for i := range w.texts {
		w.texts[i] = newTextBuilder(0)
	}
}

// add sets the value of one column of the row that endRow ends. Every column
// must be set once.
func (w *textParquet) add(column int, text string, isNull bool) {
	if isNull {
		w.texts[column].addNull()
		return
	}
	w.texts[column].addString(text)
	w.size += len(text)
}

func (w *textParquet) endRow() error {
	w.rows++
	if w.rows < groupRows && w.size < groupBytes {
		return nil
	}
	return w.flush()
}

// flush writes a row group.
func (w *textParquet) flush() error {
	if w.rows == 0 {
		return nil
	}
	var columns []arrow.Array
	for i := range w.texts {
		columns = append(columns, w.texts[i].array())
	}
	record := newRecord(w.schema, columns, w.rows)
	defer record.Release()
	if err := w.writer.Write(record); err != nil {
		return fmt.Errorf("write Parquet: %w", err)
	}
	w.reset()
	return nil
}

// close writes the rest and the footer.
func (w *textParquet) close() error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.writer.Close(); err != nil {
		return fmt.Errorf("write Parquet: %w", err)
	}
	return nil
}
