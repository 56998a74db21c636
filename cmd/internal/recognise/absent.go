package recognise

import (
	"slices"
	"strings"
	"unicode"
)

// Words for "no value" that mean something elsewhere (NA is Namibia, x a tick)
// are known by where they stand: beside numbers or dates.

// mostOdd bounds how many texts without a digit are kept of a column.
const mostOdd = 16

// odd counts the texts of a column that can be neither number nor date, while
// they are few.
type odd struct {
	words map[string]int
	many  bool
}

func (o *odd) add(v string, n int) {
	switch {
	case o.many || len(v) > longestNull || hasDigit(v) && !mayBeNoDate(v):
	case len(o.words) == mostOdd && o.words[v] == 0:
		o.words, o.many = nil, true
	default:
		if o.words == nil {
			o.words = map[string]int{}
		}
		o.words[strings.Clone(v)] += n
	}
}

func (o *odd) merge(other odd) {
	if o.many = o.many || other.many; o.many {
		o.words = nil
		return
	}
	for v, n := range other.words {
		o.add(v, n)
	}
}

func (o *odd) count() (n int) {
	for _, c := range o.words {
		n += c
	}
	return n
}

// noDates are what programs write in a column of dates where there is none, or
// no end.
func noDates() map[string]bool {
	words := map[string]bool{}
	for _, day := range []string{"0000-00-00", "0001-01-01", "9999-12-31"} {
		year, month, of := day[:4], day[5:7], day[8:]
		words[year+month+of] = true
		for _, text := range []string{day, of + "." + month + "." + year, of + "/" + month + "/" + year, month + "/" + of + "/" + year} {
			words[text] = true
			for _, time := range []string{" 00:00:00", "T00:00:00", "T00:00:00Z", " 23:59:59", "T23:59:59", "T23:59:59Z"} {
				words[text+time] = true
			}
		}
	}
	return words
}

// mayBeNoDate says quickly whether noDates may have a text.
func mayBeNoDate(v string) bool {
	return len(v) >= len("00000000") && (strings.Contains(v, "0000") || strings.Contains(v, "0001") || strings.Contains(v, "9999"))
}

// fewestTyped is how many numbers or dates tell that a column is one of them,
// typedPart the least part of what is no word for "no value".
const (
	fewestTyped = 3
	typedPart   = .95
)

// isTypedBeside says whether all of a column is numbers or dates, but for its
// odd words.
func (p *Profile) isTypedBeside() bool {
	n := max(p.Deep.Numbers.Numbers, p.Dates.dates())
	return !p.Deep.odd.many && n >= fewestTyped && float64(n+p.Deep.odd.count()) >= typedPart*float64(p.Filled)
}

// learnNulls finds the words that mean "no value" in this file, by the numbers
// or dates that they stand beside. It is false where there are none but those that are known.
func (in *File) learnNulls(surveys []*Survey, t *WordTables) bool {
	known, dates := map[string]bool{}, noDates()
	for _, s := range surveys {
		for _, p := range s.Columns {
			if p.Deep == nil || !p.isTypedBeside() {
				continue
			}
			for w := range p.Deep.odd.words {
				if t.besideNumbers[strings.ToLower(w)] {
					known[w] = true
				}
			}
		}
	}
	found := false
	for _, s := range surveys {
		for _, p := range s.Columns {
			if p.Deep == nil {
				continue
			}
			for w := range p.absentWords(known, dates) {
				if in.absent == nil {
					in.absent = map[string]map[string]bool{}
				}
				if in.absent[p.Name] == nil {
					in.absent[p.Name] = map[string]bool{}
				}
				found = found || !in.absent[p.Name][w]
				in.absent[p.Name][w] = true
			}
		}
	}
	return found
}

// absentWords are those of the known words that mean "no value" in a column:
// not where they are all that it says, and not a code among codes of countries.
func (p *Profile) absentWords(known, dates map[string]bool) map[string]bool {
	words := map[string]bool{}
	if p.isTypedBeside() {
		for w := range p.Deep.odd.words {
			if known[w] || dates[w] && p.Dates.dates() > 0 {
				words[w] = true
			}
		}
		return words
	}
	const fewestOthers = 2
	for w := range known {
		if p.Deep.Has(w) && p.Deep.Distinct() > fewestOthers && !(isCountryCode(w) && p.share(isCountryCode) > typedPart) {
			words[w] = true
		}
	}
	return words
}

// isCountryCode says whether a text is two capital letters.
func isCountryCode(s string) bool {
	return len(s) == 2 && !slices.ContainsFunc([]rune(s), func(r rune) bool { return !unicode.IsUpper(r) })
}
