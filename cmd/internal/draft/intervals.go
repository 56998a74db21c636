package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// addInterval says how often a subscription is charged that no column tells,
// where the header of its price does: "Annual Premium", "Monatsbeitrag".
func (d *drafter) addInterval(o *objectText, t *table) {
	if o.entity != "subscription" || o.feeds("interval") || o.has("interval") {
		return
	}
	for _, p := range o.properties {
		if p.field != "amount" && p.field != "unit_price" {
			continue
		}
		words := recognise.HeaderTokens(p.name)
		at := slices.IndexFunc(words, func(w string) bool { return d.judge.Tables.Word("subscription", "interval", w) != "" })
		if at >= 0 {
			o.add(propertyText{name: "interval", field: "interval", constant: d.judge.Tables.Word("subscription", "interval", words[at]), why: fmt.Sprintf("%q says how often", p.name)})
			return
		}
	}
}
