package dedupe

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneMeasure writes amounts of things in one unit and as one word: 0.5 kg and
// 500 g are 500000mg, 75 cl and 0,75 l are 750ml. Other text stays.
func OneMeasure(s string) string {
	var out strings.Builder
	done := 0 // bytes of s that are written
	for at := 0; at < len(s); {
		if !isASCIIDigit(s[at]) {
			at++
			continue
		}
		end, measure := measureAt(s, at)
		if measure != "" && !isPartOfCode(s, at) {
			out.WriteString(s[done:at])
			out.WriteString(measure)
			done = end
		}
		at = end
	}
	if done == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

func isASCIIDigit(c byte) bool { return c >= '0' && c <= '9' }

// isPartOfCode says whether a number goes on with what stands before it: K500.
func isPartOfCode(s string, at int) bool {
	if at == 0 {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s[:at])
	return unicode.IsLetter(r) || strings.ContainsRune(".,-/", r)
}

// measureAt reads the number at a place of s and the unit behind it. measure is
// empty where there is none; end is where to read on.
func measureAt(s string, at int) (end int, measure string) {
	const most = 1e9
	end = at
	for end < len(s) && (isASCIIDigit(s[end]) || (s[end] == '.' || s[end] == ',') && end+1 < len(s) && isASCIIDigit(s[end+1])) {
		end++
	}
	number := s[at:end]
	from := end
	for from < len(s) && s[from] == ' ' && from < end+1 {
		from++
	}
	to := from
	for to < len(s) && (s[to]|0x20 >= 'a' && s[to]|0x20 <= 'z') {
		to++
	}
	written := s[from:to]
	if isPost := len(number) == 1 && from == end && len(written) == 2 && strings.ToUpper(written) == written; isPost {
		return end, "" // the end of a British postcode: W1 2MG
	}
	factor, unit := unitOf(strings.ToLower(written))
	if r, _ := utf8.DecodeRuneInString(s[to:]); unit == "" || to < len(s) && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-') {
		return end, ""
	}
	if strings.Count(number, ",")+strings.Count(number, ".") > 1 {
		return end, ""
	}
	value, err := strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
	if value *= factor; err != nil || value > most || value != math.Trunc(value) {
		return end, ""
	}
	return to, strconv.FormatInt(int64(value), 10) + unit
}

// isMeasure says whether a word is an amount as OneMeasure writes it.
func isMeasure(word []byte) bool {
	digits := bytes.TrimRight(word, "mgl")
	if !isNumber(digits) {
		return false
	}
	switch string(word[len(digits):]) {
	case "mg", "ml", "mm":
		return true
	}
	return false
}

// unitOf says how many of the smallest unit of its kind a unit is.
func unitOf(word string) (factor float64, smallest string) {
	switch word {
	case "mg":
		return 1, "mg"
	case "g", "gr", "gram", "grams", "gramm":
		return 1e3, "mg"
	case "kg", "kilo", "kilos":
		return 1e6, "mg"
	case "ml":
		return 1, "ml"
	case "cl":
		return 10, "ml"
	case "dl":
		return 100, "ml"
	case "l", "lt", "ltr", "liter", "litre", "liters", "litres", "litro", "litros":
		return 1e3, "ml"
	case "mm":
		return 1, "mm"
	case "cm":
		return 10, "mm"
	}
	return 0, ""
}
