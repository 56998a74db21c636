package transform

// Digits of a number that a program worked out in binary: a double holds
// fifteen of them (DBL_DIG of IEEE 754 binary64), what is written behind them
// is noise.
const (
	doubleDigits = 15
	noiseRun     = 5
)

// FloatNoise takes the noise of binary arithmetic off the end of a number:
// 62.67999999999999 is 62.68, and 0.30000000000000004 is 0.3. ok is false where
// it has none: fewer than fifteen digits, or behind the fourth decimal no run
// of five zeros or nines. It never moves a number by more than 10^-9.
func FloatNoise(s string) (plain string, ok bool) {
	point, digits, leading := -1, 0, true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if leading = leading && c == '0'; !leading {
				digits++
			}
		case c == '.' || c == ',':
			point = i
		default:
			if i > 0 || c != '-' {
				return s, false
			}
		}
	}
	cut := point + 1 + moneyPlaces
	if point < 0 || digits < doubleDigits || len(s) < cut+noiseRun {
		return s, false
	}
	run := s[cut]
	for i := cut; i < cut+noiseRun; i++ {
		if s[i] != run || run != '0' && run != '9' {
			return s, false
		}
	}
	if run == '0' {
		return s[:cut], true
	}
	return addedOne(s[:cut]), true
}

// addedOne adds one to the last digit of a number.
func addedOne(s string) string {
	b := []byte(s)
	for i := len(b) - 1; i >= 0; i-- {
		switch {
		case b[i] == '9':
			b[i] = '0'
		case b[i] >= '0' && b[i] < '9':
			b[i]++
			return string(b)
		case b[i] == '-':
			return "-1" + string(b[1:])
		}
	}
	return "1" + string(b)
}
