package extract

import (
	"bytes"
	"math"
	"strconv"
)

// excelDigits is how many significant digits Excel keeps and shows.
const excelDigits = 15

// Numbers outside these bounds keep an exponent.
const (
	plainLargest  = 1e38
	plainSmallest = 1e-30
)

// appendCellNumber appends the text of a number cell: plain digits where the
// file has them, without exponent, leading "+" or zeros at the end of the
// fraction. A fraction with more than 15 significant digits is what is left
// of binary arithmetic, and given with the 15 that Excel shows; a whole number
// keeps all its digits. ok is false where raw is no number.
func appendCellNumber(to, raw []byte) (text []byte, ok bool) {
	whole, digits, fraction := scanPlain(raw)
	if whole && (!fraction || digits <= excelDigits && raw[len(raw)-1] != '0') {
		return append(to, raw...), true
	}
	if len(raw) > 64 || !numberChars(raw) {
		return to, false
	}
	value, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) {
		return to, false
	}
	if isWholeText(raw) {
		return append(to, bytes.TrimPrefix(raw, []byte("+"))...), true
	}
	return appendShortest(to, value, excelDigits), true
}

// scanPlain reads an optional minus, digits and an optional fraction without
// superfluous zeros at the start. digits counts the significant ones.
func scanPlain(raw []byte) (ok bool, digits int, fraction bool) {
	i := 0
	if i < len(raw) && raw[i] == '-' {
		i++
	}
	start := i
	for ; i < len(raw); i++ {
		c := raw[i]
		if c == '.' && !fraction && i > start {
			fraction = true
			continue
		}
		if c < '0' || c > '9' {
			return false, 0, false
		}
		if c != '0' || digits > 0 {
			digits++
		}
	}
	if i == start || raw[len(raw)-1] == '.' || raw[start] == '0' && i > start+1 && raw[start+1] != '.' {
		return false, 0, false
	}
	return start == 0 || digits > 0, digits, fraction
}

func numberChars(raw []byte) bool {
	if len(raw) == 0 {
		return false
	}
	for _, c := range raw {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return false
		}
	}
	return true
}

func isWholeText(raw []byte) bool {
	raw = bytes.TrimLeft(raw, "+-")
	if len(raw) == 0 || raw[0] == '0' {
		return false
	}
	for _, c := range raw {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// appendShortest appends a number as plain digits, or with an exponent where
// that would take very many. digits bounds the significant ones, -1 = as many
// as tell the number from its neighbours.
func appendShortest(to []byte, value float64, digits int) []byte {
	if value == 0 {
		return append(to, '0')
	}
	if digits > 0 {
		rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', digits-1, 64), 64)
		if err == nil {
			value = rounded
		}
	}
	if size := math.Abs(value); size >= plainLargest || size < plainSmallest {
		return strconv.AppendFloat(to, value, 'e', -1, 64)
	}
	return strconv.AppendFloat(to, value, 'f', -1, 64)
}

// percent is how many of a hundred one whole is.
const percent = 100

// appendPercent appends a number as the percentage that its cell shows.
func appendPercent(to, raw []byte) (text []byte, ok bool) {
	if len(raw) > 64 || !numberChars(raw) {
		return to, false
	}
	value, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || math.IsInf(value, 0) {
		return to, false
	}
	return append(appendShortest(to, value*percent, excelDigits), '%'), true
}

func (r *rowReader) number(value, style []byte) sheetCell {
	start := len(r.scratch)
	var ok bool
	look := r.style(style)
	shown := look.kind
	switch {
	case shown == styleNumber || shown == stylePercent:
		r.scratch, ok = appendCellNumber(r.scratch, value)
	case shown >= stylePadded:
		if r.scratch, ok = appendCellNumber(r.scratch, value); ok {
			r.scratch = padded(r.scratch, start, shown)
		}
	default:
		r.scratch, ok = appendDateCell(r.scratch, value, shown, r.tables.system)
	}
	if !ok {
		return sheetCell{text: value, state: cellValue}
	}
	return sheetCell{text: r.scratch[start:len(r.scratch):len(r.scratch)], state: cellValue, number: shown == styleNumber, percent: shown == stylePercent, sign: look.sign, label: look.label}
}

func (r *rowReader) style(raw []byte) cellStyle {
	index := 0
	if len(raw) == 0 || len(raw) > 6 {
		return cellStyle{}
	}
	for _, c := range raw {
		if c < '0' || c > '9' {
			return cellStyle{}
		}
		index = index*10 + int(c-'0')
	}
	if index >= len(r.tables.styles) {
		return cellStyle{}
	}
	return r.tables.styles[index]
}

// isoCell brings a cell that holds a date as ISO text into the form that
// dates kept as numbers get.
func isoCell(text []byte) []byte {
	text = bytes.TrimSuffix(text, []byte("Z"))
	if at := bytes.IndexByte(text, 'T'); at > 0 {
		if dot := bytes.LastIndexByte(text, '.'); dot > at {
			text = bytes.TrimRight(text, "0")
			text = bytes.TrimSuffix(text, []byte("."))
		}
		text = bytes.TrimSuffix(text, []byte("T00:00:00"))
	}
	return text
}
