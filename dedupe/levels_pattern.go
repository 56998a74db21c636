package dedupe

import "math/bits"

// slot numbers the fields whose agreement weighs by how rare the value is.
type slot uint8

const (
	slotGiven slot = iota
	slotFamily
	slotBirth
	slotID
	slotStreet
	slotPlace
	slotEmail
	slotPhone
	slotFirm
	slotLocal // local parts of different addresses; packed in the place of slotEmail, for a pair has one or the other
	slotCount
)

// slotFullName is packed like a slot; its count weighs both names together.
const slotFullName = slotLocal

// rarity packs, six bits a slot, how often the agreeing value occurs; see
// countCode. 0 = no value agrees exactly. The slot of organisations' names
// holds one more than the bits that the shared words weigh.
type rarity uint64

func (r rarity) of(s slot) uint8 { return uint8(r >> (6 * s) & 63) }

// count is the count code of a slot that holds values.
func (r rarity) count(s slot) uint8 {
	if s == slotLocal {
		s = slotEmail
	}
	return r.of(s)
}

func (r rarity) with(s slot, count int32) rarity { return r | rarity(countCode(count))<<(6*s) }

// pattern is all that the weight of a pair depends on.
type pattern struct {
	levels levels
	rarity rarity
}

// countCode is one more than twice the log2 of count, rounded down to halves.
func countCode(count int32) uint8 {
	if count < 1 {
		return 0
	}
	n := uint64(count)
	whole := bits.Len64(n) - 1
	code := uint8(1 + 2*whole)
	if n*n >= 1<<(2*whole+1) { // n >= 2^(whole + 1/2)
		code++
	}
	return code
}

// compare returns the pattern of records i and j; it is symmetric.
func (c *comparer) compare(i, j uint32) pattern {
	a, b := &c.f.r.rows[i], &c.f.r.rows[j]
	p := pattern{levels: levels(0).with(fieldAttributes, c.attributesLevel(a, b))}
	if c.f.suffixed[a.kind] {
		p.levels = p.levels.with(fieldSuffix, suffixLevel(a.suffix(), b.suffix()))
	}
	if a.kind == organisation {
		return c.compareFirm(c.compareContacts(p, a, b), a, b)
	}
	p.levels = c.compareNames(p.levels, a, b)
	n := &c.f.counts
	if p.levels.givenAgrees() {
		p.rarity = p.rarity.with(slotGiven, max(n.given[a.given], n.given[b.given]))
	}
	if p.levels.familyAgrees() {
		p.rarity = p.rarity.with(slotFamily, max(n.family[a.family], n.family[b.family]))
	}
	if p.levels.of(fieldGiven) == givenExact && p.levels.of(fieldFamily) == familyExact {
		p.rarity = p.rarity.with(slotFullName, max(c.f.fullNames[i], c.f.fullNames[j]))
	}
	if p.levels.of(fieldFamily) == familySwapped {
		p.rarity |= c.swappedRarity(a, b, max(c.f.fullNames[i], c.f.fullNames[j]))
	}
	p = c.compareEmployers(p, a, b)
	birth := birthLevel(a.birth, b.birth)
	p.levels = p.levels.with(fieldBirth, birth)
	if birth == birthExact {
		p.rarity = p.rarity.with(slotBirth, n.birth[a.birth.number()])
	}
	return c.compareContacts(p, a, b)
}

// swappedRarity tells how rare a name is whose two parts changed places, read
// the way in which it is the more frequent.
func (c *comparer) swappedRarity(a, b *record, bearers int32) rarity {
	if a.given != b.family || a.family != b.given || bearers == 0 {
		return 0
	}
	n := &c.f.counts
	if int64(n.given[a.given])*int64(n.family[a.family]) < int64(n.given[b.given])*int64(n.family[b.family]) {
		a = b
	}
	return rarity(0).with(slotGiven, n.given[a.given]).with(slotFamily, n.family[a.family]).with(slotFullName, bearers)
}

// compareFirm compares names of organisations and things. Whose a thing is adds
// to an agreeing name, and parts things of one name; it makes no name agree, for
// one maker has many things. What is elsewhere on earth is another thing of that
// name, unless they can be reached in one way.
func (c *comparer) compareFirm(p pattern, a, b *record) pattern {
	level, bits := c.anyName(a, b)
	if makers, more := c.firmLevel(a.maker, b.maker); level <= firmOther {
		switch {
		case makers == firmUnlike:
			level = firmUnlike
		case makers != 0 && makers <= firmHalf && !(c.f.firms.holds(a.organisation, a.maker) && c.f.firms.holds(b.organisation, b.maker)):
			bits = min(bits+more, mostFirmBits)
		}
	}
	isReached := p.levels.of(fieldID) == idExact || p.levels.of(fieldEmail) == emailExact || p.levels.of(fieldPhone) == phoneExact
	if level != 0 && !isReached && c.elsewhere(a.postcode, b.postcode) {
		level, bits = firmUnlike, 0
	}
	return p.named(fieldFirm, level, bits)
}

// anyName grades the names of two organisations: of those that have another
// name, the ones that agree best.
func (c *comparer) anyName(a, b *record) (level, bits uint8) {
	level, bits = c.firmLevel(a.organisation, b.organisation)
	if a.alias|b.alias == 0 {
		return level, bits
	}
	for _, pair := range [][2]uint32{{a.alias, b.organisation}, {a.organisation, b.alias}, {a.alias, b.alias}} {
		if l, more := c.firmLevel(pair[0], pair[1]); l != 0 && (l < level || level == 0) {
			level, bits = l, more
		}
	}
	return level, bits
}

// compareEmployers compares whom two persons work for. Relatives of other given
// names in the firm that bears their name say by it what their name said.
func (c *comparer) compareEmployers(p pattern, a, b *record) pattern {
	if a.organisation == 0 || b.organisation == 0 {
		return p
	}
	isOther := p.levels.of(fieldGiven) >= givenUnlike
	if isOther && p.levels.familyAgrees() && c.bearsName(a.organisation, a.family) && c.bearsName(b.organisation, b.family) {
		return p
	}
	level, bits := c.firmLevel(a.organisation, b.organisation)
	return p.named(fieldEmployer, level, bits)
}

// named adds what the names of two organisations say.
func (p pattern) named(f field, level, bits uint8) pattern {
	p.levels = p.levels.with(f, level)
	if level >= firmExact && level <= firmOther {
		p.rarity |= rarity(1+bits) << (6 * slotFirm)
	}
	return p
}

func (c *comparer) compareContacts(p pattern, a, b *record) pattern {
	n := &c.f.counts
	id := c.idLevel(a.nationalID, b.nationalID)
	if id == idExact {
		p.rarity = p.rarity.with(slotID, n.id[a.nationalID])
	}
	address := c.addressLevel(a, b)
	switch {
	case address >= addressDoor && address <= addressStreetOnly:
		p.rarity = p.rarity.with(slotStreet, max(n.street[a.street], n.street[b.street]))
	case a.postcode != 0 && a.postcode == b.postcode && (address == addressNumber || address == addressPostcode):
		p.rarity = p.rarity.with(slotPlace, n.postcode[a.postcode])
	}
	email, holders := c.emailLevel(a, b)
	family := p.levels.of(fieldFamily)
	switch {
	case email == emailUnlike && a.marks&b.marks&ownName != 0 && p.levels.of(fieldGiven) >= givenNear,
		email >= emailNear && email <= emailUnlike && a.marks&b.marks&ownFamily != 0 && family >= familyNear && family <= familySemiKnown:
		email = emailOwn // of one person with two forms of the name, each address may show its own
	}
	p.rarity = p.rarity.with(slotEmail, holders)
	phone, number := c.phoneLevel(a, b)
	if number != 0 {
		p.rarity = p.rarity.with(slotPhone, n.phone[number])
	}
	p.levels = p.levels.with(fieldID, id).with(fieldAddress, address).with(fieldEmail, email).with(fieldPhone, phone)
	return p
}

// isBesideName says whether a field tells something beside the names.
// attributes that differ say nothing of the sort, for nobody knows what they are.
func isBesideName(f field) bool { return lastAgreeing(f) != 0 && f != fieldAttributes }

// lastAgreeing is the last level at which a field beside the names agrees, near
// misses in.
func lastAgreeing(f field) uint8 {
	return [fieldCount]uint8{fieldBirth: birthThreeDigits, fieldID: idNear, fieldAddress: addressCity, fieldEmail: emailNear,
		fieldPhone: phoneNear, fieldFirm: firmHalf, fieldEmployer: firmHalf, fieldAttributes: attributesFor}[f]
}

func agreesBesideName(f field, level uint8) bool { return level != 0 && level <= lastAgreeing(f) }

// meets says whether more agrees than the name. Addresses made of names that
// are alike are alike for that reason.
func (p pattern) meets() bool {
	l := p.levels
	for f := range fieldCount {
		level := l.of(f)
		if f == fieldEmail && level > emailLocal {
			if names, ok := l.namesakes(); ok && names == likeFull {
				continue
			}
		}
		if agreesBesideName(f, level) {
			return true
		}
	}
	return false
}

// sharesName says whether both names agree.
func (p pattern) sharesName() bool {
	names, ok := p.levels.namesakes()
	return ok && names == sameFull
}

// alone counts the fields beside the name that are known of both, where none of
// them agrees, up to aloneFields; for names that are no more than alike one is
// enough. Where none is known the name is not alone: there was nothing to agree.
func (p pattern) alone() int {
	if p.meets() {
		return 0
	}
	fields := 0
	for f := range fieldCount {
		if isBesideName(f) && p.levels.of(f) != 0 {
			fields++
		}
	}
	if fields > 0 && !p.sharesName() {
		return aloneFields
	}
	return min(fields, aloneFields)
}

// isBare says whether nothing beside the names is known of both.
func (p pattern) isBare() bool {
	for f := range fieldCount {
		if isBesideName(f) && p.levels.of(f) != 0 {
			return false
		}
	}
	return true
}

// agreesBeside says whether anything beside the names and one field agrees:
// alone, a number that differs by a digit is the next one given out.
func (p pattern) agreesBeside(one field) bool {
	for f := range fieldCount {
		if f != one && agreesBesideName(f, p.levels.of(f)) {
			return true
		}
	}
	return false
}

// supported says whether a pattern holds evidence that is the person's own or
// the organisation's: without it, shared addresses, phones and e-mails alone
// must not merge. An equal e-mail address that few records use counts as own.
func (p pattern) supported() bool {
	const fewRecords = 8
	l := p.levels
	given, family, birth, id, firm := l.of(fieldGiven), l.of(fieldFamily), l.of(fieldBirth), l.of(fieldID), l.of(fieldFirm)
	switch {
	case given >= givenExact && given <= givenNearKnown,
		family >= familyExact && family <= familyNearKnown,
		birth >= birthExact && birth <= birthTwoDigits,
		id == idExact, id == idNear && p.agreesBeside(fieldID),
		firm >= firmExact && firm <= firmHalf, firm == firmOther:
		return true
	}
	if firm == firmSome && l.of(fieldAddress) == addressDoor && l.of(fieldPhone) == phoneExact {
		return true // one of its words is misspelt
	}
	email := l.of(fieldEmail)
	return email == emailExact && p.rarity.of(slotEmail) <= countCode(fewRecords)
}
