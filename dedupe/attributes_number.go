package dedupe

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// numberIn reads a text that is a number: a count, an amount with a sign of
// its currency, a share, a day (2024-03-01) or a length of time (3:45).
func numberIn(text string) (float64, bool) {
	const longest = 24
	text = strings.TrimFunc(text, func(r rune) bool { return r == ' ' || r == '%' || r >= utf8.RuneSelf || r == '$' })
	if text == "" || len(text) > longest || text[len(text)-1] < '0' || text[len(text)-1] > '9' {
		return 0, false
	}
	if n, ok := dayIn(text); ok {
		return n, true
	}
	if before, after, ok := strings.Cut(text, ":"); ok {
		return lengthOfTime(before, after)
	}
	n, err := strconv.ParseFloat(plainNumber(text), 64)
	return n, err == nil
}

// lengthOfTime reads minutes and seconds, or hours and minutes.
func lengthOfTime(before, after string) (float64, bool) {
	const parts = 60
	whole, err := strconv.ParseUint(before, 10, 16)
	part, other := strconv.ParseUint(after, 10, 16)
	return float64(whole*parts + part), err == nil && other == nil && len(after) == 2 && part < parts
}

// dayIn reads a day written year first, as a count of days.
func dayIn(text string) (float64, bool) {
	if len(text) < len("2024-03-01") || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	year, err1 := strconv.ParseUint(text[:4], 10, 16)
	month, err2 := strconv.ParseUint(text[5:7], 10, 16)
	day, err3 := strconv.ParseUint(text[8:10], 10, 16)
	if err1 != nil || err2 != nil || err3 != nil || month > 12 || day > 31 {
		return 0, false
	}
	return float64(year)*365.25 + float64(month)*30.4375 + float64(day), true
}

// plainNumber writes a number with a point and without marks of thousands. One
// mark before three digits is one of thousands.
func plainNumber(text string) string {
	last := strings.LastIndexAny(text, ".,")
	if last < 0 {
		return text
	}
	const thousands = 3
	whole, part := text[:last], text[last+1:]
	isGrouped := strings.ContainsAny(whole, ".,")
	switch {
	case len(part) == thousands && whole != "" && strings.TrimLeft(whole, "-0") != "" && (isGrouped && text[last] == firstMark(whole) || !isGrouped && len(strings.TrimLeft(whole, "-")) <= thousands):
		return strings.NewReplacer(".", "", ",", "").Replace(text)
	}
	return strings.NewReplacer(".", "", ",", "").Replace(whole) + "." + part
}

func firstMark(text string) byte { return text[strings.IndexAny(text, ".,")] }
