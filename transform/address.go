package transform

import (
	"strings"
	"unicode"
)

// AddressLine is one address line taken apart. Empty parts are unknown.
type AddressLine struct{ Street, HouseNumber, Unit string }

// PlaceName cleans the name of a street, town or region: white space, and
// capitals where all letters are alike. Abbreviations stay as written. It is
// idempotent.
func (t *Tables) PlaceName(s string) string {
	return t.placeText(strings.Trim(Line(s), " ,;"))
}

// Region is PlaceName for states and counties: codes of up to three letters
// are large. It is idempotent.
func (t *Tables) Region(s string) string {
	s = strings.Trim(Line(s), " ,;")
	if bare := strings.ReplaceAll(s, ".", ""); len(bare) <= 3 && isLetters(bare) && caseOf(bare) != capital {
		return strings.ToUpper(s)
	}
	return t.placeText(s)
}

// HouseNumber cleans a house number in a column of its own. It is idempotent.
func HouseNumber(s string) string {
	s = strings.Trim(Line(s), " ,;#")
	if digits, ok := strings.CutSuffix(s, ".0"); ok && isDigits(digits) {
		return digits
	}
	if number, rest := takeNumber(strings.Fields(s)); number != "" && len(rest) == 0 {
		return number
	}
	return s
}

// SplitAddress takes one address line apart: number first ("12 High St") or
// last ("Hauptstraße 12a"), flat, floor or suite before or after, PO boxes
// whole in Street. What it cannot tell stays in Street. country is ISO
// alpha-2 or "".
func (t *Tables) SplitAddress(s, country string) AddressLine {
	var a AddressLine
	var names []string
	for _, segment := range addressSegments(s) {
		words := strings.Fields(segment)
		if box := poBox(words); box != "" && a.Street == "" {
			a.Street = box
			continue
		}
		if len(words) == 1 || len(words) == 2 && isNumberLetter(words[1]) {
			if number, rest := takeNumber(words); number != "" && len(rest) == 0 && a.HouseNumber == "" {
				a.HouseNumber = number // "High Street, 12"
				continue
			}
		}
		unit, words := t.takeUnitFirst(words)
		a.Unit = joinUnits(a.Unit, unit)
		if len(words) == 0 {
			continue
		}
		words, unit = t.takeUnitLast(words)
		street, number := splitStreetNumber(words)
		if number != "" && a.HouseNumber == "" {
			a.HouseNumber = number
			if a.Street == "" {
				a.Street = street
			}
		} else {
			names = append(names, strings.Join(words, " "))
		}
		a.Unit = joinUnits(a.Unit, unit)
	}
	t.placeNames(&a, names)
	a.Street = t.placeText(a.Street)
	return a.cutUnitNumber(country)
}

// placeNames gives the pieces without a number a role: the street if there is
// none yet, else the building.
func (t *Tables) placeNames(a *AddressLine, names []string) {
	for _, name := range names {
		if a.Street == "" && (len(names) == 1 || t.isStreetName(name) || !t.anyStreetName(names)) {
			a.Street = name
			continue
		}
		if a.Unit == "" && !t.isStreetName(name) && name == names[0] {
			a.Unit = t.placeText(name)
		}
	}
}

func (t *Tables) anyStreetName(names []string) bool {
	for _, n := range names {
		if t.isStreetName(n) {
			return true
		}
	}
	return false
}

// isStreetName looks for a word of streets ("Road", "Rue", "…straße").
func (t *Tables) isStreetName(s string) bool {
	for _, w := range strings.Fields(strings.ToLower(s)) {
		w = strings.TrimRight(w, ".")
		if t.streetWords[w] {
			return true
		}
		for _, end := range []string{"straße", "strasse", "str", "weg", "platz", "gasse", "allee", "straat", "laan", "gatan", "vägen", "vej", "katu"} {
			if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
				return true
			}
		}
	}
	return false
}

// cutUnitNumber reads 3/12 as unit 3 of number 12 where people write so.
func (a AddressLine) cutUnitNumber(country string) AddressLine {
	if country != "AU" && country != "NZ" || a.Unit != "" {
		return a
	}
	if unit, number, ok := strings.Cut(a.HouseNumber, "/"); ok {
		a.Unit, a.HouseNumber = unit, number
	}
	return a
}

func addressSegments(s string) []string {
	var segments []string
	for _, piece := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '\r' || r == '|' }) {
		if piece = strings.Trim(Line(piece), " ,"); piece != "" {
			segments = append(segments, piece)
		}
	}
	return segments
}

// poBox recognises a post office box and writes it in one way.
func poBox(words []string) string {
	var marks int
	first := strings.ToLower(strings.ReplaceAll(words[0], ".", ""))
	second := ""
	if len(words) > 1 {
		second = strings.ToLower(strings.ReplaceAll(words[1], ".", ""))
	}
	switch {
	case first == "po" && second == "box", first == "post" && second == "box", first == "p" && second == "o" && len(words) > 2 && strings.EqualFold(words[2], "box"):
		marks = 2
		if second == "o" {
			marks = 3
		}
	case first == "pobox", first == "postfach", first == "postbus", first == "bp", first == "apartado", first == "postboks", first == "postbox":
		marks = 1
	case first == "boîte" && second == "postale", first == "casella" && second == "postale":
		marks = 2
	default:
		return ""
	}
	if len(words) <= marks || !hasDigit(words[marks]) {
		return ""
	}
	return "PO Box " + strings.ToUpper(strings.Join(words[marks:], " "))
}

// takeUnitFirst takes "Flat 3" off the front.
func (t *Tables) takeUnitFirst(words []string) (string, []string) {
	lower := strings.ToLower(strings.TrimRight(words[0], ".:"))
	if rest, ok := strings.CutPrefix(words[0], "#"); ok && hasDigit(rest) {
		return "#" + rest, words[1:]
	}
	if len(words) <= 3 && (isFloorWord(lower) || len(words) > 1 && isFloorNumber(words[0]) && isFloorName(words[1])) && !hasStreetAfter(words) {
		return strings.Join(words, " "), nil
	}
	shown, ok := t.unitWords[lower]
	if !ok || len(words) < 2 || !isUnitNumber(words[1]) {
		return "", words
	}
	if len(words) == 3 && !isUnitNumber(words[2]) { // "Block House Lane" is a street
		if len(words[1]) > 1 && !hasDigit(words[1]) {
			return "", words
		}
	}
	return shown + " " + strings.ToUpper(strings.TrimRight(words[1], ".")), words[2:]
}

func hasStreetAfter(words []string) bool { return len(words) > 2 && hasDigit(words[2]) }

// takeUnitLast takes "Apt 4B" or "#12" off the end.
func (t *Tables) takeUnitLast(words []string) ([]string, string) {
	n := len(words)
	if n >= 3 && strings.HasPrefix(words[n-1], "#") && len(words[n-1]) > 1 {
		return words[:n-1], words[n-1]
	}
	if n >= 4 {
		if shown, ok := t.unitWords[strings.ToLower(strings.TrimRight(words[n-2], ".:#"))]; ok && isUnitNumber(strings.TrimLeft(words[n-1], "#")) {
			return words[:n-2], shown + " " + strings.ToUpper(strings.TrimLeft(words[n-1], "#"))
		}
		if words[n-2] == "#" {
			return words[:n-2], "#" + strings.ToUpper(words[n-1])
		}
		if isFloorNumber(words[n-2]) && isFloorName(words[n-1]) {
			return words[:n-2], words[n-2] + " " + words[n-1]
		}
	}
	return words, ""
}

func isUnitNumber(w string) bool {
	w = strings.TrimRight(w, ".")
	return len(w) <= 6 && (hasDigit(w) || len([]rune(w)) == 1 && isLetters(w))
}

func isFloorWord(lower string) bool {
	return strings.HasSuffix(lower, "º") || strings.HasSuffix(lower, "ª") || strings.HasSuffix(lower, "°") || lower == "bajo" || lower == "entresuelo"
}

func isFloorNumber(w string) bool {
	lower := strings.ToLower(w)
	switch lower {
	case "ground", "first", "second", "third", "fourth", "top", "erdgeschoss":
		return true
	}
	return isOrdinal(lower) || strings.HasSuffix(lower, ".") && isDigits(strings.TrimSuffix(lower, ".")) ||
		strings.HasSuffix(lower, "e") && isDigits(strings.TrimSuffix(strings.TrimSuffix(lower, "e"), "èm"))
}

func isFloorName(w string) bool {
	switch strings.ToLower(strings.TrimRight(w, ".")) {
	case "floor", "fl", "og", "stock", "etage", "étage", "flr", "ug":
		return true
	}
	return false
}

func joinUnits(a, b string) string {
	if a != "" && b != "" {
		return a + ", " + b
	}
	return a + b
}

func isNumberLetter(w string) bool {
	switch strings.ToLower(w) {
	case "bis", "ter", "quater":
		return true
	}
	return len(w) == 1 && unicode.IsLetter(rune(w[0]))
}
