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
