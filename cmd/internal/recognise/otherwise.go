package recognise

import "fmt"

// WrittenOtherwise says how the numbers or dates of a column are written
// otherwise than those of the same column in another file, such that no one
// reading takes both; "" where nothing speaks against one.
func (p *Profile) WrittenOtherwise(o *Profile) string {
	if own, other := p.marks(), o.marks(); own != "" && other != "" && own != other {
		return fmt.Sprintf("its numbers have a decimal %s, those of the others a %s", own, other)
	}
	if own, other := p.dateForm(), o.dateForm(); own != "" && other != "" && own != other {
		return fmt.Sprintf("its dates are written as %s, those of the others as %s", own, other)
	}
	return ""
}

// fewestWritten is how many values speak for a way of writing.
const fewestWritten = 3

// marks is the decimal mark of all numbers that have one, "" where they are few
// or of both kinds.
func (p *Profile) marks() string {
	if p.Deep == nil {
		return ""
	}
	switch n := p.Deep.Numbers; {
	case n.Comma >= fewestWritten && n.Point == 0:
		return "comma"
	case n.Point >= fewestWritten && n.Comma == 0:
		return "point"
	}
	return ""
}

// dateForm is how nearly all values are written as dates, "" where they are not,
// or not in one way.
func (p *Profile) dateForm() string {
	const nearly = .9
	c, most := &p.Dates, nearly*float64(p.Filled)
	is := func(n int) bool { return n >= fewestWritten && float64(n) >= most }
	switch {
	case is(c.kinds[DateYearFirst]):
		return "year-month-day"
	case is(c.kinds[dateTwoFirst]) && c.dayFirst > 0 && c.monthFirst == 0 && float64(c.dotted) >= most:
		return "day.month.year"
	case is(c.kinds[dateTwoFirst]) && c.dayFirst > 0 && c.monthFirst == 0 && c.dotted == 0:
		return "day/month/year"
	case is(c.kinds[dateTwoFirst]) && c.monthFirst > 0 && c.dayFirst == 0:
		return "month/day/year"
	}
	return ""
}
