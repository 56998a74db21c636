package transform

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
)

// Phone writes a phone number as E.164. country (ISO alpha-2) is where numbers
// without an international prefix belong to. The extension comes apart. Of
// several numbers the first good one counts, and words beside it do not. Text
// that cannot be a number anybody may call gives "", and so does a number with a
// letter in the place of a digit. It is idempotent.
func Phone(s, country string) (e164, extension string) {
	s = phoneDigits(Text(s))
	for _, piece := range phonePieces(s) {
		if isPhoneFiller(piece) {
			continue
		}
		if number := phoneNumber(piece, country); number != nil {
			return phonenumbers.Format(number, phonenumbers.E164), number.GetExtension()
		}
	}
	if spelt.MatchString(s) {
		return freePhone(s, country), "" // 1-800-FLOWERS
	}
	return "", ""
}

// phoneNumber reads one number, nil where it is none that may be somebody's.
func phoneNumber(s, country string) *phonenumbers.PhoneNumber {
	number, err := phonenumbers.Parse(s, country)
	if err != nil || !isCallable(number) {
		return nil
	}
	code := phonenumbers.GetCountryCodeForRegion(country)
	if code == 0 || !strings.HasPrefix(s, strconv.Itoa(code)) {
		return number
	}
	// 49 171 1234567: the number of a mobile phone behind the country's code.
	abroad, err := phonenumbers.Parse("+"+s, country)
	if err == nil && phonenumbers.GetNumberType(abroad) == phonenumbers.MOBILE {
		return abroad
	}
	return number
}

// freePhone reads a number that is spelt in letters, as only numbers are that
// cost nothing or the same from everywhere; "" for others.
func freePhone(s, country string) string {
	number, err := phonenumbers.Parse(s, country)
	if err != nil || phonenumbers.GetNumberType(number) != phonenumbers.TOLL_FREE && phonenumbers.GetNumberType(number) != phonenumbers.SHARED_COST {
		return ""
	}
	return phonenumbers.Format(number, phonenumbers.E164)
}

// isCallable says whether a number may be somebody's. Where one zero is part of
// a number, a second never is.
func isCallable(number *phonenumbers.PhoneNumber) bool {
	return number.GetNumberOfLeadingZeros() < 2 && phonenumbers.IsPossibleNumberWithReason(number) == phonenumbers.IS_POSSIBLE
}

// phoneDigits writes the digits of all scripts as ASCII and takes the decimal
// places off that programs give whole numbers: 491711234567.0.
func phoneDigits(s string) string {
	if !isASCII(s) {
		s = strings.Map(asciiDigit, s)
	}
	if whole, ok := strings.CutSuffix(s, ".0"); ok && isDigits(strings.TrimPrefix(whole, "+")) {
		return whole
	}
	return s
}

// asciiDigit gives a digit that people write phone numbers in, and the signs
// of full width, in ASCII.
func asciiDigit(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	for _, zero := range []rune{'０', '٠', '۰', '०', '০', '๐'} {
		if r >= zero && r <= zero+9 {
			return r - zero + '0'
		}
	}
	if r >= '（' && r <= '／' {
		return r - '（' + '('
	}
	return r
}

var (
	// extensionWord is a word for an extension that the parser of numbers knows,
	// with its digits.
	extensionWord = regexp.MustCompile(`(?i)(;ext=|[ ,]*(ext(ensi[oó])?n?|x|#|anexo|int|доб)[:.]?[ ,-]*)\d{1,7}#?$`)
	letterByDigit = regexp.MustCompile(`\d\pL|\pL\d`)
	phoneWord     = regexp.MustCompile(`[(\[]?\pL[^\d+]*`)
	spelt         = regexp.MustCompile(`^[+(]?\d[\d ().-]*[ -][A-Za-z][A-Za-z -]+$`)
)

// wordGap stands where words part numbers.
const wordGap = "\n"

// phonePieces offers the numbers that a text seems to hold: what words part, and
// of that the whole, then, where it seems to hold several numbers, each of them.
func phonePieces(s string) []string {
	parts := []string{s}
	if strings.ContainsFunc(s, unicode.IsLetter) {
		extension := extensionWord.FindString(s)
		number := s[:len(s)-len(extension)]
		if letterByDigit.MatchString(number) {
			return nil
		}
		parts = strings.Split(strings.Trim(phoneWord.ReplaceAllString(number, wordGap), wordGap)+extension, wordGap)
	}
	var pieces []string
	for _, part := range parts {
		pieces = append(pieces, part)
		if strings.ContainsAny(part, "/;,|") {
			pieces = append(pieces, strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune("/;,|", r) })...)
		}
	}
	return pieces
}

// saysMore says whether a text holds more than the number that it became: the
// digits of another, or words behind it.
func saysMore(text, e164, extension string) bool {
	const fewest = 5 // more digits than the zeros and the country's code of one number
	text = phoneDigits(Text(text))
	if countDigits(text) >= countDigits(e164)+len(extension)+fewest {
		return true
	}
	at := strings.IndexAny(text, "0123456789")
	if at < 0 {
		return false
	}
	text = text[at:]
	return strings.ContainsFunc(text[:len(text)-len(extensionWord.FindString(text))], unicode.IsLetter)
}

func countDigits(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if isDigitRune(rune(s[i])) {
			n++
		}
	}
	return n
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
