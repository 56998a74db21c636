package transform

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Phone writes a phone number as E.164. country (ISO alpha-2) is where numbers
// without an international prefix belong to. The extension comes apart. Text
// that cannot be a number anybody may call gives "". It is idempotent.
func Phone(s, country string) (e164, extension string) {
	s = Text(s)
	if !hasDigit(s) || isPhoneFiller(s) {
		return "", ""
	}
	for _, piece := range phonePieces(s) {
		number, err := phonenumbers.Parse(piece, country)
		if err != nil || !isCallable(number) {
			continue
		}
		return phonenumbers.Format(number, phonenumbers.E164), number.GetExtension()
	}
	return "", ""
}

// isCallable says whether a number may be somebody's. Where one zero is part of
// a number, a second never is.
func isCallable(number *phonenumbers.PhoneNumber) bool {
	return number.GetNumberOfLeadingZeros() < 2 && phonenumbers.IsPossibleNumberWithReason(number) == phonenumbers.IS_POSSIBLE
}

// phonePieces offers the whole text and then, where it seems to hold several
// numbers, each of them.
func phonePieces(s string) []string {
	pieces := []string{s}
	if strings.ContainsAny(s, "/;,|") || strings.Contains(s, " or ") {
		s = strings.ReplaceAll(s, " or ", ";")
		pieces = append(pieces, strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/;,|", r) })...)
	}
	return pieces
}

// isPhoneFiller tells 0000000000, 99999999 and 1234567890 from numbers.
func isPhoneFiller(s string) bool {
	var digits []byte
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			digits = append(digits, s[i])
		}
	}
	if len(digits) < 5 {
		return true
	}
	same := strings.Count(string(digits), string(digits[:1])) == len(digits)
	return same || string(digits) == "1234567890" || string(digits) == "0123456789" || string(digits) == "123456789"
}
