package recognise

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// nameOfThings takes the first column of short texts, most of them of their own,
// for the names of what the rows are of where no column is known to name
// anybody or anything, and nothing tells of persons: whatever its header calls
// it, what is written there is what tells two rows apart.
func (r *Recogniser) nameOfThings() {
	const (
		mostFilled = .8 // of the rows of the fullest column
		ownTexts   = .3 // of the values are of their own
		ownWords   = .3 // of the values have several words
		longest    = 60 // runes of a name
	)
	named := append(NamesOfPersons(), MeansName, MeansThing, MeansFirm, MeansEmail, MeansBirth, MeansYear, MeansAge, MeansMobile, MeansTaxID)
	fullest := 0
	for _, c := range r.Columns {
		if slices.Contains(named, c.Role) {
			return
		}
		fullest = max(fullest, c.Filled)
	}
	if r.makersAsPersons() {
		return
	}
	for _, c := range r.Columns {
		if c.Closed || c.Role != meansNothing || float64(c.Filled) < mostFilled*float64(fullest) || len(c.inner) > 0 {
			continue
		}
		isText := c.share(func(s string) bool { return hasLetter(s) && utf8.RuneCountInString(s) <= longest }) >= fitsContent
		if isText && c.distinctShare() >= ownTexts && c.share(func(s string) bool { return words(s) >= 2 }) >= ownWords {
			c.Set(MeansThing, byContent, "nothing else names anything, and most of its values are names of their own")
			return
		}
	}
	if !r.placesAsThings() {
		r.kindOfThings()
	}
}

// makersAsPersons takes whoever made something for whom the rows are of where
// nothing is named that they made, and most are called as persons are: authors
// with where they work, and when.
func (r *Recogniser) makersAsPersons() bool {
	for _, c := range r.Columns {
		if c.Role == MeansMaker && !c.Closed && r.personShare(c.Profile) >= fitsHeader {
			c.Set(MeansName, byHeader, c.Why+"; nothing is named that they made")
			return true
		}
	}
	return false
}

// thingsOverFirms leaves the firms beside things to be learnt about, where there
// are far fewer of them and nothing tells how they are reached: the rows are of
// the "product", whoever its "vendor" is. Whose names most things bear made them.
func (r *Recogniser) thingsOverFirms() {
	const (
		fewer    = .3 // of the different things
		ownTexts = .3 // of the things are of their own
	)
	reaches := append(NamesOfPersons(), MeansEmail, MeansPhone, MeansMobile, meansLine, meansStreet, MeansPost, MeansCity, MeansPlace)
	if slices.ContainsFunc(reaches, func(m Meaning) bool { return r.Has(m) != nil }) {
		return
	}
	thing, firm := r.Has(MeansThing), r.Has(MeansFirm)
	if thing == nil || firm == nil || firm.Closed || thing.distinctShare() < ownTexts || firm.values.distinct() > fewer*thing.values.distinct() {
		return
	}
	why := fmt.Sprintf("%s; there are far fewer of them than of %q", firm.Why, thing.Name)
	if thing.share(holdsAnyOf(firm)) >= fitsHeader {
		firm.Set(MeansMaker, firm.By, why+", which hold them")
		return
	}
	firm.drop(why)
}

// holdsAnyOf says of a text whether its words hold a value of a column.
func holdsAnyOf(c *Column) func(string) bool {
	spaced := func(s string) string { return " " + strings.Join(strings.Fields(Fold(s)), " ") + " " }
	var values []string
	for _, v := range c.values.values {
		values = append(values, spaced(v.text))
	}
	return func(s string) bool {
		s = spaced(s)
		return slices.ContainsFunc(values, func(v string) bool { return strings.Contains(s, v) })
	}
}

// placesAsThings takes towns for what the rows are of where nothing else is named
// and hardly two rows have one: lists of settlements.
func (r *Recogniser) placesAsThings() bool {
	const own = .5 // of the values
	if slices.ContainsFunc([]Meaning{meansLine, meansStreet, MeansPhone}, func(m Meaning) bool { return r.Has(m) != nil }) {
		return false
	}
	c := r.Has(MeansCity)
	if c == nil || c.Closed || c.distinctShare() < own {
		return false
	}
	c.Set(MeansThing, c.By, c.Why+"; nothing else is named, and hardly two rows have one")
	return true
}

// kindOfThings takes the column of texts that tells most, in words, for the
// names of things that are of a few kinds: vehicles, garments, events.
func (r *Recogniser) kindOfThings() {
	const (
		least   = 3.  // bits
		inWords = .3  // of the values have several words
		longest = 100 // runes
	)
	rows := 0
	for _, c := range r.Columns {
		rows = max(rows, c.Filled)
	}
	var best *Column
	most := least
	for _, c := range r.Columns {
		if c.Closed || c.Role != meansNothing || c.Filled == 0 || len(c.inner) > 0 {
			continue
		}
		isText := c.share(func(s string) bool { return hasLetter(s) && utf8.RuneCountInString(s) <= longest }) >= fitsContent
		if !isText || c.share(func(s string) bool { return words(s) >= 2 }) < inWords || c.IsKeyLike() {
			continue
		}
		if bits := c.Telling(rows); bits > most {
			best, most = c, bits
		}
	}
	if best != nil {
		best.Set(MeansThing, byContent, "nothing else names anything, and of all texts it tells most")
	}
}

// resolveThingIDs takes the number of a thing for its id where the file names
// things, and no persons: beside those it is of what they bought.
func (r *Recogniser) resolveThingIDs() {
	thing, known := r.Has(MeansFirm), r.Has(MeansTaxID)
	ofPersons := slices.ContainsFunc(NamesOfPersons(), func(m Meaning) bool { return r.Has(m) != nil })
	for _, c := range r.Columns {
		switch {
		case c.Role != meansThingID || c.Closed:
		case thing == nil || ofPersons:
			c.drop(c.Why + "; no column names things")
		case known != nil:
			c.drop(fmt.Sprintf("the id is taken from %q", known.Name))
		default:
			c.Role = MeansTaxID
		}
	}
}
