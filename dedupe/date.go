package dedupe

import "time"

// date is year<<16 | month<<8 | day; 0 = missing.
type date uint32

func dateOfDays(days int32) date {
	year, month, day := time.Unix(int64(days)*86400, 0).UTC().Date()
	if year < 1 || year > 9999 {
		return 0
	}
	return date(year<<16 | int(month)<<8 | day)
}

func (d date) year() int  { return int(d >> 16) }
func (d date) month() int { return int(d >> 8 & 0xFF) }
func (d date) day() int   { return int(d & 0xFF) }

// dateNumbers is one more than the greatest number of a date.
const dateNumbers = 10_000 * 12 * 31

// number counts dates without gaps worth speaking of; 0 = missing.
func (d date) number() int {
	if d == 0 {
		return 0
	}
	return (d.year()*12+d.month()-1)*31 + d.day() - 1
}

// dateNumbered is the date of a number.
func dateNumbered(n int) date {
	if n == 0 {
		return 0
	}
	return date(n/(12*31)<<16 | (n/31%12+1)<<8 | (n%31 + 1))
}
