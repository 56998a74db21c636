package draft

import (
	"context"
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// findEmployees looks again at tables of users that read as customers: those
// that other tables name as owners and sales people, and never as customers,
// are the company's own people.
func (d *drafter) findEmployees(ctx context.Context) error {
	employee, err := schemas.EntityNamed("employee")
	if err != nil {
		return err
	}
	d.eachTable(func(f *feed, t *table) {
		if err != nil || t.path != "" || t.entity().Name != "customer" || !d.isOfUsers(f, t) {
			return
		}
		key, where := d.ownersOf(t)
		if key == nil {
			return
		}
		verdict := d.judge.As(employee, recognise.Question{Names: f.namesOf(t), Columns: t.survey.Columns})
		verdict.Why = fmt.Sprintf("%s of %s are among its %q, and no customer: they are users of the system", where.profile.Name, where.table, key.profile.Name)
		t.verdict = verdict
		t.setColumns()
		t.key = tableKey{}
		if own := t.byField("employee_id"); own != nil && own.profile != key.profile {
			own.field = nil
		}
		t.setField(t.columns[key.profile.Name], "employee_id", "other tables name employees by it")
		err = d.findKey(ctx, t)
	})
	return err
}

// findShoppers takes users that orders, payments or visits name for customers:
// the users of a store are.
func (d *drafter) findShoppers() {
	const nearlyAll = .9
	d.eachTable(func(f *feed, t *table) {
		if t.entity().Name != "customer" || !d.isOfUsers(f, t) || len(t.key.columns) != 1 {
			return
		}
		d.eachTable(func(_ *feed, u *table) {
			c := u.byField("employee_id")
			_, ok := u.entity().Field("customer_id")
			if c != nil && ok && isUser(c) && u.byField("customer_id") == nil && c.profile.Deep.Distinct() > 0 && within(c, t.key.columns[0]) >= nearlyAll {
				u.setField(c, "customer_id", fmt.Sprintf("its values are keys of %s, who are no employees", t.name()))
			}
		})
	})
}

// isUser says whether a header says no more than whose account it is.
func isUser(c *columnDraft) bool {
	return slices.Contains([]string{"userid", "user"}, recognise.FoldKey(c.profile.Says()))
}

// isOfSales says whether the users that a table's rows name are sales people.
func isOfSales(t *table) bool {
	return slices.Contains([]string{"lead", "opportunity", "activity", "account", "contact", "stage_event", "customer", "case"}, t.entity().Name)
}

// isOfUsers says whether a table is called as those of a system's users are.
func (d *drafter) isOfUsers(f *feed, t *table) bool {
	words := d.judge.Tables.TellingWords(f.namesOf(t)[0])
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains([]string{"user", "users", "owner", "owners"}, w) })
}

// owner is a column that names employees.
type owner struct {
	profile *recognise.Profile
	table   string
}

// ownersOf finds the column of a table by which others name their owners; nil
// where none does, or where others name their customers by its key.
func (d *drafter) ownersOf(t *table) (key *columnDraft, where owner) {
	const nearlyAll = .9
	most := 0
	isCustomer := false
	d.eachTable(func(f *feed, u *table) {
		if u == t || f.parts[0].drop.folder != t.feed.parts[0].drop.folder {
			return
		}
		if c := u.byField("customer_id"); c != nil && len(t.key.columns) == 1 && c.profile.Deep.Distinct() > 0 && within(c, t.key.columns[0]) >= nearlyAll {
			isCustomer = true
		}
		for _, field := range []string{"employee_id", "employee_name"} {
			c := u.byField(field)
			if c == nil || c.profile.Deep.Distinct() == 0 || isUser(c) && !isOfSales(u) {
				continue
			}
			for _, o := range t.order {
				if n := c.profile.Deep.Within(o.profile.Deep); within(c, o) >= nearlyAll && n > most && t.isUnique(o) {
					key, where, most = o, owner{c.profile, u.name()}, n
				}
			}
		}
	})
	if isCustomer {
		return nil, owner{}
	}
	return key, where
}
