package sample

import (
	"fmt"
	"strconv"
)

// touch is one activity of the CRM.
type touch struct {
	kind, direction, touchpoint, subject, outcome string
	minutes                                       int
}

func touchAt(s stage) touch {
	switch s {
	case suspect:
		return touch{"mail", "out", "mail", "Your windows, your energy bill", "sent", 0}
	case prospect, qualified:
		return touch{"call", "out", "call centre", "First call", "reached", 7}
	case appointment, secondAppointment:
		return touch{"meeting", "out", "sales visit", "Visit at home", "held", 50}
	case presentation:
		return touch{"visit", "out", "sales visit", "Samples shown", "held", 75}
	case proposal:
		return touch{"mail", "out", "mail", "Your quote", "sent", 0}
	}
	return touch{"call", "in", "call centre", "Decision", "reached", 12}
}

// pursuitActivities writes one touch for each stage that pursuit q entered in
// this delivery, and the customer's reply to some.
func (d *delivery) pursuitActivities(q pursuit, customer, lead string) {
	r := stream(d.w.seed, forActivities, q.number, 1)
	for k, e := range q.events {
		answered := r.permille(250)
		if e.delivery != d.number {
			continue
		}
		deal, leadID := "", lead
		if e.onDeal {
			deal, leadID = dealID(q.number), ""
		}
		id := q.number*64 + int64(k)*2
		t := touchAt(e.stage)
		at := e.at - 600
		campaign := ""
		if e.stage == suspect {
			campaign = d.w.creditOf(q).id
		}
		d.activity(fmt.Sprintf("T%d", id), customer, leadID, deal, campaign, d.w.staff[q.seller].id, t, "", at)
		if answered && t.kind == "mail" {
			reply := touch{kind: "reply", direction: "in", touchpoint: "mail", subject: "Re: " + t.subject, outcome: "answered"}
			d.activity(fmt.Sprintf("T%d", id+1), customer, leadID, deal, campaign, d.w.staff[q.seller].id, reply, fmt.Sprintf("T%d", id), at+300)
		}
	}
}

// contactActivities writes the service touches of a contact: its history on
// day 0, on later days those of contacts that are active then.
func (d *delivery) contactActivities(p person, rec record) {
	r := stream(d.w.seed, forActivities, p.index, int64(100+d.number))
	n := r.below(8)
	if d.number > 0 {
		n = 1
	}
	for k := range n {
		at := d.today().at(officeHours(r))
		if d.number == 0 {
			at = (lastDay - day(r.below(700))).at(officeHours(r))
		}
		t := pick(r, []touch{
			{"call", "in", "call centre", "Question about an invoice", "solved", 6},
			{"chat", "in", "chat", "How do I oil the hinges?\nAnd which cloth is right?", "solved", 9},
			{"mail", "out", "mail", `Newsletter "Clear view"`, "sent", 0},
			{"call", "out", "call centre", "Care contract, renewal", "not reached", 1},
			{"letter", "out", "mail", "Spring offer", "sent", 0},
		})
		id := fmt.Sprintf("S%s-%d-%d", rec.id, d.number, k) // a person may have two contact records
		d.activity(id, rec.id, "", "", "", pick(r, d.w.staff).id, t, "", at)
	}
}

func (d *delivery) activity(id, customer, lead, deal, campaign, employee string, t touch, answers string, at moment) {
	f := d.crm.activities
	minutes := ""
	if t.minutes > 0 {
		minutes = strconv.Itoa(t.minutes)
	}
	f.row(id, customer, lead, deal, campaign, employee, t.kind, t.direction, t.touchpoint, t.subject, t.outcome, minutes, answers, f.when(at))
	d.crm.activityRows.add()
	f.sow(d.truth)
}

// member writes one campaign membership, two for some.
func (d *delivery) member(rec record, lead string) {
	r := stream(d.w.seed, forMember, int64(rec.created), int64(len(rec.given)))
	f := d.crm.members
	for range r.below(3) {
		at := d.today().at(officeHours(r))
		if d.number == 0 {
			at = (lastDay - day(r.below(600))).at(officeHours(r))
		}
		c, _ := d.w.campaignAt(r, day(at/86400), channels)
		f.row(c.id, rec.id, lead, pick(r, []string{"sent", "sent", "opened", "clicked", "responded", "unsubscribed"}), f.when(at))
		d.crm.memberRows.add()
		f.sow(d.truth)
	}
}
