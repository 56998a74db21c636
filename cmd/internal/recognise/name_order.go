package recognise

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// FamilyFirst says whether a column of whole names writes the family name
// first and without a comma behind it, as Russian and Hungarian ones do, and
// why.
func (r *Recogniser) FamilyFirst(p *Profile) (string, bool) {
	const (
		fewest, least, most = 10, .05, .2 // names that tell; of all names; of them the other way round
		few, half           = 3, .5       // the same of a short list, where none is the other way round
	)
	var all, first, last int
	for _, v := range p.values.values {
		all += v.count
		switch before, after := r.givenAt(v.text); {
		case before:
			last += v.count
		case after:
			first += v.count
		}
	}
	isShort := first >= few && last == 0 && float64(first) > half*float64(all)
	if first < fewest && !isShort || float64(first) < least*float64(all) || float64(last) > most*float64(first) {
		return "", false
	}
	return fmt.Sprintf("the family name comes first, by %s of those that tell", percent(float64(first)/float64(first+last))), true
}

// givenAt says whether the first word of a name, or the second and not the
// first, is a known given name, or the last an initial. Texts that no person's name looks like say
// neither.
func (r *Recogniser) givenAt(s string) (first, second bool) {
	all := r.Clean.AfterParticles(strings.Fields(s)) // van den Berg Ella
	if len(all) < 2 || len(all) > 4 || strings.ContainsAny(s, ",&/+") || !isName(s) || r.isOrganisation(s) {
		return false, false
	}
	if r.isGiven(all[0]) {
		return true, false
	}
	return false, r.isGiven(all[1]) || isInitial(all[len(all)-1]) && !isInitial(all[0]) // "Jansen P"
}

// isInitial says whether a word of a name is a letter.
func isInitial(word string) bool { return utf8.RuneCountInString(strings.TrimSuffix(word, ".")) == 1 }

// FamilyThenGiven writes a comma behind the family name at the front, for
// cleansing to part the name there; see transform.Tables. It is safe for
// concurrent use.
func (r *Recogniser) FamilyThenGiven(s string) string {
	return r.Clean.FamilyThenGiven(s, r.namesGiven)
}
