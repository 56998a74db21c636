package extract

import (
	"bufio"
	"errors"
	"io"
	"os"

	"loadstar/schemas"
)

// bytewiseCSV is a delimited text that can be copied row by row as it is written.
type bytewiseCSV struct {
	syntax  csvSyntax
	charset charset
	file    *os.File
	text    *bufio.Reader
	head    []byte // first bytes, which are still to be read
}

// openBytewise opens a delimited text that can be copied so: each byte below 128
// is itself, a delimiter is one byte, and nothing is packed. It gives other for
// the rest.
func openBytewise(d schemas.Dialect, path string, other error) (c *bytewiseCSV, err error) {
	c = &bytewiseCSV{}
	if c.syntax, err = newCSVSyntax(d); err != nil {
		return nil, err
	}
	if c.charset, err = newCharset(d.Encoding); err != nil {
		return nil, err
	}
	if c.file, err = os.Open(path); err != nil {
		return nil, err
	}
	c.text = bufio.NewReaderSize(c.file, readAhead)
	c.head, err = c.text.Peek(4)
	isBytewise := c.charset.name == "utf-8" || c.charset.single != nil
	switch {
	case err != nil && !errors.Is(err, io.EOF):
	case !isBytewise, len(c.syntax.delimiter) > 1, len(d.HeaderFind) > 0, isZip(c.head), isGzip(c.head), isZstd(c.head):
		err = other
	default:
		return c, nil
	}
	return nil, errors.Join(err, c.file.Close())
}

// rows splits the text into blocks of whole rows.
func (c *bytewiseCSV) rows() *csvSplitter {
	return &csvSplitter{csvSyntax: c.syntax, w: window{in: c.text, free: &buffers{}}, line: 1, size: blockBytes, maxRow: rowBytes, maxLines: blockRows}
}
