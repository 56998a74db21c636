package recognise

import (
	"fmt"
	"strings"
)

// dateCounts is what a column shows about its dates, over all rows.
type dateCounts struct {
	kinds      [dateNamed + 1]int
	dayFirst   int // first number above 12
	monthFirst int // second number above 12
	yearFirst  int // compact, only with the year first
	yearLast   int
	lastDay    int // compact with the year last: the first number is above 12
	lastMonth  int
	dotted     int
	early      int // of a year before earlyYear
	decades    [(latestYear - earliestYear) / 10]bool
}

// earlyYear parts dates of birth from those of business.
const earlyYear = 2006

func (c *dateCounts) add(s string) {
	d := dateOf(s)
	c.kinds[d.Kind]++
	if d.Kind == dateNone {
		return
	}
	year := d.Year
	switch d.Kind {
	case dateTwoFirst:
		if d.First > 12 {
			c.dayFirst++
		}
		if d.Second > 12 {
			c.monthFirst++
		}
		if d.mark == '.' {
			c.dotted++
		}
	case dateCompact:
		year = c.addCompact(d)
	}
	if year < earlyYear {
		c.early++
	}
	if year >= earliestYear && year < latestYear {
		c.decades[(year-earliestYear)/10] = true
	}
}

func (c *dateCounts) addCompact(d DateText) (year int) {
	year, _, _, first := DateLayout{}.Read(d)
	lastYear, _, _, byDay := DateLayout{yearLast: true}.Read(d)
	_, _, _, byMonth := DateLayout{yearLast: true, monthFirst: true}.Read(d)
	switch last := byDay || byMonth; {
	case first && !last:
		c.yearFirst++
	case last && !first:
		c.yearLast++
		year = lastYear
	}
	if byDay && !byMonth {
		c.lastDay++
	}
	if byMonth && !byDay {
		c.lastMonth++
	}
	return year
}

func (c *dateCounts) merge(o *dateCounts) {
	for i := range c.kinds {
		c.kinds[i] += o.kinds[i]
	}
	c.dayFirst += o.dayFirst
	c.monthFirst += o.monthFirst
	c.yearFirst += o.yearFirst
	c.yearLast += o.yearLast
	c.lastDay += o.lastDay
	c.lastMonth += o.lastMonth
	c.dotted += o.dotted
	c.early += o.early
	for i := range c.decades {
		c.decades[i] = c.decades[i] || o.decades[i]
	}
}

// dates is how many values are dates.
func (c *dateCounts) dates() int {
	n := 0
	for _, k := range c.kinds[dateNone+1:] {
		n += k
	}
	return n
}

// Layout decides by the evidence of all rows, else by the country, and says
// why.
func (c *dateCounts) Layout(country string) (DateLayout, string) {
	var l DateLayout
	var parts []string
	if n := c.kinds[DateYearFirst]; n > 0 {
		parts = append(parts, "year-month-day")
	}
	if c.kinds[dateCompact] > 0 {
		if l.yearLast = c.yearLast > c.yearFirst; l.yearLast {
			l.monthFirst = c.lastMonth > c.lastDay
			parts = append(parts, map[bool]string{true: "mmddyyyy", false: "ddmmyyyy"}[l.monthFirst])
		} else {
			parts = append(parts, "yyyymmdd")
		}
	}
	if c.kinds[dateTwoFirst] > 0 {
		var why string
		switch {
		case c.dayFirst != c.monthFirst:
			l.monthFirst = c.monthFirst > c.dayFirst
			why = fmt.Sprintf("%d dates can only be read so", max(c.dayFirst, c.monthFirst))
			if other := min(c.dayFirst, c.monthFirst); other > 0 {
				why += fmt.Sprintf(", %d only the other way", other)
			}
		case c.dotted == 0 && country == "US":
			l.monthFirst = true
			why = "as usual in US; no date tells"
		default:
			why = "no date tells"
		}
		parts = append(parts, map[bool]string{true: "month/day/year", false: "day/month/year"}[l.monthFirst]+" ("+why+")")
	}
	if c.kinds[dateNamed] > 0 {
		parts = append(parts, "with the month's name")
	}
	return l, strings.Join(parts, "; ")
}

// Sortable counts dates whose text sorts as they do: year, month, day.
func (c *dateCounts) Sortable() int { return c.kinds[DateYearFirst] }

// DayFirst counts dates that can only be read with the day before the month,
// MonthFirst the others; both are of dates with the year last.
func (c *dateCounts) DayFirst() int { return c.dayFirst }

// MonthFirst counts dates that can only be read with the month before the day.
func (c *dateCounts) MonthFirst() int { return c.monthFirst }

// Dates counts the values that are dates.
func (c *dateCounts) Dates() int { return c.dates() }
