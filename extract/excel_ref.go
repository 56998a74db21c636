package extract

import "strconv"

// The size of a worksheet.
const (
	sheetRows    = 1 << 20
	sheetColumns = 1 << 14
)

// columnLetters is the name of a worksheet column, from 1: A, …, XFD.
func columnLetters(column int) string {
	var letters [4]byte
	i := len(letters)
	for column > 0 && i > 0 {
		i--
		letters[i] = byte('A' + (column-1)%26)
		column = (column - 1) / 26
	}
	return string(letters[i:])
}

// cellName is the address of a cell, as in "C12".
func cellName(column int, row int64) string {
	return columnLetters(column) + strconv.FormatInt(row, 10)
}

// parseCellRef reads an address such as "C12" or "$C$12". row is 0 where the
// address has none. ok is false where it is no address or outside a
// worksheet.
func parseCellRef(ref []byte) (column int, row int64, ok bool) {
	i := 0
	for ; i < len(ref); i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			if ref[i] == '$' {
				continue
			}
			break
		}
		column = column*26 + int(c-'A') + 1
		if column > sheetColumns {
			return 0, 0, false
		}
	}
	for ; i < len(ref); i++ {
		if ref[i] < '0' || ref[i] > '9' {
			return 0, 0, false
		}
		row = row*10 + int64(ref[i]-'0')
		if row > sheetRows {
			return 0, 0, false
		}
	}
	return column, row, column > 0
}

// cellRange is a rectangle of cells, both corners inside.
type cellRange struct {
	left, right int
	top, bottom int64
}

func parseCellRange(ref []byte) (cellRange, bool) {
	first, last := ref, ref
	for i, c := range ref {
		if c == ':' {
			first, last = ref[:i], ref[i+1:]
			break
		}
	}
	left, top, ok := parseCellRef(first)
	right, bottom, ok2 := parseCellRef(last)
	if !ok || !ok2 || top == 0 || bottom == 0 {
		return cellRange{}, false
	}
	return cellRange{
		left: min(left, right), right: max(left, right),
		top: min(top, bottom), bottom: max(top, bottom),
	}, true
}
