package transform

import (
	"strconv"
	"strings"
)

// ParseInteger reads a whole number; "17850.0" is one whatever the marks are.
// One beyond 64 bits gives FaultRange.
func (t *Tables) ParseInteger(s string, m Marks) (int64, Fault) {
	if before, ok := strings.CutSuffix(s, ".0"); ok {
		s = before
	}
	if v, ok := plainInteger(s); ok {
		return v, ""
	}
	s, negative, ok := t.cutMoney(Text(s))
	if !ok {
		return 0, FaultInteger
	}
	var d digits
	if d.read(s, m) != "" {
		return 0, FaultInteger
	}
	return d.integer(negative)
}

func plainInteger(s string) (int64, bool) {
	i := 0
	if len(s) > 1 && s[0] == '-' {
		i = 1
	}
	if len(s) == i || len(s) > maxDigits {
		return 0, false
	}
	var v int64
	for ; i < len(s); i++ {
		if s[i]-'0' > 9 {
			return 0, false
		}
		v = v*10 + int64(s[i]-'0')
	}
	if s[0] == '-' {
		v = -v
	}
	return v, true
}

// mostDigits is how many digits a number of 64 bits may have.
const mostDigits = 19

func (d *digits) integer(negative bool) (int64, Fault) {
	text := strings.TrimLeft(string(d.text), "0")
	places := d.places
	for places > 0 && text != "" {
		if text[len(text)-1] != '0' {
			return 0, FaultInteger
		}
		text = text[:len(text)-1]
		places--
	}
	if text == "" {
		return 0, ""
	}
	if len(text)-places > mostDigits {
		return 0, FaultRange
	}
	text += strings.Repeat("0", -min(places, 0))
	if negative {
		text = "-" + text
	}
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, FaultRange
	}
	return v, ""
}
