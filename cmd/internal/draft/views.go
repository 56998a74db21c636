package draft

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// leaveViews leaves out the views and partitions of a database whose rows are
// read from other tables of it: they would count twice.
func (d *drafter) leaveViews() {
	kept := make([]*feed, 0, len(d.feeds))
	for _, f := range d.feeds {
		if table := d.shownBy(f); table != "" {
			d.left(f.parts[0].place(), fmt.Sprintf("it shows rows of table %s, which is read; name it in loadstar.yaml in that one's place if it tells more", table))
			continue
		}
		kept = append(kept, f)
	}
	d.feeds = kept
}

// shownBy names a table that is read and whose rows a feed shows: it is of the
// same kind, or most of the feed's columns are called as those of such tables.
// It is "" where a feed's rows are its own.
func (d *drafter) shownBy(f *feed) string {
	own := f.parts[0].drop
	first, known := "", map[string]bool{}
	for _, other := range d.feeds {
		table := other.parts[0].drop
		if other == f || table.connection != own.connection || len(table.shows) > 0 || !slices.Contains(own.shows, table.table) {
			continue
		}
		if kindOf(other) == kindOf(f) {
			return table.table
		}
		if first == "" {
			first = table.table
		}
		for _, c := range other.root().survey.Columns {
			known[recognise.FoldKey(c.Name)] = true
		}
	}
	columns := f.root().survey.Columns
	count := 0
	for _, c := range columns {
		if known[recognise.FoldKey(c.Name)] {
			count++
		}
	}
	if 2*count < len(columns) {
		return ""
	}
	return first
}

// kindOf is the entity of a feed. Orders, invoices and their lines are one
// kind: what was sold is added up from either.
func kindOf(f *feed) string {
	name := strings.TrimSuffix(f.root().entity().Name, "_line")
	if name == "order" || name == "invoice" {
		return "sale"
	}
	return name
}
