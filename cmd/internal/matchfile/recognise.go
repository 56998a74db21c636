package matchfile

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/dedupe"
	"loadstar/transform"
)

// recogniser finds out what the columns of one file mean.
type recogniser struct {
	tables     *wordTables
	clean      *transform.Tables
	names      *dedupe.Names
	givenNames map[string]bool // what isGiven knows already
	columns    []*column
}

// column is one column on its way to a meaning.
type column struct {
	*profile
	role      meaning
	by, why   string
	number    int      // of "phone 2"
	sure      int      // of the header
	languages []string // of the header
	closed    bool     // left out or mapped by the user: not to be guessed at
}

func (c *column) set(role meaning, by, why string) { c.role, c.by, c.why = role, by, why }

// drop leaves the column out.
func (c *column) drop(why string) { c.role, c.by, c.why = meansNothing, "", why }

// recognise gives every column its meaning, from the header where it tells
// and the values agree, else from the values.
func (r *recogniser) recognise() {
	for _, c := range r.columns {
		if !c.closed {
			r.byHeader(c)
		}
	}
	r.nameParts()
	for _, c := range r.columns {
		if !c.closed && c.role == meansNothing {
			r.byContent(c)
		}
	}
	for _, c := range r.columns {
		if !c.closed && (c.role == meansName || c.role == meansThing) {
			r.resolveName(c)
		}
	}
	r.familyNeighbour()
	r.resolveAddress()
	r.resolveBirth()
	r.resolveConflicts()
	for _, c := range r.columns {
		if c.role == meansOther || c.role == meansLine2 {
			c.drop(c.why)
		}
	}
}

func (r *recogniser) byHeader(c *column) {
	if c.filled == 0 {
		c.drop("no row has a value")
		return
	}
	var reasons []string
	for _, g := range headerMeanings(c.name, r.tables) {
		why, ok := r.fits(g.meaning, c.profile)
		if !ok {
			if reason := fmt.Sprintf("not %s: %s", g.meaning, why); !slices.Contains(reasons, reason) {
				reasons = append(reasons, reason)
			}
			continue
		}
		c.number, c.sure, c.languages = g.number, g.sure, g.languages
		text := fmt.Sprintf("%q means %s (%s)", g.words, describe(g.meaning), strings.Join(g.languages, ", "))
		if g.meaning == meansOther {
			text = fmt.Sprintf("%q says that it is nothing to match by", g.words)
		}
		if why != "" {
			text += "; " + why
		}
		c.set(g.meaning, byHeader, text)
		return
	}
	c.why = strings.Join(reasons, "; ")
}

func describe(m meaning) string { return strings.ReplaceAll(string(m), "_", " ") }

func (r *recogniser) byContent(c *column) {
	if c.filled == 0 {
		return
	}
	if len(c.inner) > 0 {
		c.drop("it holds records")
		return
	}
	m, why := r.guessContent(c.profile)
	if c.why != "" {
		why = c.why + "; " + why
	}
	c.set(m, byContent, why)
	if m == meansNothing {
		c.drop(why)
	}
}

// has finds the first column of a meaning.
func (r *recogniser) has(m meaning) *column {
	for _, c := range r.columns {
		if c.role == m {
			return c
		}
	}
	return nil
}

// nameParts takes numbered columns of names as parts of one: "vorname 1" and
// "vorname 2", "apellido 1" and "apellido 2".
func (r *recogniser) nameParts() {
	for _, c := range r.columns {
		switch {
		case c.role != meansInitials || c.closed:
		case r.has(meansGiven) != nil:
			c.drop(fmt.Sprintf("the given name is taken from %q", r.has(meansGiven).name))
		default:
			c.role = meansGiven
		}
	}
	for _, part := range []struct{ of, second meaning }{{meansGiven, meansMiddle}, {meansFamily, meansFamily2}} {
		var numbered []*column
		for _, c := range r.columns {
			if c.role == part.of && !c.closed && c.number > 0 {
				numbered = append(numbered, c)
			}
		}
		slices.SortStableFunc(numbered, func(a, b *column) int { return a.number - b.number })
		for _, c := range numbered[min(1, len(numbered)):] {
			c.role = part.second
			c.why = fmt.Sprintf("part %d of the name; %s", c.number, c.why)
		}
	}
}

// resolveName decides whether a column of names names persons, families or
// anything else.
func (r *recogniser) resolveName(c *column) {
	firms, persons := c.share(r.isOrganisation), c.share(r.isPersonName)
	if full := r.has(meansFull); full != nil && full.by == byContent {
		full.drop(fmt.Sprintf("the name is taken from %q, whose header says so", c.name))
	}
	given, family := r.has(meansGiven), r.has(meansFamily)
	apart := given != nil && family != nil
	switch {
	case c.role == meansName && given != nil && family == nil && c.share(func(s string) bool { return words(s) <= 3 }) >= .7:
		c.set(meansFamily, byHeader, fmt.Sprintf("%s, and %q is the given name", c.why, given.name))
	case c.role == meansName && given == nil && family != nil && c.share(func(s string) bool { return words(s) <= 3 }) >= .7:
		c.set(meansGiven, byHeader, fmt.Sprintf("%s, and %q is the family name", c.why, family.name))
	case apart && r.has(meansFirm) == nil && firms >= .3:
		c.set(meansFirm, byHeader, fmt.Sprintf("%s; %s of its values name an organisation", c.why, percent(firms)))
	case apart:
		c.drop(fmt.Sprintf("given and family name come in %q and %q", given.name, family.name))
	case r.has(meansFull) != nil:
		c.drop(fmt.Sprintf("the name is taken from %q", r.has(meansFull).name))
	case c.role == meansName && r.namesPersons(c, firms, persons):
		c.set(meansFull, byHeader, c.why+"; its values are names of persons")
	case r.has(meansFirm) != nil:
		c.drop(fmt.Sprintf("the name is taken from %q", r.has(meansFirm).name))
	default:
		c.set(meansFirm, byHeader, fmt.Sprintf("%s; %s of its values hold a known given name, so it names no persons", c.why, percent(persons)))
	}
}

// namesPersons weighs what speaks for persons: given names, or columns that
// only persons have.
func (r *recogniser) namesPersons(c *column, firms, persons float64) bool {
	const some, hardly = .15, .05
	if persons >= some && persons > firms {
		return true
	}
	isPersonal := r.has(meansBirth) != nil || r.has(meansGender) != nil || r.has(meansYear) != nil || r.has(meansTitle) != nil
	plain := c.share(func(s string) bool {
		n := words(s)
		return isName(s) && n >= 2 && n <= 4 && !strings.ContainsAny(s, "&/+")
	})
	return isPersonal && plain >= fitsHeader || firms < hardly && plain >= .9
}

// familyNeighbour takes the column of names beside the given names for the
// family names where nothing else is.
func (r *recogniser) familyNeighbour() {
	given := r.has(meansGiven)
	if given == nil || r.has(meansFamily) != nil || r.has(meansFull) != nil {
		return
	}
	at := slices.Index(r.columns, given)
	for _, i := range []int{at + 1, at - 1, at + 2, at - 2} {
		if i < 0 || i >= len(r.columns) {
			continue
		}
		c := r.columns[i]
		names := c.share(func(s string) bool { return isName(s) && words(s) <= 3 })
		if c.closed || c.role != meansNothing || c.filled == 0 || names < fitsContent || c.distinctShare() < .05 {
			continue
		}
		c.set(meansFamily, byContent, fmt.Sprintf("names beside the given names of %q", given.name))
		return
	}
}

// resolveAddress decides whether a column is a whole address line or a street
// without its number.
func (r *recogniser) resolveAddress() {
	number := r.has(meansNumber)
	for _, c := range r.columns {
		if c.role == meansLine && number != nil && !c.closed {
			c.set(meansStreet, c.by, fmt.Sprintf("%s; the house number comes in %q", c.why, number.name))
		}
		if c.role == meansLine && !c.closed && c.number > 1 && r.firstLine() != c {
			c.role = meansLine2
		}
	}
	for _, c := range r.columns {
		if c.role == meansLine2 {
			c.why += "; what stands beside the street is not compared"
		}
	}
}

// firstLine is the address line of the smallest number.
func (r *recogniser) firstLine() *column {
	var first *column
	for _, c := range r.columns {
		if c.role == meansLine && (first == nil || c.number < first.number) {
			first = c
		}
	}
	return first
}

// resolveBirth needs year, month and day together where no date comes whole.
func (r *recogniser) resolveBirth() {
	year, month, day := r.has(meansYear), r.has(meansMonth), r.has(meansDay)
	whole := r.has(meansBirth)
	for _, c := range []*column{year, month, day} {
		switch {
		case c == nil || c.closed:
		case whole != nil:
			c.drop(fmt.Sprintf("the birth date is taken from %q", whole.name))
		case year == nil || month == nil || day == nil:
			c.drop(c.why + "; year, month and day are needed together")
		default:
			c.why += "; part of the birth date"
		}
	}
}

// resolveConflicts keeps the best column of each meaning that can have only
// one: the surest by header, then the fullest, then the first.
func (r *recogniser) resolveConflicts() {
	for _, m := range append(fields(), meansYear, meansMonth, meansDay, meansFamily2) {
		var same []*column
		for _, c := range r.columns {
			if c.role == m {
				same = append(same, c)
			}
		}
		if len(same) < 2 || m.repeats() {
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
				c.drop(fmt.Sprintf("%s is taken from %q", describe(m), best.name))
			}
		}
	}
}

func (r *recogniser) better(a, b *column) bool {
	const muchFuller = 1.25
	rank := func(c *column) int {
		switch {
		case c.by == byMap:
			return 4
		case c.by == byHeader:
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
	return float64(a.filled) > muchFuller*float64(b.filled)
}
