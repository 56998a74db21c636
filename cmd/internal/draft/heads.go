package draft

import (
	"slices"

	"loadstar/cmd/internal/recognise"
)

// nameHeads finds tables of documents and of their lines by a column that both
// call the same and whose header says nothing in one of them at least (VBELN,
// CVE_DOC). It names each row of the one, dated and with an amount, and comes
// again on the rows of the other, which tell quantities or prices. From then on
// it reads as the number of an order, or of an invoice where the words of the
// documents are those of one.
func (d *drafter) nameHeads() {
	d.eachTable(func(f *feed, head *table) {
		if f.shipped != nil || head.path != "" || !d.mayHead(head) {
			return
		}
		for _, p := range head.survey.Columns {
			isKnown := d.judge.NamesThing(p)
			if p.Filled < head.survey.Rows || p.Deep.Distinct() < head.survey.Rows || !p.IsKeyLike() || isKnown && !p.IsSpelt() {
				continue
			}
			isHead := false
			d.eachTable(func(g *feed, lines *table) {
				if q := lines.survey.Column(p.Name); lines != head && q != nil && lines.path == "" && besides(f, g) && d.hasLinesOf(lines, q, p) {
					text := d.numberOf(f, head)
					if !isKnown {
						p.SpellAs(text)
						isHead = true
					}
					if !d.namesWhole(q) {
						q.SpellAs(text)
					}
				}
			})
			if isHead {
				d.nameOtherHeads(f, p.Name)
			}
		}
	})
}

// namesWhole says whether a header of lines names their order or invoice.
func (d *drafter) namesWhole(p *recognise.Profile) bool {
	return d.judge.Tables.MayMean(p.Says(), "order_line", "order_id") || d.judge.Tables.MayMean(p.Says(), "invoice_line", "invoice_id")
}

// nameOtherHeads reads the column of other documents that is called as one that
// numbers documents: the invoices beside the orders.
func (d *drafter) nameOtherHeads(beside *feed, name string) {
	d.eachTable(func(g *feed, t *table) {
		q := t.survey.Column(name)
		if q == nil || t.path != "" || !besides(beside, g) || d.judge.NamesThing(q) || !d.mayHead(t) {
			return
		}
		if q.Filled == t.survey.Rows && q.Deep.Distinct() == t.survey.Rows {
			q.SpellAs(d.numberOf(g, t))
		}
	})
}

// hasLinesOf says whether a table's rows are lines of documents that another
// column names: it holds their numbers, several rows of it the same, and
// quantities or prices stand beside it.
func (d *drafter) hasLinesOf(t *table, c, key *recognise.Profile) bool {
	const nearlyAll = .9
	distinct := c.Deep.Distinct()
	return c.Filled == t.survey.Rows && distinct > 0 && distinct < t.survey.Rows &&
		float64(c.Deep.Within(key.Deep)) >= nearlyAll*float64(distinct) &&
		d.hasAny(t, "order_line", "quantity", "unit_price", "line_amount")
}

// mayHead says whether rows can be documents: each has a date and an amount.
func (d *drafter) mayHead(t *table) bool {
	return slices.ContainsFunc(t.survey.Columns, func(p *recognise.Profile) bool { return p.DateShare() >= datePart }) &&
		(d.hasAny(t, "invoice", "total_amount") || d.hasAny(t, "order", "total_amount"))
}

// hasAny says whether a header of a column of numbers is a word for one of the
// fields.
func (d *drafter) hasAny(t *table, entity string, fields ...string) bool {
	return slices.ContainsFunc(t.survey.Columns, func(p *recognise.Profile) bool {
		return p.Filled > 0 && p.Deep.Numbers.Numbers == p.Filled && slices.ContainsFunc(fields, func(field string) bool { return d.judge.Tables.MayMean(p.Says(), entity, field) })
	})
}

// numberOf is what the number of a table's documents is called.
func (d *drafter) numberOf(f *feed, t *table) string {
	isBilled := slices.ContainsFunc(t.survey.Columns, func(p *recognise.Profile) bool {
		isDay := func(entity, field string) bool {
			return p.DateShare() >= datePart && d.judge.Tables.MayMean(p.Says(), entity, field)
		}
		return isDay("invoice", "due_on") || isDay("invoice", "invoiced_on") && !isDay("order", "ordered_at")
	})
	for _, name := range f.namesOf(t)[:1] {
		isBilled = isBilled || d.judge.Tables.MayName(name, "invoice")
	}
	if isBilled {
		return "invoice number"
	}
	return "order number"
}
