package dedupe

import (
	"bytes"
	"slices"
)

// Grades of how far two values of one attribute agree.
const (
	attributeExact uint8 = iota + 1
	attributeClose       // misspelt; of numbers few lie between them
	attributeAlike       // half of the words, or of the letters; of numbers not many lie between them
	attributeUnlike
	attributeGrades
)

// Levels of all attributes together: how many bits they are worth by the scale.
// attributesNeither speaks neither way.
const (
	attributesFor     uint8 = 7 // the last that clearly speaks for one party
	attributesNeither uint8 = 10
)

const attributesLevels = 15

// attributesHeld is how many matches by what was learnt of attributes apart stand
// beside each one of the mixture: it could take strangers of one name for matches.
const attributesHeld = 4

// attributeBounds are the least millibits of the levels but the last one.
func attributeBounds() [attributesLevels - 1]int32 {
	return [attributesLevels - 1]int32{18_000, 14_000, 11_000, 8500, 6500, 4500, 3000, 2000, 1000, -500, -1500, -3000, -5000, -8000}
}

// attributeWeights is what agreeing on one attribute is worth, in millibits.
type attributeWeights struct {
	Exact  [64]int32              // of equal values, by count code
	Grades [attributeGrades]int32 // of the others
}

// attributeScale is what the attributes of one kind of party are worth. Its bits
// order pairs, no more: attributes depend on one another, so that what a level
// of all together says is learnt like any other.
type attributeScale []attributeWeights

func (s attributeScale) equals(o attributeScale) bool { return slices.Equal(s, o) }

// attributesLevel grades all attributes of two records.
func (c *comparer) attributesLevel(a, b *record) uint8 {
	scale := c.f.scales[a.kind]
	if scale == nil || a.attributes == 0 || b.attributes == 0 {
		return 0
	}
	facts := &c.f.attributes
	theirs := facts.of(b.attributes)
	sum, isKnown := int32(0), false
	for k, x := range facts.of(a.attributes) {
		if x == 0 || theirs[k] == 0 || scale[k].isNothing() {
			continue
		}
		isKnown = true
		if grade := c.attributeGrade(x, theirs[k]); grade == attributeExact {
			sum += scale[k].Exact[countCode(max(facts.count[x], facts.count[theirs[k]]))]
		} else {
			sum += scale[k].Grades[grade]
		}
	}
	if !isKnown {
		return 0
	}
	return levelOfBits(sum)
}

// isNothing says whether an attribute is worth nothing, agree it or not.
func (w *attributeWeights) isNothing() bool { return w.Grades[attributeExact] == 0 }

func levelOfBits(millibits int32) uint8 {
	for i, least := range attributeBounds() {
		if millibits >= least {
			return uint8(i + 1)
		}
	}
	return attributesLevels
}

// attributeGrade grades two values of one attribute.
func (c *comparer) attributeGrade(x, y uint32) uint8 {
	const few, many = 10_000, 50_000 // parts per million of the values
	facts := &c.f.attributes
	if x == y {
		return attributeExact
	}
	if m, n := facts.rank[x], facts.rank[y]; m >= 0 && n >= 0 {
		switch between := max(m-n, n-m); {
		case between == 0:
			return attributeExact
		case between <= few:
			return attributeClose
		case between <= many:
			return attributeAlike
		}
		return attributeUnlike
	}
	slot, key, ok := c.attribute.find(x, y)
	if ok {
		return c.attribute.values[slot]
	}
	return c.attribute.put(slot, key, c.compareAttributes(x, y))
}

func (c *comparer) compareAttributes(x, y uint32) uint8 {
	facts := &c.f.attributes
	a, b := facts.text(x), facts.text(y)
	if otherNumber(a, b) {
		return attributeUnlike
	}
	switch c.e.compare(a, b, facts.masks[x], facts.masks[y]) {
	case equal:
		return attributeExact
	case near:
		return attributeClose
	case semi:
		return attributeAlike
	}
	if sharesHalf(a, b) || sharesHalf(b, a) {
		return attributeAlike
	}
	return attributeUnlike
}

// sharesHalf says whether half of the words of a text stand in another one.
func sharesHalf(a, b []byte) bool {
	words, common := 0, 0
	for word := range bytes.FieldsSeq(a) {
		words++
		for other := range bytes.FieldsSeq(b) {
			if bytes.Equal(word, other) {
				common++
				break
			}
		}
	}
	return words > 0 && 2*common >= words
}

// namesAlike says whether names agree in part or whole: what is called alike is
// alike in other ways, too.
func (l levels) namesAlike() bool {
	if firm := l.of(fieldFirm); firm != 0 {
		return firm <= firmOther
	}
	_, is := l.namesakes()
	return is
}

// partlyNamed says whether names agree, but not all of them: hardly any match is
// among those.
func (l levels) partlyNamed() bool {
	if firm := l.of(fieldFirm); firm != 0 {
		return firm >= firmHalf && firm <= firmOther
	}
	names, is := l.namesakes()
	return is && (names == sameFamily || names == sameGiven)
}

// placeAlike says whether two records are of one place.
func (l levels) placeAlike() bool {
	address := l.of(fieldAddress)
	return address != 0 && address <= addressCity
}
