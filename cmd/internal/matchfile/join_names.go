package matchfile

import (
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/dedupe"
)

// joinNames takes a column of one input for a part of its names of things where
// the other inputs write there what it holds: a volume or a size, in a column of
// its own in one shop and behind the name in the other. Otherwise the name says
// less in the one than in the other.
func (m *matcher) joinNames(all []understanding, surveys []*recognise.Survey) {
	if len(m.o.Map) > 0 || len(all) < 2 {
		return
	}
	names := make([]grams, len(all))
	for i := range all {
		if !all[i].namesNoPersons() {
			return
		}
		names[i] = gramsOf(surveys[i], all[i].nameOfThings())
	}
	joined := make([][]*recognise.Column, len(all))
	for i := range all {
		for _, c := range all[i].spare {
			if !m.hasLike(all, i, c) && isWithin(c, names, i) {
				joined[i] = append(joined[i], c)
			}
		}
	}
	for i := range all {
		for _, c := range joined[i] {
			all[i].joinName(c)
			at := slices.IndexFunc(m.inputs[i].report.Columns, func(r ColumnReport) bool { return r.Column == c.Name })
			report := &m.inputs[i].report.Columns[at]
			report.Field, report.Why = string(recognise.MeansFirm), "the other input writes it in the names"
		}
	}
}

// dropLoneIDs leaves out the ids of things that one of several inputs alone
// tells: across them they say nothing.
func (m *matcher) dropLoneIDs(all []understanding) {
	isID := func(f fieldColumns) bool { return f.field == recognise.MeansTaxID }
	knowing := 0
	for _, u := range all {
		if !u.namesNoPersons() {
			return
		}
		if slices.ContainsFunc(u.text, isID) {
			knowing++
		}
	}
	if len(m.o.Map) > 0 || len(all) < 2 || knowing != 1 {
		return
	}
	m.leaveOut(all, recognise.MeansTaxID, "no other input tells it")
}

// preferPoints leaves postcodes out where all inputs tell points and some no
// postcodes: a postcode can't be compared with a point, and says less.
func (m *matcher) preferPoints(all []understanding) {
	isCode := func(f fieldColumns) bool { return f.field == recognise.MeansPost }
	lacking := 0
	for _, u := range all {
		if len(u.point) == 0 {
			return
		}
		if !slices.ContainsFunc(u.text, isCode) {
			lacking++
		}
	}
	if len(m.o.Map) > 0 || lacking == 0 || lacking == len(all) {
		return
	}
	m.leaveOut(all, recognise.MeansPost, "all inputs tell points, and not all postcodes")
}

// leaveOut takes columns of one meaning out of all inputs, and has the report
// say why.
func (m *matcher) leaveOut(all []understanding, meaning recognise.Meaning, why string) {
	for i := range all {
		all[i].text = slices.DeleteFunc(all[i].text, func(f fieldColumns) bool { return f.field == meaning })
		for k := range m.inputs[i].report.Columns {
			if c := &m.inputs[i].report.Columns[k]; c.Field == string(meaning) {
				c.Field, c.By, c.Why = "", "", why
			}
		}
	}
}

// joinName makes a spare column the end of the names.
func (u *understanding) joinName(c *recognise.Column) {
	u.spare = slices.DeleteFunc(u.spare, func(o *recognise.Column) bool { return o == c })
	at := slices.IndexFunc(u.text, func(f fieldColumns) bool { return f.field == recognise.MeansFirm })
	u.text[at].columns = append(slices.Clone(u.text[at].columns), c.Name)
}

// hasLike says whether another input has a column of its own for the same.
func (m *matcher) hasLike(all []understanding, input int, c *recognise.Column) bool {
	for i, u := range all {
		isLike := func(o *recognise.Column) bool { return recognise.FoldKey(o.Name) == recognise.FoldKey(c.Name) }
		if i != input && (slices.ContainsFunc(u.spare, isLike) || mostAlike(c.Profile, u.spare) >= 0) {
			return true
		}
	}
	return false
}

// grams are the words of each name of a sample, and those that two neighbours
// make up, and how many rows have the name.
type grams struct {
	names []map[string]bool
	rows  []int
}

// nameOfThings is the first column of the names of things.
func (u *understanding) nameOfThings() string {
	at := slices.IndexFunc(u.text, func(f fieldColumns) bool { return f.field == recognise.MeansFirm })
	return u.text[at].columns[0]
}

func gramsOf(s *recognise.Survey, name string) (g grams) {
	at := slices.IndexFunc(s.Columns, func(p *recognise.Profile) bool { return p.Name == name })
	for _, v := range s.Columns[at].Sample() {
		words := map[string]bool{}
		list := strings.FieldsFunc(recognise.Fold(dedupe.OneMeasure(v.Text)), isNoPartOfWord)
		for i, w := range list {
			words[w] = true
			if i > 0 {
				words[list[i-1]+w] = true
			}
		}
		g.names, g.rows = append(g.names, words), append(g.rows, v.Count)
	}
	return g
}

// isNoPartOfWord says whether a rune parts the words of a name.
func isNoPartOfWord(r rune) bool { return strings.ContainsRune(" ,;:/()[]\"'-_#", r) }

// share is the part of the rows whose name holds one of the texts.
func (g grams) share(texts map[string]bool) float64 {
	met, all := 0, 0
	for i, words := range g.names {
		all += g.rows[i]
		for w := range words {
			if texts[w] {
				met += g.rows[i]
				break
			}
		}
	}
	return float64(met) / float64(max(all, 1))
}

// isWithin says whether most names of the other inputs hold a value of a column,
// most values are held, and hardly a name of its own input holds one.
func isWithin(c *recognise.Column, names []grams, input int) bool {
	const most, hardly = .5, .1
	texts, rows, held := map[string]bool{}, 0, 0
	key := func(s string) string {
		return strings.Join(strings.FieldsFunc(recognise.Fold(dedupe.OneMeasure(s)), isNoPartOfWord), "")
	}
	values := c.Sample()
	for _, v := range values {
		texts[key(v.Text)] = true
	}
	if names[input].share(texts) > hardly {
		return false
	}
	known := map[string]bool{}
	for i, g := range names {
		if i == input {
			continue
		}
		if g.share(texts) < most {
			return false
		}
		for _, words := range g.names {
			for w := range words {
				known[w] = true
			}
		}
	}
	for _, v := range values {
		rows += v.Count
		if known[key(v.Text)] {
			held += v.Count
		}
	}
	return float64(held) >= most*float64(rows)
}
