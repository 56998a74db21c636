package draft

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// part is what one drop gives to one feed: a file, or the worksheets of one
// kind in it.
type part struct {
	drop    *drop
	file    *recognise.File
	surveys []*recognise.Survey // of the rows, then of the arrays in them
	sheets  []string            // worksheets, where they are several tables
	of      int                 // how many worksheets hold a table
	shares  bool                // other tables stand on the worksheet: its name says nothing of the rows
	title   string              // above the table
	labels  string              // folded columns of the rows
}

// feed is one feed to be.
type feed struct {
	locale    locale
	delivery  delivery
	name      string
	system    string
	whySystem string
	parts     []*part
	tables    []*table
	pattern   string // of files
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
	prefix     string            // of the customers that a table of accounts makes, "" = none
	prefixes   map[string]string // of the customers that a reference means, by field
	columns    map[string]*columnDraft
	order      []*columnDraft
}

func (f *feed) format() string { return f.parts[0].file.Dialect.Format }

func (f *feed) root() *table { return f.tables[0] }

// group joins parts of one kind to feeds: drops of one folder whose names
// differ by dates and numbers, or whose columns are the same and whose names
// begin alike.
func (d *drafter) group(parts []*part) {
	for _, p := range parts {
		at := slices.IndexFunc(d.feeds, func(f *feed) bool { return f.takes(p) })
		if at < 0 {
			d.feeds = append(d.feeds, &feed{parts: []*part{p}})
			continue
		}
		d.feeds[at].parts = append(d.feeds[at].parts, p)
	}
	d.feeds = slices.DeleteFunc(d.feeds, func(f *feed) bool {
		if slices.ContainsFunc(f.parts, func(p *part) bool { return p.surveys[0].Rows > 0 || len(p.surveys) > 1 }) {
			return false
		}
		d.left(f.parts[0].drop.path, f.parts[0].noRow())
		return true
	})
	for _, f := range d.feeds {
		slices.SortStableFunc(f.parts, func(a, b *part) int {
			return cmp.Or(cmp.Compare(a.drop.date, b.drop.date), cmp.Compare(a.drop.rel, b.drop.rel))
		})
		f.tables = f.mergedTables()
	}
	d.nameFeeds()
	for _, f := range d.feeds {
		f.pattern = d.patternOf(f)
	}
	d.sortFeeds()
}

// noRow says why a file gives no row.
func (p *part) noRow() string {
	if first := p.surveys[0]; first.Rejects > 0 {
		return fmt.Sprintf("no row of it can be read: %s", first.Broken)
	}
	return "it holds no row of data"
}

func (f *feed) takes(p *part) bool {
	first := f.parts[0]
	if first.drop.table != "" || p.drop.table != "" || first.drop.folder != p.drop.folder || first.drop.ext != p.drop.ext ||
		first.file.Dialect.Format != p.file.Dialect.Format || first.drop == p.drop {
		return false
	}
	same := first.labels == p.labels
	if first.drop.plain == p.drop.plain && first.drop.stem != p.drop.stem {
		return same || labelsAlike(first.labels, p.labels)
	}
	const shortestPrefix = 4
	return same && len(commonPrefix(first.drop.plain, p.drop.plain)) >= shortestPrefix
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
	return a[:n]
}

func commonSuffix(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return a[len(a)-n:]
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

// patternOf writes the glob of a feed's files, such that it names no file of
// another.
func (d *drafter) patternOf(f *feed) string {
	first := f.parts[0].drop
	if first.table != "" {
		return ""
	}
	name := path.Base(first.rel)
	prefix, suffix := name, name
	for _, p := range f.parts[1:] {
		other := path.Base(p.drop.rel)
		prefix, suffix = commonPrefix(prefix, other), commonSuffix(suffix, other)
	}
	folder := extractLiteral(path.Dir(first.rel))
	star := ""
	switch {
	case len(f.parts) > 1:
		prefix = strings.TrimRight(prefix, "0123456789-.")
		star = prefix + "*" + first.ext
	case first.date != "":
		star = strings.TrimSuffix(strings.Replace(name, first.date, "*", 1), first.ext) + first.ext
	}
	if star == "" || d.globTakesOthers(path.Join(folder, star), f) {
		if len(f.parts) > 1 {
			f.notes = append(f.notes, "the glob also names files of other feeds: narrow it")
			return path.Join(folder, star)
		}
		return first.rel
	}
	return path.Join(folder, star)
}

// extractLiteral leaves a folder's name as it is: extract.Glob takes brackets
// in it for themselves.
func extractLiteral(folder string) string { return folder }

func (d *drafter) globTakesOthers(pattern string, f *feed) bool {
	for _, other := range d.drops {
		ok, err := path.Match(pattern, other.rel)
		isOwn := slices.ContainsFunc(f.parts, func(p *part) bool { return p.drop == other })
		if err != nil || ok && !isOwn {
			return true
		}
	}
	return false
}

// nameFeeds gives every feed a name of its own.
func (d *drafter) nameFeeds() {
	taken := map[string]bool{}
	for _, f := range d.feeds {
		first := f.parts[0]
		base := first.drop.plain
		if len(f.parts) > 1 {
			for _, p := range f.parts[1:] {
				base = commonPrefix(base, p.drop.plain)
			}
		}
		words := []string{}
		if first.drop.folder != "" {
			words = append(words, strings.Split(first.drop.folder, "/")...)
		}
		if base != "" {
			words = append(words, base)
		}
		if first.of > len(first.sheets) && len(first.sheets) > 0 {
			words = append(words, first.sheets[0])
		}
		if len(words) == 0 {
			words = []string{filepath.Base(filepath.Dir(first.drop.path))}
		}
		text := strings.Join(dedupeWords(words), "_")
		f.isNameless = !isReadable(text)
		f.name = free(taken, slug(text))
	}
}

// nameByEntity names the feeds whose files are called in letters that a feed's
// name can't hold by what their rows are.
func (d *drafter) nameByEntity() {
	taken := map[string]bool{}
	for _, f := range d.feeds {
		if !f.isNameless {
			taken[f.name] = true
		}
	}
	for _, f := range d.feeds {
		if f.isNameless {
			f.name = free(taken, pluralOf(f.root().entity().Name))
		}
	}
	d.sortFeeds()
}

// dedupeWords leaves a folder's name out where the file's begins with it.
func dedupeWords(words []string) []string {
	var kept []string
	for i, w := range words {
		if i+1 < len(words) && strings.HasPrefix(slug(words[i+1]), slug(w)) {
			continue
		}
		kept = append(kept, w)
	}
	return kept
}
