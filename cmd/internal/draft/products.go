package draft

import (
	"context"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// findProducts finds lines, and purchases among web events, that say what their product is, where no feed of
// products does: the columns that are the same wherever a product's id is.
func (d *drafter) findProducts(ctx context.Context) error {
	product, err := schemas.EntityNamed("product")
	if err != nil {
		return err
	}
	d.eachTable(func(_ *feed, t *table) {
		if id := t.byField("product_id"); err == nil && id != nil && (isLine(t) || d.tellsSales(t)) && !t.isLed() && !d.knowsProducts(id) {
			err = d.findProduct(ctx, t, id, product)
		}
	})
	return err
}

func isLine(t *table) bool {
	return slices.Contains([]string{"order_line", "invoice_line"}, t.entity().Name)
}

// knowsProducts says whether a feed of products tells who they are.
func (d *drafter) knowsProducts(id *columnDraft) bool {
	known := false
	d.eachTable(func(_ *feed, t *table) {
		isOfProducts := t.entity().Name == "product" && len(t.key.columns) == 1
		known = known || isOfProducts && within(id, t.key.columns[0]) >= nearlyKnown
	})
	return known
}

// findProduct sets the columns of a table of lines that describe the product.
func (d *drafter) findProduct(ctx context.Context, t *table, id *columnDraft, product schemas.Entity) error {
	var columns []*recognise.Profile
	for _, c := range t.order {
		if isFree := c.field == nil && c.party == nil || c == t.byField("description"); isFree && c.profile.Filled > 0 {
			columns = append(columns, c.profile)
		}
	}
	var found []recognise.FieldColumn
	for _, f := range d.judge.As(product, recognise.Question{Names: []string{"products"}, Columns: columns}).Fields {
		if slices.Contains([]string{"name", "brand", "brand_family", "category", "product_line"}, f.Field.Name) {
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		return nil
	}
	sets := [][]string{{id.profile.Name}}
	for _, f := range found {
		sets = append(sets, []string{id.profile.Name, f.Column.Name})
	}
	seen, err := d.combinations(ctx, t, sets)
	if err != nil {
		return err
	}
	const same, spelt = 1.05, 1.5 // groups of each product; names, which are written in more than one way
	for i, f := range found {
		most := same
		if f.Field.Name == "name" {
			most = spelt
		}
		if float64(seen[i+1]) <= most*float64(seen[0]) {
			t.product = append(t.product, f)
		}
	}
	return nil
}

// productObject makes the product that the rows of a line name by more than an
// id.
func (d *drafter) productObject(t *table) objectText {
	id := t.byField("product_id")
	o := objectText{name: "products", entity: "product", path: t.path, repeats: true, why: "its rows also say what the product is"}
	o.add(propertyText{
		name: id.profile.Name, field: "product_id", key: 1, required: true, nulls: nullWords(id.profile), why: "the product's id; the same product comes with many rows",
	})
	if id.profile.Filled < t.survey.Rows {
		o.when = append(o.when, id.profile.Name)
	}
	for i := range t.product {
		f := &t.product[i]
		f.Why += "; it is nearly the same wherever the product's id is"
		o.add(d.property(t, t.columns[f.Column.Name], f))
	}
	d.addMoments(&o, t)
	return o
}
