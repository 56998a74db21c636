package draft

import (
	"context"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// dropOtherNames takes names, addresses and numbers of rows that name their
// customer by an id for nobody's where one customer has many of them: the name
// of an order or deal is no name of who bought. Where nothing is left that says
// who somebody is, what remains is not about the customer either.
func (d *drafter) dropOtherNames(ctx context.Context, t *table, id *columnDraft) error {
	const fewestOf, many = 1.2, 1.5 // rows, and texts, for each customer
	sets := [][]string{{id.profile.Name}}
	var told []recognise.FieldColumn
	for _, f := range t.verdict.Party {
		if tellsWho(f.Field.Name) && f.Column.Filled > 0 {
			told, sets = append(told, f), append(sets, []string{id.profile.Name, f.Column.Name})
		}
	}
	if len(told) == 0 {
		return nil
	}
	counts, err := d.combinations(ctx, t, sets)
	if err != nil || counts[0] < sameKeys || float64(t.survey.Rows) < fewestOf*float64(counts[0]) {
		return err
	}
	left := 0
	for i, f := range told {
		if float64(counts[i+1]) < many*float64(counts[0]) {
			left++
			continue
		}
		t.dropParty(func(p recognise.FieldColumn) bool { return p.Column == f.Column })
	}
	if left == 0 {
		t.dropParty(func(recognise.FieldColumn) bool { return true })
	}
	return nil
}

// dropParty takes columns for none that say who a row's customer is.
func (t *table) dropParty(isOne func(recognise.FieldColumn) bool) {
	t.verdict.Party = slices.DeleteFunc(slices.Clone(t.verdict.Party), func(f recognise.FieldColumn) bool {
		if !isOne(f) {
			return false
		}
		if c := t.columns[f.Column.Name]; c != nil {
			c.party = nil
		}
		return true
	})
}
