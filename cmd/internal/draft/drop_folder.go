package draft

import (
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"loadstar/schemas"
	"loadstar/transform"
)

// partition is what the folders of a drop say of its day or period: 2026/01/15,
// 2026-01, year=2026/month=1, KW05_2026.
type partition struct {
	folders string   // as they are called, "" = none says anything
	plain   string   // the other folders
	globs   []string // of each folder; "" = as it is called
	date    nameDate // no text where they tell no more than a year
	seller  int      // which of the folders, from 1, is called after a sales person; 0 = none
}

// Forms of dates whose parts are folders of their own.
var (
	foldersOfDays     = nameForm{layouts: []string{"ymd"}}
	foldersOfMonths   = nameForm{layouts: []string{"ym"}}
	foldersOfNames    = nameForm{layouts: []string{schemas.PeriodMonth}}
	foldersOfWeeks    = nameForm{layouts: []string{schemas.PeriodWeek}}
	foldersOfQuarters = nameForm{layouts: []string{schemas.PeriodQuarter}}
)

// dateFolder parts "month=01": the words are those that people and tools call
// such folders by.
var dateFolder = regexp.MustCompile(`(?i)^((?:year|yyyy|y|jahr|année|annee|anno|año|ano|month|mm|m|monat|mois|mese|mes|day|dd|d|tag|jour|giorno|dia|día|date|dt|ds|datum|week|quarter)=)(.+)$`)

var (
	yearFolder    = regexp.MustCompile(`^` + yearDigits + `$`)
	monthFolder   = regexp.MustCompile(`^(?:0?[1-9]|1[0-2])$`)
	dayFolder     = regexp.MustCompile(`^(?:0?[1-9]|[12]\d|3[01])$`)
	weekFolder    = regexp.MustCompile(`(?i)^` + weekWords + `[-_ ]?\d{1,2}$`)
	quarterFolder = regexp.MustCompile(`(?i)^` + quarterWords + `[-_ ]?[1-4]$`)
)

// partitionOf looks at the folders below the one that was given.
func partitionOf(folder string, words *transform.Tables) partition {
	if folder == "" {
		return partition{}
	}
	names := strings.Split(folder, "/")
	p := partition{globs: make([]string, len(names))}
	for i := range names {
		if n := p.take(names[i:], p.globs[i:], words); n > 0 {
			p.folders = strings.Join(names[i:i+n], "/")
			p.plain = path.Join(append(slices.Clone(names[:i]), names[i+n:]...)...)
			return p
		}
	}
	p.plain = folder
	return p
}

// take reads a date at the beginning of names and returns how many of them it
// is written in; their globs go to globs.
func (p *partition) take(names, globs []string, words *transform.Tables) int {
	value := func(i int) (key, value string) {
		if i >= len(names) {
			return "", ""
		}
		if m := dateFolder.FindStringSubmatch(names[i]); m != nil {
			return m[1], m[2]
		}
		return "", names[i]
	}
	key, first := value(0)
	if d := findNameDate(first, words); d.whole == first && first != "" {
		at := slices.IndexFunc(d.form.layouts, func(order string) bool { return !d.end(order, words).IsZero() })
		p.date = d
		p.date.place = `/` + regexp.QuoteMeta(key) + d.pattern(d.form.layouts[at]) + `/`
		globs[0] = key + d.glob()
		return 1
	}
	if !yearFolder.MatchString(first) {
		return 0
	}
	text, place := []string{first}, `/`+regexp.QuoteMeta(key)+`(\d{4})/`
	globs[0] = key + "[0-9]*"
	add := func(i int, key, value, form, glob string) {
		text, place = append(text, value), place+regexp.QuoteMeta(key)+`(`+form+`)/`
		globs[i] = key + glob
	}
	secondKey, second := value(1)
	thirdKey, third := value(2)
	switch {
	case monthFolder.MatchString(second):
		add(1, secondKey, second, `\d{1,2}`, "[0-9]*")
		p.date.form = &foldersOfMonths
		if dayFolder.MatchString(third) {
			add(2, thirdKey, third, `\d{1,2}`, "[0-9]*")
			p.date.form = &foldersOfDays
		}
	case words.Month(second) > 0:
		add(1, secondKey, second, `[\p{L}\p{M}]+`, "*")
		p.date.form = &foldersOfNames
	case weekFolder.MatchString(second):
		add(1, secondKey, second, `[A-Za-z]+[-_ ]?\d{1,2}`, "*[0-9]*")
		p.date.form = &foldersOfWeeks
	case quarterFolder.MatchString(second):
		add(1, secondKey, second, `[A-Za-z]+[-_ ]?[1-4]`, "*[0-9]*")
		p.date.form = &foldersOfQuarters
	default:
		return 1
	}
	p.date.text = strings.Join(text, "-")
	p.date.whole, p.date.place = p.date.text, place
	return len(text)
}

// folderName is what the folder that the drop stands in is called, above those
// of its partition.
func (d *drop) folderName() string {
	full, err := filepath.Abs(d.path)
	if err != nil {
		full = d.path
	}
	folder := filepath.ToSlash(filepath.Dir(full))
	return path.Base(strings.TrimSuffix(strings.TrimSuffix(folder, d.partition.folders), "/"))
}

// globFolder is the folder of a drop as a pattern names it and those of its
// other days.
func (d *drop) globFolder() string {
	folder := path.Dir(d.rel)
	if d.partition.folders == "" {
		return folder
	}
	names := strings.Split(folder, "/")
	last := names[len(names)-len(d.partition.globs):]
	for i, glob := range d.partition.globs {
		if glob != "" {
			last[i] = glob
		}
	}
	return path.Join(names...)
}
