package recognise

import (
	"context"
	"errors"
	"slices"
	"strings"

	"loadstar/schemas"
)

// Amount is a number in ten-thousandths; IsThere is false where a cell holds
// none.
type Amount struct {
	Value   int64
	IsThere bool
}

// errEnough ends the reading of rows.
var errEnough = errors.New("enough rows")

// Amounts reads the numbers of columns, by column, of the first rows of a table.
func (in *File) Amounts(ctx context.Context, path string, columns []*Profile, most int, look Look, t *WordTables) ([][]Amount, error) {
	source, err := in.Source()
	if err != nil {
		return nil, err
	}
	found := make([][]Amount, len(columns))
	err = InOrder(ctx, look.Workers, source, func(dec schemas.Decoded) ([][]Amount, error) {
		if in.arrayPath(dec.Object) != path {
			return nil, nil
		}
		c := in.ColumnsOf(dec.Record, t)
		part := make([][]Amount, len(columns))
		for k, p := range columns {
			at, mark := slices.Index(c.names, p.Name), p.decimalMark()
			for i := range min(c.Rows, most) {
				a := Amount{}
				if at >= 0 {
					a.Value, a.IsThere = amountOf(c.value(at, i), mark)
				}
				part[k] = append(part[k], a)
			}
		}
		return part, nil
	}, func(part [][]Amount) error {
		for k := range part {
			found[k] = append(found[k], part[k]...)
		}
		if len(found) > 0 && len(found[0]) >= most {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return found, err
}

// decimalMark is the mark that parts decimals in most of a column's numbers.
func (p *Profile) decimalMark() byte {
	if p.Deep != nil && p.Deep.Numbers.Comma > p.Deep.Numbers.Point {
		return ','
	}
	return '.'
}

// amountOf reads a number in ten-thousandths. What one mark alone leaves open
// the decimal mark of its column decides.
func amountOf(s string, decimal byte) (int64, bool) {
	const places, longest = 4, 14
	n := numberOf(s)
	if !n.ok {
		return 0, false
	}
	mark := n.decimal
	if n.open == decimal {
		mark = decimal
	}
	s = strings.TrimFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	whole, rest := s, ""
	if at := strings.LastIndexByte(s, mark); mark != 0 && at >= 0 {
		whole, rest = s[:at], s[at+1:]
	}
	if len(rest) > places {
		rest = rest[:places]
	}
	digits := 0
	value := int64(0)
	for _, r := range whole + rest + strings.Repeat("0", places-len(rest)) {
		if r >= '0' && r <= '9' {
			value, digits = value*10+int64(r-'0'), digits+1
		}
	}
	if digits > longest+places {
		return 0, false
	}
	if n.negative {
		value = -value
	}
	return value, true
}

// Median is the number in the middle of a column's sample, in ten-thousandths;
// 0 where none is above zero.
func (p *Profile) Median() int64 {
	var values []int64
	for _, v := range p.Sample() {
		if n, ok := amountOf(v.Text, p.decimalMark()); ok && n > 0 {
			values = append(values, n)
		}
	}
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// Texts reads the values of a column of the first rows of a table, "" where a
// cell has none.
func (in *File) Texts(ctx context.Context, path, column string, most int, look Look, t *WordTables) ([]string, error) {
	source, err := in.Source()
	if err != nil {
		return nil, err
	}
	var found []string
	err = InOrder(ctx, look.Workers, source, func(dec schemas.Decoded) ([]string, error) {
		if in.arrayPath(dec.Object) != path {
			return nil, nil
		}
		c := in.ColumnsOf(dec.Record, t)
		read := c.Joined([]string{column})
		var part []string
		for i := range min(c.Rows, most) {
			part = append(part, strings.Clone(read(i)))
		}
		return part, nil
	}, func(part []string) error {
		if found = append(found, part...); len(found) >= most {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return found, err
}
