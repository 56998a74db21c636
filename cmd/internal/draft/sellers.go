package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// addSheet keeps the name of the worksheet where there are several: of sales
// people it is the name.
func (d *drafter) addSheet(o *objectText, t *table) {
	if len(t.feed.parts[0].sheets) < 2 {
		return
	}
	p := propertyText{name: "sheet", from: "$sheet", why: "the worksheet that the row stands on"}
	if names := t.feed.sheetNames(); t.wantsSeller(o) && d.judge.ArePersons(names) && !t.holdValues(names) {
		p.name, p.field = "seller", t.sellerField()
		p.why = fmt.Sprintf("one worksheet each (%d): their names are those of sales people", len(names))
	}
	if !o.has(p.name) {
		o.add(p)
	}
}

// sheetNames are the names of the worksheets of all files.
func (f *feed) sheetNames() (names []string) {
	for _, p := range f.parts {
		names = append(names, p.sheets...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// wantsSeller says whether nothing in the rows tells whose they are.
func (t *table) wantsSeller(o *objectText) bool {
	_, hasSeller := t.entity().Field(t.sellerField())
	isSold := t.entity().Name == "activity" || t.sellerField() == "employee_name"
	return hasSeller && isSold && t.byField("employee_id") == nil && t.byField("employee_name") == nil && !o.feeds("employee_name") && !o.feeds("employee_id")
}

// sellerField is the field of the name of a sales person, as a sheet or file has
// it: of entities that keep no name beside the id, the id, which may be a name.
func (t *table) sellerField() string {
	if _, ok := t.entity().Field("employee_name"); ok {
		return "employee_name"
	}
	return "employee_id"
}

// holdValues says whether most of some texts are values of a column: towns,
// products.
func (t *table) holdValues(texts []string) bool {
	return slices.ContainsFunc(t.order, func(c *columnDraft) bool {
		n := 0
		for _, text := range texts {
			if c.profile.Deep.Has(text) {
				n++
			}
		}
		return 2*n > len(texts)
	})
}

// addSeller keeps the name of the sales person that each file of a feed bears:
// "Team - Anna Meier.xlsx", "Anna Meier 2026-01.csv". What may be such names is
// kept as it is.
func (d *drafter) addSeller(o *objectText, t *table) {
	const mostListed = 5
	if !t.wantsSeller(o) {
		return
	}
	if part, names := t.feed.sellersOfFolders(); part != "" {
		o.add(propertyText{name: "seller", field: t.sellerField(), from: "$file", part: part, words: names,
			why: fmt.Sprintf("its folders are called after sales people (%d)", len(names))})
		return
	}
	part, names := t.feed.otherWords()
	if part == "" || !d.judge.ArePersons(names) || t.holdValues(names) {
		return
	}
	known := 0
	for _, name := range names {
		if d.judge.IsPerson(name) {
			known++
		}
	}
	p := propertyText{name: "file_of", from: "$file", part: part,
		why: fmt.Sprintf("the names of its files differ in %s: if these are sales people, its field is employee_name", strings.Join(names[:min(mostListed, len(names))], ", "))}
	if 2*known >= len(names) {
		p.name, p.field, p.why = "seller", t.sellerField(), fmt.Sprintf("the names of its files are those of sales people (%d)", len(names))
	}
	if !o.has(p.name) {
		o.add(p)
	}
}

// otherWords are the words in which the names of a feed's files differ, with the
// expression whose group they are; "" where there are none, or digits among them.
func (f *feed) otherWords() (part string, words []string) {
	if f.parts[0].drop.table != "" {
		return "", nil
	}
	var texts []string
	for _, p := range f.parts {
		if strings.ContainsFunc(p.drop.stem, unicode.IsControl) {
			return "", nil
		}
		text := strings.TrimRight(strings.Replace(p.drop.stem, p.drop.date.inName(), "", 1), " -_.")
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	if len(texts) < 2 {
		return "", nil
	}
	before, after := around(texts)
	for _, text := range texts {
		if len(before)+len(after) >= len(text) {
			return "", nil
		}
		words = append(words, text[len(before):len(text)-len(after)])
	}
	return `(?:^|[/\\])` + regexp.QuoteMeta(before) + `([\p{L}\p{M}](?:[\p{L}\p{M} '’-]*[\p{L}\p{M}])?)` + regexp.QuoteMeta(after) + `[^\p{L}\p{M}/\\][^/\\]*$`, words
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

// isSellers says whether a part is of another file with about the feed's columns,
// and both files are called after a person each, and alike beside that: "Anna
// Meier.xlsx" and "Jan Vos.xlsx", "Meier_Q1.xlsx" and "Vos_Q1.xlsx".
func (d *drafter) isSellers(f *feed, p *part) bool {
	a, b := f.parts[0].drop.plain, p.drop.plain
	if !f.besides(p) || !labelsAlike(f.parts[0].labels, p.labels) || a == b {
		return false
	}
	before, after := around([]string{a, b})
	if len(before)+len(after) == 0 {
		return d.judge.IsPerson(a) && d.judge.IsPerson(b)
	}
	var names []string
	for _, name := range []string{a, b} {
		if len(before)+len(after) >= len(name) {
			return false
		}
		names = append(names, personOf(name[len(before):len(name)-len(after)]))
	}
	return d.judge.ArePersons(names) && !slices.ContainsFunc(names, func(name string) bool { return isOfThings(d.judge.Tables, name) })
}

// inName is the date as the file's own name has it, "" where the folders do.
func (d nameDate) inName() string {
	if d.place != "" {
		return ""
	}
	return d.whole
}
