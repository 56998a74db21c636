package dedupe

import "bytes"

// comparer compares pairs of records. It keeps scratch space and remembers
// what it compared: one for each goroutine.
type comparer struct {
	f         *features
	e         editor
	given     memo
	family    memo
	street    memo
	city      memo
	firm      memo
	attribute memo
}

func newComparer(f *features) *comparer {
	c := &comparer{f: f, given: newMemo(16), family: newMemo(16), street: newMemo(15), city: newMemo(13),
		firm: newMemo(14)}
	if f.attributes.width > 0 {
		c.attribute = newMemo(14)
	}
	return c
}

// memo remembers results for pairs of ids; an old result gives way to a new one.
type memo struct {
	keys   []uint64
	values []uint8
	shift  uint8
}

func newMemo(bits uint8) memo {
	return memo{keys: make([]uint64, 1<<bits), values: make([]uint8, 1<<bits), shift: 64 - bits}
}

// find returns the slot of a pair and whether it holds the pair's result.
func (m *memo) find(a, b uint32) (slot uint64, key uint64, ok bool) {
	if a > b {
		a, b = b, a
	}
	key = uint64(a)<<32 | uint64(b)
	slot = key * 0x9E3779B97F4A7C15 >> m.shift
	return slot, key, m.keys[slot] == key
}

func (m *memo) put(slot, key uint64, value uint8) uint8 {
	m.keys[slot], m.values[slot] = key, value
	return value
}

func (c *comparer) givenLevel(a, b uint32) uint8 {
	if a == b {
		return givenExact
	}
	slot, key, ok := c.given.find(a, b)
	if ok {
		return c.given.values[slot]
	}
	return c.given.put(slot, key, c.compareGiven(a, b))
}

func (c *comparer) compareGiven(a, b uint32) uint8 {
	textA, textB := c.f.r.names.bytes(a), c.f.r.names.bytes(b)
	factsA, factsB := c.f.name[a], c.f.name[b]
	if factsA.foreign != factsB.foreign {
		return 0 // two scripts, and no table leads from one to the other: that says nothing
	}
	if len(textA) == 1 || len(textB) == 1 {
		if textA[0] == textB[0] {
			return givenInitial
		}
		return givenUnlike
	}
	if (factsA.compound || factsB.compound) && equalTogether(textA, textB) {
		return givenExact
	}
	if v := c.variant(textA, textB); v != 0 {
		return v
	}
	known := bothKnown(factsA, factsB)
	like := c.likenessOf(textA, textB, factsA, factsB)
	if like >= near {
		return givenNear + known
	}
	if factsA.compound || factsB.compound {
		if v := c.compareParts(textA, textB); v != 0 {
			return v
		}
	}
	if factsA.known != factsB.known && c.misspeltFormal(a, b) {
		return givenVariant
	}
	if like == semi {
		return givenSemi + known
	}
	return givenUnlike + known
}

// misspeltFormal says whether one of two names is unknown, and nearly a name that
// the other one is a short or pet form of: Josph and Joey.
func (c *comparer) misspeltFormal(a, b uint32) bool {
	if c.f.name[a].known {
		a, b = b, a
	}
	text, names := c.f.r.names.bytes(a), c.f.names
	if names == nil || len(text) < shortestNear || !names.table.has(string(c.f.r.names.bytes(b))) {
		return false
	}
	for _, group := range names.table.of(string(c.f.r.names.bytes(b))) {
		head := names.table.heads[group]
		if c.e.compare(text, []byte(head), c.f.name[a].mask, letterMask([]byte(head))) >= near {
			return true
		}
	}
	return false
}

func (c *comparer) variant(a, b []byte) uint8 {
	switch c.f.names.Variant(string(a), string(b)) {
	case VariantNone:
		return 0
	case VariantTypo:
		return givenVariant
	case VariantNickname:
		if c.f.names.twoForms(string(a), string(b)) {
			return givenVariant
		}
	}
	return givenNickname
}

// compareParts compares the first words of names of which one has several.
func (c *comparer) compareParts(a, b []byte) uint8 {
	firstA, _, _ := bytes.Cut(a, []byte(" "))
	firstB, _, _ := bytes.Cut(b, []byte(" "))
	switch {
	case bytes.Equal(firstA, firstB) && len(firstA) > 1, holdsWord(a, b), holdsWord(b, a):
		return givenPart
	case c.variant(firstA, firstB) != 0:
		return givenVariant
	}
	return 0
}

// holdsWord says whether one word of the names in long is short.
func holdsWord(long, short []byte) bool {
	if len(short) < 2 {
		return false
	}
	for word := range bytes.FieldsSeq(long) {
		if bytes.Equal(word, short) {
			return true
		}
	}
	return false
}

// likenessOf grades two names by letters, then by sound.
func (c *comparer) likenessOf(a, b []byte, factsA, factsB nameFacts) likeness {
	if otherNumber(a, b) {
		return unlike
	}
	if factsA.bare != factsB.bare {
		if factsB.bare {
			a, b = b, a
		}
		if like := likeSkeleton(a, b); like != unlike {
			return like
		}
	}
	like := c.e.compare(a, b, factsA.mask, factsB.mask)
	if like != unlike {
		return like
	}
	short := min(len(a), len(b))
	if short >= 3 && bytes.Equal(a[:short], b[:short]) {
		return semi
	}
	const fewSounds = 1 << 8 // three sounds and more
	if factsA.sound == factsB.sound && factsA.sound >= fewSounds {
		return semi
	}
	return unlike
}

func (c *comparer) familyLevel(a, b uint32) uint8 {
	if a == b {
		return familyExact
	}
	slot, key, ok := c.family.find(a, b)
	if ok {
		return c.family.values[slot]
	}
	return c.family.put(slot, key, c.compareFamily(a, b))
}

func (c *comparer) compareFamily(a, b uint32) uint8 {
	textA, textB := c.f.r.names.bytes(a), c.f.r.names.bytes(b)
	factsA, factsB := c.f.name[a], c.f.name[b]
	if factsA.foreign != factsB.foreign {
		return 0
	}
	known := bothKnown(factsA, factsB)
	like := c.likenessOf(textA, textB, factsA, factsB)
	if like >= near {
		return familyNear + known
	}
	if (factsA.compound || factsB.compound) && bytes.Equal(withoutParticles(textA), withoutParticles(textB)) {
		return familyNear
	}
	if (factsA.compound || factsB.compound) && (holdsWord(textA, textB) || holdsWord(textB, textA) || holdsWord(textA, lastWord(textB))) {
		return familyFormer
	}
	if like == semi || (factsA.compound || factsB.compound) && c.coresLike(textA, textB) {
		return familySemi + known
	}
	return familyUnlike + known
}

// coresLike says whether two names are near without the small words before them.
func (c *comparer) coresLike(a, b []byte) bool {
	a, b = withoutParticles(a), withoutParticles(b)
	return !otherNumber(a, b) && c.e.compare(a, b, letterMask(a), letterMask(b)) >= near
}

// bothKnown is 1 where both are known names, the step from a level to the one
// that is "both known".
func bothKnown(a, b nameFacts) uint8 {
	if a.known && b.known {
		return 1
	}
	return 0
}

// withoutParticles is a family name without the small words before it, which
// are often left out: dos Santos, van den Berg.
func withoutParticles(name []byte) []byte {
	for {
		word, rest, more := bytes.Cut(name, []byte(" "))
		if !more {
			return name
		}
		switch string(word) {
		case "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la", "le", "las", "los", "van", "von", "vom", "den", "der", "ten", "ter", "zu", "zum", "zur", "te", "t", "el", "al", "bin", "ibn":
			name = rest
		default:
			return name
		}
	}
}

func lastWord(name []byte) []byte { return name[bytes.LastIndexByte(name, ' ')+1:] }

// compareNames sets the levels of given, family and middle name.
func (c *comparer) compareNames(l levels, a, b *record) levels {
	var given, family uint8
	if a.given != 0 && b.given != 0 {
		given = c.givenLevel(a.given, b.given)
	}
	if a.family != 0 && b.family != 0 {
		family = c.familyLevel(a.family, b.family)
	}
	if given != givenExact && family != familyExact && c.swapped(a, b, (given == 0 || given >= givenUnlike) && (family == 0 || family >= familyUnlike)) {
		return l.with(fieldFamily, familySwapped)
	}
	if family > familyFormer && (sameFormer(a, b) || c.bears(a.middle, b.family) || c.bears(b.middle, a.family)) {
		family = familyFormer
	}
	middle := uint8(0)
	if a.middle != 0 && b.middle != 0 {
		middle = c.middleLevel(a.middle, b.middle)
	}
	if given > givenExact && (c.writtenTogether(a, b) || c.writtenTogether(b, a)) {
		given = givenExact
	}
	if given >= givenSemi {
		switch ab, ba := c.calledBy(b.middle, a.given), c.calledBy(a.middle, b.given); {
		case ab && ba:
			given, middle = givenPart, middleExact
		case ab:
			given, middle = c.crossed(a.middle, b.given, middle)
		case ba:
			given, middle = c.crossed(b.middle, a.given, middle)
		}
	}
	l = l.with(fieldGiven, given).with(fieldFamily, family).with(fieldMiddle, middle)
	if (given == 0 || given > givenPart) && a.gender() != 0 && b.gender() != 0 {
		if a.gender() == b.gender() {
			l = l.with(fieldGender, genderSame)
		} else {
			l = l.with(fieldGender, genderUnlike)
		}
	}
	return l
}

// calledBy says whether a person goes by the middle name; an initial is too
// little to tell.
func (c *comparer) calledBy(middle, given uint32) bool {
	return middle != 0 && middle == given && len(c.f.r.names.bytes(middle)) > 1
}

// crossed grades given and middle name where one record's given name is the
// other's middle one, by what the two others have in common: V. Sergeevna is
// Viktoria Sergeevna, Gary Paul may be Paul Gary. straight is the level of the
// middle names as they stand.
func (c *comparer) crossed(middle, given uint32, straight uint8) (givenLevel, middleLevel uint8) {
	if middle == 0 || given == 0 {
		return givenPart, straight
	}
	switch level := c.givenLevel(middle, given); {
	case level == givenInitial:
		return givenInitial, middleExact
	case level == givenExact:
		return givenPart, middleExact
	case level >= givenNickname && level <= givenNearKnown:
		return givenPart, middleNear
	}
	return givenPart, straight
}

// bears says whether one of the names before the family name is another's
// family name: Maria Fernandes is Maria Fernandes de Alves.
func (c *comparer) bears(middle, family uint32) bool {
	return middle != 0 && family != 0 && (middle == family || c.f.name[middle].compound && holdsWord(c.f.r.names.bytes(middle), c.f.r.names.bytes(family)))
}

func sameFormer(a, b *record) bool {
	return a.former != 0 && (a.former == b.family || a.former == b.former) || b.former != 0 && b.former == a.family
}

// swapped says whether given and family name changed places: one of them equal
// crosswise and the other alike or missing, or both near and nothing straight.
func (c *comparer) swapped(a, b *record, nothingStraight bool) bool {
	one := a.given != 0 && a.given == b.family
	two := b.given != 0 && b.given == a.family
	complete := a.given != 0 && a.family != 0 && b.given != 0 && b.family != 0
	switch {
	case one && two:
		return true
	case one && complete:
		return c.crosswise(b.given, a.family) <= givenSemi
	case two && complete:
		return c.crosswise(a.given, b.family) <= givenSemi
	case one || two:
		return nothingStraight
	}
	return nothingStraight && complete && c.sameInitial(a.given, b.family) && c.sameInitial(b.given, a.family) &&
		c.crosswise(a.given, b.family) <= givenNearKnown && c.crosswise(b.given, a.family) <= givenNearKnown
}

// crosswise grades a given name against a family name.
func (c *comparer) crosswise(given, family uint32) uint8 {
	if level := c.givenLevel(given, family); level != 0 {
		return level
	}
	return givenUnlike
}

func (c *comparer) sameInitial(a, b uint32) bool {
	return c.f.name[a].prefix&255 == c.f.name[b].prefix&255
}

func (c *comparer) middleLevel(a, b uint32) uint8 {
	switch level := c.givenLevel(a, b); level {
	case givenExact:
		return middleExact
	case givenInitial:
		return middleInitial
	case givenUnlike, givenUnlikeKnown, givenSemi, givenSemiKnown:
		if c.f.r.names.bytes(a)[0] == c.f.r.names.bytes(b)[0] && level == givenUnlike && (c.f.name[a].compound || c.f.name[b].compound) {
			return middleInitial
		}
		return middleUnlike
	}
	return middleNear
}
