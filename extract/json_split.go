package extract

import (
	"bytes"
	"fmt"

	"loadstar/schemas/fault"
)

const (
	// jsonBlockBytes is the size of the pieces JSON is cut into; nested rows
	// make larger batches than their text is long.
	jsonBlockBytes = 1 << 20
	// recordBytes bounds one record.
	recordBytes = 32 << 20
)

var errLongRecord = fault.New(fault.DeliveryTooLarge, "a record is longer than %d MB", recordBytes>>20)

// jsonRecord is where one record lies in its block.
type jsonRecord struct {
	from, to int
	row      int64 // its line, or its position in the array from 1
}

// jsonBlock is a piece of a JSON text that holds whole records.
type jsonBlock struct {
	text    []byte // followed by slack line feeds
	place   textPlace
	records []jsonRecord
	blank   int64 // blank lines
}

// jsonSplitter cuts a JSON text into blocks; a block without text is the end.
type jsonSplitter interface {
	next() (jsonBlock, error)
}

// lineSplitter cuts JSON Lines: a record a line, whatever the line holds.
type lineSplitter struct {
	w         window
	line      int64
	size      int  // bytes of a block
	maxRecord int  // bytes
	ended     bool // the last line must end as the others do
}

func (s *lineSplitter) next() (jsonBlock, error) {
	if err := s.w.fill(s.size + readAhead/4); err != nil {
		return jsonBlock{}, err
	}
	if len(s.w.buf) == 0 {
		return jsonBlock{}, nil
	}
	at := afterLines(s.w.buf[:min(s.size, len(s.w.buf))], blockRows) - 1
	from, end := max(at, 0), 0 // of the record that ends behind the others
	for end == 0 {
		i := bytes.IndexByte(s.w.buf[at:], '\n')
		switch {
		case i >= 0:
			end = at + i + 1
		case s.w.eof:
			end = len(s.w.buf)
		case len(s.w.buf)-from > s.maxRecord:
			line := s.line + int64(bytes.Count(s.w.buf[:at], []byte{'\n'}))
			return jsonBlock{}, fmt.Errorf("line %d: %w", line, errLongRecord)
		default:
			at = len(s.w.buf)
			if err := s.w.fill(at + readAhead); err != nil {
				return jsonBlock{}, err
			}
		}
	}
	if s.ended && s.w.buf[end-1] != '\n' {
		return jsonBlock{}, lineCut(s.line + int64(bytes.Count(s.w.buf[:end], []byte{'\n'})))
	}
	block := jsonBlock{text: s.w.take(end), place: textPlace{s.line, 1}}
	for from := 0; from < end; {
		to := end
		if i := bytes.IndexByte(block.text[from:], '\n'); i >= 0 {
			to = from + i + 1
		}
		if len(bytes.TrimSpace(block.text[from:to])) == 0 {
			block.blank++
		} else {
			block.records = append(block.records, jsonRecord{from: from, to: to, row: s.line})
		}
		s.line++
		from = to
	}
	return block, nil
}

// arraySplitter cuts a JSON text that is one array of records, or one record
// or several, one behind the other.
type arraySplitter struct {
	w         window
	place     textPlace // of the window
	size      int
	maxRecord int
	row       int64 // records handed out
	state     arrayState
	records   []string // keys of the records in an envelope, nil = there is none
	isInside  bool     // of an envelope
	follows   string   // key of an envelope that says that more records follow
}

type arrayState int

const (
	atStart arrayState = iota
	atFirst            // behind the opening bracket
	atComma            // behind a record
	atNext             // behind a record that stands in no array
	atEnd
)

var errCutArray = fault.New(fault.DeliveryCut, "the file is cut off: the array of records is never closed; deliver it again")

// skipSpace returns the offset of the next byte that is no white space, or
// the text's end.
func (s *arraySplitter) skipSpace(at int) (int, error) {
	for {
		for ; at < len(s.w.buf); at++ {
			switch s.w.buf[at] {
			case ' ', '\t', '\r', '\n':
			default:
				return at, nil
			}
		}
		if s.w.eof {
			return at, nil
		}
		if err := s.w.fill(at + readAhead); err != nil {
			return 0, err
		}
	}
}

func (s *arraySplitter) fail(at int, err error) error {
	place := s.place.after(s.w.buf[:min(at, len(s.w.buf))])
	return fmt.Errorf("line %d, column %d: %w", place.line, place.column, err)
}

// textPlace is a line and column from 1; columns count bytes.
type textPlace struct{ line, column int64 }

// after is the place behind text that begins at p.
func (p textPlace) after(text []byte) textPlace {
	last := bytes.LastIndexByte(text, '\n')
	if last < 0 {
		return textPlace{p.line, p.column + int64(len(text))}
	}
	return textPlace{p.line + int64(bytes.Count(text, []byte{'\n'})), int64(len(text) - last)}
}

func (s *arraySplitter) next() (jsonBlock, error) {
	var block jsonBlock
	at := 0
	for s.state != atEnd && at < s.size && len(block.records) < blockRows {
		from, err := s.step(at)
		if err != nil {
			return block, err
		}
		at = from
		if s.state == atEnd {
			break
		}
		to, err := s.valueEnd(from)
		if err != nil {
			return block, err
		}
		s.row++
		block.records = append(block.records, jsonRecord{from: from, to: to, row: s.row})
		at = to
		switch {
		case s.state == atStart && s.isInside: // one record is all its envelope holds
			if at, err = s.close(to); err != nil {
				return block, err
			}
		case s.state == atStart && block.isObject(s.w.buf), s.state == atNext:
			s.state = atNext
		case s.state == atStart:
			if at, err = s.end(to); err != nil {
				return block, err
			}
		default:
			s.state = atComma
		}
	}
	if at == 0 {
		return block, nil
	}
	block.place = s.place
	block.text = s.w.take(at)
	s.place = s.place.after(block.text)
	return block, nil
}

// isObject says whether the last record, of the text that the block begins, is
// an object.
func (b *jsonBlock) isObject(text []byte) bool { return text[b.records[len(b.records)-1].from] == '{' }

// step moves over what stands before the next record.
func (s *arraySplitter) step(at int) (int, error) {
	at, err := s.skipSpace(at)
	if err != nil {
		return 0, err
	}
	if s.state == atStart {
		switch {
		case at == len(s.w.buf):
			s.state = atEnd
			return at, nil
		case s.w.buf[at] == '{' && len(s.records) > 0:
			if at, err = s.open(at); err != nil || s.state == atStart {
				return at, err
			}
			at-- // the opening bracket
		case s.w.buf[at] != '[':
			return at, nil
		}
		s.state = atFirst
		if at, err = s.skipSpace(at + 1); err != nil {
			return 0, err
		}
	}
	if at == len(s.w.buf) && s.state != atNext {
		return 0, s.fail(at, errCutArray)
	}
	if s.state == atNext {
		if at < len(s.w.buf) && s.w.buf[at] == '{' {
			return at, nil
		}
		return s.end(at)
	}
	switch c := s.w.buf[at]; {
	case c == ']' && s.isInside:
		return s.close(at + 1)
	case c == ']':
		return s.end(at + 1)
	case s.state == atFirst:
		return at, nil
	case c != ',':
		return 0, s.fail(at, fault.New(fault.DeliveryJSON, "expected a comma or ] behind a record"))
	}
	if at, err = s.skipSpace(at + 1); err != nil {
		return 0, err
	}
	if at == len(s.w.buf) {
		return 0, s.fail(at, errCutArray)
	}
	return at, nil
}

func (s *arraySplitter) end(at int) (int, error) {
	s.state = atEnd
	at, err := s.skipSpace(at)
	if err != nil {
		return 0, err
	}
	if at < len(s.w.buf) {
		return 0, s.fail(at, fault.New(fault.DeliveryJSON, "there is text behind the records; where each line is a record the format is jsonl"))
	}
	return at, nil
}

// valueEnd is the offset behind the value at offset from, told by its
// brackets and quotes alone.
func (s *arraySplitter) valueEnd(from int) (int, error) {
	depth, inString := 0, false
	for at := from; ; {
		for ; at < len(s.w.buf); at++ {
			c := s.w.buf[at]
			switch {
			case inString && c == '\\':
				at++
			case c == '"':
				inString = !inString
			case inString:
			case c == '{' || c == '[':
				depth++
				continue
			case (c == '}' || c == ']') && depth > 0:
				depth--
			case depth == 0 && (c == ',' || c == ']' || c == '}' || c == ' ' || c == '\n' || c == '\r' || c == '\t'):
				if at == from {
					return 0, s.fail(at, fault.New(fault.DeliveryJSON, "expected a record"))
				}
				return at, nil
			default:
				continue
			}
			if depth == 0 && !inString && at < len(s.w.buf) {
				return at + 1, nil
			}
		}
		if at-from > s.maxRecord {
			return 0, s.fail(from, errLongRecord)
		}
		if s.w.eof {
			if depth == 0 && !inString && s.state == atStart {
				return len(s.w.buf), nil
			}
			return 0, s.fail(from, fault.New(fault.DeliveryCut, "the file is cut off: the record that starts here never ends; deliver it again"))
		}
		if err := s.w.fill(max(at, len(s.w.buf)) + readAhead); err != nil {
			return 0, err
		}
	}
}
