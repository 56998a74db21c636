package transform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"loadstar/schemas"
)

// breach is one broken rule of the row at hand.
type breach struct {
	column             *column
	rule, reason, text string
}

func (r *run) fault(c *column, rule, reason, text string) {
	r.faults = append(r.faults, breach{c, rule, reason, text})
}

// refuseUnclaimed rejects a row that concerns no object of its feed.
func (r *run) refuseUnclaimed(i int) {
	first, names := -1, []string(nil)
	for _, of := range append([]*run{r}, r.beside...) {
		for _, j := range of.binding.when {
			if name := strings.Clone(r.in.header[j]); !slices.Contains(names, name) {
				names = append(names, name)
			}
			if first < 0 {
				first = j
			}
		}
	}
	r.refuseWhole(i, first, "row.unclaimed", "no object of the contract takes the row: each needs a value of its own in one of "+strings.Join(names, ", "))
}

// reject turns the row's faults into rejects. Their texts are copies: the
// batch may be gone when they are read.
func (r *run) reject(i int) {
	raw := r.rawRow(i)
	row := r.in.row.Value(i)
	money, id := r.rowMoney(), r.keyOfRefused()
	for _, f := range r.faults {
		at := schemas.Place{FileKey: r.in.place.FileKey, File: r.in.place.File, Sheet: r.in.sheet, Row: row}
		name := f.column.prop.Name
		if j := r.binding.columns[f.column.property]; j >= 0 {
			name = r.in.header[j]
			if r.in.cells[j] != "" {
				at.Cell = r.in.cells[j] + strconv.FormatInt(row, 10)
			}
		}
		r.done.Rejects = append(r.done.Rejects, schemas.Reject{
			Feed: r.plan.contract.Feed, Object: r.op.object.Name, RowID: id, At: at,
			Column: strings.Clone(name), Rule: f.rule, Reason: f.reason,
			Value: strings.ToValidUTF8(strings.Clone(f.text), "\uFFFD"), Raw: raw, Money: money,
		})
	}
}

// keyOfRefused is the row id of a refused row: zero where the object has no
// key, or a part of it is missing or wrong.
func (r *run) keyOfRefused() schemas.ID {
	if len(r.op.keys) == 0 {
		return schemas.ID{}
	}
	for _, slot := range r.op.keys {
		if !r.cells[slot].ok {
			return schemas.ID{}
		}
	}
	for _, f := range r.faults {
		if f.column.prop.Key > 0 {
			return schemas.ID{}
		}
	}
	r.buf = r.appendKey(r.buf[:0])
	return schemas.HashID(r.buf)
}

// rowMoney are the decimals of the row that could be read.
func (r *run) rowMoney() map[string]schemas.ID {
	var money map[string]schemas.ID
	for k := range r.op.columns {
		c := &r.op.columns[k]
		if c.money < 0 || !r.parsed[c.money] {
			continue
		}
		if money == nil {
			money = map[string]schemas.ID{}
		}
		money[r.op.money[c.money]] = decimal128.FromI64(r.cells[c.slot].num)
	}
	return money
}

// rawRow writes the whole row as JSON, in the order of its columns.
func (r *run) rawRow(i int) string {
	b := []byte{'{'}
	for _, j := range r.in.told {
		s, ok := r.in.columns[j].value(i)
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(appendJSON(b, r.in.header[j]), ':')
		if ok {
			b = appendJSON(b, s)
		} else {
			b = append(b, "null"...)
		}
	}
	return string(append(b, '}'))
}
