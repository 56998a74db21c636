package dedupe_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// made writes customer files of invented people with known truth: several
// records of one person with typos, nicknames, moves, married names, swapped
// and missing fields; households, twins, and fathers and sons of one name.
type made struct {
	labelled
	rng       *rand.Rand
	people    []*invented
	relatives map[[2]int]string // pairs of people, smaller first: household, twins, namesakes
	families  []string
	cities    []string
	streets   []string
}

type invented struct {
	given, family, former, middle string
	female                        bool
	year, month, day              int
	home, old                     place
	email, phone                  string
}

type place struct{ street, number, postcode, city string }

var givenNames = strings.Fields(`james john robert michael william david richard joseph thomas charles daniel matthew
anthony mark steven andrew kenneth george edward brian ronald timothy jason jeffrey ryan jacob gary nicholas eric
jonathan stephen larry scott frank benjamin gregory samuel raymond patrick alexander dennis walter peter henry
oliver harry leo arthur noah theo oscar archie lukas jonas felix maximilian pierre luc antoine marco luca giovanni
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy sandra betty ashley emily
kimberly margaret donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy
kathleen angela shirley emma brenda pamela nicole anna samantha katherine christine helen rachel carolyn janet
olivia amelia isla ava ivy freya lily florence sophie hannah lena greta clara chloe camille giulia francesca sofia`)

var shortNames = map[string]string{"james": "jim", "john": "jack", "robert": "bob", "michael": "mike", "william": "bill",
	"david": "dave", "richard": "dick", "joseph": "joe", "thomas": "tom", "charles": "chuck", "daniel": "dan", "matthew": "matt",
	"anthony": "tony", "andrew": "andy", "kenneth": "ken", "edward": "ted", "ronald": "ron", "timothy": "tim", "benjamin": "ben",
	"gregory": "greg", "samuel": "sam", "alexander": "alex", "nicholas": "nick", "patricia": "pat", "jennifer": "jenny",
	"elizabeth": "liz", "barbara": "barb", "susan": "sue", "margaret": "peggy", "deborah": "debbie", "katherine": "kate",
	"rebecca": "becky", "christine": "chris", "stephanie": "steph", "pamela": "pam", "samantha": "sam"}

func newMade(people int, seed uint64) *made {
	m := &made{rng: rand.New(rand.NewPCG(seed, 7)), relatives: map[[2]int]string{}, labelled: labelled{truth: map[int64]string{}}}
	for range 400 + people/6 {
		m.families = append(m.families, m.word(2, 3))
	}
	for range 30 + people/400 {
		m.cities = append(m.cities, m.word(2, 3)+"ton")
	}
	for range 200 + people/60 {
		m.streets = append(m.streets, m.word(2, 3)+" "+[]string{"street", "road", "lane", "avenue"}[m.rng.IntN(4)])
	}
	for len(m.people) < people {
		m.household()
	}
	for i := range m.people {
		m.records(i)
	}
	return m
}

func (m *made) word(low, high int) string {
	var b strings.Builder
	for range low + m.rng.IntN(high-low+1) {
		b.WriteString([]string{"b", "br", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w", "sh"}[m.rng.IntN(20)])
		b.WriteString([]string{"a", "e", "i", "o", "u", "ai", "ea", "oo"}[m.rng.IntN(8)])
		b.WriteString([]string{"", "n", "l", "r", "s", "ck", "m", "t"}[m.rng.IntN(8)])
	}
	return b.String()
}

// frequent draws an index below n, small ones much more often, as names are.
func (m *made) frequent(n int) int {
	return min(int(math.Exp(m.rng.Float64()*math.Log(float64(n)+1)))-1, n-1)
}

func (m *made) chance(p float64) bool { return m.rng.Float64() < p }

func (m *made) newPlace() place {
	city := m.frequent(len(m.cities))
	return place{m.streets[m.rng.IntN(len(m.streets))], fmt.Sprint(1 + m.rng.IntN(150)),
		fmt.Sprintf("%05d", 10000+city*37+m.rng.IntN(30)), m.cities[city]}
}

func (m *made) person(family string, home place, year int) *invented {
	at := m.frequent(len(givenNames))
	if m.chance(.5) {
		at = m.rng.IntN(len(givenNames))
	}
	p := &invented{given: givenNames[at], family: family, female: at >= 63, year: year, month: 1 + m.rng.IntN(12), day: 1 + m.rng.IntN(28), home: home}
	if m.chance(.3) {
		p.middle = givenNames[m.rng.IntN(len(givenNames))][:1]
	}
	p.old = m.newPlace()
	p.phone = fmt.Sprintf("+447%09d", m.rng.IntN(1e9))
	return p
}

func (m *made) address(p *invented) string {
	host := []string{"mail.example", "post.example", "inbox.example", "web.example"}[m.rng.IntN(4)]
	switch m.rng.IntN(4) {
	case 0:
		return fmt.Sprintf("%s.%s@%s", p.given, p.family, host)
	case 1:
		return fmt.Sprintf("%s%s%d@%s", p.given[:1], p.family, m.rng.IntN(100), host)
	case 2:
		return fmt.Sprintf("%s%d@%s", p.given, p.year+m.rng.IntN(900), host)
	}
	return fmt.Sprintf("%s%d@%s", m.word(2, 3), m.rng.IntN(1000), host)
}

// household adds one to four people at one address.
func (m *made) household() {
	first := len(m.people)
	family, home := m.families[m.frequent(len(m.families))], m.newPlace()
	if m.chance(.6) {
		family = m.families[m.rng.IntN(len(m.families))]
	}
	parent := m.person(family, home, 1940+m.rng.IntN(50))
	m.people = append(m.people, parent)
	if m.chance(.45) {
		spouse := m.person(family, home, parent.year-5+m.rng.IntN(11))
		if m.chance(.3) {
			spouse.former = m.families[m.frequent(len(m.families))]
		}
		m.people = append(m.people, spouse)
		if m.chance(.4) {
			m.people = append(m.people, m.person(family, home, parent.year+22+m.rng.IntN(15)))
		}
	}
	if m.chance(.02) {
		twin := m.person(family, home, parent.year)
		for twin.given == parent.given {
			twin.given = givenNames[m.rng.IntN(len(givenNames))]
		}
		twin.month, twin.day = parent.month, parent.day
		m.relatives[[2]int{first, len(m.people)}] = "twins"
		m.people = append(m.people, twin)
	}
	if m.chance(.02) {
		son := m.person(family, home, parent.year+20+m.rng.IntN(15))
		son.given, son.female = parent.given, parent.female
		m.relatives[[2]int{first, len(m.people)}] = "namesakes"
		m.people = append(m.people, son)
	}
	sharedPhone, sharedEmail := m.chance(.5), m.chance(.15)
	for i := first; i < len(m.people); i++ {
		p := m.people[i]
		p.email = m.address(p)
		if sharedPhone {
			p.phone = parent.phone
		}
		if sharedEmail {
			p.email = parent.email
		}
		for j := first; j < i; j++ {
			if _, special := m.relatives[[2]int{j, i}]; !special {
				m.relatives[[2]int{j, i}] = "household"
			}
		}
	}
}

func (m *made) typo(s string) string {
	if len(s) < 3 {
		return s
	}
	i := m.rng.IntN(len(s) - 1)
	letter := string(rune('a' + m.rng.IntN(26)))
	if s[i] >= '0' && s[i] <= '9' {
		letter = string(rune('0' + m.rng.IntN(10)))
	}
	switch m.rng.IntN(4) {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + letter + s[i:]
	case 2:
		return s[:i] + letter + s[i+1:]
	}
	return s[:i] + string(s[i+1]) + string(s[i]) + s[i+2:]
}

// records writes what the company's systems hold on one person.
func (m *made) records(number int) {
	p := m.people[number]
	for n := range []int{1, 1, 2, 2, 2, 3, 3, 4}[m.rng.IntN(8)] {
		m.parties = append(m.parties, m.record(p, n > 0))
		m.truth[int64(len(m.parties))] = fmt.Sprint(number)
	}
}

func (m *made) record(p *invented, later bool) party {
	home, year, month, day := p.home, p.year, p.month, p.day
	given, family := p.given, p.family
	if later {
		if short, ok := shortNames[given]; ok && m.chance(.15) {
			given = short
		}
		if m.chance(.07) {
			given = m.typo(given)
		}
		if m.chance(.07) {
			family = m.typo(family)
		}
		if p.former != "" && m.chance(.3) {
			family = p.former
		}
		if m.chance(.12) {
			home = p.old
		}
		if m.chance(.02) && day <= 12 {
			month, day = day, month
		} else if m.chance(.03) {
			day = 1 + m.rng.IntN(28)
		}
		if m.chance(.02) {
			given, family = family, given
		}
		if m.chance(.02) {
			given = given[:1]
		}
	}
	r := party{"party_type": "person", "given_name": given, "family_name": family, "middle_name": p.middle,
		"birth_date": fmt.Sprintf("%04d%02d%02d", year, month, day), "street": home.street, "house_number": home.number,
		"postcode": home.postcode, "city": home.city, "email": p.email, "phone": p.phone}
	if later && m.chance(.05) {
		r["email"] = m.typo(p.email)
	} else if later && m.chance(.15) {
		r["email"] = m.address(p)
	}
	if later && m.chance(.15) {
		r["phone"] = fmt.Sprintf("+447%09d", m.rng.IntN(1e9))
	}
	if later && m.chance(.08) {
		r["street"] = m.typo(home.street)
	}
	for _, missing := range []struct {
		field string
		share float64
	}{{"birth_date", .15}, {"email", .25}, {"phone", .25}, {"street", .1}, {"middle_name", .6}, {"given_name", .02}, {"postcode", .05}} {
		if m.chance(missing.share) {
			delete(r, missing.field)
		}
	}
	return r
}

// markGenerations gives half of the records of fathers and sons of one name
// the suffix that tells them apart.
func (m *made) markGenerations() {
	suffix := map[string]string{}
	for pair, kind := range m.relatives {
		if kind == "namesakes" {
			suffix[fmt.Sprint(pair[0])], suffix[fmt.Sprint(pair[1])] = "Sr", "Jr"
		}
	}
	for i, p := range m.parties {
		if s := suffix[m.truth[int64(i+1)]]; s != "" && i%2 == 0 {
			p["suffix"] = s
		}
	}
}

// familyErrors is the share of record pairs of relatives, by kind, that were merged.
func (m *made) familyErrors(clusters [][]int64) map[string]float64 {
	sizes, wrong, all := map[string]float64{}, map[string]float64{}, map[string]float64{}
	for _, entity := range m.truth {
		sizes[entity]++
	}
	for pair, kind := range m.relatives {
		all[kind] += sizes[fmt.Sprint(pair[0])] * sizes[fmt.Sprint(pair[1])]
	}
	for _, cluster := range clusters {
		for i := range cluster {
			for j := range i {
				var a, b int
				if _, err := fmt.Sscan(m.truth[cluster[i]]+" "+m.truth[cluster[j]], &a, &b); err != nil {
					continue // not one of the made persons
				}
				if kind, ok := m.relatives[[2]int{min(a, b), max(a, b)}]; ok {
					wrong[kind]++
				}
			}
		}
	}
	for kind := range all {
		wrong[kind] /= all[kind]
	}
	return wrong
}
