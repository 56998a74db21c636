package transform

import (
	"strings"
	"time"
)

// readTime reads the time of day after a date: " 10:05", "T10:05:06.789Z",
// ", 9:05 PM", "T10:05+02:00".
func (m *Moment) readTime(s string) bool {
	s, ok := cutTimeMark(s)
	if !ok {
		return false
	}
	hour, i := smallNumber(s, 0)
	if i == 0 {
		return false
	}
	minute, second, fraction := 0, 0, int64(0)
	switch {
	case i == 2 && len(s) >= 4 && isDigits(s[:4]): // compact: 100506
		minute, i = number(s[2:4]), 4
		if len(s) >= 6 && isDigits(s[4:6]) {
			second, i = number(s[4:6]), 6
		}
	case i < len(s) && s[i] == ':':
		var ok bool
		if minute, i, ok = twoDigits(s, i+1); !ok {
			return false
		}
		if i < len(s) && s[i] == ':' {
			if second, i, ok = twoDigits(s, i+1); !ok {
				return false
			}
		}
	default:
		return false
	}
	if i < len(s) && (s[i] == '.' || s[i] == ',') {
		if fraction, i, m.Cut, ok = microsAfter(s, i+1); !ok {
			return false
		}
	}
	rest := strings.TrimLeft(s[i:], " ")
	hour, rest, ok = halfDay(hour, rest)
	if !ok || hour > 23 || minute > 59 || second > 59 {
		return false
	}
	m.HasTime = true
	m.Micros = int64(hour*3600+minute*60+second)*microsPerSecond + fraction
	return m.readOffset(rest)
}

func cutTimeMark(s string) (string, bool) {
	switch {
	case s[0] == 'T' || s[0] == 't':
		return s[1:], len(s) > 1
	case s[0] == ',' || s[0] == ' ':
		s = strings.TrimLeft(strings.TrimPrefix(s, ","), " ")
		return s, s != ""
	}
	return "", false
}

func twoDigits(s string, i int) (v, next int, ok bool) {
	v, next = smallNumber(s, i)
	return v, next, next == i+2
}

// microsAfter reads a fraction of a second of up to nine digits; cut says that
// there is more than microseconds hold.
func microsAfter(s string, i int) (micros int64, next int, cut, ok bool) {
	start := i
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		if i-start < 6 {
			micros = micros*10 + int64(s[i]-'0')
		} else {
			cut = cut || s[i] != '0'
		}
		i++
	}
	for n := i - start; n < 6; n++ {
		micros *= 10
	}
	return micros, i, cut, i > start && i-start <= 9
}

// halfDay reads AM and PM.
func halfDay(hour int, rest string) (int, string, bool) {
	if len(rest) < 2 || rest[1]|0x20 != 'm' || rest[0]|0x20 != 'a' && rest[0]|0x20 != 'p' {
		return hour, rest, true
	}
	if hour < 1 || hour > 12 {
		return 0, "", false
	}
	hour %= 12
	if rest[0]|0x20 == 'p' {
		hour += 12
	}
	return hour, strings.TrimLeft(rest[2:], " "), true
}

// readOffset reads "", "Z", "UTC", "CET", "+02:00", "+0200" or "+02".
func (m *Moment) readOffset(s string) bool {
	if s == "" || s == "z" {
		m.HasOffset = s != ""
		return true
	}
	if m.Offset, m.HasOffset = zoneOffset(s); m.HasOffset {
		return true
	}
	if s[0] != '+' && s[0] != '-' {
		return false
	}
	hours, minutes := s[1:], "00"
	if i := strings.IndexByte(hours, ':'); i >= 0 {
		hours, minutes = hours[:i], hours[i+1:]
	} else if len(hours) == 4 {
		hours, minutes = hours[:2], hours[2:]
	}
	if len(hours) != 2 || len(minutes) != 2 || !isDigits(hours) || !isDigits(minutes) || number(hours) > 14 || number(minutes) > 59 {
		return false
	}
	m.HasOffset = true
	m.Offset = int64(number(hours)*3600 + number(minutes)*60)
	if s[0] == '-' {
		m.Offset = -m.Offset
	}
	return true
}

// zone turns local times into UTC. It keeps the bounds of the last offset it
// met, so it belongs to one call.
type zone struct {
	location *time.Location
	from, to int64 // local seconds for which offset holds for sure
	offset   int64
}

// utc gives microseconds UTC of a moment. In the hour that autumn repeats the
// earlier one counts. isThere is false in the hour that spring leaves out: the
// clock never showed such a time; a day without a time of day that begins in it
// begins where the clock goes on.
func (z *zone) utc(m Moment) (micros int64, isThere bool) {
	if m.HasOffset {
		return m.Days*microsPerDay + m.Micros - m.Offset*microsPerSecond, true
	}
	local := m.Days*86_400 + m.Micros/microsPerSecond
	if local < z.from || local >= z.to {
		z.find(local)
	}
	if local < z.from || local >= z.to {
		seconds, isThere := z.slow(local)
		return seconds*microsPerSecond + m.Micros%microsPerSecond, isThere || !m.HasTime
	}
	return (local-z.offset)*microsPerSecond + m.Micros%microsPerSecond, true
}

const zoneMargin = 26 * 3600 // more than any change of offset

// find sets the bounds around a local second.
func (z *zone) find(local int64) {
	t := time.Unix(local, 0).In(z.location)
	_, offset := t.Zone()
	start, end := t.ZoneBounds()
	z.offset = int64(offset)
	z.from, z.to = -1<<62, 1<<62
	if !start.IsZero() {
		z.from = start.Unix() + zoneMargin
	}
	if !end.IsZero() {
		z.to = end.Unix() - zoneMargin
	}
}

// slow resolves a local second near a change of offset: the candidates are
// the offsets that hold a day before and a day after.
func (z *zone) slow(local int64) (seconds int64, isThere bool) {
	before := z.offsetAt(local - zoneMargin)
	after := z.offsetAt(local + zoneMargin)
	early := local - max(before, after) // the larger offset is the earlier moment
	late := local - min(before, after)
	if z.offsetAt(early) == max(before, after) {
		return early, true
	}
	if z.offsetAt(late) == min(before, after) {
		return late, true
	}
	return local - before, false // left out: read with the old offset, it shows as later
}

func (z *zone) offsetAt(unix int64) int64 {
	_, offset := time.Unix(unix, 0).In(z.location).Zone()
	return int64(offset)
}

// localDay gives the day of a moment in the zone.
func (z *zone) localDay(m Moment) int64 {
	if !m.HasOffset {
		return m.Days
	}
	seconds := m.Days*86_400 + m.Micros/microsPerSecond - m.Offset
	return floorDiv(seconds+z.offsetAt(seconds), 86_400)
}

// hasClock says whether a moment has a time of day in the zone.
func (z *zone) hasClock(m Moment) bool {
	if m.Cut {
		return true // less than a microsecond behind midnight is behind it
	}
	if m.Micros == 0 || !m.HasOffset {
		return m.Micros != 0
	}
	seconds := m.Days*86_400 + m.Micros/microsPerSecond - m.Offset
	return (seconds+z.offsetAt(seconds))%86_400 != 0 || m.Micros%microsPerSecond != 0
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
