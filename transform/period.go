package transform

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"loadstar/schemas"
)

// PeriodEnd reads the day, week, month, quarter or year that a text names, as
// names of files do, and returns its last moment in the zone; the moment itself
// where the layout tells a time of day. The layout is one of schemas.Periods,
// whose parts come in any order and with anything between them ("März 2026",
// "KW05_2026", "2026-Q1"), or one of Go's. Weeks are those of ISO 8601.
func (t *Tables) PeriodEnd(text, layout string, zone *time.Location) (time.Time, error) {
	if !schemas.IsPeriod(layout) {
		at, err := time.ParseInLocation(layout, text, zone)
		if err != nil {
			return time.Time{}, fmt.Errorf("%q does not fit layout %q", text, layout)
		}
		return endOf(at, layout), nil
	}
	p := t.periodParts(text)
	var begins, next time.Time
	isRight := p.year > 0
	switch layout {
	case schemas.PeriodDay:
		begins = time.Date(p.year, time.Month(p.month), p.number, 0, 0, 0, 0, zone)
		next = begins.AddDate(0, 0, 1)
		isRight = isRight && p.month > 0 && p.number > 0 && begins.Day() == p.number
	case schemas.PeriodMonth:
		next = time.Date(p.year, time.Month(p.month)+1, 1, 0, 0, 0, 0, zone)
		isRight = isRight && p.month > 0
	case schemas.PeriodQuarter:
		next = time.Date(p.year, time.Month(3*p.number+1), 1, 0, 0, 0, 0, zone)
		isRight = isRight && p.number >= 1 && p.number <= 4
	case schemas.PeriodWeek:
		begins = mondayOf(p.year, p.number, zone)
		next = begins.AddDate(0, 0, 7)
		year, week := begins.ISOWeek()
		isRight = isRight && year == p.year && week == p.number
	}
	if !isRight {
		return time.Time{}, fmt.Errorf("%q does not fit layout %q", text, layout)
	}
	return next.Add(-time.Microsecond), nil
}

// endOf is the last moment of the day, month or year that begins at at,
// whichever is the smallest thing that a layout of Go's tells; at itself where
// that is a time of day.
func endOf(at time.Time, layout string) time.Time {
	switch rest := strings.ReplaceAll(layout, "2006", ""); {
	case strings.ContainsAny(rest, "345"): // hours, minutes, seconds
		return at
	case strings.Contains(rest, "2"):
		at = at.AddDate(0, 0, 1)
	case strings.Contains(rest, "1"), strings.Contains(rest, "Jan"):
		at = at.AddDate(0, 1, 0)
	default:
		at = at.AddDate(1, 0, 0)
	}
	return at.Add(-time.Microsecond)
}

// mondayOf is the first day of a week: week 1 holds January 4.
func mondayOf(year, week int, zone *time.Location) time.Time {
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, zone)
	sinceMonday := (int(fourth.Weekday()) + 6) % 7
	return fourth.AddDate(0, 0, 7*(week-1)-sinceMonday)
}

// periodParts are the parts of a period in a text; 0 = not there.
type periodParts struct {
	year, month int
	number      int // of the day, the week or the quarter
}

func (t *Tables) periodParts(text string) (p periodParts) {
	for _, run := range runsOf(text) {
		switch n := len(run); {
		case !startsWithDigit(run):
			if month := t.Month(run); month > 0 {
				p.month = month
			}
		case n == 4:
			p.year = number(run)
		case n <= 2:
			p.number = number(run)
		}
	}
	return p
}

// runsOf are the words and the numbers of a text, in order.
func runsOf(text string) (runs []string) {
	kind := func(r rune) int {
		switch {
		case r >= '0' && r <= '9':
			return 1
		case unicode.IsLetter(r), unicode.IsMark(r):
			return 2
		}
		return 0
	}
	begin, last := 0, 0
	for i, r := range text {
		if k := kind(r); k != last {
			runs = append(runs, text[begin:i])
			begin, last = i, k
		}
	}
	runs = append(runs, text[begin:])
	return slices.DeleteFunc(runs, func(run string) bool {
		return strings.IndexFunc(run, func(r rune) bool { return kind(r) > 0 }) < 0
	})
}
