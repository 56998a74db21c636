package recognise

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"loadstar/schemas"
)

// Shares of a column's values that must agree with a field of a business
// table: what does not is for the quarantine, and a run stops where it is
// much.
const fitsField = .9

// fitsField says whether the values of a column can be those of a field.
func (j *Judge) fitsField(f schemas.Field, p *Profile) (string, bool) {
	if p.Filled == 0 {
		return "no row has a value", true
	}
	if p.Deep != nil && p.Deep.Records > 0 || len(p.inner) > 0 {
		return "", false
	}
	need := func(what string, share, least float64) (string, bool) {
		return fmt.Sprintf("%s of its values %s", percent(share), what), share >= least
	}
	switch f.Type {
	case schemas.Decimal, schemas.Rate, schemas.Integer:
		isPercent := strings.HasSuffix(f.Name, "_percent")
		switch {
		case f.Name == "duration_minutes" && slices.ContainsFunc(HeaderTokens(p.Says()), j.Tables.isSecond):
			return "it counts seconds, or parts of them", false
		case p.isAnswer():
			return "its values are yes or no", false
		case p.isPercentage() && !isPercent:
			return "its values are percentages", false
		case f.Name == "discount_amount" && p.IsShareOfOne():
			return "its values are shares of one", false
		case f.Name == "discount_percent" && j.Tables.isFieldWord(p.Says(), "discount_amount") && !p.isPercentage() && !p.IsShareOfOne():
			return "nothing says that its values are percentages", false
		}
		return need("are numbers", p.numberShare(), fitsField)
	case schemas.Date, schemas.Timestamp:
		dates, moments, serials := p.dateShare(), p.epochShare(), p.SerialShare()
		why, ok := need("are dates", max(dates, moments, serials), fitsField)
		switch {
		case ok && moments > max(dates, serials):
			why = fmt.Sprintf("%s of its values are moments since 1970", percent(moments))
		case ok && serials > dates:
			why = fmt.Sprintf("%s of its values are days as spreadsheets count them: 46024 is 2026-01-02", percent(serials))
		}
		return why, ok
	case schemas.Bool:
		if p.dateShare() >= fitsField {
			return "the date on which it became so: without one it is not", true
		}
		return need("are yes or no", p.share(func(s string) bool { _, ok := j.Clean.Bool(s); return ok }), fitsField)
	}
	return j.fitsTextField(f, p)
}

// isAnswer says whether a column answers a question that its header asks, with
// 1 for yes and 0 for no: "prices include tax".
func (p *Profile) isAnswer() bool {
	asks := slices.ContainsFunc(HeaderTokens(p.Name), func(w string) bool {
		return slices.Contains([]string{"is", "are", "has", "have", "was", "can", "include", "includes", "included", "including"}, w)
	})
	return asks && p.Filled > 0 && p.share(func(s string) bool { return s == "0" || s == "1" }) == 1
}

// isPercentage says whether header or values speak of percent: no amount, no
// count.
func (p *Profile) isPercentage() bool {
	const most = .5
	return strings.Contains(p.Name, "%") || p.Deep != nil && float64(p.Deep.Numbers.Symbols["%"]) > most*float64(p.Filled)
}

// IsShareOfOne says whether values are parts of a whole that is written as 1:
// hardly any is above it, and some are between none and all.
func (p *Profile) IsShareOfOne() bool {
	const nearlyAll, fewest, between = .95, 20, 3
	isPart := func(s string) bool {
		s = strings.Replace(s, ",", ".", 1)
		return strings.HasPrefix(s, "0.") && strings.Trim(s, "0.") != "" || strings.HasPrefix(s, ".")
	}
	isWhole := func(s string) bool {
		whole, rest, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
		return (whole == "0" || whole == "1") && strings.Trim(rest, "0") == ""
	}
	parts := p.share(isPart)
	return p.Filled >= fewest && parts*float64(p.Filled) >= between && parts+p.share(isWhole) >= nearlyAll
}

func (j *Judge) fitsTextField(f schemas.Field, p *Profile) (string, bool) {
	share := func(meets func(string) bool, least float64) (string, bool) { return "", p.share(meets) >= least }
	if p.isKey {
		return "the database says that it is the key of the rows", strings.HasSuffix(f.Name, "_id")
	}
	isDated := p.dateShare() > fitsHeader && p.numberShare() < fitsHeader
	switch {
	case f.Clean == "currency":
		return share(func(s string) bool { return j.Clean.Currency(s, "") != "" }, fitsContent)
	case f.Clean == "country":
		return share(func(s string) bool { return j.Clean.Country(s) != "" }, .7)
	case f.Clean == "email":
		return share(isEmail, fitsHeader)
	case f.Clean == "phone":
		return share(isPhone, fitsHeader)
	case f.Name == "url":
		return share(func(s string) bool { return strings.Contains(s, "/") }, fitsHeader)
	case slices.Contains([]string{"customer_id", "account_id", "party_id"}, f.Name):
		return "", p.isIDs() && p.share(IsSeveralWords) < fitsHeader
	case strings.HasSuffix(f.Name, "_id"):
		isNamed := f.Name == "lead_id" && j.holdsPersons(p) // a prospect is called, not numbered
		return "", p.isIDs() && !j.isCount(p) && !isNamed
	case f.Name == "name" || f.Name == "description" || f.Name == "subject" || strings.HasSuffix(f.Name, "_name"):
		return "", p.share(hasLetter) >= fitsHeader && !p.IsKeyLike()
	case f.Name == "tracking_number" || f.Name == "answer":
		return "", true
	case isDated:
		return "", false
	}
	// Words of the source: few, or short.
	const fewWords, shortText = 40, 40
	few := p.values.distinct() <= fewWords || p.distinctShare() < .3
	isFraction := p.Deep != nil && p.Deep.Numbers.Fraction > p.Filled/10
	if isFraction && holdsAnyField(f, p) {
		return "the values of several fields, amounts among them", true
	}
	if isKind := slices.Contains([]string{"status", "stage", "from_stage", "type", "kind", "method", "direction"}, f.Name); isKind {
		const ownShare = .9
		return "", !isFraction && (few || p.distinctShare() < ownShare && p.share(isShort(shortText)) >= fitsContent)
	}
	return "", !isFraction && (few || p.share(isShort(shortText)) >= fitsContent)
}

// holdsAnyField says whether a column of a log of changes holds what fields of
// any kind were changed to: the stage is one of them.
func holdsAnyField(f schemas.Field, p *Profile) bool {
	return (f.Name == "stage" || f.Name == "from_stage") && slices.Contains(HeaderTokens(p.Says()), "value")
}

// isCount says whether a header speaks of several things of a kind, and the
// values are whole numbers: "employees" counts them.
func (j *Judge) isCount(p *Profile) bool {
	tokens := HeaderTokens(p.Says())
	if len(tokens) == 0 || p.Deep == nil || p.Deep.Numbers.Whole < p.Filled {
		return false
	}
	last := tokens[len(tokens)-1]
	singular, isPlural := strings.CutSuffix(last, "s")
	return isPlural && slices.ContainsFunc(j.Tables.business.names[last], func(e string) bool {
		return slices.Contains(j.Tables.business.names[singular], e)
	})
}

// isIDs says whether values can name things: short, and neither dates nor
// fractions nor e-mail addresses.
func (p *Profile) isIDs() bool {
	const longestID, mostWords = 60, 6
	short := p.share(func(s string) bool { return len(s) <= longestID && words(s) <= mostWords })
	if short < fitsContent {
		return false
	}
	const hardly = .05
	if p.Deep != nil && p.Deep.Numbers.Fraction > p.Filled/20 && p.share(hasFewDecimals) > hardly {
		return false
	}
	if p.signedShare() > fitsHeader {
		return false
	}
	dated := p.Dates.kinds[DateYearFirst] + p.Dates.kinds[dateTwoFirst] + p.Dates.kinds[dateNamed]
	return float64(dated) < fitsHeader*float64(p.Filled)
}

// signedShare is the part of the values that bear the sign of a currency, or of
// percent: amounts.
func (p *Profile) signedShare() float64 {
	if p.Deep == nil || p.Filled == 0 {
		return 0
	}
	signed := 0
	for symbol, n := range p.Deep.Numbers.Symbols {
		if !strings.ContainsFunc(symbol, unicode.IsLetter) { // codes of currencies may be letters of an id
			signed += n
		}
	}
	return float64(signed) / float64(p.Filled)
}

// hasFewDecimals tells amounts and measures from ids of two numbers:
// "518273645.1735689600".
func hasFewDecimals(s string) bool {
	const most = 6
	at := strings.LastIndexAny(s, ".,")
	return at >= 0 && len(s)-at-1 <= most
}

// numberShare is the part of the values that are numbers in some notation.
func (p *Profile) numberShare() float64 {
	if p.Filled == 0 {
		return 0
	}
	if p.Deep != nil {
		return float64(p.Deep.Numbers.Numbers) / float64(p.Filled)
	}
	return p.share(func(s string) bool { return hasDigit(s) && numberOf(s).ok })
}

// epochShare is the part of the values that can be moments since 1970.
func (p *Profile) epochShare() float64 {
	if p.Filled == 0 || p.Deep == nil {
		return 0
	}
	return float64(max(p.Deep.Numbers.Seconds, p.Deep.Numbers.Millis, p.Deep.Numbers.Micros)) / float64(p.Filled)
}

// SerialShare is the part of the values that can be days as spreadsheets count
// them.
func (p *Profile) SerialShare() float64 {
	if p.Filled == 0 || p.Deep == nil {
		return 0
	}
	return float64(p.Deep.Numbers.Serials) / float64(p.Filled)
}

// IsSerial says whether values are running numbers: each another, close
// together. Phone numbers are not.
func (p *Profile) IsSerial() bool {
	const fewest, digits, gaps = 5, 18, 5
	least, most, n := int64(0), int64(0), 0
	for _, v := range p.values.values {
		value, err := strconv.ParseInt(v.text, 10, 64)
		if err != nil || len(v.text) > digits || v.count > 1 {
			return false
		}
		if n == 0 {
			least, most = value, value
		}
		least, most, n = min(least, value), max(most, value), n+1
	}
	return n >= fewest && most-least <= gaps*int64(p.Filled)
}

// IsKeyLike says whether values have the form of ids: one word each, with a
// digit, and no fraction, date, e-mail address, phone number or amount.
func (p *Profile) IsKeyLike() bool {
	const longest = 40
	return p.IsSerial() || p.isIDs() && p.Share(func(s string) bool {
		return len(s) <= longest && words(s) == 1 && hasDigit(s) && !isEmail(s) && !isDialled(s) && dateOf(s).Kind != DateYearFirst
	}) >= fitsHeader+.45
}

// EpochShare is the part of the values that can be moments since 1970.
func (p *Profile) EpochShare() float64 { return p.epochShare() }
