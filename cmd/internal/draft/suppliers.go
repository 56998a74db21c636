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
	if kinds := d.supplierKinds(t, supplies, buys); kinds != nil {
		for i := range objects {
			objects[i].only = append(slices.Clone(objects[i].only), wordsOnly{column: kinds.profile.Name, words: kinds.yes, not: true})
			objects[i].why += fmt.Sprintf("; whom %q calls a supplier is no customer", kinds.profile.Name)
		}
		return objects
	}
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

// supplierKinds finds the column that alone tells who supplies: one of yes and no, of
// partners whom no name calls customers, or one of kinds of which some are words
// for suppliers.
func (d *drafter) supplierKinds(t *table, supplies, buys *mark) *mark {
	const mostKinds = 30
	if supplies != nil {
		if buys == nil && !slices.ContainsFunc(t.feed.namesOf(t), d.judge.Tables.NamesCustomer) {
			return supplies
		}
		return nil
	}
	for _, c := range t.order {
		seen := c.profile.Sample()
		isFree := c.party == nil && (c.field == nil || slices.Contains([]string{"status", "party_type"}, c.field.Field.Name))
		if !isFree || len(seen) < 2 || len(seen) > mostKinds || c.profile.Deep.Distinct() != len(seen) || 2*len(seen) > t.survey.Rows {
			continue
		}
		m := mark{columnDraft: c}
		for _, v := range seen {
			if d.saysSupplier(v.Text) && !d.judge.Tables.NamesCustomer(v.Text) {
				m.yes = append(m.yes, v.Raw)
			}
		}
		if slices.Sort(m.yes); len(m.yes) > 0 && len(m.yes) < len(seen) {
			return &m
		}
	}
	return nil
}

// isPurchase says whether the documents of a table name a supplier and nobody
// else, or are called purchases.
func (d *drafter) isPurchase(t *table, v recognise.Verdict) bool {
	isCalled := d.isCalledPurchase(t)
	isLine := slices.Contains([]string{"order_line", "invoice_line"}, v.Entity.Name)
	if t.path != "" || !slices.Contains([]string{"order", "invoice", "payment"}, v.Entity.Name) && !(isLine && isCalled) {
		return false
	}
	isWhose := func(says func(string) bool) bool {
		return slices.ContainsFunc(t.survey.Columns, func(p *recognise.Profile) bool { return p.Filled > 0 && says(p.Says()) })
	}
	return (isWhose(d.saysSupplier) || isCalled) && !isWhose(d.judge.Tables.NamesCustomer) && !slices.ContainsFunc(v.Fields, func(f recognise.FieldColumn) bool {
		return f.Field.Name == "customer_id" && !d.saysSupplier(f.Column.Says())
	})
}

// isCalledPurchase says whether a table is called purchase orders, or a
// supplier's documents, or purchases where another beside it is called sales.
func (d *drafter) isCalledPurchase(t *table) bool {
	holds := func(f *feed, words ...string) bool {
		return slices.ContainsFunc(recognise.HeaderTokens(f.parts[0].drop.plain), func(w string) bool { return slices.Contains(words, w) })
	}
	buys := []string{"purchase", "purchases", "purchasing", "einkauf", "einkaufe", "achat", "achats", "compra", "compras", "acquisto", "acquisti", "inkoop", "inkopen", "zakup", "zakupy", "inkop", "nakup", "nakupy"}
	sells := []string{"sale", "sales", "verkauf", "verkaufe", "vente", "ventes", "venta", "ventas", "vendita", "vendite", "verkoop", "verkopen", "sprzedaz", "venda", "vendas", "forsaljning", "prodej", "prodeje"}
	name := t.feed.parts[0].drop.plain
	if d.saysSupplier(name) || holds(t.feed, "purchase", "po") && holds(t.feed, "order", "orders", "invoice", "invoices", "bill", "bills", "line", "lines", "item", "items", "header", "headers") {
		return true
	}
	return holds(t.feed, buys...) && slices.ContainsFunc(d.feeds, func(f *feed) bool { return sameDrop(f, t.feed) && holds(f, sells...) })
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
			"suppliers", "vendors", "lieferanten", "kreditoren", "fournisseurs", "proveedores", "fornitori", "leveranciers", "dostawcy", "fornecedores", "leverantorer", "dodavatele", "leverandor",
		}, w)
	})
}
