package transform

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zones must not depend on the machine
)

// Layout says how dates are written. ISO dates are read besides every layout.
type Layout struct {
	order  dateOrder
	mark   byte   // between day, month and year
	latest int    // years of two digits are the last ones up to it; 0 = years have four
	golang string // a Go layout instead
	parts  string // of dates with the month's name: the order of d, m and y
	words  *dateWords

	buddhist bool // years are those of the Buddhist era
}

type dateOrder int

const (
	yearFirst dateOrder = iota
	dayFirst
	monthFirst
	compact // yyyymmdd
	goLayout
	namedMonth
)

// ParseLayout reads the name of a layout: "iso", "dd/mm/yyyy", "mm/dd/yyyy",
// "dd.mm.yyyy", "yyyymmdd" and the like (the letters' case does not matter, a
// time part is allowed to follow in any case), "d month yyyy", "month d yyyy"
// and "yyyy month d" with the name of the month in any language of the shipped
// table, or a Go layout. Years of two digits need to be told apart: "dd.mm.yy
// to 2029" reads 29 as 2029 and 30 as 1930. Beside them years of four digits
// are read too. "dd/mm/yyyy be" and the like have years of the Buddhist era:
// 2568 is 2025.
func ParseLayout(name string) (Layout, error) {
	if plain, ok := strings.CutSuffix(strings.ToLower(name), buddhistEra); ok {
		l, err := ParseLayout(plain)
		if err == nil && (l.latest > 0 || l.order == goLayout) {
			err = fmt.Errorf("date layout %q: years of the Buddhist era have four digits, in a layout by names", name)
		}
		l.buddhist = true
		return l, err
	}
	if short, year, ok := strings.Cut(strings.ToLower(name), " to "); ok {
		return shortLayout(name, short, year)
	}
	if parts, ok := namedOrder(name); ok {
		tables, err := LoadTables()
		if err != nil {
			return Layout{}, err
		}
		return Layout{order: namedMonth, parts: parts, words: &tables.dateWords}, nil
	}
	base, _, _ := strings.Cut(strings.ToLower(name), " ")
	base, _, _ = strings.Cut(base, "'t'")
	base, _, _ = strings.Cut(base, "thh")
	switch base {
	case "", "iso", "iso8601", "yyyy-mm-dd":
		return Layout{order: yearFirst, mark: '-'}, nil
	case "yyyymmdd":
		return Layout{order: compact}, nil
	}
	if len(base) >= 8 && strings.Trim(base, "dmy") != "" {
		for _, mark := range []byte{'/', '.', '-'} {
			switch strings.ReplaceAll(base, string(mark), "|") {
			case "dd|mm|yyyy", "d|m|yyyy":
				return Layout{order: dayFirst, mark: mark}, nil
			case "mm|dd|yyyy", "m|d|yyyy":
				return Layout{order: monthFirst, mark: mark}, nil
			case "yyyy|mm|dd", "yyyy|m|d":
				return Layout{order: yearFirst, mark: mark}, nil
			}
		}
	}
	probe := time.Date(2019, time.November, 23, 0, 0, 0, 0, time.UTC)
	back, err := time.Parse(name, probe.Format(name))
	if err != nil || !strings.Contains(name, "2006") || back.Year() != 2019 || back.YearDay() != probe.YearDay() {
		return Layout{}, fmt.Errorf("date layout %q is not iso, dd/mm/yyyy, mm/dd/yyyy, dd.mm.yyyy, yyyymmdd, d month yyyy, month d yyyy or a Go layout with day, month and year of four digits", name)
	}
	return Layout{order: goLayout, golang: name}, nil
}

// shortLayout reads the name of a layout with years of two digits.
func shortLayout(name, short, year string) (Layout, error) {
	base, isShort := strings.CutSuffix(short, "yy")
	if after, isFirst := strings.CutPrefix(short, "yy"); isFirst {
		base, isShort = after, true
	}
	if !isShort || strings.Contains(base, "y") || len(year) != 4 || !isDigits(year) || number(year) < 1099 {
		return Layout{}, fmt.Errorf("date layout %q is not dd.mm.yy, dd/mm/yy, mm/dd/yy, dd-mm-yy, yy/mm/dd or d month yy with the last year that two digits can mean, as \"dd.mm.yy to 2029\"", name)
	}
	l, err := ParseLayout(strings.Replace(short, "yy", "yyyy", 1))
	l.latest = number(year)
	return l, err
}

// String describes the layout to people.
func (l Layout) String() string {
	mark := string(l.mark)
	year := "yyyy"
	if l.buddhist {
		l.buddhist = false
		return l.String() + buddhistEra
	}
	if l.latest > 0 {
		year = fmt.Sprintf("yy to %d", l.latest)
	}
	switch l.order {
	case compact:
		return "yyyymmdd"
	case dayFirst:
		return "dd" + mark + "mm" + mark + year
	case monthFirst:
		return "mm" + mark + "dd" + mark + year
	case goLayout:
		return l.golang
	case namedMonth:
		return strings.NewReplacer("d", "d ", "m", "month ", "y", year+" ").Replace(l.parts)
	}
	if at := strings.IndexByte(year, ' '); at > 0 {
		return year[:at] + mark + "mm" + mark + "dd" + year[at:]
	}
	return year + mark + "mm" + mark + "dd"
}

// Moment is a date with an optional time of day, as written.
type Moment struct {
	Days      int64 // since 1970-01-01
	Micros    int64 // of the day
	HasTime   bool
	Cut       bool // it was written more exactly than microseconds
	HasOffset bool
	Offset    int64 // seconds east of UTC
}

const (
	microsPerSecond = 1_000_000
	microsPerDay    = 86_400 * microsPerSecond
)

// Parse reads a date or timestamp; ok is false where it is not written in the
// layout, does not exist, or lies outside the years 1000 to 9999.
func (l Layout) Parse(s string) (m Moment, ok bool) {
	if !l.buddhist {
		if m, ok := parsePlain(s); ok {
			return m, true
		}
	}
	s = Text(s)
	if m, isTold, ok := parseTold(s); isTold {
		return m, ok
	}
	if year, month, day, rest, ok := cutISO(s, '-'); ok {
		return l.finish(year, month, day, rest)
	}
	switch l.order {
	case compact:
		if len(s) >= 8 && isDigits(s[:8]) {
			return l.finish(number(s[:4]), number(s[4:6]), number(s[6:8]), s[8:])
		}
	case yearFirst:
		if year, month, day, rest, ok := l.cutYearFirst(s); ok {
			return l.finish(year, month, day, rest)
		}
	case dayFirst, monthFirst:
		first, second, year, rest, ok := l.cutYearLast(s)
		if ok && l.order == monthFirst {
			first, second = second, first
		}
		if ok {
			return l.finish(year, second, first, rest)
		}
	case namedMonth:
		return l.parseNamed(s)
	case goLayout:
		return parseGo(l.golang, s)
	}
	return Moment{}, false
}

// exceedsMonth tells whether s is written as a date whose month is too short
// for its day.
func (l Layout) exceedsMonth(s string) bool {
	s = Text(s)
	year, month, day, _, ok := cutISO(s, '-')
	switch {
	case ok:
	case l.order == compact && len(s) >= 8 && isDigits(s[:8]):
		year, month, day, ok = number(s[:4]), number(s[4:6]), number(s[6:8]), true
	case l.order == yearFirst:
		year, month, day, _, ok = l.cutYearFirst(s)
	case l.order == dayFirst:
		day, month, year, _, ok = l.cutYearLast(s)
	case l.order == monthFirst:
		month, day, year, _, ok = l.cutYearLast(s)
	}
	year = l.yearOf(year)
	return ok && year >= 1000 && month >= 1 && month <= 12 && day > daysIn(year, month) && day <= 31
}

// parseGo reads a date by a layout of Go's. What stands in brackets behind it
// is the name of its zone, which its offset has said.
func parseGo(layout, s string) (Moment, bool) {
	if at := strings.LastIndex(s, " ("); at > 0 && s[len(s)-1] == ')' && !strings.Contains(layout, "(") {
		s = s[:at]
	}
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() < 1000 || t.Year() > 9999 {
		return Moment{}, false
	}
	day := int64(t.Hour())*3600 + int64(t.Minute())*60 + int64(t.Second())
	m := Moment{
		Days:    daysOf(t.Year(), int(t.Month()), t.Day()),
		Micros:  day*microsPerSecond + int64(t.Nanosecond()/1000),
		Cut:     t.Nanosecond()%1000 != 0,
		HasTime: strings.Contains(layout, "15") || strings.Contains(layout, "03") || strings.Contains(layout, "3:"),
	}
	if strings.Contains(layout, "-07") || strings.Contains(layout, "Z07") {
		_, offset := t.Zone()
		m.HasOffset, m.Offset = true, int64(offset)
	} else if strings.Contains(layout, "MST") {
		word, _ := t.Zone()
		m.Offset, m.HasOffset = zoneOffset(word) // Go takes a zone it does not know for UTC
		return m, m.HasOffset
	}
	return m, true
}

// parsePlain is the fast path: yyyy-mm-dd hh:mm:ss, which every layout takes.
func parsePlain(s string) (Moment, bool) {
	if len(s) != len("2006-01-02 15:04:05") || s[4] != '-' || s[7] != '-' || s[10] != ' ' && s[10] != 'T' || s[13] != ':' || s[16] != ':' {
		return Moment{}, false
	}
	century, ok0 := pair(s, 0)
	year, ok1 := pair(s, 2)
	month, ok2 := pair(s, 5)
	day, ok3 := pair(s, 8)
	hour, ok4 := pair(s, 11)
	minute, ok5 := pair(s, 14)
	second, ok6 := pair(s, 17)
	year += 100 * century
	if !(ok0 && ok1 && ok2 && ok3 && ok4 && ok5 && ok6) || year < 1000 || month < 1 || month > 12 ||
		day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59 {
		return Moment{}, false
	}
	return Moment{
		Days: daysOf(year, month, day), HasTime: true,
		Micros: int64(hour*3600+minute*60+second) * microsPerSecond,
	}, true
}

// pair reads the two digits at i.
func pair(s string, i int) (v int, ok bool) {
	tens, units := s[i]-'0', s[i+1]-'0'
	return int(tens)*10 + int(units), tens <= 9 && units <= 9
}

// finish checks the date and reads what follows it.
func finish(year, month, day int, rest string) (Moment, bool) {
	if year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Moment{}, false
	}
	m := Moment{Days: daysOf(year, month, day)}
	if rest == "" {
		return m, true
	}
	return m, m.readTime(rest)
}

// cutISO cuts yyyy-mm-dd (with that mark) off the front. Month and day may
// have one digit.
func cutISO(s string, mark byte) (year, month, day int, rest string, ok bool) {
	if len(s) < 8 || s[4] != mark || !isDigits(s[:4]) {
		return 0, 0, 0, "", false
	}
	month, i := smallNumber(s, 5)
	if i >= len(s) || s[i] != mark || i == 5 {
		return 0, 0, 0, "", false
	}
	day, j := smallNumber(s, i+1)
	return number(s[:4]), month, day, s[j:], j > i+1
}

// cutYearFirst cuts yyyy/mm/dd off the front, or yy/mm/dd.
func (l Layout) cutYearFirst(s string) (year, month, day int, rest string, ok bool) {
	if year, month, day, rest, ok = cutISO(s, l.mark); ok || l.latest == 0 || len(s) < 6 || s[2] != l.mark || !isDigits(s[:2]) {
		return year, month, day, rest, ok
	}
	_, month, day, rest, ok = cutISO("00"+s, l.mark)
	return l.century(number(s[:2])), month, day, rest, ok
}

// cutYearLast cuts dd/mm/yyyy off the front, or dd/mm/yy.
func (l Layout) cutYearLast(s string) (first, second, year int, rest string, ok bool) {
	first, i := smallNumber(s, 0)
	if i == 0 || i >= len(s) || s[i] != l.mark {
		return 0, 0, 0, "", false
	}
	second, j := smallNumber(s, i+1)
	if j == i+1 || j >= len(s) || s[j] != l.mark {
		return 0, 0, 0, "", false
	}
	if end := j + 5; end <= len(s) && isDigits(s[j+1:end]) {
		return first, second, number(s[j+1 : end]), s[end:], true
	}
	end := j + 3
	if l.latest == 0 || end > len(s) || !isDigits(s[j+1:end]) || end < len(s) && s[end] >= '0' && s[end] <= '9' {
		return 0, 0, 0, "", false
	}
	return first, second, l.century(number(s[j+1 : end])), s[end:], true
}

// century gives a year of two digits its century.
func (l Layout) century(year int) int {
	const century = 100
	year += l.latest - l.latest%century
	if year > l.latest {
		year -= century
	}
	return year
}

// smallNumber reads one or two digits from i.
func smallNumber(s string, i int) (v, next int) {
	next = i
	for next < len(s) && next < i+2 && s[next] >= '0' && s[next] <= '9' {
		v = v*10 + int(s[next]-'0')
		next++
	}
	return v, next
}

func number(digits string) int {
	v := 0
	for i := 0; i < len(digits); i++ {
		v = v*10 + int(digits[i]-'0')
	}
	return v
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysOf counts days since 1970-01-01 in the Gregorian calendar: years begin
// in March, so that the leap day is their last.
func daysOf(year, month, day int) int64 {
	y := int64(year)
	if month <= 2 {
		y--
	}
	era := y / 400
	yoe := y - era*400
	mp := int64(month+9) % 12
	doy := (153*mp+2)/5 + int64(day) - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return era*146097 + doe - 719468
}
