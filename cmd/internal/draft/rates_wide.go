package draft

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// wideRates is a table of exchange rates with a column for each currency.
type wideRates struct {
	on       string // column of the day
	columns  []rateColumn
	other    string // currency of all rates beside that of their column, "" = the company's
	isTold   bool   // name or header tells which way the rates are quoted
	isPer    bool   // they are units of the column's currency for one of the other
	evidence string
}

// rateColumn is a column whose header is a currency.
type rateColumn struct {
	name     string
	currency string
	median   int64 // ten-thousandths
}

// wideRatesOf knows tables of a day and of rates whose headers are currencies
// alone, nil where the table is another. The currency on the other side is told
// by the table's name ("fx_to_gbp", "usd_per_eur") or by a column that has the
// same on all rows.
func (d *drafter) wideRatesOf(f *feed, t *table) *wideRates {
	w := &wideRates{}
	for _, p := range t.survey.Columns {
		code := d.currencyHeader(p.Name)
		switch {
		case p.Filled == 0:
		case code != "" && p.Deep.Numbers.Numbers*10 >= p.Filled*9:
			w.columns = append(w.columns, rateColumn{p.Name, code, p.Median()})
		case p.DateShare() >= datePart && w.on == "" && p.Deep.Distinct() == t.survey.Rows:
			w.on = p.Name
		case p.Deep.Distinct() == 1 && d.currencyHeader(p.Sample()[0].Text) != "":
			w.other, w.evidence = d.currencyHeader(p.Sample()[0].Text), fmt.Sprintf("%q says so", p.Name)
		default:
			return nil
		}
	}
	if w.on == "" || len(w.columns) == 0 || t.path != "" {
		return nil
	}
	for _, name := range f.namesOf(t) {
		d.tellWay(w, name)
	}
	return w
}

// currencyHeader is the currency that is all of a text, "" where it is none.
func (d *drafter) currencyHeader(text string) string {
	const code = 3
	if text = strings.TrimSpace(text); len(text) != code || text != strings.ToUpper(text) {
		return ""
	}
	return d.judge.Clean.Currency(text, "")
}

// tellWay reads the other currency, and which way the rates are quoted, in a
// name: "to gbp" and "in gbp" are what one unit of each is in pounds, "per gbp"
// and "gbp to" how many of each one pound is.
func (d *drafter) tellWay(w *wideRates, name string) {
	words := recognise.HeaderTokens(name)
	for i, word := range words {
		code := d.currencyHeader(strings.ToUpper(word))
		if code == "" || w.other != "" && code != w.other {
			continue
		}
		before, after := "", ""
		if i > 0 {
			before = words[i-1]
		}
		if i+1 < len(words) {
			after = words[i+1]
		}
		isInto := slices.Contains([]string{"to", "in", "into"}, before)
		isPer := before == "per" || before == "base" || after == "to" || after == "base"
		w.other, w.evidence = code, fmt.Sprintf("%q says so", name)
		w.isTold, w.isPer = isInto != isPer, isPer
		return
	}
}

// settleRates decides the currency and the way of rates that nothing tells: the
// company's currency, and the way in which the rates are about what the
// currencies are worth. Where that fits neither way clearly, the table is left
// out.
func (d *drafter) settleRates() {
	for _, f := range d.feeds {
		for _, t := range f.tables {
			w := t.wide
			if w == nil || w.isTold {
				continue
			}
			if w.other == "" {
				w.other, w.evidence = d.company.Currency, "no name tells another than the company's"
			}
			if w.isPer, w.isTold = d.wayByWorth(w); w.isTold {
				w.evidence += "; the rates are about what the currencies are worth"
			}
		}
	}
	d.feeds = slices.DeleteFunc(d.feeds, func(f *feed) bool {
		isOpen := slices.ContainsFunc(f.tables, func(t *table) bool { return t.wide != nil && !t.wide.isTold })
		if isOpen {
			d.left(f.parts[0].place(), "its rates stand in a column for each currency, and nothing tells which way they are quoted: call the file as rates_to_eur or rates_per_eur")
		}
		return isOpen
	})
}

// wayByWorth compares the rates with what the currencies are worth.
func (d *drafter) wayByWorth(w *wideRates) (isPer, isClear bool) {
	const near, apart = .5, .25 // logarithms: rates move by half in years, and the two ways must differ by more than a quarter
	const one = 10000           // in ten-thousandths
	own := d.judge.Tables.Worth(w.other)
	into, per, n := 0.0, 0.0, 0.0
	for _, c := range w.columns {
		worth := d.judge.Tables.Worth(c.currency)
		if c.currency == w.other || own == 0 || worth == 0 || c.median == 0 {
			continue
		}
		rate := float64(c.median) / one
		into += math.Abs(math.Log(rate * own / worth))
		per += math.Abs(math.Log(rate * worth / own))
		n++
	}
	if n == 0 {
		return false, false
	}
	into, per = into/n, per/n
	return per < into, min(into, per) < near && math.Abs(into-per) > apart
}

// rateObjects makes an object of each column of rates.
func (d *drafter) rateObjects(t *table) []objectText {
	w := t.wide
	var objects []objectText
	for _, c := range w.columns {
		if c.currency == w.other {
			continue // one of it is one
		}
		from, to := c.currency, w.other
		if w.isPer {
			from, to = to, from
		}
		o := objectText{name: strings.ToLower(c.currency) + "_rates", entity: t.entity().Name, why: "a column holds the rates of each currency", when: []string{c.name}}
		day := d.property(t, t.columns[w.on], t.columns[w.on].field)
		day.field, day.key, day.required = "rate_on", 1, true
		o.add(day)
		o.add(propertyText{name: "from_currency_code", field: "from_currency_code", constant: from, key: 2, why: w.evidence})
		o.add(propertyText{name: "to_currency_code", field: "to_currency_code", constant: to, key: 3, why: w.evidence})
		rate := d.property(t, t.columns[c.name], t.columns[c.name].field)
		rate.field, rate.logical, rate.required, rate.why = "rate", "number", true, fmt.Sprintf("its header is a currency, and one %s is so many %s", from, to)
		o.add(rate)
		objects = append(objects, o)
	}
	return objects
}

// readAsRates takes a table for one of exchange rates with a column for each
// currency.
func (d *drafter) readAsRates(f *feed, t *table) bool {
	if f.shipped != nil || t.path != "" {
		return false
	}
	w := d.wideRatesOf(f, t)
	entity, err := schemas.EntityNamed("exchange_rate")
	if w == nil || err != nil {
		return false
	}
	t.wide = w
	t.verdict = d.judge.As(entity, recognise.Question{Names: f.namesOf(t), Columns: t.survey.Columns})
	t.setColumns()
	return true
}
