package transform

import (
	"strings"
	"unicode/utf8"
)

// Fault says why a value cannot be read; "" = it can.
type Fault string

// The faults of values; they are the rule codes of rejects.
const (
	FaultNumber    Fault = "type.number"
	FaultInteger   Fault = "type.integer"
	FaultScale     Fault = "scale"
	FaultRange     Fault = "range" // a number too large for its type
	FaultMultiple  Fault = "multiple"
	FaultDate      Fault = "type.date"
	FaultTimestamp Fault = "type.timestamp"
	FaultBool      Fault = "type.boolean"
)

// Marks say how numbers are written.
type Marks struct {
	Decimal rune // decimal mark
	Group   rune // digit grouping, 0 = none; spaces and apostrophes may group always
	Indian  bool // digits are grouped as lakhs and crores: 1,23,45,678
	// Machine numbers ("1234.5", "1.2e3") are taken beside the marks: the cells
	// of workbooks, JSON and databases are numbers whatever the locale is. Where
	// both readings differ (1.234) the value is refused.
	Machine bool
}

// moneyScale is 10^schemas.MoneyScale.
const (
	moneyPlaces = 4
	maxDigits   = 18
)

var powers = [...]int64{1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// ParseDecimal reads an exact number as value × 10^4. Around the digits may
// stand a currency's symbol or code, a sign before or after, and brackets for
// negative amounts. More than four decimal places that are not zero give
// FaultScale, more than fourteen before them FaultRange, marks in wrong places
// FaultNumber. shift moves the decimal point
// left: 2 for amounts in cents. The value fits DECIMAL(18,4).
func (t *Tables) ParseDecimal(s string, m Marks, shift int) (int64, Fault) {
	if v, ok := plainDecimal(s, m, shift); ok {
		return v, ""
	}
	s, negative, ok := t.cutMoney(Text(s))
	if !ok {
		return 0, FaultNumber
	}
	var d digits
	if fault := d.read(s, m); fault != "" {
		return 0, fault
	}
	v, fault := d.scaled(shift)
	if negative {
		v = -v
	}
	return v, fault
}

// plainDecimal is the fast path: ASCII digits with at most four decimals.
func plainDecimal(s string, m Marks, shift int) (int64, bool) {
	if m.Decimal != '.' || m.Group == '.' || shift != 0 || len(s) == 0 || len(s) > 14 {
		return 0, false
	}
	i := 0
	negative := s[0] == '-'
	if negative {
		i = 1
	}
	var v int64
	start := i
	for i < len(s) && s[i]-'0' <= 9 {
		v = v*10 + int64(s[i]-'0')
		i++
	}
	if i == start {
		return 0, false
	}
	places := 0
	if i < len(s) {
		if s[i] != '.' {
			return 0, false
		}
		for i++; i < len(s) && s[i]-'0' <= 9; i++ {
			v = v*10 + int64(s[i]-'0')
			places++
		}
		if i < len(s) || places == 0 || places > moneyPlaces {
			return 0, false
		}
	}
	v *= powers[moneyPlaces-places]
	if negative {
		v = -v
	}
	return v, true
}

// cutMoney takes sign, brackets and currency off a number. It knows nothing
// of the digits between.
func (t *Tables) cutMoney(s string) (rest string, negative, ok bool) {
	signs, brackets := 0, 0
	currency := ""
	for {
		before := s
		s = WithCents(s)
		if len(s) > 1 && s[0] == '(' && s[len(s)-1] == ')' {
			s = trimUnicode(s[1 : len(s)-1])
			brackets++
		}
		for _, sign := range []string{"-", "−", "–"} {
			if after, cut := strings.CutPrefix(s, sign); cut {
				s, signs = trimUnicode(after), signs+1
			} else if after, cut := strings.CutSuffix(s, sign); cut {
				s, signs = trimUnicode(after), signs+1
			}
		}
		if after, cut := strings.CutPrefix(s, "+"); cut && signs == 0 {
			s = trimUnicode(after)
			if s != "" && (s[0] == '+' || s[0] == '-') {
				return "", false, false
			}
		}
		if s, ok = t.cutCurrency(s, &currency); !ok {
			return "", false, false
		}
		if s == before {
			break
		}
	}
	return s, signs+brackets == 1, signs+brackets <= 1 && s != ""
}

// cutCurrency takes a currency's symbol, code or word off either end; ok is
// false where another one was taken off before.
func (t *Tables) cutCurrency(s string, before *string) (rest string, ok bool) {
	from := strings.IndexFunc(s, isNumberRune)
	if from < 0 {
		return s, true
	}
	to := strings.LastIndexFunc(s, isDigitRune) + 1
	if to <= from {
		return s, true
	}
	for _, tail := range noCents {
		if strings.HasPrefix(s[to:], tail) {
			to += len(tail) // 12,- €
			break
		}
	}
	if s[from] == '.' && t.isCurrency(trimUnicode(s[:from+1])) {
		from++ // Fr. 5
	}
	found := ""
	if lead := trimUnicode(s[:from]); lead != "" && t.isCurrency(lead) {
		found, s = lead, trimUnicode(s[from:])
	} else if tail := trimUnicode(s[to:]); tail != "" && t.isCurrency(tail) {
		found, s = tail, trimUnicode(s[:to])
	}
	if found == "" {
		return s, true
	}
	isOther := *before != "" && t.Currency(found, t.Currency(*before, "")) != t.Currency(*before, t.Currency(found, ""))
	*before = found
	return s, !isOther
}

// noCents are the ways to write that there are no cents.
var noCents = []string{".--", ",--", ".-", ",-", ".–", ",–"}

// WithCents takes the dashes off "CHF 5.--" and "12,-"; of "1.500,-" it writes the
// cents, which tell that the point groups digits.
func WithCents(s string) string {
	for _, tail := range noCents {
		rest, ok := strings.CutSuffix(s, tail)
		switch {
		case !ok || rest == "" || !isDigitRune(rune(rest[len(rest)-1])):
			continue
		case strings.ContainsAny(rest, ".,"):
			return rest + tail[:1] + "00"
		}
		return rest
	}
	return s
}

func (t *Tables) isCurrency(s string) bool {
	s = strings.ToLower(s)
	return t.currencyWord[s] != "" || isCrown(s)
}

// isCrown knows the sign of the crowns of Sweden, Norway, Denmark and Iceland:
// which of them it is, only the default currency tells.
func isCrown(s string) bool { return s == "kr" || s == "kr." }

func isNumberRune(r rune) bool {
	return isDigitRune(r) || r == '.' || r == ',' || r == '-' || r == '−' || r == '–' || r == '(' || r == '+'
}

func isDigitRune(r rune) bool { return r >= '0' && r <= '9' }

// digits is a number taken apart: the significant digits and how many of them
// stand after the decimal point (negative: zeros that are missing).
type digits struct {
	text   []byte
	places int
}

func (d *digits) read(s string, m Marks) Fault {
	if m.Machine && m.Decimal != '.' && isMachineNumber(s) {
		if m.Group == '.' && isGrouped(s) {
			return FaultNumber // 1.234 is two numbers
		}
		m.Decimal, m.Group = '.', 0
	}
	mantissa, exponent := s, 0
	if m.Machine {
		var ok bool
		if mantissa, exponent, ok = cutExponent(s); !ok {
			return FaultNumber
		}
	}
	if !d.readMantissa(mantissa, m) {
		return FaultNumber
	}
	d.places -= exponent
	return ""
}

func (d *digits) readMantissa(s string, m Marks) bool {
	var group rune
	var groups groupRuns
	run, inDecimals := 0, false
	seen := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case isDigitRune(r):
			d.text = append(d.text, byte(r))
			seen++
			run++
			if inDecimals {
				d.places++
			}
		case r == m.Decimal:
			if inDecimals || !groups.end(run, m.Indian) {
				return false
			}
			inDecimals = true
		case r == m.Group && m.Group != 0 || isAlwaysGroup(r):
			if inDecimals || groups.n > 0 && !sameGroup(group, r) || !groups.add(run) {
				return false
			}
			group, run = r, 0
		default:
			return false
		}
	}
	if !inDecimals && !groups.end(run, m.Indian) {
		return false
	}
	if groups.n > 0 && d.text[0] == '0' && strings.Trim(string(d.text), "0") != "" {
		return false // "0.500" is a half that another locale wrote: nobody groups a zero
	}
	return seen > 0
}

// groupRuns are the digits between grouping marks, from the left.
type groupRuns struct {
	n     int
	sizes [maxDigits]int
}

// add takes the digits before a mark; false where there are none, or too many
// marks for any number.
func (g *groupRuns) add(run int) bool {
	if run == 0 || g.n == len(g.sizes) {
		return false
	}
	g.sizes[g.n] = run
	g.n++
	return true
}

// end takes the digits behind the last mark and says whether all are grouped:
// one to three digits, then threes; of lakhs one or two, then twos and a three.
func (g *groupRuns) end(run int, indian bool) bool {
	if g.n == 0 {
		return true
	}
	const thousand, lakh = 3, 2
	size, first := thousand, thousand
	if indian && g.n > 1 {
		size, first = lakh, lakh
	}
	for i, n := range g.sizes[:g.n] {
		if i == 0 && n > first || i > 0 && n != size {
			return false
		}
	}
	return run == thousand
}

func isAlwaysGroup(r rune) bool {
	switch r {
	case ' ', '\u00a0', '\u202f', '\u2009', '\'', '’':
		return true
	}
	return false
}

func sameGroup(a, b rune) bool {
	return a == b || a == '\'' && b == '’' || a == '’' && b == '\''
}

// scaled gives the value × 10^4 after moving the decimal point shift to the
// left.
func (d *digits) scaled(shift int) (int64, Fault) { return d.scaledTo(moneyPlaces, shift) }

// scaledTo gives the value × 10^scale likewise.
func (d *digits) scaledTo(scale, shift int) (int64, Fault) {
	text := strings.TrimLeft(string(d.text), "0")
	places := d.places + shift
	for places > scale && text != "" && text[len(text)-1] == '0' {
		text = text[:len(text)-1]
		places--
	}
	if text == "" {
		return 0, ""
	}
	if places > scale {
		return 0, FaultScale
	}
	zeros := scale - places
	if len(text)+zeros > maxDigits {
		return 0, FaultRange
	}
	var v int64
	for i := 0; i < len(text); i++ {
		v = v*10 + int64(text[i]-'0')
	}
	return v * powers[zeros], ""
}

func isMachineNumber(s string) bool {
	mantissa, _, ok := cutExponent(s)
	if !ok {
		return false
	}
	whole, decimals, point := strings.Cut(mantissa, ".")
	return isDigits(whole) && (!point || isDigits(decimals))
}

// isGrouped says whether a number reads as thousands grouped by stops.
func isGrouped(s string) bool {
	whole, decimals, point := strings.Cut(s, ".")
	return point && len(decimals) == 3 && len(whole) <= 3 && isDigits(whole) && whole != "0" && isDigits(decimals)
}

// cutExponent reads "1.5e-3"; exponents beyond two digits are no business
// values.
func cutExponent(s string) (mantissa string, exponent int, ok bool) {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return s, 0, true
	}
	text := s[i+1:]
	negative := strings.HasPrefix(text, "-")
	text = strings.TrimLeft(text, "+-")
	if i == 0 || len(s)-i-1-len(text) > 1 || !isDigits(text) || len(text) > 3 {
		return "", 0, false
	}
	for j := 0; j < len(text); j++ {
		exponent = exponent*10 + int(text[j]-'0')
	}
	if negative {
		exponent = -exponent
	}
	return s[:i], exponent, true
}
