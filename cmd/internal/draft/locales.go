package draft

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// locale is how a feed writes values, and what tells.
type locale struct {
	decimal, group string
	indian         bool // digits are grouped as lakhs and crores
	openMarks      bool // 1.234: thousands or decimals, nothing tells
	whyMarks       string
	country        string
	whyCountry     string
	currency       string
	whyCurrency    string
	sharedSign     string // beside the amounts, where several currencies have it
	date           string
}

// findLocales finds out how each feed writes dates and numbers, and of which
// country and currency it is.
func (d *drafter) findLocales() {
	for _, f := range d.feeds {
		for _, t := range f.tables {
			t.findDates(d.o.Now)
			t.findUnits(d.judge.Tables)
			t.namesOfEmployees()
		}
		f.findMarks()
		f.findCountry()
		f.findCurrency(d.judge)
	}
	d.findHundredths()
	d.closeDates()
	d.closeMarks()
	for _, f := range d.feeds {
		f.locale.date = f.feedLayout()
	}
}

// findMarks weighs all numbers of the feed that feed a field, or where none
// does the others.
func (f *feed) findMarks() {
	n := f.countNumbers(func(c *columnDraft) bool {
		return c.field != nil && (c.field.Field.Type == schemas.Decimal || c.field.Field.Type == schemas.Rate || c.field.Field.Type == schemas.Integer)
	})
	if n.Comma+n.Point+n.Lakh+n.Open == 0 { // amounts that feed no field are written alike
		n = f.countNumbers(func(c *columnDraft) bool {
			const nearlyAll = .95
			return c.field == nil && c.party == nil && float64(c.profile.Deep.Numbers.Numbers) >= nearlyAll*float64(max(c.profile.Filled, 1))
		})
		n.Open, n.OpenDot, n.Lakh = 0, 0, 0
	}
	l := &f.locale
	l.decimal = "."
	isText := f.format() == "csv" || f.format() == "fixed"
	switch {
	case n.Lakh > 0 && isText:
		l.group, l.indian = ",", true
		l.whyMarks = fmt.Sprintf("%d numbers are grouped as lakhs", n.Lakh)
	case n.Comma > n.Point, n.Comma > 0 && f.format() == "excel": // cells that are numbers have a point there whatever people write
		l.decimal, l.group = ",", "."
		l.whyMarks = fmt.Sprintf("%d numbers can only be read with a decimal comma, %d with a point", n.Comma, n.Point)
	case n.Point > 0 && isText:
		l.group = ","
		l.whyMarks = fmt.Sprintf("%d numbers can only be read with a decimal point, %d with a comma", n.Point, n.Comma)
	case n.Open > 0 && isText && f.isGrouped():
		l.decimal, l.group, l.whyMarks = ".", ",", "thousands are parted by commas: no number below 1,000 has any, and none has other decimals"
		if n.OpenDot*2 > n.Open {
			l.decimal, l.group, l.whyMarks = ",", ".", "thousands are parted by points: no number below 1.000 has any, and none has other decimals"
		}
	case n.Open > 0 && isText:
		l.openMarks = true
		if l.decimal, l.group = ".", ","; n.OpenDot*2 > n.Open {
			l.decimal, l.group = ",", "."
		}
	}
}

// countNumbers adds up how the numbers of some columns are written.
func (f *feed) countNumbers(counts func(*columnDraft) bool) (n recognise.NumberCounts) {
	f.eachColumn(func(_ *table, c *columnDraft) {
		if !counts(c) {
			return
		}
		n.Comma += c.profile.Deep.Numbers.Comma
		n.Point += c.profile.Deep.Numbers.Point
		n.Lakh += c.profile.Deep.Numbers.Lakh
		n.Open += c.profile.Deep.Numbers.Open
		n.OpenDot += c.profile.Deep.Numbers.OpenDot
	})
	return n
}

// isGrouped says whether marks that could part decimals group digits: numbers
// below a thousand stand beside them without any, which three decimals would
// not leave out, and none above a thousand does.
func (f *feed) isGrouped() bool {
	const enough = 20
	open, low, high := 0, 0, 0
	f.eachColumn(func(_ *table, c *columnDraft) {
		if c.field == nil || c.field.Field.Type != schemas.Decimal || c.profile.Deep.Numbers.Open == 0 {
			return
		}
		n := c.profile.Deep.Numbers
		open += n.Open
		high += n.Whole - n.Below
		low += n.Below
	})
	return open >= enough && high == 0 && low > 0
}

// opensWithPoints says whether most of the open numbers have points.
func (f *feed) opensWithPoints() bool {
	open, points := 0, 0
	f.eachColumn(func(_ *table, c *columnDraft) {
		open += c.profile.Deep.Numbers.Open
		points += c.profile.Deep.Numbers.OpenDot
	})
	return points*2 > open
}

// closeSheets has workbooks, and text parted by semicolons, without a number
// that tells its marks read those that come later as people write them in the
// country.
func (d *drafter) closeSheets() {
	for _, f := range d.feeds {
		country := cmp.Or(f.locale.country, d.company.Country)
		isOfPeople := f.format() == "excel" || f.format() == "csv" && f.parts[0].file.Dialect.Delimiter == ";"
		if l := &f.locale; isOfPeople && !l.openMarks && l.whyMarks == "" && d.judge.Tables.CountryOf("decimal", country) == "," {
			l.decimal, l.group = ",", "."
			l.whyMarks = fmt.Sprintf("no number tells its marks: those that come are read as people write them in %s", country)
		}
	}
}

// closeMarks decides open marks by the currency, which may have no decimals,
// then by the other feeds of the system.
func (d *drafter) closeMarks() {
	for _, f := range d.feeds {
		l := &f.locale
		currency := cmp.Or(l.currency, d.judge.Tables.CountryOf("money", l.country), d.company.Currency)
		switch digits := d.judge.Clean.MinorDigits(currency); {
		case !l.openMarks || currency == "":
		case digits == 0:
			f.closeByCurrency(fmt.Sprintf("amounts of %s have no decimals: the mark parts thousands", currency))
		case digits == 2 && f.hasSignedAmountsOnly():
			f.closeByCurrency(fmt.Sprintf("amounts of %s have two decimals, not three: the mark parts thousands", currency))
		}
		for _, o := range d.ofSystem(f.system) {
			if f.locale.openMarks && !o.locale.openMarks && o.locale.whyMarks != "" {
				f.locale.openMarks = false
				f.locale.decimal, f.locale.group = o.locale.decimal, o.locale.group
				f.locale.whyMarks = "as in " + o.name
			}
		}
	}
}

// closeByCurrency takes the mark of open numbers for one that parts thousands.
func (f *feed) closeByCurrency(why string) {
	l := &f.locale
	l.openMarks, l.whyMarks = false, why
	if l.decimal, l.group = ".", ","; f.opensWithPoints() {
		l.decimal, l.group = ",", "."
	}
}

// hasSignedAmountsOnly says whether open numbers stand beside the sign of a
// currency alone, enough of them and not as prices of a piece, which may be told
// in tenths of a cent.
func (f *feed) hasSignedAmountsOnly() bool {
	const enough, nearlyAll = 10, .95
	open, only := 0, true
	f.eachColumn(func(_ *table, c *columnDraft) {
		n := c.profile.Deep.Numbers
		if c.field == nil || n.Open == 0 {
			return
		}
		signed := 0
		for sign, count := range n.Symbols {
			if sign != "%" {
				signed += count
			}
		}
		isPrice := strings.HasSuffix(c.field.Field.Name, "_price")
		only = only && !isPrice && float64(signed) >= nearlyAll*float64(n.Numbers)
		open += n.Open
	})
	return only && open >= enough
}

func (f *feed) findCountry() {
	for _, t := range f.tables {
		if f.locale.country == "" {
			f.locale.country, f.locale.whyCountry = t.verdict.Country, t.verdict.CountryWhy
		}
	}
}

// findCurrency takes the commonest of a currency column, else of the signs
// beside the amounts, else of the headers.
func (f *feed) findCurrency(j *recognise.Judge) {
	count := map[string]int{}
	why := ""
	f.eachColumn(func(t *table, c *columnDraft) {
		switch {
		case c.field == nil:
		case c.field.Field.Name == "currency_code":
			for _, v := range c.profile.Sample() {
				count[j.Clean.Currency(v.Text, "")] += v.Count
			}
			why = fmt.Sprintf("most rows of %q say so", c.profile.Name)
		case c.field.Field.Type == schemas.Decimal:
			for sign, n := range c.profile.Deep.Numbers.Symbols {
				switch {
				case sign == "%":
				case isShared(sign):
					f.locale.sharedSign = sign
				default:
					count[j.Clean.Currency(sign, "")] += n
					why = "the amounts bear it"
				}
			}
			for _, w := range append(recognise.HeaderTokens(c.profile.Says()), signsIn(c.profile.Name)...) {
				if isShared(w) {
					f.locale.sharedSign = w
				} else if code := j.Clean.Currency(w, ""); code != "" && (len(w) >= 3 || w[0] >= utf8.RuneSelf) {
					count[code]++
					why = fmt.Sprintf("the header %q says so", c.profile.Name)
				}
			}
		}
	})
	delete(count, "")
	f.locale.currency, f.locale.whyCurrency = most(count), why
}

// signsIn lists the signs of currencies in a text: "Budget, ₽".
func signsIn(text string) (signs []string) {
	for _, r := range text {
		if unicode.Is(unicode.Sc, r) {
			signs = append(signs, string(r))
		}
	}
	return signs
}

// isShared knows the signs that several currencies have.
func isShared(sign string) bool {
	return slices.Contains([]string{"$", "¥", "￥", "kr", "kr."}, sign)
}

// closeCurrencies decides signs that several currencies share: that of the
// feed's country, or the company's.
func (d *drafter) closeCurrencies() {
	for _, f := range d.feeds {
		l := &f.locale
		if l.sharedSign == "" || l.currency != "" {
			continue
		}
		own := cmp.Or(d.judge.Tables.CountryOf("money", l.country), d.company.Currency)
		if l.currency = d.judge.Clean.Currency(l.sharedSign, own); l.currency != "" {
			l.whyCurrency = fmt.Sprintf("the amounts bear %q, which here is that of %s", l.sharedSign, l.currency)
		}
	}
}

// most is the key of the greatest count; of equal ones the first by name.
func most(count map[string]int) string {
	best := ""
	for _, key := range slices.Sorted(maps.Keys(count)) {
		if count[key] > count[best] {
			best = key
		}
	}
	return best
}

// namesOfEmployees tells sales people called by name from their ids.
func (t *table) namesOfEmployees() {
	c := t.byField("employee_id")
	if c == nil || t.byField("employee_name") != nil {
		return
	}
	if _, ok := t.entity().Field("employee_name"); !ok {
		return
	}
	if c.profile.Share(recognise.IsSeveralWords) >= .5 {
		t.setField(c, "employee_name", c.field.Why+"; its values are names")
	}
}

// findCompany sets what is the same for all feeds: what most rows speak for.
func (d *drafter) findCompany() {
	countries, currencies := map[string]int{}, map[string]int{}
	for _, f := range d.feeds {
		rows := f.root().survey.Rows
		if f.locale.country != "" {
			countries[f.locale.country] += rows
		}
		if f.locale.currency != "" {
			currencies[f.locale.currency] += rows
		}
	}
	c := &d.company
	if c.Country = d.o.Country; c.Country != "" {
		d.why["country"] = "--country"
	} else if c.Country = most(countries); c.Country != "" {
		d.why["country"] = fmt.Sprintf("told by feeds of %d rows of %d", countries[c.Country], sum(countries))
	}
	c.Currency = cmp.Or(most(currencies), d.judge.Tables.CountryOf("money", c.Country), d.signCurrency(), "EUR")
	d.why["currency"] = "nothing tells: correct it where it is wrong"
	if n := currencies[c.Currency]; n > 0 {
		d.why["currency"] = fmt.Sprintf("told by feeds of %d rows of %d", n, sum(currencies))
	} else if c.Country != "" {
		d.why["currency"] = "that of the country"
	}
	c.TimeZone = cmp.Or(d.judge.Tables.CountryOf("zone", c.Country), "UTC")
	d.why["time_zone"] = "nothing tells: times without an offset are read so"
	if c.TimeZone != "UTC" {
		d.why["time_zone"] = "that of the country; times without an offset are read so"
	}
}

// signCurrency is the usual currency of a sign that several share, "" where no
// amount bears one.
func (d *drafter) signCurrency() string {
	for _, f := range d.feeds {
		if sign := f.locale.sharedSign; sign != "" {
			return d.judge.Clean.Currency(sign, "")
		}
	}
	return ""
}

func sum(count map[string]int) int {
	n := 0
	for _, v := range count {
		n += v
	}
	return n
}

// companyName is the name of the project's folder.
func (d *drafter) companyName() string {
	if d.o.Company != "" {
		return d.o.Company
	}
	full, err := filepath.Abs(d.o.Dir)
	if err != nil {
		return d.o.Dir
	}
	return filepath.Base(full)
}
