package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
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
		return d.leaveKinds(objects, t, kinds)
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
	if d.hasContacts(t) {
		o := objectText{name: "suppliers", entity: "account", repeats: t.key.repeats, why: "whom the company buys from: their contacts are no customers", only: []wordsOnly{
			{column: supplies.profile.Name, words: supplies.yes, leave: true}, {column: buys.profile.Name, words: append([]string{""}, buys.no...), leave: true},
		}}
		o.add(t.accountID())
		o.add(propertyText{name: isSupplier, field: isSupplier, logical: "boolean", constant: "true", why: "each of these rows is one"})
		parted = append(parted, o)
	}
	return parted
}

// isSupplier is the field of accounts that says whom the company buys from.
const isSupplier = "is_supplier"

// leaveKinds leaves out the rows that a column of kinds calls suppliers. Where
// contacts name the rows of the table, they stay accounts, marked as what they
// are: whoever is a contact of theirs is no customer.
func (d *drafter) leaveKinds(objects []objectText, t *table, kinds *mark) []objectText {
	hasContacts, isKept := d.hasContacts(t), false
	var words []string
	for _, w := range kinds.yes {
		words = append(words, regexp.QuoteMeta(w))
	}
	mark := propertyText{
		name: isSupplier, field: isSupplier, aliases: []string{kinds.profile.Name}, matches: "^(" + strings.Join(words, "|") + ")$",
		why: fmt.Sprintf("%q says so: contacts of suppliers are no customers", kinds.profile.Name),
	}
	for i := range objects {
		o := &objects[i]
		if o.entity == "account" && hasContacts {
			o.add(mark)
			isKept = true
			continue
		}
		o.only = append(slices.Clone(o.only), wordsOnly{column: kinds.profile.Name, words: kinds.yes, not: true})
		o.why += fmt.Sprintf("; whom %q calls a supplier is no customer", kinds.profile.Name)
	}
	if hasContacts && !isKept {
		o := objectText{name: "accounts", entity: "account", repeats: t.key.repeats, why: "contacts name its rows as their accounts"}
		o.add(t.accountID())
		o.add(propertyText{name: "customer_id", field: "customer_id", aliases: []string{t.key.columns[0].profile.Name}, prefix: t.prefix, why: "the customer that the account is"})
		o.add(mark)
		objects = append(objects, o)
	}
	return objects
}

// accountID maps the key of a table onto that of an account.
func (t *table) accountID() propertyText {
	return propertyText{name: t.key.columns[0].profile.Name, field: "account_id", key: 1, required: true, why: "the account's id"}
}

// nameAccounts takes a column of people that is called as the key of a table with
// suppliers among customers, and holds its ids, for the account that they belong
// to: whose contact somebody is tells whether they are a customer.
func (d *drafter) nameAccounts() {
	customer, err := schemas.EntityNamed("customer")
	field, ok := customer.Field("account_id")
	if err != nil || !ok {
		return
	}
	for _, f := range d.drafted() {
		t := f.root()
		supplies, buys := d.markOf(t, d.saysSupplier), d.markOf(t, d.judge.Tables.NamesCustomer)
		isParty := t.entity().Name == "customer" || t.entity().Name == "account"
		if !isParty || f.shipped != nil || len(t.key.columns) != 1 || t.key.parent || t.key.hash || d.supplierKinds(t, supplies, buys) == nil && (supplies == nil || buys == nil) {
			continue
		}
		key := t.key.columns[0]
		d.eachTable(func(g *feed, u *table) {
			if u == t || g.system != f.system || g.shipped != nil || u.entity().Name != "customer" || u.byField("account_id") != nil {
				return
			}
			for _, c := range u.order {
				isCalled := recognise.FoldKey(c.profile.Name) == recognise.FoldKey(key.profile.Name) && !d.judge.Tables.IsIDWord(c.profile.Says())
				if c.field == nil && c.party == nil && isCalled && !slices.Contains(u.key.columns, c) && within(c, key) >= refersFrom {
					c.field = &recognise.FieldColumn{Column: c.profile, Field: field, Sure: 3, Why: fmt.Sprintf("it is called as the key of %s and holds its ids", t.feed.name)}
					return
				}
			}
		})
	}
}

// hasContacts says whether people of the same system name the rows of a table as
// the accounts that they belong to.
func (d *drafter) hasContacts(t *table) bool {
	if len(t.key.columns) != 1 || t.key.parent || t.key.hash {
		return false
	}
	return slices.ContainsFunc(d.drafted(), func(f *feed) bool {
		return f.system == t.feed.system && slices.ContainsFunc(f.tables, func(u *table) bool {
			c := u.byField("account_id")
			return u != t && c != nil && slices.Contains([]string{"customer", "contact"}, u.entity().Name) && within(c, t.key.columns[0]) >= refersFrom
		})
	})
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
func (d *drafter) saysSupplier(header string) bool { return d.judge.Tables.SaysSupplier(header) }
