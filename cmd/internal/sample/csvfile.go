package sample

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// dialect says how one feed writes CSV and numbers.
type dialect struct {
	delimiter   byte
	bom         bool
	windows     bool // Windows-1252, else UTF-8
	mark, group byte // of amounts of money
	stamp       string
	date        string
}

// csvFile writes one delivery and knows on which line it is.
type csvFile struct {
	dialect
	path   string // relative to the project
	file   *os.File
	out    *bufio.Writer
	line   int64 // lines written
	rows   int64 // good rows written
	err    error
	buf    []byte
	last   []byte // the last good row
	feed   string
	plants []plant
}

func createCSV(dir, path string, d dialect, header ...string) (*csvFile, error) {
	file, err := createFile(dir, path)
	if err != nil {
		return nil, err
	}
	f := &csvFile{dialect: d, path: path, file: file, out: bufio.NewWriterSize(file, 1<<18)}
	if d.bom {
		f.out.WriteString("\ufeff")
	}
	f.row(header...)
	f.rows = 0
	return f, nil
}

func createFile(dir, path string) (*os.File, error) {
	full := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, fmt.Errorf("create folder: %w", err)
	}
	file, err := os.Create(full)
	if err != nil {
		return nil, fmt.Errorf("create feed: %w", err)
	}
	return file, nil
}

// row writes one good row and returns its first line.
func (f *csvFile) row(cells ...string) int64 {
	f.rows++
	first := f.raw(f.encode(cells))
	f.last = append(f.last[:0], f.buf...)
	return first
}

// raw writes a row as it stands, the line end left out.
func (f *csvFile) raw(text []byte) int64 {
	first := f.line + 1
	f.out.Write(text)
	if err := f.out.WriteByte('\n'); err != nil && f.err == nil {
		f.err = fmt.Errorf("write %s: %w", f.path, err)
	}
	f.line++
	for _, c := range text {
		if c == '\n' {
			f.line++
		}
	}
	return first
}

func (f *csvFile) encode(cells []string) []byte {
	f.buf = f.buf[:0]
	for i, c := range cells {
		if i > 0 {
			f.buf = append(f.buf, f.delimiter)
		}
		f.appendCell(c)
	}
	return f.buf
}

func (f *csvFile) appendCell(c string) {
	quoted := strings.IndexByte(c, f.delimiter) >= 0 || strings.ContainsAny(c, "\"\n")
	if f.windows && !isASCII(c) {
		c = toWindows(western(c))
	}
	if !quoted {
		f.buf = append(f.buf, c...)
		return
	}
	f.buf = append(f.buf, '"')
	for i := range len(c) {
		if c[i] == '"' {
			f.buf = append(f.buf, '"')
		}
		f.buf = append(f.buf, c[i])
	}
	f.buf = append(f.buf, '"')
}

func toWindows(text string) string {
	b := make([]byte, 0, len(text))
	for _, r := range text {
		if c, ok := charmap.Windows1252.EncodeRune(r); ok {
			b = append(b, c)
		} else {
			b = append(b, '?')
		}
	}
	return string(b)
}

// amount writes money as the dialect does.
func (f *csvFile) amount(c cents) string {
	if f.mark == 0 {
		return c.String()
	}
	return c.grouped(f.mark, f.group)
}

func (f *csvFile) when(m moment) string {
	if f.stamp == "" {
		return m.format("2006-01-02 15:04:05")
	}
	return m.format(f.stamp)
}

func (f *csvFile) on(d day) string {
	if f.date == "" {
		return d.iso()
	}
	return d.time().Format(f.date)
}

func (f *csvFile) close() error {
	if f == nil {
		return nil
	}
	err := f.err
	if e := f.out.Flush(); e != nil && err == nil {
		err = fmt.Errorf("write %s: %w", f.path, e)
	}
	if e := f.file.Close(); e != nil && err == nil {
		err = fmt.Errorf("close %s: %w", f.path, e)
	}
	return err
}
