package draft

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// settled is what invoices say themselves of how they were paid: the day, how
// much, or only that they were. nil = nothing does.
type settled struct{ on, amount, flag *columnDraft }

// settledBy finds the columns of a list of invoices that are called as paid.
func (d *drafter) settledBy(t *table) (s settled) {
	if t.entity().Name != "invoice" || t.path != "" || t.led != nil || t.feed.shipped != nil {
		return s
	}
	for _, c := range t.order {
		if c.field != nil || c.party != nil || c.profile.Filled == 0 || !d.judge.Tables.SaysPaid(c.profile.Says()) {
			continue
		}
		_, isFlag := d.judge.Answers(c.profile)
		switch {
		case c.momentType() != "" || c.openDate:
			s.on = c
		case isFlag:
			s.flag = c
		case c.profile.Deep.Numbers.Numbers == c.profile.Filled:
			s.amount = c
		}
	}
	return s
}

// paidObject makes a payment of each invoice that says when it was paid, or how
// much, where no feed of the system tells of payments. ok is false where none
// says so.
func (d *drafter) paidObject(t *table) (o objectText, ok bool) {
	s := d.settledBy(t)
	entity, err := schemas.EntityNamed("payment")
	id, total := t.byField("invoice_id"), t.byField("total_amount")
	if err != nil || s.on == nil && s.amount == nil || id == nil || s.amount == nil && total == nil || t.key.hash || d.tellsPayments(t.feed.system) {
		return o, false
	}
	o = objectText{name: "payments", entity: entity.Name, repeats: t.key.repeats, references: t.references, why: "no feed tells of payments: each invoice that says that it was paid is one"}
	o.addWhole(t, id, "the invoice that is paid")
	o.add(propertyText{name: "payment_id", field: "payment_id", aliases: []string{id.profile.Name}, why: "the invoice's id"})
	amount := total
	if s.amount != nil {
		amount = s.amount
	}
	add := func(c *columnDraft, field, why string) {
		f, _ := entity.Field(field)
		p := d.property(t, c, &recognise.FieldColumn{Column: c.profile, Field: f, Why: why})
		p.required = false
		o.add(p)
	}
	add(amount, "amount", "what was paid")
	if s.amount != nil {
		o.when = append(o.when, s.amount.profile.Name)
		p := &o.properties[o.propertyOf(s.amount)]
		p.nulls = append(p.nulls, zeros(s.amount)...)
	}
	if s.on != nil {
		o.when = append(o.when, s.on.profile.Name)
		add(s.on, "paid_at", "when it was paid")
	}
	if c := t.byField("currency_code"); c != nil {
		add(c, "currency_code", "as the invoice's")
	}
	return o, true
}

// addPaid takes a column of yes and no that says whether an invoice was paid for
// its status, where no other says how it stands.
func (d *drafter) addPaid(o *objectText, t *table) {
	s := d.settledBy(t)
	if s.flag == nil || o.feeds("status") || o.has("status") {
		return
	}
	answers, _ := d.judge.Answers(s.flag.profile)
	o.properties[o.propertyOf(s.flag)] = propertyText{
		name: s.flag.profile.Name, field: "status", nulls: answers.No, words: meaning(answers.Yes, "paid"),
		why: fmt.Sprintf("%q says whether it was paid", s.flag.profile.Name),
	}
}

// addVoid takes a column of yes and no that says whether an invoice was called
// off for its status, before any other that says how it stands.
func (d *drafter) addVoid(o *objectText, t *table) {
	if t.entity().Name != "invoice" || t.path != "" || t.feed.shipped != nil {
		return
	}
	called := d.flag(o, t, func(c *columnDraft) bool { return d.judge.Tables.MayMean(c.profile.Says(), "order", "is_cancelled") })
	if called == nil {
		return
	}
	yes, no, _ := d.yesAndNo(called)
	void := propertyText{
		name: called.profile.Name, field: "status", nulls: no, words: meaning(yes, "void"), why: fmt.Sprintf("%q says whether it was called off", called.profile.Name),
	}
	if at := slices.IndexFunc(o.properties, func(p propertyText) bool { return p.field == "status" }); at >= 0 {
		was := &o.properties[at]
		if was.from != "" || t.columns[was.name] == nil {
			return
		}
		void.otherwise = append([]elseText{{column: was.name, nulls: was.nulls, words: was.words}}, was.otherwise...)
		void.why += fmt.Sprintf("; else %q tells how it stands", was.name)
		was.field, was.required, was.otherwise, was.words, was.nulls = "", false, nil, nil, nil
		was.why = fmt.Sprintf("read where %q says nothing", called.profile.Name)
	}
	o.properties[o.propertyOf(called)] = void
}

// tellsPayments says whether a feed of the system tells of payments.
func (d *drafter) tellsPayments(system string) bool {
	told := false
	d.eachTable(func(f *feed, u *table) { told = told || f.system == system && u.entity().Name == "payment" })
	return told
}

// zeros lists how a column writes that there is nothing.
func zeros(c *columnDraft) []string {
	var none []string
	for _, v := range c.profile.Sample() {
		if strings.Trim(v.Text, "0.,-") == "" {
			none = append(none, v.Raw)
		}
	}
	slices.Sort(none)
	return none
}
