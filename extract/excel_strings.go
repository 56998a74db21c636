package extract

import (
	"bytes"
	"errors"
	"slices"

	"loadstar/schemas/fault"
)

const (
	// maxStringBytes and maxStrings bound the memory that shared strings take.
	maxStringBytes = 128 << 20
	maxStrings     = 8 << 20
	stringsABlock  = 1 << 12
)

// sharedStrings is the string table of a workbook: texts in blocks, so that
// it grows without being copied.
type sharedStrings struct {
	blocks   []stringBlock
	count    int
	mayBeBad bool // some text may be, see badText
}

type stringBlock struct {
	text []byte
	ends []uint32
}

// at returns one string. It is part of the table and must not be changed.
func (t *sharedStrings) at(raw []byte) ([]byte, bool) {
	index := 0
	if len(raw) == 0 || len(raw) > 9 {
		return nil, false
	}
	for _, c := range raw {
		if c < '0' || c > '9' {
			return nil, false
		}
		index = index*10 + int(c-'0')
	}
	if index >= t.count {
		return nil, false
	}
	block := &t.blocks[index/stringsABlock]
	i := index % stringsABlock
	start := uint32(0)
	if i > 0 {
		start = block.ends[i-1]
	}
	return block.text[start:block.ends[i]:block.ends[i]], true
}

// readStrings reads the string table of a workbook.
func readStrings(w *workbookFile, part string) (_ *sharedStrings, err error) {
	table := &sharedStrings{}
	if part == "" {
		return table, nil
	}
	in, err := w.part(part, maxPartBytes)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := table.read(newItemBlocks(in, "sst", "si")); err != nil {
		return nil, fault.New(fault.DeliveryDamaged, "the workbook is damaged: part %s: %w", part, err)
	}
	table.mayBeBad = slices.ContainsFunc(table.blocks, func(b stringBlock) bool { return mayBeBad(b.text) })
	return table, nil
}

func (t *sharedStrings) read(blocks *itemBlocks) error {
	if _, err := blocks.start(); err != nil {
		return err
	}
	size := 0
	for {
		text, err := blocks.next(0)
		if err != nil {
			return err
		}
		if text == nil {
			return blocks.drain()
		}
		added, err := t.add(text)
		if err != nil {
			return err
		}
		if size += added; size > maxStringBytes {
			return fault.New(fault.DeliveryTooLarge, "its texts take more than the %d MB that are allowed", maxStringBytes>>20)
		}
		if t.count > maxStrings {
			return fault.New(fault.DeliveryTooLarge, "it holds more than the %d texts that are allowed", maxStrings)
		}
	}
}

// add takes the items of one block of XML into the table.
func (t *sharedStrings) add(text []byte) (size int, err error) {
	for s := (xmlScanner{buf: text}); ; {
		kind, err := s.next()
		if err != nil || kind == xmlEnd {
			return size, err
		}
		if kind != xmlOpen && kind != xmlEmpty || string(s.name) != "si" {
			continue
		}
		block := t.open()
		before := len(block.text)
		if kind == xmlOpen {
			if block.text, err = appendRichText(block.text, &s, "si"); err != nil {
				return size, err
			}
		}
		size += len(block.text) - before
		block.ends = append(block.ends, uint32(len(block.text)))
		if t.count++; t.count%stringsABlock == 0 {
			block.text = bytes.Clone(block.text) // without the room it grew into
		}
	}
}

func (t *sharedStrings) open() *stringBlock {
	if t.count%stringsABlock == 0 {
		t.blocks = append(t.blocks, stringBlock{})
	}
	return &t.blocks[len(t.blocks)-1]
}

// appendRichText appends the text of an element that holds t elements, alone
// or in runs, without the phonetic guides. s stands behind its opening tag;
// it is left behind its closing tag.
func appendRichText(to []byte, s *xmlScanner, element string) ([]byte, error) {
	start := len(to)
	inText := false
	for {
		kind, err := s.next()
		if err != nil {
			return to, err
		}
		switch kind {
		case xmlEnd:
			return to, errXMLCut
		case xmlOpen:
			if string(s.name) == "rPh" {
				if err := s.skip(); err != nil {
					return to, err
				}
				continue
			}
			inText = string(s.name) == "t"
		case xmlClose:
			inText = false
			if string(s.name) == element {
				return to[:start+len(unescapeCell(to[start:]))], nil
			}
		case xmlText:
			if !inText {
				continue
			}
			if to, err = appendXMLText(to, s.text); err != nil {
				return to, err
			}
		case xmlCData:
			if inText {
				to = append(to, s.text...)
			}
		}
	}
}
