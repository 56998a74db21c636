package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loadstar/cmd/internal/recognise"
)

// part is what one drop gives to one feed: a file, or the worksheets of one
// kind in it.
type part struct {
	drop     *drop
	file     *recognise.File
	surveys  []*recognise.Survey // of the rows, then of the arrays in them
	sheets   []string            // worksheets, where they are several tables
	of       int                 // how many worksheets hold a table
	shares   bool                // other tables stand on the worksheet: its name says nothing of the rows
	title    string              // above the table
	sections recognise.Sections  // titles below which its header comes again
	isTitled bool                // the title says what the rows are, and the names of file and sheet do not
	labels   string              // folded columns of the rows
	year     int                 // of the newest dates in the rows, 0 = nothing tells
}

// place says where the table stands: the file, of a workbook its sheet, and of
// several tables on one sheet its columns or header.
func (p *part) place() string {
	const mostLabels = 4
	if p.file == nil || p.file.Dialect.Format != "excel" || len(p.sheets) == 0 {
		return p.drop.path
	}
	text := p.drop.path + "#" + strings.Join(p.sheets, ", ")
	switch labels := p.file.Dialect.HeaderFind; {
	case !p.shares:
	case p.file.Dialect.Columns != "":
		text += " columns " + p.file.Dialect.Columns
	case len(labels) > 0:
		text += fmt.Sprintf(" table %q", strings.Join(labels[:min(len(labels), mostLabels)], ", "))
	}
	return text
}

// feed is one feed to be.
type feed struct {
	renamed   map[string][]string // by column: what some files call it
	isParted  bool                // files that would belong to it are written otherwise
	locale    locale
	delivery  delivery
	name      string
	system    string
	whySystem string
	parts     []*part
	tables    []*table
	spare     []*table // arrays that are no entity by themselves
	pattern   string   // of files
	notes     []string

	contract   contractText
	isNameless bool     // its name says little of what its files are called
	shipped    *shipped // contract that is used instead of a drafted one, nil = none
	refused    int      // rows of the samples
}

// table is one stream of rows of a feed.
type table struct {
	feed       *feed
	path       string // of the array, "" = the record
	parent     *table
	survey     *recognise.Survey // of all drops
	verdict    recognise.Verdict
	key        tableKey
	references map[string]string // as in the contract: whose ids a reference holds
	known      float64           // part of the customers' ids that are keys of another table of the system
	through    *columnDraft      // of what the rows belong to, whose customers they name; nil = they say it themselves
	prefix     string            // of the customers that a table of accounts makes, "" = none
	prefixes   map[string]string // of the customers that a reference means, by field
	columns    map[string]*columnDraft
	order      []*columnDraft
	product    []recognise.FieldColumn // lines: columns that say what their product is; none where a feed of products does
	staff      *columnDraft            // names the sales person whose id the rows have, where no feed of employees does; nil = none
	ties       *ties                   // rows tie two things of many kinds, nil = they do not
	net        *columnDraft            // of orders and invoices: the amount without tax, as the numbers show; nil = they do not
	netWhy     string
	link       *contactLink  // rows tie contact points to those whom they reach, nil = they do not
	isReached  bool          // such a table holds ids of the rows
	wide       *wideRates    // of exchange rates: a column for each currency, nil = they stand in rows
	months     *wideMonths   // a column of amounts for each month, nil = there are none
	log        *salesLog     // of pursuits: each row is what happened with one, nil = it is not
	touches    []touchColumn // columns of days on which something happened, fewer than two = none
	present    []string      // of lines: columns without a value where a row is none
	campaign   *columnDraft  // of spending: what the campaigns are called beside their ids, nil = nothing tells
	led        *led          // the first row of several tells of it alone, nil = each row does
	charges    *charges      // of lines and payments: rows that are fees of a marketplace, nil = none
}

func (f *feed) format() string { return f.parts[0].file.Dialect.Format }

func (f *feed) root() *table { return f.tables[0] }

// group joins parts of one kind to feeds: drops of one folder whose names
// differ by dates and numbers, or whose columns are the same and whose names
// begin alike.
func (d *drafter) group(parts []*part) {
	findYears(parts)
	for _, p := range parts {
		parted := false
		at := slices.IndexFunc(d.feeds, func(f *feed) bool {
			if !f.takes(p, d.judge.Tables) && !d.isSellers(f, p) {
				return false
			}
			if !f.isReadAs(p) {
				if !parted {
					d.noteOtherwise(f, p)
				}
				f.isParted, parted = true, true
				return false
			}
			return true
		})
		if at < 0 {
			d.feeds = append(d.feeds, &feed{parts: []*part{p}, isParted: parted})
			continue
		}
		d.feeds[at].parts = append(d.feeds[at].parts, p)
	}
	d.partMixed()
	d.feeds = slices.DeleteFunc(d.feeds, func(f *feed) bool {
		if slices.ContainsFunc(f.parts, func(p *part) bool { return p.surveys[0].Rows > 0 || len(p.surveys) > 1 }) {
			return false
		}
		d.left(f.parts[0].drop.path, f.parts[0].noRow())
		return true
	})
	for _, f := range d.feeds {
		f.sortParts(d.judge.Clean)
		f.settleEncoding()
		f.settleHeader()
		d.findRenamed(f)
		f.tables = f.mergedTables()
	}
	d.nameFeeds()
	for _, f := range d.feeds {
		f.pattern = d.patternOf(f)
	}
	d.sortFeeds()
}

// partMixed takes files of several names apart again where no pattern names
// them and no other file, and so those of one name beside files that are written
// otherwise.
func (d *drafter) partMixed() {
	var all []*feed
	for _, f := range d.feeds {
		byName := map[string]*feed{}
		var names []string
		for _, p := range f.parts {
			if byName[p.drop.plain] == nil {
				byName[p.drop.plain] = &feed{}
				names = append(names, p.drop.plain)
			}
			byName[p.drop.plain].parts = append(byName[p.drop.plain].parts, p)
		}
		if len(f.parts) < 2 || d.ownPattern(f) != "" || f.parts[0].drop.table != "" {
			all = append(all, f)
			continue
		}
		if len(names) < 2 {
			if !f.isParted {
				all = append(all, f)
				continue
			}
			for _, p := range f.parts {
				all = append(all, &feed{parts: []*part{p}})
			}
			continue
		}
		for _, name := range names {
			all = append(all, byName[name])
		}
	}
	d.feeds = all
}

// noRow says why a file gives no row.
func (p *part) noRow() string {
	if first := p.surveys[0]; first.Rejects > 0 {
		return fmt.Sprintf("no row of it can be read: %s", first.Broken)
	}
	return "it holds no row of data"
}

// besides says whether a part is of another file of the same kind in the feed's
// folder.
func (f *feed) besides(p *part) bool {
	first := f.parts[0]
	return first.drop.table == "" && p.drop.table == "" && first.drop.folder == p.drop.folder && first.drop.ext == p.drop.ext &&
		first.file.Dialect.Format == p.file.Dialect.Format && first.drop != p.drop
}

func (f *feed) takes(p *part, words *recognise.WordTables) bool {
	first := f.parts[0]
	if !f.besides(p) {
		return false
	}
	same := first.labels == p.labels
	if first.drop.plain == p.drop.plain && (first.drop.stem != p.drop.stem || first.drop.partition.folders != p.drop.partition.folders) {
		return same || labelsAlike(first.labels, p.labels)
	}
	const shortestPrefix = 4
	prefix := commonPrefix(first.drop.plain, p.drop.plain)
	a, b := first.drop.plain[len(prefix):], p.drop.plain[len(prefix):]
	return same && len(prefix) >= shortestPrefix && endsWord(prefix, a, b) && !isOfThings(words, a) && !isOfThings(words, b)
}

// isOfThings says whether what is left of a name names an entity: calls and
// companies are two feeds, north and south are one.
func isOfThings(words *recognise.WordTables, rest string) bool {
	return slices.ContainsFunc(recognise.HeaderTokens(rest), func(w string) bool { return len(words.EntityNames(w)) > 0 })
}

// endsWord says whether names that begin alike part where a word ends.
func endsWord(prefix string, rests ...string) bool {
	last, _ := utf8.DecodeLastRuneInString(prefix)
	return !unicode.IsLetter(last) || slices.ContainsFunc(rests, func(rest string) bool {
		next, _ := utf8.DecodeRuneInString(rest)
		return !unicode.IsLetter(next) || unicode.IsUpper(next)
	})
}

// labelsAlike allows for columns that came or went.
func labelsAlike(a, b string) bool {
	left, right := strings.Fields(a), strings.Fields(b)
	common := 0
	for _, l := range left {
		if slices.Contains(right, l) {
			common++
		}
	}
	const alike = .75
	return float64(common) >= alike*float64(max(len(left), len(right)))
}

func commonPrefix(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n < len(a) && n > 0 && !utf8.RuneStart(a[n]) { // within a letter
		n--
	}
	return a[:n]
}

// mergedTables joins the surveys of all drops.
func (f *feed) mergedTables() []*table {
	byPath := map[string]*table{}
	var list []*table
	for _, p := range f.parts {
		for _, s := range p.surveys {
			t := byPath[s.Path]
			if t == nil {
				t = &table{feed: f, path: s.Path, survey: s.Clone()}
				byPath[s.Path] = t
				list = append(list, t)
				continue
			}
			t.survey.Merge(s)
		}
	}
	slices.SortStableFunc(list, func(a, b *table) int { return cmp.Compare(a.path, b.path) })
	for _, t := range list {
		for parent := t.path; parent != ""; {
			at := strings.LastIndexByte(parent, '.')
			parent = parent[:max(at, 0)]
			if up := byPath[parent]; up != nil && up != t {
				t.parent = up
				break
			}
		}
	}
	return list
}
