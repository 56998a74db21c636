package sample

import (
	"strings"
	"time"
)

// drawName writes the person's name as this record has it: as it is, short,
// misspelt, swapped, by the former family name, by initials, or in the
// person's own script.
func (w *world) drawName(rec *record, p person, r *rng, care bool) {
	rec.given, rec.family, rec.suffix = p.given.latin, p.family.latin, p.suffix
	if r.permille(450) {
		rec.middle = p.middle
		if len(rec.middle) > 0 && r.permille(500) {
			rec.middle = string([]rune(rec.middle)[:1]) + "."
		}
	}
	if r.permille(200) {
		rec.title = title(r, p)
	}
	kind := r.below(1000)
	native := rec.role == storeRole && p.given.native != "" && p.family.native != "" && r.permille(350)
	switch {
	case native:
		rec.given, rec.family, rec.middle, rec.title, rec.weak = p.given.native, p.family.native, "", "", 1
	case care:
	case kind < 110 && len(p.given.short) > 0:
		rec.given = pick(r, p.given.short)
	case kind < 150:
		rec.given = typo(r, rec.given)
	case kind < 195:
		rec.family = typo(r, rec.family)
	case kind < 225 && rec.role != accountRole:
		rec.given, rec.family = rec.family, rec.given
	case kind < 260:
		rec.given, rec.middle = string([]rune(rec.given)[:1])+".", ""
	case kind < 400 && p.former != "":
		rec.family, rec.weak = p.former, 2
	case kind < 500 && strings.Contains(rec.family, " ") && p.culture == "es":
		rec.family, _, _ = strings.Cut(rec.family, " ")
	}
	if !isASCII(rec.family) && !native {
		rec.spell(r)
	}
}

// spell writes letters with marks the way other keyboards do.
func (rec *record) spell(r *rng) {
	switch r.below(4) {
	case 0:
		rec.given, rec.family = plain(rec.given), plain(rec.family)
	case 1:
		rec.given, rec.family = german(rec.given), german(rec.family)
	}
}

func title(r *rng, p person) string {
	switch {
	case r.permille(120):
		return "Dr"
	case p.country == "DE" && p.female:
		return "Frau"
	case p.country == "DE":
		return "Herr"
	case p.country == "FR" && p.female:
		return "Mme"
	case p.country == "FR":
		return "" // "M." would read as an initial
	case p.female:
		return pick(r, []string{"Mrs", "Ms"})
	}
	return "Mr"
}

func (w *world) drawOrganisation(rec *record, p person, r *rng) {
	form := p.companyForm.long
	switch r.below(5) {
	case 0:
		form = p.companyForm.short
	case 1:
		form = ""
	}
	stem := p.company
	if r.permille(80) {
		stem = typo(r, stem)
	}
	if r.permille(150) {
		stem = strings.ReplaceAll(stem, " & ", " and ")
	}
	rec.company = join(stem, form)
}

// missing is how many in a thousand records of a role lack something.
type missing struct{ email, phone, birth, address, street int }

func missingOf(ro role) missing {
	switch ro {
	case contactRole, contactTwice:
		return missing{email: 260, phone: 250, birth: 380, address: 150}
	case leadRole:
		return missing{email: 300, phone: 280, birth: 1000, address: 120, street: 330}
	case storeRole:
		return missing{email: 0, phone: 380, birth: 520, address: 220}
	case guestRole:
		return missing{email: 0, phone: 450, birth: 1000, address: 0}
	case billingRole:
		return missing{email: 620, phone: 1000, birth: 1000, address: 0}
	case sheetRole:
		return missing{email: 560, phone: 150, birth: 1000, address: 220, street: 1000}
	}
	return missing{email: 200, phone: 200, birth: 1000, address: 0}
}

// drawReach fills e-mail, phone and birth date.
func (w *world) drawReach(rec *record, p person, r *rng, care bool) {
	m := missingOf(rec.role)
	drop := func(permille int) bool {
		lost := r.permille(permille)
		return lost && (!care || permille >= 1000)
	}
	if !drop(m.email) {
		w.drawRecordEmail(rec, p, r, care)
	}
	if !drop(m.phone) {
		rec.phone = recordPhone(p, r, care)
		if rec.role == contactRole && r.permille(250) {
			rec.mobile = p.mobile
		}
	}
	if !drop(m.birth) && !p.org {
		rec.born, rec.hasBirth = p.born, true
		if r.permille(30) && !care && p.unit.kind != namesakes {
			rec.born = wrongBirth(r, p.born)
		}
	}
	if rec.hasBirth && r.permille(600) {
		rec.suffix = "" // of two with one name, either the birth date or the suffix tells
	}
}

func (w *world) drawRecordEmail(rec *record, p person, r *rng, care bool) {
	rec.email = p.email
	n := r.below(1000)
	switch {
	case p.org:
		rec.sharedMail = true
		if n < 300 {
			rec.email = p.spare
		}
	case care:
	case p.unit.kind == office && rec.role == contactRole && n < 650:
		rec.email = p.work
		if n < 160 {
			rec.email, rec.sharedMail = p.shared, true
		}
	case n < 140 && p.shared != "" && p.unit.kind != office:
		rec.email, rec.sharedMail = p.shared, true
	case n < 460:
		rec.email = p.spare
	case n < 485:
		local, host, _ := strings.Cut(p.email, "@")
		rec.email = typo(r, local) + "@" + host
	}
}

func recordPhone(p person, r *rng, care bool) phone {
	n := r.below(1000)
	switch {
	case p.org:
		return p.landline
	case care:
		return p.mobile
	case n < 300:
		return p.landline
	case n < 440:
		return p.mobile2
	}
	return p.mobile
}

// wrongBirth swaps day and month, or misses by one digit.
func wrongBirth(r *rng, d day) day {
	t := d.time()
	if t.Day() <= 12 && r.permille(600) {
		return dayOf(t.Year(), time.Month(t.Day()), int(t.Month()))
	}
	return d + day(pick(r, []int{1, 10, 365, -1, -10, -3653}))
}

// drawPlace fills the address: home, an old one, the office, or less.
func (w *world) drawPlace(rec *record, p person, r *rng, care bool) {
	m := missingOf(rec.role)
	if r.permille(m.address) && !care {
		return
	}
	rec.addr = p.home
	switch n := r.below(1000); {
	case p.org:
	case p.unit.kind == office && rec.role == contactRole:
		rec.addr = p.office
	case n < 450 && !p.old.none() && !care:
		rec.addr = p.old
	}
	if m.street >= 1000 || r.permille(m.street) && !care {
		rec.addr.streetLong, rec.addr.streetSh, rec.addr.number, rec.addr.flat = "", "", "", ""
	}
	if r.permille(60) {
		rec.addr.postcode = strings.ReplaceAll(rec.addr.postcode, " ", "")
	}
}
