package dedupe

import "testing"

// TestMarginIsTakenWhereCheap holds the cut to caution where it costs little,
// and to the best promise where evidence is weak.
func TestMarginIsTakenWhereCheap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		points []promise
		least  float64
		most   float64
	}{
		{"strong evidence", []promise{{.999, 1000}, {.6, 1}, {.01, 100}}, 1, 1},
		{"weak evidence", []promise{{.9, 300}, {.55, 400}, {.3, 200}}, 0, .5},
		{"too few matches to go by", []promise{{.55, 20}}, 1, 1},
	} {
		all, hits, merged, best := 0.0, 0.0, 0.0, 0.0
		for _, x := range c.points {
			all += x.p * x.weight
		}
		for _, x := range c.points {
			hits += x.p * x.weight
			merged += x.weight
			best = max(best, 2*hits/(merged+all))
		}
		if taken := affordable(c.points, all, best, 0, 1); taken < c.least || taken > c.most {
			t.Errorf("%s: %.3f bits are taken, want %.1f to %.1f", c.name, taken, c.least, c.most)
		}
	}
}

// TestSuffixesTellGenerationsAlone: whether a suffix is written says nothing
// about strangers, and one that both have speaks for one person, whatever
// relatives were counted to share.
func TestSuffixesTellGenerationsAlone(t *testing.T) {
	t.Parallel()
	var m mixture
	m.match[fieldSuffix] = share{suffixSame: .04, suffixUnlike: .02, suffixOneSide: .05, suffixNeither: .89}
	m.shared[fieldSuffix] = share{suffixSame: .3, suffixUnlike: .1, suffixOneSide: .3, suffixNeither: .3}
	m.holdSuffixes()
	match, chance, shared := m.match[fieldSuffix], m.chance[fieldSuffix], m.shared[fieldSuffix]
	for _, l := range []uint8{suffixOneSide, suffixNeither} {
		if match[l] != chance[l] {
			t.Errorf("%s: %.3f of matches, %.3f of strangers", levelName(fieldSuffix, l), match[l], chance[l])
		}
	}
	if match[suffixUnlike] > .005*(match[suffixSame]+match[suffixUnlike]) {
		t.Errorf("different suffixes in %.4f of matches, same ones in %.4f", match[suffixUnlike], match[suffixSame])
	}
	if shared[suffixSame] >= match[suffixSame] || shared[suffixSame]+shared[suffixUnlike] < .399 {
		t.Errorf("of relatives %.3f have one suffix, %.3f two; of matches %.3f", shared[suffixSame], shared[suffixUnlike], match[suffixSame])
	}
}

// TestHouseholdsTeachNoSecondName: pairs that share all but the given name, and
// have no birth dates, do not make different names common among matches.
func TestHouseholdsTeachNoSecondName(t *testing.T) {
	t.Parallel()
	const matches, twoNames = 1000, 80
	var with, without tally
	for _, x := range []*tally{&with, &without} {
		x.class[classMatch] = matches
		x.match[fieldGiven][givenExact], x.match[fieldGiven][givenUnlikeKnown] = matches-twoNames, twoNames
	}
	with.dated[classMatch], with.given[givenUnlikeKnown] = matches, twoNames
	with.holdGiven()
	without.holdGiven()
	if got := with.match[fieldGiven][givenUnlikeKnown]; got != twoNames {
		t.Errorf("with birth dates %.1f of %d pairs count", got, twoNames)
	}
	if got, most := without.match[fieldGiven][givenUnlikeKnown], matches*typicalShare(fieldGiven)[givenUnlikeKnown]; got > most {
		t.Errorf("without birth dates %.1f pairs count, at most %.1f are typical", got, most)
	}
}

// TestChangesAreHeldWhereNothingTells: how often one person's e-mail address
// differs is what the file says where other fields tell matches, and what is
// typical where nothing does.
func TestChangesAreHeldWhereNothingTells(t *testing.T) {
	t.Parallel()
	learnt := share{emailExact: .9, emailLocal: .04, emailNear: .03, emailSemi: .01, emailUnlike: .015, emailOwn: .005}
	differing := func(s share) float64 { return s[emailSemi] + s[emailUnlike] + s[emailOwn] }
	typical := differing(typicalShare(fieldEmail))
	for _, c := range []struct {
		told        float64
		least, most float64
	}{{0, .99 * typical, 1.01 * typical}, {4000, differing(learnt), 1.1 * differing(learnt)}} {
		var m mixture
		for f := range fieldCount {
			m.match[f] = typicalShare(f)
		}
		m.match[fieldEmail] = learnt
		m.holdChanges(&tally{told: [fieldCount]float64{fieldEmail: c.told}})
		held, sum := m.match[fieldEmail], 0.0
		for _, x := range held {
			sum += x
		}
		if got := differing(held); got < c.least || got > c.most || sum < .999 || sum > 1.001 {
			t.Errorf("with %.0f matches told %.3f differ, want %.3f to %.3f; all sum to %.3f", c.told, got, c.least, c.most, sum)
		}
	}
}

// TestTold: a match tells of a field where another one beside the name agrees.
func TestTold(t *testing.T) {
	t.Parallel()
	var with tally
	named := levels(0).with(fieldGiven, givenExact)
	with.tell(named.with(fieldEmail, emailUnlike).with(fieldPhone, phoneExact), 1)
	with.tell(named.with(fieldEmail, emailExact), 1)
	if want := ([fieldCount]float64{fieldEmail: 1}); with.told != want {
		t.Errorf("told %v, want %v: the phone tells of the e-mail address, nothing of the phone", with.told, want)
	}
	same, like := named.with(fieldFamily, familyExact), named.with(fieldFamily, familyNear)
	for _, c := range []struct {
		levels levels
		alone  int
	}{
		{same, 0}, {same.with(fieldEmail, emailUnlike), 1}, {same.with(fieldEmail, emailUnlike).with(fieldPhone, phoneUnlike), aloneFields},
		{same.with(fieldEmail, emailUnlike).with(fieldPhone, phoneExact), 0}, {like, 0}, {like.with(fieldEmail, emailUnlike), aloneFields},
	} {
		if got := (pattern{levels: c.levels}).alone(); got != c.alone {
			t.Errorf("levels %x: %d fields stand against the name, want %d", c.levels, got, c.alone)
		}
	}
}
