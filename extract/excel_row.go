package extract

import (
	"bytes"
	"strconv"

	"loadstar/schemas/fault"
)

// cellState says what a worksheet cell holds.
type cellState uint8

const (
	cellNone     cellState = iota // nothing
	cellValue                     // a value, perhaps ""
	cellError                     // #N/A, #REF! and their like
	cellUncached                  // a formula whose result was not stored
	cellNoString                  // a shared string that the workbook lacks
)

// sheetCell is one cell. Its text is valid until the next row is read.
type sheetCell struct {
	text    []byte
	state   cellState
	how     cellFormula
	number  bool         // it is stored as a number and shows none else
	percent bool         // it shows a hundred times its number
	sign    uint8        // of the currency that it shows, 0 = none
	label   *numberLabel // that it shows, nil = none
}

// cellFormula says how a cell came to its value.
type cellFormula uint8

const (
	noFormula    cellFormula = iota
	otherFormula             // any that is no sum
	sumFormula               // the sum of cells above it in its column: only totals are
)

// cellTables is what a worksheet needs of its workbook to read cells.
type cellTables struct {
	strings *sharedStrings
	styles  []cellStyle
	system  dateSystem
	stale   bool // results of formulas may be the zero that some programs write
}

// rowReader reads the rows of one block of a worksheet's XML.
type rowReader struct {
	xml    xmlScanner
	tables *cellTables
	next   int64 // number of the next row, where it bears none
	only   columnFilter
	// formulas are those of this row, by column from 1; nil = they are not kept.
	formulas map[int]string

	row     int64
	hidden  bool
	cells   []sheetCell // by worksheet column, from 0
	used    []int       // columns of this row that hold something, from 0, in file order
	scratch []byte      // texts of this row
}

var errCellRef = fault.New(fault.DeliveryDamaged, "a cell has a malformed address")

// read moves to the next row. ok is false behind the last.
func (r *rowReader) read() (ok bool, err error) {
	for _, column := range r.used {
		r.cells[column] = sheetCell{}
	}
	r.used, r.scratch = r.used[:0], r.scratch[:0]
	for {
		kind, err := r.xml.next()
		if err != nil || kind == xmlEnd {
			return false, err
		}
		if kind != xmlOpen && kind != xmlEmpty || string(r.xml.name) != "row" {
			continue
		}
		if err := r.startRow(); err != nil {
			return false, err
		}
		if kind == xmlEmpty {
			return true, nil
		}
		return true, r.readCells()
	}
}

func (r *rowReader) startRow() error {
	r.row, r.hidden = r.next, false
	for rest := r.xml.attrs; ; {
		name, value, after, ok := nextAttr(rest)
		if !ok {
			break
		}
		switch string(name) {
		case "r":
			row, err := strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 64)
			if err != nil || row < 1 || row > sheetRows {
				return fault.New(fault.DeliveryDamaged, "a row bears a number that is not between 1 and %d", sheetRows)
			}
			r.row = row
		case "hidden":
			r.hidden = isTrue(value)
		}
		rest = after
	}
	if r.row > sheetRows {
		return fault.New(fault.DeliveryTooLarge, "it has more than %d rows", sheetRows)
	}
	r.next = r.row + 1
	return nil
}

func (r *rowReader) readCells() error {
	column := 0
	for {
		kind, err := r.xml.next()
		if err != nil {
			return err
		}
		switch {
		case kind == xmlEnd:
			return errXMLCut
		case kind == xmlClose && string(r.xml.name) == "row":
			return nil
		case kind == xmlOpen && string(r.xml.name) != "c":
			if err := r.xml.skip(); err != nil {
				return err
			}
		case (kind == xmlOpen || kind == xmlEmpty) && string(r.xml.name) == "c":
			if column, err = r.readCell(column, kind == xmlOpen); err != nil {
				return err
			}
		}
	}
}

// readCell reads the cell whose opening tag was just read, the one after
// column (from 1) unless it bears an address.
func (r *rowReader) readCell(column int, hasContent bool) (int, error) {
	var style, kind []byte
	column++
	for rest := r.xml.attrs; ; {
		name, value, after, ok := nextAttr(rest)
		if !ok {
			break
		}
		switch string(name) {
		case "r":
			var row int64
			if column, row, ok = parseCellRef(value); !ok {
				return 0, errCellRef
			}
			if row > 0 && row != r.row {
				return 0, fault.New(fault.DeliveryDamaged, "row %d holds a cell with the address of row %d", r.row, row)
			}
		case "s":
			style = value
		case "t":
			kind = value
		}
		rest = after
	}
	if column > sheetColumns {
		return 0, errCellRef
	}
	if !hasContent {
		return column, nil
	}
	cell, err := r.content(kind, style, column)
	if err != nil || cell.state == cellNone || !r.only.has(column) {
		return column, err
	}
	if column <= len(r.cells) && r.cells[column-1].state != cellNone {
		return 0, fault.New(fault.DeliveryDamaged, "row %d holds two cells of one address: the workbook is damaged", r.row)
	}
	r.put(column, cell)
	return column, nil
}

// put gives the row a cell in a column from 1.
func (r *rowReader) put(column int, cell sheetCell) {
	for len(r.cells) < column {
		r.cells = append(r.cells, sheetCell{})
	}
	if r.cells[column-1].state == cellNone {
		r.used = append(r.used, column-1)
	}
	r.cells[column-1] = cell
}

// content reads the inside of a cell.
func (r *rowReader) content(kind, style []byte, column int) (sheetCell, error) {
	if value, ok := r.plainValue(); ok {
		return r.resolve(kind, style, value, noFormula)
	}
	var value []byte
	var inline sheetCell
	formula := noFormula
	for {
		token, err := r.xml.next()
		if err != nil {
			return sheetCell{}, err
		}
		if token == xmlEnd || token == xmlClose {
			if token == xmlEnd || string(r.xml.name) != "c" {
				return sheetCell{}, errXMLCut
			}
			break
		}
		if token != xmlOpen && token != xmlEmpty {
			continue
		}
		switch {
		case token == xmlOpen && (string(r.xml.name) == "v" && value != nil || string(r.xml.name) == "is" && inline.state != cellNone):
			return sheetCell{}, fault.New(fault.DeliveryDamaged, "a cell of row %d holds two values: the workbook is damaged", r.row)
		case token == xmlOpen && string(r.xml.name) == "v":
			if value, err = r.simpleText(); err != nil {
				return sheetCell{}, err
			}
			if value == nil {
				value = []byte{} // the stored result is no text, as that of =""
			}
		case token == xmlOpen && string(r.xml.name) == "is":
			start := len(r.scratch)
			if r.scratch, err = appendRichText(r.scratch, &r.xml, "is"); err != nil {
				return sheetCell{}, err
			}
			inline = sheetCell{text: r.scratch[start:len(r.scratch):len(r.scratch)], state: cellValue}
		case token == xmlOpen && string(r.xml.name) == "f":
			text, err := r.simpleText()
			if err != nil {
				return sheetCell{}, err
			}
			formula = otherFormula
			r.keepFormula(column, text)
			if sumsAbove(text, column, r.row) {
				formula = sumFormula
			}
		case token == xmlOpen:
			if err := r.xml.skip(); err != nil {
				return sheetCell{}, err
			}
		case string(r.xml.name) == "v" && value == nil:
			value = []byte{}
		case string(r.xml.name) == "f": // of a range that another cell holds
			formula = otherFormula
			r.keepFormula(column, nil)
		}
	}
	if inline.state == cellValue {
		return inline, nil
	}
	return r.resolve(kind, style, value, formula)
}

func (r *rowReader) keepFormula(column int, text []byte) {
	switch {
	case r.formulas == nil:
	case len(text) == 0:
		r.formulas[column] = ""
	default:
		r.formulas[column] = "=" + string(text)
	}
}

// plainValue passes over the inside of a cell that is a value written in the
// usual way, as nearly all are.
func (r *rowReader) plainValue() ([]byte, bool) {
	const open, end = "<v>", "</v></c>"
	rest := r.xml.buf[r.xml.pos:]
	if len(rest) < len(open) || string(rest[:len(open)]) != open {
		return nil, false
	}
	rest = rest[len(open):]
	for n, c := range rest {
		if c == '&' || c == '\r' {
			return nil, false
		}
		if c != '<' {
			continue
		}
		if len(rest) < n+len(end) || string(rest[n:n+len(end)]) != end {
			return nil, false
		}
		r.xml.pos += len(open) + n + len(end)
		return rest[:n], true
	}
	return nil, false
}

// simpleText reads the text of the element v. It is a slice of the block where
// nothing needs replacing.
func (r *rowReader) simpleText() ([]byte, error) {
	var text []byte
	whole := true
	start := len(r.scratch)
	for parts := 0; ; parts++ {
		kind, err := r.xml.next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case xmlClose:
			if whole {
				return text, nil
			}
			return r.scratch[start:len(r.scratch):len(r.scratch)], nil
		case xmlText, xmlCData:
			plain := kind == xmlCData || indexMarked(r.xml.text) < 0
			if parts == 0 && plain {
				text = r.xml.text
				continue
			}
			if whole {
				r.scratch = append(r.scratch, text...)
				whole = false
			}
			if kind == xmlCData {
				r.scratch = append(r.scratch, r.xml.text...)
			} else if r.scratch, err = appendXMLText(r.scratch, r.xml.text); err != nil {
				return nil, err
			}
		default:
			return nil, errXMLTag
		}
	}
}

// resolve turns the stored value of a cell into its text.
func (r *rowReader) resolve(kind, style, value []byte, formula cellFormula) (sheetCell, error) {
	cell, err := r.stored(kind, style, value, formula != noFormula)
	cell.how = formula
	return cell, err
}

func (r *rowReader) stored(kind, style, value []byte, formula bool) (sheetCell, error) {
	if string(kind) == "str" || string(kind) == "inlineStr" {
		if value == nil && formula {
			return sheetCell{state: cellUncached}, nil
		}
		return sheetCell{text: r.unescaped(value), state: cellValue}, nil
	}
	value = bytes.TrimSpace(value)
	if len(value) == 0 {
		if formula {
			return sheetCell{state: cellUncached}, nil
		}
		return sheetCell{}, nil
	}
	switch string(kind) {
	case "s":
		text, ok := r.tables.strings.at(value)
		if !ok {
			return sheetCell{state: cellNoString}, nil
		}
		return sheetCell{text: text, state: cellValue}, nil
	case "b":
		if isTrue(value) {
			return sheetCell{text: []byte("true"), state: cellValue}, nil
		}
		return sheetCell{text: []byte("false"), state: cellValue}, nil
	case "e":
		return sheetCell{text: value, state: cellError}, nil
	case "d":
		return sheetCell{text: isoCell(value), state: cellValue}, nil
	}
	if formula && r.tables.stale && string(value) == "0" {
		return sheetCell{state: cellUncached}, nil
	}
	return r.number(value, style), nil
}

// unescaped replaces cell escapes, in a copy.
func (r *rowReader) unescaped(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	return unescapeCell(bytes.Clone(text))
}
