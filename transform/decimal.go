package transform

import (
	"strconv"
	"strings"
)

// percentShift moves the point of a percentage: 19 % is 0.19.
const percentShift = 2

// thousandShift and millionShift move the point of amounts in thousands and in
// millions.
const thousandShift, millionShift = 3, 6

// microShift moves the point of millionths as far as every digit is kept;
// roundedMicros takes the rest.
const microShift = 2

// pointOf is a number as it is written without a percent sign, and how far its
// unit moves the point.
func (r *run) pointOf(c *column, text string) (written string, shift int) {
	written = text
	if c.prop.Unit == "fraction" {
		shift = -percentShift
	}
	if text[len(text)-1] == '%' && (c.percent || c.marks.Machine) {
		written, shift = trimASCII(text[:len(text)-1]), 0
		if !c.percent {
			shift = percentShift
		}
	}
	switch c.prop.Unit {
	case "minor":
		shift = r.minorDigits()
	case "micros":
		shift = microShift
	case "thousands":
		shift = -thousandShift
	case "millions":
		shift = -millionShift
	}
	return written, shift
}

func (r *run) readDecimal(c *column, text string) (int64, bool) {
	written, shift := r.pointOf(c, text)
	v, f := r.plan.tables.ParseDecimal(written, c.marks, shift)
	plain, isNoisy := "", false
	if f == FaultScale {
		if plain, isNoisy = FloatNoise(written); isNoisy && c.prop.Float {
			v, f = r.plan.tables.ParseDecimal(plain, c.marks, shift)
		}
	}
	switch {
	case (f == FaultScale || f == FaultRange) && c.money < 0 && c.prop.Places == nil:
		return v, true // text of any precision; only amounts are bound to four places
	case f == FaultScale:
		reason := "has more decimal places than the " + strconv.Itoa(mostPlaces(c)) + " that are allowed"
		if isNoisy {
			reason += "; it looks worked out in binary, as " + plain + " with noise behind it: `float: true` of the contract takes it so"
		}
		r.fault(c, string(f), reason, text)
		return 0, false
	case f == FaultRange:
		r.fault(c, string(f), "has more than "+strconv.Itoa(maxDigits-moneyPlaces)+" digits before the decimal mark", text)
		return 0, false
	case f != "":
		r.fault(c, string(f), orNoValue(numberReason(c.marks), text), text)
		return 0, false
	}
	if c.prop.Unit == "minor" && c.prop.Places == nil && v%powers[moneyPlaces-shift] != 0 {
		r.fault(c, string(FaultScale), "is no whole number of minor units, as cents are: the column seems to hold another unit", text)
		return 0, false
	}
	if c.prop.Unit == "micros" {
		v = roundedMicros(v)
	}
	if c.prop.Negate {
		v = -v
	}
	if c.money >= 0 {
		r.addMoney(c, v)
	}
	if r.refuseDecimal(c, v, text) {
		r.cells[c.slot] = cell{num: v, ok: true}
		return 0, false
	}
	return v, true
}

func mostPlaces(c *column) int {
	if c.prop.Places != nil {
		return min(*c.prop.Places, moneyPlaces)
	}
	return moneyPlaces
}

// refuseDecimal refuses a number that could be read and is not what its
// column says.
func (r *run) refuseDecimal(c *column, v int64, text string) bool {
	places := mostPlaces(c)
	switch {
	case c.isWhole && v%powers[moneyPlaces] != 0:
		r.fault(c, string(FaultInteger), "expected a whole number", text)
	case places < moneyPlaces && v%powers[moneyPlaces-places] != 0:
		r.fault(c, string(FaultScale), "has more decimal places than the "+strconv.Itoa(places)+" that are allowed", text)
	case c.prop.Digits > 0 && !fitsDigits(v/powers[moneyPlaces], c.prop.Digits-places):
		r.fault(c, string(FaultRange), "has more than "+strconv.Itoa(c.prop.Digits-places)+" digits before the decimal mark", text)
	case c.multiple > 0 && v%c.multiple != 0:
		rule := FaultMultiple
		if powers[moneyPlaces]%c.multiple == 0 {
			rule = FaultScale // a power of ten: decimal places
		}
		r.fault(c, string(rule), "is no multiple of "+c.prop.Multiple, text)
	default:
		return r.refuseCurrency(c, text)
	}
	return true
}

func fitsDigits(v int64, digits int) bool {
	return digits >= maxDigits || digits >= 0 && v < powers[digits] && v > -powers[digits]
}

// refuseCurrency refuses an amount that names another currency than its row's.
func (r *run) refuseCurrency(c *column, text string) bool {
	if !mayNameCurrency(text) {
		return false
	}
	own := r.plan.locale.currency
	if s := r.op.currencySlot; s >= 0 && r.cells[s].ok {
		own = r.cells[s].text
	}
	first, last := strings.IndexFunc(text, isDigitRune), strings.LastIndexFunc(text, isDigitRune)
	for _, beside := range []string{text[:max(first, 0)], text[last+1:]} {
		word := r.plan.tables.currencyIn(beside)
		found := r.plan.tables.Currency(word, own)
		if found == "" && isCrown(strings.ToLower(word)) {
			found = "crowns"
		}
		if own != "" && found != "" && found != own {
			r.fault(c, "currency.mismatch", "the amount is in "+found+" and its row in "+own+"; deliver the currency in a column of its own", text)
			return true
		}
	}
	return false
}

// mayNameCurrency says whether an amount holds more than digits, signs and
// marks. A currency may also stand between its sign and its digits: -$5, ($5).
func mayNameCurrency(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isOfNumber(s[i]) {
			return true
		}
	}
	return false
}

// currencyIn is the currency's symbol or word in a text on one side of an
// amount's digits, "" where there is none.
func (t *Tables) currencyIn(s string) string {
	word := strings.TrimFunc(s, func(r rune) bool { return isNumberRune(r) || isBlankRune(r) || isAlwaysGroup(r) || r == ')' })
	if word == "" || t.isCurrency(word) {
		return word
	}
	if short := word + "."; strings.Contains(s, short) && t.isCurrency(short) { // 5 Fr.
		return short
	}
	return ""
}

// isOfNumber says whether a byte stands in numbers without a currency.
func isOfNumber(c byte) bool { return c >= '(' && c <= '9' || c == ' ' }

func numberReason(m Marks) string {
	if m.Group == 0 {
		return "expected a number with decimal mark " + strconv.QuoteRune(m.Decimal)
	}
	return "expected a number with decimal mark " + strconv.QuoteRune(m.Decimal) + " and group mark " + strconv.QuoteRune(m.Group)
}

// roundedMicros gives the nearest ten-thousandth of an amount whose millionths
// were read with microShift, halves away from zero.
func roundedMicros(v int64) int64 {
	unit := powers[moneyPlaces]
	half := unit / 2
	if v < 0 {
		half = -half
	}
	return (v + half) / unit
}

// minorDigits gives the digits of the minor unit of the row's currency.
func (r *run) minorDigits() int {
	if s := r.op.currencySlot; s >= 0 && r.cells[s].ok {
		if known, ok := r.plan.tables.currencies[r.cells[s].text]; ok {
			return known.digits
		}
	}
	return r.plan.locale.digits
}
