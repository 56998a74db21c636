package transform

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Dates that say themselves how their years are counted are read besides every
// layout: those of Japan's eras (令和7年1月5日, R7.1.5), of the Republic of China
// (民國114年1月5日), and moments as web services of Microsoft write them
// (/Date(1736035200000+0100)/), whose offset says nothing more.

// era counts years from a beginning.
type era struct {
	sign          string
	before        int // year 1 is the year after
	first, latest int // year*10000 + month*100 + day
}

func eras() []era {
	const open = 99991231
	list := []era{{sign: "民國", before: 1911, first: 19120101, latest: open}, {sign: "民国", before: 1911, first: 19120101, latest: open}}
	for _, e := range []struct {
		sign, letter  string
		before        int
		first, latest int
	}{
		{"令和", "R", 2018, 20190501, open}, {"平成", "H", 1988, 19890108, 20190430}, {"昭和", "S", 1925, 19261225, 19890107},
		{"大正", "T", 1911, 19120730, 19261225}, {"明治", "M", 1867, 18680125, 19120730},
	} {
		list = append(list, era{e.sign, e.before, e.first, e.latest}, era{e.letter, e.before, e.first, e.latest})
	}
	return list
}

// EraDate writes a date that is counted in years of an era as 2025-01-05, with
// what stands behind it; ok is false where it is none, or no day of that era.
func EraDate(s string) (iso string, ok bool) {
	if s == "" || s[0] < 'A' {
		return "", false // as nearly all dates
	}
	for _, e := range eras() {
		rest, isOf := strings.CutPrefix(s, e.sign)
		if !isOf {
			continue
		}
		year, month, day, rest, ok := cutEraDate(strings.TrimLeft(rest, " "))
		if !ok {
			return "", false
		}
		year += e.before
		at := year*10000 + month*100 + day
		if at < e.first || at > e.latest || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
			return "", false
		}
		return strconv.Itoa(at/10000) + "-" + twoPlaces(month) + "-" + twoPlaces(day) + rest, true
	}
	return "", false
}

// cutEraDate reads 7年1月5日, 元年1月5日, 7.1.5, 07/01/05 and 07-01-05.
func cutEraDate(s string) (year, month, day int, rest string, ok bool) {
	year, i := smallNumber(s, 0)
	if i < len(s) && i > 0 && s[i] >= '0' && s[i] <= '9' {
		year, i = year*10+int(s[i]-'0'), i+1
	}
	if after, isFirst := strings.CutPrefix(s, "元"); isFirst {
		year, i = 1, len(s)-len(after)
	}
	if i == 0 || i >= len(s) || year == 0 {
		return 0, 0, 0, "", false
	}
	between, behind := "月", "日"
	mark, size := utf8.DecodeRuneInString(s[i:])
	if mark != '年' {
		if !strings.ContainsRune("./-", mark) {
			return 0, 0, 0, "", false
		}
		between, behind = string(mark), ""
	}
	s = strings.TrimLeft(s[i+size:], " ")
	month, i = smallNumber(s, 0)
	after, ok := strings.CutPrefix(s[i:], between)
	if i == 0 || !ok {
		return 0, 0, 0, "", false
	}
	s = strings.TrimLeft(after, " ")
	day, i = smallNumber(s, 0)
	rest, ok = strings.CutPrefix(s[i:], behind)
	if startsWithDigit(rest) {
		return 0, 0, 0, "", false
	}
	return year, month, day, rest, ok && i > 0
}

func twoPlaces(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// parseTold reads dates that say themselves how they are counted; isTold is
// false where they do not.
func parseTold(s string) (m Moment, isTold, ok bool) {
	if len(s) < len("R1.1.1") {
		return m, false, false
	}
	if inner, isOf := strings.CutPrefix(s, "/Date("); isOf {
		m, ok = parseTicks(inner)
		return m, true, ok
	}
	if c := s[0]; c != 'R' && c != 'H' && c != 'S' && c != 'T' && c != 'M' && c < utf8.RuneSelf {
		return m, false, false
	}
	iso, isEra := EraDate(s)
	if !isEra {
		return m, false, false
	}
	year, month, day, rest, ok := cutISO(iso, '-')
	if ok {
		m, ok = finish(year, month, day, rest)
	}
	return m, true, ok
}

// parseTicks reads the milliseconds since 1970 within /Date(…)/.
func parseTicks(s string) (m Moment, ok bool) {
	s, ok = strings.CutSuffix(s, ")/")
	if at := strings.LastIndexAny(s, "+-"); at > 0 {
		if len(s)-at != len("+0100") || !isDigits(s[at+1:]) {
			return m, false
		}
		s = s[:at]
	}
	millis, err := strconv.ParseInt(s, 10, 64)
	const perDay, first, end = microsPerDay / 1000, -30_610_224_000_000, 253_402_300_800_000 // years 1000 to 9999
	if !ok || err != nil || millis < first || millis >= end {
		return m, false
	}
	m.Days = millis / perDay
	if millis%perDay < 0 {
		m.Days--
	}
	m.Micros = (millis - m.Days*perDay) * 1000
	m.HasTime, m.HasOffset = true, true
	return m, true
}

// Years of the Buddhist era, as Thailand writes them, lie 543 before those of
// the common one. A layout says so: "dd/mm/yyyy be".
const (
	buddhistEra      = " be"
	buddhistYears    = 543
	earliestBuddhist = 2400 // 1857
	latestBuddhist   = 2700
)

// yearOf is the common year of one that is written in the layout's era; 0,
// which is none, where it can't be of that.
func (l Layout) yearOf(year int) int {
	switch {
	case !l.buddhist:
		return year
	case year < earliestBuddhist || year > latestBuddhist:
		return 0
	}
	return year - buddhistYears
}

// finish checks a date of the layout's era and reads what follows it.
func (l Layout) finish(year, month, day int, rest string) (Moment, bool) {
	return finish(l.yearOf(year), month, day, rest)
}
