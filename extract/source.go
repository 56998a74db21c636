package extract

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// Chunk decodes one piece of a delivery. Chunks of one Source may be decoded
// concurrently and in any order; their results are used in the order in which
// the Source yielded them. A chunk is decoded at most once, and may be dropped
// undecoded. The caller owns the record of the result and releases it.
type Chunk func(context.Context) (schemas.Decoded, error)

// Source reads one landed delivery of one feed.
type Source interface {
	// Chunks splits the delivery, which is sequential and cheap; decoding is
	// the work. An error is the last thing yielded: the delivery is condemned
	// and none of its rows may be used. What is yielded depends on the bytes
	// and the contract alone. Every call reads the delivery from its start.
	Chunks(ctx context.Context) iter.Seq2[Chunk, error]
}

// Paged is a Source whose deliveries may say that they are one page of several.
type Paged interface {
	// Follows is the key by which the delivery, when it was read whole, says
	// that more records follow behind its own, "" where none does.
	Follows() string
}

// Landed is one delivery whose bytes are kept.
type Landed struct {
	Feed        string
	Path        string    // as delivered, relative to the project folder, with slashes
	SHA256      string    // of the bytes, lower-case hex
	File        string    // where the landing folder keeps them
	Size        int64     // bytes
	DeliveredAt time.Time // the moment it speaks for; zero = unknown, set by the caller
	Cursor      string    // greatest cursor value of a pull or a plug-in, "" = none
	State       string    // what a plug-in wants to be told next time, "" = nothing
	Rows        int64     // of a pull, 0 = unknown
	Keys        bool      // of a pull: it holds the keys of all rows, and nothing else
	Asked       int64     // row of which Decoded.Aside is to tell, 0 = none
}

// Open makes the Source that the contract's dialect asks for. The file is
// opened by Chunks, not here: an error means that the contract itself can't
// be followed.
func Open(contract schemas.Contract, l Landed) (Source, error) {
	var source Source
	var err error
	switch format := contract.Dialect.Format; format {
	case "csv":
		source, err = openCSV(contract, l)
	case "fixed":
		source, err = openFixed(contract, l)
	case "jsonl", "json":
		source, err = openJSON(contract, l)
	case "excel":
		source, err = openExcel(contract, l)
	case "parquet", "table":
		source, err = openParquet(contract, l)
	case "arrow":
		source, err = openArrow(contract, l)
	default:
		err = fmt.Errorf("format %q can't be read", format)
	}
	if err == nil {
		source, err = filled(source, contract)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", l.Path, fault.Mark(fault.ContractPlan, err))
	}
	return source, nil
}

// fileKey names the delivery, or one sheet of it.
func (l Landed) fileKey(sheet string) int64 { return schemas.FileKey(l.Feed, l.SHA256, sheet) }

// once makes a chunk that refuses to be decoded twice: its block is recycled.
func once(decode func() (schemas.Decoded, error)) Chunk {
	var used sync.Mutex
	return func(ctx context.Context) (schemas.Decoded, error) {
		if err := ctx.Err(); err != nil {
			return schemas.Decoded{}, err
		}
		if !used.TryLock() {
			return schemas.Decoded{}, errors.New("decode chunk: it was decoded before")
		}
		return decode()
	}
}
