package dedupe

// number is what weights are counted in: bits in floating point while they
// are learnt, whole millibits once they are frozen.
type number interface{ float64 | int32 }

// weights are log2 shares: of the classes among all pairs, and of the levels
// among the pairs of each class.
type weights[T number] struct {
	family     bool // relatives are told apart
	prior      [classCount]T
	match      [fieldCount][maxLevels]T
	chance     [fieldCount][maxLevels]T // strangers
	shared     [fieldCount][maxLevels]T // relatives; fields that relatives share only
	namesake   [sameNames][maxLevels]T  // e-mail levels of strangers by the names they have in common
	attributes [contexts][maxLevels]T   // levels of attributes of strangers by what else agrees
	plain      [64]T                    // on the chance of agreeing on an organisation's name, by count code
	branches   [64]T                    // on the chance of strangers alone, by count code
	metByName  [aloneFields + 1]T       // of matches that have nothing but the name in common, by what is known of both
	alike      T                        // of matches whose names are no more than alike, and of which nothing else is known of both
	ownEmails  T                        // share of relatives who have not one address
	rarity     [slotCount][64]T         // on the chance of agreeing, by count code
	place      T                        // on the chance of agreeing on a place, where both names agree
	culture    [cultureParts]T          // on the chance that both names agree, not both of them exactly
	names      nameTable[T]             // chance of agreeing on given and family name
}

// aloneFields is how many fields beside the name must be known of both, and
// differ, for the name to be alone whatever the file.
const aloneFields = 2

// metByName is log2, in millibits, of how much rarer matches are that have
// nothing in common but the name than fields would be that change on their own,
// by how many are known: who changes address, e-mail and phone at once leaves no
// record that anybody could tell from a namesake's. One that differs is no more
// than a change, but where records tell many things, one person's have some in
// common.
func metByName(rich bool) [aloneFields + 1]int32 {
	const bits = -5 * millibit
	m := [aloneFields + 1]int32{aloneFields: bits}
	if rich {
		m[1] = bits
	}
	return m
}

// oneDiffers is what it takes of a match, in decisions, that the one field known
// of both differs: what EM must not hold against matches, or it would never
// learn of changes, is little to merge two people on.
const oneDiffers = -3 * millibit / 2

// sums are the log2 likelihoods of a pattern by class.
func (w *weights[T]) sums(p pattern) [classCount]T {
	l := w.start(p)
	for f := range fieldCount {
		if level := p.levels.of(f); level != 0 {
			for c, share := range w.terms(f, level, p) {
				l[c] += share
			}
		}
	}
	return l
}

// start is what the sums of p begin with.
func (w *weights[T]) start(p pattern) [classCount]T {
	l := w.prior
	if w.family {
		l[classMatch] += w.metByName[p.alone()]
	}
	if p.isAlike() {
		l[classMatch] += w.alike
	}
	return l
}

// terms are the log2 shares, by class, of the level of f in p.
func (w *weights[T]) terms(f field, level uint8, p pattern) [classCount]T {
	match, chance := w.match[f][level], w.chanceOf(f, level, p)
	t := [classCount]T{match, chance, chance, chance, chance, chance}
	switch {
	case f == fieldFamily && level == familySwapped:
		t[classNamesakes] = match // both names agree: in a household or with a twin no oftener than by chance
	case isShared(f):
		kin := w.shared[f][level]
		if f == fieldEmail && level != emailExact {
			kin = chance + w.ownEmails // addresses of their own are alike as names are
		}
		t[classHousehold], t[classTwins], t[classNamesakes] = kin, kin, kin
		if f != fieldFamily && f != fieldMiddle {
			t[classColleagues] = kin
		}
	case f == fieldBirth:
		t[classTwins] = match
	case f == fieldFirm:
		t[classNamesakes] = match // sister companies of two legal forms
		if level <= firmMuch {
			t[classStrangers] += w.branches[p.rarity.of(slotFirm)]
		}
		if level == firmOther {
			t[classHousehold] = w.shared[f][level] // firms of one house bear its name
		}
	case f == fieldGiven:
		t[classNamesakes] = match
		both := w.bothNames(p)
		t[classStrangers] += both
		t[classColleagues] += both
	case f == fieldSuffix:
		t[classNamesakes] = w.shared[f][level]
	case f == fieldEmployer:
		t[classColleagues] = w.shared[f][level]
	}
	return t
}

// chanceOf is the log2 share of strangers with the level of f in p.
func (w *weights[T]) chanceOf(f field, level uint8, p pattern) T {
	chance := w.chance[f][level]
	if code := p.rarity.of(slotFullName); code > 0 && f == fieldFamily && level == familySwapped {
		return w.names[p.rarity.nameCodes()][code] + w.match[f][level] // strangers of one name, one of them written so
	}
	if f == fieldAttributes {
		return w.attributes[p.levels.context()][level]
	}
	if f == fieldEmail {
		if names, ok := p.levels.namesakes(); ok {
			chance = w.namesake[names][level]
		}
	}
	if f == fieldAddress && level <= addressCity {
		if names, ok := p.levels.namesakes(); ok && (names == sameFull || names == likeFull) {
			chance += w.place
		}
	}
	if slot, ok := rareSlot(f, level, p.rarity); ok {
		rare := w.rarity[slot][p.rarity.count(slot)]
		if level > 1 && (f == fieldGiven || f == fieldFamily) {
			rare = max(rare, 0) // two rare names that are alike may well be two names
		}
		chance += rare
		if slot == slotFirm && f == fieldFirm && level <= firmMuch {
			chance += w.plain[p.rarity.of(slotFirm)]
		}
	}
	return chance
}

// bothNames is what agreeing on both names changes for strangers, who tend to
// have names of one language.
func (w *weights[T]) bothNames(p pattern) T {
	code := p.rarity.of(slotFullName)
	switch {
	case p.levels.of(fieldFamily) == familySwapped:
		return 0
	case code == 0 && p.levels.givenAgrees() && p.levels.familyAgrees():
		return w.culture[p.rarity.nameCodes()/culturePart]
	case code == 0:
		return 0
	}
	return w.names[p.rarity.nameCodes()][code] - w.chanceOf(fieldGiven, givenExact, p) - w.chanceOf(fieldFamily, familyExact, p)
}
