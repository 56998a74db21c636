package draft

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// ties is what a table is made of whose rows tie two things of many kinds:
// each has its kind in one column, and its id in another.
type ties struct {
	ends [2]tieEnd
	key  []string // columns that name a row, nil = its text does
}

// tieEnd is one of the two things.
type tieEnd struct {
	kind, id string              // columns
	words    map[string][]string // kinds by the field of association that they mean
}

// mostKinds is how many kinds of things a column of kinds names at most.
const mostKinds = 12

// findTies looks for two columns all of whose words name entities that can be
// tied, each beside a column of ids. ok is false where there are not two.
func (d *drafter) findTies(f *feed) (t ties, ok bool) {
	if len(f.tables) != 1 || f.shipped != nil {
		return t, false
	}
	columns := f.root().survey.Columns
	var ends []tieEnd
	for _, c := range columns {
		if words := d.kindsOf(c, f.root().survey.Rows); words != nil {
			ends = append(ends, tieEnd{kind: c.Name, words: words})
		}
	}
	if len(ends) != len(t.ends) {
		return t, false
	}
	t.ends = [2]tieEnd(ends)
	for i := range t.ends {
		t.ends[i].id = idBeside(t.ends[i].kind, t.ends[1-i].kind, columns, f.root().survey.Rows)
	}
	return t, t.ends[0].id != "" && t.ends[1].id != "" && t.ends[0].id != t.ends[1].id
}

// kindsOf lists the words of a column by the field that they mean; nil where
// one means none.
func (d *drafter) kindsOf(c *recognise.Profile, rows int) map[string][]string {
	seen := c.Sample()
	if c.Filled != rows || len(seen) == 0 || len(seen) > mostKinds || c.Deep.Distinct() != len(seen) {
		return nil
	}
	words := map[string][]string{}
	for _, v := range seen {
		field := ""
		for _, entity := range d.judge.Tables.EntityNames(v.Text) {
			if entity == "contact" {
				entity = "customer"
			}
			if slices.Contains([]string{"customer", "account", "lead", "opportunity", "case", "activity"}, entity) {
				field = entity + "_id"
				break
			}
		}
		if field == "" {
			return nil
		}
		words[field] = append(words[field], v.Text)
	}
	for _, list := range words {
		slices.Sort(list)
	}
	return words
}

// idBeside finds the column of ids that shares most words with the header of
// a column of kinds, and fewer with the other one's.
func idBeside(kind, other string, columns []*recognise.Profile, rows int) string {
	shared := func(a, b string) (n int) {
		words := recognise.HeaderTokens(b)
		for _, w := range recognise.HeaderTokens(a) {
			if slices.Contains(words, w) {
				n++
			}
		}
		return n
	}
	best, most := "", 0
	for _, c := range columns {
		tokens := recognise.HeaderTokens(c.Name)
		isID := len(tokens) > 0 && slices.Contains([]string{"id", "key", "uuid", "guid", "number", "no"}, tokens[len(tokens)-1])
		if n := shared(kind, c.Name); isID && c.Filled == rows && n > most && n > shared(other, c.Name) {
			best, most = c.Name, n
		}
	}
	return best
}

// understoodTies is understood of a table of ties.
func (d *drafter) understoodTies(ctx context.Context, f *feed) (bool, error) {
	found, ok := d.findTies(f)
	entity, err := schemas.EntityNamed("association")
	if !ok || err != nil {
		return false, err
	}
	t := f.root()
	t.verdict = d.judge.As(entity, recognise.Question{Names: f.namesOf(t), Columns: t.survey.Columns})
	t.verdict.Party, t.verdict.Why = nil, fmt.Sprintf("%q and %q name things that can be tied, %q and %q their ids", found.ends[0].kind, found.ends[1].kind, found.ends[0].id, found.ends[1].id)
	t.setColumns()
	for _, c := range t.order {
		if c.field != nil && !slices.Contains([]string{"role", "is_primary", "updated_at", "is_deleted"}, c.field.Field.Name) {
			c.field = nil
		}
	}
	for _, e := range found.ends {
		t.columns[e.kind].field, t.columns[e.id].field = nil, nil
	}
	if found.key, err = d.keyOfTies(ctx, t, found); err != nil {
		return false, err
	}
	t.ties, f.tables = &found, []*table{t}
	t.key = tableKey{hash: found.key == nil, why: "the ids that are tied name the row"}
	for _, name := range found.key {
		t.key.columns = append(t.key.columns, t.columns[name])
	}
	return true, nil
}

// keyOfTies is the fewest columns that name a row: the two things, then what
// tells two ties of them apart.
func (d *drafter) keyOfTies(ctx context.Context, t *table, found ties) ([]string, error) {
	set := []string{found.ends[0].id, found.ends[1].id, found.ends[0].kind, found.ends[1].kind}
	sets := [][]string{set}
	for _, c := range t.order {
		if !slices.Contains(set, c.profile.Name) && c.profile.Filled == t.survey.Rows {
			sets = append(sets, append(slices.Clone(set), c.profile.Name))
		}
	}
	counts, err := d.combinations(ctx, t, sets)
	if err != nil {
		return nil, err
	}
	for i, n := range counts {
		if n == t.survey.Rows {
			return sets[i], nil
		}
	}
	return nil, nil
}

// tieObjects makes an object of each two kinds of things.
func (d *drafter) tieObjects(t *table) []objectText {
	var objects []objectText
	left, right := t.ties.ends[0], t.ties.ends[1]
	for _, a := range slices.Sorted(maps.Keys(left.words)) {
		for _, b := range slices.Sorted(maps.Keys(right.words)) {
			o := objectText{
				name: strings.TrimSuffix(a, "_id") + "_" + strings.TrimSuffix(b, "_id"), entity: "association", why: t.verdict.Why,
				only: []wordsOnly{{column: left.kind, words: left.words[a]}, {column: right.kind, words: right.words[b]}},
			}
			for _, c := range t.order {
				p := d.property(t, c, c.field)
				switch c.profile.Name {
				case left.id:
					p.field, p.why = a, "what the left column names"
				case right.id:
					if p.why = "both are of one kind: a tie names one of them"; a != b {
						p.field, p.why = b, "what the right column names"
					}
				}
				p.logical = map[bool]string{true: "", false: p.logical}[c.profile.Name == left.id || c.profile.Name == right.id]
				p.key = 1 + slices.Index(t.ties.key, c.profile.Name)
				o.add(p)
			}
			if t.ties.key == nil {
				o.add(propertyText{name: "row_text", from: "$hash", key: 1, why: "no column names the rows: the text of the row does"})
			}
			objects = append(objects, o)
		}
	}
	return objects
}

// tiesTo says whether a part of a table's ids that is no accident stands in
// the ties.
func (t *table) tiesTo(u *table) bool {
	const some = .3
	if t.ties == nil || len(u.key.columns) != 1 || u.key.parent || u.key.columns[0].profile.Deep.Longest < shortestKey {
		return false
	}
	for _, e := range t.ties.ends {
		for field := range e.words {
			if name := recognise.KeyField(u.entity()); (name == field || u.entity().Name == "account" && field == "account_id") && within(u.key.columns[0], t.columns[e.id]) >= some {
				return true
			}
		}
	}
	return false
}
