package matchfile

import (
	"cmp"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/dedupe"
)

// meansAttribute is what the report calls columns that nobody understands and
// that are compared all the same.
const meansAttribute = "attribute"

// attribute is one column that no field takes, as one input has it.
type attribute struct {
	column string                // "" = the input lacks it
	layout *recognise.DateLayout // of days, nil = it holds something else
}

// candidate is an attribute of all inputs on its way.
type candidate struct {
	columns []*recognise.Column // by input, nil = it lacks it
	profile *recognise.Profile  // of all of them
}

// chooseAttributes takes the columns that no field takes and that may tell
// parties from one another: what they say is learnt. Columns of several inputs
// are one attribute by their header, else by their values.
func (m *matcher) chooseAttributes(all []understanding) {
	if len(m.o.Map) > 0 {
		return
	}
	rows := 0
	for _, in := range m.inputs {
		rows += in.report.Rows
	}
	candidates := slices.DeleteFunc(alignSpare(all), func(c candidate) bool { return !c.profile.IsAttribute(rows) })
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		return cmp.Compare(b.profile.Telling(rows), a.profile.Telling(rows))
	})
	for _, c := range candidates[:min(len(candidates), dedupe.MostAttributes)] {
		for i := range all {
			all[i].attributes = append(all[i].attributes, m.attributeOf(i, c.columns[i], all[i].country))
		}
	}
}

// attributeOf takes a column of an input, and tells the report.
func (m *matcher) attributeOf(input int, c *recognise.Column, country string) attribute {
	if c == nil {
		return attribute{}
	}
	a := attribute{column: c.Name}
	why := "nobody understands it: what it says is learnt"
	const days = .9 // of the values
	if c.DateShare() >= days {
		layout, how := c.Dates.Layout(country)
		a.layout = &layout
		if how != "" {
			why += "; read as " + how
		}
	}
	columns := m.inputs[input].report.Columns
	if at := slices.IndexFunc(columns, func(r ColumnReport) bool { return r.Column == c.Name }); at >= 0 {
		columns[at].Field = meansAttribute
		if columns[at].Why != "" {
			why = columns[at].Why + "; " + why
		}
		columns[at].Why = why
	}
	return a
}

// alignSpare finds out which spare columns of the inputs are one attribute.
func alignSpare(all []understanding) []candidate {
	var candidates []candidate
	for i, u := range all {
		free := slices.Clone(u.spare)
		take := func(c *candidate, at int) {
			c.columns[i] = free[at]
			c.profile.Merge(free[at].Profile)
			free = slices.Delete(free, at, at+1)
		}
		for k := range candidates {
			c := &candidates[k]
			if at := slices.IndexFunc(free, func(f *recognise.Column) bool { return recognise.FoldKey(f.Name) == recognise.FoldKey(c.profile.Name) }); at >= 0 {
				take(c, at)
			}
		}
		for k := range candidates {
			if c := &candidates[k]; c.columns[i] == nil {
				if at := mostAlike(c.profile, free); at >= 0 {
					take(c, at)
				}
			}
		}
		for _, f := range free {
			c := candidate{columns: make([]*recognise.Column, len(all)), profile: f.Profile.Clone()}
			c.columns[i] = f
			candidates = append(candidates, c)
		}
	}
	if len(all) > 1 { // what one input has alone tells nothing across them
		candidates = slices.DeleteFunc(candidates, func(c candidate) bool {
			return len(slices.DeleteFunc(slices.Clone(c.columns), func(f *recognise.Column) bool { return f == nil })) < 2
		})
	}
	return candidates
}

// mostAlike is the column whose values are most like those of an attribute, -1
// where none is.
func mostAlike(p *recognise.Profile, free []*recognise.Column) int {
	const least = .4
	best, most := -1, least
	for at, f := range free {
		if like := p.Resembles(f.Profile); like >= most {
			best, most = at, like
		}
	}
	return best
}

// value reads an attribute of a row; days are written year first.
func (a attribute) value(c recognise.TextColumns) func(i int) string {
	if a.column == "" {
		return func(int) string { return "" }
	}
	value := c.Joined([]string{a.column})
	if a.layout == nil {
		return value
	}
	return func(i int) string {
		v := value(i)
		if day := a.layout.Iso(v); day != "" {
			return day
		}
		return v
	}
}
