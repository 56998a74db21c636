package extract

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// mostContinued bounds what is kept of a file that continues another: bytes of
// keys and values.
const mostContinued = 96 << 20

// LandContinued keeps a delimited text as Land does, with columns of the files
// that continue it behind those of each row: the lines and their numbers stay.
func LandContinued(ctx context.Context, shelf Shelf, feed, path string, d schemas.Dialect, with []Continuation) (l Landed, err error) {
	l = Landed{Feed: feed, Path: relative(shelf.Project, path)}
	out, err := newIncoming(shelf.Dir)
	if err != nil {
		return Landed{}, fmt.Errorf("land %s: %w", l.Path, err)
	}
	defer out.discard()
	if err := WriteContinued(ctx, d, path, with, out); err != nil {
		return Landed{}, fmt.Errorf("land %s: %w", l.Path, err)
	}
	if l.SHA256, l.Size, l.File, err = out.commit(); err != nil {
		return Landed{}, fmt.Errorf("land %s: %w", l.Path, err)
	}
	return l, nil
}

// WriteContinued copies a delimited text and adds to each row what other files,
// written alike, say of it. Rows that none continues have no value there.
func WriteContinued(ctx context.Context, d schemas.Dialect, file string, with []Continuation, to io.Writer) error {
	var more []*csvMore
	for _, c := range with {
		m := &csvMore{Continuation: c, values: map[string][][]byte{}}
		if err := m.read(ctx, d); err != nil {
			return err
		}
		more = append(more, m)
	}
	out := bufio.NewWriterSize(to, copyBlock)
	keys := make([]int, len(more))
	err := eachCSVRow(ctx, d, file, func(r csvRow) error {
		body, end := cutLineEnd(r.text)
		out.Write(body)
		for i, m := range more {
			values := m.none
			switch {
			case r.isHeader:
				if keys[i] = slices.Index(r.texts(), m.Of); keys[i] < 0 {
					return fault.New(fault.DeliveryHeader, "it has no column %q, by which %s continues it", m.Of, m.Table)
				}
				values = m.labels
			case r.cells != nil && keys[i] < len(r.cells):
				if found, ok := m.values[string(r.rows.cellText(r.cells[keys[i]]))]; ok {
					values = found
				}
			}
			for _, value := range values {
				if r.cells != nil {
					out.Write(r.rows.delimiter)
					out.Write(value)
				}
			}
		}
		_, err := out.Write(end)
		return err
	})
	return errors.Join(err, out.Flush())
}

// csvMore is what a file tells of the rows of another, each value as it is
// written there.
type csvMore struct {
	Continuation
	labels, none [][]byte
	values       map[string][][]byte // by key
}

func (m *csvMore) read(ctx context.Context, d schemas.Dialect) error {
	m.none = make([][]byte, len(m.Columns))
	var at []int
	key, size := 0, 0
	err := eachCSVRow(ctx, d, m.Table, func(r csvRow) error {
		if r.isHeader {
			labels := r.texts()
			for _, name := range append([]string{m.Key}, m.Columns...) {
				i := slices.Index(labels, name)
				if i < 0 {
					return fault.New(fault.DeliveryHeader, "%s has no column %q", m.Table, name)
				}
				at = append(at, i)
			}
			key, at = at[0], at[1:]
			for _, i := range at {
				m.labels = append(m.labels, r.written(i))
			}
			return nil
		}
		if r.cells == nil && len(bytes.TrimSpace(r.text)) == 0 {
			return nil
		}
		if len(r.cells) <= max(key, slices.Max(at)) || r.rows.stray {
			return fault.New(fault.DeliveryHeader, "%s, line %d: the row has other cells than the header, so that nothing is known of what it continues", m.Table, r.line)
		}
		id := string(r.rows.cellText(r.cells[key]))
		if _, again := m.values[id]; again {
			return fault.New(fault.DeliveryHeader, "%s, line %d: what stands in column %q comes a second time: nothing tells which row counts", m.Table, r.line, m.Key)
		}
		values := make([][]byte, len(at))
		for i, column := range at {
			values[i] = r.written(column)
			size += len(values[i])
		}
		if size += len(id); size > mostContinued {
			return fault.New(fault.DeliveryHeader, "%s is too large to be read with another file: load both into a database first", m.Table)
		}
		m.values[id] = values
		return nil
	})
	if err == nil && m.labels == nil {
		err = fault.New(fault.DeliveryEmpty, "%s holds no header", m.Table)
	}
	return err
}

// csvRow is one row of a delimited text as it is written.
type csvRow struct {
	text     []byte // with its line end; followed by those of the block
	cells    []cell // nil of what is no row: comments, blank lines, quotes that never close
	rows     *csvRows
	line     int64
	isHeader bool
}

// texts are the trimmed texts of a row's cells.
func (r csvRow) texts() []string {
	var texts []string
	for _, c := range r.cells {
		texts = append(texts, strings.TrimSpace(strings.TrimPrefix(string(r.rows.cellText(c)), markUTF8)))
	}
	return texts
}

// written is a cell with its quotes, on its own.
func (r csvRow) written(i int) []byte {
	c := r.cells[i]
	text := r.rows.text[c.from():c.end]
	if c.start&cellQuoted == 0 {
		return bytes.Clone(text)
	}
	quote := []byte{r.rows.quote}
	return slices.Concat(quote, text, quote)
}

// errNotContinued says which texts can be read with others.
var errNotContinued = fault.New(fault.DeliveryHeader, "only text with one header row, in UTF-8 or a code page of single bytes, not packed and without lines above the header, can be read with other files")

// eachCSVRow visits the lines of a delimited text in order; the first row is
// the header.
func eachCSVRow(ctx context.Context, d schemas.Dialect, file string, visit func(csvRow) error) (err error) {
	if d.Format != "csv" || d.Skip > 0 || d.Header != 1 || d.Ragged == "pad" {
		return errNotContinued
	}
	before, err := regularFile(file)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	in, err := openBytewise(d, file, errNotContinued)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.file.Close()) }()
	splitter := in.rows()
	isFirst := true
	for {
		block, err := splitter.next(blockBytes)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if len(block.text) == 0 {
			break
		}
		if err := visitBlock(&in.syntax, block, &isFirst, visit); err != nil {
			return err
		}
	}
	after, err := os.Stat(file)
	if err != nil || !os.SameFile(before, after) || before.Size() != after.Size() || !before.ModTime().Equal(after.ModTime()) {
		return fmt.Errorf("%s: %w", file, ErrChanging)
	}
	return nil
}

func visitBlock(syntax *csvSyntax, block csvBlock, isFirst *bool, visit func(csvRow) error) error {
	r := &csvRows{csvSyntax: syntax, text: block.text[:len(block.text)+slack], size: len(block.text)}
	line, open := block.line, block.open
	for at := 0; at < len(block.text); {
		from, lines := at, int64(1)
		r.cells = r.cells[:0]
		switch {
		case len(open) > 0 && open[0].from == at:
			at, open = open[0].next, open[1:]
		case r.isComment(at):
			if end := indexLineEnd(block.text[at:]); end < 0 {
				at = len(block.text)
			} else {
				at = afterLineEnd(block.text, at+end)
			}
		default:
			at = r.row(at)
			lines += int64(r.lines)
		}
		row := csvRow{text: block.text[from:min(at, len(block.text))], rows: r, line: line}
		if len(r.cells) > 0 && !r.isBlank(r.cells) {
			row.cells, row.isHeader = r.cells, *isFirst
			*isFirst = false
		}
		if err := visit(row); err != nil {
			return err
		}
		line += lines
	}
	return nil
}
