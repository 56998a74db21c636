package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// findDocuments corrects what rows are by the documents that they name: lines of
// an invoice that another table tells of are invoice lines, whatever they are
// called, and transactions that each name an invoice or order pay it.
func (d *drafter) findDocuments(ctx context.Context) error {
	var failed error
	d.eachTable(func(f *feed, t *table) {
		if failed != nil || f.shipped != nil || t.path != "" || t.led != nil || t.ties != nil {
			return
		}
		of, isLine := strings.CutSuffix(t.entity().Name, "_line")
		switch {
		case isLine:
			other, ref := otherDocument(of), t.byField(of+"_id")
			if ref == nil || d.namesDocument(t, ref, of) != nil {
				return
			}
			if u := d.namesDocument(t, ref, other); u != nil {
				failed = d.takeFor(ctx, t, other+"_line", fmt.Sprintf("%q is the key of %s", ref.profile.Name, u.name()), other+"_id")
			}
		case of == "order" && d.maySettle(f, t):
			for _, c := range t.order {
				for _, entity := range []string{"invoice", "order"} {
					if u := d.namesDocument(t, c, entity); u != nil && !slices.Contains(t.key.columns, c) {
						failed = d.takeFor(ctx, t, "payment", fmt.Sprintf("each names what it pays: %q is the key of %s", c.profile.Name, u.name()), "amount")
						return
					}
				}
			}
		}
	})
	return failed
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
	if c.profile.Deep.Distinct() == 0 || !d.judge.Tables.MayMean(c.profile.Name, entity, entity+"_id") {
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
