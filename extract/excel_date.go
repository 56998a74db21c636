package extract

import (
	"math"
	"strconv"
	"time"
)

// dateSystem is how a workbook counts days.
type dateSystem uint8

const (
	system1900 dateSystem = iota // day 1 is 1900-01-01, day 60 the 1900-02-29 that never was
	system1904                   // day 0 is 1904-01-01
)

const (
	dayMillis  = 24 * 60 * 60 * 1000
	lastSerial = 2958465 // 9999-12-31 in system1900
	leapSerial = 60
	offset1904 = 1462 // days from the start of system1900 to that of system1904
)

// styleKind is what the number format of a cell shows.
type styleKind uint8

const (
	styleNumber  styleKind = iota
	styleDate              // a date, perhaps with the time of day
	styleTime              // a time of day only
	stylePercent           // a hundred times the number, with a percent sign
	stylePadded            // a whole number with zeros before it; those above are wider by a digit each
)

// appendSerial appends a date, timestamp (to the millisecond) or time of day
// in ISO form. ok is false where serial is outside the calendar: Excel then
// shows no date either.
func appendSerial(to []byte, serial float64, kind styleKind, system dateSystem) (text []byte, ok bool) {
	if !(serial >= 0) || serial > lastSerial+1 {
		return to, false
	}
	millis := int64(math.Round(serial * dayMillis))
	day, clock := millis/dayMillis, millis%dayMillis
	if kind == styleTime && day == 0 {
		return appendClock(to, clock), true
	}
	if system == system1904 {
		day += offset1904
	} else if day == 0 {
		return to, false
	}
	if day > lastSerial {
		return to, false
	}
	to = appendDay(to, day)
	if clock == 0 {
		return to, true
	}
	return appendClock(append(to, 'T'), clock), true
}

// appendDay appends the date of a day of system1900.
func appendDay(to []byte, day int64) []byte {
	if day == leapSerial {
		return append(to, "1900-02-29"...)
	}
	if day > leapSerial {
		day--
	}
	const daysToUnix = 25568 // from 1899-12-31 to 1970-01-01
	year, month, date := time.Unix((day-daysToUnix)*24*60*60, 0).UTC().Date()
	to = appendTwo(appendTwo(to, int64(year/100)), int64(year%100))
	to = appendTwo(append(to, '-'), int64(month))
	return appendTwo(append(to, '-'), int64(date))
}

func appendClock(to []byte, millis int64) []byte {
	to = appendTwo(to, millis/3_600_000)
	to = appendTwo(append(to, ':'), millis/60_000%60)
	to = appendTwo(append(to, ':'), millis/1000%60)
	if rest := millis % 1000; rest != 0 {
		to = append(to, '.', byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10))
	}
	return to
}

func appendTwo(to []byte, n int64) []byte { return append(to, byte('0'+n/10), byte('0'+n%10)) }

// appendDateCell appends the text of a number cell with a date style.
func appendDateCell(to, raw []byte, kind styleKind, system dateSystem) (text []byte, ok bool) {
	if len(raw) <= 32 {
		if serial, err := strconv.ParseFloat(string(raw), 64); err == nil {
			if text, ok := appendSerial(to, serial, kind, system); ok {
				return text, true
			}
		}
	}
	return appendCellNumber(to, raw)
}
