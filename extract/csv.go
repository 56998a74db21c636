package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"

	"loadstar/schemas"
)

// csvSource reads delimited text.
type csvSource struct {
	landed  Landed
	dialect schemas.Dialect
	objects []schemas.Object
	syntax  csvSyntax
	charset charset
	size    int  // bytes of a block
	maxRow  int  // bytes of a row
	empty   bool // a delivery may be empty
	locale  schemas.Locale
}

func openCSV(c schemas.Contract, l Landed) (Source, error) {
	syntax, err := newCSVSyntax(c.Dialect)
	if err != nil {
		return nil, err
	}
	set, err := newCharset(c.Dialect.Encoding)
	if err != nil {
		return nil, err
	}
	return &csvSource{
		landed: l, dialect: c.Dialect, objects: c.Objects, syntax: syntax, charset: set,
		size: blockBytes, maxRow: rowBytes, empty: c.Allow.Empty, locale: c.Locale,
	}, nil
}

// Chunks implements Source.
func (s *csvSource) Chunks(ctx context.Context) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		if err := s.split(ctx, func(c Chunk) bool { return yield(c, nil) }); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", s.landed.Path, err))
		}
	}
}

func (s *csvSource) split(ctx context.Context, yield func(Chunk) bool) (err error) {
	wrong, err := s.prove(ctx)
	if err != nil {
		return err
	}
	text, err := openText(s.landed, s.dialect, s.charset)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	splitter, decoder, head, err := s.start(text)
	if err != nil {
		return err
	}
	decoder.wrong = wrong
	return s.yieldBlocks(ctx, splitter, decoder, head, yield)
}

// splitText yields the chunks of decoded text.
func (s *csvSource) splitText(ctx context.Context, text io.Reader, yield func(Chunk) bool) error {
	splitter, decoder, head, err := s.start(text)
	if err != nil {
		return err
	}
	return s.yieldBlocks(ctx, splitter, decoder, head, yield)
}

// start reads what stands before the first row.
func (s *csvSource) start(text io.Reader) (*csvSplitter, *csvDecoder, csvHeader, error) {
	free := &buffers{}
	splitter := &csvSplitter{
		csvSyntax: s.syntax, w: window{in: text, free: free}, line: 1,
		size: s.size, maxRow: s.maxRow, maxLines: blockRows, ended: s.dialect.EndedLine,
	}
	decoder := &csvDecoder{
		syntax: s.syntax, rowPlace: s.landed.rowPlace(""), encoding: s.charset.name,
		pad: s.dialect.Ragged == "pad", free: free, spans: &sync.Pool{}, pool: &schemas.Pool{},
	}
	if s.dialect.Trailer != nil {
		decoder.trailer = s.dialect.Trailer.Match
	}
	if err := splitter.skipLines(s.dialect.Skip); err != nil {
		return nil, nil, csvHeader{}, err
	}
	head, err := s.readHeader(splitter, decoder)
	splitter.maxLines = max(1, min(blockRows, blockCells/max(1, len(decoder.names))))
	return splitter, decoder, head, err
}

// prove reads the whole delivery, where it states totals of itself, and
// returns the totals rows that are wrong. An error condemns the delivery.
func (s *csvSource) prove(ctx context.Context) (wrong map[int64]totalFault, err error) {
	if s.dialect.Trailer == nil && len(s.dialect.Totals) == 0 {
		return nil, nil
	}
	text, err := openText(s.landed, s.dialect, s.charset)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	splitter, decoder, head, err := s.start(text)
	if err != nil {
		return nil, err
	}
	if decoder.control, err = newControl(s.dialect, s.locale, decoder.names, s.objects); err != nil {
		return nil, err
	}
	err = s.yieldBlocks(ctx, splitter, decoder, head, func(c Chunk) bool {
		dec, err := c(ctx)
		if dec.Record != nil {
			dec.Record.Release()
		}
		return err == nil
	})
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = decoder.control.prove()
	}
	return decoder.control.faults, err
}

// yieldBlocks yields the rows behind the header. The first chunk tells what
// the header's lines held besides, and is there even where no row is, so that
// the columns can be checked.
func (s *csvSource) yieldBlocks(ctx context.Context, splitter *csvSplitter, decoder *csvDecoder, head csvHeader, yield func(Chunk) bool) error {
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		var block csvBlock
		if n < len(head.blocks) {
			block = head.blocks[n]
		} else {
			var err error
			if block, err = splitter.next(s.size); err != nil {
				return err
			}
		}
		atEnd := len(block.text) == 0
		if atEnd && (n > 0 || decoder.names == nil && head.excluded.Total() == 0) {
			return nil
		}
		excluded := schemas.Excluded{}
		if n == 0 {
			excluded = head.excluded
		}
		chunk := once(func() (schemas.Decoded, error) {
			out, err := decoder.decode(block)
			if err != nil {
				return out, fmt.Errorf("read %s: %w", s.landed.Path, err)
			}
			if out.Record == nil && n == 0 && decoder.names != nil {
				out.Record = emptyRecord(decoder.names)
			}
			out.Excluded.Add(excluded)
			return out, nil
		})
		if !yield(chunk) || atEnd {
			return nil
		}
	}
}
