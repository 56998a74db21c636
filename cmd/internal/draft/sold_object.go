package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// soldObject makes a pursuit of each visit or appointment that says how the sale
// ended, where one column says "sold" and another what for, and no list of deals
// beside it does. What ended in neither way is a touch alone. ok is false where
// none says so.
func (d *drafter) soldObject(t *table, own objectText) (o objectText, ok bool) {
	entity, err := schemas.EntityNamed("opportunity")
	isOne := !t.key.hash && len(t.key.columns) == 1
	isKeyed := t.key.exists() && !t.key.parent && (isOne || t.key.hash || t.feed.delivery.mode == schemas.Snapshot)
	if err != nil || t.entity().Name != "activity" || t.path != "" || t.feed.shipped != nil || !isKeyed || t.byField("opportunity_id") != nil || t.byField("lead_id") != nil {
		return o, false
	}
	outcome, words, won := d.endsIn(t)
	if outcome == nil || d.tellsWins(t) {
		return o, false
	}
	amount := d.soldFor(t, entity, won)
	if amount == nil {
		return o, false
	}
	o = objectText{name: "sales", entity: entity.Name, repeats: t.key.repeats, references: t.references,
		why: fmt.Sprintf("%q says how the sale ended, and no list of deals does", outcome.profile.Name)}
	only := wordsOnly{column: outcome.profile.Name, leave: true}
	for _, w := range words {
		only.words = append(only.words, w[0])
	}
	o.only = append(o.only, only)
	key := propertyText{name: "row_text", from: "$hash", field: "opportunity_id", key: 1, why: "each such row is a sale"}
	if isOne {
		key = propertyText{name: t.key.columns[0].profile.Name, field: "opportunity_id", key: 1, required: true, why: "each such row is a sale"}
	}
	o.add(key)
	o.add(propertyText{name: outcome.profile.Name, field: "status", words: words, why: "how it ended"})
	field, _ := entity.Field("amount")
	o.add(d.property(t, t.columns[amount.Name], &recognise.FieldColumn{Column: amount, Field: field, Why: "what was sold"}))
	for _, p := range own.properties {
		switch p.field {
		case "customer_id", "employee_id", "employee_name":
			p.key, p.why = 0, "as the row's"
		case "at":
			created := p
			created.name, created.field, created.aliases, created.key, created.why = "created_at", "created_at", []string{p.name}, 0, "when it was met"
			if p.from == "" && !o.has(created.name) && t.columns[created.name] == nil {
				o.add(created)
			}
			p.field, p.key, p.required, p.why = "closed_at", 0, false, "when it ended"
		default:
			continue
		}
		if _, isField := entity.Field(p.field); isField && !o.has(p.name) {
			o.add(p)
		}
	}
	return o, true
}

// endsIn finds the column of a table whose words say that something was sold, with
// those of them that are ends of a sale, and the number of rows that were won.
func (d *drafter) endsIn(t *table) (c *columnDraft, words [][2]string, won int) {
	const mostWords = 30
	for _, c := range t.order {
		seen := c.profile.Sample()
		isFree := c.party == nil && (c.field == nil || slices.Contains([]string{"outcome", "status", "subject"}, c.field.Field.Name))
		if !isFree || len(seen) < 2 || len(seen) > mostWords || c.profile.Deep.Distinct() != len(seen) {
			continue
		}
		words, won = nil, 0
		for _, v := range seen {
			end := d.judge.Tables.Word("opportunity", "status", v.Text)
			if !d.isEnd(v.Text) {
				continue
			}
			words = append(words, [2]string{v.Raw, end})
			if end == "won" {
				won += v.Count
			}
		}
		if won > 0 {
			slices.SortFunc(words, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
			return c, words, won
		}
	}
	return nil, nil, 0
}

// soldFor finds the column that says for how much things were sold: one that is
// called so, else the only one of numbers that is filled where something was
// sold and hardly elsewhere.
func (d *drafter) soldFor(t *table, entity schemas.Entity, won int) *recognise.Profile {
	const near = .1
	var free, where []*recognise.Profile
	for _, c := range t.order {
		p := c.profile
		if c.field != nil || c.party != nil || p.Filled == 0 || p.Deep.Numbers.Numbers*2 < p.Filled || c.momentType() != "" {
			continue
		}
		free = append(free, p)
		if off := float64(p.Filled - won); off*off <= near*near*float64(won)*float64(won) {
			where = append(where, p)
		}
	}
	v := d.judge.As(entity, recognise.Question{Names: []string{entity.Name}, Columns: free})
	if f := fieldOf(v, "amount"); f != nil && f.Sure > 1 && f.Column.Filled >= won/2 {
		return f.Column
	}
	if len(where) == 1 {
		return where[0]
	}
	return nil
}

// tellsWins says whether a list of leads or deals beside a table, or of its
// system, tells which were won.
func (d *drafter) tellsWins(t *table) bool {
	told := false
	d.eachTable(func(f *feed, u *table) {
		isPursuit := u.entity().Name == "lead" || u.entity().Name == "opportunity"
		isBeside := f != t.feed && (f.system == t.feed.system || sameDrop(f, t.feed))
		if !isPursuit || !isBeside {
			return
		}
		if _, _, won := d.endsIn(u); won > 0 {
			told = true
		}
	})
	return told
}
