package recognise

import (
	"strings"

	"loadstar/transform"
)

// NumberCounts is what a column shows about its numbers, over all rows.
type NumberCounts struct {
	Numbers  int // values that are numbers in some notation
	Whole    int // digits alone
	Below    int // those of them below a thousand
	Comma    int // can only be read with a decimal comma: 12,5 and 1.234,50
	Point    int // can only be read with a decimal point
	Lakh     int // grouped as lakhs: 1,23,456
	Open     int // 1,234 and 1.234: thousands, or three decimals
	OpenDot  int // those of them with a point
	Negative int
	Zeros    int // whole numbers with leading zeros, which are rather codes
	Fraction int // numbers with decimals that are not zero
	Seconds  int // whole numbers that can be seconds since 1970
	Millis   int // whole numbers that can be milliseconds since 1970
	Micros   int // whole numbers that can be microseconds since 1970
	Serials  int // numbers that can be days as spreadsheets count them
	Noisy    int // numbers with the noise of binary arithmetic behind their digits
	Follows  int // whole numbers that are one more than the whole number before them
	Ones     int // whole numbers that are 1
	Symbols  map[string]int
	last     int // whole number, 0 = none yet
}

// The years between which a number may be a moment since 1970.
const (
	epochFrom = 946_684_800   // 2000
	epochTo   = 2_051_222_400 // 2035
)

func (c *NumberCounts) add(s string) {
	if len(s) > 40 || !hasDigit(s) {
		return
	}
	n := numberOf(s)
	if !n.ok {
		return
	}
	c.Numbers++
	if n.symbol != "" {
		if c.Symbols == nil {
			c.Symbols = map[string]int{}
		}
		c.Symbols[n.symbol]++
	}
	if n.negative {
		c.Negative++
	}
	if n.lakh {
		c.Lakh++
	}
	if isSerialDay(n) {
		c.Serials++
	}
	switch {
	case n.decimal == 0 && n.open == 0:
		c.Whole++
		c.addWhole(n)
	case n.open != 0:
		c.Open++
		if n.open == '.' {
			c.OpenDot++
		}
	case n.decimal == ',':
		c.Comma++
	default:
		c.Point++
	}
	if n.fraction {
		c.Fraction++
	}
	if _, isNoisy := transform.FloatNoise(s); isNoisy {
		c.Noisy++
	}
}

// The years 1990 to 2049 in days as spreadsheets count them.
const (
	serialFrom = "32874"
	serialTo   = "54789"
)

// isSerialDay says whether a number can be such a day, its time of day behind
// the decimal mark.
func isSerialDay(n numberText) bool {
	return !n.negative && n.symbol == "" && len(n.digits) == len(serialFrom) && n.digits >= serialFrom && n.digits < serialTo
}

func (c *NumberCounts) addWhole(n numberText) {
	const threeDigits = 3
	if len(n.digits) <= threeDigits {
		c.Below++
	}
	if len(n.digits) > 1 && n.digits[0] == '0' {
		c.Zeros++
	}
	const longest = 16
	if n.negative || len(n.digits) > longest {
		return
	}
	value := 0
	for _, d := range n.digits {
		value = value*10 + int(d-'0')
	}
	if value == c.last+1 {
		c.Follows++
	}
	if value == 1 {
		c.Ones++
	}
	c.last = value
	switch {
	case len(n.digits) == 10 && value >= epochFrom && value < epochTo:
		c.Seconds++
	case len(n.digits) == 13 && value/1000 >= epochFrom && value/1000 < epochTo:
		c.Millis++
	case len(n.digits) == 16 && value/1_000_000 >= epochFrom && value/1_000_000 < epochTo:
		c.Micros++
	}
}

func (c *NumberCounts) merge(o *NumberCounts) {
	c.Numbers += o.Numbers
	c.Whole += o.Whole
	c.Below += o.Below
	c.Comma += o.Comma
	c.Point += o.Point
	c.Lakh += o.Lakh
	c.Open += o.Open
	c.OpenDot += o.OpenDot
	c.Negative += o.Negative
	c.Zeros += o.Zeros
	c.Fraction += o.Fraction
	c.Seconds += o.Seconds
	c.Millis += o.Millis
	c.Micros += o.Micros
	c.Serials += o.Serials
	c.Noisy += o.Noisy
	c.Follows += o.Follows
	c.Ones += o.Ones
	for symbol, n := range o.Symbols {
		if c.Symbols == nil {
			c.Symbols = map[string]int{}
		}
		c.Symbols[symbol] += n
	}
}

// numberText is a number as written.
type numberText struct {
	ok       bool
	digits   string // of numbers without grouping, before the decimal mark
	symbol   string // of a currency, or %
	decimal  byte   // mark, 0 = none
	open     byte   // the only mark, which may group or part decimals
	negative bool
	lakh     bool // digits grouped as lakhs
	fraction bool // decimals that are not zero
}

// groupMarks are marks that group digits and never part decimals.
var groupMarks = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "")

// numberOf reads the shape of a number with a currency, a sign, brackets or
// grouped digits.
func numberOf(s string) numberText {
	var n numberText
	s = strings.TrimSpace(s)
	if len(s) > 2 && s[0] == '(' && s[len(s)-1] == ')' {
		n.negative = true
		s = s[1 : len(s)-1]
	}
	s, n.symbol = cutSymbol(s)
	s = transform.WithCents(s)
	for _, sign := range []string{"-", "−", "+"} {
		before := s
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, sign), sign))
		n.negative = n.negative || s != before && sign != "+"
	}
	if n.symbol == "" {
		s, n.symbol = cutSymbol(s)
	}
	s = groupMarks.Replace(s)
	if s == "" || strings.Trim(s, "0123456789.,") != "" || s[0] == ',' || s[len(s)-1] == ',' || s[len(s)-1] == '.' {
		return numberText{}
	}
	return n.readMarks(s)
}

func (n numberText) readMarks(s string) numberText {
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		n.ok, n.digits = true, s
		return n
	}
	mark := s[last]
	tail := s[last+1:]
	head := s[:last]
	other := byte('.')
	if mark == '.' {
		other = ','
	}
	n.fraction = strings.Trim(tail, "0") != ""
	switch {
	case strings.IndexByte(head, mark) >= 0: // 1.234.567 groups
		n.lakh = isLakhs(s, mark)
		if strings.IndexByte(s, other) >= 0 || !isGrouped(s, mark) && !n.lakh {
			return numberText{}
		}
		n.ok, n.decimal, n.fraction = true, other, false
	case strings.IndexByte(head, other) >= 0: // 1.234,50
		n.lakh = isLakhs(head, other)
		if !isGrouped(head, other) && !n.lakh {
			return numberText{}
		}
		n.ok, n.decimal = true, mark
	case len(tail) == 3 && len(head) >= 1 && len(head) <= 3 && head != "0":
		n.ok, n.open = true, mark
	default:
		n.ok, n.decimal, n.digits = true, mark, head
	}
	return n
}

// isLakhs says whether commas part digits as in India: 1,23,45,678.
func isLakhs(s string, mark byte) bool {
	parts := strings.Split(s, ",")
	if mark != ',' || len(parts) < 3 || len(parts[0]) < 1 || len(parts[0]) > 2 || len(parts[len(parts)-1]) != 3 {
		return false
	}
	for _, p := range parts[1 : len(parts)-1] {
		if len(p) != 2 {
			return false
		}
	}
	return true
}

// isGrouped says whether marks part digits in threes.
func isGrouped(s string, mark byte) bool {
	parts := strings.Split(s, string(mark))
	for i, p := range parts {
		if i == 0 && (len(p) < 1 || len(p) > 3) || i > 0 && len(p) != 3 {
			return false
		}
	}
	return true
}

// cutSymbol takes a currency's sign or code, or a percent sign, off both ends.
func cutSymbol(s string) (rest, symbol string) {
	for _, sign := range []string{"€", "$", "£", "¥", "zł", "Kč", "kr.", "kr", "Fr.", "R$", "₺", "TL", "円", "￥", "₹", "Ft", "FT", "lei", "₽", "₴", "%"} {
		if after, ok := strings.CutPrefix(s, sign); ok {
			return strings.TrimSpace(after), sign
		}
		if before, ok := strings.CutSuffix(s, sign); ok {
			return strings.TrimSpace(before), sign
		}
	}
	isCode := func(c string) bool { return strings.Trim(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" }
	const code = 3
	if len(s) > code+1 && isCode(s[:code]) && !isCode(s[code:code+1]) {
		return strings.TrimSpace(s[code:]), s[:code]
	}
	if len(s) > code+1 && isCode(s[len(s)-code:]) && !isCode(s[len(s)-code-1:len(s)-code]) {
		return strings.TrimSpace(s[:len(s)-code]), s[len(s)-code:]
	}
	return s, ""
}
