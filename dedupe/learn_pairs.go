package dedupe

import (
	"cmp"
	"math/bits"
	"slices"
)

// What it takes to believe that two tokens stand for one another.
const (
	pairCustomers  = 2   // customers whose records differ in just these two tokens
	pairChance     = 3   // times as many as chance would give
	pairShare      = 100 // at least one in so many customers of the rarer token
	typoFrequency  = 5   // times as frequent as its misspelling a name is
	typoEdits      = 2   // edits between them, one in short names
	typoShortName  = 6   // letters below which a name is short
	typoShortest   = 4   // letters a misspelling has at least
	mostDifference = 12  // customers with more different names are not looked at: mixed up or an institution
)

// pairCounts count customers: those whose records show one token where others
// show the other, by role, and those whose records swap first and last name.
type pairCounts struct {
	given, family, swapped map[[2]uint32]int64
	differing              int64 // sum of given
}

// tally counts the customers with several parties and finds the pairs.
func (l *lesson) tally() pairCounts {
	slices.SortFunc(l.sightings, func(a, b sighting) int {
		return cmp.Or(cmp.Compare(a.customer, b.customer), cmp.Compare(a.token, b.token), cmp.Compare(a.role, b.role),
			cmp.Compare(a.party, b.party))
	})
	p := pairCounts{given: map[[2]uint32]int64{}, family: map[[2]uint32]int64{}, swapped: map[[2]uint32]int64{}}
	for start := 0; start < len(l.sightings); {
		end := start + 1
		for end < len(l.sightings) && l.sightings[end].customer == l.sightings[start].customer {
			end++
		}
		group := l.sightings[start:end]
		for i, s := range group {
			isNewToken := i == 0 || group[i-1].token != s.token
			l.count(s, isNewToken, isNewToken || group[i-1].role != s.role)
		}
		p.look(group)
		start = end
	}
	return p
}

// bearer is one first token of one role and the parties that show it.
type bearer struct {
	token   uint32
	parties []uint32
}

// look finds the pairs within one customer; its sightings come by token, role,
// party.
func (p *pairCounts) look(group []sighting) {
	given, family := bearers(group, roleGiven), bearers(group, roleFamily)
	for i, a := range given {
		for _, b := range given[i+1:] {
			if apart(a, b) && !hasToken(family, a.token) && !hasToken(family, b.token) {
				p.given[tokenPair(a.token, b.token)]++
				p.differing++
			}
		}
	}
	for i, a := range family {
		for _, b := range family[i+1:] {
			if apart(a, b) {
				p.family[tokenPair(a.token, b.token)]++
			}
		}
	}
	for i, a := range given {
		for _, b := range given[i+1:] {
			// One record has a as first and b as last name, another the reverse.
			if meet(a, family, b.token) && meet(b, family, a.token) {
				p.swapped[tokenPair(a.token, b.token)]++
			}
		}
	}
}

func bearers(group []sighting, r role) []bearer {
	var out []bearer
	for _, s := range group {
		if s.role != r || !s.isFirst {
			continue
		}
		if n := len(out); n > 0 && out[n-1].token == s.token {
			out[n-1].parties = append(out[n-1].parties, s.party)
			continue
		}
		if len(out) == mostDifference {
			return nil
		}
		out = append(out, bearer{token: s.token, parties: []uint32{s.party}})
	}
	return out
}

// apart says that some party shows a alone, and some other b alone.
func apart(a, b bearer) bool {
	return lacks(a.parties, b.parties) && lacks(b.parties, a.parties)
}

func lacks(some, others []uint32) bool {
	return slices.ContainsFunc(some, func(party uint32) bool { return !slices.Contains(others, party) })
}

func hasToken(all []bearer, token uint32) bool {
	return slices.ContainsFunc(all, func(b bearer) bool { return b.token == token })
}

func meet(a bearer, others []bearer, token uint32) bool {
	return slices.ContainsFunc(others, func(b bearer) bool {
		return b.token == token && slices.ContainsFunc(a.parties, func(party uint32) bool { return slices.Contains(b.parties, party) })
	})
}

func tokenPair(a, b uint32) [2]uint32 { return [2]uint32{min(a, b), max(a, b)} }

// variants judges the pairs; every answer follows from counts alone.
func (l *lesson) variants(p pairCounts, table nicknameTable, run int64) []NameVariant {
	var out []NameVariant
	misspelt := map[uint32]NameVariant{}
	edit := &editor{}
	for _, side := range []struct {
		pairs map[[2]uint32]int64
		role  role
	}{{p.given, roleGiven}, {p.family, roleFamily}} {
		for pair, n := range side.pairs {
			rare, name := l.byFrequency(pair)
			if v, ok := l.misspelling(rare, name, n, table, edit); ok {
				v.FirstRun = run
				if was, known := misspelt[rare]; !known || l.likelier(v, was) {
					misspelt[rare] = v
				}
			}
		}
	}
	for _, v := range misspelt {
		out = append(out, v)
	}
	persons := int64(0)
	for _, c := range l.counts {
		persons += c.roles[roleGiven]
	}
	for pair, n := range p.given {
		rare, name := l.byFrequency(pair)
		if _, typo := misspelt[rare]; !typo && l.isNickname(rare, name, n, p.differing, persons, table) {
			out = append(out, l.variant(rare, name, VariantLearnt.String(), n, run))
		}
	}
	for pair, n := range p.swapped {
		if n >= pairCustomers {
			rare, name := l.byFrequency(pair)
			out = append(out, l.variant(rare, name, VariantSwap, n, run))
		}
	}
	return out
}

func (l *lesson) variant(token, of uint32, kind string, n, run int64) NameVariant {
	return NameVariant{Token: l.text(token), VariantOf: l.text(of), Kind: kind, Evidence: n, FirstRun: run, Status: NameAccepted}
}

func (l *lesson) text(token uint32) string { return string(l.names.bytes(token)) }

// byFrequency returns the token with fewer customers first (of equal ones the
// one that sorts later).
func (l *lesson) byFrequency(pair [2]uint32) (rare, name uint32) {
	a, b := pair[0], pair[1]
	c := cmp.Or(cmp.Compare(l.counts[a].customers, l.counts[b].customers), cmp.Compare(l.text(b), l.text(a)))
	if c > 0 {
		return b, a
	}
	return a, b
}

// misspelling says whether rare is name misspelt: near it, much rarer, and at
// least half of those who show it have records with the name. Shipped names
// are never misspellings.
func (l *lesson) misspelling(rare, name uint32, n int64, table nicknameTable, edit *editor) (NameVariant, bool) {
	few, many := l.counts[rare].customers, l.counts[name].customers
	text := l.names.bytes(rare)
	edits := typoEdits
	if len(text) < typoShortName {
		edits = 1
	}
	if len(text) < typoShortest || many < acceptCustomers || many < typoFrequency*few || 2*n < few || table.has(string(text)) ||
		edit.distance(text, l.names.bytes(name)) > edits {
		return NameVariant{}, false
	}
	return l.variant(rare, name, VariantTypo.String(), n, 0), true
}

// likelier orders two readings of one misspelling.
func (l *lesson) likelier(a, b NameVariant) bool {
	return cmp.Or(cmp.Compare(b.Evidence, a.Evidence), cmp.Compare(a.VariantOf, b.VariantOf)) < 0
}

// isNickname says whether customers use both first names too often for chance:
// among the differing pairs of all customers, two names drawn by their
// frequency among the persons would meet differing*2*few*many/persons² times.
func (l *lesson) isNickname(rare, name uint32, n, differing, persons int64, table nicknameTable) bool {
	few, many := l.counts[rare].roles[roleGiven], l.counts[name].roles[roleGiven]
	a, b := l.text(rare), l.text(name)
	if n < pairCustomers || n*pairShare < few || table.share(a, b) || table.clipped(a, b) {
		return false
	}
	seenHigh, seenLow := bits.Mul64(uint64(n), uint64(persons)*uint64(persons))
	chanceHigh, chanceLow := bits.Mul64(uint64(2*pairChance*differing), uint64(few)*uint64(many))
	return seenHigh > chanceHigh || seenHigh == chanceHigh && seenLow > chanceLow
}
