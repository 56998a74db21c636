package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// partSuppliers leaves the rows of a table of customers out that a column marks
// as suppliers and another as no customers: who is both stays. There is an
// object each for those who supply nothing and those who do.
func (d *drafter) partSuppliers(objects []objectText, t *table) []objectText {
	if name := t.entity().Name; name != "customer" && name != "account" || t.path != "" || t.feed.shipped != nil {
		return objects
	}
	supplies, buys := d.markOf(t, d.saysSupplier), d.markOf(t, d.judge.Tables.NamesCustomer)
	if supplies == nil || buys == nil || supplies.columnDraft == buys.columnDraft {
		return objects
	}
	why := fmt.Sprintf("; whom %q marks and %q does not is a supplier and no customer", supplies.profile.Name, buys.profile.Name)
	var parted []objectText
	for _, o := range objects {
		both := o
		o.only = append(slices.Clone(o.only), wordsOnly{column: supplies.profile.Name, words: append([]string{""}, supplies.no...), leave: true})
		both.only = append(slices.Clone(both.only), wordsOnly{column: supplies.profile.Name, words: supplies.yes, leave: true},
			wordsOnly{column: buys.profile.Name, words: buys.yes, leave: true})
		both.name += "_who_supply"
		both.properties = slices.Clone(o.properties)
		o.why, both.why = o.why+why, both.why+why
		parted = append(parted, o, both)
	}
	return parted
}

// isPurchase says whether the documents of a table name a supplier and nobody
// else.
func (d *drafter) isPurchase(t *table, v recognise.Verdict) bool {
	if !slices.Contains([]string{"order", "invoice", "payment"}, v.Entity.Name) || t.path != "" {
		return false
	}
	isWhose := func(says func(string) bool) bool {
		return slices.ContainsFunc(t.survey.Columns, func(p *recognise.Profile) bool { return p.Filled > 0 && says(p.Says()) })
	}
	return isWhose(d.saysSupplier) && !isWhose(d.judge.Tables.NamesCustomer) && !slices.ContainsFunc(v.Fields, func(f recognise.FieldColumn) bool {
		return f.Field.Name == "customer_id" && !d.saysSupplier(f.Column.Says())
	})
}

// mark is a column that marks some rows of a table.
type mark struct {
	*columnDraft
	yes, no []string
}

// markOf finds a column that is called so and holds yes and no, or numbers of
// kinds of which 0 is none; nil where there is none.
func (d *drafter) markOf(t *table, isCalled func(header string) bool) *mark {
	const mostWords = 6
	for _, c := range t.order {
		seen := c.profile.Sample()
		if c.field != nil || c.party != nil || len(seen) > mostWords || c.profile.Deep.Distinct() != len(seen) || !isCalled(c.profile.Says()) {
			continue
		}
		m, isMark := mark{columnDraft: c}, true
		for _, v := range seen {
			isYes, known := d.judge.Clean.Bool(v.Text)
			if !known && c.profile.Deep.Numbers.Whole == c.profile.Filled {
				isYes, known = v.Text != "0", true
			}
			isMark = isMark && known
			if isYes {
				m.yes = append(m.yes, v.Raw)
			} else {
				m.no = append(m.no, v.Raw)
			}
		}
		slices.Sort(m.yes)
		slices.Sort(m.no)
		if isMark && len(m.yes) > 0 && len(m.no) > 0 {
			return &m
		}
	}
	return nil
}

// saysSupplier says whether a header speaks of those whom the company buys from.
func (d *drafter) saysSupplier(header string) bool {
	return slices.ContainsFunc(recognise.HeaderTokens(header), func(w string) bool {
		return slices.Contains([]string{
			"supplier", "vendor", "lieferant", "kreditor", "fournisseur", "proveedor", "fornitore", "leverancier", "dostawca", "fornecedor", "leverantor", "tedarikci", "dodavatel",
		}, w)
	})
}
