package dedupe

// mailed counts pairs of one name, or names, whose e-mail addresses have a
// level, and tells by birth dates how many of them are strangers.
type mailed struct {
	pairs, dated, unlike float64 // all, those with both birth dates, those whose dates are far from alike
}

// mailedLevels are the levels of addresses that are counted: equal ones, and
// equal local parts.
const mailedLevels = emailLocal

// countMailed counts a pair whose names and addresses agree.
func (t *tally) countMailed(s sample) {
	level := s.pattern.levels.of(fieldEmail)
	if level == 0 || level > mailedLevels {
		return
	}
	names, ok := s.pattern.levels.namesakes()
	if !ok {
		return
	}
	m := &t.mailed[names][level-1]
	m.pairs += s.weight
	birth := s.pattern.levels.of(fieldBirth)
	if birth == 0 {
		return
	}
	m.dated += s.weight
	if birth >= birthThreeDigits {
		m.unlike += s.weight
	}
}

func (x *mailed) join(o mailed) {
	x.pairs += o.pairs
	x.dated += o.dated
	x.unlike += o.unlike
}

// strangers estimates how many of the pairs are strangers: what birth dates
// tell of those that have them holds for the others. It asks neither what the
// mixture takes the pairs for nor how rare an equal address is, for the one
// hangs on the other: in a file of millions anna7 is the address of many, and
// those pairs, once taken for matches, would never tell.
func (x mailed) strangers(m *mixture) float64 {
	const (
		few  = 40 // pairs with dates, none of them strangers, that stand against the file's
		wary = 3  // times as many matches as usual have dates far from alike
	)
	match, chance := 0.0, 0.0
	for l := birthThreeDigits; l <= birthFar; l++ {
		match += m.match[fieldBirth][l]
		chance += m.chance[fieldBirth][l]
	}
	if match *= wary; chance <= match || x.dated == 0 {
		return 0
	}
	among := max(x.unlike-match*x.dated, 0) / (chance - match)
	return x.pairs * min(among/(x.dated+few), 1)
}

// raiseMailed raises the share of strangers of one name, or both, who have one
// address or one local part to what birth dates tell.
func (c *chances) raiseMailed(s share, m *mixture, names int, explained *tally) share {
	if names == sameFamily || c.namesakePairs[names] == 0 {
		return s // who shares address and family name, and not the birth date, is a relative
	}
	for i, x := range explained.mailed[names] {
		level := uint8(i + 1)
		if names == sameFull && level == emailExact {
			continue // nearly all are matches, or father and son
		}
		s = withFirst(s, level, max(s[level], x.strangers(m)/c.namesakePairs[names]), levelCountOf(fieldEmail))
	}
	return s
}
