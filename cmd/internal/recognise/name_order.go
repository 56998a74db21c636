package recognise

import (
	"fmt"
	"slices"
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
		several, times      = 100, .5     // of many names so many may be the other way round: family names that are given names, too
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
	isClear := float64(last) <= most*float64(first) || first >= several && float64(last) <= times*float64(first)
	if first >= fewest && float64(first) >= least*float64(all) && isClear || isShort {
		return fmt.Sprintf("the family name comes first, by %s of those that tell", percent(float64(first)/float64(first+last))), true
	}
	if says := r.saysFamilyFirst(p.Says()); says != "" && last < max(fewest, int(times*float64(first))) {
		return fmt.Sprintf("the family name comes first, as %q says", says), true
	}
	return "", false
}

// saysFamilyFirst gives the header of whole names that names the family name, or
// the name, before the given one in one language: "Nume și prenume", "Příjmení a
// jméno"; "" where it says no order, or the other one.
func (r *Recogniser) saysFamilyFirst(header string) string {
	tokens := HeaderTokens(header)
	family := map[string]bool{} // languages in which a word for it has come
	for n := range tokens {
		for _, w := range r.Tables.headers[tokens[n]] {
			switch w.meaning {
			case MeansFamily:
				for _, l := range w.languages {
					family[l] = true
				}
			case meansGiven, MeansName:
				if slices.ContainsFunc(w.languages, func(l string) bool { return family[l] }) {
					return header
				}
				for _, l := range w.languages {
					family[l] = family[l] || w.meaning == MeansName
				}
				if w.meaning == meansGiven && len(family) == 0 {
					return ""
				}
			}
		}
	}
	return ""
}

// FamilyBeforeSlash says whether a column of whole names writes the family name
// and a stroke before the given one, as lists of guests and travellers do:
// "MEIER/ANNA MRS". Where hardly any value has one, it parts two persons.
func (r *Recogniser) FamilyBeforeSlash(p *Profile) (string, bool) {
	share := p.share(func(s string) bool { return SlashAsComma(s) != s })
	return fmt.Sprintf("the family name comes before a stroke, in %s of its values", percent(share)), share >= fitsHeader
}

// SlashAsComma writes a comma for the stroke of "MEIER/ANNA MRS", and leaves all
// other texts.
func SlashAsComma(s string) string {
	const mostFamily, mostGiven = 3, 4 // words
	family, given, ok := strings.Cut(s, "/")
	if !ok || strings.Contains(given, "/") || !isName(family) || !isName(given) || words(family) > mostFamily || words(given) > mostGiven {
		return s
	}
	return strings.TrimSpace(family) + ", " + strings.TrimSpace(given)
}

// givenAt says whether the first word of a name, or the second, is a known given
// name and the other not, or the last an initial. Two that are known tell nothing,
// for many family names are given names, too, and some have two. Texts that no
// person's name looks like say neither.
func (r *Recogniser) givenAt(s string) (first, second bool) {
	all := r.Clean.AfterParticles(strings.Fields(s)) // van den Berg Ella
	if len(all) < 2 || len(all) > 4 || strings.ContainsAny(s, ",&/+") || !isName(s) || r.isOrganisation(s) {
		return false, false
	}
	if r.isGiven(all[0]) {
		return !r.isGiven(all[1]), false
	}
	return false, r.isGiven(all[1]) || isInitial(all[len(all)-1]) && !isInitial(all[0]) // "Jansen P"
}

// isInitial says whether a word of a name is a letter.
func isInitial(word string) bool { return utf8.RuneCountInString(strings.TrimSuffix(word, ".")) == 1 }

// FamilyThenGiven writes a comma behind the family name at the front, for
// cleansing to part the name there; see transform.Tables. Where the header says
// the order, it holds for each row. It is safe for concurrent use.
func (r *Recogniser) FamilyThenGiven(header string) func(string) string {
	isGiven := r.namesGiven
	if r.saysFamilyFirst(header) != "" {
		isGiven = func(string) bool { return false }
	}
	return func(s string) string { return r.Clean.FamilyThenGiven(s, isGiven) }
}
