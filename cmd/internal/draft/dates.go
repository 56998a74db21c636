package draft

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
	"loadstar/transform"
)

// layoutNames are the ways to write dates that contracts know, the commonest
// first. Those in pairs differ by which of day and month comes first.
func layoutNames() []string {
	return []string{
		"iso", "dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "dd-mm-yyyy", "mm-dd-yyyy", "mm.dd.yyyy", "yyyy/mm/dd", "yyyy.mm.dd", "yyyymmdd",
		"2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "2-Jan-2006", "Jan 2 2006", "Mon, 2 Jan 2006", "Mon Jan 2 2006",
		"2/1/2006 3:04 PM", "1/2/2006 3:04 PM", "2/1/2006 3:04:05 PM", "1/2/2006 3:04:05 PM", "Jan 2, 2006 3:04 PM", "2 Jan 2006 15:04",
		"Mon, 02 Jan 2006 15:04:05 -0700", "Mon, 02 Jan 2006 15:04:05 MST", "20060102 150405", "20060102150405",
	}
}

// twins are layouts that only days above 12 tell apart.
func twins() map[string]string {
	return map[string]string{
		"dd/mm/yyyy": "mm/dd/yyyy", "dd.mm.yyyy": "mm.dd.yyyy", "dd-mm-yyyy": "mm-dd-yyyy",
		"2/1/2006 3:04 PM": "1/2/2006 3:04 PM", "2/1/2006 3:04:05 PM": "1/2/2006 3:04:05 PM",
	}
}

// datePart is the least part of a column's values that must be dates.
const datePart = .9

// findLayout finds how the dates of a column are written. ok is false where
// they are no dates that a contract can read.
func (c *columnDraft) findLayout() (ok bool) {
	sample := c.profile.Sample()
	all := 0
	for _, v := range sample {
		all += v.Count
	}
	best, most := "", 0
	for _, name := range layoutNames() {
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
	c.layout = best
	c.layoutWhy = fmt.Sprintf("%s of its values can be read so", percent(float64(most)/float64(all)))
	c.decideTwin()
	return true
}

// decideTwin weighs all rows where two layouts read the same texts.
func (c *columnDraft) decideTwin() {
	for dayFirst, monthFirst := range twins() {
		if c.layout != dayFirst && c.layout != monthFirst {
			continue
		}
		days, months := c.profile.Dates.DayFirst(), c.profile.Dates.MonthFirst()
		switch {
		case days == 0 && months == 0 && strings.Contains(dayFirst, "."):
			c.layout, c.layoutWhy = dayFirst, "dates with points have the day first"
		case days == months:
			c.layout, c.openDate = dayFirst, true
		case days > months:
			c.layout, c.layoutWhy = dayFirst, fmt.Sprintf("%d dates can only be read with the day first, %d with the month first", days, months)
		default:
			c.layout, c.layoutWhy = monthFirst, fmt.Sprintf("%d dates can only be read with the month first, %d with the day first", months, days)
		}
		return
	}
}

// findDates finds the layouts of a table's date columns; what is no date that
// can be read feeds no field.
func (t *table) findDates() {
	for _, c := range t.order {
		isMoment := func(f *recognise.FieldColumn) bool {
			return f != nil && (f.Field.Type == schemas.Date || f.Field.Type == schemas.Timestamp)
		}
		if !isMoment(c.field) && !isMoment(c.party) {
			t.findFreeDate(c)
			continue
		}
		n := c.profile.Deep.Numbers
		switch most := int(datePart * float64(c.profile.Filled)); {
		case c.profile.Filled == 0:
		case n.Seconds > most:
			c.unit = "epoch_s"
		case n.Millis > most:
			c.unit = "epoch_ms"
		case c.profile.Deep.Longest < 4 || !c.findLayout():
			c.notTyped = "its dates are written in no way that a contract can read"
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
func (t *table) findFreeDate(c *columnDraft) {
	if c.field != nil || c.party != nil || c.profile.Filled == 0 {
		return
	}
	switch n, most := c.profile.Deep.Numbers, int(datePart*float64(c.profile.Filled)); {
	case n.Seconds > most:
		c.unit = "epoch_s"
	case n.Millis > most:
		c.unit = "epoch_ms"
	case c.profile.DateShare() >= datePart && !c.findLayout():
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
						isTwin := other.layout == twins()[c.layout] || other.layout == c.layout
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
	best := ""
	for _, name := range layoutNames() {
		if count[name] > count[best] {
			best = name
		}
	}
	return best
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
