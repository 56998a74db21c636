package draft

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// salesLog is a table of pursuits that has a row for each touch or change: the
// same pursuit comes again with a later day, further on.
type salesLog struct {
	of, at, stage *columnDraft // what names the pursuit, the day of the row, the stage it was in
	kind          *columnDraft // what happened that day, nil = no column tells
}

// What such a table must show.
const (
	mostPursuits = .75 // for each row
	forwardMoves = .7  // of the changes of stage
)

// findSalesLogs finds tables of pursuits whose rows are what happened with them:
// they have a day and a stage, their pursuits come again, and mostly get on. The
// pursuit is named by its own id, or else by whom it is with.
func (d *drafter) findSalesLogs(ctx context.Context) error {
	for _, f := range d.feeds {
		t := f.root()
		if err := d.takeForPursuits(ctx, t); err != nil {
			return err
		}
		stage, at := t.byField("status"), cmp.Or(t.byField("created_at"), t.byField("updated_at"))
		if t.log != nil || !isPursuit(t) || f.shipped != nil || t.path != "" || len(f.tables) > 1 || stage == nil || at == nil || t.isLed() {
			continue
		}
		of := d.comesWith(t)
		if of == nil || t.fillShare(at) < keyFilled || at.profile.DateShare() < datePart || !d.namesStages(stage) {
			continue
		}
		getsOn, err := d.getsOn(ctx, t, of, stage)
		if err != nil {
			return err
		}
		if getsOn {
			t.log = &salesLog{of: of, at: at, stage: stage, kind: d.kindOfTouch(t)}
			t.key = tableKey{columns: []*columnDraft{of}, repeats: true, why: "its rows are what happened with a pursuit, which comes again"}
		}
	}
	return nil
}

// takeForPursuits takes a log of touches for one of pursuits where its kinds of
// touches are stages as well ("Besuch", "Angebot", "Auftrag"), its rows have no
// ids, and nothing else tells of pursuits: each is named by whom it is with.
func (d *drafter) takeForPursuits(ctx context.Context, t *table) error {
	kind := t.byField("type")
	if t.entity().Name != "activity" || t.feed.shipped != nil || !t.isList() || !t.key.hash || !t.namesParty() || kind == nil || !d.reachesOffers(kind) || d.tellsPursuits() {
		return nil
	}
	for _, field := range []string{"lead_id", "opportunity_id", "order_id", "case_id"} {
		if t.byField(field) != nil {
			return nil
		}
	}
	entity, err := schemas.EntityNamed("opportunity")
	if err != nil {
		return err
	}
	was := *t // with what was found of its columns
	t.verdict = d.judge.As(entity, recognise.Question{Names: t.feed.namesOf(t), Columns: t.survey.Columns})
	t.verdict.Why += fmt.Sprintf("; %q tells of touches and of stages on the way to a sale", kind.profile.Name)
	t.setColumns()
	t.key = tableKey{}
	stage := t.columns[kind.profile.Name]
	t.setField(stage, "status", "its words are touches and stages on the way to a sale")
	of, at, getsOn := d.comesWith(t), t.byField("created_at"), false
	if of != nil && at != nil {
		getsOn, err = d.getsOn(ctx, t, of, stage)
	}
	if !getsOn {
		*t = was
		return err
	}
	t.log = &salesLog{of: of, at: at, stage: stage, kind: stage}
	t.key = tableKey{columns: []*columnDraft{of}, repeats: true, why: "its rows are what happened with a pursuit, which comes again"}
	return nil
}

// reachesOffers says whether a column names two stages on the way to a sale, and
// one of them is the offer, or a sale behind an appointment.
func (d *drafter) reachesOffers(kind *columnDraft) bool {
	reached := map[string]bool{}
	for _, v := range kind.profile.Sample() {
		reached[d.judge.Tables.Stage(v.Text)] = true
	}
	delete(reached, "")
	return len(reached) > 1 && (reached["proposal"] || reached["appointment"] && reached["won"])
}

// tellsPursuits says whether a table tells of leads or deals.
func (d *drafter) tellsPursuits() (tells bool) {
	d.eachTable(func(_ *feed, t *table) { tells = tells || isPursuit(t) })
	return tells
}

// comesWith is the column that names the pursuits of a table in which they come
// again: their id, else the firm, the address, the name or the number of whom
// they are with. nil where none does.
func (d *drafter) comesWith(t *table) *columnDraft {
	comesAgain := func(c *columnDraft) bool {
		return c != nil && t.fillShare(c) >= keyFilled && t.repeatShare(c) <= mostPursuits && c.profile.Deep.Distinct() >= fewestWholes
	}
	if own := t.byField(recognise.KeyField(t.entity())); own != nil {
		if comesAgain(own) {
			return own
		}
		return nil
	}
	if t.byField("customer_id") != nil || len(t.key.columns) == 1 {
		return nil
	}
	for _, field := range []string{"organisation_name", "email", "full_name", "mobile_phone", "phone"} {
		for _, c := range t.order {
			if c.party != nil && c.party.Field.Name == field && comesAgain(c) {
				return c
			}
		}
	}
	return nil
}

// getsOn says whether pursuits that change their stage from row to row mostly
// come further, or mostly fall back where the newest row is the first.
func (d *drafter) getsOn(ctx context.Context, t *table, of, stage *columnDraft) (bool, error) {
	moves, forward := 0, 0
	for _, p := range t.feed.parts {
		var texts [2][]string
		for k, c := range []*columnDraft{of, stage} {
			found, err := p.file.Texts(ctx, t.path, c.profile.Name, mostLogRows, recognise.Look{Workers: d.o.Workers}, d.judge.Tables)
			if err != nil {
				return false, err
			}
			texts[k] = found
		}
		was := map[string]string{}
		for row := range min(len(texts[0]), len(texts[1])) {
			id, now := texts[0][row], d.judge.Tables.Stage(texts[1][row])
			if before := was[id]; before != "" && now != "" && before != now {
				moves++
				if stageRank(now) > stageRank(before) {
					forward++
				}
			}
			was[id] = now
		}
	}
	share := float64(forward) / float64(max(moves, 1))
	return moves > 0 && max(share, 1-share) >= forwardMoves, nil
}

// kindOfTouch is the column that says what happened: nil where none does.
func (d *drafter) kindOfTouch(t *table) *columnDraft {
	const most, part = 20, .5
	for _, c := range t.order {
		if c.party != nil || c.field != nil && c.field.Field.Name != "type" || len(c.profile.Sample()) > most || c.profile.Filled == 0 {
			continue
		}
		if c.profile.Share(func(s string) bool { return d.judge.Tables.Word("activity", "type", s) != "" }) >= part {
			return c
		}
	}
	return nil
}

// logObjects parts a log of touches: the pursuits, as their latest rows have
// them, whom they are with, the stages they came to, and what happened.
func (d *drafter) logObjects(t *table, pursuit, party objectText) []objectText {
	l, id := t.log, pursuitID(t)
	pursuit.properties = slices.DeleteFunc(pursuit.properties, func(p propertyText) bool {
		return p.name == l.stage.profile.Name || l.kind != nil && p.name == l.kind.profile.Name
	})
	day := func(field string) propertyText {
		entity, _ := schemas.EntityNamed("stage_event")
		f, _ := entity.Field("at")
		p := d.property(t, l.at, &recognise.FieldColumn{Column: l.at.profile, Field: f, Why: "the day of the row"})
		p.field = field
		return p
	}
	for _, o := range []*objectText{&pursuit, &party} {
		o.properties = slices.DeleteFunc(o.properties, func(p propertyText) bool { return p.name == l.at.profile.Name })
		latest := day("updated_at")
		latest.version, latest.required = true, false
		o.add(latest)
	}
	key := propertyText{name: l.of.profile.Name, field: id, key: 1, required: true, nulls: nullWords(l.of.profile)}
	if !pursuit.feeds(id) {
		at := pursuit.propertyOf(l.of)
		if at < 0 {
			pursuit.add(key)
		} else {
			pursuit.properties[at].field = id
		}
	}
	stages := objectText{name: "stages", entity: "stage_event", when: []string{l.stage.profile.Name}, repeats: true, why: "each row says how far the pursuit had come that day"}
	stages.add(key)
	at, stage := day("at"), d.property(t, l.stage, l.stage.field)
	at.key, at.required = 2, true
	stage.field, stage.key, stage.required = "stage", 3, true
	stages.add(at)
	stages.add(stage)
	objects := []objectText{pursuit, party, stages}
	if l.kind == nil {
		return objects
	}
	touch := objectText{name: "activities", entity: "activity", when: []string{l.kind.profile.Name}, why: fmt.Sprintf("%q says what happened", l.kind.profile.Name)}
	touch.add(propertyText{name: "row_text", from: "$hash", field: "activity_id", key: 1, why: "no column names what happened: the text of the row does"})
	key.key = 0
	touch.add(key)
	touch.add(propertyText{name: "customer_id", field: "customer_id", aliases: []string{l.of.profile.Name}, why: "whom the pursuit is with"})
	touch.add(day("at"))
	entity, _ := schemas.EntityNamed("activity")
	v := d.judge.As(entity, recognise.Question{Names: []string{entity.Name}, Columns: t.survey.Columns})
	for i := range v.Fields {
		f := &v.Fields[i]
		if c := t.columns[f.Column.Name]; slices.Contains([]string{"type", "direction", "subject", "outcome", "employee_id", "duration_minutes"}, f.Field.Name) && f.Sure > 0 && c != nil && !touch.has(f.Column.Name) && c != l.stage {
			touch.add(d.property(t, c, f))
		}
	}
	if !touch.feeds("type") {
		f, _ := entity.Field("type")
		touch.properties = slices.DeleteFunc(touch.properties, func(p propertyText) bool { return p.name == l.kind.profile.Name })
		touch.add(d.property(t, l.kind, &recognise.FieldColumn{Column: l.kind.profile, Field: f, Why: "its words are kinds of touches"}))
	}
	return append(objects, touch)
}
