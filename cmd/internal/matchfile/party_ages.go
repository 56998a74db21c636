package matchfile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// alignAges finds out of which years the inputs are that tell ages. Where others
// know births, namesakes show it, or the ages are left out: on which day people
// were of an age no file tells. Else those of each are counted back from its own
// year: of a census ten years later everybody is ten years older.
func (m *matcher) alignAges(ctx context.Context, all []understanding) error {
	tellsAges := func(u understanding) bool { return u.age != "" }
	tellsBirths := func(u understanding) bool { return u.hasBirth() && !tellsAges(u) }
	if len(all) < 2 || !slices.ContainsFunc(all, tellsAges) {
		return nil
	}
	isBetweenAges := !slices.ContainsFunc(all, tellsBirths)
	if isBetweenAges && slices.ContainsFunc(all, func(u understanding) bool { return !tellsAges(u) }) {
		return nil
	}
	ages := make([]map[string]int, len(all))
	for i := range all {
		if !all[i].hasBirth() {
			continue
		}
		var err error
		if ages[i], err = (&reader{in: m.inputs[i], u: all[i], tables: m.tables}).namedAges(ctx, m.o.Workers); err != nil {
			return err
		}
	}
	if isBetweenAges {
		m.alignCounts(all, ages)
		return nil
	}
	born := map[string]int{}
	for i, u := range all {
		if tellsBirths(u) {
			for name, age := range ages[i] {
				if other, twice := born[name]; twice && other != age {
					age = namesakes
				}
				born[name] = age
			}
		}
	}
	for i := range all {
		if tellsAges(all[i]) {
			m.ageByBirths(i, &all[i], born, ages[i])
		}
	}
	return nil
}

// alignCounts is alignAges for inputs that all tell ages.
func (m *matcher) alignCounts(all []understanding, ages []map[string]int) {
	latest := 0
	for i := range all {
		all[i].later, _ = yearsBetween(ages[0], ages[i], false)
		latest = max(latest, all[i].later)
	}
	for i := range all {
		if all[i].later -= latest; all[i].later != 0 {
			m.inputs[i].Note("its ages are of %d years earlier than those of another input, as namesakes show", -all[i].later)
		}
	}
}

// ageByBirths finds the year of the ages of one input by births that others know.
func (m *matcher) ageByBirths(i int, u *understanding, born, ages map[string]int) {
	years, ok := yearsBetween(born, ages, true)
	if ok {
		u.later = years
		m.inputs[i].Note("its ages are of %d, as namesakes show whose births another input knows", ageYear+years)
		return
	}
	for k := range m.inputs[i].report.Columns {
		if c := &m.inputs[i].report.Columns[k]; c.Column == u.age && c.Field == string(recognise.MeansAge) {
			c.Field, c.By, c.Why = "", "", "another input knows births, and nothing tells of which year the ages are"
		}
	}
	u.age = ""
}

// namesakes is the age of a name that several rows have.
const namesakes = -1000

// namedAges reads the age of each whole name of the file: of births, that of the
// year which ages are counted back from.
func (r *reader) namedAges(ctx context.Context, workers int) (map[string]int, error) {
	source, err := r.in.Source()
	if err != nil {
		return nil, err
	}
	type named struct {
		name string
		age  int
	}
	rows := func(dec schemas.Decoded) (list []named, err error) {
		c := r.in.ColumnsOf(dec.Record, r.tables)
		age := r.yearsOld(c)
		var parts []func(int) string
		for _, f := range r.u.text {
			if slices.Contains(recognise.NamesOfPersons(), f.field) {
				parts = append(parts, field(c, f))
			}
		}
		for i := range c.Rows {
			years, ok := age(i)
			var words []string
			for _, part := range parts {
				words = append(words, strings.Fields(recognise.Fold(strings.ReplaceAll(part(i), ",", " ")))...)
			}
			if !ok || len(words) < 2 {
				continue
			}
			slices.Sort(words)
			list = append(list, named{strings.Join(words, " "), years})
		}
		return list, nil
	}
	ages := map[string]int{}
	err = recognise.InOrder(ctx, workers, source, rows, func(list []named) error {
		for _, p := range list {
			if _, twice := ages[p.name]; twice {
				p.age = namesakes
			}
			ages[p.name] = p.age
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read ages of %s: %w", r.in.Path, err)
	}
	return ages, nil
}

// yearsOld reads how old the people of the rows are, or would have been.
func (r *reader) yearsOld(c recognise.TextColumns) func(i int) (years int, ok bool) {
	if r.u.age == "" {
		births := r.birthDates(c)
		return func(i int) (int, bool) {
			year, n := recognise.LeadingNumber(births(i))
			return ageYear - year, n == 4
		}
	}
	age := c.Joined([]string{r.u.age})
	return func(i int) (int, bool) {
		years, n := recognise.LeadingNumber(age(i))
		return years, n > 0
	}
}

// yearsBetween is by how many years those of one name are older in b than in a,
// give or take one, where that stands out: where any years will do, else against
// none.
func yearsBetween(a, b map[string]int, anyYears bool) (years int, ok bool) {
	const (
		fewest = 15  // names that show it
		most   = 300 // years
		near   = 1   // ages are rounded
		part   = .3
		times  = 2 // as many as show no difference
	)
	var count [2*most + 1]int
	all := 0
	for name, x := range a {
		y, ok := b[name]
		if at := y - x + most; ok && x != namesakes && y != namesakes && at >= 0 && at < len(count) {
			count[at]++
			all++
		}
	}
	around := func(at int) (n int) {
		for i := max(at-near, 0); i <= min(at+near, 2*most); i++ {
			n += count[i]
		}
		return n
	}
	best := most
	for at := range count {
		if around(at) > around(best) || around(at) == around(best) && count[at] > count[best] {
			best = at
		}
	}
	if n := around(best); n < fewest || float64(n) < part*float64(all) || !anyYears && n < times*around(most) {
		return 0, false
	}
	return best - most, true
}
