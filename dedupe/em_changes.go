package dedupe

// How often a person changes what a record tells beside the name: in pairs that
// have nothing else, EM can't know it. Who differs there looks like a stranger
// of that name, the more so the fewer of them are taken for matches, and those
// that lack the field share the strangers' lot.

// A family name is held in the same way: strangers of one given name are pairs
// that have nothing else in common, and many of them could pass for persons who
// change their family names.

// tell counts a match in the fields beside the given name of which another one,
// beside the name, agrees.
func (t *tally) tell(l levels, matches float64) {
	agreeing := 0
	for f := range fieldCount {
		if agreesBesideName(f, l.of(f)) {
			agreeing++
		}
	}
	own := agreeing // many work for one employer
	if agreesBesideName(fieldEmployer, l.of(fieldEmployer)) {
		own--
	}
	if l.of(fieldFamily) != 0 && own > 0 {
		t.told[fieldFamily] += matches
	}
	for f := range fieldCount {
		level := l.of(f)
		if level == 0 || !isBesideName(f) {
			continue
		}
		others := agreeing
		if agreesBesideName(f, level) {
			others--
		}
		if f != fieldFirm && agreesBesideName(fieldFirm, l.of(fieldFirm)) {
			others-- // branches and namesakes have one name, and an address and numbers each
		}
		if others > 0 {
			t.told[f] += matches
		}
	}
}

// isKept says whether a person has kept what a field tells at a level.
func isKept(f field, level uint8) bool {
	if f == fieldFamily {
		return level <= familyNearKnown
	}
	return agreesBesideName(f, level)
}

// holdChanges holds the share of matches that differ in family name, address,
// e-mail, phone or official number to what is typical, as far as nothing else
// tells matches.
func (m *mixture) holdChanges(t *tally) {
	const few = 40 // matches told by something else, from which the file outweighs what is typical
	for _, f := range []field{fieldFamily, fieldID, fieldAddress, fieldEmail, fieldPhone} {
		typical, now := 0.0, 0.0
		for l, share := range typicalMatch(f) {
			if !isKept(f, uint8(l+1)) {
				typical += share
				now += m.match[f][l+1]
			}
		}
		held := (t.told[f]*now + few*typical) / (t.told[f] + few)
		if most := m.changes[f]; most > 0 {
			held = min(now, most)
		}
		for l := 1; l <= levelCountOf(f); l++ {
			if isKept(f, uint8(l)) {
				m.match[f][l] *= (1 - held) / (1 - now)
			} else {
				m.match[f][l] *= held / now
			}
		}
	}
}

// isRich says whether many things are known of the members beside their names.
func (f *features) isRich(members []uint32) bool {
	const many = 4
	var known [6]int
	for _, i := range members {
		r := &f.r.rows[i]
		for n, has := range [len(known)]bool{r.birth != 0, r.nationalID != 0, r.street|r.postcode|r.city != 0, r.emails[0] != 0,
			r.phones[0] != 0, r.organisation != 0} {
			if has {
				known[n]++
			}
		}
	}
	fields := 0
	for _, n := range known {
		if n*enoughRecords > len(members) {
			fields++
		}
	}
	return fields >= many
}
