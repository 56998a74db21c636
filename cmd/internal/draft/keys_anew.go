package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// beginsAnew says whether the numbers that would name the rows begin anew in
// each file or worksheet, as those of a list do that somebody begins each month:
// the same numbers come again, and stand beside something else each time. By them
// the rows of one would replace those of another: the text of the row names it.
func (d *drafter) beginsAnew(ctx context.Context, t *table, own *columnDraft) (bool, error) {
	const many, hardly = .5, .1
	if own == nil || !t.isList() || t.fillShare(own) < keyFilled || len(t.feed.parts) < 2 && len(t.feed.parts[0].sheets) < 2 {
		return false, nil
	}
	telling := t.telling()
	if telling == nil || telling == own.profile {
		return false, nil
	}
	n, err := d.countAgain(ctx, t, own.profile.Name, telling.Name)
	if err != nil || float64(n.unique) < keyUnique*float64(n.rows) || float64(n.again) < many*float64(n.all) || float64(n.beside) >= hardly*float64(n.again) {
		return false, err
	}
	own.field = nil
	t.key = tableKey{hash: true, anew: true, why: fmt.Sprintf("the numbers in %q begin anew in each %s, beside another %q each time: the text of the row names it", own.profile.Name, n.where(), telling.Name)}
	return true, nil
}

// isList says whether somebody may keep the table by hand.
func (t *table) isList() bool {
	return t.path == "" && t.led == nil && !isLine(t) && slices.Contains([]string{"csv", "fixed", "excel"}, t.feed.format())
}

// countsRows says whether the numbers that would name the rows only count them,
// from 1 on and row by row, below a header that says no more: a row that is put
// in or taken out of the list moves those of all below it, which would replace
// each other. The text of the row names it, where no other table names the
// numbers, and no later file has them beside the same things.
func (d *drafter) countsRows(ctx context.Context, t *table, own *columnDraft) (bool, error) {
	const nearlyAll = .9
	if own == nil || !t.namesParty() || !d.onlyCounts(t, own) {
		return false, nil
	}
	if telling := t.telling(); len(t.feed.parts) > 1 && telling != nil {
		n, err := d.countAgain(ctx, t, own.profile.Name, telling.Name)
		if err != nil || n.again > 0 && float64(n.beside) >= nearlyAll*float64(n.again) {
			return false, err
		}
	}
	isNamed := false
	d.eachTable(func(_ *feed, u *table) {
		c := u.byField(recognise.KeyField(t.entity()))
		isNamed = isNamed || u != t && c != nil && within(c, own) >= nearlyAll
	})
	if isNamed {
		return false, nil
	}
	own.field = nil
	t.key = tableKey{hash: true, anew: true, why: fmt.Sprintf("the numbers in %q only count the rows: the text of the row names it", own.profile.Name)}
	return true, nil
}

// onlyCounts says whether a column of a list counts its rows from 1 on, one by
// one, and its header says no more.
func (d *drafter) onlyCounts(t *table, c *columnDraft) bool {
	const nearlyAll = .9
	n := c.profile.Deep.Numbers
	return t.isList() && d.judge.Tables.IsCount(c.profile.Says()) && n.Ones > 0 && float64(n.Follows) >= nearlyAll*float64(c.profile.Filled)
}

// againCount counts how often the keys of a table come again in another file or
// worksheet.
type againCount struct {
	rows   int // in all
	unique int // distinct keys of each worksheet
	all    int // keys that could have come in one before
	again  int // keys that did
	beside int // and stood beside the same thing
	sheets bool
}

func (n againCount) where() string {
	if n.sheets {
		return "worksheet"
	}
	return "file"
}

func (d *drafter) countAgain(ctx context.Context, t *table, key, telling string) (n againCount, err error) {
	sets := [][]string{{recognise.SheetColumn, key}, {key}, {key, telling}}
	var before []recognise.TupleSet
	for _, p := range t.feed.parts {
		if p.surveys[0].Rows == 0 {
			continue
		}
		found, rows, err := p.file.Tuples(ctx, t.path, sets, recognise.Look{Workers: d.o.Workers}, d.judge.Tables)
		if err != nil {
			return n, err
		}
		n.rows, n.unique = n.rows+rows, n.unique+len(found[0])
		if sheets := len(p.sheets); sheets > 1 {
			n.sheets = true
			n.all += rows - rows/sheets
			n.again += rows - len(found[1])
			n.beside += rows - len(found[2])
		}
		if before != nil {
			n.all += min(len(before[1]), len(found[1]))
			n.again += before[1].Within(found[1])
			n.beside += before[2].Within(found[2])
		}
		before = found
	}
	return n, nil
}

// telling is the column of words whose values differ most, nil where no column
// that is filled on nearly all rows holds words.
func (t *table) telling() *recognise.Profile {
	const nearlyAll = .9
	var telling *recognise.Profile
	for _, c := range t.order {
		p := c.profile
		isNumber := p.Deep.Numbers.Numbers > 0 || p.Dates.Sortable() > 0
		if isNumber || float64(p.Filled) < nearlyAll*float64(t.survey.Rows) || telling != nil && p.Deep.Distinct() <= telling.Deep.Distinct() {
			continue
		}
		telling = p
	}
	return telling
}

// partTwins makes a system of each folder that holds files of the same names
// and columns as another one of its system, with the same ids for others: each
// branch, and each sales person, counts by itself.
func (d *drafter) partTwins(shared string) {
	own := map[string]bool{} // folders
	for _, f := range d.feeds {
		for _, g := range d.feeds {
			if f.isTwin(g) {
				own[f.parts[0].drop.folder] = true
			}
		}
	}
	for _, f := range d.feeds {
		folder := f.parts[0].drop.folder
		if f.parts[0].drop.table == "" && own[folder] {
			rest := strings.TrimPrefix(strings.TrimPrefix(folder, shared), "/")
			f.system, f.whySystem = d.systemSlug(strings.ReplaceAll(rest, "/", "_")), "the folder's name: another one holds files of the same names, whose ids are those of others"
		}
	}
}

// isTwin says whether another feed of the system has files of the same name and
// columns in another folder, with the same ids on rows of other things.
func (f *feed) isTwin(g *feed) bool {
	const many = .3
	a, b := f.parts[0], g.parts[0]
	t, u := f.root(), g.root()
	if f == g || a.drop.table != "" || b.drop.table != "" || f.system != g.system || a.drop.folder == b.drop.folder || a.drop.plain != b.drop.plain || a.labels != b.labels {
		return false
	}
	if len(t.key.columns) != 1 || len(u.key.columns) != 1 || max(within(t.key.columns[0], u.key.columns[0]), within(u.key.columns[0], t.key.columns[0])) < many {
		return false
	}
	telling := t.telling()
	if telling == nil || telling == t.key.columns[0].profile {
		return false
	}
	other := u.columns[telling.Name]
	return other != nil && within(t.columns[telling.Name], other) < fewAgain && within(other, t.columns[telling.Name]) < fewAgain
}
