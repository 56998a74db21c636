package draft

import (
	"context"
	"regexp"
	"strings"
)

func regexpText(s string) string { return regexp.QuoteMeta(s) }

// settle asks what the samples do not tell; what stays open becomes a marked
// line.
func (d *drafter) settle(context.Context) error {
	if d.o.Ask == nil {
		return nil
	}
	for _, f := range d.drafted() {
		if err := d.askDates(f); err != nil {
			return err
		}
		if err := d.askMarks(f); err != nil {
			return err
		}
		if err := d.askWhole(f); err != nil {
			return err
		}
	}
	d.closeDates()
	for _, f := range d.feeds {
		f.locale.date = f.feedLayout()
	}
	return nil
}

// askDates asks once for each way in which dates of a feed are open.
func (d *drafter) askDates(f *feed) error {
	for {
		open := f.openDates()
		if len(open) == 0 {
			return nil
		}
		first := open[0]
		var same []*columnDraft
		for _, c := range open {
			if c.layout == first.layout {
				same = append(same, c)
			}
		}
		text, _, _ := strings.Cut(dateQuestion(same), " No date")
		answer, answered, err := d.o.Ask(Question{
			Feed: f.name, Text: text,
			Answers: []string{first.layout + " (the day first)", twin(first.layout) + " (the month first)"},
			Seen:    seenValues(first), Likely: d.likelyOrder(),
		})
		if err != nil || !answered {
			return err
		}
		d.report.Asked++
		for _, c := range same {
			if answer == 1 {
				c.layout = twin(c.layout)
			}
			c.openDate, c.layoutWhy = false, "answered when the contract was drafted"
		}
	}
}

// likelyOrder leans to the month first where the feeds are of the United
// States.
func (d *drafter) likelyOrder() int {
	if d.company.Country == "US" {
		return 1
	}
	return 0
}

func (d *drafter) askMarks(f *feed) error {
	l := &f.locale
	if !l.openMarks {
		return nil
	}
	likely := 0
	if l.decimal == "," {
		likely = 1
	}
	answer, answered, err := d.o.Ask(Question{
		Feed: f.name, Text: "how are its numbers written?", Likely: likely,
		Answers: []string{"1,234.50: the point parts decimals", "1.234,50: the comma parts decimals"},
		Seen:    f.seenNumbers(),
	})
	if err != nil || !answered {
		return err
	}
	d.report.Asked++
	l.openMarks, l.whyMarks = false, "answered when the contract was drafted"
	if l.decimal, l.group = ".", ","; answer == 1 {
		l.decimal, l.group = ",", "."
	}
	return nil
}

// seenValues are a few values of a column, for the eyes of who is asked.
func seenValues(c *columnDraft) []string {
	const most = 3
	var values []string
	for _, v := range c.profile.Sample() {
		if len(values) < most {
			values = append(values, v.Text)
		}
	}
	return values
}

func (f *feed) seenNumbers() []string {
	var values []string
	f.eachColumn(func(_ *table, c *columnDraft) {
		if c.field != nil && c.profile.Deep.Numbers.Open > 0 && len(values) == 0 {
			values = seenValues(c)
		}
	})
	return values
}
