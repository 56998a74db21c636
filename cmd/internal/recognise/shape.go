package recognise

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func isEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	return at > 0 && strings.IndexByte(s[at:], '.') > 1 && !strings.ContainsAny(s[at:], " \t")
}

// CountDigits counts the digits 0 to 9 in a text.
func CountDigits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

func hasDigit(s string) bool { return CountDigits(s) > 0 }

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// isPhone says whether a text can be a phone number: digits, what parts them,
// and an extension.
func isPhone(s string) bool {
	const fewest, most = 6, 20
	digits := CountDigits(s)
	if digits < fewest || digits > most {
		return false
	}
	if strings.IndexByte(s, ':') > 4 || isDecimal(s) || isGroupedDecimal(s) {
		return false
	}
	rest := strings.Trim(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || strings.ContainsRune(" +-()./\u00a0,;", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s), ":#")
	return len(rest) <= 6 // "ext", "tel", "fax"
}

// isDialled is isPhone with a sign of its own: a plus, a bracket, a leading
// zero, or digits in groups.
func isDialled(s string) bool {
	const fewest, most = 7, 15
	n := CountDigits(s)
	return isPhone(s) && dateOf(s).Kind == dateNone && n >= fewest && n <= most && !isSocialNumber(s) && strings.Count(s, ".") != 3 &&
		strings.IndexByte("+(0123456789", s[0]) >= 0 && (s[0] == '+' || s[0] == '(' || s[0] == '0' || strings.ContainsAny(s, " -/.()"))
}

// IsClock says whether a text is a time of day: 9:05, 17:30:00.
func IsClock(s string) bool {
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return false
	}
	for _, p := range parts {
		if len(p) == 0 || len(p) > 2 || CountDigits(p) != len(p) {
			return false
		}
	}
	return true
}

// isDegree says whether a text is a number with a point, up to most on either
// side of nought.
func isDegree(most float64) func(string) bool {
	return func(s string) bool {
		value, err := strconv.ParseFloat(s, 64)
		return err == nil && strings.Contains(s, ".") && math.Abs(value) <= most
	}
}

// hasFineDegrees says whether a number has the decimals that tell one house, or
// one village, from the next.
func hasFineDegrees(s string) bool {
	const fewest = 2
	return len(s)-strings.LastIndexByte(s, '.')-1 > fewest
}

// isDecimal knows -33.8688 and 1250.75.
func isDecimal(s string) bool {
	whole, part, ok := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return ok && CountDigits(whole) == len(whole) && CountDigits(part) == len(part)
}

// isCommaDecimal knows 123,45.
func isCommaDecimal(s string) bool {
	const most = 2
	whole, part, ok := strings.Cut(strings.TrimPrefix(s, "-"), ",")
	return ok && len(part) <= most && CountDigits(whole) == len(whole) && CountDigits(part) == len(part)
}

// isGroupedDecimal knows 12,345.60 and 1.234.567,80.
func isGroupedDecimal(s string) bool {
	const decimals = 2
	at := len(s) - decimals - 1
	if at < 5 || s[at] != '.' && s[at] != ',' {
		return false
	}
	mark := byte('.' + ',' - s[at])
	groups := strings.Split(strings.TrimPrefix(s[:at], "-"), string(mark))
	for i, g := range groups {
		if CountDigits(g) != len(g) || len(g) == 0 || len(g) > 3 || i > 0 && len(g) != 3 {
			return false
		}
	}
	return len(groups) > 1 && CountDigits(s[at+1:]) == decimals
}

// isSocialNumber knows the form 123-45-6789.
func isSocialNumber(s string) bool {
	return len(s) == 11 && s[3] == '-' && s[6] == '-' && CountDigits(s) == 9
}

// isName says whether a text can be a name: letters, and no digit or sign that
// names never hold.
func isName(s string) bool {
	return hasLetter(s) && !hasDigit(s) && !strings.ContainsAny(s, "@_|<>{}=:")
}

// isForeign says whether a text has letters that are not Latin.
func isForeign(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}

func words(s string) int { return len(strings.Fields(s)) }

func isShort(most int) func(string) bool {
	return func(s string) bool { return utf8.RuneCountInString(s) <= most }
}

// isNumberIn says whether a text is a whole number between two others.
func isNumberIn(least, most int) func(string) bool {
	return func(s string) bool {
		value, digits := LeadingNumber(strings.TrimSuffix(s, ".0"))
		return digits > 0 && digits == len(strings.TrimSuffix(s, ".0")) && value >= least && value <= most
	}
}

func isPostcode(s string) bool {
	const longest = 12
	return len(s) <= longest && hasDigit(s) && dateOf(s).Kind == dateNone && !strings.ContainsAny(s, "@/+")
}

// isLetteredPostcode knows codes that are like nothing else: those of the
// United Kingdom, the Netherlands and Canada, and the parted ones of Poland
// and Portugal.
func isLetteredPostcode(s string) bool {
	shape := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '0'
		case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z':
			return 'A'
		}
		return r
	}, s)
	switch strings.ReplaceAll(shape, " ", "") {
	case "A00AA", "A000AA", "AA00AA", "AA000AA", "A0A0AA", "AA0A0AA", "0000AA", "A0A0A0", "00-000", "0000-000":
		return true
	}
	return false
}

// isHouseNumber knows 12, 12a, 12-14, 3/7.
func isHouseNumber(s string) bool {
	const longest = 10
	return len(s) <= longest && hasDigit(s) && dateOf(s).Kind == dateNone
}

// isAddress knows a line of street and number.
func isAddress(s string) bool { return hasDigit(s) && words(s) >= 2 && hasLetter(s) && !isEmail(s) }

// IsSeveralWords says whether a text is words of letters, as names are.
func IsSeveralWords(s string) bool { return words(s) >= 2 && isName(s) }
