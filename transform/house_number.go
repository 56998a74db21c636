package transform

import "strings"

// splitStreetNumber finds the house number at the front or the end of a
// street. Numbers that name the street itself (Route 66, 5th Avenue) stay.
func splitStreetNumber(words []string) (street, number string) {
	n := len(words)
	if n < 2 {
		return strings.Join(words, " "), ""
	}
	if number, rest := takeNumber(words); number != "" && len(rest) > 0 && hasLetter(strings.Join(rest, "")) {
		return strings.Join(rest, " "), number
	}
	from := n - 1
	switch {
	case isHouseNumber(words[n-1]):
	case n >= 3 && isNumberLetter(words[n-1]) && isHouseNumber(words[n-2]):
		from = n - 2
	case n >= 4 && (words[n-2] == "-" || words[n-2] == "–" || words[n-2] == "/") && isHouseNumber(words[n-1]) && isHouseNumber(words[n-3]):
		from = n - 3
	default:
		return strings.Join(words, " "), ""
	}
	if from == 0 || isNumberedRoad(words[from-1]) {
		return strings.Join(words, " "), ""
	}
	before := words[:from]
	if last := strings.ToLower(strings.TrimRight(before[len(before)-1], ".")); len(before) > 1 && (last == "nr" || last == "no" || last == "n°" || last == "nº" || last == "num") {
		before = before[:len(before)-1]
	}
	return strings.TrimRight(strings.Join(before, " "), ","), glueNumber(words[from:])
}

// takeNumber takes a house number off the front: "12", "12a", "12 a", "12-14",
// "12 - 14", "12 bis".
func takeNumber(words []string) (string, []string) {
	if len(words) == 0 || !isHouseNumber(words[0]) {
		return "", words
	}
	take := 1
	switch {
	case len(words) > 2 && (words[1] == "-" || words[1] == "–") && isHouseNumber(words[2]):
		take = 3
	case len(words) > 1 && isNumberLetter(words[1]) && !isCompass(strings.ToLower(words[1])):
		take = 2
	case len(words) == 2 && isNumberLetter(words[1]):
		take = 2
	case len(words) > 2 && words[1] == "1/2":
		take = 2
	}
	return glueNumber(words[:take]), words[take:]
}

// glueNumber writes a number without inner spaces, but "12 bis" and "12 1/2"
// with one.
func glueNumber(words []string) string {
	last := strings.ToLower(words[len(words)-1])
	if len(words) == 2 && (len(last) > 1) {
		return words[0] + " " + last
	}
	return strings.ReplaceAll(strings.TrimRight(strings.Join(words, ""), ".,"), "–", "-")
}

// isHouseNumber accepts 12, 12a, 12-14, 12/3, 12a-c; not 5th, 12345678.
func isHouseNumber(w string) bool {
	w = strings.TrimRight(w, ".,")
	digits, letters, parts := 0, 0, 1
	for i, r := range w {
		switch {
		case r >= '0' && r <= '9':
			digits++
			if letters > 0 {
				return false
			}
		case r == '-' || r == '/' || r == '–':
			if i == 0 || digits == 0 && letters == 0 {
				return false
			}
			parts++
			letters = 0
			digits = max(digits, 1)
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			letters++
			if letters > 1 {
				return w[:i-1] != "" && isDigits(w[:i-1]) && strings.EqualFold(w[i-1:], "bis")
			}
		default:
			return false
		}
	}
	return digits > 0 && digits <= 7 && parts <= 3 && w[0] >= '0' && w[0] <= '9'
}

// isNumberedRoad tells words after which a number names the road.
func isNumberedRoad(w string) bool {
	switch strings.ToLower(strings.TrimRight(w, ".")) {
	case "route", "highway", "hwy", "rt", "rte", "interstate", "us", "sr", "cr", "fm", "km", "autopista", "nationale", "box", "road no", "lot", "exit":
		return true
	}
	return false
}
