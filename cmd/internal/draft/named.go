package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// nameReferences takes a column that no header explains for a reference where it
// is called as the key of another table beside it ("Deb.nr" in both), or as that
// table is ("talao_id" beside talao), and its values are keys of that one. Keys
// that such a column was missing for are looked for again.
func (d *drafter) nameReferences(ctx context.Context) error {
	var found []*table
	d.eachTable(func(f *feed, t *table) {
		if f.shipped != nil || t.ties != nil || t.isLed() {
			return
		}
		for _, c := range t.order {
			if c.field == nil && (c.party == nil || c.isTaxID()) && d.refersByName(t, c) && !slices.Contains(found, t) {
				found = append(found, t)
			}
		}
	})
	for _, t := range found {
		if len(t.key.columns) > 0 {
			continue
		}
		t.key = tableKey{}
		if err := d.findKey(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (d *drafter) refersByName(t *table, c *columnDraft) bool {
	const nearlyAll = .9
	if d.judge.Tables.IsIDWord(c.profile.Says()) || c.profile.Deep.Distinct() == 0 {
		return false
	}
	taken := false
	d.eachTable(func(g *feed, u *table) {
		field := recognise.ReferenceField(t.entity(), u.entity().Name)
		if field == "" && u.entity().Name == "account" {
			field = recognise.ReferenceField(t.entity(), "customer")
		}
		if taken || u == t || field == "" || len(u.key.columns) != 1 || u.key.parent || !besides(t.feed, g) {
			return
		}
		key, other := u.key.columns[0], t.byField(field)
		if other != nil && (!c.isTaxID() || within(other, key) > 0) {
			return
		}
		if !d.isCalledAs(c, u, key) || within(c, key) < nearlyAll {
			return
		}
		if other != nil {
			other.field = nil // a name that reads as an id
		}
		t.setField(c, field, fmt.Sprintf("it is called as the key of %s, and holds its values", u.name()))
		taken = true
	})
	return taken
}

// isCalledAs says whether a header is that of a table's key, or the name of the
// table beside a word for a key.
func (d *drafter) isCalledAs(c *columnDraft, u *table, key *columnDraft) bool {
	const shortest = 5 // letters of a header that says what it is below the label of a group: "Patient N° dossier"
	called, own := recognise.FoldKey(c.profile.Says()), recognise.FoldKey(key.profile.Says())
	if called == own || len(own) >= shortest && strings.HasSuffix(called, own) {
		return true
	}
	of := d.judge.Tables.IDOf(c.profile.Says())
	if of == "" {
		return false
	}
	for _, name := range u.feed.namesOf(u)[:1] {
		if plain := recognise.FoldKey(name); plain == of || plain == of+"s" || plain == of+"es" {
			return true
		}
	}
	return false
}

// besides says whether two feeds lie side by side: in one folder or database.
func besides(a, b *feed) bool {
	x, y := a.parts[0].drop, b.parts[0].drop
	return x.folder == y.folder && x.connection == y.connection
}

// addTaxKey takes the tax numbers that name the rows of customers for their ids,
// where other tables name customers by them.
func (d *drafter) addTaxKey(o *objectText, t *table) {
	own := t.key.columns
	if t.entity().Name != "customer" || len(own) != 1 || !own[0].isTaxID() || o.feeds("customer_id") {
		return
	}
	isNamed := false
	d.eachTable(func(_ *feed, u *table) {
		c := u.byField("customer_id")
		isNamed = isNamed || u != t && c != nil && c.profile.Deep.Distinct() > 0 && within(c, own[0]) >= refersFrom
	})
	if isNamed {
		o.add(propertyText{name: "customer_id", field: "customer_id", aliases: []string{own[0].profile.Name}, prefix: t.prefix, why: "other tables name them by that number"})
	}
}
