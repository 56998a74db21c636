package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// jsonSource reads JSON Lines (a record a line), or a JSON text that is one
// array of records or one record.
//
// Each schema object of the contract gives batches of its own, named by
// Decoded.Object. Rows of a nested object carry the place of their record.
// Keys that no property lists are columns too: a single value as its text, an
// object or array as JSON, unless another schema object has its rows.
type jsonSource struct {
	landed    Landed
	dialect   schemas.Dialect
	charset   charset
	plans     []*jsonPlan
	size      int  // bytes of a block
	maxRecord int  // bytes of a record
	empty     bool // a delivery may be empty
	follows   string
}

// Follows implements Paged.
func (s *jsonSource) Follows() string { return s.follows }

func openJSON(c schemas.Contract, l Landed) (Source, error) {
	set, err := newCharset(c.Dialect.Encoding)
	if err != nil {
		return nil, err
	}
	if len(c.Objects) == 0 {
		return nil, errors.New("the contract lists no object")
	}
	return &jsonSource{
		landed: l, dialect: c.Dialect, charset: set, plans: newJSONPlans(c.Objects),
		size: jsonBlockBytes, maxRecord: recordBytes, empty: c.Allow.Empty,
	}, nil
}

// Chunks implements Source.
func (s *jsonSource) Chunks(ctx context.Context) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		if err := s.split(ctx, func(c Chunk) bool { return yield(c, nil) }); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", s.landed.Path, fault.Mark(fault.DeliveryJSON, err)))
		}
	}
}

func (s *jsonSource) split(ctx context.Context, yield func(Chunk) bool) (err error) {
	text, err := openText(s.landed, s.dialect, s.charset)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	return s.splitText(ctx, text, yield)
}

// splitText yields the chunks of decoded text.
func (s *jsonSource) splitText(ctx context.Context, text io.Reader, yield func(Chunk) bool) error {
	free := &buffers{}
	w := window{in: text, free: free}
	envelope := &arraySplitter{w: w, place: textPlace{1, 1}, size: s.size, maxRecord: s.maxRecord, records: s.dialect.Records}
	defer func() { s.follows = envelope.follows }()
	var splitter jsonSplitter = &lineSplitter{w: w, line: 1, size: s.size, maxRecord: s.maxRecord, ended: s.dialect.EndedLine}
	if s.dialect.Format == "json" {
		splitter = envelope
	}
	decoder := &jsonDecoder{
		rowPlace: s.landed.rowPlace(""), encoding: s.charset.name, lines: s.dialect.Format == "jsonl",
		plans: s.plans, free: free, batches: &sync.Pool{}, pool: &schemas.Pool{},
	}
	for held := s.empty; ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		block, err := splitter.next()
		if err != nil {
			return err
		}
		held = held || len(block.records) > 0 || len(bytes.TrimSpace(block.text)) > 0
		if len(block.text) == 0 && !held {
			return fault.New(fault.DeliveryEmpty, "the file is empty; deliver it again, or add `empty` to the contract's allow list")
		}
		if len(block.text) == 0 || !decoder.chunks(block, yield) {
			return nil
		}
	}
}
