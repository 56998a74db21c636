package recognise

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"loadstar/dedupe"
	"loadstar/transform"
)

// Shares of a column's values that must agree with a meaning.
const (
	fitsHeader  = .5 // where the header says so
	fitsContent = .8 // where nothing but the values says so
	leastGiven  = .3 // of given names are known ones
)

// fits says whether the values of a column can be what its header says, and
// if not, why.
func (r *Recogniser) fits(m Meaning, p *Profile) (string, bool) {
	if p.Filled == 0 {
		return "no row has a value", false
	}
	need := func(what string, meets func(string) bool) (string, bool) {
		share := p.share(meets)
		return fmt.Sprintf("%s of its values %s", percent(share), what), share >= fitsHeader
	}
	switch {
	case p.isKey:
		return "the database says that it is the key of the rows", m == MeansID
	case (m == MeansLat || m == MeansLon) && p.share(hasFineDegrees) < fitsHeader:
		return "its values are too coarse for degrees of a place", false // the width of a thing
	}
	if what, hasForm := r.formOf(m); hasForm != nil {
		return need(what, hasForm)
	}
	switch m {
	case MeansOther:
		if r.isCalled(p) {
			return "its values are names of people", false
		}
		return "", true
	case MeansBirth, MeansUpdated:
		share := p.dateShare()
		return fmt.Sprintf("%s of its values are dates", percent(share)), share >= fitsHeader
	case meansNumber:
		const many, other = 50, .9
		if p.Filled >= many && p.distinctShare() > other {
			return "each row has another", false // of an order
		}
		return need("have the form of a house number", isHouseNumber)
	case meansGender, meansType:
		const fewValues, genders = 12, 3
		n := p.values.distinct()
		if m == meansGender && n > genders && p.share(dedupe.IsGender) < fitsHeader {
			return fmt.Sprintf("it has %.0f different values, most of which are no gender", n), false // genre: of music
		}
		return fmt.Sprintf("it has %.0f different values", n), n <= fewValues && p.share(isShort(20)) > fitsHeader
	case MeansTaxID:
		const fewest = 5
		return need("have the digits of an id", func(s string) bool {
			return CountDigits(s) >= fewest && !isDecimal(s) && !isGroupedDecimal(s) && !isCommaDecimal(s)
		})
	case meansThingID:
		const shortest = 4
		if p.distinctShare() < fitsHeader {
			return "many rows have the same one", false // vehicles of one model
		}
		return need("are numbers of things", func(s string) bool { return len(s) >= shortest && hasDigit(s) })
	case MeansID:
		isCalled := func(s string) bool { return isDialled(s) && strings.ContainsAny(s, " +(") }
		if p.share(isCalled) >= fitsContent {
			return "its values are phone numbers", false
		}
		if s := p.share(func(s string) bool { return words(s) > 1 && !hasDigit(s) }); s >= fitsHeader {
			return percent(s) + " of its values are texts of several words", false
		}
		return "", true
	case meansLine2, meansUnit:
		return "", true
	}
	return r.fitsText(m, p)
}

// isCalled says whether a column that is called a user's name holds names of
// people rather than the names that they log in with.
func (r *Recogniser) isCalled(p *Profile) bool {
	isLogin := slices.Equal(HeaderTokens(p.Says()), []string{"user", "name"})
	return isLogin && r.personShare(p) > fitsHeader && p.share(func(s string) bool { return words(s) > 1 }) > fitsHeader
}

// formOf says how nearly all values of a meaning are written, and what to call
// it; nil where more than their form counts.
func (r *Recogniser) formOf(m Meaning) (what string, hasForm func(string) bool) {
	switch m {
	case MeansEmail:
		return "have the form of an e-mail address", isEmail
	case MeansPhone, MeansMobile:
		return "have the form of a phone number", isPhone
	case MeansYear:
		return "are years of birth", isNumberIn(earliestYear, latestYear)
	case MeansAge:
		return "are ages", isNumberIn(0, oldest)
	case MeansLat:
		return "are degrees", isDegree(90)
	case MeansLon:
		return "are degrees", isDegree(180)
	case MeansMonth:
		return "are months", func(s string) bool { return isNumberIn(1, 12)(s) || r.Tables.Month(s) > 0 }
	case MeansDay:
		return "are days of a month", isNumberIn(1, 31)
	case MeansPost:
		return "have the form of a postcode", isPostcode
	case MeansPlace:
		return "are a postcode and a city", func(s string) bool { code, city := transform.CutPlace(s); return code != "" && city != "" }
	case meansCountry:
		return "are known countries", func(s string) bool { return r.Clean.Country(s) != "" }
	}
	return "", nil
}

func (r *Recogniser) fitsText(m Meaning, p *Profile) (string, bool) {
	isText := func(s string) bool { return isName(s) && dateOf(s).Kind == dateNone }
	need := func(what string, least float64, meets func(string) bool) (string, bool) {
		share := p.share(meets)
		return fmt.Sprintf("%s of its values %s", percent(share), what), share >= least
	}
	if p.share(r.isFlag) >= fitsContent {
		return "its values say yes or no", false
	}
	switch m {
	case meansTitle, meansSuffix:
		const longest, most, fewKnown = 20, 120, .1
		short := p.share(isShort(longest))
		isForm := func(s string) bool { return r.Clean.SplitName(s+" Abel Anders").Title != "" }
		if m == meansTitle && r.Things && p.share(isForm) < fewKnown {
			return "its values are no forms of address", false // but of what people do
		}
		return fmt.Sprintf("%s of its values are short, of %.0f different ones", percent(short), p.values.distinct()),
			short >= fitsContent && p.values.distinct() <= most && p.share(hasLetter) >= fitsHeader && (p.distinctShare() < .2 || p.Filled < 50)
	case meansGiven, MeansFamily, MeansFamily2, meansFormer, meansMiddle, meansInitials, MeansParticle:
		return need("are names of letters", .7, func(s string) bool { return isText(s) && words(s) <= 5 })
	case MeansFull:
		return need("are names of letters", fitsHeader, isText)
	case meansRegion:
		if ends := p.share(func(s string) bool { return r.Tables.Word("opportunity", "outcome", s) != "" }); ends >= fitsContent {
			return "its values say how something ended", false
		}
		return need("are written in letters", .6, isText)
	case MeansCity:
		return need("are written in letters", .6, isText)
	case meansLine, meansStreet:
		return need("hold letters", fitsHeader, func(s string) bool { return hasLetter(s) && !isEmail(s) })
	case MeansName:
		return need("are written in letters", .6, func(s string) bool {
			return hasLetter(s) && CountDigits(s)*2 < utf8.RuneCountInString(s) && !isEmail(s)
		})
	case MeansFirm, MeansMaker:
		return need("hold letters", fitsHeader, hasLetter)
	case MeansThing:
		ok := p.share(hasLetter) >= fitsHeader && p.distinctShare() >= .2 && p.share(func(s string) bool { return words(s) >= 2 }) >= .3
		return fmt.Sprintf("it has %.0f different values, %s of several words", p.values.distinct(), percent(p.share(func(s string) bool { return words(s) >= 2 }))), ok
	}
	return "", true
}

// isFlag says whether a text is a word for yes or no.
func (r *Recogniser) isFlag(s string) bool {
	_, ok := r.Clean.Bool(s)
	return ok
}

// guessContent says what a column is by its values alone, with the reason.
func (r *Recogniser) guessContent(p *Profile) (Meaning, string) {
	if p.Filled == 0 {
		return meansNothing, "no row has a value"
	}
	say := func(share float64, what string) string { return percent(share) + " of its values " + what }
	if s := p.share(isEmail); s >= fitsContent {
		return MeansEmail, say(s, "are e-mail addresses")
	}
	if s := p.dateShare(); s >= fitsContent {
		return r.guessDate(p, s)
	}
	if s := p.share(isLetteredPostcode); s >= fitsContent {
		return MeansPost, say(s, "have the form of a postcode")
	}
	if s := p.share(isSocialNumber); s >= fitsContent {
		return MeansTaxID, say(s, "have the form of a social security number")
	}
	if p.IsSerial() {
		return MeansOther, "its values are running numbers"
	}
	if s := p.share(isDialled); s >= fitsContent {
		return MeansPhone, say(s, "have the form of a phone number")
	}
	const (
		fewestPersons = 4  // fewer are words of a list: "to do", "chat"
		fewestGiven   = 20 // of many rows: a colour is a given name as often as not, and there are few
		many          = 10 // rows to a given name
	)
	isList := p.values.distinct() < max(fewestPersons, min(fewestGiven, float64(p.Filled)/many)) && p.distinctShare() < .5
	if s := p.share(r.isGiven); s >= leastGiven && p.share(func(s string) bool { return words(s) == 1 }) >= .7 && !isList {
		return meansGiven, say(s, "are known given names")
	}
	const fewestFirms = 3 // fewer are words of a list: "unsubscribed from club"
	if s := p.share(r.isOrganisation); s >= .4 && (p.values.distinct() >= fewestFirms || p.distinctShare() > .5) {
		return MeansFirm, say(s, "name an organisation")
	}
	if s := r.personShare(p); s >= .4 && (p.values.distinct() >= fewestPersons || p.distinctShare() > .5) {
		return MeansFull, say(s, "hold a known given name among other names")
	}
	if s, streets := r.streetShare(p); s >= .7 && p.distinctShare() > .05 && (streets > 1 || p.values.distinct() == 1) {
		return meansLine, say(s, "are a street with a house number")
	}
	return meansNothing, "neither its header nor its values tell what it is"
}

// streetShare is the part of the values that are a street with a house number,
// and how many streets they name: what is counted in one unit ("95 min") has
// numbers, too, and one word.
func (r *Recogniser) streetShare(p *Profile) (share, streets float64) {
	named := map[string]bool{}
	share = p.share(func(s string) bool {
		a := r.Clean.SplitAddress(s, "")
		if !isAddress(s) || a.Street == "" || a.HouseNumber == "" {
			return false
		}
		named[Fold(a.Street)] = true
		return true
	})
	return share, float64(len(named))
}

// guessDate parts dates of birth from others: most lie before any system of
// today, and they spread over decades.
func (r *Recogniser) guessDate(p *Profile, share float64) (Meaning, string) {
	for _, w := range HeaderTokens(p.Says()) {
		if r.Tables.event[w] {
			return MeansOther, fmt.Sprintf("%q says that its dates are not those of birth", w)
		}
	}
	decades := 0
	for _, d := range p.Dates.decades {
		if d {
			decades++
		}
	}
	early := float64(p.Dates.early) / float64(max(p.Dates.dates(), 1))
	if decades >= 4 && early >= fitsHeader {
		return MeansBirth, fmt.Sprintf("%s of its values are dates, of %d decades", percent(share), decades)
	}
	span := fmt.Sprintf("%d decades", decades)
	if decades == 1 {
		span = "one decade"
	}
	return MeansOther, fmt.Sprintf("its dates are of %s only, which those of birth are not", span)
}

func (r *Recogniser) isGiven(s string) bool {
	if words(s) != 1 || !isName(s) {
		return false
	}
	key := Fold(s)
	known, ok := r.GivenNames[key]
	if !ok {
		known = r.namesGiven(s)
		r.GivenNames[key] = known
	}
	return known
}

// namesGiven is isGiven for a word, without remembering it.
func (r *Recogniser) namesGiven(word string) bool {
	p := r.Clean.SplitName(word)
	return r.Tables.given[Fold(word)] || r.Names.Known(dedupe.Fold(word)) || p.Given != "" && p.Family == ""
}

func (r *Recogniser) isOrganisation(s string) bool { return r.Clean.IsOrganisation(s) }

// personShare is the part of the values that are names of persons, by a known
// given name. Where most of them have the same one, it is no name there, but a
// word of what things are called: persons have many.
func (r *Recogniser) personShare(p *Profile) float64 {
	const fewest = 20 // different values, from which on that tells
	var all, met, top, different int
	rows := map[string]int{}
	for _, v := range p.values.values {
		all += v.count
		given := r.givenIn(v.text)
		if given == "" {
			continue
		}
		different++
		met += v.count
		rows[given] += v.count
		top = max(top, rows[given])
	}
	if different >= fewest && top*2 > met {
		met -= top
	}
	return float64(met) / float64(max(all, 1))
}

// givenIn finds the known given name in a text of two to five words: the first
// word, the last, the one behind a comma, or the middle one of three, as in
// Russian; "" where there is none. Elsewhere it says little, for what things
// are called holds words that are names, too.
func (r *Recogniser) givenIn(s string) string {
	s = SlashAsComma(s)
	all := strings.Fields(s)
	if r.listsPersons(s) {
		return ""
	}
	if len(all) == 1 { // 王小明 is a whole name
		if _, given, ok := strings.Cut(s, ","); ok && !r.isGiven(given) {
			return "" // "Drama,Comedy"
		}
		if p := r.Clean.SplitName(s); p.Family != "" {
			return Fold(p.Given)
		}
	}
	if len(all) < 2 || len(all) > 5 || !isName(s) || r.isOrganisation(s) {
		return ""
	}
	places := []int{0, len(all) - 1}
	if at := slices.IndexFunc(all[:len(all)-1], func(w string) bool { return strings.HasSuffix(w, ",") }); at >= 0 {
		places = append(places, at+1)
	}
	if len(all) == 3 {
		places = append(places, 1)
	}
	for _, at := range places {
		if w := strings.Trim(all[at], ",."); r.isGiven(w) {
			return Fold(w)
		}
	}
	return ""
}

// listsPersons says whether a text names several persons, each with given and
// family name, as a cast does.
func (r *Recogniser) listsPersons(s string) bool {
	parts := strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(",;|", c) })
	return len(parts) > 1 && !slices.ContainsFunc(parts, func(part string) bool {
		list := strings.Fields(part)
		return len(list) < 2 || !r.isGiven(list[0])
	})
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }
