package draft

import (
	"fmt"
	"slices"
)

// leaveCompanions leaves out people whom nobody could write to or call, and who
// name a booking, order or contract of which another table tells the customer:
// those who come along, pupils of a course that somebody booked.
func (d *drafter) leaveCompanions() {
	d.feeds = slices.DeleteFunc(d.feeds, func(f *feed) bool {
		t := f.root()
		if f.shipped != nil || len(f.tables) > 1 || t.entity().Name != "customer" || t.isReachable() || d.judge.Tables.NamesCustomer(f.namesOf(t)[0]) || d.isNamedCustomer(t) {
			return false
		}
		for _, c := range t.order {
			of := d.judge.Tables.IDOf(c.profile.Says())
			if of == "" || c.profile.Deep.Distinct() < fewestValues {
				continue
			}
			if u := d.bookedIn(t, c, of); u != nil {
				d.left(f.parts[0].place(), fmt.Sprintf("its rows name no more than who takes part in the rows of %s (%q), whose customers are told there", u.name(), c.profile.Name))
				return true
			}
		}
		return false
	})
}

// isReachable says whether some row tells how to write to somebody or call them.
func (t *table) isReachable() bool {
	return slices.ContainsFunc([]string{"email", "phone", "mobile_phone", "street", "address_line"}, func(field string) bool {
		c := t.byField(field)
		return c != nil && c.profile.Filled > 0
	})
}

// isNamedCustomer says whether rows of another table name those of one as their
// customers.
func (d *drafter) isNamedCustomer(t *table) bool {
	found := false
	d.eachTable(func(_ *feed, u *table) {
		if c := u.byField("customer_id"); u != t && c != nil && len(t.key.columns) == 1 && !t.key.hash {
			of := d.judge.Tables.IDOf(c.profile.Says())
			found = found || of != "" && isRowOf(of, t) && within(c, t.key.columns[0]) >= refersFrom
		}
	})
	return found
}

// bookedIn is the table beside one of people that a column holds the keys of,
// and whose rows name customers of a third; nil where none is.
func (d *drafter) bookedIn(t *table, c *columnDraft, called string) *table {
	for _, f := range d.drafted() {
		u := f.root()
		if u == t || !sameDrop(f, t.feed) || !slices.Contains([]string{"order", "subscription", "opportunity", "invoice"}, u.entity().Name) || len(u.key.columns) != 1 || u.key.hash {
			continue
		}
		whom := u.byField("customer_id")
		if whom == nil || !isRowOf(called, u) && !slices.Contains(d.judge.Tables.EntityNames(called), u.entity().Name) || within(c, u.key.columns[0]) < refersFrom {
			continue
		}
		if d.whoseKeys(whom, u, t) != nil {
			return u
		}
	}
	return nil
}
