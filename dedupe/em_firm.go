package dedupe

// firmChance is how often the names of two organisations have a level where
// they share some words: those who share them by chance share little else. What
// the words themselves say is in firmRarity. It is not learnt: where a name is
// all there is, nothing tells duplicates from chance but what names are made of.
func firmChance(measured share) share {
	s := measured
	s[firmExact], s[firmMost], s[firmMuch], s[firmHalf], s[firmSome], s[firmOther] = 1./8, 1./4, 1./2, 1, 1, 1
	return s
}

// firmRarity is log2 of how often two organisations share words of a weight, by
// one more than that weight in bits. Words of one trade go together and
// branches bear one name, so that chance finds them oftener than their weights
// say; where the name is all there is, that is what it must be judged by.
func firmRarity(alone bool) [64]float64 {
	together := .8
	if alone {
		together = .95
	}
	var bits [64]float64
	for code := 1; code < len(bits); code++ {
		bits[code] = -together * float64(code-1)
	}
	return bits
}

// holdOthers keeps firms of one house, each of which has a known word of its own
// in its name, from teaching that one firm is called by two: all else is common
// to them. Where nothing is known that a house shares, nothing else explains such
// pairs, and they teach what they may.
func (m *mixture) holdOthers() {
	if m.kind == organisation && m.family {
		typical := typicalShare(fieldFirm)
		m.match[fieldFirm][firmOther] = min(m.match[fieldFirm][firmOther], typical[firmOther])
	}
}

// countStaff counts the pairs of persons with one employer.
func (c *chances) countStaff() float64 {
	pairs := 0.0
	for id, n := range c.f.counts.firm {
		if namesEmployer(c.f.r.firms.bytes(uint32(id))) == 1 {
			pairs += float64(n) * float64(n-1) / 2
		}
	}
	return pairs
}

// holdForms tells companies that are told apart by their legal form from
// careless writing. Pairs of one name with two forms look alike whatever they
// are, so that EM would leave them where it finds them. But who is careless with
// forms leaves them out, too, and oftener: matches have two forms no oftener than
// a quarter as often as one of them has none. What is over that are sister companies.
func (t *tally) holdForms() {
	const (
		least    = .01 // of matches
		careless = .25 // with two forms for one without
	)
	match := &t.match[fieldSuffix]
	others := t.class[classMatch] - match[suffixUnlike]
	pairs := match[suffixUnlike] + t.marked
	kept := min(pairs, max(match[suffixOneSide]*careless, least*others))
	match[suffixUnlike], t.marked = kept, pairs-kept
	t.class[classMatch] = others + kept
}
