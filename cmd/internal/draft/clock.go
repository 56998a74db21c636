package draft

import (
	"regexp"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// clock is a time of day as exports write it in a column of its own.
var clock = regexp.MustCompile(`^\d{1,2}:\d{2}(:\d{2}(\.\d{1,6})?)?( ?[AaPp][Mm])?$`)

// timeOf is the column with the time of day of a column of dates, nil where
// there is none: the one whose header has most words in common, or the only one
// beside the only dates.
func (t *table) timeOf(c *columnDraft) *columnDraft {
	isBare := func(c *columnDraft) bool {
		return c.field != nil && c.field.Field.Type == schemas.Timestamp && c.unit == "" && c.profile.Filled > 0 && c.profile.Deep.Timed == 0
	}
	if !isBare(c) {
		return nil
	}
	dates := 0
	var times []*columnDraft
	for _, o := range t.order {
		if isBare(o) {
			dates++
		}
		if o.field == nil && o.party == nil && o.profile.Filled > 0 && o.profile.Share(clock.MatchString) == 1 {
			times = append(times, o)
		}
	}
	common := func(o *columnDraft) int {
		of, n := recognise.HeaderTokens(c.profile.Says()), 0
		for _, w := range recognise.HeaderTokens(o.profile.Says()) {
			if slices.Contains(of, w) {
				n++
			}
		}
		return n
	}
	var best *columnDraft
	most := 0
	for _, o := range times {
		switch n := common(o); {
		case n > most:
			best, most = o, n
		case n == most:
			best = nil
		}
	}
	if best == nil && most == 0 && len(times) == 1 && dates == 1 {
		return times[0]
	}
	return best
}
