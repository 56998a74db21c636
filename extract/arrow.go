package extract

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// arrowSource reads Arrow IPC files and streams. Values become their exact
// text; rows with nested columns are read as the JSON records that they are.
type arrowSource struct {
	landed  Landed
	objects []schemas.Object
}

func openArrow(c schemas.Contract, l Landed) (Source, error) {
	return &arrowSource{landed: l, objects: c.Objects}, nil
}

// Chunks implements Source: a chunk for each record batch, or several where
// it is larger than a batch may be.
func (s *arrowSource) Chunks(ctx context.Context) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		if err := s.split(ctx, func(c Chunk) bool { return yield(c, nil) }); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", s.landed.Path, fault.Mark(fault.DeliveryOther, err)))
		}
	}
}

// arrowMagic begins and ends an Arrow file; a stream has none.
const arrowMagic = "ARROW1"

func (s *arrowSource) split(ctx context.Context, yield func(Chunk) bool) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	in, err := os.Open(s.landed.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	batches, err := openBatches(in)
	if err != nil {
		return err
	}
	defer batches.close()
	table, err := s.table(batches.schema)
	if err != nil {
		return err
	}
	for row := int64(1); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		record, err := batches.next()
		if err != nil {
			return fmt.Errorf("rows from %d: %w", row, err)
		}
		if record == nil && row > 1 {
			return nil
		}
		if record == nil {
			table.yieldNone(yield)
			return nil
		}
		goOn := table.yieldBatch(record, row, yield)
		row += record.NumRows()
		record.Release()
		if !goOn {
			return nil
		}
	}
}

func (s *arrowSource) table(schema *arrow.Schema) (*parquetTable, error) {
	table := &parquetTable{rowPlace: s.landed.rowPlace("")}
	return table, table.describe(schema, s.objects)
}

// yieldNone yields the header of a file without rows.
func (t *parquetTable) yieldNone(yield func(Chunk) bool) {
	if t.records != nil {
		t.records.chunks(jsonBlock{text: make([]byte, 0, slack)}, yield)
		return
	}
	yield(func(ctx context.Context) (schemas.Decoded, error) {
		return schemas.Decoded{Record: emptyRecord(t.names)}, ctx.Err()
	})
}

// yieldBatch yields a record batch whose first row has number first.
func (t *parquetTable) yieldBatch(record arrow.RecordBatch, first int64, yield func(Chunk) bool) bool {
	if t.records != nil {
		return t.yieldRecords(record, first, yield)
	}
	for from := int64(0); from < record.NumRows(); from += groupRows {
		part := record.NewSlice(from, min(record.NumRows(), from+groupRows))
		if !yield(once(func() (schemas.Decoded, error) {
			defer part.Release()
			batch := newTextBatch(t, first+from)
			if err := guarded(func() error { batch.add(part); return nil }); err != nil {
				return schemas.Decoded{}, fmt.Errorf("read %s: rows from %d: %w", t.at.File, first+from, err)
			}
			return batch.decoded(), nil
		})) {
			return false
		}
	}
	return true
}

// arrowContinued is what each message of a stream begins with.
const arrowContinued = "\xff\xff\xff\xff"

// IsArrow says whether a file that begins so is an Arrow IPC file or stream.
func IsArrow(head []byte) bool {
	return bytes.HasPrefix(head, []byte(arrowMagic)) || bytes.HasPrefix(head, []byte(arrowContinued))
}

// arrowBatches are the record batches of a file or stream, in order.
type arrowBatches struct {
	schema *arrow.Schema
	next   func() (arrow.RecordBatch, error) // nil behind the last; the caller releases it
	close  func()
}

func openBatches(in *os.File) (*arrowBatches, error) {
	head := make([]byte, sniffBytes)
	n, err := in.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	head = head[:n]
	kind := binaryKind(head)
	switch {
	case n == 0:
		return nil, fault.New(fault.DeliveryEmpty, "the file is empty")
	case bytes.HasPrefix(head, []byte(arrowMagic)):
		return openArrowFile(in)
	case kind != "":
		return nil, fault.New(fault.DeliveryKind, "it is %s, not an Arrow file or stream", kind)
	case bytes.HasPrefix(head, []byte(arrowContinued)):
		return openArrowStream(in)
	}
	return nil, fault.New(fault.DeliveryKind, "it is no Arrow file or stream: its first bytes are not those of one")
}

func openArrowFile(in *os.File) (*arrowBatches, error) {
	var reader *ipc.FileReader
	count := 0
	info, err := in.Stat()
	if err == nil {
		err = proveFile(in, info.Size())
	}
	if err != nil {
		return nil, fault.New(fault.DeliveryDamaged, "the Arrow file is damaged or cut off; deliver it again: %w", err)
	}
	err = guarded(func() (err error) {
		if reader, err = ipc.NewFileReader(in, ipc.WithAllocator(boundedMemory{})); err == nil {
			count = reader.NumRecords() // reads the file's footer, which may be damaged
		}
		return err
	})
	if err != nil {
		return nil, fault.New(fault.DeliveryDamaged, "the Arrow file is damaged or cut off; deliver it again: %w", err)
	}
	at := 0
	next := func() (record arrow.RecordBatch, err error) {
		if at == count {
			return nil, nil
		}
		err = guarded(func() (err error) {
			record, err = reader.RecordBatchAt(at)
			return err
		})
		at++
		if err != nil {
			return nil, fault.New(fault.DeliveryDamaged, "the Arrow file is damaged; deliver it again: %w", err)
		}
		return record, nil
	}
	// Closing the reader closes the file, which its opener does.
	return &arrowBatches{schema: reader.Schema(), next: next, close: func() {}}, nil
}

func openArrowStream(in *os.File) (*arrowBatches, error) {
	if err := refuseCutStream(in); err != nil {
		return nil, err
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	buffered := bufio.NewReaderSize(in, readAhead)
	var reader *ipc.Reader
	err := guarded(func() (err error) {
		reader, err = ipc.NewReader(buffered, ipc.WithAllocator(boundedMemory{}))
		return err
	})
	if err != nil {
		return nil, fault.New(fault.DeliveryDamaged, "the Arrow stream is damaged; deliver it again: %w", err)
	}
	next := func() (record arrow.RecordBatch, err error) {
		err = guarded(func() error {
			if !reader.Next() {
				return reader.Err()
			}
			record = reader.RecordBatch()
			record.Retain()
			return nil
		})
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fault.New(fault.DeliveryDamaged, "the Arrow stream is damaged; deliver it again: %w", err)
		}
		if record == nil {
			return nil, refuseBehind(buffered)
		}
		return record, nil
	}
	return &arrowBatches{schema: reader.Schema(), next: next, close: reader.Release}, nil
}

// refuseBehind refuses what stands behind the end mark of a stream, such as a
// second stream: its rows would be lost.
func refuseBehind(in *bufio.Reader) error {
	_, err := in.Peek(1)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return errors.Join(err, fault.New(fault.DeliveryDamaged, "there is more behind the end of the Arrow stream, perhaps a second one; deliver each on its own"))
}

// refuseCutStream refuses a stream without its end mark: it could have ended
// between any two batches.
func refuseCutStream(in *os.File) error {
	info, err := in.Stat()
	if err != nil {
		return err
	}
	end := make([]byte, 8)
	if _, err := in.ReadAt(end, max(0, info.Size()-int64(len(end)))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !bytes.Equal(end, []byte{0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0}) {
		return fault.New(fault.DeliveryCut, "the Arrow stream is cut off: its end mark is missing; deliver it again, and close the writer")
	}
	if err := proveStream(in, info.Size()); err != nil {
		return fault.New(fault.DeliveryDamaged, "the Arrow stream is damaged; deliver it again: %w", err)
	}
	return nil
}

// largestBuffer bounds one buffer of a record batch.
const largestBuffer = 192 << 20

// boundedMemory allocates no buffer that is absurdly large: a damaged length
// must not take the process down. guarded turns its panic into an error.
type boundedMemory struct{ memory.GoAllocator }

func (boundedMemory) Allocate(size int) []byte {
	refuseLarge(size)
	return (&memory.GoAllocator{}).Allocate(size)
}

func (boundedMemory) Reallocate(size int, b []byte) []byte {
	refuseLarge(size)
	return (&memory.GoAllocator{}).Reallocate(size, b)
}

func (boundedMemory) Free([]byte) {}

func refuseLarge(size int) {
	if size < 0 || size > largestBuffer {
		panic(fmt.Sprintf("a buffer of %d bytes", size))
	}
}
