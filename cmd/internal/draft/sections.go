package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// sectionsIn is an expression of the titles that stand in a column above headers
// that come again: they are no records. "" where none does.
func (f *feed) sectionsIn(column string) string {
	var titles []string
	for _, p := range f.parts {
		if p.sections.Column != column {
			continue
		}
		for _, title := range p.sections.Titles {
			if text := regexp.QuoteMeta(title); !slices.Contains(titles, text) {
				titles = append(titles, text)
			}
		}
	}
	if len(titles) == 0 {
		return ""
	}
	slices.Sort(titles)
	return "^(" + strings.Join(titles, "|") + ")$"
}

// noteSections tells of tables in parts that what the titles of the parts say of
// their rows, a stage perhaps or a sales person, is not read.
func (d *drafter) noteSections() {
	for _, f := range d.drafted() {
		for _, p := range f.parts {
			if titles := p.sections.Titles; len(titles) > 0 {
				d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s: its rows stand in parts below titles (%q) and headers that come again: what the titles say of them is not read, and a title that is new would be a row; deliver it as one list, with a column for it", f.name, titles))
				break
			}
		}
	}
}
