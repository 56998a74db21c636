package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// addressUse tells whose the addresses of a table are, where a column of it
// names the customer. ok is false where none does: customers may name their
// address instead.
func (d *drafter) addressUse(t *table) (o objectText, ok bool) {
	if t.entity().Name != "address" || t.path != "" || !t.key.exists() {
		return o, false
	}
	whose, of := d.customerOf(t)
	if whose == nil {
		return o, false
	}
	o = objectText{
		name: "customer_addresses", entity: "customer_address", repeats: t.key.repeats, when: []string{whose.profile.Name},
		why: fmt.Sprintf("%q holds ids of %s: whose address it is", whose.profile.Name, of.name()),
	}
	o.add(propertyText{name: whose.profile.Name, field: "party_id", key: 1, required: true, prefix: of.prefix, why: "the customer"})
	address := propertyText{name: "address", field: "address_id", key: 2, why: "the key of the address"}
	switch {
	case t.key.hash:
		address.from = "$hash"
	case t.key.columns[0] == whose:
		address.aliases = []string{whose.profile.Name}
	default:
		address.name = t.key.columns[0].profile.Name
	}
	o.add(address)
	for _, c := range t.order {
		if c.field != nil && c.field.Field.Name == "updated_at" {
			o.add(d.property(t, c, c.field))
		}
		_, _, isFlag := d.yesAndNo(c)
		if isFlag && c.field == nil && d.judge.Tables.MayMean(c.profile.Says(), o.entity, "is_primary") {
			o.add(propertyText{name: c.profile.Name, field: "is_primary", logical: "boolean", nulls: nullWords(c.profile), why: "the main one of several"})
		}
	}
	d.setVersion(&o, t)
	return o, true
}

// customerOf is the column of a table that names a customer of its system, and
// the table that has them.
func (d *drafter) customerOf(t *table) (c *columnDraft, of *table) {
	for _, c := range t.order {
		if c.field != nil && c.field.Field.Name != recognise.KeyField(t.entity()) {
			continue
		}
		for _, f := range d.feeds {
			at := slices.IndexFunc(f.tables, func(u *table) bool {
				return u != t && u.entity().Name == "customer" && len(u.key.columns) == 1 && !u.key.parent &&
					c.mayRefer(u, d.judge.Tables) && within(c, u.key.columns[0]) >= refersFrom
			})
			if at >= 0 && f.system == t.feed.system {
				return c, f.tables[at]
			}
		}
	}
	return nil, nil
}
