package draft

import (
	"context"
	"fmt"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// findStaff finds rows that name their sales person by an id and by name, where
// no feed of employees tells whose id it is: other feeds name the same person by
// name alone.
func (d *drafter) findStaff(ctx context.Context) error {
	var err error
	d.eachTable(func(f *feed, t *table) {
		id := t.byField("employee_id")
		if err != nil || f.shipped != nil || t.entity().Name == "employee" || id == nil || d.holdsNames(id) || d.knowsStaff(id) {
			return
		}
		for _, c := range t.order {
			isCalled := d.judge.Tables.MayMean(c.profile.Says(), "lead", "employee_id") || d.judge.Tables.MayMean(c.profile.Says(), "lead", "employee_name")
			if c == id || c.party != nil || c.field != nil && c.field.Field.Name != "employee_name" || !isCalled || !d.holdsNames(c) {
				continue
			}
			var seen []int
			seen, err = d.combinations(ctx, t, [][]string{{id.profile.Name}, {id.profile.Name, c.profile.Name}})
			if err == nil && seen[0] > 0 && seen[0] == seen[1] {
				t.staff = c
			}
			return
		}
	})
	return err
}

// holdsNames says whether most values of a column are names of persons.
func (d *drafter) holdsNames(c *columnDraft) bool {
	const most = .5
	return c.profile.Filled > 0 && c.profile.Share(d.judge.IsPerson) > most
}

// knowsStaff says whether a feed of employees has the ids of a column.
func (d *drafter) knowsStaff(id *columnDraft) bool {
	known := false
	d.eachTable(func(_ *feed, t *table) {
		isOfStaff := t.entity().Name == "employee" && len(t.key.columns) == 1
		known = known || isOfStaff && id.profile.Deep.Distinct() > 0 && within(id, t.key.columns[0]) >= nearlyKnown
	})
	return known
}

// staffObject makes the employee whom the rows of a table name by an id and by
// name.
func (d *drafter) staffObject(t *table) (o objectText, ok bool) {
	entity, err := schemas.EntityNamed("employee")
	name, isField := entity.Field("name")
	if t.staff == nil || err != nil || !isField {
		return o, false
	}
	id := t.byField("employee_id")
	o = objectText{name: "employees", entity: "employee", path: t.path, repeats: true, why: "its rows also say who the sales person is"}
	o.add(propertyText{
		name: id.profile.Name, field: "employee_id", key: 1, required: true, nulls: nullWords(id.profile), why: "the sales person's id; the same person comes with many rows",
	})
	if id.profile.Filled < t.survey.Rows {
		o.when = append(o.when, id.profile.Name)
	}
	p := d.property(t, t.staff, &recognise.FieldColumn{Column: t.staff.profile, Field: name})
	p.words = nil
	p.why = fmt.Sprintf("it is the same wherever %q is", id.profile.Name)
	o.add(p)
	d.addMoments(&o, t)
	return o, true
}
