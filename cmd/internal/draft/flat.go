package draft

import (
	"context"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// findFlat looks whether the rows of a feed are the lines of orders or
// invoices, each with all that is told of its whole: the whole comes again
// with every line. ok is false where the key of the whole does not come again,
// or no columns are the same on all rows of each.
func (d *drafter) findFlat(ctx context.Context, f *feed) (l led, ok bool, err error) {
	if len(f.tables) != 1 || f.shipped != nil || f.parts[0].drop.table != "" || f.tables[0].path != "" {
		return l, false, nil
	}
	t := f.root()
	of, isOfLines := strings.CutSuffix(t.entity().Name, "_line")
	if of != "order" && of != "invoice" {
		return l, false, nil
	}
	key := t.byField(of + "_id")
	if key == nil || t.fillShare(key) < keyFilled {
		return l, false, nil
	}
	wholes := f.distinct(key.profile.Name)
	if wholes < fewestWholes || float64(t.survey.Rows) < fewestAgain*float64(wholes) {
		return l, false, nil
	}
	l = led{key: key.profile.Name}
	if err := d.partFlat(ctx, f, &l, wholes); err != nil {
		return l, false, err
	}
	namesBuyer := slices.ContainsFunc(t.verdict.Party, func(c recognise.FieldColumn) bool { return slices.Contains(l.whole, c.Column.Name) })
	isTold := !isOfLines || of == "invoice" || namesBuyer || slices.ContainsFunc(l.whole, func(name string) bool { return t.isOfWholeOnly(name, d) })
	return l, isTold && len(l.whole) > fewestLed && len(l.lines) > 1, nil
}

// isOfWholeOnly says whether a column tells of an order what a line has no
// field for.
func (t *table) isOfWholeOnly(name string, d *drafter) bool {
	return slices.ContainsFunc([]string{"status", "total_amount", "shipping_amount", "employee_id", "channel", "campaign_id"}, func(field string) bool {
		return t.columns[name].profile.Filled > 0 && d.judge.Tables.MayMean(name, "order", field)
	})
}

// partFlat parts the columns of such rows: what is the same on all rows of
// nearly every whole is of it. Columns without a value are of the whole.
func (d *drafter) partFlat(ctx context.Context, f *feed, l *led, wholes int) error {
	const same = 1.02
	columns := f.root().survey.Columns
	sets := make([][]string, len(columns))
	for i, c := range columns {
		sets[i] = []string{l.key, c.Name}
	}
	pairs, err := d.combinations(ctx, f.root(), sets)
	if err != nil {
		return err
	}
	for i, c := range columns {
		switch {
		case c.Name == l.key:
			l.whole, l.lines = append(l.whole, c.Name), append(l.lines, c.Name)
		case float64(pairs[i]) <= same*float64(wholes):
			l.whole = append(l.whole, c.Name)
		default:
			l.lines = append(l.lines, c.Name)
		}
	}
	return nil
}
