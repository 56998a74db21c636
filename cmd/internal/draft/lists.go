package draft

import (
	"slices"
	"strings"

	"loadstar/schemas"
)

// listDelivery says how workbooks are delivered whose rows nothing names but
// their text. A changed row would stand twice if a workbook were not the whole
// of something: of the feed, or of one list among several that are kept side by
// side, as those of sales people are.
func (d *drafter) listDelivery(f *feed, t *table) delivery {
	const named = "its rows are named by their text: a changed row would stand twice if the sheet were not the whole"
	whole := func(partition, why string) delivery {
		return delivery{mode: schemas.Snapshot, partition: partition, why: named + why}
	}
	isEvent := slices.Contains(eventEntities(), t.entity().Name)
	switch {
	case f.isOfItsOwn(t) || isEvent && t.rowsAgain() < fewAgain:
		return whole("file", "; hardly any of the values of a file come again in the next: each is the whole of its own rows")
	case f.lieSideBySide():
		return whole("file", "; its files stand side by side: each is the whole of its own rows")
	case len(f.listNames()) < 2:
		return whole("", "")
	}
	return whole(f.listPattern(d), "; the names of its files tell several lists apart, each of which comes again")
}

// rowsAgain is the part of a delivery's rows that the next one has too, over all
// deliveries; 1 where there is one.
func (t *table) rowsAgain() float64 {
	sum, pairs := 0, 0
	for i := 1; i < len(t.key.rows); i++ {
		sum += t.key.rows[i-1].Within(t.key.rows[i])
		pairs += len(t.key.rows[i-1])
	}
	if pairs == 0 {
		return 1
	}
	return float64(sum) / float64(pairs)
}

// lieSideBySide says whether the names of several files tell no day or period.
func (f *feed) lieSideBySide() bool {
	return f.parts[0].drop.table == "" && len(f.listNames()) > 1 && !slices.ContainsFunc(f.parts, func(p *part) bool { return p.drop.date.text != "" })
}

// listNames are the names of the feed's files, with their folders, without the
// day or period that they tell.
func (f *feed) listNames() (names []string) {
	for _, p := range f.parts {
		before, after := p.drop.aroundDate()
		if name := p.drop.folder + "/" + before + after; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// aroundDate is what stands in the name of a file before and behind its day or
// period; all of it stands before where the name tells none.
func (d *drop) aroundDate() (before, after string) {
	const joints = " -_."
	date := d.date.inName()
	if date == "" {
		return strings.Trim(d.stem, joints), ""
	}
	before, after, _ = strings.Cut(d.stem, date)
	return strings.Trim(before, joints), strings.Trim(after, joints)
}

// listPattern is the expression whose group names the list in the path of a file
// of dated states of several: what stands before the date, where that tells them
// apart, else what stands behind it; the file's name where a folder has the date.
func (f *feed) listPattern(d *drafter) string {
	first := f.parts[0].drop
	order := f.nameLayout(d.judge.Clean)
	if first.date.inName() == "" || order == "" {
		return `([^/\\]+)$`
	}
	dated := "(?:" + strings.TrimPrefix(first.date.pattern(order), "(") // the pattern is one group
	name, _ := first.aroundDate()
	for _, p := range f.parts {
		if before, _ := p.drop.aroundDate(); before != name || p.drop.folder != first.folder {
			return `^(.*?)` + dated + `[^/\\]*$`
		}
	}
	return dated + `([^/\\]*)$`
}
