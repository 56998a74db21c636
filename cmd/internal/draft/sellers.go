package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// addSeller keeps the name of the sales person that each file of a feed bears:
// "Team - Anna Meier.xlsx", "Anna Meier 2026-01.csv".
func (d *drafter) addSeller(o *objectText, t *table) {
	_, hasName := t.entity().Field("employee_name")
	if !hasName || t.byField("employee_id") != nil || t.byField("employee_name") != nil || o.feeds("employee_name") {
		return
	}
	if part, names := t.feed.sellersOfFolders(); part != "" {
		o.add(propertyText{name: "seller", field: "employee_name", from: "$file", part: part, words: names,
			why: fmt.Sprintf("its folders are called after sales people (%d)", len(names))})
		return
	}
	part, names := d.sellersOf(t.feed)
	if part == "" {
		return
	}
	o.add(propertyText{name: "seller", field: "employee_name", from: "$file", part: part,
		why: fmt.Sprintf("the names of its files are those of sales people (%d)", names)})
}

// sellersOf reads the names of persons in which the files' names differ: the
// expression whose group is the name, "" where they differ in something else,
// and how many persons there are.
func (d *drafter) sellersOf(f *feed) (part string, persons int) {
	if f.parts[0].drop.table != "" || len(f.parts[0].sheets) > 1 {
		return "", 0
	}
	var texts []string
	for _, p := range f.parts {
		if strings.ContainsFunc(p.drop.stem, unicode.IsControl) {
			return "", 0
		}
		text := strings.TrimRight(strings.Replace(p.drop.stem, p.drop.date.inName(), "", 1), " -_.")
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	if len(texts) < 2 {
		return "", 0
	}
	before, after := around(texts)
	for _, text := range texts {
		if len(before)+len(after) >= len(text) || !d.judge.IsPerson(text[len(before):len(text)-len(after)]) {
			return "", 0
		}
	}
	return `(?:^|[/\\])` + regexp.QuoteMeta(before) + `([\p{L}\p{M}](?:[\p{L}\p{M} '’-]*[\p{L}\p{M}])?)` + regexp.QuoteMeta(after) + `[^\p{L}\p{M}/\\][^/\\]*$`, len(texts)
}

// around is what texts have in common before and behind that in which they
// differ, up to where words end.
func around(texts []string) (before, after string) {
	before, after = texts[0], texts[0]
	for _, text := range texts[1:] {
		before = commonPrefix(before, text)
		for !strings.HasSuffix(text, after) {
			_, size := utf8.DecodeRuneInString(after)
			after = after[size:]
		}
	}
	isEnd := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }
	before = strings.TrimRightFunc(before, func(r rune) bool { return !isEnd(r) })
	after = strings.TrimLeftFunc(after, func(r rune) bool { return !isEnd(r) })
	return before, after
}

// isSellers says whether a part is of another file with the feed's columns, and
// both files are called after a person each and nothing else.
func (d *drafter) isSellers(f *feed, p *part) bool {
	a, b := f.parts[0].drop.plain, p.drop.plain
	return f.besides(p) && f.parts[0].labels == p.labels && a != b && d.judge.IsPerson(a) && d.judge.IsPerson(b)
}

// inName is the date as the file's own name has it, "" where the folders do.
func (d nameDate) inName() string {
	if d.place != "" {
		return ""
	}
	return d.whole
}
