package draft

import (
	"fmt"
	"slices"

	"loadstar/schemas"
)

// moneyRows says what the rows of a payment service's download are, by the words
// of the column that tells their type.
type moneyRows struct {
	column    *columnDraft
	payments  []string
	refunds   []string
	transfers []string // of the service's own money, and its fees: nobody paid
}

// findMoneyRows finds the column that tells payments from refunds and transfers.
// ok is false where none does, or it tells of payments alone.
func (d *drafter) findMoneyRows(t *table) (m moneyRows, ok bool) {
	const most = 40
	if t.entity().Name != "payment" || t.path != "" || t.led != nil {
		return m, false
	}
	for _, c := range t.order {
		seen := c.profile.Sample()
		if len(seen) < 2 || len(seen) > most || c.party != nil || c.profile.Filled < t.survey.Rows || !d.judge.Tables.TellsType(c.profile.Says()) {
			continue
		}
		m = moneyRows{column: c}
		isKnown := false
		for _, v := range seen {
			switch meaning := d.judge.Tables.MoneyRow(v.Text); meaning {
			case "refund":
				m.refunds = append(m.refunds, v.Raw)
			case "transfer":
				m.transfers = append(m.transfers, v.Raw)
			default:
				m.payments = append(m.payments, v.Raw)
				isKnown = isKnown || meaning == "payment"
			}
		}
		if isKnown && len(m.refunds)+len(m.transfers) > 0 {
			for _, words := range [][]string{m.payments, m.refunds, m.transfers} {
				slices.Sort(words)
			}
			return m, true
		}
	}
	return m, false
}

// paymentObjects parts the rows of a payment service: payments, refunds with
// the payment that they give back, and what is neither, which is set aside.
func (d *drafter) paymentObjects(t *table, objects []objectText) []objectText {
	m, ok := d.findMoneyRows(t)
	if !ok {
		if refund, ok := d.refundBeside(t, objects[0]); ok {
			objects = append(objects, refund)
		}
		return objects
	}
	only := func(o *objectText, words []string) {
		o.only = append(o.only, wordsOnly{column: m.column.profile.Name, words: words})
		if !o.has(m.column.profile.Name) {
			o.add(propertyText{name: m.column.profile.Name, why: "tells what the row is"})
		}
		for i := range o.properties {
			if p := &o.properties[i]; p.name == m.column.profile.Name {
				p.nulls = append(p.nulls, m.transfers...)
				p.why += fmt.Sprintf("; of its words %d are of payments, %d of refunds, the others of no customer's money", len(m.payments), len(m.refunds))
			}
		}
	}
	if len(m.refunds) > 0 {
		if refund, ok := d.refundObject(t, objects[0]); ok {
			only(&refund, m.refunds)
			objects = append(objects, refund)
		}
	}
	for i := range objects {
		switch objects[i].entity {
		case "payment":
			only(&objects[i], m.payments)
		case "customer":
			only(&objects[i], append(slices.Clone(m.payments), m.refunds...))
		}
	}
	return objects
}

// refundObject reads rows that are laid out as payments as refunds.
func (d *drafter) refundObject(t *table, payments objectText) (o objectText, ok bool) {
	entity, err := schemas.EntityNamed("refund")
	if err != nil || t.key.hash || len(t.key.columns) == 0 {
		return o, false
	}
	o = objectText{name: "refunds", entity: entity.Name, why: "its rows give money back", repeats: payments.repeats, references: payments.references}
	for _, p := range payments.properties {
		switch p.field {
		case "payment_id":
			p.field = "refund_id"
		case "paid_at":
			p.field = "at"
		case "amount":
			c := t.columns[p.name]
			p.negate = c != nil && c.profile.Deep.Numbers.Negative > 0
		case "":
			if c := t.columns[p.name]; c != nil && d.namesPayment(t, c) {
				p.field, p.logical, p.why = "payment_id", "", "names another row: the payment that is given back"
				break
			}
			if p.key == 0 && !p.version {
				continue
			}
		default:
			if _, isField := entity.Field(p.field); !isField {
				continue
			}
		}
		o.add(p)
	}
	return o, o.feeds("amount")
}

// refundBeside reads what payments say was given back of them, in a column
// beside the amount, as refunds.
func (d *drafter) refundBeside(t *table, payments objectText) (o objectText, ok bool) {
	const nearlyAll = .9
	id := t.byField("payment_id")
	if t.entity().Name != "payment" || t.path != "" || t.led != nil || id == nil || len(t.key.columns) != 1 || t.key.columns[0] != id {
		return o, false
	}
	at := slices.IndexFunc(t.order, func(c *columnDraft) bool {
		p := c.profile
		isAmount := c.field == nil && c.party == nil && p.Filled > 0 && p.DateShare() == 0 && float64(p.Deep.Numbers.Numbers) >= nearlyAll*float64(p.Filled)
		return isAmount && d.judge.Tables.MoneyRow(p.Says()) == "refund" && d.judge.Tables.MayMean(p.Says(), "payment", "amount")
	})
	if at < 0 {
		return o, false
	}
	back := t.order[at]
	o = objectText{
		name: "refunds", entity: "refund", when: []string{back.profile.Name}, repeats: payments.repeats, references: payments.references,
		why: fmt.Sprintf("%q says what was given back of a payment", back.profile.Name),
	}
	o.add(propertyText{name: id.profile.Name, field: "refund_id", key: 1, required: true, prefix: "refunded:", why: "the payment's id"})
	o.add(propertyText{name: "payment", field: "payment_id", aliases: []string{id.profile.Name}, prefix: t.prefixes["payment_id"], why: "the payment that is given back"})
	for _, p := range payments.properties {
		if slices.Contains([]string{"customer_id", "invoice_id", "order_id", "currency_code", "method"}, p.field) {
			p.required = false
			o.add(p)
		}
	}
	amount := propertyText{name: back.profile.Name, logical: "number", field: "amount", nulls: append(nullWords(back.profile), zeros(back)...), unit: back.unit, why: "nothing was given back where it is 0"}
	amount.negate = back.profile.Deep.Numbers.Negative > 0
	o.add(amount)
	return o, true
}

// namesPayment says whether a column, which some rows fill, holds ids of other
// rows.
func (d *drafter) namesPayment(t *table, c *columnDraft) bool {
	const some = .3
	key := t.byField("payment_id")
	return key != nil && c != key && c.profile.Filled > 0 && c.profile.Filled < t.survey.Rows && c.profile.IsKeyLike() && within(c, key) >= some
}
