package recognise

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"loadstar/transform"
)

// Country says which country numbers and postcodes without one belong to, and
// what tells it; "" where nothing does.
func (r *Recogniser) Country() (code, why string) {
	for _, tell := range []func() (string, string){r.countryColumn, r.countryOfPhones, r.countryOfEmails, r.countryOfPostcodes, r.countryOfHeaders, r.countryOfDialling} {
		if code, why := tell(); code != "" {
			return code, why
		}
	}
	return "", ""
}

// most gives the commonest of what tell makes of a column's values, with its
// share of the values.
func (c *Column) most(tell func(string) string) (string, float64) {
	counts := map[string]int{}
	all := 0
	for _, v := range c.values.values {
		all += v.count
		if code := tell(v.text); code != "" {
			counts[code] += v.count
		}
	}
	best, count := "", 0
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		if counts[code] > count {
			best, count = code, counts[code]
		}
	}
	return best, float64(count) / float64(max(all, 1))
}

func (r *Recogniser) countryColumn() (string, string) {
	if c := r.Has(meansCountry); c != nil {
		if code, share := c.most(r.Clean.Country); share >= fitsHeader {
			return code, fmt.Sprintf("the country of most rows (%s)", percent(share))
		}
	}
	return "", ""
}

func (r *Recogniser) countryOfPhones() (string, string) {
	const longestDial, enough = 4, .2
	for _, c := range r.Columns {
		if c.Role != MeansPhone && c.Role != MeansMobile {
			continue
		}
		code, share := c.most(func(s string) string {
			e164, _ := transform.Phone(s, "")
			for n := min(longestDial, len(e164)); n > 1; n-- {
				if code := r.Tables.country["dial "+e164[:n]]; code != "" {
					return code
				}
			}
			return ""
		})
		if share >= enough {
			return code, fmt.Sprintf("the prefix of %s of the phone numbers", percent(share))
		}
	}
	return "", ""
}

func (r *Recogniser) countryOfEmails() (string, string) {
	const enough = .3
	if c := r.Has(MeansEmail); c != nil {
		code, share := c.most(func(s string) string {
			return r.Tables.country["domain "+strings.ToLower(s[strings.LastIndexByte(s, '.')+1:])]
		})
		if share >= enough {
			return code, fmt.Sprintf("the domain of %s of the e-mail addresses", percent(share))
		}
	}
	return "", ""
}

func (r *Recogniser) countryOfPostcodes() (string, string) {
	c := r.Has(MeansPost)
	if c == nil {
		return "", ""
	}
	code, share := c.most(func(s string) string {
		if !isLetteredPostcode(s) {
			return ""
		}
		for _, code := range []string{"GB", "NL", "CA", "PL", "PT"} {
			bare := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(s))
			if shaped := transform.Postcode(bare, code); shaped != bare {
				return code
			}
		}
		return ""
	})
	if share < fitsHeader {
		return "", ""
	}
	return code, fmt.Sprintf("the form of %s of the postcodes", percent(share))
}

var dialledAmerican = regexp.MustCompile(`^\(?[2-9]\d\d\)?[ .-]{1,2}[2-9]\d\d[ .-]\d{4}( ?(x|ext\.?) ?\d+)?$`)

// countryOfDialling knows the one way of grouping ten digits that hardly
// anybody but North Americans writes: (212) 555-0136.
func (r *Recogniser) countryOfDialling() (string, string) {
	for _, c := range r.Columns {
		if c.Role != MeansPhone && c.Role != MeansMobile {
			continue
		}
		if share := c.share(dialledAmerican.MatchString); share >= fitsContent {
			return "US", fmt.Sprintf("%s of the phone numbers are grouped as in North America", percent(share))
		}
	}
	return "", ""
}

// countryOfHeaders goes by the language of the headers that one language
// alone has, else by the only one that has them all.
func (r *Recogniser) countryOfHeaders() (string, string) {
	const fewest = 2
	alone, with := map[string]int{}, map[string]int{}
	known := 0
	for _, c := range r.Columns {
		if c.By != byHeader || c.Role == meansNothing || len(c.languages) == 0 {
			continue
		}
		known++
		for _, language := range c.languages {
			with[language]++
		}
		if len(c.languages) == 1 {
			alone[c.languages[0]]++
		}
	}
	best := ""
	for _, language := range slices.Sorted(maps.Keys(alone)) {
		if alone[language] > alone[best] {
			best = language
		}
	}
	if alone[best] >= fewest {
		return r.Tables.country["language "+best], "the language of the headers"
	}
	maps.DeleteFunc(with, func(_ string, n int) bool { return n < known })
	if known < fewest || len(with) != 1 || alone[best] == 0 {
		return "", ""
	}
	return r.Tables.country["language "+best], "the only language that has all headers"
}

// CountryOf looks up what a country tells: its zone, or its money. It is ""
// where the country has several zones or is unknown.
func (t *WordTables) CountryOf(kind, country string) string { return t.country[kind+" "+country] }

// Worth is about how many euros one unit of a currency is, 0 where the tables do
// not say.
func (t *WordTables) Worth(currency string) float64 {
	worth, err := strconv.ParseFloat(t.country["worth "+currency], 64)
	if err != nil {
		return 0
	}
	return worth
}
