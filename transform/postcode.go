package transform

import "strings"

// Postcode writes a postal code as its country does: large letters, spaces
// and hyphens in their place, a country prefix (D-) off. country is ISO
// alpha-2, "" = unknown: then only case and white space change. It is
// idempotent.
func Postcode(s, country string) string {
	s = strings.ToUpper(Line(s))
	s = cutCountryPrefix(s, country)
	if country != "" && strings.HasSuffix(s, ".0") && isDigits(s[:len(s)-2]) {
		s = s[:len(s)-2] // a spreadsheet made a number of it
	}
	bare := strings.Map(dropPostcodeMarks, s)
	if p := shapePostcode(bare, country); p != "" {
		return p
	}
	return s
}

func dropPostcodeMarks(r rune) rune {
	if r == ' ' || r == '-' || r == '.' {
		return -1
	}
	return r
}

// shapePostcode gives "" where the code does not look like one of the country.
func shapePostcode(bare, country string) string {
	shape := postcodeShape(bare)
	switch country {
	case "GB", "GG", "JE", "IM":
		return outInCode(bare, shape)
	case "US", "PR":
		switch {
		case shape == "00000":
			return bare
		case shape == "000000000":
			return bare[:5] + "-" + bare[5:]
		case shape == "0000" || shape == "000": // leading zeros lost to a spreadsheet
			return "00000"[len(bare):] + bare
		}
	case "CA":
		return cutWhere(shape == "A0A0A0", bare, 3, " ")
	case "NL":
		return cutWhere(shape == "0000AA", bare, 4, " ")
	case "IE":
		return cutWhere(len(bare) == 7 && shape[0] == 'A', bare, 3, " ")
	case "PL":
		return cutWhere(shape == "00000", bare, 2, "-")
	case "PT":
		return cutWhere(shape == "0000000", bare, 4, "-")
	case "SE", "CZ", "SK", "GR":
		return cutWhere(shape == "00000", bare, 3, " ")
	case "JP":
		return cutWhere(shape == "0000000", bare, 3, "-")
	case "BR":
		return cutWhere(shape == "00000000", bare, 5, "-")
	case "DE":
		if shape == "0000" {
			return "0" + bare
		}
		return ifShaped(shape == "00000", bare)
	case "FR", "ES", "IT", "FI", "EE", "HR", "MX":
		return ifShaped(shape == "00000", bare)
	case "AT", "CH", "BE", "DK", "NO", "LU", "AU", "NZ", "HU", "SI":
		return ifShaped(shape == "0000", bare)
	}
	return ""
}

func ifShaped(ok bool, bare string) string {
	if ok {
		return bare
	}
	return ""
}

func cutWhere(ok bool, bare string, at int, mark string) string {
	if ok {
		return bare[:at] + mark + bare[at:]
	}
	return ""
}

// outInCode writes a British code: SW1A 1AA.
func outInCode(bare, shape string) string {
	if len(bare) != len(shape) || !strings.HasSuffix(shape, "0AA") || shape[0] != 'A' {
		return ""
	}
	switch shape[:len(shape)-3] {
	case "A0", "A00", "AA0", "AA00", "A0A", "AA0A":
		return bare[:len(bare)-3] + " " + bare[len(bare)-3:]
	}
	return ""
}

// postcodeShape maps letters to A and digits to 0; anything else stays.
func postcodeShape(s string) string {
	shape := []byte(s)
	for i, c := range shape {
		switch {
		case c >= 'A' && c <= 'Z':
			shape[i] = 'A'
		case c >= '0' && c <= '9':
			shape[i] = '0'
		}
	}
	return string(shape)
}

func cutCountryPrefix(s, country string) string {
	prefix, rest, ok := strings.Cut(s, "-")
	if !ok || !isDigits(strings.ReplaceAll(rest, " ", "")) {
		return s
	}
	switch {
	case prefix == country,
		prefix == "D" && country == "DE", prefix == "A" && country == "AT", prefix == "F" && country == "FR",
		prefix == "B" && country == "BE", prefix == "I" && country == "IT", prefix == "E" && country == "ES",
		prefix == "L" && country == "LU", prefix == "S" && country == "SE", prefix == "N" && country == "NO":
		return rest
	}
	return s
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
