package extract

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"unicode"

	"loadstar/schemas"
)

// totalFault says that a totals row is not the sum of its rows.
type totalFault struct {
	column int
	reason string
}

// exactEnough bounds what binary arithmetic of a spreadsheet may leave of a
// difference.
var exactEnough = big.NewRat(1, 1_000_000)

// columnTotals adds up the number columns of a table, for comparison with its
// totals rows: a total is the sum of the rows since the total before, or of all
// rows, with or without hidden ones.
type columnTotals struct {
	number []bool // by column: the contract says that it holds numbers
	marks  schemas.Locale
	sums   []runningSum
}

// runningSum is what one column came to.
type runningSum struct {
	since, all       big.Rat // of the rows that are shown
	sinceAny, allAny big.Rat // with those that are hidden
	rows             int
	broken           bool // some value can't be added up
}

func newColumnTotals(names []string, objects []schemas.Object, locale schemas.Locale) *columnTotals {
	t := &columnTotals{number: make([]bool, len(names)), sums: make([]runningSum, len(names)), marks: locale}
	for i, name := range names {
		for _, o := range objects {
			for _, p := range o.Properties {
				isNumber := p.Logical == "number" || p.Logical == "integer"
				if isNumber && (sameHeader(p.Name, name) || isAlias(name, p.Name, []schemas.Object{o})) {
					t.number[i] = true
				}
			}
		}
	}
	return t
}

// add counts one value of a row.
func (t *columnTotals) add(column int, text string, hidden bool) {
	if !t.number[column] || strings.TrimSpace(text) == "" {
		return
	}
	sum := &t.sums[column]
	value, ok := parseAmount(text, t.marks)
	if !ok {
		sum.broken = true // its row is refused elsewhere
		return
	}
	sum.rows++
	sum.sinceAny.Add(&sum.sinceAny, value)
	sum.allAny.Add(&sum.allAny, value)
	if !hidden {
		sum.since.Add(&sum.since, value)
		sum.all.Add(&sum.all, value)
	}
}

// check compares one value of a totals row; reason is "" where it is right, or
// can't be told.
func (t *columnTotals) check(column int, text string) (reason string) {
	if !t.number[column] || strings.TrimSpace(text) == "" {
		return ""
	}
	sum := &t.sums[column]
	value, ok := parseAmount(text, t.marks)
	if !ok || sum.broken || sum.rows == 0 {
		return ""
	}
	nearest := new(big.Rat)
	for i, candidate := range []*big.Rat{&sum.since, &sum.all, &sum.sinceAny, &sum.allAny} {
		difference := new(big.Rat).Sub(value, candidate)
		if new(big.Rat).Abs(difference).Cmp(exactEnough) <= 0 {
			return ""
		}
		if i == 0 || new(big.Rat).Abs(difference).Cmp(new(big.Rat).Abs(nearest)) < 0 {
			nearest = difference
		}
	}
	return fmt.Sprintf("the total is not the sum of its rows: it differs by %s", ratText(nearest))
}

// next begins the rows behind a totals row.
func (t *columnTotals) next() {
	for i := range t.sums {
		t.sums[i].since.SetInt64(0)
		t.sums[i].sinceAny.SetInt64(0)
	}
}

func ratText(r *big.Rat) string {
	text := r.FloatString(6)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// longestAmount bounds the text of a number.
const longestAmount = 80

// parseAmount reads a number exactly, as the locale writes it or as a machine
// does. It is for adding up only: what becomes of a value is decided later.
func parseAmount(text string, locale schemas.Locale) (*big.Rat, bool) {
	text = strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsLetter(r) || unicode.Is(unicode.Sc, r)
	})
	negative := false
	if inner, ok := strings.CutPrefix(text, "("); ok && strings.HasSuffix(inner, ")") {
		text, negative = strings.TrimSuffix(inner, ")"), true
	}
	if before, ok := strings.CutSuffix(text, "-"); ok {
		text, negative = before, true
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9' || r == '-' && b.Len() == 0 || r == '+' && b.Len() == 0:
			b.WriteRune(r)
		case r == '−' && b.Len() == 0:
			b.WriteByte('-')
		case string(r) == locale.Decimal || r == '.' && locale.Group != ".":
			b.WriteByte('.')
		case string(r) == locale.Group || unicode.IsSpace(r) || r == '\'' || r == '’':
		default:
			return nil, false
		}
	}
	if b.Len() == 0 || b.Len() > longestAmount {
		return nil, false
	}
	value, ok := new(big.Rat).SetString(b.String())
	if ok && negative {
		value.Neg(value)
	}
	return value, ok
}

// checkTotals reads the sheet once more, from the kept bytes, and compares its
// totals rows with the sums of theirs.
func (s *sheetReader) checkTotals(d *sheetDecoder) (faults map[int64]totalFault, err error) {
	file, err := openPackage(s.landed.File)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	again := *s
	again.file = file
	var names []string
	for _, c := range d.columns {
		names = append(names, c.name)
	}
	// The cells of a workbook are written as machines write numbers.
	totals := newColumnTotals(names, s.objects, schemas.Locale{Decimal: "."})
	faults = map[int64]totalFault{}
	err = again.eachRow(func(r *rowReader) bool {
		if r.row < d.firstRow || !r.hasValue() || d.isHeader(r) {
			return true
		}
		if d.lastRow > 0 && r.row > d.lastRow {
			return false
		}
		isTotal := d.isTotal(r)
		for i := range d.columns {
			cell := d.cellOf(r, i)
			if cell.state != cellValue {
				continue
			}
			switch {
			case !isTotal:
				totals.add(i, string(bytes.TrimSpace(cell.text)), r.hidden)
			case cell.how != otherFormula:
				if reason := totals.check(i, string(bytes.TrimSpace(cell.text))); reason != "" {
					if _, known := faults[r.row]; !known {
						faults[r.row] = totalFault{column: i, reason: reason}
					}
				}
			}
		}
		if isTotal {
			totals.next()
		}
		return true
	})
	return faults, err
}
