package transform

import "strings"

// Country gives the ISO 3166-1 alpha-2 code of a country's name or code in
// several languages, "" where it is unknown. It is idempotent.
func (t *Tables) Country(s string) string {
	s = Text(s)
	if len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' && t.countries[strings.ToLower(s)] == s {
		return s
	}
	if t.isNoValue(s) { // "n/a" is not Namibia
		return ""
	}
	return t.countries[foldWord(s)]
}

// MinorDigits is how many decimal places the amounts of an ISO 4217 currency
// have: 2 where the code is unknown.
func (t *Tables) MinorDigits(code string) int {
	if known, ok := t.currencies[code]; ok {
		return known.digits
	}
	return 2
}

// Currency gives the ISO 4217 code of a currency's code, symbol or name, ""
// where it is unknown. A bare dollar or yen sign, and kr, mean the default
// currency where that shares the sign: dollars of other countries, pesos. It is
// idempotent.
func (t *Tables) Currency(s, standard string) string {
	s = strings.ToLower(Text(s))
	code := t.currencyWord[s]
	switch s {
	case "$", "dollar", "dollars":
		if strings.HasSuffix(standard, "D") || strings.Contains(" MXN COP CLP ARS UYU DOP CUP ", " "+standard+" ") {
			return standard
		}
	case "¥", "￥":
		if standard == "CNY" {
			return standard
		}
	case "kr", "kr.":
		if standard == "SEK" || standard == "NOK" || standard == "DKK" || standard == "ISK" {
			return standard
		}
	}
	return code
}

// Bool reads a word for true or false in one of several languages; known says
// whether it is one.
func (t *Tables) Bool(s string) (value, known bool) {
	switch s {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	value, known = t.booleans[strings.ToLower(Text(s))]
	return value, known
}

// PartyType gives person, organisation or unknown for a source's word. It is
// idempotent.
func (t *Tables) PartyType(s string) string {
	s = strings.ToLower(Line(s))
	if kind, ok := t.partyTypes[s]; ok {
		return kind
	}
	return "unknown"
}
