package draft

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// findPayments takes transactions that each name an invoice or order that
// another table tells of for what pays it.
func (d *drafter) findPayments(ctx context.Context) error {
	var failed error
	d.eachTable(func(f *feed, t *table) {
		if failed != nil || f.shipped != nil || t.path != "" || t.led != nil || t.ties != nil {
			return
		}
		if u := d.billsAgain(f, t); u != nil {
			failed = d.takeFor(ctx, t, "payment", fmt.Sprintf("each names what it pays: its documents are keys of %s", u.name()), "amount")
			return
		}
		if t.entity().Name != "order" || !d.maySettle(f, t) {
			return
		}
		for _, c := range t.order {
			for _, entity := range []string{"invoice", "order"} {
				if u := d.namesDocument(t, c, entity); u != nil && !slices.Contains(t.key.columns, c) {
					failed = d.takeFor(ctx, t, "payment", fmt.Sprintf("each names what it pays: %q is the key of %s", c.profile.Name, u.name()), "amount")
					return
				}
			}
		}
	})
	return failed
}

// billsAgain finds the table whose invoices a table names once more that is not
// called invoices: it tells what was paid.
func (d *drafter) billsAgain(f *feed, t *table) *table {
	if c := t.byField("invoice_id"); t.entity().Name == "invoice" && c != nil && !d.judge.Tables.MayName(f.namesOf(t)[0], "invoice") {
		u := d.namesDocument(t, c, "invoice")
		if u != nil && besides(f, u.feed) && (d.judge.Tables.MayName(u.feed.namesOf(u)[0], "invoice") || u.survey.Rows > t.survey.Rows) {
			return u
		}
	}
	return nil
}

func otherDocument(of string) string {
	if of == "order" {
		return "invoice"
	}
	return "order"
}

// maySettle says whether the name of a table of orders may be that of payments.
func (d *drafter) maySettle(f *feed, t *table) bool {
	words := d.judge.Tables.TellingWords(f.namesOf(t)[0])
	return len(words) > 0 && d.judge.Tables.MayBePayments(words[len(words)-1])
}

// namesDocument finds the table of orders, or of invoices, whose keys a column
// of another holds, by its header and its values.
func (d *drafter) namesDocument(t *table, c *columnDraft, entity string) *table {
	const nearlyAll = .9
	var found *table
	if c.profile.Deep.Distinct() == 0 || !d.judge.Tables.MayMean(c.profile.Says(), entity, entity+"_id") {
		return nil
	}
	d.eachTable(func(f *feed, u *table) {
		if found == nil && u != t && u.entity().Name == entity && len(u.key.columns) == 1 && !u.key.parent && within(c, u.key.columns[0]) >= nearlyAll {
			found = u
		}
	})
	return found
}

// takeFor judges a table anew as one of another entity, where its columns feed
// the field that this one needs.
func (d *drafter) takeFor(ctx context.Context, t *table, entity, why, needed string) error {
	e, err := schemas.EntityNamed(entity)
	if err != nil {
		return err
	}
	v := d.judge.As(e, recognise.Question{Names: t.feed.namesOf(t), Columns: t.survey.Columns})
	if !slices.ContainsFunc(v.Fields, func(c recognise.FieldColumn) bool { return c.Field.Name == needed }) {
		return nil
	}
	v.Why += "; " + why
	t.verdict, t.key = v, tableKey{}
	t.setColumns()
	return d.findKey(ctx, t)
}

// settleLines finds the order or invoice of lines by their ids, whatever they are
// called: what reads as lines of the one, but whose ids are those of the other
// that another table tells of, are lines of that, and a column that nothing is
// known of but that its values are ids of such a table names their whole.
func (d *drafter) settleLines(ctx context.Context) error {
	var failed error
	d.eachTable(func(f *feed, t *table) {
		if failed != nil || !isLine(t) || f.shipped != nil || t.path != "" || t.led != nil || t.isLed() {
			return
		}
		of := strings.TrimSuffix(t.entity().Name, "_line")
		if id := t.byField(of + "_id"); id != nil {
			if other := otherDocument(of); d.hasWhole(t, id, other) && !d.hasWhole(t, id, of) {
				failed = d.setWhole(ctx, t, id, other)
			}
			return
		}
		for _, c := range t.order {
			for _, whole := range []string{"order", "invoice"} {
				if c.field == nil && c.party == nil && d.isWholesKey(t, c, whole) {
					failed = d.setWhole(ctx, t, c, whole)
					return
				}
			}
			if u, own := d.headOf(t, c); u != nil {
				of := u.entity().Name
				if shown := u.byField(of + "_id"); shown != nil {
					shown.field = nil
				}
				u.setField(own, of+"_id", fmt.Sprintf("lines name it by this, as those of %s do", t.name()))
				u.key = tableKey{}
				failed = errors.Join(d.findKey(ctx, u), d.setWhole(ctx, t, c, of))
				return
			}
		}
	})
	return failed
}

// headOf finds the orders or invoices that lines name by a column which is called
// the same in both, as an id, and is another one on each row of the documents:
// programs number them beside the number that people see.
func (d *drafter) headOf(t *table, c *columnDraft) (found *table, own *columnDraft) {
	const nearlyAll = .9
	if c.field != nil || c.party != nil || !d.judge.Tables.HoldsIDWord(c.profile.Says()) || c.profile.Deep.Distinct() < fewestValues {
		return nil, nil
	}
	d.eachTable(func(f *feed, u *table) {
		o := u.columns[c.profile.Name]
		isHead := (u.entity().Name == "order" || u.entity().Name == "invoice") && f.shipped == nil && u != t && u.path == "" && u.led == nil && besides(t.feed, f)
		if found == nil && isHead && o != nil && o.field == nil && u.isUnique(o) && within(c, o) >= nearlyAll {
			found, own = u, o
		}
	})
	return found, own
}

// isWholesKey says whether a column's values are ids of the orders or invoices
// of another table, and not by chance.
func (d *drafter) isWholesKey(t *table, c *columnDraft, of string) bool {
	const nearlyAll, many = .9, 20
	found, isAll := false, false // each of the documents is named, and nothing else
	d.eachTable(func(_ *feed, u *table) {
		own := u.byField(of + "_id")
		isAll = isAll || u != t && u.entity().Name == of && own != nil && c.profile.Deep.Distinct() >= many && within(c, own) == 1 && within(own, c) >= nearlyAll
		found = found || u != t && u.entity().Name == of && own != nil && within(c, own) >= nearlyAll
	})
	return isAll && t.repeatShare(c) < 1 || found && c.profile.IsKeyLike() && c.profile.Deep.Distinct() >= fewestValues && c.profile.Deep.Longest >= shortestKey
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
