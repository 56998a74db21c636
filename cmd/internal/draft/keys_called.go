package draft

import (
	"context"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// dropCalled takes the id of a customer from a column that is called as one by a
// bare word, no id ("Guests", "Ansprechpartner"), where what the rows say of who
// it is differs wherever its values come again, and no other table beside has
// them: how many came, or whom to ask for. Several customers were one.
func (d *drafter) dropCalled(ctx context.Context, t *table) error {
	c := t.byField("customer_id")
	words := d.judge.Tables
	if t.feed.shipped != nil || t.path != "" || c == nil || !words.NamesCustomer(c.profile.Says()) || words.IDOf(c.profile.Says()) != "" {
		return nil
	}
	again := c.profile.Filled - t.feed.distinct(c.profile.Name)
	if again < 1 || d.isKnown(t, c) {
		return nil
	}
	var sets [][]string
	for _, o := range t.order {
		if o.party != nil && tellsWho(o.party.Field.Name) && t.fillShare(o) >= keyFilled {
			sets = append(sets, []string{c.profile.Name, o.profile.Name})
		}
	}
	if len(sets) == 0 {
		return nil
	}
	pairs, err := d.combinations(ctx, t, sets)
	if err != nil {
		return err
	}
	const mostly = .5
	differ := float64(slices.Min(pairs) - t.feed.distinct(c.profile.Name))
	if differ > mostly*float64(again) {
		c.field = nil
	}
	return nil
}

// isKnown says whether the values of a column are ids of the rows of another
// file.
func (d *drafter) isKnown(t *table, c *columnDraft) (known bool) {
	const some = .3
	d.eachTable(func(f *feed, u *table) {
		if key := u.byField(recognise.KeyField(u.entity())); f != t.feed && key != nil && within(c, key) >= some {
			known = true
		}
	})
	return known
}
