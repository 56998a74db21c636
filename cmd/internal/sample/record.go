package sample

import (
	"fmt"
	"strings"
)

// role says which source keeps a record of a customer.
type role int

const (
	contactRole role = iota // CRM contact, C…
	contactTwice
	leadRole    // CRM lead, L…
	accountRole // CRM account, A…
	storeRole   // store account, S…
	guestRole   // store order without account, G…
	billingRole // billing customer, B…
	sheetRole   // row of a sales person's worksheet, V…
)

func (ro role) system() string {
	switch ro {
	case storeRole, guestRole:
		return "store"
	case billingRole:
		return "billing"
	case sheetRole:
		return "sales"
	}
	return "crm"
}

func (w *world) id(ro role, i int64) string {
	letter := "CCLASGBV"[ro]
	if ro == contactTwice { // both kinds of contact share one number range
		return fmt.Sprintf("%c%08d", letter, w.ids[contactRole].at(i*2+1))
	}
	return fmt.Sprintf("%c%08d", letter, w.ids[ro].at(i*2))
}

// record is one customer as one source system knows it.
type record struct {
	role     role
	id       string
	delivery int // in which it appears
	created  moment

	title, given, middle, family, suffix string
	company                              string
	email                                string
	phone, mobile                        phone
	addr                                 address
	abbreviate                           bool // street written short
	shout                                int  // 1 = upper case, 2 = lower case
	born                                 day
	hasBirth                             bool
	weak                                 int // how much the name alone has lost
	sharedMail                           bool
	rng                                  *rng
}

// records returns the truth about customer i and its records in all systems,
// in the order of their roles.
func (w *world) records(i int64) (person, []record) {
	p := w.person(i)
	var list []record
	plan := w.appearances(p)
	after := needsOf(plan)
	for _, a := range plan {
		list = append(list, w.linked(p, a, list, after))
	}
	return p, list
}

// appearance is a record to come: where, and when it was created.
type appearance struct {
	role     role
	delivery int
	created  moment
}

func (w *world) appearances(p person) []appearance {
	r := stream(w.seed, forRoles, p.index, 0)
	first := w.firstDelivery(p.index)
	born := func() moment {
		if first > 0 {
			return dayOfDelivery(first).at(officeHours(r))
		}
		return (lastDay - day(r.between(2, 1800))).at(officeHours(r))
	}
	var list []appearance
	add := func(ro role) { list = append(list, appearance{ro, first, born()}) }
	contact, store, billing := r.permille(290), r.permille(430), r.permille(230)
	twice, guest, either := r.permille(30), r.permille(60), r.permille(500)
	pursuits := w.pursuitsOf(p.index)
	if p.org {
		contact, store, billing = false, false, r.permille(500)
		add(accountRole)
	} else if p.unit.kind == office {
		contact = true
	}
	converted, at := w.conversion(pursuits)
	if !p.org && !contact && !store && !billing && len(pursuits) == 0 {
		contact, store = either, !either
	}
	if contact {
		add(contactRole)
	}
	if contact && twice && !store {
		add(contactTwice)
	}
	list = append(list, w.pursuitAppearance(pursuits, first)...)
	if store {
		add(storeRole)
		if guest {
			add(guestRole)
		}
	}
	if billing || hasWon(pursuits) {
		add(billingRole)
	}
	if !p.org && !contact && converted >= 0 {
		list = append(list, appearance{contactRole, converted, at})
	}
	return list
}

func (w *world) pursuitAppearance(pursuits []pursuit, first int) []appearance {
	for _, q := range pursuits {
		switch {
		case q.sheet:
			return []appearance{{sheetRole, first, q.events[0].at}}
		case !q.repeat:
			return []appearance{{leadRole, first, q.events[0].at}}
		}
	}
	return nil
}

// conversion says in which delivery the first CRM pursuit became an
// opportunity, -1 if none did, and when.
func (w *world) conversion(pursuits []pursuit) (int, moment) {
	for _, q := range pursuits {
		if q.sheet {
			continue
		}
		for _, e := range q.events {
			if e.stage == appointment {
				return e.delivery, e.at
			}
		}
	}
	return -1, 0
}

// hasWon says whether a pursuit was won on day 0: then there is an invoice.
func hasWon(pursuits []pursuit) bool {
	for _, q := range pursuits {
		for _, e := range q.events {
			if e.stage == won && e.delivery == 0 {
				return true
			}
		}
	}
	return false
}

// maxAttempts is how often a record is drawn until it can be told from its
// data whose it is; the later attempts leave less out.
const maxAttempts = 9

// linked draws the record of appearance a so that it shares enough with each
// earlier record of the person, and can share with those that follow.
func (w *world) linked(p person, a appearance, earlier []record, after needs) record {
	var rec record
	for attempt := range maxAttempts {
		rec = w.draw(p, a, attempt)
		if !anchored(p, rec, after, earlier) {
			continue
		}
		bad := weakest(p, rec, earlier)
		if bad < 0 {
			return rec
		}
		for range len(earlier) * min(1, max(0, attempt-4)) {
			rec = rec.borrow(p, earlier, bad)
			if bad = weakest(p, rec, earlier); bad < 0 {
				return rec
			}
		}
	}
	return rec
}

func (w *world) draw(p person, a appearance, attempt int) record {
	r := stream(w.seed, forRecord, p.index*16+int64(a.role), int64(attempt))
	rec := record{role: a.role, id: w.id(a.role, p.index), delivery: a.delivery, created: a.created, rng: r}
	care := attempt >= 4
	if p.org {
		w.drawOrganisation(&rec, p, r)
	} else {
		w.drawName(&rec, p, r, care)
	}
	w.drawReach(&rec, p, r, care)
	w.drawPlace(&rec, p, r, care)
	rec.abbreviate = r.permille(350)
	if n := r.below(1000); n < 60 {
		rec.shout = 1
	} else if n < 100 {
		rec.shout = 2
	}
	return rec
}

// fullName joins the parts as a feed with one column has them.
func (rec *record) fullName() string {
	return join(rec.title, rec.given, rec.middle, rec.family, rec.suffix)
}

// lastFirst writes "Last, First" as the billing system does.
func (rec *record) lastFirst() string {
	return join(rec.family+",", rec.given, rec.middle, rec.suffix)
}

func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " ")
}

// voiced writes text as the person at the keyboard of this record does.
func (rec *record) voiced(text string) string {
	switch rec.shout {
	case 1:
		return strings.ToUpper(text)
	case 2:
		return strings.ToLower(text)
	}
	return text
}

func (rec *record) streetLine() string {
	if rec.addr.streetLong == "" {
		return ""
	}
	street := rec.addr.streetLong
	if rec.abbreviate {
		street = rec.addr.streetSh
	}
	return rec.addr.line(street)
}
