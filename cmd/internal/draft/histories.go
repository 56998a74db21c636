package draft

import (
	"context"
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// findHistories takes a table of deals or leads of which each comes several
// times, while another table has each of them once, for the stages that they
// went through.
func (d *drafter) findHistories(ctx context.Context) error {
	const again, nearlyAll = .8, .9
	event, err := schemas.EntityNamed("stage_event")
	if err != nil {
		return err
	}
	d.eachTable(func(f *feed, t *table) {
		own := t.byField(recognise.KeyField(t.entity()))
		if err != nil || f.shipped != nil || t.path != "" || !isPursuit(t) || own == nil || t.fillShare(own) < keyFilled || t.repeatShare(own) >= again {
			return
		}
		var of *table
		d.eachTable(func(_ *feed, u *table) {
			if u != t && isPursuit(u) && u.entity().Name == t.entity().Name && len(u.key.columns) == 1 && !u.key.repeats && within(own, u.key.columns[0]) >= nearlyAll {
				of = u
			}
		})
		if of == nil {
			return
		}
		v := d.judge.As(event, recognise.Question{Names: f.namesOf(t), Columns: t.survey.Columns})
		tells := func(field string) bool {
			return slices.ContainsFunc(v.Fields, func(c recognise.FieldColumn) bool { return c.Field.Name == field })
		}
		if !tells("stage") || !tells("at") || !tells(recognise.KeyField(t.entity())) {
			return
		}
		v.Why = fmt.Sprintf("each comes several times, with a stage and a time, and once in %s", of.name())
		v.Party, t.verdict, t.key = nil, v, tableKey{}
		t.setColumns()
		err = d.findKey(ctx, t)
	})
	return err
}

func isPursuit(t *table) bool {
	return t.entity().Name == "opportunity" || t.entity().Name == "lead"
}

// barePursuit makes pursuits of the ids of a log of stages that no feed tells
// more about.
func (d *drafter) barePursuit(t *table) (objectText, bool) {
	o := objectText{name: "opportunities", entity: "opportunity", path: t.path, repeats: true, why: "no feed says what moves through these stages: the ids are kept"}
	c := t.byField("opportunity_id")
	if c == nil || t.entity().Name != "stage_event" || t.path != "" || c.profile.Filled == 0 || t.byField("lead_id") != nil {
		return o, false
	}
	isKnown := false
	d.eachTable(func(_ *feed, u *table) { isKnown = isKnown || u != t && isPursuit(u) })
	if isKnown {
		return o, false
	}
	o.add(propertyText{
		name: c.profile.Name, field: "opportunity_id", key: 1, required: true, nulls: nullWords(c.profile), why: "the same one comes with each of its stages",
	})
	if c.profile.Filled < t.survey.Rows {
		o.when = append(o.when, c.profile.Name)
	}
	return o, true
}
