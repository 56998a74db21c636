package dedupe

import (
	"bytes"
	"math/bits"
	"slices"
)

// firmLevel grades two organisations' names, and says how many bits the words
// weigh that they share.
func (c *comparer) firmLevel(a, b uint32) (level, weight uint8) {
	if a == 0 || b == 0 {
		return 0, 0
	}
	slot, key, ok := c.firm.find(a, b)
	if !ok {
		level, weight = c.compareFirms(a, b)
		c.firm.put(slot, key, level<<firmBits|weight)
	}
	return c.firm.values[slot] >> firmBits, c.firm.values[slot] & mostFirmBits
}

const (
	firmBits     = 5 // of the memo's byte that hold the weight of the shared words
	mostFirmBits = 1<<firmBits - 1
)

// compareFirms grades the weight of the words that two names share, of the
// weight of all their words.
func (c *comparer) compareFirms(a, b uint32) (level, weight uint8) {
	facts := &c.f.firms
	shared, all := int32(0), int32(0)
	var common, words int // of the shorter name
	rest := true          // all words but marks are shared
	var own [2]uint64     // known words that the other name lacks, by place
	left, right := c.nameOf(a), c.nameOf(b)
	for side, pair := range [2][2]firmName{{left, right}, {right, left}} {
		weights, count := facts.weights(pair[0].id), 0
		for i, x := range pair[0].words {
			w, of := c.sharedWeight(x, weights[i], pair[0], pair[1])
			all += of
			shared += w
			if w > 0 {
				count++
			} else if of > 0 && !isMark(facts.words.bytes(x)) {
				rest = false
				if facts.known[x] {
					own[side] |= 1 << min(i, 63)
				}
			}
		}
		if n := len(weights); words == 0 || n < words || n == words && count > common {
			common, words = count, n
		}
	}
	weight = uint8(min(max(shared/(2*wordUnit)-waysToShare(common, words), 0), mostFirmBits))
	switch {
	case a == b:
		return firmExact, weight
	case shared == all && weight > 0:
		return firmMost, min(weight+wholeBits, mostFirmBits)
	case rest && facts.marksDiffer(a, b), facts.isSister(a) != facts.isSister(b):
		return firmUnlike, 0
	case shared*10 >= all*9:
		return firmMost, weight
	case shared*4 >= all && c.hasOwn(left, right, own[0]) && c.hasOwn(right, left, own[1]):
		return firmOther, weight
	case shared*4 >= all*3:
		return firmMuch, weight
	case shared*2 >= all:
		return firmHalf, weight
	case shared*4 >= all:
		return firmSome, weight
	}
	return firmUnlike, weight
}

// firmName is an organisation's name with the letters that its words begin with.
type firmName struct {
	id       uint32
	words    []uint32
	initials uint32 // mask
}

func (c *comparer) nameOf(firm uint32) firmName {
	n := firmName{id: firm, words: c.f.firms.of(firm)}
	for _, w := range n.words {
		word := unmarked(c.f.firms.words.bytes(w))
		n.initials |= letterMask(word[:min(len(word), 1)])
	}
	return n
}

// wholeBits is what it says beside the weight of the words that names share all
// of them, as misspelt: chance has hardly any such pairs.
const wholeBits = 2

// waysToShare is log2 of how many sets of so many words a name of n words has:
// that strangers share some words of it is likelier than that they share these.
func waysToShare(common, n int) int32 {
	ways := 1
	for i := range min(common, n-common, mostFirmBits) {
		ways = ways * (n - i) / (i + 1)
		if ways > 1<<mostFirmBits {
			break
		}
	}
	return int32(bits.Len(uint(ways))) - 1
}

const shortestNear = 4 // letters of a word whose misspellings can be told

// sharedWeight is what of the weight of a word of firm from another one's name
// shares, and what the word weighs: no more than what it is taken for. A near
// word counts three quarters, an initial the whole of what it weighs, and so
// does a word that the other name writes in two, or two that it writes as one.
func (c *comparer) sharedWeight(word uint32, weight int32, from, firm firmName) (shared, of int32) {
	facts := &c.f.firms
	if slices.Contains(firm.words, word) {
		return weight, weight
	}
	text, mask := unmarked(facts.words.bytes(word)), facts.masks[word]
	if shared, of = 0, weight; len(text) == 0 {
		return shared, of
	}
	take := func(w, least int32) {
		if w > shared {
			shared, of = w, least
		}
	}
	weights := facts.weights(firm.id)
	isKnown := facts.known[word]
	for i, other := range firm.words {
		theirs := unmarked(facts.words.bytes(other))
		least := min(weight, weights[i])
		switch {
		case min(len(text), len(theirs)) == 1 && text[0] == theirs[0] && !isNumber(text) && !isNumber(theirs):
			take(min(least, initialWeight), min(least, initialWeight))
		case mayBeNear(text, theirs, mask, facts.masks[other]) && !otherNumber(text, theirs) && c.e.compare(text, theirs, mask, facts.masks[other]) >= near:
			least = min(least, facts.near[word], facts.near[other])
			if isKnown == facts.known[other] {
				take((least*3+3)/4, min(weight, weights[i]))
			} else {
				take(least, least) // of an unknown word and one like it that many names hold the first is the second
			}
		case len(theirs) > 0 && text[0] == theirs[0] && (isKnown || facts.known[other]) && (isCut(text, theirs) || isCut(theirs, text)):
			take((least*3+3)/4, least)
		case c.joins(text, theirs, from.id), c.joins(theirs, text, firm.id):
			take(weight, weight)
		case c.isAcronym(other, from) && bytes.IndexByte(theirs, text[0]) >= 0:
			take((weight*3+3)/4, weight)
		}
	}
	if shared == 0 && c.isAcronym(word, firm) {
		take((weight*3+3)/4, weight)
	}
	return shared, of
}

// mayBeNear says whether two words are long enough for a misspelling to be told,
// and neither their lengths nor their letters alone tell that they are too far
// apart for one: an edit changes no more than two letters.
func mayBeNear(a, b []byte, maskA, maskB uint32) bool {
	short, long := min(len(a), len(b)), max(len(a), len(b))
	if short < shortestNear {
		return false
	}
	least := max(long-short, (bits.OnesCount32(maskA^maskB)+1)/2)
	return least <= 1 || least*5 <= long || long > maxEdit
}

// initialWeight is the most that an initial says: three bits.
const initialWeight = 3 * wordUnit

// joins says whether a part and another word of its firm's name make up the
// whole: "phoenix" and "pharma", "mx" and "757".
func (c *comparer) joins(part, whole []byte, firm uint32) bool {
	if len(part) >= len(whole) || len(part) < 1 {
		return false
	}
	if part[0] != whole[0] && part[len(part)-1] != whole[len(whole)-1] {
		return false // as most are
	}
	rest := []byte(nil)
	switch {
	case bytes.HasPrefix(whole, part):
		rest = whole[len(part):]
	case bytes.HasSuffix(whole, part):
		rest = whole[:len(whole)-len(part)]
	default:
		return false
	}
	if bytes.Equal(part, rest) && isMark(part) {
		return false // firm 2 and firm 22: the same mark is not two words
	}
	for _, w := range c.f.firms.of(firm) {
		if bytes.Equal(unmarked(c.f.firms.words.bytes(w)), rest) {
			return true
		}
	}
	return false
}

// marksDiffer says whether both names hold marks that the other one lacks, and
// no number in common: the branches, volumes and models of one name are numbered,
// lettered, or called by where they lie.
func (f *firmFacts) marksDiffer(a, b uint32) bool {
	var marked [2]bool
	for i, firm := range [2]uint32{a, b} {
		for _, w := range f.of(firm) {
			word := f.words.bytes(w)
			switch isShared := slices.Contains(f.of([2]uint32{b, a}[i]), w); {
			case isShared && isNumber(word):
				return false
			case !isShared && isMark(word):
				marked[i] = true
			}
		}
	}
	return marked[0] && marked[1]
}

// isMark says whether a word tells one of several things of one name from the
// others: a number, an amount, a letter, a point of the compass.
func isMark(word []byte) bool {
	word = unmarked(word)
	if len(word) == 1 && word[0] < 0x80 || isNumber(word) || isMeasure(word) {
		return true
	}
	switch string(word) {
	case "north", "south", "east", "west", "nord", "sud", "sued", "ost", "est", "ouest", "norte", "sur", "sul", "este", "oeste", "ovest",
		"noord", "zuid", "oost", "norra", "sodra", "ostra", "vastra", "upper", "lower", "ober", "unter", "junior", "senior":
		return true
	}
	return false
}

// isNumber says whether a word is written in digits alone.
func isNumber(word []byte) bool {
	word = unmarked(word)
	return len(word) > 0 && !bytes.ContainsFunc(word, func(r rune) bool { return r < '0' || r > '9' })
}

// isSister says whether a name is that of a company that stands beside another
// one of the same name: what holds or manages it.
func (f *firmFacts) isSister(firm uint32) bool {
	return slices.ContainsFunc(f.of(firm), func(w uint32) bool { return sisterWord(string(unmarked(f.words.bytes(w)))) })
}

// holds says whether all words of a maker's name stand in that of a thing.
func (f *firmFacts) holds(thing, maker uint32) bool {
	for _, w := range f.of(maker) {
		is := func(other uint32) bool {
			return bytes.Equal(unmarked(f.words.bytes(w)), unmarked(f.words.bytes(other)))
		}
		if !slices.ContainsFunc(f.of(thing), is) {
			return false
		}
	}
	return true
}

// bearsName says whether a firm is called after a family: Edil Costa.
func (c *comparer) bearsName(firm, family uint32) bool {
	name := lastWord(withoutParticles(c.f.r.names.bytes(family)))
	return slices.ContainsFunc(c.f.firms.of(firm), func(w uint32) bool { return bytes.Equal(unmarked(c.f.firms.words.bytes(w)), name) })
}

// unmarked is a word without the mark of an employer's name.
func unmarked(word []byte) []byte { return word[namesEmployer(word):] }
