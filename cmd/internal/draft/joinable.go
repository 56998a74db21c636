package draft

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// One contract reads the files of a feed: those that are written otherwise than
// its first are a feed of their own, and those that call one column otherwise
// tell an alias.

// isReadAs says whether one contract reads a file and those of the feed.
func (f *feed) isReadAs(p *part) bool {
	return !slices.ContainsFunc(f.parts, func(q *part) bool { return writtenOtherwise(q, p) != "" })
}

// writtenOtherwise says how two files of text differ, "" where one dialect and
// one locale read both.
func writtenOtherwise(q, p *part) string {
	a, b := q.file, p.file
	of, to := a.Dialect, b.Dialect
	if !slices.Contains([]string{"csv", "fixed", "json", "jsonl"}, of.Format) {
		return ""
	}
	for _, c := range p.surveys[0].Columns {
		if same := q.surveys[0].Column(c.Name); same != nil {
			if how := c.WrittenOtherwise(same); how != "" {
				return how
			}
		}
	}
	switch {
	case of.Format == "csv" && of.Delimiter != to.Delimiter:
		return fmt.Sprintf("its cells are parted by %q, those of the others by %q", to.Delimiter, of.Delimiter)
	case of.Encoding != to.Encoding && !(isPlain(a) && holdsASCII(to.Encoding)) && !(isPlain(b) && holdsASCII(of.Encoding)):
		return fmt.Sprintf("its encoding is %s, that of the others %s", to.Encoding, of.Encoding)
	}
	return ""
}

// isPlain says whether a file holds nothing but ASCII.
func isPlain(f *recognise.File) bool {
	return f.Dialect.Encoding == "utf-8" && f.Wide == 0 && f.Broken == 0
}

// holdsASCII says whether ASCII is the same in an encoding.
func holdsASCII(encoding string) bool { return !strings.HasPrefix(encoding, "utf-16") }

// settleEncoding takes files of nothing but ASCII for what the feed's others are.
func (f *feed) settleEncoding() {
	at := slices.IndexFunc(f.parts, func(p *part) bool { return !isPlain(p.file) })
	if at < 0 || !slices.Contains([]string{"csv", "fixed", "json", "jsonl"}, f.format()) {
		return
	}
	encoding := f.parts[at].file.Dialect.Encoding
	for _, p := range f.parts {
		if isPlain(p.file) {
			p.file.Dialect.Encoding = encoding
		}
	}
}

// settleHeader has the header of workbooks found by a label that all of them
// have, where it stands below titles in some.
func (f *feed) settleHeader() {
	at := slices.IndexFunc(f.parts, func(p *part) bool { return len(p.file.Dialect.HeaderFind) > 0 })
	if at < 0 || f.format() != "excel" {
		return
	}
	has := func(p *part, label string) bool {
		return slices.ContainsFunc(p.surveys[0].Columns, func(c *recognise.Profile) bool { return recognise.FoldKey(c.Name) == recognise.FoldKey(label) })
	}
	for _, label := range f.parts[at].file.Dialect.HeaderFind {
		if slices.ContainsFunc(f.parts, func(p *part) bool { return !has(p, label) }) {
			continue
		}
		first := &f.parts[0].file.Dialect
		first.HeaderFind = []string{label}
		for _, p := range f.parts {
			first.HeaderIn = max(first.HeaderIn, p.file.Dialect.HeaderIn)
		}
		return
	}
}

// noteOtherwise tells of a file that would belong to a feed, but is written
// otherwise.
func (d *drafter) noteOtherwise(f *feed, p *part) {
	for _, q := range f.parts {
		if how := writtenOtherwise(q, p); how != "" {
			d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s is a feed of its own: %s", filepath.Base(p.drop.path), how))
			return
		}
	}
}

// findRenamed finds columns that some files of a feed call otherwise: all others
// are the same, stand in the same places, and both names mean one field.
func (d *drafter) findRenamed(f *feed) {
	base := f.parts[0]
	for _, p := range f.parts[1:] {
		own, name := d.renamed(base, p)
		if own == "" {
			continue
		}
		p.surveys[0].Rename(own, name)
		p.file.Rename(own, name)
		if f.renamed == nil {
			f.renamed = map[string][]string{}
		}
		if !slices.Contains(f.renamed[name], own) {
			f.renamed[name] = append(f.renamed[name], own)
			d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s calls %q what others call %q: both names are read", filepath.Base(p.drop.path), own, name))
		}
	}
}

// renamed is the one column of a part that another part has under another name.
func (d *drafter) renamed(base, p *part) (own, name string) {
	a, b := base.surveys[0].Columns, p.surveys[0].Columns
	if len(a) != len(b) || !slices.Contains([]string{"csv", "excel"}, base.file.Dialect.Format) {
		return "", ""
	}
	at := -1
	for i := range a {
		switch {
		case recognise.FoldKey(a[i].Name) == recognise.FoldKey(b[i].Name):
		case at >= 0:
			return "", ""
		default:
			at = i
		}
	}
	if at < 0 || p.surveys[0].Column(a[at].Name) != nil || base.surveys[0].Column(b[at].Name) != nil {
		return "", ""
	}
	field := d.fieldOf(base, a[at])
	if field == "" || field != d.fieldOf(p, b[at]) {
		return "", ""
	}
	return b[at].Name, a[at].Name
}

// fieldOf is the field that a column of a part feeds as its header says, "" where
// it says nothing for sure.
func (d *drafter) fieldOf(p *part, c *recognise.Profile) string {
	verdict, ok := d.judge.Decide(recognise.Question{Names: []string{p.drop.plain}, Columns: p.surveys[0].Columns})
	if !ok {
		return ""
	}
	for _, f := range slices.Concat(verdict.Fields, verdict.Party) {
		if f.Column == c && f.Sure >= sureHeader {
			return verdict.Entity.Name + "." + f.Field.Name
		}
	}
	return ""
}

// aliasesOf are the other names of a property's columns.
func (f *feed) aliasesOf(p propertyText) []string {
	all := slices.Clone(p.aliases)
	for _, name := range append([]string{p.name}, p.aliases...) {
		for _, other := range f.renamed[name] {
			if !slices.Contains(all, other) {
				all = append(all, other)
			}
		}
	}
	return all
}
