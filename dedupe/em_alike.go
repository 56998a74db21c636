package dedupe

// Names that are no more than alike, where nothing else is known of both, are of
// two far oftener than of one: a list in which no name is met twice has its Mario
// and Maria Rossi all the same. Chance tells how often strangers are alike, but
// what is taken for a match is taken off it, so that EM would believe itself. But
// who writes people down twice writes most of them alike.

// nameMatches counts matches by their names.
type nameMatches struct{ equal, alike float64 }

const (
	bareNames = iota // nothing else is known of both
	toldNames        // more agrees than the names
)

// countNames counts a match by its names.
func (t *tally) countNames(p pattern, matches float64) {
	n := &t.names[toldNames]
	if !p.meets() {
		if n = &t.names[bareNames]; !p.isBare() {
			return
		}
	}
	switch equal, named := p.equalNames(); {
	case equal:
		n.equal += matches
	case named:
		n.alike += matches
	}
}

// equalNames says whether given and family name are equal, as far as they are
// known of both, and whether any is known.
func (p pattern) equalNames() (equal, named bool) {
	given, family := p.levels.of(fieldGiven), p.levels.of(fieldFamily)
	return given <= givenExact && family <= familyExact || family == familySwapped, given+family > 0
}

// isAlike says whether a person's names are no more than alike, and nothing else
// is known of both that speaks for one.
func (p pattern) isAlike() bool {
	equal, named := p.equalNames()
	return named && !equal && p.isBare() && !agreesBesideName(fieldAttributes, p.levels.of(fieldAttributes))
}

// holdAlike holds the matches of which nothing but alike names is known to what
// misspelling makes of equal ones, as far as other matches don't show more.
func (m *mixture) holdAlike(t *tally) {
	const (
		usual = 1.5 // at most, of the pairs with equal names
		few   = 40  // matches that others outweigh
		some  = 1   // pair that any file may hold
		more  = 2   // times what matches show that more tells
		least = 1. / (1 << 16)
	)
	told, bare := t.names[toldNames], t.names[bareNames]
	atMost := max(usual, more*(told.alike+few*usual/more)/(told.equal+few))
	m.alike = min(max(m.alike*(atMost*bare.equal+some)/max(bare.alike, some/2.), least), 1)
}
