package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

const refusal = "is_opted_out"

// refusalColumn is a column that says who refused marketing.
type refusalColumn struct {
	*columnDraft
	isDate  bool
	isWords bool     // of several kinds: "subscribed", "unsubscribed"
	yes, no []string // as they are delivered
}

// addRefusals lets every column that says that somebody refused marketing count
// in the party of a row: of several, one that says so is enough.
func (d *drafter) addRefusals(o *objectText, t *table) {
	own := []string{"customer", "contact", "lead", "account", "contact_point"}
	if o.entity != "customer" && o.entity != "contact_point" || !slices.Contains(own, t.entity().Name) {
		return
	}
	list := d.refusals(t)
	for i := range o.properties {
		if c := t.columns[o.properties[i].name]; o.properties[i].field == refusal && c != nil {
			o.properties[i] = d.property(t, c, nil)
		}
	}
	if len(list) == 0 {
		return
	}
	p := refusalProperty(list)
	switch at := o.propertyOf(list[0].columnDraft); {
	case at < 0:
		o.properties = append(o.properties, p)
	case o.properties[at].field == "" && o.properties[at].key == 0:
		o.properties[at] = p
	default: // it is also the status of the row
		p.name, p.aliases = "refused_marketing", []string{p.name}
		o.properties = append(o.properties, p)
	}
}

// refusalProperty reads the columns one after the other until one says yes.
func refusalProperty(list []refusalColumn) propertyText {
	var said []string
	p := propertyText{name: list[0].profile.Name, field: refusal, logical: "boolean"}
	isDated := slices.ContainsFunc(list, func(c refusalColumn) bool { return c.isDate })
	for i, c := range list {
		said = append(said, fmt.Sprintf("%q", c.profile.Name))
		other := elseText{column: c.profile.Name, nulls: nullWords(c.profile)}
		if len(list) > 1 || c.isWords {
			other.nulls = append(other.nulls, c.no...)
		}
		if c.isWords && !isDated {
			other.words = meaning(c.yes, "true")
		}
		if i == 0 {
			p.nulls, p.words = other.nulls, other.words
			continue
		}
		p.otherwise = append(p.otherwise, other)
	}
	p.why = strings.Join(said, ", ") + ": who is not to be written to or called"
	if isDated {
		p.logical, p.matches = "", "[1-9]" // 0000-00-00 is none
		var words []string
		for _, c := range list {
			for _, yes := range c.yes {
				words = append(words, regexp.QuoteMeta(yes))
			}
		}
		if len(words) > 0 {
			p.matches += "|^(" + strings.Join(words, "|") + ")$"
		}
	}
	return p
}

// refusals are the columns of a table that say who refused marketing: they are
// called so and hold yes and no or dates, or they hold such words. Columns
// without a value count where no other does, for what they may say one day.
func (d *drafter) refusals(t *table) []refusalColumn {
	var list, empty []refusalColumn
	for _, c := range t.order {
		if slices.Contains(t.key.columns, c) {
			continue
		}
		isCalled := d.judge.Tables.SaysRefusal(c.profile.Says()) && (c.field == nil || c.field.Field.Name == refusal || c.field.Field.Type == schemas.Bool)
		r, ok := d.refusalOf(c, isCalled)
		switch {
		case isCalled && c.profile.Filled == 0:
			empty = append(empty, refusalColumn{columnDraft: c})
		case ok:
			list = append(list, r)
		}
	}
	if len(list) == 0 && len(empty) > 0 {
		return empty[:1]
	}
	slices.SortStableFunc(list, func(a, b refusalColumn) int { return rank(a.isDate) - rank(b.isDate) })
	return list
}

func rank(isLast bool) int {
	if isLast {
		return 1
	}
	return 0
}

// refusalOf reads the values of a column.
func (d *drafter) refusalOf(c *columnDraft, isCalled bool) (r refusalColumn, ok bool) {
	const mostWords = 12
	seen := c.profile.Sample()
	r.columnDraft = c
	if isCalled && c.profile.Filled > 0 && c.profile.DateShare() >= datePart {
		r.isDate = true
		return r, true
	}
	if len(seen) == 0 || len(seen) > mostWords || c.profile.Deep.Distinct() != len(seen) || c.profile.Deep.Lists > 0 {
		return r, false
	}
	isFlag := !slices.ContainsFunc(seen, func(v recognise.Sampled) bool { _, known := d.judge.Clean.Bool(v.Text); return !known })
	for _, v := range seen {
		isYes, _ := d.judge.Clean.Bool(v.Text)
		if !isFlag {
			isYes = d.judge.Tables.Word("customer", refusal, v.Text) != ""
		}
		if isYes {
			r.yes = append(r.yes, v.Raw)
		} else {
			r.no = append(r.no, v.Raw)
		}
	}
	slices.Sort(r.yes)
	slices.Sort(r.no)
	r.isWords = !isFlag
	return r, isFlag && isCalled || !isFlag && len(r.yes) > 0
}
