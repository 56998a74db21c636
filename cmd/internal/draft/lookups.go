package draft

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"loadstar/cmd/internal/recognise"
)

// What a table of codes may hold at most, and how well a column must fit it.
const (
	mostCodes       = 1000
	mostCodeColumns = 12
	longestCode     = 32
	longestLabel    = 120
	labelFilled     = .95
	labelDistinct   = .8 // of the codes
	codesKnown      = .98
)

// codeList is a table that tells what the codes of other tables' columns mean:
// the stages of a pipeline, the states of an order, countries by number.
type codeList struct {
	part    *part
	feed    *feed
	thing   []string // what it lists, in words, from its name
	key     string   // header of its codes
	labels  map[string]string
	used    []string             // tables and columns that it explains
	columns []*recognise.Profile // the same
}

// lookUp lets columns of codes be read as what tables that are no entity of
// their own say of them. Such a table is no feed.
func (d *drafter) lookUp(ctx context.Context) error {
	lists, err := d.codeLists(ctx)
	if err != nil || len(lists) == 0 {
		return err
	}
	d.eachTable(func(f *feed, t *table) {
		if f.shipped != nil || slices.ContainsFunc(lists, func(l *codeList) bool { return l.feed == f }) {
			return
		}
		for _, p := range t.survey.Columns {
			if list := d.listOf(lists, f, p); list != nil && !d.isStandard(p) {
				p.Label(recognise.Labels{From: list.part.place(), Of: list.meanings(p)})
				list.used = append(list.used, fmt.Sprintf("%s (%s)", t.name(), p.Name))
				list.columns = append(list.columns, p)
			}
		}
	})
	for _, list := range lists {
		if len(list.used) == 0 {
			continue
		}
		d.lists = append(d.lists, list)
		d.feeds = slices.DeleteFunc(d.feeds, func(f *feed) bool { return f == list.feed })
		d.left(list.part.place(), fmt.Sprintf("it tells what codes mean; its names stand in the contracts of %s, where a new code needs a word too", strings.Join(list.used, ", ")))
	}
	return nil
}

// nameByLists takes a column of codes, whose own header tells no field of its
// table's entity, by the name of the list that explains it.
func (d *drafter) nameByLists() {
	d.eachTable(func(f *feed, t *table) {
		for at, c := range t.order {
			of := slices.IndexFunc(d.lists, func(l *codeList) bool { return slices.Contains(l.columns, c.profile) })
			if of < 0 || c.field != nil || c.party != nil {
				continue
			}
			for _, ending := range []string{"", "s", "n", "en"} {
				called := *c.profile
				called.Name = strings.TrimSuffix(strings.Join(d.lists[of].thing, " "), ending)
				columns := slices.Clone(t.survey.Columns)
				columns[at] = &called
				v := d.judge.As(t.entity(), recognise.Question{Names: f.namesOf(t), Columns: columns})
				i := slices.IndexFunc(v.Fields, func(f recognise.FieldColumn) bool { return f.Column == &called })
				if i >= 0 && t.byField(v.Fields[i].Field.Name) == nil {
					c.field = &v.Fields[i]
					c.field.Column = c.profile
					break
				}
			}
		}
	})
}

// codeLists finds the small tables that are hardly an entity, with a code and a
// name in each row.
func (d *drafter) codeLists(ctx context.Context) ([]*codeList, error) {
	var lists []*codeList
	for _, f := range d.feeds {
		if len(f.tables) != 1 || f.shipped != nil {
			continue
		}
		t := f.tables[0]
		columns := t.survey.Columns
		if t.survey.Rows < 2 || t.survey.Rows > mostCodes || len(columns) < 2 || len(columns) > mostCodeColumns {
			continue
		}
		key := d.codesOf(f, t)
		if key == nil {
			continue
		}
		label := d.labelColumn(t, key)
		if label == nil || slices.ContainsFunc(columns, func(p *recognise.Profile) bool { return d.judge.Tables.MayMean(p.Says(), "product", "unit_price") }) {
			continue // what has a price is sold
		}
		if !d.judge.IsPlainList(recognise.Question{Names: f.namesOf(t), Columns: columns}) {
			continue
		}
		list := &codeList{part: f.parts[0], feed: f, thing: d.listed(f.namesOf(t)[0]), key: key.Name, labels: map[string]string{}}
		if err := d.readCodes(ctx, list, t, label.Name); err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	return lists, nil
}

// codesOf is the column of a list's codes: the first that is called a key, or
// as the list itself. Codes may come once for each language.
func (d *drafter) codesOf(f *feed, t *table) *recognise.Profile {
	isKey := func(p *recognise.Profile, times int) bool {
		return p.Filled == t.survey.Rows && p.Deep.Distinct()*times == t.survey.Rows && p.Deep.Longest <= longestCode
	}
	words := d.judge.Tables
	for _, p := range t.survey.Columns {
		isCalled := words.IsIDWord(p.Says()) || words.HoldsIDWord(p.Says()) || sameThing(d.thingOf(p.Name), d.thingOf(f.namesOf(t)[0]))
		if isCalled && (isKey(p, 1) || d.hasLanguages(t) && p.Deep.Distinct() > 1 && isKey(p, t.survey.Rows/max(p.Deep.Distinct(), 1))) {
			return p
		}
	}
	return nil
}

// hasLanguages says whether each row is in a language.
func (d *drafter) hasLanguages(t *table) bool {
	return slices.ContainsFunc(t.survey.Columns, func(p *recognise.Profile) bool {
		tokens := recognise.HeaderTokens(p.Says())
		return slices.Contains(tokens, "language") || slices.Contains(tokens, "lang") || slices.Contains(tokens, "locale")
	})
}

// labelColumn is the column of a list's names: texts, nearly all of them different,
// a column that is called so before the others.
func (d *drafter) labelColumn(t *table, key *recognise.Profile) *recognise.Profile {
	var found *recognise.Profile
	for _, p := range t.survey.Columns {
		isWord := func(s string) bool { // no hash, and no other code
			return strings.IndexFunc(s, unicode.IsLetter) >= 0 && 2*recognise.CountDigits(s) < len(s) && !isHash(s)
		}
		isLabel := p != key && float64(p.Filled) >= labelFilled*float64(t.survey.Rows) && p.Deep.Longest <= longestLabel &&
			p.Share(isWord) >= labelFilled && p.DateShare() == 0 && !d.judge.Tables.HoldsIDWord(p.Says()) &&
			float64(p.Deep.Distinct()) >= labelDistinct*float64(key.Deep.Distinct())
		switch {
		case !isLabel:
		case d.judge.Tables.MayMean(p.Says(), "product", "name") || d.judge.Tables.MayMean(p.Says(), "account", "name"):
			return p
		case found == nil:
			found = p
		}
	}
	return found
}

// isHash says whether a text is digits and letters of base 16, as GUIDs are.
func isHash(s string) bool {
	const shortest = 16
	return len(s) >= shortest && strings.IndexFunc(s, func(r rune) bool { return r != '-' && !unicode.Is(unicode.ASCII_Hex_Digit, r) }) < 0
}

// readCodes reads what each code means; of several languages the first counts.
func (d *drafter) readCodes(ctx context.Context, list *codeList, t *table, label string) error {
	look := recognise.Look{Workers: d.o.Workers}
	for _, p := range list.feed.parts {
		codes, err := p.file.Texts(ctx, t.path, list.key, mostCodes, look, d.judge.Tables)
		if err != nil {
			return err
		}
		labels, err := p.file.Texts(ctx, t.path, label, mostCodes, look, d.judge.Tables)
		if err != nil {
			return err
		}
		for i := range min(len(codes), len(labels)) {
			if _, known := list.labels[codes[i]]; !known && codes[i] != "" && labels[i] != "" {
				list.labels[codes[i]] = labels[i]
			}
		}
	}
	return nil
}

// wholeCode is a code as its list has it: programs that know no missing integers
// write 3 as 3.0 in columns with gaps.
func wholeCode(code string) string { return strings.TrimSuffix(code, ".0") }

// meanings are what the codes of a column mean, written as they are there.
func (list *codeList) meanings(p *recognise.Profile) map[string]string {
	if p.Share(func(code string) bool { return code != wholeCode(code) }) == 0 {
		return list.labels
	}
	labels := maps.Clone(list.labels)
	for code, label := range list.labels {
		labels[code+".0"] = label
	}
	return labels
}

// knownShare is the part of a column's values that are codes of the list. 0 is
// none in a column that is called as the list's key.
func (list *codeList) knownShare(p *recognise.Profile) float64 {
	isOwn := recognise.FoldKey(p.Name) == recognise.FoldKey(list.key)
	return p.Share(func(code string) bool { return list.labels[wholeCode(code)] != "" || isOwn && code == "0" })
}

// listOf is the list beside a feed that tells what a column's values mean: the
// column is called as the list, and has hardly a value that the list lacks. It
// is nil where there is none, or several fit equally well.
func (d *drafter) listOf(lists []*codeList, f *feed, p *recognise.Profile) *codeList {
	var best *codeList
	most, isTie := 0, false
	own := f.parts[0].drop
	for _, list := range lists {
		place := list.part.drop
		fit := d.fits(list, f, p)
		isBeside := place.connection == own.connection && place.folder == own.folder && list.feed != f
		if !isBeside || fit == 0 || fit < most || list.knownShare(p) < codesKnown {
			continue
		}
		if fit == most && best.tellsSame(list) {
			continue
		}
		best, most, isTie = list, fit, fit == most
	}
	if isTie {
		return nil
	}
	return best
}

// tellsSame says whether another list has the same codes: it tells them in other
// languages.
func (list *codeList) tellsSame(other *codeList) bool {
	for code := range list.labels {
		if other.labels[code] == "" {
			return false
		}
	}
	return len(list.labels) == len(other.labels)
}

// isStandard says whether the codes of a column are those that everybody knows:
// of countries or currencies.
func (d *drafter) isStandard(p *recognise.Profile) bool {
	isKnown := func(code string) bool {
		return d.judge.Clean.Country(code) != "" || d.judge.Clean.Currency(code, "") != ""
	}
	return p.Share(isKnown) >= codesKnown
}

// fits says how well a column's header names a list: 3 it is that of the
// list's codes, 2 it names what the list holds, 1 a part of that, perhaps but
// for the name of the column's table, 0 not at all.
func (d *drafter) fits(list *codeList, f *feed, p *recognise.Profile) int {
	if p.Filled == 0 || p.Deep == nil || p.DateShare() > 0 {
		return 0
	}
	thing := d.thingOf(p.Name)
	isEntity := len(d.judge.Tables.EntityNames(strings.Join(thing, ""))) > 0
	switch {
	case len(thing) == 0 || isEntity && !sameThing(thing, list.thing[max(len(list.thing)-len(thing), 0):]):
		return 0 // a product_id is no code of product tags
	case recognise.FoldKey(p.Name) == recognise.FoldKey(list.key):
		return 3
	case sameThing(thing, list.thing):
		return 2
	}
	own := d.thingOf(f.parts[0].drop.plain)
	switch {
	case isPartOf(thing, list.thing) && d.isOfOther(list.thing[:len(list.thing)-len(thing)], own):
		return 0
	case isPartOf(thing, list.thing), isPartOf(list.thing, thing):
		return 1
	}
	rest := slices.DeleteFunc(slices.Clone(list.thing), func(word string) bool {
		return slices.ContainsFunc(own, func(w string) bool { return isPlural(w, word) })
	})
	if len(rest) < len(list.thing) && isPartOf(rest, thing) {
		return 1 // current_state of orders: order_state
	}
	return 0
}

// listed is what a table of codes lists: its name without words that say that
// it is one.
func (d *drafter) listed(name string) []string {
	technical := []string{"lang", "translation", "translations", "i18n", "lookup", "lookups", "lkp", "tbl", "ref", "dim", "codes"}
	return slices.DeleteFunc(d.thingOf(name), func(w string) bool { return slices.Contains(technical, w) })
}

// thingOf is what a name says beside words for keys: "order status" of
// order_status_id.
func (d *drafter) thingOf(name string) []string {
	return slices.DeleteFunc(recognise.HeaderTokens(name), d.judge.Tables.IsIDWord)
}

// sameThing says whether two names are the same but for a plural.
func sameThing(a, b []string) bool {
	return len(a) > 0 && isPlural(strings.Join(a, ""), strings.Join(b, ""))
}

func isPlural(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if stem, ok := strings.CutSuffix(a, "y"); ok && b == stem+"ies" {
		return true
	}
	return slices.Contains([]string{"", "s", "es", "e", "n", "en"}, strings.TrimPrefix(b, a)) && strings.HasPrefix(b, a)
}

// isPartOf says whether a longer name begins or ends with a shorter one.
func isPartOf(short, long []string) bool {
	n := len(short)
	return n > 0 && n < len(long) && (sameThing(short, long[:n]) || sameThing(short, long[len(long)-n:]))
}

// isOfOther says whether the words in front of what a list holds name an entity
// that the name of a table does not speak of: the status of a customer is none
// of "order status".
func (d *drafter) isOfOther(words, own []string) bool {
	if len(words) == 0 || len(own) == 0 || len(d.judge.Tables.EntityNames(words[len(words)-1])) == 0 {
		return false
	}
	return !slices.ContainsFunc(own, func(w string) bool { return isPlural(w, words[len(words)-1]) })
}
