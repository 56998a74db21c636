package matchfile

import (
	"fmt"
	"strings"
	"time"
)

// dateKind is how a date is written.
type dateKind uint8

const (
	dateNone      dateKind = iota
	dateYearFirst          // 1980-03-02, 1980/3/2
	dateCompact            // 19800302, or 02031980
	dateTwoFirst           // 02/03/1980, 2.3.80: day or month first
	dateNamed              // 2 March 1980: says itself what is what
)

// dateText is a date as written; which of first and second is the day may be
// open.
type dateText struct {
	kind          dateKind
	mark          byte
	first, second int
	year          int
	month         int // of dateNamed; first is its day
	digits        [8]byte
}

// twoDigitPivot parts years of two digits: above it they are of the century
// before.
const twoDigitPivot = 25

const (
	earliestYear = 1850
	latestYear   = 2100
)

func fullYear(year, digits int) int {
	switch {
	case digits > 2:
		return year
	case year > twoDigitPivot:
		return 1900 + year
	}
	return 2000 + year
}

// dateOf reads the shape of a date; kind dateNone where the text is none.
func dateOf(s string) dateText {
	if len(s) < 6 || len(s) > 40 {
		return dateText{}
	}
	s = cutTime(s)
	first, n1 := leadingNumber(s)
	if n1 == 8 && len(s) == 8 {
		d := dateText{kind: dateCompact}
		copy(d.digits[:], s)
		return d.ifPlausible()
	}
	if n1 == 0 || n1 > 4 || n1 == 3 || n1 == len(s) {
		return namedDate(s)
	}
	mark := s[n1]
	if mark != '-' && mark != '/' && mark != '.' {
		return namedDate(s)
	}
	rest := strings.TrimLeft(s[n1+1:], " ")
	second, n2 := leadingNumber(rest)
	if n2 == 0 || n2 > 2 || n2 == len(rest) || rest[n2] != mark {
		return namedDate(s)
	}
	rest = strings.TrimLeft(rest[n2+1:], " ")
	third, n3 := leadingNumber(rest)
	switch {
	case n3 != len(rest) || n3 == 0:
		return dateText{}
	case n1 == 4 && n3 <= 2:
		return dateText{kind: dateYearFirst, mark: mark, year: first, first: second, second: third}.ifPlausible()
	case n1 <= 2 && (n3 == 4 || n3 == 2):
		return dateText{kind: dateTwoFirst, mark: mark, first: first, second: second, year: fullYear(third, n3)}.ifPlausible()
	}
	return dateText{}
}

// cutTime drops a time of day behind a date.
func cutTime(s string) string {
	if at := strings.IndexByte(s, ':'); at > 0 {
		if end := strings.LastIndexAny(s[:at], " T"); end > 0 {
			s = s[:end]
		}
	}
	if len(s) == 11 && s[10] == 'T' || len(s) == 11 && s[10] == 'Z' {
		s = s[:10]
	}
	return strings.TrimSuffix(s, ".0")
}

func leadingNumber(s string) (value, digits int) {
	for digits < len(s) && digits < 9 && s[digits] >= '0' && s[digits] <= '9' {
		value = value*10 + int(s[digits]-'0')
		digits++
	}
	return value, digits
}

// namedDate reads a date with the name of its month.
func namedDate(s string) dateText {
	t, err := readTables()
	digits := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	if err != nil || digits < 3 || digits > 6 {
		return dateText{}
	}
	d := dateText{kind: dateNamed}
	numbers := 0
	words := strings.FieldsFunc(fold(s), func(r rune) bool { return strings.ContainsRune(" ,.-/", r) })
	if len(words) < 3 || len(words) > 6 {
		return dateText{}
	}
	for _, w := range words {
		value, n := leadingNumber(w)
		switch tail := w[n:]; {
		case n > 0 && (tail == "" || tail == "st" || tail == "nd" || tail == "rd" || tail == "th"):
			numbers++
			if n > 2 || d.first != 0 {
				d.year = fullYear(value, n)
			} else {
				d.first = value
			}
		case n > 0:
			return dateText{}
		case t.months[w] > 0 && d.month == 0:
			d.month = t.months[w]
		case w == "de" || w == "of" || w == "the":
		default:
			return dateText{}
		}
	}
	if numbers != 2 || d.month == 0 {
		return dateText{}
	}
	return d.ifPlausible()
}

// ifPlausible turns what can't be a date in any reading into dateNone.
func (d dateText) ifPlausible() dateText {
	for _, l := range []dateLayout{{}, {monthFirst: true}, {yearLast: true}, {yearLast: true, monthFirst: true}} {
		if _, _, _, ok := l.read(d); ok {
			return d
		}
	}
	return dateText{}
}

// dateLayout says what is what in a column of dates.
type dateLayout struct {
	monthFirst bool // of dateTwoFirst, and of dateCompact with the year last
	yearLast   bool // of dateCompact
}

// read gives year, month and day; ok is false where there is no such day.
func (l dateLayout) read(d dateText) (year, month, day int, ok bool) {
	switch d.kind {
	case dateYearFirst:
		year, month, day = d.year, d.first, d.second
	case dateTwoFirst:
		year, month, day = d.year, d.second, d.first
		if l.monthFirst {
			month, day = day, month
		}
	case dateNamed:
		year, month, day = d.year, d.month, d.first
	case dateCompact:
		two := func(i int) int { return int(d.digits[i]-'0')*10 + int(d.digits[i+1]-'0') }
		switch {
		case !l.yearLast:
			year, month, day = two(0)*100+two(2), two(4), two(6)
		case l.monthFirst:
			year, month, day = two(4)*100+two(6), two(0), two(2)
		default:
			year, month, day = two(4)*100+two(6), two(2), two(0)
		}
	default:
		return 0, 0, 0, false
	}
	if year < earliestYear || year > latestYear || month < 1 || month > 12 || day < 1 {
		return 0, 0, 0, false
	}
	return year, month, day, day <= time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// iso writes a date as 1980-03-02. What does not fit the layout is read the
// other way round where only that is a date; "" where nothing is.
func (l dateLayout) iso(s string) string {
	d := dateOf(s)
	year, month, day, ok := l.read(d)
	if !ok {
		l.monthFirst = !l.monthFirst
		year, month, day, ok = l.read(d)
	}
	if !ok {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

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
	c.kinds[d.kind]++
	if d.kind == dateNone {
		return
	}
	year := d.year
	switch d.kind {
	case dateTwoFirst:
		if d.first > 12 {
			c.dayFirst++
		}
		if d.second > 12 {
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

func (c *dateCounts) addCompact(d dateText) (year int) {
	year, _, _, first := dateLayout{}.read(d)
	lastYear, _, _, byDay := dateLayout{yearLast: true}.read(d)
	_, _, _, byMonth := dateLayout{yearLast: true, monthFirst: true}.read(d)
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

// layout decides by the evidence of all rows, else by the country, and says
// why.
func (c *dateCounts) layout(country string) (dateLayout, string) {
	var l dateLayout
	var parts []string
	if n := c.kinds[dateYearFirst]; n > 0 {
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
