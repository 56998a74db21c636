package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// wholeLine makes one line of each order or invoice whose lines no feed tells:
// sums of orders and invoices are sums of lines. ok is false where lines are
// told, or nothing names the document or its amount.
func (d *drafter) wholeLine(t *table) (o objectText, ok bool) {
	of := t.entity().Name
	if of != "order" && of != "invoice" || t.led != nil || t.path != "" || !t.key.exists() || d.hasLines(t) {
		return o, false
	}
	isNumbered := !t.key.hash // nobody numbered them: the text of the row names order and line
	if !isNumbered && (len(t.key.columns) > 0 || !t.key.anew && !t.needsOwnIDs()) {
		return o, false
	}
	id, amount := t.byField(of+"_id"), d.netAmount(t)
	if amount == nil {
		amount = t.byField("total_amount")
	}
	entity, err := schemas.EntityNamed(of + "_line")
	if err != nil || id == nil && isNumbered || amount == nil || amount.profile.Filled == 0 {
		return o, false
	}
	o = objectText{
		name: pluralOf(entity.Name), entity: entity.Name, repeats: t.key.repeats,
		why: fmt.Sprintf("no feed tells the lines of these %ss: each is one line, of its amount", of),
	}
	for i, c := range t.key.columns {
		p := propertyText{name: c.profile.Name, key: i + 1, required: true, nulls: nullWords(c.profile)}
		if c == id {
			p.field = of + "_id"
		}
		o.add(p)
	}
	if !isNumbered {
		o.add(propertyText{name: "row_text", from: "$hash", field: of + "_id", key: 1, why: t.key.why})
	} else if !slices.Contains(t.key.columns, id) {
		o.add(propertyText{name: id.profile.Name, field: of + "_id", nulls: nullWords(id.profile)})
	}
	d.addAmount(&o, t, amount, entity)
	o.when = []string{amount.profile.Name}
	d.addProofs(&o, t)
	if v := d.versionOf(t); v != nil && !o.has(v.profile.Name) {
		o.add(d.property(t, v, nil))
		d.setVersion(&o, t)
	}
	return o, true
}

// noteUndated says of orders and invoices that no column dates what becomes of
// them, and how to date them.
func (d *drafter) noteUndated() {
	d.eachTable(func(f *feed, t *table) {
		field := map[string]string{"order": "ordered_at", "invoice": "invoiced_on"}[t.entity().Name]
		if field == "" || f.shipped != nil || t.byField(field) != nil {
			return
		}
		f.notes = append(f.notes,
			fmt.Sprintf("no column says when its %ss were made: they count in sums of all time and in no month. Ask for an export with their date", t.entity().Name),
			fmt.Sprintf("or give object %s one day for all: - {name: %s, logicalType: timestamp, customProperties: [{property: field, value: %s}, {property: constant, value: 2026-01-31}]}", objectName(t), field, field))
	})
}

// findOneLiners parts orders and invoices that say on their one row which
// product was sold, how many and at what price: they have a line each.
func (d *drafter) findOneLiners(ctx context.Context) error {
	failed := d.wholesOfLines(ctx)
	d.eachTable(func(f *feed, t *table) {
		of := t.entity().Name
		line, err := schemas.EntityNamed(of + "_line")
		isOne := (of == "order" || of == "invoice") && err == nil && f.shipped == nil && len(f.tables) == 1 && t.path == "" && t.led == nil && len(t.key.columns) == 1 && !t.key.hash
		if failed != nil || !isOne || t.key.columns[0] != t.byField(of+"_id") || f.parts[0].drop.table != "" || d.hasLines(t) {
			return
		}
		v := d.judge.As(line, recognise.Question{Names: []string{line.Name}, Columns: t.survey.Columns})
		names, told, quantity := []string{t.key.columns[0].profile.Name}, map[string]bool{}, ""
		for _, c := range v.Fields {
			isOfLine := slices.Contains([]string{"quantity", "unit_price", "product_id", "description", "line_amount", "discount_amount", "discount_percent"}, c.Field.Name)
			if isOfLine && c.Sure > 1 && c.Column.Filled > 0 && c.Column.Name != names[0] {
				told[c.Field.Name], names = true, append(names, c.Column.Name)
				if c.Field.Name == "quantity" {
					quantity = c.Column.Name
				}
			}
		}
		if !told["quantity"] || !told["unit_price"] && !told["product_id"] {
			return
		}
		priced := map[string]string{} // fields by column
		if !told["unit_price"] || !told["line_amount"] {
			price, amount, err := d.priceOneLiner(ctx, t, quantity)
			total := t.byField("total_amount")
			if err != nil {
				failed = err
				return
			}
			switch {
			case amount != "":
				priced[price], priced[amount] = "unit_price", "line_amount"
				names = append(names, price, amount)
			case told["unit_price"] || told["line_amount"]:
			case total != nil && total.profile.Filled > 0:
				priced[total.profile.Name] = "line_amount"
				names = append(names, total.profile.Name)
			}
		}
		slices.Sort(names[1:])
		names = slices.Compact(names)
		lines := &table{feed: f, survey: t.survey.Of(names, t.survey.Rows), verdict: v}
		lines.verdict.Party, lines.verdict.Place = nil, nil
		lines.setColumns()
		for _, c := range lines.order {
			if c.field != nil && (c.field.Field.Name == of+"_id" || c.field.Field.Name == "line_id") {
				c.field = nil
			}
		}
		why := "each row also says what was sold"
		for name, field := range priced {
			lines.setField(lines.columns[name], field, "the amount of its one line, as the numbers show")
		}
		lines.setField(lines.columns[names[0]], of+"_id", why)
		t.led = &led{key: names[0], whole: names, lines: names, once: true}
		t.key.repeats = true
		for _, c := range t.order {
			if slices.Contains(names[1:], c.profile.Name) && c.field != nil && c.field.Field.Name != "total_amount" {
				c.field = nil
			}
		}
		f.tables = append(f.tables, lines)
		failed = d.findKey(ctx, lines)
	})
	return failed
}

// wholesOfLines takes lines for orders or invoices where each row is of another
// one, names its buyer, and no table tells of them: as lines their buyers would
// be nobody's customers.
func (d *drafter) wholesOfLines(ctx context.Context) error {
	var failed error
	d.eachTable(func(f *feed, t *table) {
		of, isOfLines := strings.CutSuffix(t.entity().Name, "_line")
		if failed != nil || !isOfLines || f.shipped != nil || len(f.tables) != 1 || t.path != "" || t.led != nil || f.parts[0].drop.table != "" {
			return
		}
		whole, err := schemas.EntityNamed(of)
		id := t.byField(of + "_id")
		if err != nil || id == nil || !t.isUnique(id) || t.byField("line_id") != nil || len(t.verdict.Party) < fewestOfBuyer || d.hasWhole(t, id, of) {
			return
		}
		q := recognise.Question{Names: f.namesOf(t), Columns: t.survey.Columns}
		lines, key := t.verdict, t.key
		t.verdict, t.key = d.judge.As(whole, q), tableKey{}
		if t.setColumns(); t.byField(of+"_id") == nil || t.byField(of+"_id").profile != id.profile {
			t.verdict, t.key = lines, key
			t.setColumns()
			return
		}
		failed = d.findKey(ctx, t)
	})
	return failed
}

// fewestOfBuyer is how many columns must speak of a buyer, that rows are taken
// for the orders of customers.
const fewestOfBuyer = 2

// hasWhole says whether another table tells of the orders or invoices that a
// column of lines names.
func (d *drafter) hasWhole(t *table, id *columnDraft, of string) bool {
	const some = .2
	found := false
	d.eachTable(func(_ *feed, u *table) {
		own := u.byField(of + "_id")
		found = found || u != t && u.entity().Name == of && own != nil && within(id, own) >= some
	})
	return found
}

// addAmount feeds the amount of the line, and its tax where the amount is
// without it.
func (d *drafter) addAmount(o *objectText, t *table, amount *columnDraft, entity schemas.Entity) {
	add := func(c *columnDraft, field, why string) {
		if f, ok := entity.Field(field); ok && c != nil {
			p := d.property(t, c, &recognise.FieldColumn{Column: c.profile, Field: f, Why: why})
			p.required = false
			o.add(p)
		}
	}
	why := "the amount without tax or shipping"
	if amount == t.net && t.netWhy != "" {
		why += ": " + t.netWhy
	}
	if amount == t.byField("total_amount") {
		why = "no other column tells the amount: write here if it is with tax"
	}
	add(amount, "line_amount", why)
	add(t.byField("tax_amount"), "tax_amount", "the tax of the whole")
	add(t.byField("currency_code"), "currency_code", "as the whole's")
}

// addProofs types what is typed in the document: a row that is refused there is
// refused here as well.
func (d *drafter) addProofs(o *objectText, t *table) {
	for _, c := range t.order {
		isOfParty := c.field == nil && (c.party != nil || len(c.profile.Inner()) > 0 || c.profile.Deep.Records > 0)
		if isOfParty || c.openDate || o.has(c.profile.Name) {
			continue
		}
		p := d.property(t, c, c.field)
		if p.logical == "" || p.logical == "boolean" {
			continue
		}
		p.field, p.words, p.why = "", nil, "as the whole has it: a row that is wrong there has no line either"
		o.add(p)
	}
}

// netAmount is the column of a document's amount without tax or shipping, nil
// where neither a header nor the numbers say so.
func (d *drafter) netAmount(t *table) *columnDraft {
	const nearlyAll = .9
	for _, c := range t.order {
		n := c.profile.Deep.Numbers
		isAmount := (c.field == nil || c.field.Field.Name == "total_amount") && c.party == nil && n.Symbols["%"] == 0 &&
			t.fillShare(c) >= nearlyAll && float64(n.Numbers) >= nearlyAll*float64(c.profile.Filled)
		if isAmount && d.judge.Tables.IsNet(c.profile.Says()) {
			return c
		}
	}
	return t.net
}

// hasLines says whether a feed, or an array of this one, tells the lines of a
// table's orders or invoices.
func (d *drafter) hasLines(t *table) bool {
	const some = .2
	of, found := t.entity().Name, false
	id := t.byField(of + "_id")
	d.eachTable(func(f *feed, u *table) {
		if u == t || u.entity().Name != of+"_line" {
			return
		}
		ref := u.byField(of + "_id")
		found = found || f == t.feed || id != nil && ref != nil && within(ref, id) >= some
	})
	return found
}
