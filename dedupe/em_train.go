package dedupe

import (
	"context"
	"fmt"
	"math"
)

const (
	trainPairs = 400_000 // candidate pairs that EM sees at most
	emRounds   = 3       // each: EM, then the chance of agreeing anew
	emSteps    = 25
)

// Train learns a model from r without labels. Equal records, names and
// settings give an equal model, whatever the worker count or row order. A kind
// of party whose records hold no evidence gets a model that matches nothing
// and says why.
func Train(ctx context.Context, r *Records, names *Names, s Settings) (*Model, error) {
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("train matching: %w", err)
	}
	f := r.features(names, s.Workers)
	m := &Model{}
	for k := range m.parts {
		t := training{f: f, kind: kind(k), settings: s}
		part, err := t.part(ctx)
		if err != nil {
			return nil, fmt.Errorf("train matching: %w", err)
		}
		m.parts[k], f = part, t.f
	}
	r.keepScaled(f)
	return m, m.freeze()
}

// training is the learning of one kind of party.
type training struct {
	f        *features // with the scale of attributes, once that is learnt
	kind     kind
	settings Settings
	drawn    drawnPairs
	samples  *sampleSet // of the patterns of drawn
	chances  *chances
}

// drawnPairs are the pairs that EM sees, each standing for share pairs.
type drawnPairs struct {
	pairs    []pair
	patterns []pattern
	share    uint64
}

func (t *training) part(ctx context.Context) (partModel, error) {
	members := t.f.parts[t.kind]
	part := partModel{Records: int64(len(members))}
	if len(members) < 2 {
		part.Reason = "fewer than two records with a name, birth date, e-mail, phone, address or id"
		return part, nil
	}
	if err := t.compare(ctx); err != nil {
		return part, err
	}
	part.Alone = !t.chances.contacts
	part.Sisters = t.kind == organisation && t.f.suffixed[t.kind]
	family := t.f.hasFamilies(t.kind) || part.Sisters
	m := learn(t.chances, t.samples, t.kind, family, share{})
	if learnt := t.learnScale(m); learnt != nil {
		part.Scale = learnt.scale
		t.f = t.f.withScale(t.kind, learnt.scale)
		usual := learnt.seeds.usual(t.f, t.drawn)
		sameNamed := learnt.seeds.sameNamed(t.drawn)
		if err := t.compare(ctx); err != nil {
			return part, err
		}
		t.chances.sameNamed = sameNamed
		m = learn(t.chances, t.samples, t.kind, family, usual)
	}
	return m.freeze(part, t.samples, t.settings), ctx.Err()
}

// compare compares what EM is to see.
func (t *training) compare(ctx context.Context) error {
	members := t.f.parts[t.kind]
	proposed, err := t.f.candidates(ctx, t.kind, t.settings, everyRecord)
	if err != nil {
		return err
	}
	if t.drawn, err = t.f.trainingPairs(ctx, proposed, t.settings.Workers); err != nil {
		return err
	}
	t.samples = t.drawn.samples()
	n := int64(len(members))
	var random *sampleSet
	if pairs := len(proposed.pairs); n*(n-1)/2 == int64(pairs) && pairs <= trainPairs*5 {
		random = t.samples
	}
	if t.chances, err = newChances(ctx, t.f, members, random, t.settings.Workers); err == nil {
		t.chances.drawn = t.samples
	}
	return err
}

// trainingPairs compares the candidate pairs, or a share of them drawn by hash
// of their keys.
func (f *features) trainingPairs(ctx context.Context, proposed proposal, workers int) (drawnPairs, error) {
	pairs, share := proposed.pairs, uint64(1)
	if len(pairs) > allPairsLimit {
		share = (uint64(len(pairs)) + trainPairs - 1) / trainPairs
	}
	var drawn []pair
	if share == 1 {
		drawn = pairs
	} else {
		for _, p := range pairs {
			if mix(uint64(f.r.rows[p.left()].key), uint64(f.r.rows[p.right()].key))%share == 0 {
				drawn = append(drawn, p)
			}
		}
	}
	patterns, err := f.patterns(ctx, drawn, workers)
	if err != nil {
		return drawnPairs{}, err
	}
	if share == 1 {
		proposed.patterns = patterns
		f.proposed.keep(proposed)
	}
	return drawnPairs{drawn, patterns, share}, nil
}

// samples counts equal patterns.
func (d *drawnPairs) samples() *sampleSet {
	samples := make([]sample, len(d.patterns))
	for i, p := range d.patterns {
		samples[i] = sample{p, float64(max(d.share, 1))}
	}
	return newSampleSet(samples)
}

const enoughRecords = 10 // one in so many has a field that counts as there

// hasFamilies says whether the fields are there that tell relatives, or firms
// under one roof: names, and something that a household or a house shares. A
// town is shared by many; with birth dates those of one family name in it are
// told to be relatives all the same. Where years alone are known, attributes
// may be what a household shares.
func (f *features) hasFamilies(k kind) bool {
	named, shared := 0, 0
	for _, i := range f.parts[k] {
		r := &f.r.rows[i]
		if r.given != 0 && r.family != 0 || k == organisation && r.organisation != 0 {
			named++
		}
		if r.street != 0 || r.postcode != 0 || r.emails[0] != 0 || r.phones[0] != 0 || r.city != 0 && r.birth != 0 ||
			k == person && r.attributes != 0 && isDefault(r.birth) {
			shared++
		}
	}
	return named*enoughRecords > len(f.parts[k]) && shared*enoughRecords > len(f.parts[k])
}

// hasContacts says whether there is more than a name and a town to compare.
func (f *features) hasContacts(members []uint32) bool {
	count := 0
	for _, i := range members {
		if r := &f.r.rows[i]; r.street != 0 || r.emails[0] != 0 || r.phones[0] != 0 || r.nationalID != 0 {
			count++
		}
	}
	return count*enoughRecords > len(members)
}

// learn runs EM. Chances come from all pairs, never from the candidates. In the
// first round, while they are still guessed, matches are held to what is
// typical: a file of few columns has more pairs of one household than of one
// person, and EM that has once taken those for matches leaves them slowly, if
// ever.
// usual is how often matches have the levels of attributes by what was learnt
// without them.
func learn(c *chances, samples *sampleSet, k kind, family bool, usual share) *mixture {
	m := &mixture{family: family, kind: k, usual: usual, alike: 1, alone: !c.contacts, rich: c.f.isRich(c.members)}
	c.learn(m, &tally{})
	n := float64(len(c.members))
	m.staff = c.countStaff()
	m.prior = [classCount]float64{.2 * n / c.pairs, 1, .1 * n / c.pairs, .02 * n / c.pairs, .02 * n / c.pairs, max(.02*n, m.staff) / c.pairs}
	for f := range fieldCount {
		m.match[f] = m.typical(f)
		m.shared[f] = m.anchor(f)
		m.guard(f)
	}
	for round := range emRounds {
		m.holdSuffixes()
		m.takeLogs()
		var t *tally
		before := math.Inf(1)
		for range emSteps {
			t = m.expect(samples, c.workers)
			held := 0.0
			if round == 0 {
				held = t.class[classMatch]
			}
			m.maximise(t, n, held)
			m.takeLogs()
			if math.Abs(t.class[classMatch]-before) < 1e-4*t.class[classMatch] {
				break
			}
			before = t.class[classMatch]
		}
		c.learn(m, m.expect(samples, c.workers))
	}
	for f := range fieldCount {
		m.guard(f)
	}
	m.holdSuffixes()
	if m.family {
		m.capGenerations()
	}
	m.takeLogs()
	return m
}
