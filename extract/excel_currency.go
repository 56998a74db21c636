package extract

import (
	"slices"
	"strconv"
	"strings"

	"loadstar/schemas"
)

// ownFormats is the first number of formats that a workbook defines itself.
// Those below are of the edition of Excel: it shows the currency of the
// reader's country, whatever was written.
const ownFormats = 164

// currencySigns are what number formats show beside amounts. A style names one
// by its place here, 0 = none. Behind them stands what says that people see
// another number: it is none then, as it is none in text.
func currencySigns() []string {
	return append([]string{"", "$", "€", "£", "¥", "₹", "₺", "₽", "₴", "₪", "₩", "₫", "zł", "Kč", "Ft", "lei", "kr",
		"EUR", "USD", "GBP", "CHF", "PLN", "CZK", "HUF", "RON", "SEK", "NOK", "DKK", "TRY", "JPY", "CAD", "AUD",
		"Fr.", "SFr.", "US$", "A$", "C$", "R$", "HK$", "NZ$", "S$", "Rs", "元", "BRL", "CNY", "INR", "MXN", "ZAR", "AED", "BGN", shownNegative, shownPointed}, scaleWords()...)
}

// scaleWords stand beside amounts of which only the thousands or millions were
// typed.
func scaleWords() []string {
	return []string{"k", "K", "T€", "k€", "K€", "€k", "k$", "K$", "$k", "£k", "TEUR", "kEUR", "KEUR", "TCHF", "kCHF", "TUSD", "kUSD", "Tsd", "Tsd€", "tys", "tyszł", "тыс", "тысруб",
		"M€", "€m", "M$", "$m", "£m", "MEUR", "MCHF", "MUSD", "Mio", "Mio€", "mio", "mln", "млн", "bn", "Mrd", "Mrd€"}
}

// isScaleSign says whether a sign is one of scaleWords.
func isScaleSign(sign uint8) bool { return slices.Contains(scaleWords(), currencySigns()[sign]) }

// currencyOfFormat finds the currency that a number format shows, from its
// first section: [$€-407], "zł", $. 0 = none, or one that is not known.
func currencyOfFormat(format []byte, code string) uint8 {
	if id, err := strconv.Atoi(string(format)); err != nil || id < ownFormats {
		return 0
	}
	if how := shownOtherwise(code); how != "" {
		return uint8(slices.Index(currencySigns(), how))
	}
	var shown strings.Builder
	isScaled, last := false, byte(0)
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			i = len(code)
		case '_', '*':
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return 0
			}
			if text, ok := strings.CutPrefix(code[i+1:i+end], "$"); ok {
				text, _, _ = strings.Cut(text, "-")
				shown.WriteString(text)
			}
			i += end
		case '"', '\\', '.', ' ', '(', ')', '-', '+':
		case '#', '0', '?':
			isScaled = false
		case ',': // behind the last digit it divides by a thousand
			isScaled = isScaled || last == '#' || last == '0' || last == '?'
		default:
			shown.WriteByte(c)
		}
		if i < len(code) {
			last = code[i]
		}
	}
	text := strings.TrimSpace(strings.ReplaceAll(shown.String(), "\u00a0", ""))
	if text == "" {
		return 0
	}
	at := slices.IndexFunc(currencySigns(), func(sign string) bool { return text == strings.TrimSuffix(sign, ".") })
	if at < 0 || isScaled && slices.Contains(scaleWords(), text) {
		return 0
	}
	return uint8(at)
}

// isMoney says whether a column's amounts are read with the currency that
// their cells show: it feeds amounts whose currency no other column tells.
// Samples, of which nothing is known, are.
func isMoney(name string, objects []schemas.Object) bool {
	isMapped := false
	for _, o := range objects {
		entity, err := schemas.EntityNamed(o.Entity)
		for _, p := range o.Properties {
			isMapped = isMapped || p.Field != ""
		}
		if err != nil || tellsCurrency(o) {
			continue
		}
		for _, p := range o.Properties {
			field, ok := entity.Field(p.Field)
			if ok && field.Type == schemas.Decimal && field.Name != "quantity" && !strings.HasSuffix(field.Name, "_percent") &&
				(sameHeader(p.Name, name) || isAlias(name, p.Name, []schemas.Object{o})) {
				return true
			}
		}
	}
	return !isMapped
}

// tellsCurrency says whether each row of an object says what its amounts are
// in.
func tellsCurrency(o schemas.Object) bool {
	for _, p := range o.Properties {
		if p.Field == "currency_code" && p.Constant == nil {
			return true
		}
	}
	return false
}
