package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// led is what a table is made of whose rows are lines and also tell of their
// whole: the first of them, or each.
type led struct {
	key   string   // column of the whole's id, on every row
	by    string   // column that only the first row of each whole fills, "" = each row tells of it
	whole []string // columns of the whole
	lines []string // columns of the lines
	once  bool     // each whole has but one line in the samples
}

// Fewest wholes and columns that tell such a table from one with gaps.
const (
	fewestWholes = 5
	fewestLed    = 2
	fewestAgain  = 1.05 // rows for each whole
)

// findLed compares how often columns are filled with how many values the key
// would have: ok is false where no column is a key of several rows each, or too
// few others are filled just once for each of its values.
func (d *drafter) findLed(ctx context.Context, f *feed) (l led, ok bool, err error) {
	if len(f.tables) != 1 || f.shipped != nil || f.parts[0].drop.table != "" {
		return l, false, nil
	}
	rows := f.root().survey.Rows
	var full []string
	filled := map[string]int{}
	for _, c := range f.root().survey.Columns {
		filled[c.Name] = c.Filled
		if c.Filled == rows {
			full = append(full, c.Name)
		}
	}
	for _, name := range full {
		wholes := f.distinct(name)
		if wholes < fewestWholes || float64(rows) < fewestAgain*float64(wholes) {
			continue
		}
		var once []string
		for _, c := range f.root().survey.Columns {
			if filled[c.Name] == wholes {
				once = append(once, c.Name)
			}
		}
		if len(once) >= fewestLed {
			l = led{key: name, by: once[0]}
			return l, true, d.partLed(ctx, f, &l, wholes, full)
		}
	}
	return l, false, nil
}

// distinct counts the values of a column in each drop.
func (f *feed) distinct(name string) (n int) {
	for _, p := range f.parts {
		if c := p.surveys[0].Column(name); c != nil {
			n += c.Deep.Distinct()
		}
	}
	return n
}

// partLed parts the columns: what is the same on all rows of a whole is of it,
// what is not is of the lines.
func (d *drafter) partLed(ctx context.Context, f *feed, l *led, wholes int, full []string) error {
	for _, c := range f.root().survey.Columns {
		if c.Filled > wholes && !slices.Contains(full, c.Name) && c.DateShare() >= datePart {
			full = append(full, c.Name) // when it was sent or paid may be told of some alone
		}
	}
	sets := make([][]string, len(full))
	for i, name := range full {
		sets[i] = []string{l.key, name}
	}
	pairs, err := d.combinations(ctx, f.root(), sets)
	if err != nil {
		return err
	}
	for _, c := range f.root().survey.Columns {
		at := slices.Index(full, c.Name)
		switch {
		case c.Name == l.key:
			l.whole, l.lines = append(l.whole, c.Name), append(l.lines, c.Name)
		case at >= 0 && pairs[at] <= wholes:
			l.whole = append(l.whole, c.Name)
		case at >= 0 || c.Filled > wholes && c.Filled < f.root().survey.Rows:
			l.lines = append(l.lines, c.Name)
		default:
			l.whole = append(l.whole, c.Name)
		}
	}
	return nil
}

// partTables takes the rows for orders or invoices and their lines. ok is false
// where they read as neither.
func (d *drafter) partTables(f *feed, l led) ([]*table, bool) {
	root := f.root()
	rows := f.distinct(l.key)
	if l.by == "" {
		rows = root.survey.Rows
	}
	whole := &table{feed: f, survey: root.survey.Of(l.whole, rows)}
	q := recognise.Question{Names: f.namesOf(root), Columns: whole.survey.Columns}
	verdict, ok := d.judge.Decide(q)
	if of, isTold := root.wholeOf(); isTold && l.by == "" && (!ok || verdict.Entity.Name != "order" && verdict.Entity.Name != "invoice") {
		verdict, ok = d.judge.As(of, q), true // it says no more of them than their number and who bought: all rows read as one
	}
	if !ok {
		return nil, false
	}
	entity, err := schemas.EntityNamed(verdict.Entity.Name + "_line")
	if err != nil {
		return nil, false // not an entity that has lines
	}
	whole.verdict = verdict
	whole.setColumns()
	lines := &table{feed: f, survey: root.survey.Of(l.lines, root.survey.Rows)}
	lines.verdict = d.judge.As(entity, recognise.Question{Names: []string{entity.Name}, Columns: lines.survey.Columns})
	lines.verdict.Party = nil
	lines.setColumns()
	of := recognise.KeyField(verdict.Entity)
	why := fmt.Sprintf("it comes on every row, and %q on the first row of each of its values alone", l.by)
	if l.by == "" {
		why = "it comes with each of its lines, and what is told of it comes again"
	}
	for _, t := range []*table{whole, lines} {
		for _, c := range t.order {
			if c.field != nil && c.field.Field.Name == of {
				c.field = nil
			}
		}
		t.columns[l.key].party = nil
		t.setField(t.columns[l.key], of, why)
	}
	for _, c := range whole.order { // the amount of the whole, where only its first row has it
		if l.by != "" && c.field != nil && c.field.Field.Name == "total_amount" && c.profile.Filled == whole.survey.Rows {
			l.by = c.profile.Name
		}
	}
	if day := lines.byField("ordered_at"); day != nil && whole.byField("ordered_at") != nil {
		day.field = nil // the order was made on its day: this one tells of something else
	}
	if lines.byField("quantity") == nil && lines.byField("unit_price") == nil && lines.byField("line_amount") == nil {
		return nil, false
	}
	whole.led = &l
	whole.key = tableKey{columns: []*columnDraft{whole.columns[l.key]}, repeats: l.by == "", why: why}
	return []*table{whole, lines}, true
}

// wholeOf is the order or invoice that the rows of a table read as, or lines of.
func (t *table) wholeOf() (schemas.Entity, bool) {
	of := strings.TrimSuffix(t.entity().Name, "_line")
	e, err := schemas.EntityNamed(of)
	return e, err == nil && (of == "order" || of == "invoice")
}

// understoodFlat parts a table whose rows are lines that each tell of the whole.
func (d *drafter) understoodFlat(ctx context.Context, f *feed) error {
	l, ok, err := d.findFlat(ctx, f)
	if err != nil || !ok {
		return err
	}
	if tables, ok := d.partTables(f, l); ok {
		f.tables = tables
	}
	return nil
}

// understoodLed is understood of a table whose rows are lines, the first of
// which tells of the whole.
func (d *drafter) understoodLed(ctx context.Context, f *feed) (bool, error) {
	l, ok, err := d.findLed(ctx, f)
	if err != nil || !ok {
		return false, err
	}
	tables, ok := d.partTables(f, l)
	if ok {
		f.tables = tables
	}
	return ok, nil
}

// isLed tells whether the rows are the lines of wholes.
func (t *table) isLed() bool { return t.led == nil && t.feed.root().led != nil }
