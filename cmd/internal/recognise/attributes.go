package recognise

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// IsSpare says whether a column is compared as no field, but may tell parties
// from one another all the same: nothing is known of what it means, or the file
// is of things and it tells of persons, or of a region. A region follows from
// the place, where that is known, and is that of persons where it is not.
func (c *Column) IsSpare(ofThings, isPlaced bool) bool {
	if c.Closed || c.isLine2 {
		return false
	}
	ofPersons := []Meaning{meansTitle, meansSuffix, meansGender, MeansBirth, MeansYear, MeansMonth, MeansDay, MeansAge}
	return c.Role == meansNothing || ofThings && (slices.Contains(ofPersons, c.Role) || c.Role == meansRegion && !isPlaced)
}

// IsAttribute says whether a column that no field takes may still tell one party
// from another: it is filled often enough, holds neither one value nor a value
// for each row, and short texts. A count of the rows is none, nor are texts of
// many words.
func (p *Profile) IsAttribute(rows int) bool {
	const (
		leastFilled = .1  // of the rows
		mostOfOne   = .97 // of the rows with a value have the same one
		mostApart   = .98 // distinct values to a value
		longest     = 40  // bytes of most values
		fewest      = 20  // rows with a value
	)
	if p.Filled < fewest || float64(p.Filled) < leastFilled*float64(rows) || len(p.inner) > 0 {
		return false
	}
	commonest, sampled := 0, 0
	for _, v := range p.values.values {
		commonest, sampled = max(commonest, v.count), sampled+v.count
	}
	if float64(commonest) > mostOfOne*float64(sampled) {
		return false
	}
	if p.share(func(s string) bool { return len(s) <= longest }) < fitsContent {
		return false
	}
	return p.distinctShare() < mostApart || p.share(isMeasure) >= fitsContent
}

// isMeasure says whether a value is a number with decimals.
func isMeasure(s string) bool {
	n := numberOf(s)
	return n.ok && (n.decimal != 0 || n.open != 0)
}

// Clone is a profile that can be merged into without changing this one.
func (p *Profile) Clone() *Profile {
	c := &Profile{Name: p.Name, values: newSketch(), inner: map[string]bool{}}
	c.Merge(p)
	return c
}

// Resembles says how likely two columns hold the same of different rows, from 0
// to 1: by the texts that both hold, or by the range of their numbers or days.
func (p *Profile) Resembles(o *Profile) float64 {
	if p.Filled == 0 || o.Filled == 0 {
		return 0
	}
	if mine, theirs := p.days(), o.days(); len(mine) > 0 && len(theirs) > 0 {
		return alikeTimes(mine, theirs)
	}
	mine, theirs := p.numbers(), o.numbers()
	isNumber, isNumberToo := len(mine) > 0, len(theirs) > 0
	switch {
	case isNumber != isNumberToo:
		return 0
	case isNumber:
		return alikeRanges(mine, theirs)
	}
	return p.values.common(o.values)
}

// numbers are the sampled values in order, none where they are no numbers.
func (p *Profile) numbers() []float64 {
	const most = .9
	if p.share(func(s string) bool { return numberOf(s).ok }) < most {
		return nil
	}
	var list []float64
	for _, v := range p.values.values {
		if numberOf(v.text).ok {
			list = append(list, roughly(v.text))
		}
	}
	slices.Sort(list)
	return list
}

// days are the sampled dates in order, as years and their parts, none where they
// are no dates. Which number is the month matters little for where they lie.
func (p *Profile) days() []float64 {
	const most, months = .9, 12
	if p.dateShare() < most {
		return nil
	}
	var list []float64
	for _, v := range p.values.values {
		if d := dateOf(v.text); d.Kind == DateYearFirst || d.Kind == dateTwoFirst || d.Kind == dateNamed {
			list = append(list, float64(d.Year)+float64(min(d.First, d.Second))/months)
		}
	}
	slices.Sort(list)
	return list
}

// alikeTimes compares the middle, and a tenth from either end, of two lists of
// days in order, by how long a time they span.
func alikeTimes(a, b []float64) float64 {
	const year = 1
	at := func(list []float64, tenth int) float64 { return list[len(list)*tenth/10] }
	span := max(at(a, 9)-at(a, 1), at(b, 9)-at(b, 1), year)
	likeness := 1.0
	for _, tenth := range []int{1, 5, 9} {
		likeness = min(likeness, 1-math.Abs(at(a, tenth)-at(b, tenth))/span)
	}
	return max(likeness, 0)
}

// roughly is the value of a number as written, its last mark taken for that of
// decimals where no three digits follow.
func roughly(s string) float64 {
	const thousands = 3
	digits := strings.Trim(s, " €$£%")
	if last := strings.LastIndexAny(digits, ".,"); last >= 0 && len(digits)-last-1 != thousands {
		digits = digits[:last] + "d" + digits[last+1:]
	}
	digits = strings.NewReplacer(".", "", ",", "", " ", "", "'", "", "d", ".").Replace(digits)
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0
	}
	return n
}

// Telling is how many bits a value of the column tells, on the average of all
// rows: none where all have the same one or none.
func (p *Profile) Telling(rows int) float64 {
	all, squares := 0.0, 0.0
	for _, v := range p.values.values {
		all += float64(v.count)
		squares += float64(v.count) * float64(v.count)
	}
	if all == 0 || rows == 0 {
		return 0
	}
	return float64(p.Filled) / float64(rows) * math.Log2(all*all/squares)
}

// alikeRanges compares the middle, and a tenth from either end, of two lists of
// numbers in order.
func alikeRanges(a, b []float64) float64 {
	likeness := 1.0
	for _, tenth := range []int{1, 5, 9} {
		x, y := a[len(a)*tenth/10], b[len(b)*tenth/10]
		low, high := min(math.Abs(x), math.Abs(y)), max(math.Abs(x), math.Abs(y))
		if high > 0 {
			likeness = min(likeness, low/high)
		}
	}
	return likeness
}

// common is the share of the rows of either sketch whose value the other one
// holds, case aside.
func (s *sketch) common(o *sketch) float64 {
	fold := func(s *sketch) (map[string]int, int) {
		counts, all := map[string]int{}, 0
		for _, v := range s.values {
			counts[strings.ToLower(v.text)] += v.count
			all += v.count
		}
		return counts, all
	}
	mine, all := fold(s)
	theirs, allOther := fold(o)
	shared, sharedOther := 0, 0
	for text, n := range mine {
		if m := theirs[text]; m > 0 {
			shared, sharedOther = shared+n, sharedOther+m
		}
	}
	if all == 0 || allOther == 0 {
		return 0
	}
	return min(float64(shared)/float64(all), float64(sharedOther)/float64(allOther))
}
