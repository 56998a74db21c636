package draft

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/extract"
	"loadstar/schemas/fault"
)

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
	parts, err := d.continueFiles(ctx, parts)
	if err != nil {
		return err
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
	if fault.CodeOf(err) == "" && errors.Is(err, io.ErrUnexpectedEOF) {
		return "the file is cut off; ask for it again"
	}
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
		if drop.file == nil || drop.file.Broken == 0 || drop.file.Dialect.Encoding == "utf-8" {
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
	look := recognise.Look{Workers: d.o.Workers, Deep: true, Progress: d.o.Watch.Add}
	surveys, err := file.Surveys(ctx, look, d.judge.Tables)
	if errors.Is(err, extract.ErrMerged) {
		file.Dialect.MergedCells = "fill"
		surveys, err = file.Surveys(ctx, look, d.judge.Tables)
	}
	if err == nil {
		surveys, err = d.readEscaped(ctx, file, look, surveys)
	}
	if key := envelopeOf(surveys); err == nil && strings.HasPrefix(file.Dialect.Format, "json") && key != "" {
		file.Within(key)
		surveys, err = file.Surveys(ctx, look, d.judge.Tables)
	}
	if err == nil && len(surveys) > 0 {
		err = file.FindGroups(ctx, surveys[0], look, d.judge.Tables)
	}
	if err == nil && len(file.Groups) > 0 {
		surveys, err = file.Surveys(ctx, look, d.judge.Tables)
	}
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
	if s := p.surveys[0]; s.Rows == 1 && len(s.Columns) > mostOfOne && strings.HasPrefix(file.Dialect.Format, "json") {
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
	sheets := sheetsOf(tables)
	var parts []*part
	for _, g := range groups {
		own := *file
		own.Dialect.Header, own.Dialect.Columns, own.Dialect.NextTable = g[0].Height, g[0].Columns, g[0].Next
		if deepest := deepestHeader(g); deepest > usualHeader {
			own.Dialect.HeaderIn = sheetRows
		}
		own.Dialect.HeaderFind = headerLabels(g)
		var names, globs []string
		for _, t := range g {
			names = append(names, t.Sheet)
			globs = append(globs, recognise.LiteralGlob(t.Sheet))
		}
		own.Dialect.Sheets, own.Dialect.NotSheets = strings.Join(globs, "/"), otherSheets(tables, names)
		if len(names) == sheets && len(file.Notes) == 0 {
			own.Dialect.Sheets = "*"
		}
		own.Notes = append(slices.Clone(file.Notes), g[0].Why)
		found, err := d.survey(ctx, drop, &own, names, sheets)
		if err != nil {
			d.left(fmt.Sprintf("%s#%s", drop.path, strings.Join(names, ", ")), trimPath(err, drop.path))
			continue
		}
		found[0].shares, found[0].title, found[0].sections = g[0].Shares, g[0].Title, g[0].Section
		if names := d.judge.Tables; !isOfThings(names, drop.plain) {
			found[0].isTitled = isOfThings(names, g[0].Title) && !isOfThings(names, g[0].Sheet)
			if sheets == 1 && len(tables) == 1 && isOfThings(names, g[0].Sheet) {
				found[0].title, found[0].isTitled = g[0].Sheet, true
			}
		}
		parts = append(parts, found...)
	}
	return parts, nil
}

const (
	usualHeader = 100     // rows within which a header stands without being said so
	sheetRows   = 1 << 20 // of a worksheet
)

// deepestHeader is the last row in which a header of the tables begins.
func deepestHeader(tables []recognise.SheetTable) int64 {
	deepest := int64(0)
	for _, t := range tables {
		deepest = max(deepest, t.Top)
	}
	return deepest
}

// otherSheets are the globs of the worksheets with tables that are not among
// some: other feeds read them.
func otherSheets(tables []recognise.SheetTable, names []string) string {
	var globs []string
	for _, t := range tables {
		if glob := recognise.LiteralGlob(t.Sheet); !slices.Contains(names, t.Sheet) && !slices.Contains(globs, glob) {
			globs = append(globs, glob)
		}
	}
	return strings.Join(globs, "/")
}

// sheetsOf counts the worksheets that hold the tables.
func sheetsOf(tables []recognise.SheetTable) int {
	names := map[string]bool{}
	for _, t := range tables {
		names[t.Sheet] = true
	}
	return len(names)
}

// sameLabels says whether two worksheets hold tables of one kind.
func sameLabels(a, b recognise.SheetTable) bool {
	if a.Height != b.Height || a.Columns != b.Columns || a.Sheet == b.Sheet || (a.Next == nil) != (b.Next == nil) {
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

// lookAtDatabase pulls every table of a database and surveys it. A view whose
// query fails, or a table that the user may not read, is left out.
func (d *drafter) lookAtDatabase(ctx context.Context, db source) ([]*part, error) {
	secrets, err := d.secrets(ctx, db)
	if err != nil {
		return nil, usage("--from: %w", err)
	}
	whole := extract.Pull{Driver: db.driver, DSN: secrets.DSN, Password: secrets.Password}
	tables, err := extract.Tables(ctx, whole)
	if err != nil {
		return nil, fmt.Errorf("look at database %s: %w", db.name, err)
	}
	var parts []*part
	for _, table := range tables {
		d.o.Watch.Begin("look at "+db.name+" table "+table.Name, 0, "rows")
		own := &drop{path: db.name + " table " + table.Name, stem: table.Name, plain: table.Name, folder: db.name, connection: db.name, table: table.Name, shows: table.Shows}
		pull := whole
		pull.Feed, pull.Table = slug(table.Name), table.Name
		found, err := d.lookAtPull(ctx, own, pull)
		if err != nil {
			if _, gone := extract.Tables(ctx, whole); gone != nil {
				return nil, err
			}
			d.left(own.path, err.Error())
			continue
		}
		if probe, err := extract.ProbeTable(ctx, pull); err == nil {
			own.key = probe.Named
		}
		parts = append(parts, found...)
	}
	return d.continueTables(ctx, whole, parts)
}

// lookAtPull pulls a table or query and surveys it.
func (d *drafter) lookAtPull(ctx context.Context, own *drop, pull extract.Pull) ([]*part, error) {
	pages, err := extract.PullTable(ctx, d.work, pull)
	if err != nil {
		return nil, err
	}
	landed := pages[0] // without a cursor there is one
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
		return nil, errors.New(trimPath(err, landed.File))
	}
	found[0].file.Dialect.Format = "parquet"
	return found, nil
}
