package extract

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"unicode/utf8"

	"loadstar/schemas"
)

// InPlace describes a delivered file without landing it, for reading it where
// it lies. Its SHA256 is that of no bytes: the path stands for it. path is
// absolute or relative to projectDir.
func InPlace(projectDir, feed, path string) (Landed, error) {
	full := path
	if !filepath.IsAbs(full) {
		full = filepath.Join(projectDir, path)
	}
	l := Landed{Feed: feed, Path: relative(projectDir, full), SHA256: full, File: full}
	info, err := regularFile(full)
	if err != nil {
		return l, fmt.Errorf("look at %s: %w", l.Path, err)
	}
	l.Size = info.Size()
	return l, nil
}

// Sample returns the first bytes of a delivery as they are encoded, unpacked.
func Sample(l Landed, d schemas.Dialect, most int) (sample []byte, err error) {
	file, err := os.Open(l.File)
	if err != nil {
		return nil, fmt.Errorf("sample %s: %w", l.Path, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	unpacked, err := decompress(file, bufio.NewReaderSize(file, readAhead), d.Compression)
	if err != nil {
		return nil, fmt.Errorf("sample %s: %w", l.Path, err)
	}
	defer func() { err = errors.Join(err, unpacked.Close()) }()
	sample = make([]byte, most)
	n, err := io.ReadFull(unpacked, sample)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return sample[:n], err
}

// CellAt names a cell of delimited text: the line its row begins on, and its
// index in the row, both as they are delivered, the line from 1, the index
// from 0.
type CellAt struct {
	Line  int64
	Index int
}

// rowSample is how much of a row is looked at to find where a cell begins.
const rowSample = 64 << 10

// Characters tells which character of its line each cell begins at, from 1; 0
// where that can't be told: the format has no lines, the row spans several
// before it, or lies too far to the right.
func Characters(c schemas.Contract, l Landed, cells []CellAt) (at []int, err error) {
	at = make([]int, len(cells))
	if c.Dialect.Format != "csv" || len(cells) == 0 {
		return at, nil
	}
	syntax, err := newCSVSyntax(c.Dialect)
	if err != nil {
		return at, err
	}
	set, err := newCharset(c.Dialect.Encoding)
	if err != nil {
		return at, err
	}
	text, err := openText(l, c.Dialect, set)
	if err != nil {
		return at, fmt.Errorf("look at %s: %w", l.Path, err)
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	order := make([]int, len(cells))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return int(cells[a].Line - cells[b].Line) })
	w := &window{in: text, free: &buffers{}}
	line := int64(1)
	for _, i := range order {
		for line < cells[i].Line {
			next, _, err := w.lineEnd(0)
			if err != nil || next == 0 {
				return at, err
			}
			w.take(next)
			line++
		}
		if err := w.fill(rowSample); err != nil {
			return at, err
		}
		at[i] = characterAt(syntax, w.buf, cells[i].Index)
	}
	return at, nil
}

// characterAt is where the cell begins in the first line of text, 0 = unknown.
func characterAt(syntax csvSyntax, text []byte, index int) int {
	text = text[:min(len(text), rowSample)]
	if index < 0 || len(text) == 0 {
		return 0
	}
	padded := append(slices.Clip(bytes.Clone(text)), bytes.Repeat([]byte{'\n'}, slack)...)
	rows := csvRows{csvSyntax: &syntax, text: padded, size: len(text)}
	rows.row(0)
	if index >= len(rows.cells) {
		return 0
	}
	before := text[:rows.cells[index].from()]
	if bytes.ContainsAny(before, "\r\n") {
		return 0
	}
	return utf8.RuneCount(before) + 1
}
