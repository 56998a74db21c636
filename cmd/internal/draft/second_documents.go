package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// leaveOffers leaves out offers: tables that read as deals, or are called so, and
// name the deals of another table, whose pursuits would count twice; lines whose
// document is a deal or offer, which would be ordered without an order; and lines
// of delivery notes, or of nothing that is known, beside those of orders: what
// was sent would be sold twice.
func (d *drafter) leaveOffers() {
	why := map[*table]string{}
	note := func(isKind func(*table) bool, mayBe func(c *columnDraft, t, u *table) bool, text string) {
		d.eachTable(func(f *feed, t *table) {
			if f.shipped != nil || len(f.tables) > 1 || t.path != "" || !isKind(t) {
				return
			}
			for _, c := range t.order {
				of := d.keptBy(t, c, func(u *table) bool { return mayBe(c, t, u) })
				if of != nil && why[t] == "" {
					why[t] = fmt.Sprintf(text, of.name(), c.profile.Name)
				}
			}
		})
	}
	note(d.mayOffer, func(c *columnDraft, t, u *table) bool {
		isFree := c.field == nil || t.entity().Name != "opportunity" && c.field.Field.Name == "opportunity_id"
		return isFree && u.entity().Name == "opportunity" && d.judge.Tables.MayMean(c.profile.Says(), "opportunity", "opportunity_id")
	}, "its rows name deals of %s by %q: offers made for them, and no deals of their own")
	note(hasNoWhole, func(c *columnDraft, t, u *table) bool {
		isOffer := slices.Contains([]string{"opportunity", "lead"}, u.entity().Name) || why[u] != ""
		return c.field == nil && isOffer && t.repeatShare(c) < 1
	}, "its rows are lines of %s by %q, and of no order or invoice")
	note(d.mayRepeatLines, func(c *columnDraft, t, u *table) bool {
		return c.field == nil && u.entity().Name == "fulfilment" && t.repeatShare(c) < 1
	}, "its rows are lines of %s by %q: what was sent of what other lines tell was sold")
	d.eachTable(func(f *feed, t *table) {
		switch {
		case why[t] != "" || f.shipped != nil || len(f.tables) > 1:
		case hasNoWhole(t) && d.mayRepeatLines(t) && !tellsSale(t):
			why[t] = "its rows name no order or invoice, no customer and no price, and other lines tell what was sold"
		case d.isDelivery(t) && (d.mayRepeatLines(t) || d.mayRepeatWhole(t)):
			why[t] = "it is called as deliveries, and other documents tell what was sold"
		}
	})
	d.feeds = slices.DeleteFunc(d.feeds, func(f *feed) bool {
		text := why[f.root()]
		if text != "" {
			d.left(f.parts[0].place(), text)
		}
		return text != ""
	})
}

// mayOffer says whether a table reads as deals, or is called so and reads as
// another document.
func (d *drafter) mayOffer(t *table) bool {
	entity := t.entity().Name
	return entity == "opportunity" || slices.Contains([]string{"order", "invoice", "payment"}, entity) && d.judge.Tables.MayName(t.feed.namesOf(t)[0], "opportunity")
}

// hasNoWhole says whether the rows of a table are lines that name no order or
// invoice.
func hasNoWhole(t *table) bool {
	return isLine(t) && t.byField(strings.TrimSuffix(t.entity().Name, "_line")+"_id") == nil
}

// mayRepeatLines says whether another table beside one of lines tells lines of
// documents, with what they cost.
func (d *drafter) mayRepeatLines(t *table) bool {
	if !isLine(t) || t.path != "" {
		return false
	}
	found := false
	d.eachTable(func(f *feed, u *table) {
		isPriced := u.byField("line_amount") != nil || u.byField("unit_price") != nil
		found = found || u != t && f != t.feed && isLine(u) && !hasNoWhole(u) && isPriced && besides(t.feed, f)
	})
	return found
}

// isDelivery says whether what reads as orders, invoices or their lines is called
// as deliveries, and as nothing else.
func (d *drafter) isDelivery(t *table) bool {
	of := strings.TrimSuffix(t.entity().Name, "_line")
	called := func(entity string) bool {
		name := t.feed.namesOf(t)[0]
		return d.judge.Tables.MayName(name, entity) || isLine(t) && slices.ContainsFunc(recognise.HeaderTokens(name), func(w string) bool { return d.judge.Tables.MayName(w, entity) })
	}
	return (of == "order" || of == "invoice") && called("fulfilment") && !called("order") && !called("invoice")
}

// mayRepeatWhole says whether a table of documents, with what they come to,
// stands beside one, and is not called as deliveries.
func (d *drafter) mayRepeatWhole(t *table) bool {
	found := false
	d.eachTable(func(f *feed, u *table) {
		isWhole := u.entity().Name == "order" || u.entity().Name == "invoice"
		found = found || t.path == "" && f != t.feed && isWhole && u.byField("total_amount") != nil && besides(t.feed, f) && !d.isDelivery(u)
	})
	return found && (t.entity().Name == "order" || t.entity().Name == "invoice")
}

// tellsSale says whether lines tell whom something was sold to, or for how much.
func tellsSale(t *table) bool {
	return len(t.verdict.Party) > 0 || slices.ContainsFunc([]string{"customer_id", "line_amount", "unit_price"}, func(field string) bool { return t.byField(field) != nil })
}

// keptBy finds the table beside one, of some kind, whose keys a column that is
// not its own key holds. nil where there is none.
func (d *drafter) keptBy(t *table, c *columnDraft, isOne func(u *table) bool) (of *table) {
	const nearlyAll = .9
	if c.party != nil || c.profile.Deep.Distinct() < fewestValues || slices.Contains(t.key.columns, c) {
		return nil
	}
	d.eachTable(func(f *feed, u *table) {
		if of == nil && u != t && len(u.key.columns) == 1 && !u.key.hash && besides(t.feed, f) && within(c, u.key.columns[0]) >= nearlyAll && isOne(u) {
			of = u
		}
	})
	return of
}

// joinWholes takes rows that were parted into documents and their lines for
// lines alone where another table tells more of the same documents: of two that
// tell of one the newer counts, and this one might lack the customer.
func (d *drafter) joinWholes(ctx context.Context) error {
	for _, f := range d.drafted() {
		t := f.root()
		if t.led == nil || t.led.by != "" || t.led.once || t.path != "" || !d.isToldBetter(t) {
			continue
		}
		line, err := schemas.EntityNamed(t.entity().Name + "_line")
		if err != nil {
			return err
		}
		all := slices.Clone(t.led.lines)
		rows := 0
		for _, u := range f.tables {
			rows = max(rows, u.survey.Rows)
		}
		for _, name := range t.led.whole {
			if name != t.led.key {
				all = append(all, name)
			}
		}
		of, id := recognise.KeyField(t.entity()), t.led.key
		survey := t.survey.With(f.tables[1].survey).Of(all, rows)
		lines := &table{feed: f, survey: survey, verdict: d.judge.As(line, recognise.Question{Names: []string{line.Name}, Columns: survey.Columns})}
		lines.verdict.Party, lines.verdict.Place = nil, nil
		lines.setColumns()
		if own := lines.byField(of); own != nil {
			own.field = nil
		}
		lines.setField(lines.columns[id], of, "its values are those of another table, which tells more of them")
		f.tables = []*table{lines}
		if err := d.findKey(ctx, lines); err != nil {
			return err
		}
	}
	return nil
}

// isToldBetter says whether another table has the documents of one, and more
// fields of them.
func (d *drafter) isToldBetter(t *table) bool {
	const nearlyAll = .9
	fields := func(u *table) (n int) {
		for _, f := range slices.Concat(u.verdict.Fields, u.verdict.Party) {
			if f.Column.Filled > 0 {
				n++
			}
		}
		return n
	}
	found := false
	d.eachTable(func(f *feed, u *table) {
		isSame := u != t && u.entity().Name == t.entity().Name && len(u.key.columns) == 1 && !u.key.hash && besides(t.feed, f)
		found = found || isSame && within(t.key.columns[0], u.key.columns[0]) >= nearlyAll && fields(u) > fields(t)
	})
	return found
}

// leaveBare leaves out tables that read as orders or invoices by nothing but the
// ids of those of another table, have ids of their own, and tell neither an
// amount nor a customer: their later states would replace those of the orders,
// or be orders of nobody.
func (d *drafter) leaveBare() {
	d.feeds = slices.DeleteFunc(d.feeds, func(f *feed) bool {
		t := f.root()
		isDocument := t.entity().Name == "order" || t.entity().Name == "invoice"
		if f.shipped != nil || len(f.tables) > 1 || !isDocument || t.byField("total_amount") != nil || t.byField("customer_id") != nil || len(t.verdict.Party) > 0 {
			return false
		}
		for _, c := range t.order {
			if u := d.barelyNamed(t, c); u != nil {
				d.left(f.parts[0].place(), fmt.Sprintf("its rows name those of %s by %q, and tell neither an amount nor a customer", u.name(), c.profile.Name))
				return true
			}
		}
		return false
	})
}

// barelyNamed is the table of the same documents whose ids a column of another
// holds beside ids of its own; nil where there is none.
func (d *drafter) barelyNamed(t *table, c *columnDraft) *table {
	key := recognise.KeyField(t.entity())
	own := t.byField(key)
	if c != own && !d.judge.Tables.MayMean(c.profile.Says(), t.entity().Name, key) {
		return nil
	}
	hasOwn := slices.ContainsFunc(t.order, func(o *columnDraft) bool {
		return o != c && (o == own || d.judge.Tables.IsIDWord(o.profile.Says())) && t.isUnique(o)
	})
	for _, g := range d.drafted() {
		u := g.root()
		isOne := u != t && besides(t.feed, g) && u.entity().Name == t.entity().Name && len(u.key.columns) == 1 && !u.key.hash && u.key.columns[0] == u.byField(key)
		if hasOwn && isOne && within(c, u.key.columns[0]) >= refersFrom && t.survey.Rows <= u.survey.Rows {
			return u
		}
	}
	return nil
}
