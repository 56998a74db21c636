package recognise

import (
	"regexp"
	"slices"
)

var clockTime = regexp.MustCompile(`^\d{1,2}[:.h]\d{2}`)

// IsCalendar says whether rows are events of a calendar: each begins and ends at
// a time of day, and says what it is or who takes part. What is priced is booked,
// and no such event.
func (j *Judge) IsCalendar(q Question) bool {
	subject := func(p *Profile) bool {
		return j.Tables.MayMean(p.Says(), "activity", "subject") || j.Tables.hasWord(p.Says(), j.Tables.business.invites)
	}
	return j.isTimed(q, j.Tables.business.begins) && j.isTimed(q, j.Tables.business.ends) &&
		slices.ContainsFunc(q.Columns, subject) && !j.isPriced(q)
}

// isTimed says whether columns whose headers hold one of some words tell a day
// and a time of day, in one or apart.
func (j *Judge) isTimed(q Question, words map[string]bool) bool {
	isDay, isClock := false, false
	for _, p := range q.Columns {
		if p.Filled == 0 || p.Deep == nil || !j.Tables.hasWord(p.Says(), words) {
			continue
		}
		const nearlyAll = .9
		dates := max(p.dateShare(), p.epochShare()) >= fitsField
		isDay = isDay || dates
		isClock = isClock || dates && float64(p.Deep.Timed) >= nearlyAll*float64(p.Filled) || p.share(clockTime.MatchString) >= fitsField
	}
	return isDay && isClock
}

// hasWord says whether a header holds one of some words.
func (t *WordTables) hasWord(header string, words map[string]bool) bool {
	return slices.ContainsFunc(HeaderTokens(header), func(w string) bool { return words[w] })
}
