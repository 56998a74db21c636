package transform

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// readValue reads one delivered text into the column's cell; false = it is no
// value. k is the column's index.
func (r *run) readValue(k int, c *column, raw string) bool {
	text := raw
	plain := r.ascii || isASCII(raw)
	if plain {
		text = trimASCII(raw)
	} else {
		if !utf8.ValidString(raw) {
			r.fault(c, "encoding", "the text is not valid UTF-8", "")
			return false
		}
		text = Text(raw)
	}
	if text == "" || c.nulls != nil && c.nulls[text] {
		return false
	}
	if !plain && (c.kind == kindDecimal || c.kind == kindRate || c.kind == kindInteger) {
		if strings.HasPrefix(strings.TrimLeftFunc(raw, unicode.IsSpace), softHyphen) {
			r.fault(c, "type.number", "it begins with a soft hyphen, which may have been a minus: write - or nothing", raw)
			return false
		}
	}
	if c.hasText {
		text = r.checkText(c, text)
	}
	if c.kind == kindText {
		if c.isCode && isShortened(text) {
			r.fault(c, "text.shortened", "a spreadsheet has shortened a long number: its last digits are lost", text)
			return false
		}
		if r.plan.tables.isCellError(text) {
			r.fault(c, "excel.error", "the text is the error that a cell of a spreadsheet showed instead of a value", text)
			return false
		}
		if c.isCode {
			return r.readCode(k, c, text)
		}
		return r.readText(k, c, r.prefix+text)
	}
	v, ok := r.readTyped(k, c, text)
	if !ok {
		return false
	}
	if c.bounds != nil {
		r.checkBounds(c, v, text)
	}
	if c.isText {
		r.cells[c.slot] = cell{text: r.canonical(c, v, text), num: v, ok: true}
	} else {
		r.cells[c.slot] = cell{num: v, ok: true}
	}
	return true
}

// softHyphen is invisible, and a minus in some exports.
const softHyphen = "\u00ad"

// isShortened knows numbers of many digits as spreadsheets show and export
// them: 4.91701E+12.
func isShortened(text string) bool {
	n := len(text)
	return n > 4 && text[n-4] == 'E' && text[n-3] == '+' && shortened.MatchString(text)
}

var shortened = regexp.MustCompile(`^\d([.,]\d+)?E\+\d\d$`)

// checkText checks the rules on the text and puts the canonical word in its
// place.
func (r *run) checkText(c *column, text string) string {
	if c.prop.MinLen > 0 || c.prop.MaxLen > 0 {
		n := utf8.RuneCountInString(text)
		if n < c.prop.MinLen || c.prop.MaxLen > 0 && n > c.prop.MaxLen {
			r.fault(c, "length", lengthReason(c), text)
		}
	}
	if c.prop.Pattern != nil && !c.prop.Pattern.MatchString(text) {
		r.fault(c, "pattern", "does not match "+c.prop.Pattern.String(), text)
	}
	word := text
	if c.prop.Matches != nil {
		return strconv.FormatBool(c.prop.Matches.MatchString(text))
	}
	if c.words != nil {
		word = c.word(text)
	}
	if c.allowed != nil && !c.allowed[text] && !c.allowed[word] {
		r.fault(c, "allowed", "is none of the valid values"+c.shownAllowed(), text)
	}
	return word
}

// shownAllowed lists the valid values where they are few and short.
func (c *column) shownAllowed() string {
	const most, longest = 8, 100
	list := strings.Join(c.prop.Allowed, ", ")
	if len(c.prop.Allowed) > most || len(list) > longest {
		return ""
	}
	return ": " + list
}

func lengthReason(c *column) string {
	s := "needs at least " + strconv.Itoa(c.prop.MinLen) + " characters"
	if c.prop.MaxLen > 0 {
		s += " and at most " + strconv.Itoa(c.prop.MaxLen)
	}
	return s
}

func (r *run) checkBounds(c *column, v int64, text string) {
	for _, b := range c.bounds {
		if !b.test(v, b.limit) {
			r.fault(c, "range", "must be "+b.text, text)
			return
		}
	}
}

// readTyped reads everything but text into the unit of the column's kind.
func (r *run) readTyped(k int, c *column, text string) (int64, bool) {
	switch c.kind {
	case kindInteger:
		v, f := r.plan.tables.ParseInteger(text, c.marks)
		if f == FaultRange {
			r.fault(c, string(f), "the number is larger than 64 bits hold", text)
			return 0, false
		}
		if f != "" {
			r.fault(c, string(f), "expected a whole number", text)
			return 0, false
		}
		return v, true
	case kindDecimal:
		return r.readDecimal(c, text)
	case kindRate:
		return r.readRate(c, text)
	case kindBool:
		v, known := r.plan.tables.Bool(text)
		if !known {
			r.fault(c, string(FaultBool), "expected a word for true or false", text)
			return 0, false
		}
		if v {
			return 1, true
		}
		return 0, true
	default:
		return r.readMoment(k, c, text)
	}
}

// readMoment reads a date (days) or timestamp (µs UTC). The same text often
// comes again in the next row.
func (r *run) readMoment(k int, c *column, text string) (int64, bool) {
	isSerial := c.prop.Unit == "excel_days"
	if c.prop.Unit != "" && !isSerial {
		if v, ok := r.readEpoch(c, text); ok {
			return v, true
		}
	}
	memo := &r.memos[k]
	if !memo.used || memo.last != text {
		if memo.moment, memo.good = c.layout.Parse(text); !memo.good && isSerial {
			memo.moment, memo.good = r.plan.tables.serialDay(text, c.marks)
		}
		memo.last, memo.used = text, true
	}
	if memo.good && c.kind == kindDate && c.prop.Logical != "timestamp" && r.zone.hasClock(memo.moment) {
		r.fault(c, string(FaultDate), "has a time of day that a date would lose; deliver the date alone, or say logicalType: timestamp", text)
		return 0, false
	}
	if memo.good && memo.moment.Cut {
		r.keep(c.prop.Name+"_delivered", text) // microseconds are what is kept of a moment
	}
	switch {
	case memo.good && c.kind == kindDate && c.prop.Logical != "timestamp" && memo.moment.Micros == 0:
		return memo.moment.Days, true // midnight of whatever offset is how programs write that day
	case memo.good && c.kind == kindDate:
		return r.zone.localDay(memo.moment), true
	case memo.good:
		micros, isThere := r.zone.utc(memo.moment)
		if !isThere {
			r.fault(c, string(FaultTimestamp), "the clocks of "+r.zone.location.String()+" left this time out when they were put forward; deliver it with its offset, or set the time zone of the locale", text)
		}
		return micros, isThere
	case c.layout.exceedsMonth(text):
		rule := FaultTimestamp
		if c.kind == kindDate {
			rule = FaultDate
		}
		r.fault(c, string(rule), "the day does not exist: its month is shorter", text)
	case c.kind == kindDate:
		r.fault(c, string(FaultDate), orNoValue("expected a date that exists, written "+c.layout.String(), text), text)
	default:
		r.fault(c, string(FaultTimestamp), orNoValue("expected a moment that exists, written "+c.layout.String(), text), text)
	}
	return 0, false
}

// OrNoValue ends the reason for which a text is refused that may mean that there
// is no value.
const OrNoValue = ", or no value"

// orNoValue adds to a reason what it takes where a text has no digit but
// zeros: that mostly says that there is no value.
func orNoValue(reason, text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r != '0' && unicode.IsDigit(r) }) {
		return reason
	}
	return reason + OrNoValue
}

// The years 1000 to 9999 in µs since 1970.
const (
	firstMicro = -30_610_224_000 * microsPerSecond
	lastMicro  = 253_402_300_800 * microsPerSecond
)

func (r *run) readEpoch(c *column, text string) (int64, bool) {
	if c.prop.Unit == "epoch_us" { // sixteen digits and four decimals are too many for a decimal
		micros, err := strconv.ParseInt(text, 10, 64)
		return r.dayOrMoment(c, micros, err == nil)
	}
	v, f := r.plan.tables.ParseDecimal(text, Marks{Decimal: '.', Machine: true}, 0)
	if f != "" {
		return 0, false
	}
	micros := v / 10 // milliseconds × 10^4
	if c.prop.Unit == "epoch_s" {
		if v > lastMicro/100 || v < firstMicro/100 {
			return 0, false
		}
		micros = v * 100
	}
	return r.dayOrMoment(c, micros, true)
}

// dayOrMoment takes microseconds since 1970 for what the column holds.
func (r *run) dayOrMoment(c *column, micros int64, ok bool) (int64, bool) {
	if !ok || micros < firstMicro || micros >= lastMicro {
		return 0, false
	}
	if c.kind == kindDate {
		return r.zone.localDay(Moment{Days: floorDiv(micros, microsPerDay), Micros: micros - floorDiv(micros, microsPerDay)*microsPerDay, HasOffset: true}), true
	}
	return micros, true
}

// canonical writes a typed value that travels as text.
func (r *run) canonical(c *column, v int64, text string) string {
	switch c.kind {
	case kindInteger:
		if written, ok := plainInteger(text); ok && written == v && (len(text) == 1 || text[0] != '0' && text[0] != '-') {
			return text
		}
		return strconv.FormatInt(v, 10)
	case kindDecimal:
		if _, f := r.plan.tables.ParseDecimal(text, c.marks, 0); f == FaultScale || f == FaultRange {
			return text
		}
		return decimalText(v)
	case kindBool:
		return strconv.FormatBool(v == 1)
	case kindDate:
		return time.Unix(v*86_400, 0).UTC().Format("2006-01-02")
	default:
		return time.UnixMicro(v).UTC().Format("2006-01-02T15:04:05.999999Z")
	}
}

// decimalText writes a value × 10^4 without needless zeros.
func decimalText(v int64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	text := strconv.FormatInt(v/powers[moneyPlaces], 10)
	places := v % powers[moneyPlaces]
	if places == 0 {
		return sign + text
	}
	decimals := strconv.FormatInt(places+powers[moneyPlaces], 10)[1:]
	for decimals[len(decimals)-1] == '0' {
		decimals = decimals[:len(decimals)-1]
	}
	return sign + text + "." + decimals
}
