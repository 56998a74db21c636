package matchfile

import (
	"fmt"

	"loadstar/cmd/internal/recognise"
)

func (u *understanding) hasBirth() bool { return len(u.birth) > 0 || u.year != "" || u.age != "" }

// ageYear is the year that ages are counted back from: any does, for they are
// compared with one another alone.
const ageYear = 2000

// birthDates writes the birth date of a row as ISO, "" where there is none. A
// year without a day is its first one, which matching takes for a default.
func (r *reader) birthDates(c recognise.TextColumns) func(i int) string {
	if r.u.age != "" {
		value := c.Joined([]string{r.u.age})
		return func(i int) string {
			age, n := recognise.LeadingNumber(value(i))
			if n == 0 {
				return ""
			}
			return isoDate(ageYear+r.u.later-age, 1, 1)
		}
	}
	if r.u.year != "" {
		value := c.Joined([]string{r.u.year})
		return func(i int) string {
			year, n := recognise.LeadingNumber(value(i))
			if n == 0 {
				return ""
			}
			return isoDate(recognise.FullYear(year, n), 1, 1)
		}
	}
	if len(r.u.birth) == 1 {
		value := c.Joined(r.u.birth)
		last, iso := "", ""
		return func(i int) string {
			if v := value(i); v != last {
				last, iso = v, r.u.birthLayout.Iso(v)
			}
			return iso
		}
	}
	var parts []func(int) string
	for _, name := range r.u.birth {
		parts = append(parts, c.Joined([]string{name}))
	}
	return func(i int) string {
		year, n := recognise.LeadingNumber(parts[0](i))
		month, _ := recognise.LeadingNumber(parts[1](i))
		if named := r.tables.Month(parts[1](i)); named > 0 {
			month = named
		}
		day, _ := recognise.LeadingNumber(parts[2](i))
		return isoDate(recognise.FullYear(year, n), month, day)
	}
}

// isoDate writes a date, "" where there is no such day.
func isoDate(year, month, day int) string {
	d := recognise.DateText{Kind: recognise.DateYearFirst, Year: year, First: month, Second: day}
	if _, _, _, ok := (recognise.DateLayout{}).Read(d); !ok {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}
