package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"loadstar/schemas"
)

// parquetSource reads flat Parquet files: those that PullTable lands and those
// of others. Values become their exact text.
type parquetSource struct {
	landed Landed
}

func openParquet(_ schemas.Contract, l Landed) (Source, error) {
	return &parquetSource{landed: l}, nil
}

// Chunks implements Source: a chunk for each row group, or several where it
// is larger than a batch may be.
func (s *parquetSource) Chunks(ctx context.Context) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		if err := s.split(ctx, func(c Chunk) bool { return yield(c, nil) }); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", s.landed.Path, err))
		}
	}
}

func (s *parquetSource) split(ctx context.Context, yield func(Chunk) bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	table, err := s.open()
	if err != nil {
		return err
	}
	if table.meta.NumRows == 0 {
		yield(func(ctx context.Context) (schemas.Decoded, error) {
			return schemas.Decoded{Record: emptyRecord(table.names)}, ctx.Err()
		})
		return nil
	}
	row := int64(1)
	for group := range table.meta.NumRowGroups() {
		rows := table.meta.RowGroup(group).NumRows()
		for from := int64(0); from < rows; from += groupRows {
			if err := ctx.Err(); err != nil {
				return err
			}
			part := parquetPart{parquetTable: table, group: group, from: from, rows: min(groupRows, rows-from), firstRow: row + from}
			if !yield(part.decode) {
				return nil
			}
		}
		row += rows
	}
	return nil
}

// parquetTable is what all chunks of a file share.
type parquetTable struct {
	rowPlace
	path  string // of the bytes
	meta  *metadata.FileMetaData
	names []string
}

func (s *parquetSource) open() (_ *parquetTable, err error) {
	in, err := os.Open(s.landed.File)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := refuseNoParquet(in); err != nil {
		return nil, err
	}
	table := &parquetTable{rowPlace: s.landed.rowPlace(""), path: s.landed.File}
	err = guarded(func() error {
		reader, columns, err := openColumns(in, nil)
		if err != nil {
			return err
		}
		table.meta = reader.ParquetReader().MetaData()
		table.names = columnNames(fieldNames(columns))
		return table.check(columns)
	})
	return table, err
}

func fieldNames(schema *arrow.Schema) []string {
	names := make([]string, schema.NumFields())
	for i, field := range schema.Fields() {
		names[i] = field.Name
	}
	return names
}

func (t *parquetTable) check(schema *arrow.Schema) error {
	for _, field := range schema.Fields() {
		if !hasText(field.Type) {
			return fmt.Errorf("column %s is a %s; columns must be flat values", field.Name, field.Type)
		}
	}
	rows := int64(0)
	for group := range t.meta.NumRowGroups() {
		n := t.meta.RowGroup(group).NumRows()
		if n < 0 {
			return errors.New("the file is damaged: a row group has less than no rows")
		}
		rows += n
	}
	if rows != t.meta.NumRows {
		return fmt.Errorf("the file is damaged: its row groups hold %d rows, its footer says %d", rows, t.meta.NumRows)
	}
	return nil
}

func refuseNoParquet(in io.ReaderAt) error {
	head := make([]byte, sniffBytes)
	n, err := in.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	head = head[:n]
	switch kind := binaryKind(head); {
	case n == 0:
		return errors.New("the file is empty")
	case bytes.HasPrefix(head, []byte("PARE")):
		return errors.New("it is an encrypted Parquet file; write it without encryption")
	case bytes.HasPrefix(head, []byte("PAR1")):
		return nil
	case kind != "":
		return fmt.Errorf("it is %s, not a Parquet file", kind)
	}
	return errors.New("it is no Parquet file: its first bytes are not those of one")
}

// openColumns reads the footer, unless it is known, and makes the columns
// those of Arrow.
func openColumns(in parquet.ReaderAtSeeker, known *metadata.FileMetaData) (*pqarrow.FileReader, *arrow.Schema, error) {
	var options []file.ReadOption
	if known != nil {
		options = append(options, file.WithMetadata(known))
	}
	reader, err := file.NewParquetReader(in, options...)
	if err != nil {
		return nil, nil, fmt.Errorf("the file is damaged or cut off: %w", err)
	}
	columns, err := pqarrow.NewFileReader(reader, pqarrow.ArrowReadProperties{BatchSize: groupRows}, memory.DefaultAllocator)
	if err != nil {
		return nil, nil, fmt.Errorf("read its columns: %w", err)
	}
	schema, err := columns.Schema()
	if err != nil {
		return nil, nil, fmt.Errorf("read its columns: %w", err)
	}
	return columns, schema, nil
}

// guarded turns a panic of the Parquet library, which damaged files can
// cause, into an error.
func guarded(read func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = errors.New("the file is damaged: its pages are not what its footer says")
		}
	}()
	return read()
}

// longestColumn bounds the text of one column of a chunk.
const longestColumn = 1 << 30

// parquetPart is one chunk: some rows of one row group.
type parquetPart struct {
	*parquetTable
	group    int
	from     int64 // first row within the group, from 0
	rows     int64
	firstRow int64 // of the file, from 1
}

func (p parquetPart) decode(ctx context.Context) (_ schemas.Decoded, err error) {
	if err := ctx.Err(); err != nil {
		return schemas.Decoded{}, err
	}
	in, err := os.Open(p.path)
	if err != nil {
		return schemas.Decoded{}, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	batch := newTextBatch(p.parquetTable, p.firstRow)
	err = guarded(func() error { return p.read(ctx, in, batch) })
	if err != nil {
		return schemas.Decoded{}, fmt.Errorf("read %s: rows from %d: %w", p.at.File, p.firstRow, err)
	}
	return batch.decoded(), nil
}

func (p parquetPart) read(ctx context.Context, in parquet.ReaderAtSeeker, batch *textBatch) error {
	columns, _, err := openColumns(in, p.meta)
	if err != nil {
		return err
	}
	reader, err := columns.GetRecordReader(ctx, nil, []int{p.group})
	if err != nil {
		return err
	}
	defer reader.Release()
	if p.from > 0 {
		if err := reader.SeekToRow(p.from); err != nil {
			return err
		}
	}
	for left := p.rows; left > 0; {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("the file is damaged: %d rows are missing", left)
		}
		if err != nil {
			return err
		}
		n := min(left, record.NumRows())
		if n == 0 {
			return errors.New("the file is damaged: a page holds no row")
		}
		batch.add(record, int(n))
		left -= n
		for i := range batch.texts {
			if len(batch.texts[i].data) > longestColumn {
				return fmt.Errorf("column %s holds more than %d MB in %d rows; write smaller row groups", p.names[i], longestColumn>>20, p.rows)
			}
		}
	}
	return nil
}
