package draft

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/extract"
)

// part is what one drop gives to one feed: a file, or the worksheets of one
// kind in it.
type part struct {
	drop    *drop
	file    *recognise.File
	surveys []*recognise.Survey // of the rows, then of the arrays in them
	sheets  []string            // worksheets, where they are several tables
	of      int                 // how many worksheets hold a table
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

	contract contractText
	refused  int // rows of the samples
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
	columns    map[string]*columnDraft
	order      []*columnDraft
}

func (f *feed) format() string { return f.parts[0].file.Dialect.Format }

func (f *feed) root() *table { return f.tables[0] }

// look surveys every drop and groups them into feeds.
func (d *drafter) look(ctx context.Context) error {
	var parts []*part
	d.open()
	for _, drop := range d.drops {
		if drop.file == nil {
			continue
		}
		found, err := d.lookAt(ctx, drop)
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			d.left(drop.path, trimPath(err, drop.path))
			continue
		}
		parts = append(parts, found...)
	}
	for _, db := range d.databases {
		found, err := d.lookAtDatabase(ctx, db)
		if err != nil {
			return err
		}
		parts = append(parts, found...)
	}
	d.group(parts)
	return nil
}

// trimPath drops the path from an error: it stands before it.
func trimPath(err error, file string) string {
	text := err.Error()
	for _, prefix := range []string{"read " + file + ": ", "open " + file + ": "} {
		text = strings.ReplaceAll(text, prefix, "")
	}
	return text
}

// open finds out how every file is written.
func (d *drafter) open() {
	for _, drop := range d.drops {
		info, err := os.Stat(drop.path)
		if err == nil {
			drop.file, err = recognise.OpenFile(drop.path, "", info, recognise.Hints{}, d.judge.Tables)
		}
		if err != nil {
			d.left(drop.path, trimPath(err, drop.path))
		}
	}
	for _, drop := range d.drops {
		if drop.file == nil || drop.file.Broken == 0 || !strings.HasPrefix(drop.file.Dialect.Encoding, "windows-") {
			continue
		}
		if beside := d.utf8Beside(drop); beside != "" {
			drop.file.Dialect.Encoding = "utf-8"
			drop.file.Notes = []string{fmt.Sprintf("%d bytes are not UTF-8, but %s beside it is: their rows are broken", drop.file.Broken, beside)}
		}
	}
}

// utf8Beside names a file of the same folder and kind that is UTF-8, where a
// few bytes alone speak against it and no such file is of a code page.
func (d *drafter) utf8Beside(drop *drop) string {
	const few = 3
	if drop.file.Broken > few || drop.file.Wide > 0 {
		return ""
	}
	name := ""
	for _, o := range d.drops {
		if o == drop || o.folder != drop.folder || o.ext != drop.ext || o.file == nil || o.file.Dialect.Delimiter != drop.file.Dialect.Delimiter {
			continue
		}
		switch {
		case o.file.Broken > few && o.file.Wide == 0:
			return "" // that one is of a code page
		case o.file.Wide > few && o.file.Broken == 0:
			name = filepath.Base(o.path)
		}
	}
	return name
}

// lookAt surveys all rows of a file.
func (d *drafter) lookAt(ctx context.Context, drop *drop) ([]*part, error) {
	d.o.Watch.Begin("look at "+filepath.Base(drop.path), 0, "rows")
	if drop.file.Dialect.Format == "excel" {
		return d.lookAtWorkbook(ctx, drop, drop.file)
	}
	return d.survey(ctx, drop, drop.file, nil, 1)
}

// survey reads one file, or some worksheets of it.
func (d *drafter) survey(ctx context.Context, drop *drop, file *recognise.File, sheets []string, of int) ([]*part, error) {
	file.Dialect.Ragged, file.Dialect.HiddenRows = "reject", "exclude"
	surveys, err := file.Surveys(ctx, recognise.Look{Workers: d.o.Workers, Deep: true, Progress: d.o.Watch.Add}, d.judge.Tables)
	if err != nil {
		return nil, err
	}
	if err := file.Unchanged(); err != nil {
		return nil, err
	}
	byPath := map[string]*recognise.Survey{}
	p := &part{drop: drop, file: file, sheets: sheets, of: of}
	for _, s := range surveys {
		if known := byPath[s.Path]; known != nil {
			known.Merge(s)
			continue
		}
		byPath[s.Path] = s
		p.surveys = append(p.surveys, s)
	}
	slices.SortStableFunc(p.surveys, func(a, b *recognise.Survey) int { return cmp.Compare(a.Path, b.Path) })
	if len(p.surveys) == 0 && len(file.Headers) > 0 {
		p.surveys = []*recognise.Survey{recognise.EmptySurvey(file.Headers)}
	}
	if len(p.surveys) == 0 {
		return nil, errors.New("it holds no row of data")
	}
	if file.Dialect.Format == "csv" && len(p.surveys[0].Columns) < 2 {
		return nil, errors.New("it has one column only: no delimiter parts its cells; a file of fixed width needs a contract written by hand")
	}
	const mostOfOne = 200
	if s := p.surveys[0]; s.Rows == 1 && len(s.Columns) > mostOfOne {
		return nil, fmt.Errorf("it is one record of %d values: a document, not rows", len(s.Columns))
	}
	p.labels = labelsOf(p.surveys[0])
	d.report.Locations++
	d.report.Rows += int64(p.surveys[0].Rows)
	return []*part{p}, nil
}

func labelsOf(s *recognise.Survey) string {
	var labels []string
	for _, c := range s.Columns {
		labels = append(labels, recognise.FoldKey(c.Name))
	}
	slices.Sort(labels)
	return strings.Join(labels, " ")
}

// lookAtWorkbook parts the worksheets by the columns of their tables.
func (d *drafter) lookAtWorkbook(ctx context.Context, drop *drop, file *recognise.File) ([]*part, error) {
	tables, err := file.Sheets(ctx, d.judge.Tables)
	if err != nil {
		return nil, err
	}
	if len(tables) == 0 {
		return nil, errors.New("no worksheet holds a table: " + strings.Join(file.Notes, "; "))
	}
	var groups [][]recognise.SheetTable
	for _, t := range tables {
		at := slices.IndexFunc(groups, func(g []recognise.SheetTable) bool { return sameLabels(g[0], t) })
		if at < 0 {
			groups = append(groups, []recognise.SheetTable{t})
			continue
		}
		groups[at] = append(groups[at], t)
	}
	var parts []*part
	for _, g := range groups {
		own := *file
		own.Dialect.Header = g[0].Height
		own.Dialect.HeaderFind = headerLabels(g)
		var names, globs []string
		for _, t := range g {
			names = append(names, t.Sheet)
			globs = append(globs, recognise.LiteralGlob(t.Sheet))
		}
		own.Dialect.Sheets = strings.Join(globs, "/")
		if len(groups) == 1 && len(file.Notes) == 0 {
			own.Dialect.Sheets = "*"
		}
		own.Notes = append(slices.Clone(file.Notes), g[0].Why)
		found, err := d.survey(ctx, drop, &own, names, len(tables))
		if err != nil {
			d.left(fmt.Sprintf("%s#%s", drop.path, strings.Join(names, ", ")), trimPath(err, drop.path))
			continue
		}
		parts = append(parts, found...)
	}
	return parts, nil
}

// sameLabels says whether two worksheets hold tables of one kind.
func sameLabels(a, b recognise.SheetTable) bool {
	if a.Height != b.Height {
		return false
	}
	common := 0
	for _, l := range b.Labels {
		if slices.Contains(a.Labels, l) {
			common++
		}
	}
	const alike = .7
	return float64(common) >= alike*float64(max(len(a.Labels), len(b.Labels)))
}

// headerLabels are labels by which the header is found on every sheet; nil
// where it is always row 1.
func headerLabels(tables []recognise.SheetTable) []string {
	if !slices.ContainsFunc(tables, func(t recognise.SheetTable) bool { return t.Top > 1 }) {
		return nil
	}
	common := slices.Clone(tables[0].Find)
	for _, t := range tables[1:] {
		common = slices.DeleteFunc(common, func(l string) bool { return !slices.Contains(t.Find, l) })
	}
	if len(common) > 0 {
		return common[:1]
	}
	var all []string
	for _, t := range tables {
		if len(t.Find) > 0 && !slices.Contains(all, t.Find[0]) {
			all = append(all, t.Find[0])
		}
	}
	return all
}

// lookAtDatabase pulls every table of a database and surveys it.
func (d *drafter) lookAtDatabase(ctx context.Context, db source) ([]*part, error) {
	names, err := extract.Tables(ctx, db.driver, db.dsn)
	if err != nil {
		return nil, fmt.Errorf("look at database %s: %w", db.name, err)
	}
	connection := db.name
	var parts []*part
	for _, name := range names {
		d.o.Watch.Begin("look at "+db.name+" table "+name, 0, "rows")
		pages, err := extract.PullTable(ctx, d.work, extract.Pull{Feed: slug(name), Driver: db.driver, DSN: db.dsn, Table: name})
		if err != nil {
			return nil, err
		}
		landed := pages[0] // without a cursor there is one
		own := &drop{path: db.name + " table " + name, stem: name, plain: name, folder: db.name, connection: connection, table: name}
		info, err := os.Stat(landed.File)
		if err != nil {
			return nil, err
		}
		file, err := recognise.OpenFile(landed.File, "", info, recognise.Hints{}, d.judge.Tables)
		if err != nil {
			return nil, err
		}
		found, err := d.survey(ctx, own, file, nil, 1)
		if err != nil {
			d.left(own.path, trimPath(err, landed.File))
			continue
		}
		found[0].file.Dialect.Format = "parquet"
		parts = append(parts, found...)
	}
	return parts, nil
}

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
		d.left(f.parts[0].drop.path, "it holds no row of data")
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
		name := slug(strings.Join(dedupeWords(words), "_"))
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s_%d", strings.TrimSuffix(name, fmt.Sprintf("_%d", n-1)), n)
		}
		taken[name] = true
		f.name = name
	}
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
