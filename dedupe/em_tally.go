package dedupe

import "context"

// tally sums posteriors by class, and by class and level.
type tally struct {
	class  [classCount]float64
	dated  [classCount]float64 // of pairs with both birth dates
	given  share               // of matches with both birth dates
	marked float64             // namesake relatives whose suffixes tell them apart
	match  [fieldCount]share
	shared [fieldCount]share
	kin    [fieldCount]share   // everything that is not strangers, by level
	told   [fieldCount]float64 // matches in which the field is known, that another one beside the name tells
	street float64             // not strangers, with an agreeing street
	place  float64

	fullName [cultureParts]float64 // not strangers, with one full name
	named    float64               // pairs with one full name, strangers in
	mailed   [sameNames][mailedLevels]mailed
	names    [2]nameMatches         // matches of which nothing but names is known of both, and those of which more agrees
	bare     float64                // of them those with nothing beside the name known of both
	rare     [slotCount][64]float64 // not strangers, by the count code of the value that agrees
}

// expect sums over samples in chunks of fixed size, joined in order, so that
// the sums don't depend on the workers.
func (m *mixture) expect(set *sampleSet, workers int) *tally {
	const chunk = 1 << 13
	samples := set.samples
	parts := make([]tally, (len(samples)+chunk-1)/chunk)
	post := m.posteriors(set)
	// the context is the caller's to look at: a round of EM is short
	_ = parallel(context.Background(), workers, len(parts), func(n int) {
		for i := n * chunk; i < min((n+1)*chunk, len(samples)); i++ {
			parts[n].add(samples[i], post.of(i))
		}
	})
	var t tally
	for i := range parts {
		t.join(&parts[i])
	}
	return &t
}

func (t *tally) add(s sample, post [classCount]float64) {
	const nothing = 1e-7
	t.countMailed(s)
	if s.pattern.rarity.of(slotFullName) > 0 {
		t.named += s.weight
		if s.pattern.isBare() {
			t.bare += s.weight
		}
	}
	if post[classStrangers] > 1-nothing {
		return
	}
	p, w := s.pattern, s.weight
	if email := p.levels.of(fieldEmail); email != 0 && p.levels == levels(0).with(fieldEmail, email) {
		for c := range post { // an address alone does not tell a person from a household, of which it would teach
			if c != int(classMatch) && c != int(classStrangers) {
				post[c] = 0
			}
		}
	}
	if p.levels.of(fieldSuffix) == suffixUnlike {
		t.marked += w * post[classNamesakes]
	}
	for c := range post {
		t.class[c] += w * post[c]
		if p.levels.of(fieldBirth) != 0 {
			t.dated[c] += w * post[c]
		}
	}
	if p.levels.of(fieldBirth) != 0 {
		t.given[p.levels.of(fieldGiven)] += w * post[classMatch]
	}
	if post[classMatch] > nothing {
		t.countNames(p, w*post[classMatch])
	}
	kin := post[classHousehold] + post[classTwins] + post[classNamesakes]
	if post[classMatch] > nothing {
		t.tell(p.levels, w*post[classMatch])
	}
	for f := range fieldCount {
		if level := p.levels.of(f); level > 0 {
			t.match[f][level] += w * post[classMatch]
			switch f {
			case fieldSuffix:
				t.shared[f][level] += w * post[classNamesakes]
			case fieldEmployer:
				t.shared[f][level] += w * post[classColleagues]
			case fieldFamily:
				t.shared[f][level] += w * kin
			default:
				t.shared[f][level] += w * (kin + post[classColleagues])
			}
			t.kin[f][level] += w * (1 - post[classStrangers])
		}
	}
	for s := range slotCount {
		if p.levels.of(slotOf(s)) == levelOf(s) {
			t.rare[s][p.rarity.count(s)] += w * (1 - post[classStrangers])
		}
	}
	if p.rarity.of(slotFullName) > 0 && p.levels.of(fieldFamily) == familyExact {
		t.fullName[p.rarity.nameCodes()/culturePart] += w * (1 - post[classStrangers])
	}
	if p.rarity.of(slotStreet) > 0 {
		t.street += w * (1 - post[classStrangers])
	}
	if p.rarity.of(slotPlace) > 0 || p.levels.of(fieldAddress) == addressDoor {
		t.place += w * (1 - post[classStrangers])
	}
}

func (t *tally) join(o *tally) {
	for c := range t.class {
		t.class[c] += o.class[c]
		t.dated[c] += o.dated[c]
	}
	for f := range t.match {
		for l := range t.match[f] {
			t.match[f][l] += o.match[f][l]
			t.shared[f][l] += o.shared[f][l]
			t.kin[f][l] += o.kin[f][l]
		}
		t.told[f] += o.told[f]
	}
	for l, pairs := range o.given {
		t.given[l] += pairs
	}
	for i, pairs := range o.fullName {
		t.fullName[i] += pairs
	}
	for s := range t.rare {
		for code := range t.rare[s] {
			t.rare[s][code] += o.rare[s][code]
		}
	}
	t.marked += o.marked
	t.named += o.named
	t.bare += o.bare
	for i := range t.names {
		t.names[i].equal += o.names[i].equal
		t.names[i].alike += o.names[i].alike
	}
	for names := range t.mailed {
		for l := range t.mailed[names] {
			t.mailed[names][l].join(o.mailed[names][l])
		}
	}
	t.street += o.street
	t.place += o.place
}
