package draft

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"loadstar/cmd/internal/recognise"
	"loadstar/extract"
	"loadstar/schemas"
	"loadstar/transform"
)

// nameForm is a way in which names of files tell their day or period.
type nameForm struct {
	find    *regexp.Regexp // in a name without extensions; its groups are the date and, in some, the time of day behind it
	pattern string         // of the date in a contract, "" = by its digits
	layouts []string       // that may read it, the likelier first
	isShort bool           // its years have two digits: the rows must tell of that year
}

const (
	yearDigits   = `(?:19|20)\d{2}`
	monthDigits  = `(?:0[1-9]|1[0-2])`
	dayDigits    = `(?:0[1-9]|[12]\d|3[01])`
	smallDigits  = `(?:[0-2]?\d|3[01])`
	weekWords    = `(?:kw|cw|wk|w|week|woche|semaine|semana|settimana|uge|vecka|vko)`
	quarterWords = `(?:q|qtr|quarter|quartal|trimestre|kwartal|kvartal)`
	noDigit      = `(?:^|\D)`
	noLetter     = `(?:^|[^\p{L}\p{M}])`
	joint        = `[-_./, ]*`
)

// withTime is the order of a date with a time of day.
const withTime = "ymdhms"

// nameForms are tried in this order.
var nameForms = []nameForm{
	{
		find:    regexp.MustCompile(noDigit + `(` + yearDigits + `[-_.]?` + monthDigits + `[-_.]?` + dayDigits + `)([T _-]?\d{2}[-_.h]?\d{2}(?:[-_.m]?\d{2})?)?(?:\D|$)`),
		layouts: []string{withTime, "ymd"},
	},
	{
		find:    regexp.MustCompile(noDigit + `(` + smallDigits + `[-_.]` + smallDigits + `[-_.]` + yearDigits + `)(?:\D|$)`),
		layouts: []string{"dmy", "mdy"},
	},
	{
		find:    regexp.MustCompile(noDigit + `(\d{2}\d{2}` + yearDigits + `)(?:\D|$)`),
		layouts: []string{"dmy", "mdy"},
	},
	{
		find:    regexp.MustCompile(`((?:\d{1,2}` + joint + `)?[\p{L}\p{M}]{3,}` + joint + yearDigits + `)(?:\D|$)`),
		pattern: `((?:\d{1,2}` + joint + `)?[\p{L}\p{M}]{3,}` + joint + `\d{4})`,
		layouts: []string{schemas.PeriodDay, schemas.PeriodMonth},
	},
	{
		find:    regexp.MustCompile(noDigit + `(` + yearDigits + joint + `[\p{L}\p{M}]{3,}(?:` + joint + `\d{1,2})?)(?:\D|$)`),
		pattern: `(\d{4}` + joint + `[\p{L}\p{M}]{3,}(?:` + joint + `\d{1,2})?)`,
		layouts: []string{schemas.PeriodDay, schemas.PeriodMonth},
	},
	numberedForm(weekWords, schemas.PeriodWeek, false),
	numberedForm(weekWords, schemas.PeriodWeek, true),
	numberedForm(quarterWords, schemas.PeriodQuarter, false),
	numberedForm(quarterWords, schemas.PeriodQuarter, true),
	{
		find:    regexp.MustCompile(noDigit + `(` + yearDigits + `[-_.]` + monthDigits + `)(?:\D|$)`),
		layouts: []string{"ym"},
	},
	{
		find:    regexp.MustCompile(noDigit + `(` + monthDigits + `[-_.]` + yearDigits + `)(?:\D|$)`),
		layouts: []string{"my"},
	},
	{
		find:    regexp.MustCompile(noDigit + `(` + yearDigits + monthDigits + `)(?:\D|$)`),
		layouts: []string{"ym"},
	},
	{
		find:    regexp.MustCompile(noDigit + `(\d{2}[-_.]?` + monthDigits + `[-_.]?\d{2}|` + monthDigits + `[-_.]?\d{2}[-_.]?\d{2})(?:\D|$)`),
		layouts: []string{"ymd", "dmy", "mdy"}, isShort: true,
	},
}

// numberedForm is that of weeks and quarters.
func numberedForm(words, layout string, yearFirst bool) nameForm {
	number := words + `[-_ ]?\d{1,2}`
	if yearFirst {
		return nameForm{
			find:    regexp.MustCompile(`(?i)` + noDigit + `(` + yearDigits + `[-_ ]?` + number + `)(?:\D|$)`),
			pattern: `(\d{4}[-_ ]?[A-Za-z]+[-_ ]?\d{1,2})`, layouts: []string{layout},
		}
	}
	return nameForm{
		find:    regexp.MustCompile(`(?i)` + noLetter + `(` + number + joint + yearDigits + `)(?:\D|$)`),
		pattern: `([A-Za-z]+[-_ ]?\d{1,2}` + joint + `\d{4})`, layouts: []string{layout},
	}
}

// nameDate is the day or period in the name of a file.
type nameDate struct {
	text  string    // as written, "" = there is none
	whole string    // with the time of day behind it
	form  *nameForm // that found it
	place string    // of folders: where a contract finds it
}

// findNameDate looks for it in a name without extensions.
func findNameDate(stem string, words *transform.Tables) nameDate {
	for i := range nameForms {
		form := &nameForms[i]
		for _, found := range form.find.FindAllStringSubmatch(stem, -1) {
			d := nameDate{text: found[1], whole: strings.Join(found[1:], ""), form: form}
			if slices.ContainsFunc(form.layouts, func(layout string) bool { return !d.end(layout, words).IsZero() }) {
				return d
			}
		}
	}
	return nameDate{}
}

// written is what an order of the form reads.
func (d nameDate) written(order string) string {
	if order == withTime {
		return d.whole
	}
	return d.text
}

// end is the last moment of what the date names, zero where the order, one of
// its form's layouts, does not read it.
func (d nameDate) end(order string, words *transform.Tables) time.Time {
	if order == withTime && d.whole == d.text {
		return time.Time{}
	}
	at, err := words.PeriodEnd(d.written(order), d.layout(order), time.UTC)
	if err != nil {
		return time.Time{}
	}
	return at
}

// layout is how a contract writes one of the form's layouts.
func (d nameDate) layout(order string) string {
	mark := strings.IndexAny(d.text, "-_.")
	switch {
	case schemas.IsPeriod(order):
		return order
	case d.form == &foldersOfDays, d.form == &foldersOfMonths:
		return map[string]string{"ymd": "2006-1-2", "ym": "2006-1"}[order]
	case d.form.isShort:
		return asDigits(d.text, map[string]string{"ymd": "060102", "dmy": "020106", "mdy": "010206"}[order])
	case order[0] == 'y':
		return asDigits(d.written(order), "20060102150405")
	case mark < 0:
		return asDigits(d.text, map[string]string{"dmy": "02012006", "mdy": "01022006"}[order])
	case order == "mdy" && d.text[mark] == '_': // "_2" is something else to Go
		return "1_02_2006"
	}
	return strings.ReplaceAll(map[string]string{"dmy": "2-1-2006", "mdy": "1-2-2006", "my": "1-2006"}[order], "-", d.text[mark:mark+1])
}

// asDigits puts the digits of a layout in the place of a text's.
func asDigits(text, layout string) string {
	b := []byte(text)
	for i, at := 0, 0; i < len(b); i++ {
		if b[i] >= '0' && b[i] <= '9' {
			b[i] = layout[at]
			at++
		}
	}
	return string(b)
}

// isWorded says whether a word is part of the date.
func (d nameDate) isWorded() bool { return d.form != nil && d.form.pattern != "" }

// glob names such dates and, unlike "*", no text without a number.
func (d nameDate) glob() string {
	if d.isWorded() {
		return "*[0-9]*"
	}
	return "[0-9]*"
}

// pattern is the date as a contract finds it.
func (d nameDate) pattern(order string) string {
	if d.isWorded() {
		return d.form.pattern
	}
	text, isLoose := d.written(order), order[0] != 'y' && strings.ContainsAny(d.text, "-_.")
	var b strings.Builder
	for text != "" {
		n := len(text) - len(strings.TrimLeft(text, "0123456789"))
		switch {
		case n == 0:
			n = 1
			b.WriteString(regexp.QuoteMeta(text[:n]))
		case n <= 2 && isLoose:
			b.WriteString(`\d{1,2}`)
		default:
			fmt.Fprintf(&b, `\d{%d}`, n)
		}
		text = text[n:]
	}
	return "(" + b.String() + ")"
}

// nameLayout is the order of the first form that reads the dates of all parts,
// "" where none does. Where day or month may come first the feed's own dates
// tell.
func (f *feed) nameLayout(words *transform.Tables) string {
	first := f.parts[0].drop.date
	if first.text == "" {
		return ""
	}
	orders := slices.Clone(first.form.layouts)
	if f.locale.date == "mm/dd/yyyy" {
		slices.Reverse(orders)
	}
	for _, order := range orders {
		if !slices.ContainsFunc(f.parts, func(p *part) bool {
			d := p.drop.date
			return d.form != first.form || d.place != first.place || d.layout(order) != first.layout(order) || d.end(order, words).IsZero() ||
				first.form.isShort && !p.tellsYear(d.end(order, words).Year())
		}) {
			return order
		}
	}
	return ""
}

var yearIn = regexp.MustCompile(`(?:^|\D)(` + yearDigits + `)`)

// findYears notes the year of the newest dates in the rows of each part; where
// a part has no dates, of those that lie beside it.
func findYears(parts []*part) {
	beside := map[string]int{}
	for _, p := range parts {
		for _, s := range p.surveys {
			p.year = max(p.year, newestYear(s))
		}
		beside[p.drop.folder] = max(beside[p.drop.folder], p.year)
	}
	for _, p := range parts {
		if p.year == 0 {
			p.year = beside[p.drop.folder]
		}
	}
}

func newestYear(s *recognise.Survey) int {
	newest := 0
	for _, c := range s.Columns {
		if c.DateShare() < datePart {
			continue
		}
		for _, v := range c.Sample() {
			if found := yearIn.FindStringSubmatch(v.Text); found != nil {
				year, _ := strconv.Atoi(found[1])
				newest = max(newest, year)
			}
		}
	}
	return newest
}

// tellsYear says whether the newest dates of a part are of a year, or of the one
// before.
func (p *part) tellsYear(year int) bool { return p.year == year || p.year == year-1 }

// sortParts puts the deliveries of a feed in order: by what their names tell,
// or else as the names sort.
func (f *feed) sortParts(words *transform.Tables) {
	order := f.nameLayout(words)
	slices.SortStableFunc(f.parts, func(a, b *part) int {
		if order == "" {
			return extract.ComparePaths(a.drop.rel, b.drop.rel)
		}
		return cmp.Or(a.drop.date.end(order, words).Compare(b.drop.date.end(order, words)), extract.ComparePaths(a.drop.rel, b.drop.rel))
	})
}

// delivered is how a contract reads the day or period of a delivery out of the
// name of its file; "" where the names of all do not tell it alike. The month in
// the name of a plan is the one planned for, and may lie ahead.
func (f *feed) delivered(words *transform.Tables) (pattern, layout string) {
	order := f.nameLayout(words)
	isPlan := f.root().entity().Name == "target" && !strings.Contains(order, "d")
	if order == "" || isPlan {
		return "", ""
	}
	first := f.parts[0].drop.date
	if first.place != "" {
		return first.place, first.layout(order)
	}
	return first.pattern(order) + `[^/\\]*$`, first.layout(order)
}
