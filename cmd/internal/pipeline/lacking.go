package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/intake"
	"loadstar/schemas"
	"loadstar/transform"
)

// lacking gathers the columns that a contract lists and a delivery has not:
// their fields become empty, also where they had values before.
type lacking struct {
	plan     *transform.Plan
	contract schemas.Contract
	seen     map[string]bool // headers, by object and sheet
	columns  []string
}

// look compares the header of a batch. Records of JSON leave out what has no
// value, so that they tell nothing.
func (l *lacking) look(b intake.Batch) error {
	key := b.Object + "\x00" + b.Sheet
	if format := l.contract.Dialect.Format; format == "json" || format == "jsonl" || len(b.Header) == 0 || l.seen[key] {
		return nil
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[key] = true
	for _, o := range l.contract.Objects {
		if b.Object != "" && b.Object != o.Name {
			continue
		}
		missing, _, err := l.plan.Columns(o.Name, b.Header)
		if err != nil {
			return err
		}
		for _, p := range o.Properties {
			if slices.Contains(missing, p.Name) && !p.Absent && !slices.Contains(l.columns, p.Name) {
				l.columns = append(l.columns, p.Name)
			}
		}
	}
	return nil
}

// note tells of them, "" where the delivery has all.
func (l *lacking) note(feed, path string) string {
	switch len(l.columns) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("feed %s, %s: column %s is not delivered, its values are empty now", feed, path, l.columns[0])
	}
	return fmt.Sprintf("feed %s, %s: columns %s are not delivered, their values are empty now", feed, path, strings.Join(l.columns, ", "))
}
