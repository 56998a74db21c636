package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// touchColumn is a column of days on which something happened with the party of
// the row, and the one beside it that says what came of it, nil = none.
type touchColumn struct {
	at, outcome *columnDraft
	touch       recognise.Touch
}

// fewestTouches is how many columns a call list has: one alone may be the latest
// touch of many.
const fewestTouches = 2

// touchObjects reads the columns of a call list: each day below "1. Anruf" is a
// touch with whom the row is about.
func (d *drafter) touchObjects(t *table, own objectText) []objectText {
	field := map[string]string{"customer": "customer_id", "lead": "lead_id", "opportunity": "opportunity_id"}[t.entity().Name]
	if field == "" || t.path != "" || t.key.parent || !t.key.hash && len(t.key.columns) != 1 || len(t.touches) < fewestTouches {
		return nil
	}
	var objects []objectText
	for _, c := range t.touches {
		o := objectText{
			name: fmt.Sprintf("touch_%s_%d", slug(c.touch.Kind), c.touch.Number), entity: "activity", when: []string{c.at.profile.Name},
			references: t.references, why: "a date says when it happened",
		}
		key := propertyText{name: "row_text", from: "$hash", field: field, key: 1}
		if !t.key.hash {
			key = propertyText{name: t.key.columns[0].profile.Name, field: field, key: 1, required: true, prefix: t.prefix}
		}
		o.add(key)
		if at := slices.IndexFunc(own.properties, func(p propertyText) bool { return p.field == "customer_id" }); at >= 0 && field != "customer_id" {
			customer := own.properties[at]
			customer.key, customer.why = 0, "whom the row is about"
			o.add(customer)
		}
		o.add(propertyText{name: "touch", field: "subject", key: 2, constant: c.at.profile.Name, why: "the header says which touch it was"})
		o.add(propertyText{name: "type", field: "type", constant: c.touch.Kind, why: "the header says how"})
		o.add(t.day(c.at, "a date below the name of a touch"))
		if c.outcome != nil {
			o.add(propertyText{name: c.outcome.profile.Name, field: "outcome", nulls: nullWords(c.outcome.profile), why: "it stands beside the date"})
		}
		objects = append(objects, o)
	}
	return objects
}

// findTouches lists the columns of touches with their days. Which of several it
// was says that it happened, whatever else the header may plan.
func (d *drafter) findTouches(t *table) []touchColumn {
	var found []touchColumn
	seen := map[recognise.Touch]bool{}
	for i, c := range t.order {
		touch, ok := d.judge.Tables.TouchOfHeader(c.profile.Says())
		isDated := c.momentType() != "" || c.openDate
		if ok && !seen[touch] && (isDated || c.profile.Filled == 0) {
			seen[touch] = true
			found = append(found, touchColumn{c, d.outcomeBeside(t, i, touch.Number), touch})
		}
	}
	if len(found) < fewestTouches {
		return nil
	}
	for _, f := range found {
		if f.at.isPlanned() {
			f.at.field = nil
		}
	}
	return found
}

// outcomeBeside is the column behind a touch that says what came of it: its
// header has the touch's number, or none.
func (d *drafter) outcomeBeside(t *table, at, number int) *columnDraft {
	const near = 3 // columns
	for _, c := range t.order[at+1 : min(at+1+near, len(t.order))] {
		if _, isNext := d.judge.Tables.TouchOfHeader(c.profile.Says()); isNext && c.momentType() != "" {
			return nil
		}
		name, n := d.judge.Tables.WithoutNumber(c.profile.Says())
		if (n == 0 || n == number) && c.party == nil && c.momentType() == "" && d.judge.Tables.MayMean(name, "activity", "outcome") {
			return c
		}
	}
	return nil
}
