package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// stageObjects reads columns of dates that are called as stages: each is a
// change of stage.
func (d *drafter) stageObjects(t *table) []objectText {
	id := pursuitID(t)
	if id == "" || t.path != "" || t.key.parent || !t.key.hash && len(t.key.columns) != 1 {
		return nil
	}
	key := propertyText{name: "row_text", from: "$hash", field: id, key: 1}
	if !t.key.hash {
		key = propertyText{name: t.key.columns[0].profile.Name, field: id, key: 1, required: true}
	}
	var objects []objectText
	seen, dated := map[string]bool{}, 0
	for _, c := range t.order {
		stage := d.judge.Tables.StageOfHeader(c.profile.Says())
		isDated := c.momentType() != "" || c.openDate
		if stage == "" || seen[stage] || !isDated && c.profile.Filled > 0 || c.isPlanned() {
			continue // a column that no row has reached yet is one of them
		}
		seen[stage] = true
		if isDated {
			dated++
		}
		objects = append(objects, stageObject(t, c, stage, key, fmt.Sprintf("a date below the name of the stage %q", stage)))
	}
	fewest := 2
	if len(t.touches) >= fewestTouches {
		fewest = 1 // who was called, and met
	}
	if len(objects) >= fewest && dated > 0 {
		return objects
	}
	if quote, ok := d.quotedObject(t, key); ok {
		return []objectText{quote}
	}
	return nil
}

// createFirst takes the first of the days on the way to a sale for when a pursuit
// began, where a later one was taken: "Dates Offer" is no more a date than its
// neighbours.
func (d *drafter) createFirst(t *table) {
	created := t.byField("created_at")
	if pursuitID(t) == "" || created == nil {
		return
	}
	rankOf := func(c *columnDraft) int { return stageRank(d.judge.Tables.StageOfHeader(c.profile.Says())) }
	first := created
	for _, c := range t.order {
		rank := rankOf(c)
		if c.field == nil && rank >= 0 && rank < rankOf(first) && c.momentType() != "" && c.profile.Filled >= created.profile.Filled {
			first = c
		}
	}
	if first == created {
		return
	}
	const why = "the first of the days on the way to a sale"
	t.setField(first, "created_at", why)
	if party := created.party; party != nil && party.Field.Name == "created_at" {
		first.party, created.party = &recognise.FieldColumn{Column: first.profile, Field: party.Field, Why: why}, nil
	}
	created.field = nil
}

// stageObject reads a column of days as entries of one stage.
func stageObject(t *table, c *columnDraft, stage string, key propertyText, why string) objectText {
	o := objectText{
		name: "stage_" + slug(stage), entity: "stage_event", when: []string{c.profile.Name}, why: "a date says when the stage was entered",
		properties: []propertyText{key, {name: "stage", field: "stage", key: 2, constant: stage}, t.day(c, why)},
	}
	if t.key.repeats { // each row of a pursuit tells of an entry of its own
		o.repeats, o.properties[2].key = true, 3
	}
	return o
}

// day reads a column of days as when what the row tells of happened.
func (t *table) day(c *columnDraft, why string) propertyText {
	at := propertyText{name: c.profile.Name, logical: "timestamp", field: "at", required: true, unit: c.unit, nulls: nullWords(c.profile), why: why}
	if c.layout != "" && c.layout != t.feed.locale.date && c.layout != "iso" {
		at.layout = c.layout
	}
	return at
}

// pursuitID is the field by which stages name the rows of a table, "" where they
// are no pursuits.
func pursuitID(t *table) string {
	return map[string]string{"lead": "lead_id", "opportunity": "opportunity_id"}[t.entity().Name]
}

// isPlanned says whether a column says when something is to happen.
func (c *columnDraft) isPlanned() bool {
	return c.field != nil && slices.Contains([]string{"next_step", "next_step_on", "expected_close_date"}, c.field.Field.Name)
}

// stageRank orders stages by how near they are to the end of a pursuit.
func stageRank(stage string) int {
	return slices.Index([]string{"suspect", "prospect", "qualified lead", "appointment", "second appointment", "presentation", "proposal", "won", "lost", "no decision", "lost to competitor"}, stage)
}
