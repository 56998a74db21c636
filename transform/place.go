package transform

import "strings"

// CutPlace parts "04109 Leipzig" and "London SW1A 1AA" into postcode and city;
// what has no digit is a city alone.
func CutPlace(s string) (code, city string) {
	fields := strings.Fields(strings.NewReplacer(",", " ", ";", " ").Replace(s))
	from := 0
	for from < len(fields) && hasDigit(fields[from]) {
		from++
	}
	if from == 1 && len(fields) > 2 && len(fields[1]) == 2 && fields[1] == strings.ToUpper(fields[1]) && len(fields[0]) == 4 {
		from = 2 // 1234 AB
	}
	if from > 0 {
		return strings.Join(fields[:from], " "), strings.Join(fields[from:], " ")
	}
	to := len(fields)
	for to > 0 && hasDigit(fields[to-1]) {
		to--
	}
	return strings.Join(fields[to:], " "), strings.Join(fields[:to], " ")
}
