package draft

import (
	"math"
	"slices"
	"strings"
)

// ends counts the deals of a table that have ended, by how they did.
type ends struct{ won, lost int }

func (e ends) all() int { return e.won + e.lost }

// nearly says whether a column is filled on as many rows as have ended so.
func (e ends) nearly(c *columnDraft, count, rows int) bool {
	const apart = .02 // of the rows
	return count > 0 && count < rows && math.Abs(float64(count-c.profile.Filled)) <= apart*float64(rows)
}

// endsOf counts by the column that tells of most of them.
func (d *drafter) endsOf(t *table) ends {
	var most ends
	for _, c := range t.order {
		_, isOutcome := d.outcomes(c)
		if !isOutcome && (c.field == nil || c.field.Field.Name != "status") {
			continue
		}
		var e ends
		for _, v := range c.profile.Sample() {
			switch word := d.judge.Tables.Word("opportunity", "status", v.Text); {
			case word == "won":
				e.won += v.Count
			case d.isEnd(v.Text):
				e.lost += v.Count
			}
		}
		if e.all() > most.all() {
			most = e
		}
	}
	return most
}

// findClosings finds what deals say of their end in columns that are filled
// where they have ended, and only there: when they were closed, perhaps in a
// column for each kind of end, and what they were worth then.
func (d *drafter) findClosings() {
	d.eachTable(func(f *feed, t *table) {
		if t.entity().Name != "opportunity" || f.shipped != nil {
			return
		}
		e := d.endsOf(t)
		if c := t.byField("expected_close_date"); c != nil && t.byField("closed_at") == nil && e.nearly(c, e.all(), t.survey.Rows) {
			t.setField(c, "closed_at", "it is filled where a deal has ended, and only there")
		}
		d.joinCloseDates(t, e)
		d.joinAmounts(t, e)
	})
}

// joinCloseDates reads the moment of the end from all columns that tell one.
func (d *drafter) joinCloseDates(t *table, e ends) {
	first := t.byField("closed_at")
	for _, c := range t.order {
		if c == first || c.field != nil || c.party != nil || c.profile.DateShare() < datePart || !d.tellsEnd(t, c, e) {
			continue
		}
		if first == nil {
			first = c
			t.setField(c, "closed_at", "it is filled where a deal has ended so, and only there")
		} else {
			first.others = append(first.others, c)
		}
	}
}

// tellsEnd says whether a column is called as an end, and filled on the rows
// that have ended so.
func (d *drafter) tellsEnd(t *table, c *columnDraft, e ends) bool {
	rows, name := t.survey.Rows, c.profile.Name
	if d.judge.Tables.SaysOver(name) {
		return e.nearly(c, e.all(), rows) || e.nearly(c, e.won, rows)
	}
	switch d.judge.Tables.StageInHeader(name, t.entity().Name) {
	case "won":
		return e.nearly(c, e.won, rows)
	case "lost", "lost to competitor", "no decision":
		return e.nearly(c, e.lost, rows)
	}
	return false
}

// joinAmounts takes what a deal brought before what was expected of it, where a
// second amount is told of deals that have ended alone. 0 is what lost ones
// brought, not what they were worth.
func (d *drafter) joinAmounts(t *table, e ends) {
	expected := t.byField("amount")
	if expected == nil {
		return
	}
	rows := t.survey.Rows
	isOfEnded := func(c *columnDraft) bool { return e.nearly(c, e.won, rows) || e.nearly(c, e.all(), rows) }
	at := slices.IndexFunc(t.order, func(c *columnDraft) bool {
		isFree := c != expected && c.field == nil && c.party == nil && c.profile.DateShare() < datePart
		isAmount := isFree && c.profile.Filled > 0 && c.profile.Deep.Numbers.Numbers == c.profile.Filled && d.judge.Tables.MayMean(c.profile.Says(), "opportunity", "amount")
		return isAmount && (c.profile.Filled < expected.profile.Filled && isOfEnded(c) || c.profile.Filled > expected.profile.Filled && isOfEnded(expected))
	})
	if at < 0 {
		return
	}
	actual := t.order[at]
	if actual.profile.Filled > expected.profile.Filled {
		actual, expected = expected, actual
	}
	expected.field = nil
	t.setField(actual, "amount", "it is filled where a deal has ended; before, the other amount counts")
	actual.others = []*columnDraft{expected}
	if e.nearly(actual, e.all(), rows) {
		for _, v := range actual.profile.Sample() {
			if strings.Trim(v.Text, "0.,") == "" {
				actual.notTold = append(actual.notTold, v.Raw)
			}
		}
	}
}
