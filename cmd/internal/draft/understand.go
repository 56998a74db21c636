package draft

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// columnDraft is one column on its way into a contract.
type columnDraft struct {
	profile *recognise.Profile
	field   *recognise.FieldColumn // of the table's entity, nil = none
	party   *recognise.FieldColumn // of the customer that the row names, nil = none

	isPersonal bool // it tells who somebody is, also where another table is asked

	layout    string // of dates, "" = the contract's
	layoutWhy string
	openDate  bool // day or month first: nothing tells
	unit      string
	isAsked   bool   // somebody said what it counts
	notTyped  string // why a field could not be kept
	lost      string // that field, where the header surely means it

	others  []*columnDraft // read where this one is empty
	notTold []string       // values that mean none
}

// understand finds the entity of every table; feeds and arrays that are none
// are left out.
func (d *drafter) understand(ctx context.Context) error {
	kept := d.feeds[:0]
	for _, f := range d.feeds {
		isTies, err := d.understoodTies(ctx, f)
		if err != nil {
			return err
		}
		isLed := false
		if !isTies {
			isLed, err = d.understoodLed(ctx, f)
		}
		if err != nil {
			return err
		}
		if !isLed && !isTies {
			all := f.tables
			f.tables = d.understood(f)
			f.keepSpare(all, f.tables)
			if err := d.understoodFlat(ctx, f); err != nil {
				return err
			}
		}
		if len(f.tables) > 0 {
			kept = append(kept, f)
		}
	}
	d.feeds = kept
	clear(d.feeds[len(kept):cap(d.feeds)])
	if err := d.findGoods(); err != nil {
		return err
	}
	d.nameByEntity()
	return nil
}

// spellOut writes out the headers that are codes. What a database takes for the
// key of its rows is their id, though it may be called a name.
func (d *drafter) spellOut() {
	d.eachTable(func(f *feed, t *table) {
		d.judge.SpellOut(t.survey.Columns, f.namesOf(t))
		for _, p := range t.survey.Columns {
			if p.Name == f.parts[0].drop.key && d.judge.Tables.IsBareName(p.Name) {
				p.SetKey()
			}
		}
	})
}

func (d *drafter) understood(f *feed) []*table {
	var kept []*table
	for _, t := range f.tables {
		if t.path == "" && f.isWrapper() {
			continue
		}
		if d.readAsRates(f, t) || d.readAsMonths(f, t) {
			kept = append(kept, t)
			continue
		}
		q := recognise.Question{Names: f.namesOf(t), Columns: t.survey.Columns}
		if t.path != "" {
			q.Parent = parentEntity(t)
		}
		verdict, ok := d.judge.Decide(q)
		if of, err := schemas.EntityNamed(q.Parent + "_line"); ok && err == nil && strings.HasSuffix(verdict.Entity.Name, "_line") && verdict.Entity.Name != of.Name {
			verdict = d.judge.As(of, q) // lines are those of the record that they stand in
		}
		switch heading := t.heading(); {
		case ok && f.shipped == nil && heading != "":
			d.left(f.parts[0].drop.path, fmt.Sprintf("its rows stand below headings in column %q, as reports for readers have them: deliver it as a list, with the heading on each row", heading))
		case ok && f.shipped == nil && oneSided(verdict) && !d.tellsOther(verdict):
			d.left(f.parts[0].drop.path, "its rates name one currency each: nothing tells the other, or which way they are quoted. Call the column as rate_to_eur, or deliver both currencies")
		case ok && f.shipped == nil && verdict.Entity.Name != "stage_event" && t.hasSpans():
			d.left(f.parts[0].drop.path, "it holds the earlier states of another table, with the time of each: rows of today stand there")
		case ok && f.shipped == nil && d.isPurchase(t, verdict):
			d.left(f.parts[0].drop.path, "its rows name suppliers and no customers: it tells what the company buys")
		case ok && (t.path == "" || !isSideArray(t.path) && isChild(t, verdict.Entity.Name)):
			t.verdict = verdict
			t.setColumns()
			kept = append(kept, t)
		case f.shipped != nil:
			if entity, err := schemas.EntityNamed(f.shipped.contract.Objects[0].Entity); err == nil {
				t.verdict = d.judge.As(entity, q)
				t.setColumns()
				kept = append(kept, t)
			}
		case t.path == "" && len(f.tables) == 1:
			d.left(f.parts[0].place(), "no entity: "+verdict.Why)
			d.unread = append(d.unread, unread{f, t})
		}
	}
	return slices.DeleteFunc(kept, func(t *table) bool { return t.path != "" && hasBetter(kept, t) })
}

// namesOf lists what a table is called, the most telling first.
func (f *feed) namesOf(t *table) []string {
	first := f.parts[0]
	var names []string
	if t.path != "" {
		names = append(names, path.Ext("." + t.path)[1:])
	} else if key := first.file.Dialect.Records; len(key) > 0 && !isContainer(key[0]) {
		names = append(names, key[0])
	}
	switch {
	case first.title != "" && (first.shares || first.isTitled):
		names = append(names, first.title)
	case len(first.sheets) == 1 && first.of > 1 && !first.shares:
		names = append(names, first.sheets[0])
	}
	folders := []string{}
	if first.drop.folder != "" {
		folders = strings.Split(first.drop.folder, "/")
	}
	if n := len(folders); first.drop.plain == "" && n > 0 {
		names, folders = append(names, folders[n-1]), folders[:n-1] // a file that is called by its day alone
	} else {
		names = append(names, first.drop.plain)
	}
	names = append(names, folders...)
	if t.path != "" && !(f.isWrapper() && isContainer(names[0])) {
		return names[:1]
	}
	if t.path != "" {
		return names[1:] // "data" says nothing: the file's name does
	}
	return names
}

// hasSpans says whether each row has the time from which and to which it held,
// as connectors and snapshots of tables keep states.
func (t *table) hasSpans() bool {
	for _, pair := range [][2]string{{"fivetranstart", "fivetranend"}, {"dbtvalidfrom", "dbtvalidto"}} {
		found := 0
		for _, c := range t.survey.Columns {
			if key := recognise.FoldKey(c.Name); key == pair[0] || key == pair[1] {
				found++
			}
		}
		if found == len(pair) {
			return true
		}
	}
	return false
}

// heading is the column, the first or second of a sheet or text, whose values
// stand on rows of their own above the rows that they speak of: where it is
// filled nothing else is. "" where no column is.
func (t *table) heading() string {
	const fewest, near, foremost = 3, .01, 2
	if !slices.Contains([]string{"csv", "fixed", "excel"}, t.feed.format()) {
		return ""
	}
	slack := int(near * float64(t.survey.Rows))
	for _, a := range t.survey.Columns[:min(foremost, len(t.survey.Columns))] {
		rest, below, beside := t.survey.Rows-a.Filled, 0, 0
		if a.Filled < fewest || rest <= a.Filled/2 {
			continue
		}
		for _, b := range t.survey.Columns {
			switch {
			case b == a || b.Filled == 0:
			case b.Filled > rest+slack:
				beside++
			case b.Filled >= rest-slack:
				below++
			}
		}
		if below >= fewest && beside == 0 {
			return a.Name
		}
	}
	return ""
}

// isWrapper says whether the records of a JSON feed are but wrappers of its
// rows: one record a file, with an array of many.
func (f *feed) isWrapper() bool {
	const many = 5
	root := f.root()
	if len(f.tables) < 2 || root.path != "" || root.survey.Rows > len(f.parts) {
		return false
	}
	return slices.ContainsFunc(f.tables, func(t *table) bool { return isContainer(t.path) && t.survey.Rows >= many })
}

// isContainer knows names of arrays that say nothing of their rows.
func isContainer(name string) bool {
	return slices.Contains([]string{"data", "results", "result", "records", "rows", "entries", "value", "values", "elements", "objects", "list", "response", "docs", "hits"}, strings.ToLower(name))
}

// parentEntity is the entity of the record that an array stands in.
func parentEntity(t *table) string {
	if t.parent == nil {
		return ""
	}
	return t.parent.verdict.Entity.Name
}

// isChild says whether an array may be what it reads as: lines are those of
// orders and invoices; what a cart or an event lists was not sold. A record
// that holds arrays alone is but their wrapper.
func isChild(t *table, entity string) bool {
	of, isLine := strings.CutSuffix(entity, "_line")
	if !isLine || t.parent == nil || parentEntity(t) == of {
		return true
	}
	return !slices.ContainsFunc(t.parent.survey.Columns, func(p *recognise.Profile) bool { return p.Filled > 0 })
}

// isSideArray knows arrays that look like lines and are none: of taxes,
// discounts, shipping.
func isSideArray(p string) bool {
	for _, w := range recognise.HeaderTokens(p) {
		if slices.Contains([]string{"tax", "taxes", "discount", "discounts", "shipping", "duties", "duty", "fees", "fee", "note", "notes", "properties", "adjustments", "allocations"}, w) {
			return true
		}
	}
	return false
}

// hasBetter says whether another array of the feed is of the same entity, and
// less deep or fuller.
func hasBetter(all []*table, t *table) bool {
	for _, o := range all {
		if o == t || o.path == "" || o.verdict.Entity.Name != t.verdict.Entity.Name {
			continue
		}
		a, b := strings.Count(o.path, "."), strings.Count(t.path, ".")
		if a < b || a == b && (o.survey.Rows > t.survey.Rows || o.survey.Rows == t.survey.Rows && o.path < t.path) {
			return true
		}
	}
	return false
}

// setColumns lists the columns with what they were taken for.
func (t *table) setColumns() {
	t.columns = map[string]*columnDraft{}
	t.order = nil
	for _, p := range t.survey.Columns {
		c := &columnDraft{profile: p}
		for i := range t.verdict.Fields {
			if t.verdict.Fields[i].Column == p {
				c.field = &t.verdict.Fields[i]
			}
		}
		for i := range t.verdict.Party {
			if t.verdict.Party[i].Column == p {
				c.party = &t.verdict.Party[i]
				c.isPersonal = c.party.Field.PII
			}
		}
		t.columns[p.Name] = c
		t.order = append(t.order, c)
	}
}

// byField finds the column that feeds a field of the table's entity, nil where
// none does.
func (t *table) byField(field string) *columnDraft {
	for _, c := range t.order {
		if c.field != nil && c.field.Field.Name == field {
			return c
		}
	}
	return nil
}

// setField maps a column to a field of the table's entity.
func (t *table) setField(c *columnDraft, field, why string) {
	if f, ok := t.verdict.Entity.Field(field); ok {
		c.field = &recognise.FieldColumn{Column: c.profile, Field: f, Why: why}
	}
}

func (t *table) entity() schemas.Entity { return t.verdict.Entity }

// name is what messages call the table.
func (t *table) name() string {
	if t.path == "" {
		return t.feed.name
	}
	return t.feed.name + "." + t.path
}
