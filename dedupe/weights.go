package dedupe

// number is what weights are counted in: bits in floating point while they
// are learnt, whole millibits once they are frozen.
type number interface{ float64 | int32 }

// weights are log2 shares: of the classes among all pairs, and of the levels
// among the pairs of each class.
type weights[T number] struct {
	family   bool // relatives are told apart
	prior    [classCount]T
	match    [fieldCount][maxLevels]T
	chance   [fieldCount][maxLevels]T // strangers
	shared   [fieldCount][maxLevels]T // relatives; fields that relatives share only
	namesake [sameNames][maxLevels]T  // e-mail levels of strangers by the names they have in common
	rarity   [slotCount][64]T         // on the chance of agreeing, by count code
	names    nameTable[T]             // chance of agreeing on given and family name
}

// sums are the log2 likelihoods of a pattern by class.
func (w *weights[T]) sums(p pattern) [classCount]T {
	l := w.prior
	both := w.bothNames(p)
	l[classStrangers] += both
	l[classColleagues] += both
	for f := range fieldCount {
		level := p.levels.of(f)
		if level == 0 {
			continue
		}
		match, chance := w.match[f][level], w.chanceOf(f, level, p)
		l[classMatch] += match
		l[classStrangers] += chance
		if w.family {
			w.addKin(&l, f, level, match, chance)
		}
	}
	return l
}

// addKin adds what a level says for the classes of relatives and colleagues,
// given what it says for a match and for strangers.
func (w *weights[T]) addKin(l *[classCount]T, f field, level uint8, match, chance T) {
	household, twins, namesakes, colleagues := chance, chance, chance, chance
	switch {
	case f == fieldFamily && level == familySwapped:
		namesakes = match // both names agree: in a household or with a twin no oftener than by chance
	case isShared(f):
		kin := w.shared[f][level]
		household, twins, namesakes = kin, kin, kin
		if f != fieldFamily {
			colleagues = kin
		}
	case f == fieldBirth:
		twins = match
	case f == fieldGiven:
		namesakes = match
	case f == fieldSuffix:
		namesakes = w.shared[f][level]
	}
	l[classHousehold] += household
	l[classTwins] += twins
	l[classNamesakes] += namesakes
	l[classColleagues] += colleagues
}

// chanceOf is the log2 share of strangers with the level of f in p.
func (w *weights[T]) chanceOf(f field, level uint8, p pattern) T {
	chance := w.chance[f][level]
	if code := p.rarity.of(slotFullName); code > 0 && f == fieldFamily && level == familySwapped {
		return w.names[p.rarity.nameCodes()][code] + w.match[f][level] // strangers of one name, one of them written so
	}
	if f == fieldEmail {
		if names, ok := p.levels.namesakes(); ok {
			chance = w.namesake[names][level]
		}
	}
	if slot, ok := rareSlot(f, p.rarity); ok {
		chance += w.rarity[slot][p.rarity.of(slot)]
	}
	return chance
}

// bothNames is what agreeing on both names changes for strangers, who tend to
// have names of one language.
func (w *weights[T]) bothNames(p pattern) T {
	code := p.rarity.of(slotFullName)
	if code == 0 || p.levels.of(fieldFamily) == familySwapped {
		return 0
	}
	return w.names[p.rarity.nameCodes()][code] - w.chanceOf(fieldGiven, givenExact, p) - w.chanceOf(fieldFamily, familyExact, p)
}
