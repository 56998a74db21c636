package extract

import "strings"

// ComparePaths orders deliveries that no date does, as people number them:
// orders.csv, orders (1).csv, orders (2).csv, orders (10).csv. Numbers in a
// path compare by their value, a stop is less than any other sign.
func ComparePaths(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		p, q := leadingDigits(x), leadingDigits(y)
		if p != "" && q != "" {
			if c := compareNumbers(p, q); c != 0 {
				return c
			}
			x, y = x[len(p):], y[len(q):]
			continue
		}
		if c := rankOf(x[0]) - rankOf(y[0]); c != 0 {
			return c
		}
		x, y = x[1:], y[1:]
	}
	if c := len(x) - len(y); c != 0 {
		return c
	}
	return strings.Compare(a, b) // 01 and 1
}

func rankOf(c byte) int {
	if c == '.' {
		return -1
	}
	return int(c)
}

func leadingDigits(s string) string {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n]
}

// compareNumbers compares digits of any length by their value.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if c := len(a) - len(b); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}
