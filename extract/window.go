package extract

import (
	"bytes"
	"io"
	"sync"

	"loadstar/schemas/fault"
)

const (
	// blockBytes is the size of the pieces that text is cut into, at the next
	// row end.
	blockBytes = 2 << 20
	// blockRows bounds the rows of one batch.
	blockRows = 64000
	// blockCells bounds the cells of one batch, for very wide tables.
	blockCells = 4 << 20
	// rowBytes bounds one row. A longer one is no row: a quote was never
	// closed, or the file has other line ends.
	rowBytes = 16 << 20
	// slack is kept free behind a block, so that scanners may read whole
	// words at its end.
	slack = 16
)

// buffers recycles the blocks of one delivery.
type buffers struct{ pool sync.Pool }

func (b *buffers) get(size int) []byte {
	if kept, ok := b.pool.Get().(*[]byte); ok && cap(*kept) >= size {
		return (*kept)[:0]
	}
	return make([]byte, 0, size)
}

func (b *buffers) put(block []byte) {
	if cap(block) <= 2*blockBytes {
		b.pool.Put(&block)
	}
}

// window is the part of a text that is in memory: from the first row that
// was not handed out yet.
type window struct {
	in   io.Reader
	free *buffers
	buf  []byte
	eof  bool
}

// fill reads until n bytes are there or the text ends.
func (w *window) fill(n int) error {
	for len(w.buf) < n && !w.eof {
		if cap(w.buf)-slack <= len(w.buf) {
			grown := w.free.get(max(n, 2*len(w.buf)) + readAhead/4 + slack)
			grown = append(grown, w.buf...)
			if w.buf != nil {
				w.free.put(w.buf)
			}
			w.buf = grown
		}
		read, err := w.in.Read(w.buf[len(w.buf) : cap(w.buf)-slack])
		w.buf = w.buf[:len(w.buf)+read]
		switch {
		case err == io.EOF:
			w.eof = true
		case err != nil:
			return err
		}
	}
	return nil
}

// take hands out the first n bytes and keeps the rest. The block is followed
// by slack line feeds.
func (w *window) take(n int) []byte {
	block := w.buf[:n:cap(w.buf)]
	rest := w.buf[n:]
	room := len(rest) + slack
	if !w.eof {
		room = max(len(rest)+readAhead/4+slack, cap(block))
	}
	w.buf = w.free.get(room)
	w.buf = append(w.buf, rest...)
	padded := block[:n+slack]
	for i := range slack {
		padded[n+i] = '\n'
	}
	return block
}

// lineEnd returns where the line that holds position at ends: the offset of
// its first byte after the line end, and of the line end itself. A line ends
// with LF, CR LF or CR.
func (w *window) lineEnd(at int) (next, end int, err error) {
	from := at
	for {
		i := indexLineEnd(w.buf[from:])
		if i >= 0 && from+i+1 == len(w.buf) && w.buf[from+i] == '\r' {
			if err := w.fill(len(w.buf) + 1); err != nil {
				return 0, 0, err
			}
		}
		if i >= 0 {
			end = from + i
			return afterLineEnd(w.buf, end), end, nil
		}
		if w.eof {
			return len(w.buf), len(w.buf), nil
		}
		if len(w.buf)-at > rowBytes {
			return 0, 0, errLongRow
		}
		from = len(w.buf)
		if err := w.fill(from + readAhead); err != nil {
			return 0, 0, err
		}
	}
}

var errLongRow = fault.New(fault.DeliveryTooLarge, "a row is longer than %d MB: is this text with the delimiter and quotes of the contract?", rowBytes>>20)

// indexLineEnd is the offset of the first CR or LF, -1 where there is none.
// It looks at growing pieces, for a text may hold only one of the two.
func indexLineEnd(text []byte) int {
	for from, step := 0, 256; from < len(text); from, step = from+step, 2*step {
		piece := text[from:min(from+step, len(text))]
		lf := bytes.IndexByte(piece, '\n')
		if lf >= 0 {
			piece = piece[:lf]
		}
		if cr := bytes.IndexByte(piece, '\r'); cr >= 0 {
			return from + cr
		}
		if lf >= 0 {
			return from + lf
		}
	}
	return -1
}

// afterLineEnd is the offset behind the CR, LF or CR LF at end.
func afterLineEnd(text []byte, end int) int {
	if text[end] == '\r' && end+1 < len(text) && text[end+1] == '\n' {
		return end + 2
	}
	return end + 1
}

// countLines counts line ends as lineEnd sees them. text must not end between
// a CR and its LF.
func countLines(text []byte) int {
	lines := bytes.Count(text, []byte{'\n'})
	for {
		cr := bytes.IndexByte(text, '\r')
		if cr < 0 {
			return lines
		}
		if cr+1 == len(text) || text[cr+1] != '\n' {
			lines++
		}
		text = text[cr+1:]
	}
}

// afterLines is the offset in text up to which it has at most max line ends
// (CR LF counts as two here: the bound need not be exact, only the same for
// the same bytes).
func afterLines(text []byte, max int) int {
	const step = 16 << 10
	count := 0
	for at := 0; at < len(text); at += step {
		piece := text[at:min(at+step, len(text))]
		n := bytes.Count(piece, []byte{'\n'}) + bytes.Count(piece, []byte{'\r'})
		if count+n <= max {
			count += n
			continue
		}
		for i, b := range piece {
			if b != '\n' && b != '\r' {
				continue
			}
			if count++; count > max {
				return at + i
			}
		}
	}
	return len(text)
}
