package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// parquetSource reads Parquet files: those that PullTable lands and those of
// others. Values become their exact text; rows with nested columns are read as
// the JSON records that they are.
type parquetSource struct {
	landed  Landed
	objects []schemas.Object
}

func openParquet(c schemas.Contract, l Landed) (Source, error) {
	return &parquetSource{landed: l, objects: c.Objects}, nil
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
	table, err := s.open(ctx)
	if err != nil {
		return err
	}
	if table.meta.NumRows == 0 {
		table.yieldNone(yield)
		return nil
	}
	if table.records != nil {
		return table.splitNested(ctx, yield)
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
	// records reads the rows where the columns or the contract are nested.
	records *jsonDecoder
}

func (s *parquetSource) open(ctx context.Context) (_ *parquetTable, err error) {
	in, err := os.Open(s.landed.File)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	size := info.Size()
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
		if err := refuseDurations(reader.Manifest.OriginSchema); err != nil {
			return err
		}
		if err := table.describe(columns, s.objects); err != nil {
			return err
		}
		return table.check(ctx, in, reader.Manifest, size)
	})
	return table, err
}

// describe notes the columns, and refuses those that can't be read.
func (t *parquetTable) describe(schema *arrow.Schema, objects []schemas.Object) error {
	t.names = columnNames(fieldNames(schema))
	if err := refuseSchema(schema, objects); err != nil || !isNested(schema, objects) {
		return err
	}
	objects, err := presentObjects(schema, objects)
	t.records = &jsonDecoder{
		rowPlace: t.rowPlace, encoding: "utf-8", made: true, plans: newJSONPlans(objects),
		free: &buffers{}, batches: &sync.Pool{}, pool: &schemas.Pool{},
	}
	return err
}

func fieldNames(schema *arrow.Schema) []string {
	names := make([]string, schema.NumFields())
	for i, field := range schema.Fields() {
		names[i] = field.Name
	}
	return names
}

// check proves that the footer agrees with itself and the file, and the pages
// with their checksums.
func (t *parquetTable) check(ctx context.Context, in io.ReaderAt, columns *pqarrow.SchemaManifest, size int64) error {
	leaves := leavesOf(columns.Fields)
	rows, end := int64(0), int64(0)
	for i := range t.meta.NumRowGroups() {
		group := t.meta.RowGroup(i)
		rows += group.NumRows()
		if group.NumRows() < 0 || group.NumColumns() != len(leaves) {
			return errFooter
		}
		for c := range group.NumColumns() {
			column, err := group.ColumnChunk(c)
			if err != nil {
				return fault.New(fault.DeliveryDamaged, "the file is damaged: %w", err)
			}
			if err := checkColumn(group, column, isRepeated(leaves[c]), size); err != nil {
				return err
			}
			if err := checkSums(ctx, in, column); err != nil {
				return err
			}
			end = max(end, columnStart(column)+column.TotalCompressedSize())
		}
	}
	if rows != t.meta.NumRows {
		return errFooter
	}
	return refuseSeveral(in, end, size)
}

var errFooter = fault.New(fault.DeliveryDamaged, "the file is damaged: its footer contradicts itself")

// checkColumn proves that the bytes of a column lie within the file.
func checkColumn(group *metadata.RowGroupMetaData, column *metadata.ColumnChunkMetaData, repeated bool, size int64) error {
	start, length := columnStart(column), column.TotalCompressedSize()
	isShort := column.NumValues() < group.NumRows() || column.NumValues() > group.NumRows() && !repeated
	if start < 0 || length < 0 || start > size || length > size-start || isShort {
		return errFooter
	}
	return nil
}

// columnStart is where the first page of a column stands in the file.
func columnStart(column *metadata.ColumnChunkMetaData) int64 {
	if column.HasDictionaryPage() && column.DictionaryPageOffset() > 0 {
		return min(column.DataPageOffset(), column.DictionaryPageOffset())
	}
	return column.DataPageOffset()
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
		return fault.New(fault.DeliveryEmpty, "the file is empty")
	case bytes.HasPrefix(head, []byte("PARE")):
		return fault.New(fault.DeliveryEncrypted, "it is an encrypted Parquet file; write it without encryption")
	case bytes.HasPrefix(head, []byte("PAR1")):
		return nil
	case kind != "":
		return fault.New(fault.DeliveryKind, "it is %s, not a Parquet file", kind)
	}
	return fault.New(fault.DeliveryKind, "it is no Parquet file: its first bytes are not those of one")
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
		return nil, nil, fault.New(fault.DeliveryDamaged, "the file is damaged or cut off: %w", err)
	}
	if err := proveColumns(reader.MetaData().KeyValueMetadata()); err != nil {
		return nil, nil, fault.New(fault.DeliveryDamaged, "the file is damaged: %w", err)
	}
	columns, err := pqarrow.NewFileReader(reader, pqarrow.ArrowReadProperties{BatchSize: groupRows}, memory.DefaultAllocator)
	if err != nil {
		return nil, nil, fault.New(fault.DeliveryDamaged, "its columns can't be told: the file is damaged, or has a type that is not read here: %w", err)
	}
	schema, err := columns.Schema()
	if err != nil {
		return nil, nil, fault.New(fault.DeliveryDamaged, "its columns can't be told: the file is damaged, or has a type that is not read here: %w", err)
	}
	return columns, schema, nil
}

// guarded turns a panic of the Parquet library, which damaged files can
// cause, into an error.
func guarded(read func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fault.New(fault.DeliveryDamaged, "the file is damaged: its pages are not what its footer says")
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

// read takes the columns one by one: the library reads whole records in
// goroutines of its own, where a panic can't be guarded against.
func (p parquetPart) read(ctx context.Context, in parquet.ReaderAtSeeker, batch *textBatch) error {
	file, schema, err := openColumns(in, p.meta)
	if err != nil {
		return err
	}
	columns := make([]arrow.Array, 0, len(p.names))
	defer func() {
		for _, c := range columns {
			c.Release()
		}
	}()
	for i := range p.names {
		if err := ctx.Err(); err != nil {
			return err
		}
		column, err := p.column(ctx, file, i)
		if err != nil {
			return fmt.Errorf("column %s: %w", p.names[i], err)
		}
		columns = append(columns, column)
	}
	record := array.NewRecordBatch(schema, columns, p.rows)
	defer record.Release()
	batch.add(record)
	for i, text := range batch.texts {
		if len(text.data) > longestColumn {
			return fault.New(fault.DeliveryTooLarge, "column %s holds more than %d MB in %d rows; write smaller row groups", p.names[i], longestColumn>>20, p.rows)
		}
	}
	return nil
}

func (p parquetPart) column(ctx context.Context, file *pqarrow.FileReader, i int) (arrow.Array, error) {
	reader, err := file.GetFieldReader(ctx, i, map[int]bool{i: true}, []int{p.group})
	if err != nil {
		return nil, err
	}
	defer reader.Release()
	if p.from > 0 {
		if err := reader.SeekToRow(p.from); err != nil {
			return nil, fault.New(fault.DeliveryDamaged, "the file is damaged: %w", err)
		}
	}
	return nextRows(ctx, reader, p.rows)
}

// nextRows reads the values of so many rows, of which none may be missing.
func nextRows(ctx context.Context, reader *pqarrow.ColumnReader, rows int64) (arrow.Array, error) {
	chunks, err := nextChunks(ctx, reader, rows)
	if err != nil {
		return nil, err
	}
	defer chunks.Release()
	if int64(chunks.Len()) != rows {
		return nil, errShortColumn
	}
	return array.Concatenate(chunks.Chunks(), memory.DefaultAllocator)
}

func nextChunks(ctx context.Context, reader *pqarrow.ColumnReader, rows int64) (*arrow.Chunked, error) {
	chunks, err := reader.NextBatch(rows)
	// A page that holds less than it should is followed by io.EOF.
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(ctx.Err(), fault.New(fault.DeliveryDamaged, "the file is damaged: %w", err))
	}
	if chunks == nil {
		return nil, errShortColumn
	}
	return chunks, nil
}

var errShortColumn = fault.New(fault.DeliveryDamaged, "the file is damaged: values are missing")
