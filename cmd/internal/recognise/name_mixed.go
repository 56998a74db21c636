package recognise

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// namesPersons weighs what speaks for persons: given names, or columns that
// only persons have.
func (r *Recogniser) namesPersons(c *Column, firms, persons float64) bool {
	const hardly = .05
	if persons >= leastGiven && persons > firms {
		return true
	}
	isTitled := func(s string) bool { return r.Clean.SplitName(SlashAsComma(s)).Title != "" }
	if c.share(isTitled) >= leastGiven && firms < leastGiven {
		return true
	}
	isPersonal := r.Has(MeansBirth) != nil || r.Has(meansGender) != nil || r.Has(MeansYear) != nil || r.Has(MeansAge) != nil || r.Has(meansTitle) != nil
	plain := c.share(func(s string) bool {
		n := words(s)
		return isName(s) && n >= 2 && n <= 4 && !strings.ContainsAny(s, "&/+")
	})
	if isPersonal && plain >= fitsHeader {
		return true
	}
	if plain >= fitsHeader && firms < mostFirms && r.sharesDomains() >= fitsHeader {
		return true // of strangers: each firm has a domain of its own
	}
	saysWhose := c.sure > 1                       // "beer name" is the name of something that no word of ours means
	isForeign := c.share(isForeign) >= fitsHeader // few of its given names are known
	return firms < hardly && plain >= .9 && (r.isReached() || isForeign || saysWhose && persons >= hardlyPersons/3)
}

// calledAsElsewhere says whether most names of a column are made of words that
// persons are called by in other files: "Jansen P" beside given and family names.
func (r *Recogniser) calledAsElsewhere(c *Column) bool {
	const shortest = 3 // letters of a word that is no initial
	return len(r.Called) > 0 && c.share(func(s string) bool {
		known, all := 0, strings.Fields(s)
		for _, w := range all {
			w = Fold(strings.Trim(w, ".,"))
			if r.Called[w] {
				known++
			} else if utf8.RuneCountInString(w) >= shortest {
				return false
			}
		}
		return known > 0 && len(all) >= 2 && len(all) <= 5 && isName(s)
	}) >= fitsHeader
}

// CalledWords lists the folded words of the names that persons have in the file.
func (r *Recogniser) CalledWords() []string {
	var list []string
	for _, c := range r.Columns {
		if !slices.Contains(NamesOfPersons(), c.Role) {
			continue
		}
		for _, v := range c.values.values {
			for _, w := range strings.Fields(v.text) {
				list = append(list, Fold(strings.Trim(w, ".,")))
			}
		}
	}
	return list
}

// isReached says whether the rows tell how to write to somebody or to call them.
func (r *Recogniser) isReached() bool { return r.Has(MeansEmail) != nil || r.Has(MeansMobile) != nil }

// sharesDomains is the part of the e-mail addresses whose domain several
// others have, as those of providers are; 0 where few have one.
func (r *Recogniser) sharesDomains() float64 {
	const fewest, several = 20, 4
	email := r.Has(MeansEmail)
	if email == nil {
		return 0
	}
	domains, all := map[string]int{}, 0
	for _, v := range email.values.values {
		if _, domain, ok := strings.Cut(strings.ToLower(v.text), "@"); ok && domain != "" {
			domains[domain]++
			all++
		}
	}
	const nearlyAll = .9
	shared, top := 0, 0
	for _, n := range domains {
		if top = max(top, n); n >= several {
			shared += n
		}
	}
	if all < fewest || float64(top) > nearlyAll*float64(all) {
		return 0
	}
	return float64(shared) / float64(all)
}

// mostFirms is the share of names of firms up to which e-mail addresses at
// providers say that the others are persons.
const mostFirms = .3

// resolveMixed takes what a header calls firms for names of persons and firms,
// where most of them are persons' and no column names those: customers of all
// kinds stand below "Business name". Which is which each row tells by itself.
func (r *Recogniser) resolveMixed() {
	firm := r.Has(MeansFirm)
	if firm == nil || firm.Closed || firm.By != byHeader || !r.isReached() {
		return
	}
	for _, m := range NamesOfPersons() {
		if r.Has(m) != nil {
			return
		}
	}
	firms, persons := firm.share(r.isOrganisation), r.personShare(firm.Profile)
	if r.namesPersons(firm, firms, persons) {
		firm.Set(MeansFull, byHeader, fmt.Sprintf("%s; most are names of persons: each row tells which it is", firm.Why))
	}
}
