package recognise

import "regexp"

// Headers that say of what amounts are multiples: "Umsatz in T€", "Volume (k$)",
// "Budget Mio. EUR", "$000". A letter alone does with a currency only.
var (
	inThousands = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(?:[tk] ?(?:€|\$|£|eur|usd|chf|gbp|euro)|(?:€|\$|£) ?[k]|(?:€|\$|£)? ?'?000s?|tsd|tds|tausend|thousands?|milliers|miles de|migliaia|milhares|tys|tkr|tsek)(?:[^\pL\pN]|$)`)
	inMillions  = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(?:mm? ?(?:€|\$|£|eur|usd|chf|gbp|euro)|(?:€|\$|£) ?mm?|mio|mln|millions?|millionen|millones|milioni|milhoes|milhões|mkr|msek)(?:[^\pL\pN]|$)`)
)

// MultipleOf is the unit of a contract in which a header says that its amounts
// are counted: thousands, millions, or "".
func MultipleOf(header string) string {
	switch {
	case inThousands.MatchString(header):
		return "thousands"
	case inMillions.MatchString(header):
		return "millions"
	}
	return ""
}
