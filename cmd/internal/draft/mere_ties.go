package draft

import (
	"fmt"
	"slices"
)

// leaveMereTies leaves out tables that read as customers by ids alone, and hold
// those of another table's customers: members of groups, ties to things that
// nobody reads. A row each of them, they would be customers that nobody knows.
// One row for each customer, with the firm or anything else, tells more of them.
func (d *drafter) leaveMereTies() {
	d.feeds = slices.DeleteFunc(d.feeds, func(f *feed) bool {
		t := f.root()
		if f.shipped != nil || len(f.tables) > 1 || t.entity().Name != "customer" || t.namesAnybody() {
			return false
		}
		for _, c := range t.order {
			isAlone := len(t.key.columns) == 1 && t.key.columns[0] == c && !t.key.repeats
			if isAlone || !d.judge.Tables.NamesCustomer(c.profile.Says()) && (c.field == nil || c.field.Field.Name != "customer_id") {
				continue
			}
			if of := d.whoseKeys(c, t); of != nil {
				d.left(f.parts[0].place(), fmt.Sprintf("it ties customers of %s to something else by %q, and tells nothing of them", of.name(), c.profile.Name))
				return true
			}
		}
		return false
	})
}

// namesAnybody says whether rows of a table tell who somebody is, or how to
// reach them.
func (t *table) namesAnybody() bool {
	return slices.ContainsFunc(t.order, func(c *columnDraft) bool { return c.field != nil && c.field.Field.PII && c.profile.Filled > 0 })
}

// whoseKeys is the table of customers, beside a table and none of some, that a
// column holds the keys of; nil where none is.
func (d *drafter) whoseKeys(c *columnDraft, beside *table, but ...*table) *table {
	for _, f := range d.drafted() {
		u := f.root()
		isOf := u != beside && !slices.Contains(but, u) && sameDrop(f, beside.feed) && slices.Contains([]string{"customer", "account"}, u.entity().Name) && len(u.key.columns) == 1 && !u.key.hash
		if isOf && u.namesAnybody() && c.profile.Deep.Distinct() > 0 && within(c, u.key.columns[0]) >= refersFrom {
			return u
		}
	}
	return nil
}
