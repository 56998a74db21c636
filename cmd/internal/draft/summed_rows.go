package draft

import (
	"context"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// findSummedRows finds, among the lines of documents of which a first row tells,
// rows that are no lines: they name no product where all others do, and count
// what the lines of their document count together, as marketplaces write an
// order of several articles.
func (d *drafter) findSummedRows(ctx context.Context) error {
	var failed error
	d.eachTable(func(_ *feed, t *table) {
		if failed == nil && t.isLed() && t.feed.root().led.by != "" {
			failed = d.leaveSummed(ctx, t)
		}
	})
	return failed
}

func (d *drafter) leaveSummed(ctx context.Context, t *table) error {
	quantity, id := t.byField("quantity"), t.columns[t.feed.root().led.key]
	var names []*columnDraft // what says which product it is
	for _, field := range []string{"product_id", "description"} {
		if c := t.byField(field); c != nil {
			names = append(names, c)
		}
	}
	isFull := func(c *columnDraft) bool { return c.profile.Filled == t.survey.Rows }
	if quantity == nil || id == nil || len(names) == 0 || slices.ContainsFunc(names, isFull) {
		return nil
	}
	a, err := d.readAmounts(ctx, t)
	if err != nil || a.at(quantity) < 0 {
		return err
	}
	documents, err := d.textsOf(ctx, t, id)
	if err != nil {
		return err
	}
	texts := make([][]string, len(names))
	for i, c := range names {
		if texts[i], err = d.textsOf(ctx, t, c); err != nil {
			return err
		}
	}
	isNamed := func(row int) bool {
		return slices.ContainsFunc(texts, func(column []string) bool { return column[row] != "" })
	}
	if sums := summed(documents, a.values[a.at(quantity)], isNamed); sums > 0 {
		for _, c := range names {
			if t.survey.Rows-c.profile.Filled == sums || len(documents) < t.survey.Rows {
				t.present = []string{c.profile.Name}
				return nil
			}
		}
	}
	return nil
}

// summed counts the rows that name nothing, each of which counts what the others
// of its document do together; 0 where one of them does not.
func summed(documents []string, quantities []recognise.Amount, isNamed func(row int) bool) int {
	of, sums := map[string]int64{}, 0
	rows := min(len(documents), len(quantities))
	for row := range rows {
		if isNamed(row) {
			of[documents[row]] += quantities[row].Value
		}
	}
	for row := range rows {
		if isNamed(row) {
			continue
		}
		if q := quantities[row]; of[documents[row]] == 0 || q.IsThere && q.Value != of[documents[row]] {
			return 0
		}
		sums++
	}
	return sums
}
