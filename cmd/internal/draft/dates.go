package draft

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
	"loadstar/transform"
)

// layoutNames are the ways to write dates that contracts know, the commonest
// first. Those in pairs differ by which of day and month comes first. latest
// is the last year that two digits can mean.
func layoutNames(latest int) []string {
	names := []string{
		"iso", "dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "dd-mm-yyyy", "mm-dd-yyyy", "mm.dd.yyyy", "yyyy/mm/dd", "yyyy.mm.dd", "yyyymmdd",
		"d month yyyy", "month d yyyy", "yyyy month d", "Mon, 2 Jan 2006", "Mon Jan 2 2006",
		"Mon, 02 Jan 2006 15:04:05 -0700", "Mon, 02 Jan 2006 15:04:05 MST", "Mon Jan _2 15:04:05 MST 2006", "Mon Jan _2 15:04:05 2006", "Mon Jan 02 2006 15:04:05 GMT-0700", "Monday, January 2, 2006", "2006. 1. 2.",
		"20060102 150405", "20060102150405", "2006年1月2日", "2006년 1월 2일",
	}
	for _, short := range []string{"dd/mm/yy", "mm/dd/yy", "dd.mm.yy", "dd-mm-yy", "mm-dd-yy", "mm.dd.yy", "d month yy", "month d yy", "yy/mm/dd", "yy-mm-dd", "yy.mm.dd"} {
		names = append(names, short+" to "+strconv.Itoa(latest))
	}
	return names
}

// twin is the layout with the month first that only days above 12 tell from
// one with the day first; "" where there is none.
func twin(dayFirst string) string {
	if len(dayFirst) > len("dd/mm/") && dayFirst[:2] == "dd" && dayFirst[3:5] == "mm" {
		return "mm" + dayFirst[2:3] + "dd" + dayFirst[5:]
	}
	return ""
}

// Years of two digits: a birth lies before today, other dates may lie some
// years ahead.
const yearsAhead = 10

// latestYear is the last year that two digits of a column can mean.
func (t *table) latestYear(c *columnDraft, now time.Time) int {
	for _, f := range []*recognise.FieldColumn{c.field, c.party} {
		if f != nil && f.Field.Name == "birth_date" {
			return now.Year()
		}
	}
	return now.Year() + yearsAhead
}

// datePart is the least part of a column's values that must be dates.
const datePart = .9

// findLayout finds how the dates of a column are written. ok is false where
// they are no dates that a contract can read.
func (c *columnDraft) findLayout(latest int) (ok bool) {
	sample := c.profile.Sample()
	all := 0
	for _, v := range sample {
		all += v.Count
	}
	best, most := "", 0
	for _, name := range layoutNames(latest) {
		layout, err := transform.ParseLayout(name)
		if err != nil {
			continue
		}
		read := 0
		for _, v := range sample {
			if _, ok := layout.Parse(v.Text); ok {
				read += v.Count
			}
		}
		if read > most {
			best, most = name, read
		}
	}
	if all == 0 || float64(most) < datePart*float64(all) {
		return false
	}
	best = inBuddhistYears(best, sample, most)
	c.layout = best
	c.layoutWhy = fmt.Sprintf("%s of its values can be read so", percent(float64(most)/float64(all)))
	for _, dayFirst := range layoutNames(latest) {
		if twin(dayFirst) == best {
			c.layout = dayFirst
		}
	}
	if yearFirst := withYearFirst(best); yearFirst != "" && isYearFirst(sample, yearFirst, most, latest-yearsAhead) {
		c.layout, c.layoutWhy = yearFirst, "what stands in front is nearly the same in all of them, as years are"
		return true
	}
	c.decideTwin()
	return true
}

// inBuddhistYears is the layout that takes the years of the Buddhist era, where
// nearly all dates can be of that: years after 2400 are hardly meant otherwise.
func inBuddhistYears(name string, sample []recognise.Sampled, all int) string {
	layout, err := transform.ParseLayout(name + " be")
	if err != nil {
		return name
	}
	read := 0
	for _, v := range sample {
		if _, ok := layout.Parse(v.Text); ok {
			read += v.Count
		}
	}
	if float64(read) < datePart*float64(all) {
		return name
	}
	return name + " be"
}

// withYearFirst is the layout that reads the same texts with a year of two
// digits in front; "" where there is none.
func withYearFirst(layout string) string {
	if parts, _, ok := strings.Cut(layout, " to "); ok && len(parts) == len("dd/mm/yy") && strings.HasSuffix(parts, "yy") {
		return "yy" + parts[2:3] + "mm" + parts[2:3] + "dd" + layout[len(parts):]
	}
	return ""
}

// isYearFirst weighs whether 26/01/05 begins with the year, where all dates
// can be read so: years change less than days. Where that does not tell, the
// years that lie nearer to this one count.
func isYearFirst(sample []recognise.Sampled, name string, all, thisYear int) bool {
	layout, err := transform.ParseLayout(name)
	if err != nil {
		return false
	}
	read := 0
	front, back := map[string]bool{}, map[string]bool{}
	const end = len("26/01/05")
	for _, v := range sample {
		if _, ok := layout.Parse(v.Text); ok && len(v.Text) >= end {
			read += v.Count
			front[v.Text[:2]], back[v.Text[end-2:end]] = true, true
		}
	}
	if read < all || len(front) != len(back) {
		return read >= all && len(front) < len(back)
	}
	years := func(parts map[string]bool) (far int) {
		for part := range parts {
			year, _ := strconv.Atoi(part)
			year += thisYear - thisYear%100
			far = max(far, thisYear-year, year-thisYear)
		}
		return far
	}
	return years(front) < years(back)
}

// decideTwin weighs all rows where two layouts read the same texts.
func (c *columnDraft) decideTwin() {
	dayFirst, monthFirst := c.layout, twin(c.layout)
	if monthFirst == "" {
		return
	}
	days, months := c.profile.Dates.DayFirst(), c.profile.Dates.MonthFirst()
	switch {
	case days == 0 && months == 0 && strings.Contains(dayFirst, "."):
		c.layoutWhy = "dates with points have the day first"
	case days == months:
		c.openDate = true
	case days > months:
		c.layoutWhy = fmt.Sprintf("%d dates can only be read with the day first, %d with the month first", days, months)
	default:
		c.layout, c.layoutWhy = monthFirst, fmt.Sprintf("%d dates can only be read with the month first, %d with the day first", months, days)
	}
}

// findDates finds the layouts of a table's date columns; what is no date that
// can be read feeds no field.
func (t *table) findDates(now time.Time) {
	for _, c := range t.order {
		isMoment := func(f *recognise.FieldColumn) bool {
			return f != nil && (f.Field.Type == schemas.Date || f.Field.Type == schemas.Timestamp)
		}
		if !isMoment(c.field) && !isMoment(c.party) {
			t.findFreeDate(c, now)
			continue
		}
		n := c.profile.Deep.Numbers
		switch most := int(datePart * float64(c.profile.Filled)); {
		case c.profile.Filled == 0:
		case n.Seconds > most:
			c.unit = "epoch_s"
		case n.Millis > most:
			c.unit = "epoch_ms"
		case n.Micros > most:
			c.unit = "epoch_us"
		case n.Serials > most:
			c.unit = "excel_days"
		case c.profile.Deep.Longest < 4 || !c.findLayout(t.latestYear(c, now)):
			c.notTyped = "its dates are written in no way that a contract can read"
			if isMoment(c.field) && c.field.Sure >= sureHeader {
				c.lost = c.field.Field.Name
			}
			if isMoment(c.field) {
				c.field = nil
			}
			if isMoment(c.party) {
				c.party = nil
			}
		}
	}
}

// findFreeDate finds the layout of dates that feed no field.
func (t *table) findFreeDate(c *columnDraft, now time.Time) {
	if c.field != nil || c.party != nil || c.profile.Filled == 0 {
		return
	}
	switch n, most := c.profile.Deep.Numbers, int(datePart*float64(c.profile.Filled)); {
	case n.Seconds > most:
		c.unit = "epoch_s"
	case n.Millis > most:
		c.unit = "epoch_ms"
	case n.Micros > most:
		c.unit = "epoch_us"
	case c.profile.DateShare() >= datePart && !c.findLayout(t.latestYear(c, now)):
		c.layout = ""
	}
}

// closeDates decides open dates by columns that tell: of the same feed, then
// of the same system.
func (d *drafter) closeDates() {
	for _, f := range d.feeds {
		for _, near := range [][]*feed{{f}, d.ofSystem(f.system)} {
			f.eachColumn(func(_ *table, c *columnDraft) {
				if !c.openDate {
					return
				}
				for _, o := range near {
					o.eachColumn(func(_ *table, other *columnDraft) {
						isTwin := other.layout == twin(c.layout) || other.layout == c.layout
						if c.openDate && !other.openDate && isTwin && other.layoutWhy != "" {
							c.layout, c.openDate = other.layout, false
							c.layoutWhy = fmt.Sprintf("no date of its own tells; %q of %s is written so", other.profile.Name, o.name)
						}
					})
				}
			})
		}
	}
}

func (d *drafter) ofSystem(system string) []*feed {
	var list []*feed
	for _, f := range d.feeds {
		if f.system == system {
			list = append(list, f)
		}
	}
	return list
}

func (f *feed) eachColumn(visit func(t *table, c *columnDraft)) {
	for _, t := range f.tables {
		for _, c := range t.order {
			visit(t, c)
		}
	}
}

// feedLayout is the layout of most date columns of a feed; the others name
// theirs.
func (f *feed) feedLayout() string {
	count := map[string]int{}
	f.eachColumn(func(_ *table, c *columnDraft) {
		if c.layout != "" && !c.openDate && (c.field != nil || c.party != nil) {
			count[c.layout]++
		}
	})
	return most(count)
}

// openDates lists the columns whose dates nothing decides.
func (f *feed) openDates() []*columnDraft {
	var list []*columnDraft
	f.eachColumn(func(_ *table, c *columnDraft) {
		if c.openDate && (c.field != nil || c.party != nil) && !slices.Contains(list, c) {
			list = append(list, c)
		}
	})
	return list
}
