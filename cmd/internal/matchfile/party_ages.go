package matchfile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// alignAges finds out how many years lie between the inputs that tell ages, and
// counts those of each back from its own year: of a census ten years later
// everybody is ten years older.
func (m *matcher) alignAges(ctx context.Context) error {
	if len(m.readers) < 2 || slices.ContainsFunc(m.readers, func(r *reader) bool { return r.u.age == "" }) {
		return nil
	}
	ages := make([]map[string]int, len(m.readers))
	for i, r := range m.readers {
		var err error
		if ages[i], err = r.namedAges(ctx, m.o.Workers); err != nil {
			return err
		}
	}
	latest := 0
	for i, r := range m.readers {
		r.later = yearsBetween(ages[0], ages[i])
		latest = max(latest, r.later)
	}
	for i, r := range m.readers {
		if r.later -= latest; r.later != 0 {
			m.inputs[i].Note("its ages are of %d years earlier than those of another input, as namesakes show", -r.later)
		}
	}
	return nil
}

// namesakes is the age of a name that several rows have.
const namesakes = -1

// namedAges reads the age of each whole name of the file.
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
		age := c.Joined([]string{r.u.age})
		var parts []func(int) string
		for _, f := range r.u.text {
			if slices.Contains(recognise.NamesOfPersons(), f.field) {
				parts = append(parts, field(c, f))
			}
		}
		for i := range c.Rows {
			years, n := recognise.LeadingNumber(age(i))
			var words []string
			for _, part := range parts {
				words = append(words, strings.Fields(recognise.Fold(strings.ReplaceAll(part(i), ",", " ")))...)
			}
			if n == 0 || len(words) < 2 {
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

// yearsBetween is by how many years those of one name are older in b than in a,
// give or take one, where that stands out; else 0.
func yearsBetween(a, b map[string]int) int {
	const (
		fewest = 15 // names that show it
		oldest = 120
		near   = 1 // ages are rounded
		part   = .3
		times  = 2 // as many as show no difference
	)
	var count [2*oldest + 1]int
	all := 0
	for name, x := range a {
		y, ok := b[name]
		if !ok || x == namesakes || y == namesakes || x > oldest || y > oldest {
			continue
		}
		count[y-x+oldest]++
		all++
	}
	around := func(at int) (n int) {
		for i := max(at-near, 0); i <= min(at+near, 2*oldest); i++ {
			n += count[i]
		}
		return n
	}
	best := oldest
	for at := range count {
		if around(at) > around(best) || around(at) == around(best) && count[at] > count[best] {
			best = at
		}
	}
	if n := around(best); n < fewest || float64(n) < part*float64(all) || n < times*around(oldest) {
		return 0
	}
	return best - oldest
}
