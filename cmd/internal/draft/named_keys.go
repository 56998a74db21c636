package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// findNamedKeys takes columns for references to tables whose keys are names, as
// a database says ("Miller & Sons", "SO-2025-00017"), by their values alone:
// what such a column is called reads as a name too. Lines are those of the
// document that the first of such columns names.
func (d *drafter) findNamedKeys(ctx context.Context) error {
	var named, tables []*table
	d.eachTable(func(f *feed, t *table) {
		if f.shipped == nil && t.path == "" && t.led == nil {
			tables = append(tables, t)
		}
		if t.path == "" && len(t.key.columns) == 1 && t.key.columns[0].profile.NamesRows() {
			named = append(named, t)
		}
	})
	if err := d.findPointsByName(named); err != nil {
		return err
	}
	for _, t := range tables {
		if err := d.findWholeByName(ctx, t, named); err != nil {
			return err
		}
		for _, c := range t.order {
			d.referToName(t, c, named)
		}
	}
	return nil
}

// isNameIn says whether nearly all values of a column are keys of a table beside
// its own, and not by chance.
func (d *drafter) isNameIn(t *table, c *columnDraft, u *table) bool {
	const nearlyAll, fewest = .95, 5
	isOwn := len(t.key.columns) == 1 && t.key.columns[0] == c
	return u != t && !isOwn && besides(t.feed, u.feed) && c.profile.Deep.Distinct() >= fewest && within(c, u.key.columns[0]) >= nearlyAll
}

// findPointsByName takes tables of nothing but e-mail addresses or phone numbers
// for those of the people whose names stand beside them.
func (d *drafter) findPointsByName(named []*table) error {
	entity, err := schemas.EntityNamed("contact_point")
	if err != nil {
		return err
	}
	for _, t := range d.barePoints() {
		for _, c := range t.order {
			at := slices.IndexFunc(named, func(u *table) bool {
				return slices.Contains([]string{"customer", "account"}, u.entity().Name) && d.isNameIn(t, c, u)
			})
			if at < 0 {
				continue
			}
			d.setPoints(t, entity)
			t.setField(t.columns[c.profile.Name], "party_id", "its values are the names that are keys of "+named[at].name())
			break
		}
	}
	return nil
}

func (d *drafter) findWholeByName(ctx context.Context, t *table, named []*table) error {
	if !isLine(t) {
		return nil
	}
	for _, c := range t.order {
		for _, u := range named {
			if of := u.entity().Name; (of == "order" || of == "invoice") && d.isNameIn(t, c, u) {
				for _, other := range t.order {
					if other.field != nil && slices.Contains([]string{"customer_id", "order_id", "invoice_id"}, other.field.Field.Name) {
						other.field = nil
					}
				}
				return d.setWhole(ctx, t, c, of)
			}
		}
	}
	return nil
}

func (d *drafter) referToName(t *table, c *columnDraft, named []*table) {
	if c.field != nil && strings.HasSuffix(c.field.Field.Name, "_id") && !slices.Contains([]string{"customer_id", "account_id"}, c.field.Field.Name) {
		return
	}
	for _, u := range named {
		field := recognise.ReferenceField(t.entity(), u.entity().Name)
		if field == "" && u.entity().Name == "account" {
			field = recognise.ReferenceField(t.entity(), "customer")
		}
		if field == "" || !d.isNameIn(t, c, u) {
			continue
		}
		if other := t.byField(field); other != nil && other != c {
			continue // the first of them
		}
		t.setField(c, field, fmt.Sprintf("its values are the names that are keys of %s", u.name()))
		c.party = nil
		t.verdict.Party = slices.DeleteFunc(t.verdict.Party, func(f recognise.FieldColumn) bool { return f.Column == c.profile })
		return
	}
}
