package transform

import (
	"strings"
	"unicode"
)

// WholeAddress is an address in one text taken apart: line as SplitAddress
// takes it, and the place behind it.
type WholeAddress struct {
	AddressLine
	Postcode, City, Region string
	Country                string // ISO alpha-2 where the text names it
	Abroad                 bool   // the postcode is none of the country asked for, the text names no other
}

// SplitWhole takes an address apart that may end in its place: "12 High St,
// London SW1A 1AA", "Hauptstr. 5, 04109 Leipzig", "1 Main St, Springfield, IL
// 62704". A text without a place is an address line. country is ISO alpha-2
// or "".
func (t *Tables) SplitWhole(s, country string) WholeAddress {
	var a WholeAddress
	segments := addressSegments(s)
	if n := len(segments); n > 2 {
		if named := t.Country(segments[n-1]); named != "" {
			a.Country, country, segments = named, named, segments[:n-1]
		}
	}
	if len(segments) == 1 {
		segments = t.cutRunOn(segments[0], country)
	}
	segments = a.takePlace(t, segments, country)
	if a.Postcode == "" && a.City == "" && country != "" {
		if line := a.takeForeignPlace(t, segments); len(line) < len(segments) {
			segments, country = line, ""
		}
	}
	a.AddressLine = t.SplitAddress(strings.Join(segments, ", "), country)
	if a.Postcode != "" {
		a.Postcode = Postcode(a.Postcode, country)
	}
	a.City = t.placeText(a.City)
	return a
}

// takePlace takes postcode, city and region off the end of the segments. The
// first segment stays: an address without a street has no place behind it.
func (a *WholeAddress) takePlace(t *Tables, segments []string, country string) []string {
	n := len(segments)
	if n < 2 || t.isUnit(segments[n-1]) && !(n > 2 && isStateCode(segments[n-1], country)) {
		return segments
	}
	post, rest := cutPostcode(strings.Fields(segments[n-1]), country)
	if post == "" {
		if n == 2 && !t.isStreetLine(segments[0], country) || t.isStreetLine(segments[n-1], country) || !isPlaceText(segments[n-1]) {
			return segments
		}
		a.City, a.Region = cutRegion(strings.Fields(segments[n-1]))
		return segments[:n-1]
	}
	a.Postcode = post
	a.City, a.Region = cutRegion(rest)
	segments = segments[:n-1]
	if a.City == "" && n > 2 && isPlaceText(segments[n-2]) { // "Springfield, IL 62704", "London, SW1A 1AA"
		var region string
		a.City, region = cutRegion(strings.Fields(segments[n-2]))
		if a.Region == "" {
			a.Region = region
		}
		segments = segments[:n-2]
	}
	return segments
}

// takeForeignPlace takes a postcode of no known country and its city off the
// end of segments that hold a street with its number: "Hauptstr. 5, 04109
// Leipzig" in a British list.
func (a *WholeAddress) takeForeignPlace(t *Tables, segments []string) []string {
	var b WholeAddress
	line := b.takePlace(t, segments, "")
	if b.Postcode == "" || b.City == "" || t.isStreetName(segments[len(segments)-1]) || t.SplitAddress(strings.Join(line, ", "), "").HouseNumber == "" {
		return segments
	}
	b.Abroad = true
	*a = b
	return line
}

// cutRunOn parts an address without commas: before a postcode that follows
// the house number, or behind the last word of streets.
func (t *Tables) cutRunOn(s, country string) []string {
	words := strings.Fields(s)
	for i := 2; i < len(words)-1; i++ { // "Hauptstr. 5 04109 Leipzig"
		if post, rest := cutPostcode(words[i:], country); post != "" && len(rest) > 0 && len(rest) < len(words)-i && hasDigit(words[i-1]) &&
			hasDigit(words[i]) && isPlaceText(strings.Join(rest, " ")) {
			return []string{strings.Join(words[:i], " "), strings.Join(words[i:], " ")}
		}
	}
	if post, rest := cutPostcode(words, country); post != "" && len(rest) > 2 { // "12 High St London SW1A 1AA"
		for i := len(rest) - 2; i > 0; i-- {
			if t.streetWords[strings.ToLower(strings.TrimRight(rest[i], "."))] && isPlaceText(strings.Join(rest[i+1:], " ")) {
				return []string{strings.Join(words[:i+1], " "), strings.Join(words[i+1:], " ")}
			}
		}
	}
	return []string{s}
}

// cutPostcode takes a postcode off the end or the beginning of words.
func cutPostcode(words []string, country string) (string, []string) {
	n := len(words)
	for _, take := range []int{2, 1} {
		if n < take {
			continue
		}
		if tail := strings.Join(words[n-take:], " "); isPostcodeOf(tail, country) && (take == 1 || hasDigit(words[n-2])) {
			return tail, words[:n-take]
		}
	}
	for _, take := range []int{2, 1} {
		if n <= take {
			continue
		}
		if head := strings.Join(words[:take], " "); isPostcodeOf(head, country) && hasDigit(words[0]) {
			return head, words[take:]
		}
	}
	return "", words
}

// isPostcodeOf says whether s has the form of a postcode of the country, or,
// where none is known, of a form that many countries have.
func isPostcodeOf(s, country string) bool {
	s = strings.ToUpper(s)
	if prefix, rest, ok := strings.Cut(s, "-"); ok && len(prefix) <= 2 && isLetters(prefix) {
		s = rest
	}
	bare := strings.Map(dropPostcodeMarks, s)
	if bare == "" || !hasDigit(bare) {
		return false
	}
	shape := postcodeShape(bare)
	switch shape {
	case "0000", "00000", "000000", "000000000", "A0A0A0", "0000AA", "0000000":
		return shapePostcode(bare, country) != "" || !hasPostcodeShape(country)
	}
	return outInCode(bare, shape) != ""
}

// hasPostcodeShape says whether the forms of a country's postcodes are known.
func hasPostcodeShape(country string) bool {
	for _, example := range []string{"0000", "00000", "0000000", "00000000", "A0A0A0", "A000000", "0000AA", "A00AA"} {
		if shapePostcode(example, country) != "" {
			return true
		}
	}
	return false
}

// cutRegion takes the code of a state off the end of a city: "Springfield IL".
func cutRegion(words []string) (city, region string) {
	n := len(words)
	if n == 0 {
		return "", ""
	}
	if last := words[n-1]; (len(last) == 2 || len(last) == 3 && n > 1) && isLetters(last) && last == strings.ToUpper(last) {
		return strings.Join(words[:n-1], " "), last
	}
	return strings.Join(words, " "), ""
}

// isPlaceText says whether a text has the form of a city's name.
func isPlaceText(s string) bool {
	const longest = 5 // words
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r) || r == '#' || r == '@':
			return false
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters > 1 && len(strings.Fields(s)) <= longest
}

// isStreetLine says whether a text holds a street: by a number beside it, or
// by a word of streets.
func (t *Tables) isStreetLine(s, country string) bool {
	a := t.SplitAddress(s, country)
	return a.HouseNumber != "" || t.isStreetName(s)
}

// isStateCode says whether a text is the code of a state with a postcode:
// "FL 33601" is in Florida, "Fl 3" a floor.
func isStateCode(s, country string) bool {
	state, code, ok := strings.Cut(s, " ")
	return ok && len(state) == 2 && isLetters(state) && state == strings.ToUpper(state) && isPostcodeOf(code, country)
}

// isUnit says whether a text is a flat or floor.
func (t *Tables) isUnit(s string) bool {
	unit, rest := t.takeUnitFirst(strings.Fields(s))
	return unit != "" && len(rest) == 0
}
