package recognise

import (
	"fmt"
	"strings"
	"time"

	"loadstar/transform"
)

// dateKind is how a date is written.
type dateKind uint8

// The ways to write a date.
const (
	dateNone      dateKind = iota
	DateYearFirst          // 1980-03-02, 1980/3/2
	dateCompact            // 19800302, or 02031980
	dateTwoFirst           // 02/03/1980, 2.3.80: day or month first
	dateNamed              // 2 March 1980: says itself what is what
)

// DateText is a date as written; which of first and second is the day may be
// open.
type DateText struct {
	Kind          dateKind
	mark          byte
	First, Second int
	Year          int
	month         int // of dateNamed; first is its day
	digits        [8]byte
}

// twoDigitPivot parts years of two digits: above it they are of the century
// before.
const twoDigitPivot = 25

// Registers of the dead go back far; eight digits without a mark are a date
// only where the year is a likely one, for most numbers of that length are none.
const (
	earliestYear    = 1500
	oldest          = 120 // age of a person
	earliestCompact = 1850
	latestYear      = 2100
)

// FullYear gives a year of two digits its century.
func FullYear(year, digits int) int {
	switch {
	case digits > 2:
		return year
	case year > twoDigitPivot:
		return 1900 + year
	}
	return 2000 + year
}

// dateOf reads the shape of a date; kind dateNone where the text is none.
func dateOf(s string) DateText {
	if len(s) < 6 || len(s) > 70 {
		return DateText{}
	}
	if d, ok := programDate(s); ok {
		return d
	}
	if iso, ok := transform.EraDate(s); ok {
		s = iso
	}
	s = strings.TrimSuffix(cutTime(eastDate(s)), ".")
	first, n1 := LeadingNumber(s)
	if n1 == 8 && len(s) == 8 {
		d := DateText{Kind: dateCompact}
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
	second, n2 := LeadingNumber(rest)
	if n2 == 0 || n2 > 2 || n2 == len(rest) || rest[n2] != mark {
		return namedDate(s)
	}
	rest = strings.TrimLeft(rest[n2+1:], " ")
	third, n3 := LeadingNumber(rest)
	switch {
	case n3 != len(rest) || n3 == 0:
		return DateText{}
	case n1 == 4 && n3 <= 2:
		return DateText{Kind: DateYearFirst, mark: mark, Year: first, First: second, Second: third}.ifPlausible()
	case n1 <= 2 && (n3 == 4 || n3 == 2):
		d := DateText{Kind: dateTwoFirst, mark: mark, First: first, Second: second, Year: FullYear(third, n3)}.ifPlausible()
		if d.Kind == dateNone && n1 == 2 && n3 == 2 {
			d = DateText{Kind: DateYearFirst, mark: mark, Year: FullYear(first, n1), First: second, Second: third}.ifPlausible()
		}
		return d
	}
	return DateText{}
}

// programLayouts are dates as programs print them, which begin with a day of
// the week, or join the month's name to its numbers.
func programLayouts() []string {
	return []string{
		"Mon Jan _2 15:04:05 MST 2006", "Mon Jan _2 15:04:05 2006", "Mon, 02 Jan 2006 15:04:05 -0700", "Mon, 02 Jan 2006 15:04:05 MST",
		"Mon Jan 02 2006 15:04:05 GMT-0700", "Monday, January 2, 2006", "02Jan2006", "02Jan2006:15:04:05",
	}
}

// programDate reads such a date.
func programDate(s string) (DateText, bool) {
	const shortest, daysOfWeek = len("02Jan2006"), "MonTueWedThuFriSatSun"
	if m, ok := ticks(s); ok {
		return m, true
	}
	isJoined := len(s) >= shortest && s[0] >= '0' && s[0] <= '3' && s[2] >= 'A' && s[5] >= '0' && s[5] <= '9'
	if !isJoined && (len(s) < shortest || strings.Index(daysOfWeek, s[:3])%3 != 0) {
		return DateText{}, false
	}
	s, _, _ = strings.Cut(s, " (")
	for _, layout := range programLayouts() {
		if t, err := time.Parse(layout, s); err == nil {
			d := DateText{Kind: dateNamed, First: t.Day(), Year: t.Year(), month: int(t.Month())}.ifPlausible()
			return d, d.Kind != dateNone
		}
	}
	return DateText{}, false
}

// ticks reads a moment as web services of Microsoft write it: /Date(1736035200000)/.
func ticks(s string) (DateText, bool) {
	if !strings.HasPrefix(s, "/Date(") {
		return DateText{}, false
	}
	m, ok := transform.Layout{}.Parse(s)
	if !ok {
		return DateText{}, false
	}
	const secondsPerDay = 86_400
	t := time.Unix(m.Days*secondsPerDay, 0).UTC()
	d := DateText{Kind: dateNamed, First: t.Day(), Year: t.Year(), month: int(t.Month())}.ifPlausible()
	return d, d.Kind != dateNone
}

// eastDate writes 1985年3月7日 and 1985년 3월 7일 with strokes.
func eastDate(s string) string {
	for _, marks := range [][3]string{{"年", "月", "日"}, {"년", "월", "일"}} {
		if strings.Contains(s, marks[0]) {
			s = strings.NewReplacer(marks[0], "-", marks[1], "-", marks[2], "", " ", "").Replace(s)
		}
	}
	return s
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

// LeadingNumber reads the digits that a text begins with, at most nine.
func LeadingNumber(s string) (value, digits int) {
	for digits < len(s) && digits < 9 && s[digits] >= '0' && s[digits] <= '9' {
		value = value*10 + int(s[digits]-'0')
		digits++
	}
	return value, digits
}

// namedDate reads a date with the name of its month.
func namedDate(s string) DateText {
	tables, err := ReadTables()
	digits := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	if err != nil || digits < 3 || digits > 6 {
		return DateText{}
	}
	d := DateText{Kind: dateNamed}
	numbers := 0
	words := strings.FieldsFunc(Fold(s), func(r rune) bool { return strings.ContainsRune(" ,.-/", r) })
	if len(words) < 3 || len(words) > 6 {
		return DateText{}
	}
	for _, w := range words {
		value, n := LeadingNumber(w)
		switch tail := w[n:]; {
		case n > 0 && (tail == "" || tail == "st" || tail == "nd" || tail == "rd" || tail == "th"):
			numbers++
			if n > 2 || d.First != 0 {
				d.Year = FullYear(value, n)
			} else {
				d.First = value
			}
		case n > 0:
			return DateText{}
		case d.month == 0 && tables.Month(w) > 0:
			d.month = tables.Month(w)
		case tables.clean.IsDateWord(w):
		default:
			return DateText{}
		}
	}
	if numbers != 2 || d.month == 0 {
		return DateText{}
	}
	return d.ifPlausible()
}

// ifPlausible turns what can't be a date in any reading into dateNone.
func (d DateText) ifPlausible() DateText {
	const earliestBuddhist, latestBuddhist, buddhistYears = 2400, latestYear + 543, 543 // as Thailand counts
	if d.Year >= earliestBuddhist && d.Year <= latestBuddhist && d.Kind != dateCompact {
		d.Year -= buddhistYears
	}
	for _, l := range []DateLayout{{}, {monthFirst: true}, {yearLast: true}, {yearLast: true, monthFirst: true}} {
		if _, _, _, ok := l.Read(d); ok {
			return d
		}
	}
	return DateText{}
}

// DateLayout says what is what in a column of dates.
type DateLayout struct {
	monthFirst bool // of dateTwoFirst, and of dateCompact with the year last
	yearLast   bool // of dateCompact
}

// Read gives year, month and day; ok is false where there is no such day.
func (l DateLayout) Read(d DateText) (year, month, day int, ok bool) {
	switch d.Kind {
	case DateYearFirst:
		year, month, day = d.Year, d.First, d.Second
	case dateTwoFirst:
		year, month, day = d.Year, d.Second, d.First
		if l.monthFirst {
			month, day = day, month
		}
	case dateNamed:
		year, month, day = d.Year, d.month, d.First
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
		if year < earliestCompact {
			return 0, 0, 0, false
		}
	default:
		return 0, 0, 0, false
	}
	if year < earliestYear || year > latestYear || month < 1 || month > 12 || day < 1 {
		return 0, 0, 0, false
	}
	return year, month, day, day <= time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Iso writes a date as 1980-03-02. What does not fit the layout is read the
// other way round where only that is a date; "" where nothing is.
func (l DateLayout) Iso(s string) string {
	d := dateOf(s)
	year, month, day, ok := l.Read(d)
	if !ok {
		l.monthFirst = !l.monthFirst
		year, month, day, ok = l.Read(d)
	}
	if !ok {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}
