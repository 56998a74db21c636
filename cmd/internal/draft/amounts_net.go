package draft

import (
	"context"
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
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
				if tax < 0 && !d.judge.Tables.IsNet(part.profile.Name) {
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
	if slices.ContainsFunc(recognise.HeaderTokens(lone[0].profile.Name), func(w string) bool { return d.judge.Tables.MayMean(w, t.entity().Name, "line_amount") }) {
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

// settleLines finds the order or invoice of lines by their ids: what reads as
// lines of orders, but whose ids are those of invoices that another table tells
// of, are lines of invoices, and a column that nothing is known of but that its
// values are ids of such a table names their whole.
func (d *drafter) settleLines(ctx context.Context) error {
	var failed error
	d.eachTable(func(f *feed, t *table) {
		if failed != nil || t.entity().Name != "order_line" || f.shipped != nil || t.path != "" || t.led != nil || t.isLed() {
			return
		}
		id := t.byField("order_id")
		switch {
		case id != nil && d.hasWhole(t, id, "invoice") && !d.hasWhole(t, id, "order"):
			failed = d.setWhole(ctx, t, id, "invoice")
		case id == nil:
			for _, c := range t.order {
				for _, of := range []string{"order", "invoice"} {
					if c.field == nil && c.party == nil && t.entity().Name == "order_line" && t.byField("order_id") == nil && d.isWholesKey(t, c, of) {
						failed = d.setWhole(ctx, t, c, of)
					}
				}
			}
		}
	})
	return failed
}

// isWholesKey says whether a column's values are ids of the orders or invoices
// of another table, and not by chance.
func (d *drafter) isWholesKey(t *table, c *columnDraft, of string) bool {
	const nearlyAll = .9
	found := false
	d.eachTable(func(_ *feed, u *table) {
		own := u.byField(of + "_id")
		found = found || u != t && u.entity().Name == of && own != nil && within(c, own) >= nearlyAll
	})
	return found && c.profile.IsKeyLike() && c.profile.Deep.Distinct() >= fewestValues && c.profile.Deep.Longest >= shortestKey
}

// setWhole takes the rows of a table for lines of orders or invoices, and a
// column for the id of those.
func (d *drafter) setWhole(ctx context.Context, t *table, id *columnDraft, of string) error {
	line, err := schemas.EntityNamed(of + "_line")
	if err != nil {
		return err
	}
	name := id.profile.Name
	if line.Name != t.entity().Name {
		t.verdict = d.judge.As(line, recognise.Question{Names: t.feed.namesOf(t), Columns: t.survey.Columns})
		t.setColumns()
	}
	if own := t.byField(of + "_id"); own != nil && own.profile.Name != name {
		own.field = nil
	}
	t.setField(t.columns[name], of+"_id", fmt.Sprintf("its values are ids of %ss that another table tells of", of))
	t.key = tableKey{}
	return d.findKey(ctx, t)
}
