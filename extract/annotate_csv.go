package extract

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"loadstar/schemas"
)

// csvAnnotator copies delimited text and adds a cell to each row. It works on
// the delivered bytes, so that nothing else changes.
type csvAnnotator struct {
	splitter *csvSplitter
	syntax   csvSyntax
	charset  charset
	texts    map[int64]string // by line
	out      *bufio.Writer

	before  [][]byte   // lines up to the last header row
	headers [][]byte   // header rows as delivered, without line end
	labels  [][]string // their cells
	columns int        // of the header
	again   bool       // the text is an annotated copy already: its last cell is replaced
	pad     bool       // rows may lack cells at their end
}

func annotateCSVFile(d schemas.Dialect, l Landed, remarks []Remark, to string) (err error) {
	in, err := openBytewise(d, l.File, errNoRemarks)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.file.Close()) }()
	return writeFile(to, func(out io.Writer) error {
		a := &csvAnnotator{syntax: in.syntax, charset: in.charset, texts: rowTexts(remarks), out: bufio.NewWriter(out), pad: d.Ragged == "pad", splitter: in.rows()}
		if bytes.HasPrefix(in.head, []byte(markUTF8)) {
			if _, err := in.text.Discard(len(markUTF8)); err != nil {
				return err
			}
			a.out.WriteString(markUTF8)
		}
		if err := a.copy(d); err != nil {
			return err
		}
		return a.out.Flush()
	})
}

func (a *csvAnnotator) copy(d schemas.Dialect) error {
	for range d.Skip {
		if err := a.splitter.w.fill(a.splitter.size); err != nil {
			return err
		}
		next, _, err := a.splitter.w.lineEnd(0)
		if err != nil || next == 0 {
			return err
		}
		a.out.Write(a.splitter.w.take(next))
		a.splitter.line++
	}
	for len(a.headers) < d.Header {
		block, err := a.splitter.next(1)
		if err != nil || len(block.text) == 0 {
			return err
		}
		a.header(block, len(a.headers) == d.Header-1)
	}
	for {
		block, err := a.splitter.next(blockBytes)
		if err != nil || len(block.text) == 0 {
			return err
		}
		a.rows(block)
	}
}

// header copies the one row of a block; the last header row names the column.
func (a *csvAnnotator) header(block csvBlock, isLast bool) {
	r := a.reader(block)
	body, _ := cutLineEnd(block.text)
	a.before = append(a.before, bytes.Clone(block.text))
	if r.isComment(0) || len(bytes.TrimSpace(body)) == 0 || len(block.open) > 0 {
		return
	}
	if r.row(0); r.isBlank(r.cells) {
		return
	}
	labels := make([]string, len(r.cells))
	for i, c := range r.cells {
		labels[i] = string(r.cellText(c))
	}
	a.headers, a.labels = append(a.headers, bytes.Clone(body)), append(a.labels, labels)
	if !isLast {
		return
	}
	last := r.cells[len(r.cells)-1]
	a.again = strings.TrimSpace(string(r.text[last.from():last.end])) == schemas.ColReasons
	a.columns = len(r.cells)
	for _, text := range a.before {
		body, _ := cutLineEnd(text)
		a.row(text, nil, 0, "", slices.IndexFunc(a.headers, func(h []byte) bool { return bytes.Equal(body, h) }))
	}
}

// headerCell is the further cell of a header row.
func (a *csvAnnotator) headerCell(number int) string {
	switch {
	case a.again:
		return ""
	case number == len(a.headers)-1:
		return string(a.syntax.delimiter) + schemas.ColReasons
	}
	return string(a.syntax.delimiter)
}

func (a *csvAnnotator) reader(block csvBlock) csvRows {
	return csvRows{csvSyntax: &a.syntax, text: block.text[:len(block.text)+slack], size: len(block.text)}
}

// isComment says whether the row at an offset is a comment.
func (r *csvRows) isComment(at int) bool {
	return len(r.comment) > 0 && bytes.HasPrefix(r.text[at:r.size], r.comment)
}

func (a *csvAnnotator) rows(block csvBlock) {
	line, open := block.line, block.open
	r := a.reader(block)
	for at := 0; at < len(block.text); {
		from, first := at, len(r.cells)
		lines := int64(1)
		switch {
		case len(open) > 0 && open[0].from == at:
			at, open = open[0].next, open[1:]
			r.cells = append(r.cells, cell{})
		case r.isComment(at):
			end := indexLineEnd(block.text[at:])
			if end < 0 {
				a.out.Write(block.text[at:])
				return
			}
			at = afterLineEnd(block.text, at+end)
			a.out.Write(block.text[from:at])
			line++
			continue
		default:
			at = r.row(at)
			lines += int64(r.lines)
			if r.isBlank(r.cells[first:]) {
				a.out.Write(block.text[from:at])
				r.cells = r.cells[:first]
				line += lines
				continue
			}
		}
		row := r.cells[first:]
		header := slices.IndexFunc(a.labels, func(labels []string) bool { return len(labels) == len(row) && r.equals(row, labels) })
		a.row(block.text[from:at], row, from, a.texts[line], header)
		r.cells = r.cells[:first]
		line += lines
	}
}

// row copies one row, whose text begins at offset from of its block. It is the
// header row of that number, which may come again, or none of them: -1.
func (a *csvAnnotator) row(text []byte, cells []cell, from int, remark string, header int) {
	body, end := cutLineEnd(text)
	if header >= 0 {
		a.out.Write(body)
		a.out.WriteString(a.headerCell(header))
		a.out.Write(end)
		return
	}
	if cells == nil {
		a.out.Write(text)
		return
	}
	if a.again && len(cells) == a.columns {
		start := cells[len(cells)-1].from() - from
		if cells[len(cells)-1].start&cellQuoted != 0 {
			start--
		}
		body = body[:max(0, start-len(a.syntax.delimiter))]
	}
	a.out.Write(body)
	for missing := a.content() - len(cells); a.pad && missing > 0 && len(cells) > 0; missing-- {
		a.out.Write(a.syntax.delimiter)
	}
	a.out.Write(a.syntax.delimiter)
	a.out.Write(a.encoded(remark))
	a.out.Write(end)
}

// content is the number of columns without that of the remarks.
func (a *csvAnnotator) content() int {
	if a.again {
		return a.columns - 1
	}
	return a.columns
}

func cutLineEnd(text []byte) (body, end []byte) {
	body = bytes.TrimSuffix(text, []byte{'\n'})
	body = bytes.TrimSuffix(body, []byte{'\r'})
	return body, text[len(body):]
}

// encoded writes a remark as a quoted cell in the delivery's encoding; a
// character that it lacks becomes a question mark.
func (a *csvAnnotator) encoded(remark string) []byte {
	if remark == "" {
		return nil
	}
	remark = inert(strings.Join(strings.Fields(remark), " "))
	if quote := string(rune(a.syntax.quote)); a.syntax.quote == 0 {
		remark = strings.ReplaceAll(remark, string(a.syntax.delimiter), " ")
	} else {
		escape := string(rune(a.syntax.escape))
		if escape != quote {
			remark = strings.ReplaceAll(remark, escape, " ")
		}
		remark = quote + strings.ReplaceAll(remark, quote, escape+quote) + quote
	}
	if a.charset.single == nil {
		return []byte(remark)
	}
	var out []byte
	for _, r := range remark {
		out = append(out, a.charset.single.byteOf(r))
	}
	return out
}

// byteOf is the byte of a character, a question mark where it has none.
func (t *singleByte) byteOf(r rune) byte {
	if r < utf8.RuneSelf {
		return byte(r)
	}
	for b := range t {
		if found, _ := utf8.DecodeRune(t[b].text[:t[b].size]); t[b].size > 1 && found == r {
			return byte(b)
		}
	}
	return '?'
}
