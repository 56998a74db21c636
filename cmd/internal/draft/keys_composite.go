package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// arrayKey names the rows of an array within the record that holds it.
func (d *drafter) arrayKey(ctx context.Context, t *table, own *columnDraft) error {
	if own != nil && t.fillShare(own) >= keyFilled {
		t.key = tableKey{columns: []*columnDraft{own}, parent: true, why: "it names the row within its record"}
		return nil
	}
	t.key = tableKey{parent: true, hash: true, why: "no column names the rows of the array: the text of the row does"}
	return nil
}

// mostKeyColumns is how many columns a key may have.
const mostKeyColumns = 4

// compositeKey tries columns together that name things and days, from the
// likeliest.
func (d *drafter) compositeKey(ctx context.Context, t *table) error {
	var candidates []*columnDraft
	for _, c := range t.order {
		if c.field == nil || t.fillShare(c) < compositeFilled {
			continue
		}
		name := c.field.Field.Name
		isDay := c.field.Field.Type == "date" || c.field.Field.Type == "timestamp" && name == "at" || name == "valid_from"
		if strings.HasSuffix(name, "_id") || isDay || slices.Contains([]string{"channel", "metric", "division", "team", "type", "location", "kind", "product_line", "from_currency_code", "to_currency_code", "email", "phone"}, name) {
			candidates = append(candidates, c)
		}
	}
	slices.SortStableFunc(candidates, func(a, b *columnDraft) int { return keyRank(a) - keyRank(b) })
	sets := keySets(candidates)
	if len(sets) == 0 {
		return nil
	}
	names := make([][]string, len(sets))
	for i, set := range sets {
		for _, c := range set {
			names[i] = append(names[i], c.profile.Name)
		}
	}
	rows, distinct := 0, make([]int, len(sets))
	tuples := make([][]recognise.TupleSet, len(sets))
	for _, p := range t.feed.parts {
		if p.surveys[0].Rows == 0 {
			continue
		}
		found, n, err := p.file.Tuples(ctx, t.path, names, recognise.Look{Workers: d.o.Workers}, d.judge.Tables)
		if err != nil {
			return err
		}
		rows += n
		for i := range distinct {
			distinct[i] += len(found[i])
			tuples[i] = append(tuples[i], found[i])
		}
	}
	for i, set := range sets {
		least := float64(rows) // columns that no id is among name rows only where all are distinct
		if slices.ContainsFunc(set, func(c *columnDraft) bool { return c.field.Field.Name == "line_id" }) {
			least *= keyUnique
		}
		if float64(distinct[i]) >= least && rows > 1 {
			t.key = tableKey{columns: set, tuples: tuples[i], why: fmt.Sprintf("together they name a row (%d of %d combinations are distinct)", distinct[i], rows)}
			return nil
		}
	}
	return nil
}

// combinations counts the distinct combinations of values of sets of columns in
// each drop, and adds them up.
func (d *drafter) combinations(ctx context.Context, t *table, sets [][]string) ([]int, error) {
	counts := make([]int, len(sets))
	for _, p := range t.feed.parts {
		seen, _, err := p.file.Tuples(ctx, t.path, sets, recognise.Look{Workers: d.o.Workers}, d.judge.Tables)
		if err != nil {
			return nil, err
		}
		for i := range counts {
			counts[i] += len(seen[i])
		}
	}
	return counts, nil
}

func keyRank(c *columnDraft) int {
	switch name := c.field.Field.Name; {
	case name == "line_id" || name == "order_id" || name == "invoice_id":
		return 0
	case name == "product_id":
		return 1 // what the lines of one order differ in, and its customer is not
	case strings.HasSuffix(name, "_id"):
		return 2
	case c.field.Field.Type == "date" || c.field.Field.Type == "timestamp":
		return 3
	}
	return 4
}

// keySets lists combinations: of two, then three, then four columns.
func keySets(columns []*columnDraft) [][]*columnDraft {
	const mostCandidates = 8
	columns = columns[:min(len(columns), mostCandidates)]
	var sets [][]*columnDraft
	for size := 2; size <= mostKeyColumns; size++ {
		var pick func(from int, set []*columnDraft)
		pick = func(from int, set []*columnDraft) {
			if len(set) == size {
				sets = append(sets, slices.Clone(set))
				return
			}
			for i := from; i < len(columns); i++ {
				pick(i+1, append(set, columns[i]))
			}
		}
		pick(0, nil)
	}
	return sets
}
