package dedupe

import "math"

// What is called alike is alike in other ways, too: of one brand, one kind, one
// country. So how often strangers agree in attributes is measured apart where
// their names agree, and where they are of one place.

// attributeChances are the chances of the levels of attributes among strangers
// whose names agree, and among those of one place.
type attributeChances struct{ named, placed share }

// contexts in which strangers agree in attributes; both names and place = their sum.
const (
	contextNamed  = 1
	contextPlaced = 2
	contexts      = 4
)

func (l levels) context() int {
	context := 0
	if l.namesAlike() {
		context |= contextNamed
	}
	if l.placeAlike() {
		context |= contextPlaced
	}
	return context
}

// learnAttributes measures the chances of attributes by what else agrees: among
// pairs drawn by a part of their names, for those that agree wholly are matches
// as often as not, and among pairs of one place whose names do not agree.
func (c *chances) learnAttributes(m *mixture) {
	const pseudo = 30 // pairs as among all strangers
	var named, placed share
	count := func(set *sampleSet, to *share, counts func(levels) bool) {
		posteriors := m.posteriors(set)
		for i, s := range set.samples {
			level := s.pattern.levels.of(fieldAttributes)
			if level == 0 || !counts(s.pattern.levels) {
				continue
			}
			w := s.weight
			if !m.isNew() {
				w *= posteriors.of(i)[classStrangers]
			}
			to[level] += w
		}
	}
	if len(c.named.pairs) > 0 {
		count(c.named.samples(), &named, func(l levels) bool { return l.partlyNamed() && !l.placeAlike() })
	}
	count(c.random, &placed, func(l levels) bool { return l.placeAlike() && !l.namesAlike() })
	chance := m.chance[fieldAttributes]
	m.attributes = attributeChances{blend(named, chance, pseudo, attributesLevels), blend(placed, chance, pseudo, attributesLevels)}
}

// logs are the chances by context.
func (a attributeChances) logs(chance share) (l [contexts][maxLevels]float64) {
	all, named, placed := chance.logs(), a.named.logs(), a.placed.logs()
	for level := range maxLevels {
		l[0][level], l[contextNamed][level], l[contextPlaced][level] = all[level], named[level], placed[level]
		l[contextNamed|contextPlaced][level] = min(named[level]+placed[level]-all[level], 0)
	}
	return l
}

// relatedAttributes is how often relatives have the levels of attributes before
// any evidence: half of what people have they share with them.
func (m *mixture) relatedAttributes() (s share) {
	const part = .5
	for l := range s {
		s[l] = part*m.usual[l] + (1-part)*m.chance[fieldAttributes][l]
	}
	return s
}

func frozenAttributes(logs [contexts][maxLevels]float64) (frozen [contexts][maxLevels]int32) {
	for context := range logs {
		for level, log2 := range logs[context] {
			frozen[context][level] = int32(max(math.Round(log2*millibit), leastWeight))
		}
	}
	return frozen
}

// withScale is f with what attributes of one kind are worth; what blocking
// proposed stays.
func (f *features) withScale(k kind, scale attributeScale) *features {
	scaled := *f
	scaled.scales[k] = scale
	scaled.proposed = f.proposed.uncompared(k)
	return &scaled
}

// keepScaled keeps features with the scales of a model that was learnt, for
// matching follows.
func (r *Records) keepScaled(f *features) {
	r.cached.Lock()
	defer r.cached.Unlock()
	if r.cached.f != f {
		r.cached.scaled = f
	}
}

// scaled are the features with the scales of a model.
func (r *Records) scaled(names *Names, m *Model, workers int) *features {
	f := r.features(names, workers)
	if m.parts[person].Scale == nil && m.parts[organisation].Scale == nil {
		return f
	}
	r.cached.Lock()
	defer r.cached.Unlock()
	if known := r.cached.scaled; known != nil && known.scales[person].equals(m.parts[person].Scale) && known.scales[organisation].equals(m.parts[organisation].Scale) {
		return known
	}
	for k := range m.parts {
		if scale := m.parts[k].Scale; len(scale) == f.attributes.width {
			f = f.withScale(kind(k), scale)
		}
	}
	r.cached.scaled = f
	return f
}
