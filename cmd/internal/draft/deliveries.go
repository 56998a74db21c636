package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// delivery says how a feed is delivered, and what tells.
type delivery struct {
	mode      schemas.Delivery
	partition string // as in the contract: what a snapshot is the whole of, "" = the feed
	why       string
	cursor    string // column of a database table
}

// Shares of the keys of one delivery that come again in the next.
const (
	wholeAgain = .8 // the whole is delivered
	someAgain  = .02
	fewAgain   = .25 // of those of a list that is the whole each time more come again
)

func (d *drafter) findDeliveries() {
	for _, f := range d.feeds {
		f.delivery = d.findDelivery(f)
		if f.isOneOfMonths() {
			d.report.Notes = append(d.report.Notes, f.name+": each workbook is taken for the whole list, what a later one lacks for deleted; if one holds the rows of its time alone, write delivery: append")
		}
	}
}

// isOneOfMonths says whether one workbook is there to look at, whose name tells
// its day or period and whose rows have no key: nothing shows whether the next
// one tells of the same things.
func (f *feed) isOneOfMonths() bool {
	return f.format() == "excel" && f.delivery.mode == schemas.Snapshot && len(f.parts) == 1 && f.parts[0].drop.date.text != "" && f.root().key.hash
}

func (d *drafter) findDelivery(f *feed) delivery {
	t := f.root()
	isEvent := slices.Contains(eventEntities(), t.entity().Name)
	drops := 0
	for _, p := range f.parts {
		if p.surveys[0].Rows > 0 {
			drops++
		}
	}
	isUndated := f.parts[0].drop.table == "" && f.parts[0].drop.date.text == ""
	switch {
	case t.log != nil && isUndated:
		return delivery{mode: schemas.Snapshot, partition: "file", why: "rows are added to a log, and corrected: each file is the whole of its own rows"}
	case drops == 1 && isUndated && t.isSale() && (t.key.hash || !t.key.exists()) && !t.key.parent:
		if !t.key.exists() {
			t.key = tableKey{hash: true, why: "no column names a row: its text does"}
		}
		return delivery{mode: schemas.Snapshot, partition: "file", why: "its rows are named by their text, and the file's name tells no day: a row that is corrected would count twice if the file were not the whole of its own rows; write append if it holds what is new alone"}
	case !t.key.exists():
		return delivery{mode: schemas.Append, why: "no column names its rows, so nothing could be matched with an earlier delivery"}
	case t.key.hash && (f.format() == "excel" || !isEvent && !t.key.parent && f.lieSideBySide()):
		return d.listDelivery(f, t)
	case t.key.hash && !t.key.parent && isUndated && (isPursuit(t) || t.isAppointments()):
		return delivery{mode: schemas.Snapshot, partition: "file", why: "its rows are named by their text, and change as they get on: each file is the whole of its own rows"}
	case t.key.hash && !t.key.parent:
		return delivery{mode: schemas.Append, why: "its rows are named by their text alone"}
	case (f.parts[0].drop.query != "" || len(f.parts[0].drop.with) > 0) && !t.key.repeats:
		return delivery{mode: schemas.Snapshot, why: "each delivery is the whole: what another table says of its rows changes without them"}
	case f.parts[0].drop.table != "":
		return f.tableDelivery(t, d.versionOf(t))
	case drops == 1 && isUndated && !t.key.repeats && !t.key.parent && (f.format() == "excel" || isPursuit(t)):
		return delivery{mode: schemas.Snapshot, why: "a list that somebody keeps, whose name tells no day: each delivery is the whole, and what it lacks was deleted; write delta if it holds what is new alone"}
	case drops == 1 && isUndated && !t.key.repeats && !t.key.parent && !isRecord(t):
		return delivery{mode: schemas.Snapshot, why: "the file is overwritten, for its name tells no day: each delivery is the whole, and what it lacks was deleted (a run stops where that is most of the rows, or the oldest); write delta if it holds what is new or changed alone"}
	case drops == 1:
		return delivery{mode: schemas.Delta, why: "one delivery is there to look at: rows are matched by key and none is taken for deleted; write snapshot if each delivery is the whole"}
	}
	again, pairs := f.keysAgain(t)
	switch {
	case pairs == 0:
		return delivery{mode: schemas.Delta, why: "its deliveries can't be compared"}
	case again >= wholeAgain && isEvent && f.grows() == 0:
		return delivery{mode: schemas.Delta, why: "the same rows were delivered twice, and none beside them: sent again rather than the whole"}
	case again >= wholeAgain:
		return delivery{mode: schemas.Snapshot, why: fmt.Sprintf("%s of the keys of a delivery come again in the next: each is the whole", percent(again))}
	case again < someAgain && isEvent && d.versionOf(t) == nil:
		return delivery{mode: schemas.Append, why: "no key comes again in the next delivery, and its rows are events"}
	}
	return delivery{mode: schemas.Delta, why: fmt.Sprintf("%s of the keys of a delivery come again in the next: changed rows", percent(again))}
}

// isSale says whether each row of a table is an amount of its own that was sold
// or paid.
func (t *table) isSale() bool {
	isMoney := slices.Contains([]string{"order", "order_line", "invoice", "invoice_line", "payment", "refund"}, t.entity().Name)
	return isMoney && t.path == "" && t.led == nil && len(t.feed.tables) == 1
}

// isAppointments says whether the rows are appointments, whose outcome somebody
// writes down later.
func (t *table) isAppointments() bool {
	return t.entity().Name == "activity" && t.byField("outcome") != nil
}

// isRecord says whether the rows tell what happened or held at a time, of which
// who writes them keeps the last alone; money that was booked stays.
func isRecord(t *table) bool {
	name := t.entity().Name
	isMoney := slices.Contains([]string{"payment", "refund", "order_line"}, name)
	return !isMoney && slices.Contains(eventEntities(), name) || slices.Contains([]string{"exchange_rate", "inventory", "profitability", "target"}, name)
}

// eventEntities are those whose rows never change.
func eventEntities() []string {
	return []string{"activity", "stage_event", "web_event", "payment", "refund", "campaign_member", "campaign_spend", "survey_response", "consent", "order_line"}
}

// tableDelivery pulls what changed where a column tells.
func (f *feed) tableDelivery(t *table, c *columnDraft) delivery {
	if c != nil && c.profile.Filled == t.survey.Rows && isSortable(c.profile) {
		return delivery{mode: schemas.Delta, cursor: c.profile.Name, why: fmt.Sprintf("%q grows with each change: only rows that changed are pulled", c.profile.Name)}
	}
	if t.key.repeats {
		return delivery{mode: schemas.Delta, why: "keys come again when rows change"}
	}
	return delivery{mode: schemas.Snapshot, why: "each pull is the whole table"}
}

// isSortable says whether texts of a column sort as their moments do.
func isSortable(p *recognise.Profile) bool {
	n := p.Deep.Numbers
	return p.Dates.Sortable() == p.Filled || n.Seconds == p.Filled || n.Millis == p.Filled
}

// grows counts the deliveries that have more rows than the one before.
func (f *feed) grows() int {
	n := 0
	for i := 1; i < len(f.parts); i++ {
		if before := f.parts[i-1].surveys[0].Rows; before > 0 && f.parts[i].surveys[0].Rows > before {
			n++
		}
	}
	return n
}

// keysAgain is the part of a delivery's keys that the next one has too, over
// all deliveries that differ.
func (f *feed) keysAgain(t *table) (share float64, pairs int) {
	if t.key.hash || t.key.parent {
		return 0, 0
	}
	sum := 0.0
	for i := 1; i < len(t.key.tuples); i++ {
		sum += float64(t.key.tuples[i-1].Within(t.key.tuples[i])) / float64(len(t.key.tuples[i-1]))
		pairs++
	}
	if pairs > 0 {
		return sum / float64(pairs), pairs
	}
	return f.valuesAgain(t, t.key.columns[0].profile.Name)
}

// isOfItsOwn says whether deliveries whose rows have no key hold other rows each
// time: a sheet a month.
func (f *feed) isOfItsOwn(t *table) bool {
	telling := t.telling()
	if telling == nil {
		return false
	}
	again, pairs := f.valuesAgain(t, telling.Name)
	return pairs > 0 && again < fewAgain
}

// valuesAgain is the part of a column's values in one delivery that the next
// one has too, over all deliveries that differ.
func (f *feed) valuesAgain(t *table, name string) (share float64, pairs int) {
	sum := 0.0
	var before *recognise.Profile
	for _, p := range f.parts {
		at := slices.IndexFunc(p.surveys, func(s *recognise.Survey) bool { return s.Path == t.path })
		if at < 0 {
			continue
		}
		c := p.surveys[at].Column(name)
		if c == nil || c.Deep.Distinct() == 0 {
			continue
		}
		if before != nil {
			sum += float64(before.Deep.Within(c.Deep)) / float64(before.Deep.Distinct())
			pairs++
		}
		before = c
	}
	return sum / float64(max(pairs, 1)), pairs
}
