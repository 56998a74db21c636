package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// unread is a table that no entity explains by itself.
type unread struct {
	feed  *feed
	table *table
}

// findGoods takes a table that no entity explains for that of the products
// where lines without another product hold its keys and it has prices or names:
// what a company sells is called as it likes.
func (d *drafter) findGoods() error {
	product, err := schemas.EntityNamed("product")
	if err != nil {
		return err
	}
	for _, f := range slices.Clone(d.feeds) {
		for _, t := range f.tables {
			if !isLine(t) || f.shipped != nil || t.byField("product_id") != nil {
				continue
			}
			for _, c := range t.order {
				if at := slices.IndexFunc(d.unread, func(u unread) bool { return d.isGoods(u, f, c, product) }); at >= 0 {
					d.sell(c, t, d.unread[at], product)
					break
				}
			}
		}
	}
	return nil
}

// isGoods says whether a column of lines holds the keys of a table of goods.
func (d *drafter) isGoods(u unread, of *feed, c *columnDraft, product schemas.Entity) bool {
	key := keyNamed(u.table, c.profile.Name)
	if c.field != nil || c.party != nil || key == nil || u.feed.parts[0].drop.folder != of.parts[0].drop.folder || u.feed.parts[0].drop.connection != of.parts[0].drop.connection {
		return false
	}
	distinct := c.profile.Deep.Distinct()
	if distinct == 0 || float64(c.profile.Deep.Within(key.Deep)) < refersFrom*float64(distinct) {
		return false
	}
	v := d.judge.As(product, recognise.Question{Names: []string{"products"}, Columns: u.table.survey.Columns})
	return slices.ContainsFunc(v.Fields, func(f recognise.FieldColumn) bool {
		return f.Field.Name == "unit_price" || f.Field.Name == "name"
	})
}

// keyNamed is the column of a name whose values tell all rows of a table apart;
// nil where there is none, or the name is no more than a word for a key.
func keyNamed(t *table, name string) *recognise.Profile {
	for _, p := range t.survey.Columns {
		if recognise.FoldKey(p.Name) == recognise.FoldKey(name) && p.Filled == t.survey.Rows && p.Deep.Distinct() == t.survey.Rows && len(recognise.HeaderTokens(name)) > 1 {
			return p
		}
	}
	return nil
}

// sell makes a table the products of lines whose column c holds its keys.
func (d *drafter) sell(c *columnDraft, lines *table, goods unread, product schemas.Entity) {
	t := goods.table
	why := fmt.Sprintf("%q of %s holds its keys", c.profile.Name, lines.name())
	t.verdict = d.judge.As(product, recognise.Question{Names: []string{"products"}, Columns: t.survey.Columns})
	t.verdict.Why, t.verdict.Party = why, nil
	t.setColumns()
	for _, own := range t.order {
		switch {
		case recognise.FoldKey(own.profile.Name) == recognise.FoldKey(c.profile.Name):
			t.setField(own, "product_id", why)
		case own.field != nil && own.field.Field.Name == "product_id":
			own.field = nil
		case own.profile.Labels().Of != nil && t.byField("name") == nil && own.field == nil:
			t.setField(own, "name", "what its codes mean tells what the product is")
		}
	}
	lines.setField(c, "product_id", fmt.Sprintf("its values are keys of %s, which has what is sold", goods.feed.name))
	goods.feed.tables = []*table{t}
	d.feeds = append(d.feeds, goods.feed)
	d.unread = slices.DeleteFunc(d.unread, func(u unread) bool { return u.feed == goods.feed })
	place := goods.feed.parts[0].place()
	d.report.LeftOut = slices.DeleteFunc(d.report.LeftOut, func(l LeftOut) bool { return l.Place == place })
}
