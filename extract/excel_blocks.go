package extract

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"loadstar/schemas/fault"
)

const (
	itemBlockBytes = 1 << 20
	// longestItem bounds one row or one shared string, as XML.
	longestItem = 32 << 20
)

var errPartNoXML = fault.New(fault.DeliveryDamaged, "it is no XML: the workbook is damaged")

var errPartCut = fault.New(fault.DeliveryCut, "it ends before its last row: the workbook is damaged or cut off")

// itemBlocks cuts the XML of a part into blocks of whole items (the rows of
// sheetData, the si of sst) while it is read.
type itemBlocks struct {
	in           io.Reader
	container    string // local name of the element that holds the items
	item         string
	containerEnd []byte // their end tags, as they are usually written
	itemEnd      []byte
	buf          []byte
	eof          bool
	done         bool         // the container has ended; buf starts behind it
	filter       columnFilter // columns that the part says are hidden
}

func newItemBlocks(in io.Reader, container, item string) *itemBlocks {
	return &itemBlocks{in: in, container: container, item: item}
}

// start reads up to the inside of the container. ok is false where the part
// has none, or an empty one.
func (b *itemBlocks) start() (ok bool, err error) {
	for {
		b.filter.hidden = nil
		s := xmlScanner{buf: b.buf}
		elements, open := 0, 0
		for {
			kind, err := s.next()
			if err != nil && (b.eof || !errors.Is(err, errXMLCut)) {
				return false, err
			}
			// Text at the end of the buffer may go on.
			if err != nil || kind == xmlEnd || s.pos == len(s.buf) && !b.eof {
				break
			}
			if (kind == xmlOpen || kind == xmlEmpty) && string(s.name) == b.container {
				b.endTags(s.buf[:s.pos])
				b.buf = b.buf[s.pos:]
				b.done = kind == xmlEmpty
				return kind == xmlOpen, nil
			}
			if (kind == xmlOpen || kind == xmlEmpty) && string(s.name) == "col" {
				b.filter.hide(&s)
			}
			switch kind {
			case xmlOpen:
				elements, open = elements+1, open+1
			case xmlEmpty:
				elements++
			case xmlClose:
				open--
			}
		}
		switch {
		case b.eof && elements == 0:
			return false, errPartNoXML
		case b.eof && open > 0:
			return false, errPartCut
		case b.eof:
			return false, nil
		}
		if len(b.buf) > longestItem {
			return false, fault.New(fault.DeliveryDamaged, "it has no %s in its first %d MB", b.container, longestItem>>20)
		}
		if err := b.read(); err != nil {
			return false, err
		}
	}
}

// endTags notes how the end tags are written, with the prefix of the
// container's start tag.
func (b *itemBlocks) endTags(upTo []byte) {
	tag := upTo[bytes.LastIndex(upTo, []byte(b.container)):]
	before := upTo[:len(upTo)-len(tag)]
	prefix := before[bytes.LastIndexByte(before, '<')+1:]
	b.containerEnd = []byte("</" + string(prefix) + b.container + ">")
	b.itemEnd = []byte("</" + string(prefix) + b.item + ">")
}

// read adds to the buffer.
func (b *itemBlocks) read() error {
	size := itemBlockBytes / 4
	if len(b.buf) > itemBlockBytes {
		size = len(b.buf) // a very long item
	}
	if cap(b.buf)-len(b.buf) < size {
		grown := make([]byte, len(b.buf), len(b.buf)+size)
		copy(grown, b.buf)
		b.buf = grown
	}
	n, err := io.ReadFull(b.in, b.buf[len(b.buf):len(b.buf)+size])
	b.buf = b.buf[:len(b.buf)+n]
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && n < size {
		// A truncated stream also gives ErrUnexpectedEOF; the container's end
		// is then missing.
		b.eof = true
		return nil
	}
	return err
}

// next returns the next block of whole items, nil behind the last. maxItems
// bounds how many it holds, 0 = its bytes alone do. The block is the caller's.
func (b *itemBlocks) next(maxItems int) ([]byte, error) {
	for !b.done {
		if len(b.buf) < itemBlockBytes && !b.eof {
			if err := b.read(); err != nil {
				return nil, err
			}
			continue
		}
		end, state := b.itemsEnd(maxItems)
		switch {
		case state == itemsContainerEnd:
			block := b.buf[:end:end]
			s := xmlScanner{buf: b.buf, pos: end}
			if _, err := s.next(); err != nil {
				return nil, err
			}
			b.buf, b.done = b.buf[s.pos:], true
			return block, nil
		case end > 0:
			block := b.buf[:end:end]
			rest := make([]byte, len(b.buf)-end, max(len(b.buf)-end, itemBlockBytes)+itemBlockBytes/4)
			copy(rest, b.buf[end:])
			b.buf = rest
			return block, nil
		case b.eof:
			return nil, errPartCut
		case len(b.buf) > longestItem:
			return nil, fault.New(fault.DeliveryTooLarge, "one %s of it is longer than %d MB", b.item, longestItem>>20)
		}
		if err := b.read(); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// tail reads what follows the container, at most limit bytes.
func (b *itemBlocks) tail(limit int64) ([]byte, error) {
	rest, err := io.ReadAll(io.LimitReader(b.in, limit))
	return append(b.buf, rest...), err
}

// drain reads the rest of the part, so that its checksum is proved.
func (b *itemBlocks) drain() error {
	_, err := io.Copy(io.Discard, b.in)
	return err
}

type itemsState uint8

const (
	itemsMore         itemsState = iota // the text ends first
	itemsFull                           // maxItems are complete
	itemsContainerEnd                   // the container's end tag starts at end
)

// itemsEnd finds how much of the buffer is whole items.
func (b *itemBlocks) itemsEnd(maxItems int) (end int, state itemsState) {
	if hasMarkupSections(b.buf) {
		return b.itemsEndSlow(maxItems)
	}
	if maxItems == 0 {
		if at := bytes.LastIndex(b.buf, b.itemEnd); at >= 0 {
			end = at + len(b.itemEnd)
		}
	}
	for count := 0; count < maxItems; {
		n := bytes.Index(b.buf[end:], b.itemEnd)
		if n < 0 {
			break
		}
		end += n + len(b.itemEnd)
		if count++; count == maxItems {
			return end, itemsFull
		}
	}
	if n := bytes.Index(b.buf[end:], b.containerEnd); n >= 0 {
		return end + n, itemsContainerEnd
	}
	if end == 0 {
		return b.itemsEndSlow(maxItems)
	}
	return end, itemsMore
}

// hasMarkupSections says whether text holds comments, CDATA sections or
// processing instructions, which may hold what looks like tags.
func hasMarkupSections(text []byte) bool {
	for _, mark := range []byte("!?") {
		for from := 0; ; {
			n := bytes.IndexByte(text[from:], mark)
			if n < 0 {
				break
			}
			if from += n; from > 0 && text[from-1] == '<' {
				return true
			}
			from++
		}
	}
	return false
}

// itemsEndSlow is itemsEnd for text with markup sections and for tags that
// are written in an unusual way.
func (b *itemBlocks) itemsEndSlow(maxItems int) (end int, state itemsState) {
	count := 0
	for s := (xmlScanner{buf: b.buf}); ; {
		at := s.pos
		kind, err := s.next()
		if err != nil || kind == xmlEnd {
			return end, itemsMore
		}
		switch {
		case kind == xmlEmpty && string(s.name) == b.item:
			end = s.pos
		case kind == xmlClose && string(s.name) == b.item:
			end = s.pos
			if count++; count == maxItems {
				return end, itemsFull
			}
		case kind == xmlClose && string(s.name) == b.container:
			return at, itemsContainerEnd
		}
	}
}

// rowAfter is the number of the row behind a block of rows whose first has
// number start, where they bear none.
func rowAfter(block []byte, start int64) (int64, error) {
	tag := []byte("<row")
	if !hasMarkupSections(block) {
		count := int64(0)
		for rest := block; ; count++ {
			at := bytes.LastIndex(rest, tag)
			if at < 0 {
				break
			}
			s := xmlScanner{buf: block, pos: at}
			if _, err := s.next(); err != nil || string(s.name) != "row" {
				count = 0
				break
			}
			if number := s.attr("r"); number != nil {
				row, err := strconv.ParseInt(string(bytes.TrimSpace(number)), 10, 64)
				if err != nil || row < 1 || row > sheetRows {
					break
				}
				return row + count + 1, nil
			}
			rest = block[:at]
		}
		if count > 0 {
			return start + count, nil
		}
	}
	reader := rowReader{xml: xmlScanner{buf: block}, tables: &cellTables{strings: &sharedStrings{}}, next: start}
	for {
		ok, err := reader.read()
		if err != nil || !ok {
			return reader.next, err
		}
	}
}
