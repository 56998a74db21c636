package dedupe

import "math"

// share is a distribution over the levels of a field; level 0 is unused.
type share [maxLevels]float64

// mixture holds the parameters while they are learnt. It lives in floating
// point; only its frozen form decides anything.
type mixture struct {
	family     bool
	kind       kind
	alone      bool // nothing but names and towns to compare
	prior      [classCount]float64
	match      [fieldCount]share
	chance     [fieldCount]share
	shared     [fieldCount]share
	namesake   [sameNames]share
	attributes attributeChances
	plain      [64]float64            // see learnPlain
	branches   [64]float64            // see learnBranches
	changes    [fieldCount]float64    // how often one organisation differs in what it is reached by
	usual      share                  // levels of attributes in matches, by the mixture before; none = they are not compared
	rarity     [slotCount][64]float64 // log2 factor on the chance of agreeing, by count code
	rate       [slotCount][64]float64 // share of equal values that is chance, by count code
	exact      [slotCount]float64     // how often strangers agree exactly, 0 = never measured
	alike      float64                // of the matches that fields on their own would give, where names are alike and nothing else is known
	place      float64                // log2 of how much oftener strangers of one name live in one place
	cluster    float64
	cultures   cultures
	bearers    float64 // of a given and a family name
	staff      float64 // pairs of records with one employer
	rich       bool    // records tell many things beside the name

	logs weights[float64] // made once for each round
}

// sample is a weighted pattern: it stands for weight pairs.
type sample struct {
	pattern pattern
	weight  float64
}

func (m *mixture) takeLogs() {
	m.logs.family, m.logs.rarity, m.logs.place = m.family, m.rarity, m.place
	for fields, bits := range metByName(m.rich) {
		if m.kind == person || !m.alone {
			m.logs.metByName[fields] = float64(bits) / millibit
		}
	}
	m.logs.alike = math.Log2(m.alike)
	m.logs.ownEmails = math.Log2(max(1-m.shared[fieldEmail][emailExact], .01))
	for part, multiple := range m.cultures {
		m.logs.culture[part] = float64(multiple) / millibit
	}
	m.logs.names.fill(&m.cultures, m.cluster, m.bearers, func(bits float64) float64 { return bits })
	for c := range m.prior {
		m.logs.prior[c] = math.Log2(m.prior[c])
	}
	for f := range m.match {
		m.logs.match[f], m.logs.chance[f], m.logs.shared[f] = m.match[f].logs(), m.chance[f].logs(), m.shared[f].logs()
	}
	m.logs.plain, m.logs.branches = m.plain, m.branches
	m.logs.attributes = m.attributes.logs(m.chance[fieldAttributes])
	for k := range m.namesake {
		m.logs.namesake[k] = m.namesake[k].logs()
	}
}

func (s share) logs() share {
	var l share
	for i := 1; i < maxLevels; i++ {
		if s[i] > 0 {
			l[i] = math.Log2(s[i])
		}
	}
	return l
}

// Names that strangers may have in common.
const (
	sameFamily = iota
	sameFull
	sameGiven
	likeFull // one of the names is no more than alike
	sameNames
)

// givenAgrees says whether the given names are forms of one name, or could be.
func (l levels) givenAgrees() bool {
	level := l.of(fieldGiven)
	return level >= givenExact && level <= givenNearKnown
}

func (l levels) familyAgrees() bool {
	level := l.of(fieldFamily)
	return level >= familyExact && level <= familyNearKnown && level != familySwapped
}

// namesakes says which names agree, if any do: addresses are made of names.
func (l levels) namesakes() (names int, ok bool) {
	given, family := l.givenAgrees(), l.familyAgrees()
	switch {
	case given && family && (l.of(fieldGiven) > givenVariant || l.of(fieldFamily) > familyFormer):
		return likeFull, true
	case given && family || l.of(fieldFamily) == familySwapped:
		return sameFull, true
	case family:
		return sameFamily, true
	case given:
		return sameGiven, true
	}
	return 0, false
}

// rareSlot is the slot that weighs field f at a level in a pattern, if one does.
func rareSlot(f field, level uint8, r rarity) (slot, bool) {
	s := [fieldCount]slot{slotGiven, slotFamily, slotCount, slotBirth, slotCount, slotID, slotStreet, slotEmail,
		slotPhone, slotFirm, slotCount, slotFirm, slotCount}[f]
	if s == slotCount {
		return 0, false
	}
	if f == fieldEmail && level == emailLocal {
		s = slotLocal
	}
	if r.count(s) > 0 {
		return s, true
	}
	if f == fieldAddress && r.of(slotPlace) > 0 {
		return slotPlace, true
	}
	return 0, false
}

const (
	matchPseudo  = 15 // pairs that pull the levels of matches towards the typical ones
	sharedPseudo = 20 // pairs that anchor what relatives share
)

// maximise takes over the tally: class shares of all pairs, levels of matches
// and of relatives. held is the number of typical pairs that the levels of
// matches are held to.
func (m *mixture) maximise(t *tally, records, held float64) {
	allPairs := records * (records - 1) / 2
	const least = 1e-13
	if m.kind == organisation {
		t.holdForms()
	}
	class := t.class
	if class[classNamesakes] = t.namesakePairs(); m.kind == organisation {
		class[classNamesakes] = t.marked
	}
	few := max(1-class[classMatch]/enoughMatches, 0)
	for c, typical := range typicalPairsOf() {
		more := float64(typicalRecords)
		if c != int(classMatch) {
			more *= few
		}
		m.prior[c] = max((class[c]+more*typical)/(1+more/records)/allPairs, least)
	}
	m.prior[classColleagues] = max(m.prior[classColleagues], (m.staff-t.class[classMatch])/allPairs) // blocking proposes few of them
	m.prior[classStrangers] = 1
	t.holdGiven()
	for f := range fieldCount {
		levelCount := len(levelNames(f))
		pseudo := float64(matchPseudo)
		if f != fieldEmployer { // how often people change it is anybody's guess
			pseudo += held
		}
		if f == fieldGiven {
			pseudo += few * enoughMatches
		}
		if f == fieldAttributes {
			pseudo += attributesHeld * t.class[classMatch]
		}
		m.match[f] = blend(t.match[f], m.typical(f), pseudo, levelCount)
		if isShared(f) || f == fieldEmployer || f == fieldSuffix {
			m.shared[f] = blend(t.shared[f], m.anchor(f), sharedPseudo, levelCount)
		}
	}
	m.holdChanges(t)
	m.holdOthers()
	m.holdAlike(t)
	for f := range fieldCount {
		m.guard(f)
	}
	if m.family {
		m.keepFamilies()
		m.capGenerations()
	}
	m.holdSuffixes()
}

// holdGiven keeps pairs without birth dates from teaching that one person has
// two given names: nothing else tells a person from a household that shares
// address, phone and e-mail, so that EM would take more and more of those for
// matches, each for the others' sake.
func (t *tally) holdGiven() {
	const atMost = .5 // of what is typical
	typical := typicalShare(fieldGiven)
	undated := t.class[classMatch] - t.dated[classMatch]
	for _, l := range []uint8{givenSemiKnown, givenUnlike, givenUnlikeKnown} {
		match, dated := &t.match[fieldGiven][l], t.given[l]
		*match = dated + min(*match-dated, atMost*typical[l]*undated)
	}
}

// namesakePairs counts the pairs of namesake relatives by those among them with
// both birth dates: without dates they look like matches, and matches would be
// taken for relatives. Where few pairs have dates there are no more than few
// families have; a small file with dates holds no fewer than is careful, for
// they are too few to be learnt. There are never fewer than suffixes mark.
func (t *tally) namesakePairs() float64 {
	const (
		few     = 20  // pairs of matches with dates
		undated = .05 // namesakes of the household pairs, where no date tells them
		careful = .2
		small   = 400 // matches from which the file's own share outweighs the careful one
	)
	household, dated := t.class[classHousehold], t.dated[classMatch]
	pairs := min(t.class[classNamesakes], undated*household)
	if dated > 0 {
		byDate := t.dated[classNamesakes] / dated * t.class[classMatch]
		if homes := t.dated[classHousehold]; homes > 0 { // where dates are known within one source alone, they are of hardly any match
			byDate = min(byDate, t.dated[classNamesakes]/homes*household)
		}
		pairs = (dated*byDate + few*pairs) / (dated + few)
		pairs = max(pairs, careful*household*small/(small+t.class[classMatch])*dated/(dated+few))
	}
	return max(pairs, t.marked)
}

// capGenerations keeps fathers and sons of one name out of the matches: among
// them a generation apart is common, while a mistyped date that is far off in
// every digit is rarer than one that is merely different. Without the cap EM
// has two optima, and small changes of the candidates tip it.
func (m *mixture) capGenerations() {
	const atMost = .5 // of the odds of a different date
	birth, chance := &m.match[fieldBirth], &m.chance[fieldBirth]
	birth[birthFar] = min(birth[birthFar], atMost*birth[birthUnlike]*chance[birthFar]/chance[birthUnlike])
}

// holdSuffixes keeps a different suffix against a match: people write one only
// to tell bearers of one name apart, and a file whose suffixes are all of
// fathers and sons would teach that matches differ in it. Strangers write one
// as often as matches do: that one is written, or not, tells fathers and sons
// alone.
func (m *mixture) holdSuffixes() {
	if m.kind == organisation {
		m.shared[fieldSuffix] = typicalForms().sisters
		return
	}
	const (
		atMost = .005 // of matches with two suffixes
		seldom = .1   // of relatives, against matches, have one suffix
	)
	match := &m.match[fieldSuffix]
	both := match[suffixSame] + match[suffixUnlike]
	match[suffixUnlike] = min(match[suffixUnlike], atMost*both)
	match[suffixSame] = both - match[suffixUnlike]
	chance := *match
	chance[suffixSame], chance[suffixUnlike] = both/2, both/2
	m.chance[fieldSuffix] = chance
	shared := &m.shared[fieldSuffix]
	same := min(shared[suffixSame], seldom*match[suffixSame])
	shared[suffixUnlike] += shared[suffixSame] - same
	shared[suffixSame] = same
}

// keepFamilies holds the relatives to one family name: else the pairs of one
// large office, which share all but the name, turn them into colleagues.
func (m *mixture) keepFamilies() {
	const least = .6 // of relatives have one family name
	shared, anchor := &m.shared[fieldFamily], m.anchor(fieldFamily)
	now, then := shared[familyExact], anchor[familyExact]
	if now >= least || then <= least {
		return
	}
	part := (least - now) / (then - now)
	for l := range shared {
		shared[l] += part * (anchor[l] - shared[l])
	}
}

func blend(counts, prior share, pseudo float64, levelCount int) share {
	total := pseudo
	for l := 1; l <= levelCount; l++ {
		total += counts[l]
	}
	var s share
	for l := 1; l <= levelCount; l++ {
		s[l] = (counts[l] + pseudo*prior[l]) / total
	}
	return s
}

// typical is how often a level is met in pairs of one party.
func (m *mixture) typical(f field) share {
	if f == fieldSuffix && m.kind == organisation {
		return typicalForms().match
	}
	if f == fieldAttributes {
		return m.usual
	}
	return typicalShare(f)
}

func typicalShare(f field) share {
	var s share
	copy(s[1:], typicalMatch(f))
	return s
}

// anchor is what relatives share of field f before any evidence.
func (m *mixture) anchor(f field) share {
	if f == fieldSuffix && m.kind == organisation {
		return typicalForms().sisters
	}
	if f == fieldSuffix {
		return namesakeSuffixes()
	}
	if f == fieldFirm {
		return share{firmOther: sistersOther}
	}
	if f == fieldAttributes {
		return m.relatedAttributes()
	}
	part := sharedShare(f)
	chance := m.chance[f]
	if f == fieldEmail {
		chance = m.namesake[sameFamily]
	}
	var s share
	for l := range s {
		s[l] = (1 - part) * chance[l]
	}
	if f == fieldAddress {
		for level, share := range sameHome() {
			s[level] += part * share
		}
		return s
	}
	s[1] += part
	return s
}
