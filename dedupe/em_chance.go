package dedupe

import (
	"context"
	"math"
	"slices"
)

const (
	mostSeen      = 12      // records of one party or one family that share a value, at most
	chancePairs   = 600_000 // random pairs that show how often strangers agree
	namesakePairs = 60_000  // pairs of one name that show how often their e-mails agree
)

// chances measures how often strangers agree, from pairs that blocking has
// not chosen: pairs that share a block agree far more often than strangers do.
type chances struct {
	f             *features
	members       []uint32
	pairs         float64               // all pairs of the members
	drawn         *sampleSet            // of the pairs that EM sees
	random        *sampleSet            // of all pairs, each standing for one
	namesakes     [sameNames]*sampleSet // of pairs that have names in common
	namesakePairs [sameNames]float64    // all of those pairs
	counts        [slotCount][]int32    // how often each value occurs
	holders       [slotCount]float64    // records that have a value
	mailed        []int32               // records with a name, by e-mail address
	nested        [slotCount][]float64  // pairs with one value that agree further still, by value; nil = none
	full          fullNames
	affinity      float64     // of given and family name
	bearers       float64     // records with both names
	doors         float64     // pairs with one street, number and place
	addressed     float64     // records with an address
	schemes       float64     // of namesakes who have one local part by rule
	sameNamed     [64]float64 // matches of one name, by the weight of its words, as attributes tell
	named         drawnPairs  // pairs with a part of a name in common; empty where no attributes are known
	bearing       [64]int     // organisations, by the weight of the words of their names
	contacts      bool        // some records have a street, an e-mail, a phone or an id
	workers       int
}

func newChances(ctx context.Context, f *features, members []uint32, allPairs *sampleSet, workers int) (*chances, error) {
	n := float64(len(members))
	c := &chances{f: f, members: members, pairs: n * (n - 1) / 2, random: allPairs, workers: workers, contacts: f.hasContacts(members)}
	jobs := []func(){
		c.countHolders,
		c.countDoors,
		c.countFullNames,
		c.countAffinity,
		c.countSchemes,
		c.countNames,
		func() {
			c.drawNamesakes(sameFamily, func(r *record) uint64 { return uint64(f.r.names.hashOf(r.family)) })
		},
		func() {
			c.drawNamesakes(sameGiven, func(r *record) uint64 { return uint64(f.r.names.hashOf(r.given)) })
		},
		func() {
			c.drawNamesakes(sameFull, func(r *record) uint64 {
				if r.given == 0 || r.family == 0 {
					return 0
				}
				return mix(uint64(f.r.names.hashOf(r.given)), uint64(f.r.names.hashOf(r.family)))
			})
		},
	}
	if err := parallel(ctx, workers, len(jobs), func(i int) { jobs[i]() }); err != nil {
		return nil, err
	}
	var err error
	if c.random == nil {
		if c.random, err = c.drawRandom(ctx, workers); err != nil {
			return nil, err
		}
	}
	c.named.pairs = c.namedPairs()
	c.named.patterns, err = f.patterns(ctx, c.named.pairs, workers)
	return c, err
}

func (c *chances) countHolders() {
	n := &c.f.counts
	c.counts = [slotCount][]int32{n.given, n.family, metDates(n.birth), n.id, n.street, n.postcode, n.email, n.phone, n.firm, n.local}
	c.nested[slotLocal] = c.f.equalEmails()
	c.holders, c.bearers = holdersOf(c.f, c.members)
	c.mailed = make([]int32, len(n.email))
	for _, i := range c.members {
		r := &c.f.r.rows[i]
		if r.given == 0 && r.family == 0 {
			continue
		}
		for _, e := range r.emails {
			if e != 0 {
				c.mailed[e]++
			}
		}
	}
}

// metDates leaves the dates out that no record has, which are nearly all, but
// for the unknown one: they are gone through at each step of learning.
func metDates(counts []int32) []int32 {
	met := counts[:1:1]
	for _, n := range counts[1:] {
		if n > 0 {
			met = append(met, n)
		}
	}
	return met
}

// isUntaught says whether the mixture can't tell which pairs with one value are
// one party: nothing is learnt yet, or there is nothing else to compare.
func (c *chances) isUntaught(m *mixture, s slot) bool {
	return isGivenOnce(s) && (m.isNew() && !m.family || c.isNameless(s))
}

// isNameless says whether most pairs with one e-mail address have no two names
// to compare: orders that say nothing of their buyer but the address.
func (c *chances) isNameless(s slot) bool {
	if s != slotEmail {
		return false
	}
	pairs, named := 0.0, 0.0
	for id, n := range c.counts[s] {
		if id > 0 && n <= mostSeen { // more have the address of an office
			pairs += float64(n) * float64(n-1) / 2
			named += float64(c.mailed[id]) * float64(c.mailed[id]-1) / 2
		}
	}
	return pairs > 2*named
}

// countDoors counts the records with an address, and the pairs at one door.
func (c *chances) countDoors() {
	var doors []uint64
	for _, i := range c.members {
		r := &c.f.r.rows[i]
		if r.street != 0 || r.postcode != 0 || r.city != 0 {
			c.addressed++
		}
		if r.street != 0 && r.number != 0 {
			doors = append(doors, mix(uint64(c.f.r.texts.hashOf(r.street)), uint64(c.f.r.texts.hashOf(r.number)),
				uint64(c.f.r.texts.hashOf(r.postcode))))
		}
	}
	doors = radixSort(doors, make([]uint64, len(doors)), 0)
	run := 0.0
	for i := 1; i < len(doors); i++ {
		if doors[i] != doors[i-1] {
			run = 0
			continue
		}
		run++
		c.doors += run
	}
}

// drawRandom compares pairs drawn by hash; the same records give the same pairs.
func (c *chances) drawRandom(ctx context.Context, workers int) (*sampleSet, error) {
	n := uint64(len(c.members))
	pairs := make([]pair, 0, chancePairs)
	for t := range uint64(chancePairs) {
		if i, j := mix(t, 1)%n, mix(t, 2)%n; i != j {
			pairs = append(pairs, pairOf(c.members[i], c.members[j]))
		}
	}
	slices.Sort(pairs) // neighbours in memory are compared one after the other
	patterns, err := c.f.patterns(ctx, pairs, workers)
	drawn := make([]sample, len(patterns))
	for i, p := range patterns {
		drawn[i] = sample{p, 1}
	}
	return newSampleSet(drawn), err
}

// learn sets the chance of every level, given what the mixture explains.
func (c *chances) learn(m *mixture, explained *tally) {
	random := m.strangersIn(c.random)
	for f := range fieldCount {
		m.chance[f] = smooth(random[f], f, m.typicalChance(f))
	}
	m.cluster = min(1.5*(1+2*explained.class[classMatch]/max(float64(len(c.members)), 1)), mostSeen)
	for s := range slotCount {
		if s != slotFirm {
			c.learnSlot(m, s, explained)
		}
	}
	m.chance[fieldFirm], m.chance[fieldEmployer] = firmChance(m.chance[fieldFirm]), firmChance(m.chance[fieldEmployer])
	c.learnAttributes(m)
	m.rarity[slotFirm] = firmRarity(!c.contacts)
	c.learnPlain(m)
	c.learnBranches(m)
	c.learnCultures(m, explained)
	m.chance[fieldAddress] = c.doorChance(m.chance[fieldAddress], explained)
	m.place = c.placeOfNames(m)
	for k := range likeFull {
		m.namesake[k] = c.namesakeEmails(m, k, explained)
	}
	m.namesake[likeFull] = likeNamesakes(m.namesake[sameFull], m.chance[fieldEmail])
}

// isNew says whether nothing has been learnt yet.
func (m *mixture) isNew() bool { return m.logs.prior[classMatch] == 0 }

func levelCountOf(f field) int { return len(levelNames(f)) }

// strangersIn sums the probability of being strangers by field and level.
func (m *mixture) strangersIn(set *sampleSet) *[fieldCount]share {
	var sums [fieldCount]share
	posteriors := m.posteriors(set)
	for i, s := range set.samples {
		p, w := s.pattern, s.weight
		if !m.isNew() {
			w *= posteriors.of(i)[classStrangers]
		}
		for f := range fieldCount {
			sums[f][p.levels.of(f)] += w
		}
	}
	return &sums
}

// smooth turns counts into shares, none of them nil.
func smooth(counts share, f field, typical share) share {
	const unseen = .3 // of a pair for a level that the sample doesn't hold
	total := 0.0
	for _, n := range counts[1:] {
		total += n
	}
	least := unseen * total / (total + typicalPairs)
	for l := 1; l <= levelCountOf(f); l++ {
		counts[l] = max(counts[l], least) + typicalPairs*typical[l]
	}
	return blend(counts, share{}, 0, levelCountOf(f))
}

// learnSlot sets the exact level of a field from the frequencies of its
// values, and how much each frequency changes it.
func (c *chances) learnSlot(m *mixture, s slot, explained *tally) {
	pairs, total := 0.0, 0.0
	plausible := 0.0 // pairs that may be one party or one family, however many hold a value
	for id, n := range c.counts[s] {
		if id == 0 {
			continue
		}
		pairs += c.pairsOf(s, id)
		plausible += min(float64(n)*min(float64(n-1), mostSeen)/2, c.pairsOf(s, id))
		total += float64(n)
	}
	for code := range m.rate[s] {
		m.rate[s][code] = 1
	}
	if total < 2 || c.holders[s] < 2 {
		return
	}
	both := c.holders[s] * (c.holders[s] - 1) / 2
	if pairs == 0 {
		pairs = .3 * both / (both + typicalPairs)
	}
	f := slotOf(s)
	known := explained.kin[f][levelOf(s)]
	switch s {
	case slotStreet:
		known = explained.street
	case slotPlace:
		known = explained.place
	}
	if c.isUntaught(m, s) {
		known = plausible // where little else is known, nothing could teach it
	}
	const least = .003 // of the coincidences are chance, whatever the mixture explains
	strangers := max(pairs-min(known, plausible), least*pairs)
	if isGivenOnce(s) || s == slotPhone {
		const few, typical = 20, .02 // pairs, and the share of strangers among those with one value
		strangers = pairs * (strangers + few*typical) / (pairs + few)
	}
	c.learnRates(m, s, strangers/pairs, explained)
	exact := (strangers + typicalPairs*typicalExact(s)) / (both + typicalPairs)
	m.exact[s] = exact
	if f != fieldAddress {
		m.chance[f] = withFirst(m.chance[f], levelOf(s), exact, levelCountOf(f))
	}
	for code := 1; code < 64; code++ {
		m.rarity[s][code] = rarityBits(code, m.rate[s][code], c.holders[s], exact)
	}
}

// isGivenOnce says whether a value of the slot is given out to one party, or
// one household, only.
func isGivenOnce(s slot) bool { return s == slotEmail || s == slotID }

// pairsOf counts the pairs that agree on a value of a slot and no further.
func (c *chances) pairsOf(s slot, id int) float64 {
	n := float64(c.counts[s][id])
	pairs := n * (n - 1) / 2
	if nested := c.nested[s]; nested != nil {
		pairs = max(pairs-nested[id], 0)
	}
	return pairs
}

// equalEmails counts, by local part, the pairs with one whole address.
func (f *features) equalEmails() []float64 {
	pairs := make([]float64, len(f.counts.local))
	for id, n := range f.counts.email {
		pairs[f.email[id].local] += float64(n) * float64(n-1) / 2
	}
	return pairs
}

// learnRates sets which share of the pairs with one value are strangers, by
// how often it is met. Of the holders of a value as many as one party sees may
// be the party's own records; where enough values are met so often, what the
// mixture explains of their pairs tells better.
func (c *chances) learnRates(m *mixture, s slot, rate float64, explained *tally) {
	const pseudo, least = 30.0, .003
	cluster := m.cluster
	isUntaught := c.isUntaught(m, s)
	if isUntaught {
		cluster = mostSeen
	}
	var pairs [64]float64
	for id, n := range c.counts[s] {
		if id > 0 {
			pairs[countCode(n)] += c.pairsOf(s, id)
		}
	}
	for code := 1; code < 64; code++ {
		n := decoded(code)
		expected := (min(n, cluster)*rate + max(0, n-cluster)) / n
		m.rate[s][code] = expected
		if m.isNew() || isUntaught || slotOf(s) == fieldAddress {
			continue
		}
		strangers := max(pairs[code]-explained.rare[s][code], least*pairs[code])
		m.rate[s][code] = (strangers + pseudo*expected) / (pairs[code] + pseudo)
	}
}

// rarityBits is log2 of how much likelier than on average strangers agree on
// a value that count code says is met so often. Beside the file's holders there
// are the typical ones, of whom as many have the value as of any two strangers.
func rarityBits(code int, rate, holders, exact float64) float64 {
	return math.Log2((decoded(code)*rate + typicalHolders*exact) / (holders + typicalHolders) / exact)
}

func (c *chances) doorChance(now share, explained *tally) share {
	if c.addressed < 2 {
		return now
	}
	const least = .003
	both := c.addressed * (c.addressed - 1) / 2
	strangers := max(c.doors-explained.kin[fieldAddress][addressDoor], least*c.doors, .3*both/(both+typicalPairs))
	chance := (strangers + typicalPairs*typicalChance(fieldAddress)[addressDoor-1]) / (both + typicalPairs)
	return withFirst(now, addressDoor, chance, levelCountOf(fieldAddress))
}

// withFirst sets one level and scales the others so that all sum to one.
func withFirst(s share, level uint8, value float64, levelCount int) share {
	value = min(value, .999)
	rest := 1 - s[level]
	if rest <= 0 {
		return s
	}
	for l := 1; l <= levelCount; l++ {
		s[l] *= (1 - value) / rest
	}
	s[level] = value
	return s
}
