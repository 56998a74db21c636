package draft

import (
	"context"
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// findNet finds by the numbers which column of orders and invoices holds the
// amount without tax: with the tax it is the total on nearly all rows, whatever
// the headers are. What is paid and what is open add up likewise, but are not in
// proportion to one another.
func (d *drafter) findNet(t *table, a amounts) {
	total := t.byField("total_amount")
	if len(a.values) == 0 || total == nil {
		return
	}
	tax := a.at(t.byField("tax_amount"))
	for x, net := range a.columns {
		for y, part := range a.columns {
			if x == y || tax >= 0 && y != tax || part.field != nil && part != t.byField("tax_amount") {
				continue
			}
			for z, gross := range a.columns {
				isTotal := gross == total || net == total && gross.field == nil
				if !isTotal || z == x || z == y || !a.taxes(x, y, z) {
					continue
				}
				why := fmt.Sprintf("%q and %q are %q on nearly all rows", net.profile.Name, part.profile.Name, gross.profile.Name)
				if net == total {
					net.field = nil
					t.setField(gross, "total_amount", why)
				}
				if tax < 0 && !d.judge.Tables.IsNet(part.profile.Says()) {
					t.setField(part, "tax_amount", why)
				}
				t.net, t.netWhy = net, why
				return
			}
		}
	}
}

// taxes says whether on nearly all rows an amount and a small part of it are a
// third column.
func (a amounts) taxes(x, y, z int) bool {
	const highest, most = .4, .5
	rows, told, right := 0, 0, 0
	for row := range a.values[x] {
		net, part, gross := a.values[x][row], a.values[y][row], a.values[z][row]
		if !net.IsThere || !part.IsThere || !gross.IsThere {
			continue
		}
		rows++
		if part.Value == 0 {
			continue
		}
		told++
		if near(net.Value+part.Value, gross.Value) && float64(size(part.Value)) <= highest*float64(size(net.Value)) {
			right++
		}
	}
	return told >= fewestTold && float64(told) >= most*float64(rows) && float64(right) >= amountsAgree*float64(told)
}

// settleLone takes the only column of amounts of lines that count, but of which
// no header tells a price, for that: of one, or of all where its header speaks
// of a sum.
func (d *drafter) settleLone(t *table, a amounts) {
	const some = .1
	if t.byField("quantity") == nil || t.byField("unit_price") != nil || t.byField("line_amount") != nil {
		return
	}
	var lone []*columnDraft
	for _, c := range a.columns[:a.own] {
		if n := c.profile.Deep.Numbers; c.field == nil && float64(n.Fraction) >= some*float64(c.profile.Filled) {
			lone = append(lone, c)
		}
	}
	if len(lone) != 1 {
		return
	}
	field := "unit_price"
	if slices.ContainsFunc(recognise.HeaderTokens(lone[0].profile.Says()), func(w string) bool { return d.judge.Tables.MayMean(w, t.entity().Name, "line_amount") }) {
		field = "line_amount"
	}
	t.setField(lone[0], field, "no other column of its lines holds amounts")
}

// priceOneLiner finds the columns of the price of one and of the amount by which
// the numbers of an order of one line agree with its quantity, by their names.
func (d *drafter) priceOneLiner(ctx context.Context, t *table, quantity string) (price, amount string, err error) {
	a, err := d.readAmounts(ctx, t)
	if err != nil || len(a.values) == 0 {
		return "", "", err
	}
	q := a.at(t.columns[quantity])
	if q < 0 {
		return "", "", nil
	}
	a.own = len(a.columns)
	if best := a.product(q, a.at(t.byField("unit_price")), a.at(t.byField("total_amount"))); best != nil && best[0] == q {
		return a.columns[best[1]].profile.Name, a.columns[best[2]].profile.Name, nil
	}
	return "", "", nil
}
