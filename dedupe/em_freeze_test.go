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
