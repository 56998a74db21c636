package recognise

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"loadstar/dedupe"
	"loadstar/transform"
)

// What tells the meaning of a column.
const (
	ByMap     = "map"
	byHeader  = "header"
	byContent = "content"
)

// Recogniser finds out what the columns of one file mean.
type Recogniser struct {
	Tables     *WordTables
	Clean      *transform.Tables
	Names      *dedupe.Names
	GivenNames map[string]bool // what isGiven knows already
	Columns    []*Column
	Things     bool            // rows are of something, be it called what it may: see nameOfThings
	Called     map[string]bool // folded words of the names that persons have in other files of the same matter

	spoken map[string]float64 // headers that are words of a language
}

// Column is one column on its way to a meaning.
type Column struct {
	*Profile
	Role      Meaning
	By, Why   string
	number    int      // of "phone 2"
	sure      int      // of the header
	languages []string // of the header
	isThing   bool     // the header says that it names things
	isLine2   bool     // it goes on with an address
	Closed    bool     // left out or mapped by the user: not to be guessed at
}

// Set gives the column a meaning, with what tells it and why.
func (c *Column) Set(role Meaning, by, why string) { c.Role, c.By, c.Why = role, by, why }

// drop leaves the column out.
func (c *Column) drop(why string) { c.Role, c.By, c.Why = meansNothing, "", why }

// Recognise gives every column its meaning, from the header where it tells
// and the values agree, else from the values.
func (r *Recogniser) Recognise() {
	r.listen()
	for _, c := range r.Columns {
		if !c.Closed {
			r.byHeader(c)
		}
	}
	r.nameParts()
	for _, c := range r.Columns {
		if !c.Closed && c.Role == meansNothing {
			r.byContent(c)
		}
	}
	if r.Things {
		r.nameOfThings()
	}
	r.thingsOverFirms()
	for _, c := range r.Columns {
		if !c.Closed && (c.Role == MeansName || c.Role == MeansThing) {
			r.resolveName(c)
		}
	}
	r.resolveMixed()
	r.resolveMakers()
	r.resolveThingIDs()
	r.familyNeighbour()
	r.resolveAddress()
	r.resolveBirth()
	r.resolvePoint()
	r.resolveConflicts()
	for _, c := range r.Columns {
		if c.Role == MeansOther || c.Role == meansLine2 {
			c.isLine2 = c.Role == meansLine2
			c.drop(c.Why)
		}
	}
}

func (r *Recogniser) byHeader(c *Column) {
	if c.Filled == 0 {
		c.drop("no row has a value")
		return
	}
	var reasons []string
	surest := 0 // of a word for things
	for _, g := range r.inLanguage(headerMeanings(c.Says(), r.Tables)) {
		if g.sure < surest {
			break // a part of "product name" names nobody either
		}
		if g.meaning == MeansThing {
			surest = g.sure
		}
		why, ok := r.fits(g.meaning, c.Profile)
		if g.meaning == meansNumber && g.sure < 2 {
			why, ok = "it counts something else", false // "number of items"
		}
		if !ok {
			if reason := fmt.Sprintf("not %s: %s", g.meaning, why); !slices.Contains(reasons, reason) {
				reasons = append(reasons, reason)
			}
			continue
		}
		c.number, c.sure, c.languages = g.number, g.sure, g.languages
		text := fmt.Sprintf("%q means %s (%s)", g.words, describe(g.meaning), languages(g.languages))
		if g.meaning == MeansOther {
			text = fmt.Sprintf("%q says that it is nothing to match by", g.words)
		}
		if why != "" {
			text += "; " + why
		}
		c.isThing = g.meaning == MeansThing
		c.Set(g.meaning, byHeader, text)
		return
	}
	c.Why = strings.Join(reasons, "; ")
}

func describe(m Meaning) string { return strings.ReplaceAll(string(m), "_", " ") }

func (r *Recogniser) byContent(c *Column) {
	if c.Filled == 0 {
		return
	}
	if len(c.inner) > 0 {
		c.drop("it holds records")
		return
	}
	m, why := r.guessContent(c.Profile)
	if c.Why != "" {
		why = c.Why + "; " + why
	}
	c.Set(m, byContent, why)
	if m == meansNothing {
		c.drop(why)
	}
}

// Has finds the first column of a meaning.
func (r *Recogniser) Has(m Meaning) *Column {
	for _, c := range r.Columns {
		if c.Role == m {
			return c
		}
	}
	return nil
}

// nameParts takes numbered columns of names as parts of one: "vorname 1" and
// "vorname 2", "apellido 1" and "apellido 2".
func (r *Recogniser) nameParts() {
	for _, c := range r.Columns {
		switch {
		case c.Role != meansInitials || c.Closed:
		case r.Has(meansGiven) != nil:
			c.drop(fmt.Sprintf("the given name is taken from %q", r.Has(meansGiven).Name))
		default:
			c.Role = meansGiven
		}
	}
	for _, part := range []struct{ of, second Meaning }{{meansGiven, meansMiddle}, {MeansFamily, MeansFamily2}} {
		var numbered []*Column
		for _, c := range r.Columns {
			if c.Role == part.of && !c.Closed && c.number > 0 {
				numbered = append(numbered, c)
			}
		}
		slices.SortStableFunc(numbered, func(a, b *Column) int { return a.number - b.number })
		for _, c := range numbered[min(1, len(numbered)):] {
			c.Role = part.second
			c.Why = fmt.Sprintf("part %d of the name; %s", c.number, c.Why)
		}
	}
}

// hardlyPersons is the share of persons' names up to which a column of names
// names no persons.
const hardlyPersons = .15

// resolveName decides whether a column of names names persons, families or
// anything else.
func (r *Recogniser) resolveName(c *Column) {
	firms, persons := c.share(r.isOrganisation), r.personShare(c.Profile)
	if full := r.Has(MeansFull); full != nil && full.By == byContent {
		full.drop(fmt.Sprintf("the name is taken from %q, whose header says so", c.Name))
	}
	if firm := r.Has(MeansFirm); firm != nil && firm.By == byContent && c.By == byHeader && persons < hardlyPersons {
		firm.drop(fmt.Sprintf("the name is taken from %q, whose header says so", c.Name))
	}
	const fewest, many = 4, 20
	if c.values.distinct() < fewest && c.Filled >= many && persons < hardlyPersons {
		c.drop("it holds but a few words, which name nobody")
		return
	}
	given, family := r.Has(meansGiven), r.Has(MeansFamily)
	apart := given != nil && family != nil
	switch {
	case c.Role == MeansName && given != nil && family == nil && c.share(func(s string) bool { return words(s) <= 3 }) >= .7:
		c.Set(MeansFamily, byHeader, fmt.Sprintf("%s, and %q is the given name", c.Why, given.Name))
	case c.Role == MeansName && given == nil && family != nil && c.share(func(s string) bool { return words(s) <= 3 }) >= .7:
		c.Set(meansGiven, byHeader, fmt.Sprintf("%s, and %q is the family name", c.Why, family.Name))
	case apart && r.Has(MeansFirm) == nil && firms >= .3:
		c.Set(MeansFirm, byHeader, fmt.Sprintf("%s; %s of its values name an organisation", c.Why, percent(firms)))
	case apart:
		c.drop(fmt.Sprintf("given and family name come in %q and %q", given.Name, family.Name))
	case r.Has(MeansFull) != nil:
		c.drop(fmt.Sprintf("the name is taken from %q", r.Has(MeansFull).Name))
	case (c.Role == MeansName || r.isReached()) && r.namesPersons(c, firms, persons), r.calledAsElsewhere(c):
		c.Set(MeansFull, byHeader, c.Why+"; its values are names of persons")
	case c.Role == MeansName && given == nil && c.share(r.isGiven) >= leastGiven:
		c.Set(meansGiven, byHeader, fmt.Sprintf("%s; %s of its values are known given names", c.Why, percent(c.share(r.isGiven))))
	case r.Has(MeansFirm) != nil:
		c.drop(fmt.Sprintf("the name is taken from %q", r.Has(MeansFirm).Name))
	default:
		c.Set(MeansFirm, byHeader, fmt.Sprintf("%s; %s of its values hold a known given name, so it names no persons", c.Why, percent(persons)))
	}
}

// resolveMakers keeps what says whose things are where the file names things,
// and no persons.
func (r *Recogniser) resolveMakers() {
	thing := r.Has(MeansFirm)
	ofPersons := slices.ContainsFunc(NamesOfPersons(), func(m Meaning) bool { return r.Has(m) != nil })
	for _, c := range r.Columns {
		switch {
		case c.Role != MeansMaker || c.Closed:
		case thing == nil || ofPersons:
			c.drop(c.Why + "; no column names things")
		default:
			c.Why += fmt.Sprintf("; it adds to an agreeing %q, and parts things of one name", thing.Name)
		}
	}
}

// familyNeighbour takes the column of names beside the given names for the
// family names where nothing else is. Given names without family names, beside
// a column of whole names, are those of somebody or something else: of pets
// beside their owners.
func (r *Recogniser) familyNeighbour() {
	given, full := r.Has(meansGiven), r.Has(MeansFull)
	if given == nil || r.Has(MeansFamily) != nil {
		return
	}
	neighbour := r.namesBeside(given)
	switch {
	case full == nil && neighbour != nil:
		neighbour.Set(MeansFamily, byContent, fmt.Sprintf("names beside the given names of %q", given.Name))
	case full != nil && neighbour == nil && given.By == byContent:
		given.drop(fmt.Sprintf("the name is taken from %q", full.Name))
	}
}

// namesBeside finds a column of names near another, which nothing tells about;
// nil where there is none.
func (r *Recogniser) namesBeside(given *Column) *Column {
	at := slices.Index(r.Columns, given)
	for _, i := range []int{at + 1, at - 1, at + 2, at - 2} {
		if i < 0 || i >= len(r.Columns) {
			continue
		}
		c := r.Columns[i]
		names := c.share(func(s string) bool { return isName(s) && words(s) <= 3 })
		if c.Closed || c.Role != meansNothing || c.Filled == 0 || names < fitsContent || c.distinctShare() < .05 {
			continue
		}
		return c
	}
	return nil
}

// resolveBirth takes year, month and day together where no date comes whole,
// or the year alone.
func (r *Recogniser) resolveBirth() {
	year, month, day := r.Has(MeansYear), r.Has(MeansMonth), r.Has(MeansDay)
	whole, age := r.Has(MeansBirth), r.Has(MeansAge)
	if whole != nil && whole.By == byContent && !r.agreesWithYears(whole, year, age) {
		whole.drop("its dates are not those of the births that another column tells")
		whole = nil
	}
	if age != nil && !age.Closed {
		if known := cmp.Or(whole, year); known != nil {
			age.drop(fmt.Sprintf("the birth is taken from %q", known.Name))
		} else {
			age.Why += "; compared as a year of birth is"
		}
	}
	for _, c := range []*Column{year, month, day} {
		switch {
		case c == nil || c.Closed:
		case whole != nil:
			c.drop(fmt.Sprintf("the birth date is taken from %q", whole.Name))
		case c == year && (month == nil || day == nil):
			c.Why += "; the year alone is compared"
		case year == nil || month == nil || day == nil:
			c.drop(c.Why + "; year, month and day are needed together")
		default:
			c.Why += "; part of the birth date"
		}
	}
}

// resolveConflicts keeps the best column of each meaning that can have only
// one: the surest by header, then the fullest, then the first.
func (r *Recogniser) resolveConflicts() {
	for _, m := range append(Fields(), MeansYear, MeansMonth, MeansDay, MeansAge, MeansLat, MeansLon, MeansFamily2) {
		var same []*Column
		for _, c := range r.Columns {
			if c.Role == m {
				same = append(same, c)
			}
		}
		if len(same) < 2 || m.Repeats() {
			continue
		}
		best := same[0]
		for _, c := range same[1:] {
			if r.better(c, best) {
				best = c
			}
		}
		for _, c := range same {
			if c != best {
				c.drop(fmt.Sprintf("%s is taken from %q", describe(m), best.Name))
			}
		}
	}
}

func (r *Recogniser) better(a, b *Column) bool {
	const muchFuller = 1.25
	rank := func(c *Column) int {
		switch {
		case c.By == ByMap:
			return 4
		case c.By == byHeader:
			return c.sure
		}
		return 0
	}
	switch {
	case rank(a) != rank(b):
		return rank(a) > rank(b)
	case a.number != b.number:
		return a.number < b.number
	}
	return float64(a.Filled) > muchFuller*float64(b.Filled)
}

// languages names the languages of a word, the first ones where there are many.
func languages(all []string) string {
	const shown = 3
	if len(all) <= shown+1 {
		return strings.Join(all, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(all[:shown], ", "), len(all)-shown)
}
