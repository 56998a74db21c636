package dedupe

import (
	"bytes"
	"slices"
)

// suffix is what stands behind a name and tells its bearers apart: the
// generation of a person, the legal form of an organisation; 0 = none.
func (r *record) suffix() uint32 {
	if r.kind == organisation {
		return r.former
	}
	return uint32(r.generation)
}

func suffixLevel(a, b uint32) uint8 {
	switch {
	case a == 0 && b == 0:
		return suffixNeither
	case a == 0 || b == 0:
		return suffixOneSide
	case a == b:
		return suffixSame
	}
	return suffixUnlike
}

func (c *comparer) idLevel(a, b uint32) uint8 {
	if a == 0 || b == 0 {
		return 0
	}
	if a == b {
		return idExact
	}
	const shortest = 5 // letters of an id whose typos can be told from another id
	textA, textB := c.f.r.ids.bytes(a), c.f.r.ids.bytes(b)
	if min(len(textA), len(textB)) < shortest {
		return idUnlike
	}
	switch c.e.distance(textA, textB) {
	case 1:
		return idNear
	case 2:
		return idSemi
	}
	return idUnlike
}

// textLikeness grades two values of the texts table.
func (c *comparer) textLikeness(m *memo, a, b uint32) likeness {
	if a == b {
		return equal
	}
	slot, key, ok := m.find(a, b)
	if ok {
		return likeness(m.values[slot])
	}
	textA, textB := c.f.r.texts.bytes(a), c.f.r.texts.bytes(b)
	like := c.e.compare(textA, textB, c.f.masks[a], c.f.masks[b])
	if like < near && beginsWord(textA, textB) {
		like = near
	}
	return likeness(m.put(slot, key, uint8(like)))
}

// beginsWord says whether the shorter text is the longer's beginning up to a
// word's end: "high" and "high street".
func beginsWord(a, b []byte) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	const shortest = 4
	return len(a) >= shortest && len(b) > len(a) && b[len(a)] == ' ' && bytes.Equal(a, b[:len(a)])
}

// Grades of how far two places agree.
const (
	placeMissing = iota
	placeUnlike
	placeCity
	placePostcode
)

func (c *comparer) place(a, b *record) int {
	grade := placeMissing
	if a.postcode != 0 && b.postcode != 0 {
		if a.postcode == b.postcode {
			return placePostcode
		}
		isPoint := false
		if grade, isPoint = c.placeOfCodes(a.postcode, b.postcode); isPoint {
			return grade
		}
	}
	if a.city != 0 && b.city != 0 {
		if c.textLikeness(&c.city, a.city, b.city) >= semi {
			return placeCity
		}
		grade = max(grade, placeUnlike)
	}
	return grade
}

func (c *comparer) addressLevel(a, b *record) uint8 {
	place := c.place(a, b)
	if a.street == 0 || b.street == 0 {
		return placeLevel(place)
	}
	street := c.textLikeness(&c.street, a.street, b.street)
	sameNumber := a.number == b.number && a.number != 0
	switch {
	case street == equal && sameNumber && place >= placeCity:
		return addressDoor
	case street >= near && sameNumber && place >= placeCity:
		return addressNearDoor
	case street >= near && place >= placeCity:
		return addressStreet
	case street >= near && sameNumber:
		return addressDoorOnly
	case street >= near:
		return addressStreetOnly
	case sameNumber && place >= placeCity:
		return addressNumber
	}
	return max(placeLevel(place), addressPostcode*uint8(min(place, 1)))
}

func placeLevel(place int) uint8 {
	switch place {
	case placePostcode:
		return addressPostcode
	case placeCity:
		return addressCity
	case placeUnlike:
		return addressUnlike
	}
	return 0
}

// emailLevel compares the best of each record's addresses; holders is how many
// records have the address or the local part that agrees, 0 where none does.
func (c *comparer) emailLevel(a, b *record) (level uint8, holders int32) {
	for _, x := range a.emails {
		for _, y := range b.emails {
			if x == 0 || y == 0 {
				continue
			}
			l, n := emailExact, c.f.counts.email[x]
			if x != y {
				l = c.compareEmails(x, y)
				n = 0
			}
			if l == emailLocal {
				n = c.f.counts.local[c.f.email[x].local]
			}
			if level == 0 || l < level || l == level && n < holders {
				level, holders = l, n
			}
		}
	}
	return level, holders
}

// emailFacts are what most pairs of addresses need to be told apart.
type emailFacts struct {
	letters, domain uint32 // masks of the local part and the domain
	at              uint32 // length of the local part
	local           uint32 // number of the local part, from 1; 0 = too short to speak for anybody
}

const shortestLocal = 5 // letters of a local part that is not shared by chance

// emailFactsOf adds the facts of the addresses that facts, by id, lacks, and
// numbers their local parts.
func emailFactsOf(facts []emailFacts, emails, locals *symbols) []emailFacts {
	facts = slices.Grow(facts, emails.len()-len(facts))
	if len(facts) == 0 {
		facts = append(facts, emailFacts{})
	}
	for id := len(facts); id < emails.len(); id++ {
		text := emails.bytes(uint32(id))
		local := localPart(text)
		f := emailFacts{letters: letterMask(local), domain: letterMask(text[len(local)+1:]), at: uint32(len(local))}
		if len(local) >= shortestLocal {
			f.local = locals.intern(local)
		}
		facts = append(facts, f)
	}
	return facts
}

func (c *comparer) compareEmails(x, y uint32) uint8 {
	factsX, factsY := &c.f.email[x], &c.f.email[y]
	if factsX.local == factsY.local && factsX.local != 0 {
		return emailLocal
	}
	if tooUnlike(int(factsX.at), int(factsY.at), factsX.letters, factsY.letters) {
		return emailUnlike
	}
	textX, textY := c.f.r.emails.bytes(x), c.f.r.emails.bytes(y)
	local := c.e.compare(textX[:factsX.at], textY[:factsY.at], factsX.letters, factsY.letters)
	if local == unlike {
		return emailUnlike
	}
	domain := c.e.compare(textX[factsX.at+1:], textY[factsY.at+1:], factsX.domain, factsY.domain)
	switch {
	case local >= near && c.f.small && otherOfSeries(textX[:factsX.at], textY[:factsY.at]):
		return emailSemi
	case local >= near && domain >= near:
		return emailNear
	case local >= near || domain >= near:
		return emailSemi
	}
	return emailUnlike
}

// otherOfSeries says whether two local parts are one word with two numbers
// (test7, test8), as addresses have that are given out one after the other.
// Larger files teach how often people of one name have such addresses, and how
// often a digit is mistyped.
func otherOfSeries(a, b []byte) bool {
	const digits = "0123456789"
	wordA, wordB := bytes.TrimRight(a, digits), bytes.TrimRight(b, digits)
	return len(wordA) < len(a) && len(wordB) < len(b) && bytes.Equal(wordA, wordB)
}

// phoneLevel compares the best of each record's numbers.
func (c *comparer) phoneLevel(a, b *record) (level uint8, value uint32) {
	for _, x := range a.phones {
		for _, y := range b.phones {
			if x == 0 || y == 0 {
				continue
			}
			if x == y {
				if level != phoneExact || c.f.counts.phone[x] < c.f.counts.phone[value] {
					value = x
				}
				level = phoneExact
			} else if level == 0 || level > phoneNear {
				level = c.comparePhones(x, y)
			}
		}
	}
	return level, value
}

func (c *comparer) comparePhones(x, y uint32) uint8 {
	const local = 8 // digits that tell a subscriber where prefixes are written differently
	a, b := c.f.r.phones.bytes(x), c.f.r.phones.bytes(y)
	if len(a) >= local && len(b) >= local && bytes.Equal(a[len(a)-local:], b[len(b)-local:]) {
		return phoneNear
	}
	if oneEdit(a, b) {
		return phoneNear
	}
	return phoneUnlike
}

// oneEdit says whether two texts of one length differ in one place, or in two
// neighbours that changed places.
func oneEdit(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	switch {
	case at == len(a):
		return false
	case bytes.Equal(a[at+1:], b[at+1:]):
		return true
	}
	return at+1 < len(a) && a[at] == b[at+1] && a[at+1] == b[at] && bytes.Equal(a[at+2:], b[at+2:])
}
