package transform

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Dates with the name of their month are read in every language of the table
// of months, whatever stands between their parts: "12. März 2024", "3 janv.
// 2024", "12 de março de 2024", "March 12, 2024", "12-MAR-24".

// The parts of such a date.
const (
	dayPart   = 'd'
	monthPart = 'm'
	yearPart  = 'y'
)

// namedOrder reads the name of such a layout: "d month yyyy", "month d yyyy",
// "yyyy month d". Commas, points and strokes in it say nothing.
func namedOrder(name string) (parts string, ok bool) {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune(" ,.-/", r) })
	for _, w := range words {
		part := map[string]rune{"d": dayPart, "dd": dayPart, "month": monthPart, "yyyy": yearPart}[w]
		if part == 0 {
			return "", false
		}
		parts += string(part)
	}
	return parts, slices.Contains([]string{"dmy", "mdy", "ymd"}, parts)
}

// parseNamed reads a date whose parts come in the layout's order.
func (l Layout) parseNamed(s string) (Moment, bool) {
	year, month, day := 0, 0, 0
	for i, part := range l.parts {
		if i > 0 {
			s = l.words.cutJoint(s)
		}
		var ok bool
		switch part {
		case dayPart:
			day, s, ok = cutDay(s)
		case monthPart:
			month, s, ok = l.words.cutMonth(s)
		case yearPart:
			year, s, ok = l.cutYear(s)
		}
		if !ok {
			return Moment{}, false
		}
	}
	return l.finish(year, month, day, l.words.cutTail(s))
}

// cutDay cuts one or two digits and the ending of an ordinal.
func cutDay(s string) (day int, rest string, ok bool) {
	day, i := smallNumber(s, 0)
	rest = s[i:]
	for _, ending := range []string{"st", "nd", "rd", "th", "er", "º", "ª"} {
		if after, cut := cutFold(rest, ending); cut && !startsWithLetter(after) {
			rest = after
			break
		}
	}
	return day, rest, i > 0 && !startsWithDigit(rest)
}

// cutYear cuts four digits, or two where the layout says what they mean.
func (l Layout) cutYear(s string) (year int, rest string, ok bool) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	switch {
	case n == 4:
		return number(s[:n]), s[n:], true
	case n == 2 && l.latest > 0:
		return l.century(number(s[:n])), s[n:], true
	}
	return 0, s, false
}

// dateWords are what dates may be written with.
type dateWords struct {
	months map[string]int  // by folded name
	joints map[string]bool // stand between day, month and year: de
	tails  map[string]bool // stand behind the year: r., or before the time: um
}

func (w *dateWords) fill(rows map[string][][]string) error {
	w.months, w.joints, w.tails = map[string]int{}, map[string]bool{}, map[string]bool{}
	for _, r := range rows["months"] {
		month, err := strconv.Atoi(r[0])
		if err != nil {
			return fmt.Errorf("read month %s: %w", r[0], err)
		}
		for _, name := range strings.Fields(r[1]) {
			w.months[foldWord(name)] = month
		}
	}
	for _, r := range rows["date_words"] {
		switch kind := r[1]; kind {
		case "joint":
			w.joints[foldWord(r[0])] = true
		case "tail":
			w.tails[foldWord(r[0])] = true
		default:
			return fmt.Errorf("word %s of dates is a %q, want joint or tail", r[0], kind)
		}
	}
	return nil
}

// Month is the month that a name or its abbreviation stands for, 0 where it is
// none. Case and accents do not matter.
func (t *Tables) Month(name string) int { return t.dateWords.months[foldWord(name)] }

// IsDateWord says whether a word may stand in a date beside day, month and
// year: "12 de março", "2024 r.".
func (t *Tables) IsDateWord(word string) bool {
	key := foldWord(word)
	return t.dateWords.joints[key] || t.dateWords.tails[key]
}

// cutJoint cuts what stands between two parts.
func (w *dateWords) cutJoint(s string) string {
	for {
		before := s
		s = strings.TrimLeft(s, " \u00a0\u202f.,-/'’")
		if word, rest := cutWord(s); w.joints[foldWord(word)] {
			s = rest
		}
		if s == before {
			return s
		}
	}
}

// cutMonth cuts the name of a month.
func (w *dateWords) cutMonth(s string) (month int, rest string, ok bool) {
	word, rest := cutWord(s)
	month = w.months[foldWord(word)]
	return month, rest, month > 0
}

// cutTail cuts what may stand between the year and a time of day, or at the
// end.
func (w *dateWords) cutTail(s string) string {
	rest := strings.TrimLeft(s, " .,")
	if word, after := cutWord(rest); w.tails[foldWord(word)] {
		rest = strings.TrimLeft(after, " .,")
	}
	if after, ok := strings.CutPrefix(rest, ":"); ok { // 05JAN2026:13:45:00
		rest = after
	}
	switch {
	case rest == "":
		return ""
	case len(rest) < len(s) && startsWithDigit(rest):
		return " " + rest
	}
	return s
}

// cutWord cuts letters off the front.
func cutWord(s string) (word, rest string) {
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
	if n < 0 {
		n = len(s)
	}
	return s[:n], s[n:]
}

func cutFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && unicode.IsLetter(r)
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
