package sample

import (
	"strings"
	"time"
)

// person is the truth about one customer: a person, or an organisation.
type person struct {
	index  int64
	unit   unit
	slot   int
	org    bool
	female bool

	culture      string
	country      string
	given        name
	middle       string
	family       name   // latin and native spelling
	former       string // family name before marriage
	suffix       string // Jr, Sr of namesakes
	company      string // organisation, or the contact's employer
	companyForm  street // legal form, long and short
	companyHost  string // mail domain of the organisation
	born         day
	home, old    address // old is the zero address unless the person moved
	office       address
	email, spare string // the person's own addresses
	shared       string // household or office address, "" = none
	work         string
	mobile       phone
	mobile2      phone
	landline     phone // shared by the unit
}

// day counts days from 1970-01-01.
type day int

func dayOf(year int, month time.Month, d int) day {
	return day(time.Date(year, month, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func (d day) iso() string { return d.time().Format("2006-01-02") }

// at returns the moment s seconds after midnight of d.
func (d day) at(s int) moment { return moment(int64(d)*86400 + int64(s)) }

// moment counts seconds from 1970-01-01 00:00 on the company's clock.
type moment int64

func (m moment) time() time.Time { return time.Unix(int64(m), 0).UTC() }

func (m moment) format(layout string) string { return m.time().Format(layout) }

// officeHours draws a time between 08:00 and 19:59:59, outside the hours that
// the change of clocks skips or repeats.
func officeHours(r *rng) int { return 8*3600 + r.below(12*3600) }

// shared holds what the members of a unit have in common.
type shared struct {
	country, culture string
	family           name
	home             address
	landline         phone
	mail             string
	company          string
	form             street
	host             string
	born             day
	given            name
	female           bool
}

func (w *world) sharedOf(u unit) shared {
	r := stream(w.seed, forUnit, u.start, 0)
	s := shared{country: drawCountry(r)}
	s.culture = drawCulture(r, s.country)
	c := w.tables.cultures[s.culture]
	s.family = w.drawFamily(r, c, u.start)
	s.home = w.drawAddress(r, s.country)
	s.landline = drawPhone(r, s.country, landlineKind, u.start)
	host := w.tables.mailDomains.pick(r)
	s.mail = "family." + asciiLower(s.family.latin) + digits(r, 2) + "@" + host
	s.born = drawBirth(r)
	s.female = r.permille(300)
	s.given = givenList(c, s.female).pick(r)
	if u.kind == office {
		s.company, s.form = w.drawCompany(r, s)
		s.host = asciiLower(strings.ReplaceAll(strings.ReplaceAll(s.company, " & ", "-"), " ", "-")) + ".example"
		s.mail = pick(r, []string{"info@", "office@", "contact@"}) + s.host
	}
	return s
}

func (w *world) drawCompany(r *rng, s shared) (string, street) {
	first := pick(r, w.tables.companyFirst)
	switch r.below(4) {
	case 0:
		first = s.family.latin
	case 1:
		first = s.family.latin + " & " + pick(r, []string{"Sons", "Partners", "Daughters", "Co"})
	case 2:
		first += " " + s.home.city
	}
	return first + " " + pick(r, w.tables.companyLast), pick(r, w.tables.companyForms[s.country])
}

// person makes customer i. It depends on the seed and i alone.
func (w *world) person(i int64) person {
	u, slot := w.unitOf(i)
	s := w.sharedOf(u)
	r := stream(w.seed, forPerson, i, 0)
	p := person{index: i, unit: u, slot: slot, country: s.country, culture: s.culture, landline: s.landline, home: s.home}
	if u.kind == office {
		p.company, p.companyForm, p.companyHost, p.office, p.shared = s.company, s.form, s.host, s.home, s.mail
		if slot == 0 {
			p.org, p.email, p.mobile = true, s.mail, drawPhone(r, s.country, mobileKind, i)
			p.mobile2, p.spare = p.landline, "accounts@"+s.host
			return p
		}
		p.home = w.drawAddress(r, s.country)
	}
	w.nameOf(&p, s, r)
	w.datesOf(&p, s, r)
	w.contactsOf(&p, s, r)
	return p
}

func (w *world) nameOf(p *person, s shared, r *rng) {
	c := w.tables.cultures[s.culture]
	p.female = r.permille(500)
	p.family = s.family
	shares := p.unit.kind != office && (p.unit.kind != household || p.slot == 0 || r.permille(800))
	if p.unit.kind == single || !shares {
		p.family = w.drawFamily(r, c, p.index)
	}
	switch p.unit.kind {
	case namesakes:
		p.given, p.female = s.given, s.female
		p.suffix = "Sr"
		if p.slot == 1 {
			p.suffix = "Jr"
		}
	default:
		p.given = w.distinctGiven(p, r, c)
	}
	if p.female {
		p.family = feminine(c, p.family)
		if p.unit.kind != namesakes && r.permille(180) {
			p.former = feminine(c, w.drawFamily(r, c, p.index)).latin
		}
	}
	if r.permille(300) {
		p.middle = givenList(c, p.female).pick(r).latin
	}
}

func givenList(c culture, female bool) weighted[name] {
	if female {
		return c.female
	}
	return c.male
}

// distinctGiven draws a given name whose first letter no earlier member of the
// unit can have, so that initials never make relatives alike.
func (w *world) distinctGiven(p *person, r *rng, c culture) name {
	list := givenList(c, p.female)
	n := list.pick(r)
	if p.unit.size == 1 {
		return n
	}
	for range 40 {
		if int(n.latin[0])%p.unit.size == p.slot {
			return n
		}
		n = list.pick(r)
	}
	return n
}

func (w *world) datesOf(p *person, s shared, r *rng) {
	p.born = drawBirth(r)
	switch p.unit.kind {
	case twins:
		p.born = s.born
	case namesakes:
		p.born = s.born - day(r.between(4000, 6000))
		if p.slot == 1 {
			p.born = s.born + day(r.between(4500, 6500))
		}
	}
	if r.permille(120) {
		p.old = w.drawAddress(r, s.country)
	}
}

func drawBirth(r *rng) day { return dayOf(1941, 1, 1) + day(r.below(62*365)) }

func (w *world) contactsOf(p *person, s shared, r *rng) {
	p.email = w.drawEmail(r, p, 0)
	p.spare = w.drawEmail(r, p, 1)
	p.mobile = drawPhone(r, p.country, mobileKind, p.index)
	p.mobile2 = drawPhone(r, p.country, mobileKind, p.index+1<<40)
	switch p.unit.kind {
	case household, twins, namesakes:
		p.shared = s.mail
	case office:
		p.work = asciiLower(p.given.latin) + "." + asciiLower(p.family.latin) + "@" + p.companyHost
	}
}

func (w *world) drawEmail(r *rng, p *person, which int) string {
	given, family := asciiLower(p.given.latin), asciiLower(p.family.latin)
	number := digits(r, r.between(1, 3))
	if r.permille(350) {
		number = p.born.time().Format("06") + digits(r, 1)
	}
	local := given + "." + family + number
	switch (r.below(7) + which) % 7 {
	case 0:
		local = given[:1] + family + number
	case 1:
		local = family + "." + given + number
	case 2:
		local = given + number
		if len(p.given.short) > 0 {
			local = asciiLower(p.given.short[0]) + "." + family + number
		}
	case 3:
		local = pick(r, w.tables.mailWords) + pick(r, w.tables.mailWords) + digits(r, 3)
	case 4:
		local = given + "_" + family + number
	}
	return local + "@" + w.tables.mailDomains.pick(r)
}

func digits(r *rng, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + r.below(10))
	}
	return string(b)
}

// drawFamily draws a family name. Four in ten are composed of two parts, which
// gives the long tail; customers of later days also get names of three parts
// that day 0 has none of.
func (w *world) drawFamily(r *rng, c culture, index int64) name {
	list := c.family.pick(r)
	if len(c.head.items) == 0 {
		return list
	}
	head, tail := c.head.pick(r), c.tail.pick(r)
	middle := pick(r, []string{"en", "er", "in", "el", "ar"})
	composed, second := r.permille(400), c.family.pick(r)
	switch {
	case index >= w.n && head.native == "" && r.permille(250):
		return name{latin: head.latin + middle + tail.latin}
	case composed:
		return name{latin: head.latin + tail.latin, native: head.native + tail.native}
	case c.code == "es" && r.permille(600):
		return name{latin: list.latin + " " + second.latin}
	case c.code == "en" && r.permille(20):
		return name{latin: list.latin + "-" + second.latin}
	}
	return list
}

func feminine(c culture, n name) name {
	for _, e := range c.feminine {
		if base, ok := strings.CutSuffix(n.latin, e[0]); ok {
			n.latin = base + e[1]
			break
		}
	}
	for _, e := range c.feminine {
		if base, ok := strings.CutSuffix(n.native, e[0]); ok && n.native != "" {
			n.native = base + e[1]
			break
		}
	}
	return n
}

func drawCountry(r *rng) string {
	return pick(r, []string{
		"GB", "GB", "GB", "GB", "GB", "GB", "GB", "GB", "GB", "DE", "DE", "DE", "DE", "DE", "US", "US", "US", "FR", "FR", "FR",
	})
}

func drawCulture(r *rng, country string) string {
	own := map[string]string{"GB": "en", "US": "en", "DE": "de", "FR": "fr"}[country]
	if r.permille(740) {
		return own
	}
	return pick(r, map[string][]string{
		"GB": {"pl", "it", "es", "fr", "de", "nordic", "tr", "ar", "zh", "el", "pl", "ru"},
		"DE": {"tr", "tr", "pl", "pl", "it", "ru", "el", "nordic", "ar", "fr", "es"},
		"US": {"es", "es", "es", "es", "it", "de", "zh", "pl", "nordic", "fr", "ru"},
		"FR": {"it", "es", "ar", "ar", "pl", "de", "en", "zh", "tr"},
	}[country])
}
