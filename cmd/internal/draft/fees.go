package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// charges are rows of lines or payments that a marketplace or payment service
// charges for its work: no customer bought or paid them.
type charges struct {
	column *columnDraft
	words  []string
}

// findCharges finds rows of lines and payments that a column of types calls
// fees, in the settlements of marketplaces. Who sells a service charges fees,
// too: those are not below zero.
func (d *drafter) findCharges(ctx context.Context) error {
	var failed error
	d.eachTable(func(f *feed, t *table) {
		amount := t.byField("amount")
		if isLine(t) {
			amount = t.byField("line_amount")
		}
		if failed != nil || f.shipped != nil || amount == nil || t.path != "" || t.led != nil || !isLine(t) && t.entity().Name != "payment" {
			return
		}
		for _, c := range t.order {
			words, others := d.chargeWords(c)
			if len(words) == 0 || others == 0 {
				continue
			}
			isCharged, err := d.isCharged(ctx, t, c, amount, words)
			if failed = err; err != nil {
				return
			}
			if isCharged {
				t.charges = &charges{column: c, words: words}
				return
			}
		}
	})
	return failed
}

// chargeWords are the words of a column of types that mean fees, and how many
// others it has.
func (d *drafter) chargeWords(c *columnDraft) (words []string, others int) {
	const most = 40
	seen := c.profile.Sample()
	if len(seen) > most || c.party != nil || !d.judge.Tables.TellsType(c.profile.Says()) {
		return nil, 0
	}
	for _, v := range seen {
		if d.judge.Tables.IsCharge(v.Text) {
			words = append(words, v.Raw)
		}
	}
	slices.Sort(words)
	return words, len(seen) - len(words)
}

// isCharged says whether most amounts of rows with some words are below zero,
// and most others are not.
func (d *drafter) isCharged(ctx context.Context, t *table, kind, amount *columnDraft, words []string) (bool, error) {
	const most = .5
	kinds, err := d.textsOf(ctx, t, kind)
	if err != nil {
		return false, err
	}
	amounts, err := d.textsOf(ctx, t, amount)
	if err != nil {
		return false, err
	}
	var rows, below [2]int
	for i := range min(len(kinds), len(amounts)) {
		if kinds[i] == "" || amounts[i] == "" {
			continue
		}
		of := 0
		if slices.Contains(words, kinds[i]) {
			of = 1
		}
		rows[of]++
		if strings.ContainsAny(amounts[i], "-−(") {
			below[of]++
		}
	}
	return rows[1] >= fewestTold && float64(below[1]) > most*float64(rows[1]) && float64(below[0]) < most*float64(rows[0]), nil
}

// leaveCharges leaves such rows out of the objects that a table is read as.
func (t *table) leaveCharges(objects []objectText) {
	if t.charges == nil {
		return
	}
	name := t.charges.column.profile.Name
	for i := range objects {
		o := &objects[i]
		o.only = append(o.only, wordsOnly{column: name, words: t.charges.words, not: true})
		if !o.has(name) {
			o.add(propertyText{name: name, why: "tells what the row is"})
		}
		for k := range o.properties {
			if p := &o.properties[k]; p.name == name {
				p.why += fmt.Sprintf("; rows of %s are charged to the seller: no customer pays them", strings.Join(t.charges.words, ", "))
			}
		}
	}
}
