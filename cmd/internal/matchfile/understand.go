package matchfile

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/dedupe"
	"loadstar/transform"
)

// understanding is what recognising leaves of one file: which columns feed
// which field.
type understanding struct {
	text    []fieldColumns // fields of text, in the order of fields()
	more    []fieldColumns // further e-mail addresses and phone numbers
	birth   []string       // one column, or year, month and day
	updated string
	id      string
	country string

	birthLayout, updatedLayout dateLayout
}

// fieldColumns are the columns that make a field; several are joined by
// spaces.
type fieldColumns struct {
	field   meaning
	columns []string
	part    func(string) string // what of the text is the field, nil = all of it
}

// mapping is one column=field of the user.
type mapping struct {
	column string
	field  meaning
}

func parseMap(entries []string) ([]mapping, error) {
	var all []mapping
	for _, entry := range entries {
		at := strings.LastIndexByte(entry, '=')
		if at <= 0 {
			return nil, usage("--map %s: write column=field, as in surname=customer.family_name", entry)
		}
		column, name := strings.TrimSpace(entry[:at]), strings.TrimSpace(entry[at+1:])
		field := meaning(strings.TrimPrefix(name, "customer."))
		switch field {
		case "id", "customer_id":
			field = meansID
		}
		if !field.known() || field == meansOther || field == meansName || field == meansThing {
			var names []string
			for _, f := range fields() {
				names = append(names, string(f))
			}
			return nil, usage("--map %s: there is no field %q; the fields are %s", entry, name, strings.Join(names, ", "))
		}
		for _, m := range all {
			if foldKey(m.column) == foldKey(column) {
				return nil, usage("--map: column %s is mapped twice, to %s and %s", column, m.field, field)
			}
		}
		all = append(all, mapping{column: column, field: field})
	}
	return all, nil
}

// request is what the user said about columns.
type request struct {
	maps    []mapping
	ignored func(string) bool
	truth   func(string) bool
}

func newRequest(o Options) (*request, error) {
	maps, err := parseMap(o.Map)
	if err != nil {
		return nil, err
	}
	q := &request{maps: maps, ignored: ignoredSet(o.Ignore), truth: func(string) bool { return false }}
	if o.Truth != "" {
		q.truth = ignoredSet([]string{o.Truth})
	}
	return q, nil
}

// hidden says that the values of a column are not looked at.
func (q *request) hidden(name string) bool { return q.ignored(name) || q.truth(name) }

// checkColumns refuses columns that the user named and no file has.
func (q *request) checkColumns(o Options, surveys []*survey) error {
	var all []string
	for _, s := range surveys {
		for _, p := range s.columns {
			all = append(all, p.name)
		}
	}
	missing := func(flag, name string) error {
		isThere := func(have string) bool { return foldKey(have) == foldKey(name) }
		if slices.ContainsFunc(all, isThere) {
			return nil
		}
		return usage("%s: no file has a column %q; the columns are %s", flag, name, quoted(all))
	}
	for _, m := range q.maps {
		if err := missing("--map", m.column); err != nil {
			return err
		}
	}
	for _, name := range o.Ignore {
		if err := missing("--ignore", name); err != nil {
			return err
		}
	}
	if o.Truth != "" {
		return missing("--truth", o.Truth)
	}
	return nil
}

func quoted(names []string) string {
	var list []string
	for _, n := range names {
		if q := fmt.Sprintf("%q", n); !slices.Contains(list, q) {
			list = append(list, q)
		}
	}
	return strings.Join(list, ", ")
}

// understand recognises the columns of one file and tells the report.
func (in *input) understand(s *survey, q *request, o Options, t *wordTables, clean *transform.Tables, names *dedupe.Names) (understanding, error) {
	r := &recogniser{tables: t, clean: clean, names: names, givenNames: map[string]bool{}}
	if err := in.addColumns(r, s, q); err != nil {
		return understanding{}, err
	}
	r.recognise()
	u := understanding{country: strings.ToUpper(o.Country)}
	why := "--country"
	if u.country == "" {
		u.country, why = r.country()
	}
	if u.country != "" {
		in.note("numbers and postcodes without a country are taken as those of %s: %s", u.country, why)
	}
	in.report.Country = u.country
	u.fill(r)
	for _, c := range r.columns {
		filled := 0.0
		if s.rows > 0 {
			filled = float64(c.filled) / float64(s.rows)
		}
		in.report.Columns = append(in.report.Columns, ColumnReport{Column: c.name, Field: string(c.role), By: c.by, Why: c.why, Filled: filled})
	}
	if !slices.ContainsFunc(r.columns, func(c *column) bool { return c.role.isEvidence() || c.role == meansYear }) {
		return u, usage("%s: no column is recognised that tells parties from one another (a name, birth date, e-mail, phone or number); its columns are %s. Name them with --map, as in --map surname=family_name",
			in.path, quoted(columnNames(s)))
	}
	return u, nil
}

func columnNames(s *survey) []string {
	var names []string
	for _, p := range s.columns {
		names = append(names, p.name)
	}
	return names
}

// addColumns lists the columns with what the user said about them.
func (in *input) addColumns(r *recogniser, s *survey, q *request) error {
	taken := map[meaning]string{}
	for _, p := range s.columns {
		c := &column{profile: p}
		r.columns = append(r.columns, c)
		m := q.mapped(p.name)
		switch {
		case q.truth(p.name):
			c.closed, c.why = true, "the truth: read for the evaluation only"
		case q.ignored(p.name):
			c.closed, c.why = true, "left out by --ignore"
		case m != nil:
			if other, twice := taken[m.field]; twice && !m.field.repeats() {
				return usage("--map: %q and %q of %s are both mapped to %s, which takes one column", other, p.name, in.path, m.field)
			}
			taken[m.field] = p.name
			c.closed = true
			c.set(m.field, byMap, "mapped by --map")
		case len(q.maps) > 0:
			c.closed, c.why = true, "not in --map"
		}
	}
	return nil
}

func (q *request) mapped(name string) *mapping {
	for i := range q.maps {
		if foldKey(q.maps[i].column) == foldKey(name) {
			return &q.maps[i]
		}
	}
	return nil
}

// fill collects the columns of each field.
func (u *understanding) fill(r *recogniser) {
	for _, m := range fields() {
		if !m.isText() {
			continue
		}
		var columns []string
		for _, c := range r.columns {
			if c.role == m {
				columns = append(columns, c.name)
			}
		}
		if c := r.has(meansParticle); m == meansFamily && c != nil && len(columns) > 0 {
			columns = append([]string{c.name}, columns...)
		}
		if c := r.has(meansFamily2); m == meansFamily && c != nil {
			columns = append(columns, c.name)
		}
		if len(columns) == 0 {
			continue
		}
		if m.repeats() {
			for _, name := range columns[1:] {
				u.more = append(u.more, fieldColumns{field: m, columns: []string{name}})
			}
			columns = columns[:1]
		}
		u.text = append(u.text, fieldColumns{field: m, columns: columns})
	}
	u.fillPlace(r)
	u.fillDates(r)
	if c := r.has(meansID); c != nil {
		u.id = c.name
	}
}

// fillPlace takes postcode and city out of one column where they have none of
// their own.
func (u *understanding) fillPlace(r *recogniser) {
	c := r.has(meansPlace)
	if c == nil {
		return
	}
	if r.has(meansPost) == nil {
		code := func(s string) string { code, _ := cutPlace(s); return code }
		u.text = append(u.text, fieldColumns{field: meansPost, columns: []string{c.name}, part: code})
	}
	if r.has(meansCity) == nil {
		city := func(s string) string { _, city := cutPlace(s); return city }
		u.text = append(u.text, fieldColumns{field: meansCity, columns: []string{c.name}, part: city})
	}
}

func (u *understanding) fillDates(r *recogniser) {
	if c := r.has(meansBirth); c != nil {
		var why string
		u.birth = []string{c.name}
		u.birthLayout, why = c.dates.layout(u.country)
		if why != "" {
			c.why += "; read as " + why
		}
	} else if y, m, d := r.has(meansYear), r.has(meansMonth), r.has(meansDay); y != nil && m != nil && d != nil {
		u.birth = []string{y.name, m.name, d.name}
	}
	if c := r.has(meansUpdated); c != nil {
		var why string
		u.updated = c.name
		u.updatedLayout, why = c.dates.layout(u.country)
		c.why += "; the newest row speaks for the golden record; read as " + why
	}
}
