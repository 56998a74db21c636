package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// wideMonths is a table with a column of amounts for each month.
type wideMonths struct {
	columns  []monthColumn
	isTarget bool          // the amounts are to be reached, else they were earned
	year     *propertyText // where the headers have none: what tells it, nil = the headers do
}

// monthColumn is a column whose header is a month; year is 0 where it names none.
type monthColumn struct {
	profile     *recognise.Profile
	year, month int
}

var (
	yearInText = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d)(?:[^0-9]|$)`)
	dayInText  = regexp.MustCompile(`\d[-_. ]\d`) // or a month: when it was delivered, perhaps
	yearAlone  = regexp.MustCompile(`^(?:(?:19|20)\d\d|\d\d)$`)
	isoMonth   = regexp.MustCompile(`^((?:19|20)\d\d)-(\d\d)(?:-01)?(?:[ T]00:00:00)?$`)
)

// fewestMonths make a table one of months.
const fewestMonths = 3

// monthsOf finds the columns of months of a table, nil where they are too few,
// hold other things than numbers, or nothing tells the year.
func (d *drafter) monthsOf(f *feed, t *table) *wideMonths {
	if f.shipped != nil || t.path != "" {
		return nil
	}
	m := &wideMonths{}
	undated := 0
	for _, p := range t.survey.Columns {
		year, month := d.monthOf(p.Name)
		if month == 0 || p.Filled > 0 && p.Deep.Numbers.Numbers*10 < p.Filled*9 {
			continue
		}
		if year == 0 {
			undated++
		}
		m.columns = append(m.columns, monthColumn{p, year, month})
	}
	if len(m.columns) < fewestMonths || undated > 0 && undated < len(m.columns) || !m.areApart() {
		return nil
	}
	if undated > 0 {
		if m.year = f.yearOfMonths(); m.year == nil {
			d.report.Notes = append(d.report.Notes, f.parts[0].place()+": its amounts stand in a column for each month, and nothing tells the year, so they are kept as they are: write it into the headers (Jan 2026) or the name of the sheet or file")
			return nil
		}
	}
	names := append(f.namesOf(t), f.parts[0].title)
	names = append(names, f.parts[0].sheets...)
	m.isTarget = slices.ContainsFunc(names, func(name string) bool {
		return slices.ContainsFunc(recognise.HeaderTokens(name), func(w string) bool { return slices.Contains(d.judge.Tables.EntityNames(w), "target") })
	})
	return m
}

// areApart says whether each column is of another month, and not all of one:
// "May 15", "May 16" are days.
func (m *wideMonths) areApart() bool {
	seen, months := map[[2]int]bool{}, map[int]bool{}
	for _, c := range m.columns {
		seen[[2]int{c.year, c.month}], months[c.month] = true, true
	}
	return len(seen) == len(m.columns) && len(months) > 1
}

// monthOf reads a header as a month: "Jan", "März 2026", "Feb-26", "2026-03".
func (d *drafter) monthOf(header string) (year, month int) {
	if iso := isoMonth.FindStringSubmatch(strings.TrimSpace(header)); iso != nil {
		year, _ = strconv.Atoi(iso[1])
		if month, _ = strconv.Atoi(iso[2]); month > 12 {
			return 0, 0
		}
		return year, month
	}
	const century = 2000
	for _, w := range strings.FieldsFunc(header, func(r rune) bool { return strings.ContainsRune(" -_./'’", r) }) {
		switch named := d.judge.Clean.Month(w); {
		case named > 0 && month == 0:
			month = named
		case yearAlone.MatchString(w) && year == 0:
			if year, _ = strconv.Atoi(w); year < 100 {
				year += century // books are not kept for the century before
			}
		default:
			return 0, 0
		}
	}
	return year, month
}

// yearOfMonths finds the year in the names of the sheets, of the files, or in the
// title above the table; nil where it stands in none of them, or several do. A
// name that tells a day or a month may tell when the file was delivered.
func (f *feed) yearOfMonths() *propertyText {
	inSheets, inFiles := true, true
	for _, p := range f.parts {
		inSheets = inSheets && len(p.sheets) > 0 && !slices.ContainsFunc(p.sheets, func(name string) bool { return onlyYear(name) == "" })
		inFiles = inFiles && onlyYear(p.drop.stem) != ""
	}
	year := propertyText{name: "period_year", field: "period_year", logical: "integer", key: 3}
	switch title := onlyYear(f.parts[0].title); {
	case inSheets:
		year.from, year.part, year.why = "$sheet", yearInText.String(), "the name of the sheet tells the year"
	case inFiles:
		year.from, year.part, year.why = "$file", `(?:^|[^0-9])((?:19|20)\d\d)(?:[^0-9][^/\\]*)?$`, "the name of the file tells the year"
	case title != "" && len(f.parts) == 1 && len(f.parts[0].sheets) < 2:
		year.constant, year.why = title, "the title above the table tells the year"
	default:
		return nil
	}
	return &year
}

// onlyYear is the year that a text tells, "" where it tells none, several, or
// more of a date.
func onlyYear(text string) string {
	if found := yearInText.FindAllStringSubmatch(text, 2); len(found) == 1 && !dayInText.MatchString(text) {
		return found[0][1]
	}
	return ""
}

// withoutMonths are the columns of a table that say what the amounts are of.
func (m *wideMonths) withoutMonths(columns []*recognise.Profile) []*recognise.Profile {
	return slices.DeleteFunc(slices.Clone(columns), func(p *recognise.Profile) bool { return m.has(p) })
}

func (m *wideMonths) has(p *recognise.Profile) bool {
	return slices.ContainsFunc(m.columns, func(c monthColumn) bool { return c.profile == p })
}

// readAsMonths judges a table with a column for each month by the others: of
// targets by whom or what they are set for, of other amounts by whose or which
// they are. It is false where they say neither.
func (d *drafter) readAsMonths(f *feed, t *table) bool {
	m := d.monthsOf(f, t)
	if m == nil {
		return false
	}
	q := recognise.Question{Names: f.namesOf(t), Columns: m.withoutMonths(t.survey.Columns)}
	if m.isTarget {
		entity, err := schemas.EntityNamed("target")
		if err != nil {
			return false
		}
		v := d.judge.As(entity, q)
		v.Fields = slices.DeleteFunc(v.Fields, func(c recognise.FieldColumn) bool { return !isOfTarget(c.Field.Name) })
		if v.Party = nil; len(v.Fields) == 0 {
			return false
		}
		t.verdict = v
	} else {
		v, ok := d.judge.Decide(q)
		if named := d.namedByColumns(q.Columns); !ok && named != "" { // "Umsatz 2026" says nothing of whose it is
			q.Names = append([]string{named}, q.Names...)
			v, ok = d.judge.Decide(q)
		}
		if !ok || v.Entity.Name != "customer" && v.Entity.Name != "product" {
			return false
		}
		t.verdict = v
	}
	t.months = m
	t.setColumns()
	return true
}

// namedByColumns is the entity, of those whose amounts are told by the month,
// that a header names: "Kunde", "Product". "" where none does.
func (d *drafter) namedByColumns(columns []*recognise.Profile) string {
	for _, p := range columns {
		if d.judge.Tables.NamesCustomer(p.Says()) {
			return "customer"
		}
		for _, w := range recognise.HeaderTokens(p.Says()) {
			if slices.Contains(d.judge.Tables.EntityNames(w), "product") {
				return "product"
			}
		}
	}
	return ""
}

// isOfTarget knows the fields that say for whom or what a target is set.
func isOfTarget(field string) bool {
	return slices.Contains([]string{"employee_id", "team", "division", "product_line"}, field)
}

// monthsKey names the rows of a table of months by the first column that does
// alone, or by all that say of what the amounts are; false where it is no such
// table, or an id names its rows.
func (t *table) monthsKey(own *columnDraft) bool {
	if t.months == nil || own != nil && t.isUnique(own) {
		return false
	}
	var all []*columnDraft
	for _, c := range t.order {
		if t.months.has(c.profile) || c.field == nil && c.party == nil || t.fillShare(c) < keyFilled {
			continue
		}
		if all = append(all, c); t.isUnique(c) {
			t.key = tableKey{columns: []*columnDraft{c}, why: t.uniqueWhy(c)}
			return true
		}
	}
	t.key = tableKey{columns: all, why: "they say of what the amounts are"}
	return len(all) > 0
}

// monthObjects makes an object of each column of a month.
func (d *drafter) monthObjects(t *table) []objectText {
	m := t.months
	entity, amount := "profitability", "revenue_amount"
	if m.isTarget {
		entity, amount = "target", "amount"
	}
	var objects []objectText
	for _, c := range m.columns {
		o := objectText{
			name: fmt.Sprintf("%s_%02d", pluralOf(entity), c.month), entity: entity, when: []string{c.profile.Name}, references: t.references,
			why: "a column holds the amounts of each month",
		}
		for i, k := range t.key.columns {
			p := d.property(t, k, k.field)
			p.key, p.required, p.words = i+1, true, nil
			if !m.isTarget {
				p.field = recognise.KeyField(t.entity())
			}
			o.add(p)
		}
		for _, k := range t.order {
			if m.isTarget && k.field != nil && !o.has(k.profile.Name) {
				o.add(d.property(t, k, k.field))
			}
		}
		if m.year == nil {
			day := time.Date(c.year, time.Month(c.month), 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
			o.name = fmt.Sprintf("%s_%d_%02d", pluralOf(entity), c.year, c.month)
			o.add(propertyText{name: "period_on", logical: "date", field: "period_on", constant: day, key: len(t.key.columns) + 1, why: "the header names the month"})
		} else {
			year := *m.year
			year.key = len(t.key.columns) + 2
			o.add(propertyText{name: "period_month", logical: "integer", field: "period_month", constant: strconv.Itoa(c.month), key: len(t.key.columns) + 1, why: "the header names the month"})
			o.add(year)
		}
		if m.isTarget {
			o.add(propertyText{name: "metric", field: "metric", constant: "revenue", why: "nothing says what is to be reached: write another word where it is none"})
		}
		value := propertyText{name: c.profile.Name, logical: "number", field: amount, nulls: nullWords(c.profile), required: true, why: "its header is a month"}
		value.float = c.profile.Deep != nil && c.profile.Deep.Numbers.Noisy > 0
		o.add(value)
		objects = append(objects, o)
	}
	return objects
}
