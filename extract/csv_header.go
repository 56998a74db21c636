package extract

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// csvHeader is what the lines up to the first row held.
type csvHeader struct {
	excluded schemas.Excluded
	rows     [][]string
	blocks   []csvBlock // rows that were needed to count the columns
	passed   int        // rows above the header
}

// readHeader reads the header rows and names the columns. Where the dialect
// has none, the first row tells how many there are. A text without rows
// leaves the names nil.
func (s *csvSource) readHeader(splitter *csvSplitter, d *csvDecoder) (csvHeader, error) {
	var head csvHeader
	line := splitter.line
	for len(head.rows) < max(1, s.dialect.Header) {
		line = splitter.line
		block, err := splitter.next(1)
		if err != nil {
			return head, err
		}
		if len(block.text) == 0 {
			break
		}
		if err := s.headerBlock(d, block, &head); err != nil {
			return head, fmt.Errorf("line %d: %w", line, err)
		}
	}
	switch {
	case len(head.rows) > 0:
	case head.passed > 0:
		return head, s.noHeader()
	case s.empty:
		return head, nil
	case s.dialect.Header > 0:
		return head, fault.New(fault.DeliveryEmpty, "the file is empty: it has not even a header; deliver it again, or add `empty` to the contract's allow list")
	default:
		return head, fault.New(fault.DeliveryEmpty, "the file is empty: it has not even a row; deliver it again, or add `empty` to the contract's allow list")
	}
	if len(head.rows) < s.dialect.Header {
		return head, fault.New(fault.DeliveryCut, "line %d: the file ends within its %d header rows", splitter.line, s.dialect.Header)
	}
	joined := joinHeader(head.rows, s.dialect.HeaderJoin)
	if s.dialect.Header > 0 {
		d.headers, d.other = head.rows, newOtherHeader(head.rows)
		if err := s.refuseHeader(joined); err != nil {
			return head, fmt.Errorf("line %d: %w", line, err)
		}
	}
	d.names = columnNames(joined)
	d.schema = textSchema(d.names)
	var err error
	d.totals, err = totalsRules(s.dialect.Totals, d.names, s.objects)
	return head, err
}

func (s *csvSource) noHeader() error {
	return fault.New(fault.DeliveryHeader, "none of the labels %q of header_find is in its first %d rows", s.dialect.HeaderFind, headerRows)
}

// refuseHeader refuses a header that can't be that of the contract.
func (s *csvSource) refuseHeader(header []string) error {
	if len(header) == 1 && len(s.objects) > 0 && len(s.objects[0].Properties) > 1 {
		for _, mark := range []string{";", ",", "\t", "|"} {
			n := strings.Count(header[0], mark)
			if n > 0 && mark == string(s.syntax.delimiter) {
				return fault.New(fault.DeliveryHeader, "the header is one cell in quotes that holds the delimiter %q %d times; deliver it with each name in a cell of its own", rune(mark[0]), n)
			}
			if n > 0 {
				return fault.New(fault.DeliveryHeader, "the header is one cell that holds %q %d times; is the contract's delimiter %q right?",
					rune(mark[0]), n, string(s.syntax.delimiter))
			}
		}
	}
	return refuseRepeated(header, s.objects)
}

// headerBlock adds the one row of a block to the header.
func (s *csvSource) headerBlock(d *csvDecoder, block csvBlock, head *csvHeader) error {
	row, kind := headerRow(d, block)
	switch {
	case kind.Total() > 0:
		head.excluded.Add(kind)
	case len(head.rows) == 0 && isSeparatorLine(block.text):
		// With such a line people tell Excel what separates the cells.
		if mark := bytes.TrimRight(block.text, "\r\n")[len("sep="):][:1]; !bytes.Equal(mark, s.syntax.delimiter) {
			return fault.New(fault.DeliveryHeader, "the file says sep=%s, the contract delimiter: %q", mark, string(s.syntax.delimiter))
		}
	case s.dialect.Header == 0:
		head.blocks = append(head.blocks, block)
		if len(block.open) == 0 {
			head.rows = append(head.rows, make([]string, len(row)))
		}
	case len(head.rows) == 0 && len(s.dialect.HeaderFind) > 0 && !slices.ContainsFunc(row, s.isLabel):
		if head.passed++; head.passed > headerRows {
			return s.noHeader()
		}
		head.excluded.Header++
	case len(block.open) > 0:
		return fault.New(fault.DeliveryHeader, "a quote opens in the header and never closes")
	default:
		for i, text := range row {
			rule, reason := badText([]byte(text), d.encoding)
			if rule == "nul" {
				return fault.New(fault.DeliveryEncoding, "cell %d of the header holds a NUL byte: is this text, whole and in the encoding %s?", i+1, d.encoding)
			}
			if rule != "" {
				return fault.New(fault.DeliveryEncoding, "%s; set the contract's encoding", strings.Replace(reason, "the value", fmt.Sprintf("cell %d of the header", i+1), 1))
			}
		}
		head.rows = append(head.rows, row)
	}
	return nil
}

// isLabel says whether the header is found by a cell.
func (s *csvSource) isLabel(text string) bool {
	return slices.ContainsFunc(s.dialect.HeaderFind, func(label string) bool { return sameHeader(withoutBOM(text), label) })
}

// isSeparatorLine says whether a line is Excel's "sep=;".
func isSeparatorLine(line []byte) bool {
	line = bytes.TrimRight(line, "\r\n")
	return len(line) >= len("sep=;") && strings.EqualFold(string(line[:4]), "sep=") && len(bytes.Trim(line[5:], " ")) == 0
}

// headerRow reads the one row of a block, or says why it is none.
func headerRow(d *csvDecoder, block csvBlock) ([]string, schemas.Excluded) {
	b := csvBatch{csvDecoder: d, csvRows: csvRows{
		csvSyntax: &d.syntax, text: block.text[:len(block.text)+slack], size: len(block.text),
	}}
	if len(b.comment) > 0 && strings.HasPrefix(string(block.text), string(b.comment)) {
		return nil, schemas.Excluded{Hidden: 1}
	}
	if len(block.open) > 0 {
		return nil, schemas.Excluded{}
	}
	b.row(0)
	if b.isBlank(b.cells) {
		return nil, schemas.Excluded{Blank: 1}
	}
	var row []string
	for _, c := range b.cells {
		row = append(row, strings.Clone(string(b.cellText(c))))
	}
	return row, schemas.Excluded{}
}
