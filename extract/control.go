package extract

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// control reads a delivery before its rows are handed out, and proves the
// totals that it states of itself: those of its trailer, and its totals rows.
type control struct {
	trailer *schemas.Trailer // nil = none
	locale  schemas.Locale
	columns []int     // of the trailer's sums
	sums    []big.Rat // likewise
	broken  []int64   // likewise: line of a value that can't be added up, 0 = none
	totals  *columnTotals

	rows   int64
	at     int64 // line of the trailer, 0 = not yet
	behind int64 // first line of a row behind it
	stated []string
	faults map[int64]totalFault // totals rows that are wrong, by line
}

// newControl is nil where the dialect asks for no totals.
func newControl(d schemas.Dialect, locale schemas.Locale, names []string, objects []schemas.Object) (*control, error) {
	if d.Trailer == nil && len(d.Totals) == 0 {
		return nil, nil
	}
	c := &control{trailer: d.Trailer, locale: locale, totals: newColumnTotals(names, objects, locale), faults: map[int64]totalFault{}}
	if d.Trailer == nil {
		return c, nil
	}
	for _, sum := range d.Trailer.Sums {
		column := slices.IndexFunc(names, func(name string) bool {
			return sameHeader(name, sum.Column) || isAlias(name, sum.Column, objects)
		})
		if column < 0 {
			return nil, fault.New(fault.DeliveryHeader, "the trailer sums up column %q, which the header lacks", sum.Column)
		}
		c.columns = append(c.columns, column)
	}
	c.sums, c.broken = make([]big.Rat, len(c.columns)), make([]int64, len(c.columns))
	return c, nil
}

// row counts a row of the table, good or bad; cell gives its texts.
func (c *control) row(line int64, cells int, cell func(int) string) {
	c.rows++
	if c.at > 0 && c.behind == 0 {
		c.behind = line
	}
	for i, column := range c.columns {
		text := ""
		if column < cells {
			text = cell(column)
		}
		if strings.TrimSpace(text) == "" && column < cells {
			continue
		}
		value, ok := parseAmount(text, c.locale)
		if !ok && c.broken[i] == 0 {
			c.broken[i] = line
		}
		if ok {
			c.sums[i].Add(&c.sums[i], value)
		}
	}
	for i := range min(cells, len(c.totals.number)) {
		c.totals.add(i, cell(i), false)
	}
}

// total compares a totals row.
func (c *control) total(line int64, cells int, cell func(int) string) {
	for i := range min(cells, len(c.totals.number)) {
		reason := c.totals.check(i, cell(i))
		if _, known := c.faults[line]; reason != "" && !known {
			c.faults[line] = totalFault{column: i, reason: reason}
		}
	}
	c.totals.next()
}

// end takes the trailer; spot gives the texts that stand in it.
func (c *control) end(line int64, spot func(schemas.Spot) string) {
	if c.at > 0 && c.behind == 0 {
		c.behind = line
	}
	c.at = line
	c.stated = []string{spot(c.trailer.Rows)}
	for _, sum := range c.trailer.Sums {
		c.stated = append(c.stated, spot(sum.At))
	}
}

// prove compares what the trailer states with what was counted.
func (c *control) prove() error {
	switch {
	case c.trailer == nil:
		return nil
	case c.at == 0:
		return fault.New(fault.DeliveryCut, "the trailer is missing: no row matches %s; the file is cut off, deliver it again", c.trailer.Match)
	case c.behind > 0:
		return fault.New(fault.DeliveryControl, "line %d: there is a row behind the trailer", c.behind)
	}
	if c.trailer.Rows != (schemas.Spot{}) {
		stated, err := strconv.ParseInt(strings.TrimSpace(c.stated[0]), 10, 64)
		if err != nil {
			return fault.New(fault.DeliveryControl, "line %d: the trailer's count of rows is no whole number", c.at)
		}
		if stated != c.rows {
			return fault.New(fault.DeliveryControl, "line %d: the trailer states %d rows, the file has %d; deliver it again", c.at, stated, c.rows)
		}
	}
	for i, sum := range c.trailer.Sums {
		if err := c.proveSum(i, sum.Column); err != nil {
			return fmt.Errorf("line %d: %w", c.at, err)
		}
	}
	return nil
}

func (c *control) proveSum(i int, column string) error {
	stated, ok := parseAmount(c.stated[i+1], c.locale)
	switch {
	case !ok:
		return fault.New(fault.DeliveryControl, "the trailer's sum of %s is no number", column)
	case c.broken[i] > 0:
		return fault.New(fault.DeliveryControl, "the sum of %s can't be proved: the value of line %d can't be added up", column, c.broken[i])
	case stated.Cmp(&c.sums[i]) != 0:
		return fault.New(fault.DeliveryControl, "the trailer states %s as the sum of %s, its rows give %s; deliver it again", ratText(stated), column, ratText(&c.sums[i]))
	}
	return nil
}
