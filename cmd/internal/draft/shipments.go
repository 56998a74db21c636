package draft

import (
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// shipmentObject makes a shipment of each order that says when it was sent or
// delivered, where no feed tells of shipments. ok is false where none says so.
func (d *drafter) shipmentObject(t *table) (o objectText, ok bool) {
	entity, err := schemas.EntityNamed("fulfilment")
	id := t.byField("order_id")
	if t.entity().Name != "order" || t.path != "" || t.feed.shipped != nil || err != nil || id == nil || t.key.hash || d.tellsShipments() {
		return o, false
	}
	var free []*recognise.Profile
	for _, c := range t.order {
		if c.field == nil && c.party == nil && c.profile.Filled > 0 {
			free = append(free, c.profile)
		}
	}
	v := d.judge.As(entity, recognise.Question{Names: []string{entity.Name}, Columns: free})
	v.Fields = slices.DeleteFunc(v.Fields, func(f recognise.FieldColumn) bool { return f.Sure < 2 })
	first := fieldOf(v, "shipped_at")
	if first == nil {
		// A day of delivery that every order has is one that was agreed on.
		if first = fieldOf(v, "delivered_at"); first != nil && first.Column.Filled == t.survey.Rows {
			return o, false
		}
	}
	if first == nil || first.Column.DateShare() < datePart {
		return o, false
	}
	o = objectText{
		name: "fulfilments", entity: entity.Name, when: []string{first.Column.Name}, repeats: t.key.repeats, references: t.references,
		why: "no feed tells of shipments: each order that says when it was sent is one",
	}
	o.addWhole(t, id, "the order that is sent")
	o.add(propertyText{name: "fulfilment_id", field: "fulfilment_id", aliases: []string{id.profile.Name}, why: "the order's id"})
	for i := range v.Fields {
		f := &v.Fields[i]
		if slices.Contains([]string{"shipped_at", "delivered_at", "carrier", "tracking_number"}, f.Field.Name) {
			p := d.property(t, t.columns[f.Column.Name], f)
			p.required = false
			o.add(p)
		}
	}
	return o, true
}

// addWhole gives what is told of an order or invoice beside it, one of each, its
// key and, in the column of its id, which it is of.
func (o *objectText) addWhole(t *table, id *columnDraft, why string) {
	for i, c := range t.key.columns {
		o.add(propertyText{name: c.profile.Name, key: i + 1, required: true, nulls: nullWords(c.profile), why: "the key of the row"})
	}
	if !o.has(id.profile.Name) {
		o.add(propertyText{name: id.profile.Name, nulls: nullWords(id.profile)})
	}
	of := &o.properties[o.propertyOf(id)]
	of.field, of.why = id.field.Field.Name, why
}

func (d *drafter) tellsShipments() bool {
	told := false
	d.eachTable(func(_ *feed, u *table) { told = told || u.entity().Name == "fulfilment" })
	return told
}
