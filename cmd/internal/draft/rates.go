package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// oneSided says whether a table of exchange rates names one of the two
// currencies of each rate, in a column: the header of the rate then has to tell
// the other, and which way the rate is quoted.
func oneSided(v recognise.Verdict) bool {
	return v.Entity.Name == "exchange_rate" && fieldOf(v, "from_currency_code") != nil && fieldOf(v, "to_currency_code") == nil
}

func fieldOf(v recognise.Verdict, name string) *recognise.FieldColumn {
	i := slices.IndexFunc(v.Fields, func(f recognise.FieldColumn) bool { return f.Field.Name == name })
	if i < 0 {
		return nil
	}
	return &v.Fields[i]
}

// otherCurrency reads the header of a rate: "rate_to_eur" is what one unit of
// the row's currency is in euros, "units_per_eur" how many of it one euro is.
// code is "" where the header says neither.
func (d *drafter) otherCurrency(v recognise.Verdict) (code string, isPer bool) {
	rate := fieldOf(v, "rate")
	if rate == nil {
		return "", false
	}
	words := recognise.HeaderTokens(rate.Column.Says())
	for i, w := range words[:max(len(words)-1, 0)] {
		code := d.judge.Clean.Currency(words[i+1], "")
		if code == "" {
			continue
		}
		switch w {
		case "to", "in", "into":
			return code, false
		case "per":
			return code, true
		}
	}
	return "", false
}

func (d *drafter) tellsOther(v recognise.Verdict) bool {
	code, _ := d.otherCurrency(v)
	return code != ""
}

// addOtherCurrency gives each rate the currency that its header tells.
func (d *drafter) addOtherCurrency(o *objectText, t *table) {
	if !oneSided(t.verdict) {
		return
	}
	code, isPer := d.otherCurrency(t.verdict)
	field := "to_currency_code"
	if isPer {
		field = "from_currency_code"
		for i := range o.properties {
			if o.properties[i].field == field {
				o.properties[i].field = "to_currency_code"
			}
		}
	}
	o.add(propertyText{name: field, field: field, constant: code, why: fmt.Sprintf("%q says so", fieldOf(t.verdict, "rate").Column.Name)})
}
