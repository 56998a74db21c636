package matchfile

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/dedupe"
	"loadstar/transform"
)

// understanding is what recognising leaves of one file: which columns feed
// which field.
type understanding struct {
	text       []fieldColumns // fields of text, in the order of fields()
	more       []fieldColumns // further e-mail addresses and phone numbers
	birth      []string       // one column, or year, month and day
	year       string         // of birth, where nothing else of the date is known
	age        string         // where not even the year is
	later      int            // years after ageYear in which people were of the ages
	point      []string       // latitude and longitude, where both are known
	updated    string
	spare      []*recognise.Column // what no field takes
	attributes []attribute         // those of them that are compared, the same ones in all inputs
	called     []string            // words of the names of persons
	id         string
	country    string

	birthLayout, updatedLayout recognise.DateLayout
}

// fieldColumns are the columns that make a field; several are joined by
// spaces.
type fieldColumns struct {
	field   recognise.Meaning
	columns []string
	part    func(string) string // what of the text is the field, nil = all of it
	needs   []string            // columns of which one must have a value, nil = any
}

// mapping is one column=field of the user.
type mapping struct {
	column string
	field  recognise.Meaning
}

func parseMap(entries []string) ([]mapping, error) {
	var all []mapping
	for _, entry := range entries {
		at := strings.LastIndexByte(entry, '=')
		if at <= 0 {
			return nil, usage("--map %s: write column=field, as in surname=customer.family_name", entry)
		}
		column, name := strings.TrimSpace(entry[:at]), strings.TrimSpace(entry[at+1:])
		field := recognise.Meaning(strings.TrimPrefix(name, "customer."))
		switch field {
		case "id", "customer_id":
			field = recognise.MeansID
		}
		if !field.Known() || field == recognise.MeansOther || field == recognise.MeansName || field == recognise.MeansThing {
			var names []string
			for _, f := range recognise.Fields() {
				names = append(names, string(f))
			}
			return nil, usage("--map %s: there is no field %q; the fields are %s", entry, name, strings.Join(names, ", "))
		}
		for _, m := range all {
			if recognise.FoldKey(m.column) == recognise.FoldKey(column) {
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
func (q *request) checkColumns(o Options, surveys []*recognise.Survey) error {
	var all []string
	for _, s := range surveys {
		for _, p := range s.Columns {
			all = append(all, p.Name)
		}
	}
	missing := func(flag, name string) error {
		isThere := func(have string) bool { return recognise.FoldKey(have) == recognise.FoldKey(name) }
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

// elsewhere is what the other inputs tell.
type elsewhere struct {
	country string          // of all of them, "" where they tell none or several
	called  map[string]bool // words of the names of persons
}

// understand recognises the columns of one file and tells the report.
func (in *input) understand(s *recognise.Survey, q *request, o Options, others elsewhere, t *recognise.WordTables, clean *transform.Tables, names *dedupe.Names) (understanding, error) {
	r := &recognise.Recogniser{Tables: t, Clean: clean, Names: names, GivenNames: map[string]bool{}, Things: true, Called: others.called}
	if err := in.addColumns(r, s, q); err != nil {
		return understanding{}, err
	}
	r.Recognise()
	u := understanding{country: strings.ToUpper(o.Country)}
	why := "--country"
	if u.country == "" {
		u.country, why = r.Country()
	}
	if u.country == "" && others.country != "" {
		u.country, why = others.country, "the other inputs tell no other country"
	}
	if u.country != "" {
		in.Note("numbers and postcodes without a country are taken as those of %s: %s", u.country, why)
	}
	in.report.Country = u.country
	u.fill(r)
	u.called = r.CalledWords()
	in.report.Columns = nil
	for _, c := range r.Columns {
		filled := 0.0
		if s.Rows > 0 {
			filled = float64(c.Filled) / float64(s.Rows)
		}
		in.report.Columns = append(in.report.Columns, ColumnReport{Column: c.Name, Field: string(c.Role), By: c.By, Why: c.Why, Filled: filled})
	}
	if !slices.ContainsFunc(r.Columns, func(c *recognise.Column) bool { return c.Role.IsEvidence() || c.Role == recognise.MeansYear }) && !u.namesNoPersons() {
		return u, usage("%s: no column is recognised that tells parties from one another (a name, birth date, e-mail, phone or number); its columns are %s. Name them with --map, as in --map surname=family_name",
			in.Path, quoted(columnNames(s)))
	}
	return u, nil
}

func columnNames(s *recognise.Survey) []string {
	var names []string
	for _, p := range s.Columns {
		names = append(names, p.Name)
	}
	return names
}

// addColumns lists the columns with what the user said about them.
func (in *input) addColumns(r *recognise.Recogniser, s *recognise.Survey, q *request) error {
	taken := map[recognise.Meaning]string{}
	for _, p := range s.Columns {
		c := &recognise.Column{Profile: p}
		r.Columns = append(r.Columns, c)
		m := q.mapped(p.Name)
		switch {
		case q.truth(p.Name):
			c.Closed, c.Why = true, "the truth: read for the evaluation only"
		case q.ignored(p.Name):
			c.Closed, c.Why = true, "left out by --ignore"
		case m != nil:
			if other, twice := taken[m.field]; twice && !m.field.Repeats() {
				return usage("--map: %q and %q of %s are both mapped to %s, which takes one column", other, p.Name, in.Path, m.field)
			}
			taken[m.field] = p.Name
			c.Closed = true
			c.Set(m.field, recognise.ByMap, "mapped by --map")
		case len(q.maps) > 0:
			c.Closed, c.Why = true, "not in --map"
		}
	}
	return nil
}

func (q *request) mapped(name string) *mapping {
	for i := range q.maps {
		if recognise.FoldKey(q.maps[i].column) == recognise.FoldKey(name) {
			return &q.maps[i]
		}
	}
	return nil
}

// fill collects the columns of each field.
func (u *understanding) fill(r *recognise.Recogniser) {
	for _, m := range recognise.Fields() {
		if !m.IsText() {
			continue
		}
		var columns []string
		for _, c := range r.Columns {
			if c.Role == m {
				columns = append(columns, c.Name)
			}
		}
		if c := r.Has(recognise.MeansParticle); m == recognise.MeansFamily && c != nil && len(columns) > 0 {
			columns = append([]string{c.Name}, columns...)
		}
		if c := r.Has(recognise.MeansFamily2); m == recognise.MeansFamily && c != nil {
			columns = append(columns, c.Name)
		}
		if len(columns) == 0 {
			continue
		}
		if m.Repeats() {
			for _, name := range columns[1:] {
				u.more = append(u.more, fieldColumns{field: m, columns: []string{name}})
			}
			columns = columns[:1]
		}
		u.text = append(u.text, fieldColumns{field: m, columns: columns, part: namePart(r, m)})
	}
	u.nameByAddress()
	u.fillMakers(r)
	u.fillPlace(r)
	if lat, lon := r.Has(recognise.MeansLat), r.Has(recognise.MeansLon); lat != nil && lon != nil {
		u.point = []string{lat.Name, lon.Name}
	}
	u.fillDates(r)
	for _, c := range r.Columns {
		if c.IsSpare(u.namesNoPersons(), u.feeds(recognise.MeansCity) || u.feeds(recognise.MeansPost)) {
			u.spare = append(u.spare, c)
		}
	}
	if c := r.Has(recognise.MeansID); c != nil {
		u.id = c.Name
	}
}

// nameByAddress takes street and number for the name of what the rows are of
// where nothing else names or reaches anybody: houses, flats, meters.
func (u *understanding) nameByAddress() {
	if slices.ContainsFunc(u.text, func(f fieldColumns) bool { return f.field.IsEvidence() }) {
		return
	}
	var columns []string
	rest := slices.DeleteFunc(slices.Clone(u.text), func(f fieldColumns) bool {
		is := f.field.IsOfDoor()
		if is {
			columns = append(columns, f.columns...)
		}
		return is
	})
	if len(columns) > 0 {
		u.text = append(rest, fieldColumns{field: recognise.MeansFirm, columns: columns})
	}
}

// namePart writes whole names for cleansing where their column has the family
// name first.
func namePart(r *recognise.Recogniser, m recognise.Meaning) func(string) string {
	if m != recognise.MeansFull {
		return nil
	}
	c := r.Has(m)
	if why, ok := r.FamilyBeforeSlash(c.Profile); ok {
		c.Why += "; " + why
		return recognise.SlashAsComma
	}
	why, ok := r.FamilyFirst(c.Profile)
	if !ok {
		return nil
	}
	c.Why += "; " + why
	return r.FamilyThenGiven(c.Says())
}

// fillMakers takes what says whose things are for one text. A row that has no
// more than a column of few values tells nobody: a publisher alone is another
// maker than any author.
func (u *understanding) fillMakers(r *recognise.Recogniser) {
	const little = .25 // of what all columns tell: makers that share less are two
	f, all := fieldColumns{field: recognise.MeansMaker}, 0.0
	var tells []float64 // bits
	for _, c := range r.Columns {
		if c.Role == recognise.MeansMaker {
			bits := math.Log2(max(c.Profile.Different(), 1))
			f.columns, tells, all = append(f.columns, c.Name), append(tells, bits), all+bits
		}
	}
	for i, name := range f.columns {
		if tells[i] >= little*all {
			f.needs = append(f.needs, name)
		}
	}
	if len(f.columns) > 0 {
		u.more = append(u.more, f)
	}
}

// namesNoPersons says whether organisations, places or things are all that the
// file has names of.
func (u *understanding) namesNoPersons() bool {
	return u.feeds(recognise.MeansFirm) && !slices.ContainsFunc(recognise.NamesOfPersons(), u.feeds)
}

// feeds says whether a field has a column.
func (u *understanding) feeds(m recognise.Meaning) bool {
	return slices.ContainsFunc(u.text, func(f fieldColumns) bool { return f.field == m })
}

// fillPlace takes postcode and city out of one column where they have none of
// their own.
func (u *understanding) fillPlace(r *recognise.Recogniser) {
	c := r.Has(recognise.MeansPlace)
	if c == nil {
		return
	}
	if r.Has(recognise.MeansPost) == nil {
		code := func(s string) string { code, _ := transform.CutPlace(s); return code }
		u.text = append(u.text, fieldColumns{field: recognise.MeansPost, columns: []string{c.Name}, part: code})
	}
	if r.Has(recognise.MeansCity) == nil {
		city := func(s string) string { _, city := transform.CutPlace(s); return city }
		u.text = append(u.text, fieldColumns{field: recognise.MeansCity, columns: []string{c.Name}, part: city})
	}
}

func (u *understanding) fillDates(r *recognise.Recogniser) {
	if c := r.Has(recognise.MeansBirth); c != nil {
		var why string
		u.birth = []string{c.Name}
		u.birthLayout, why = c.Dates.Layout(u.country)
		if why != "" {
			c.Why += "; read as " + why
		}
	} else if y, m, d := r.Has(recognise.MeansYear), r.Has(recognise.MeansMonth), r.Has(recognise.MeansDay); y != nil && m != nil && d != nil {
		u.birth = []string{y.Name, m.Name, d.Name}
	} else if y != nil {
		u.year = y.Name
	} else if a := r.Has(recognise.MeansAge); a != nil {
		u.age = a.Name
	}
	if c := r.Has(recognise.MeansUpdated); c != nil {
		var why string
		u.updated = c.Name
		u.updatedLayout, why = c.Dates.Layout(u.country)
		c.Why += "; the newest row speaks for the golden record; read as " + why
	}
}

// ignoredSet is a lookup of folded names.
func ignoredSet(names []string) func(string) bool {
	var keys []string
	for _, n := range names {
		keys = append(keys, recognise.FoldKey(n))
	}
	return func(name string) bool { return slices.Contains(keys, recognise.FoldKey(name)) }
}
