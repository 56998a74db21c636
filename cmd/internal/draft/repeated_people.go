package draft

import (
	"fmt"
	"strings"
)

// noteRepeated tells of tables that are taken for customers though the same
// people come several times, each time with other numbers or days: what the rows
// tell of, orders perhaps or deals, stands in no fact.
func (d *drafter) noteRepeated() {
	const again, shown = .9, 4
	for _, f := range d.drafted() {
		t := f.root()
		who := t.byField("email")
		for _, field := range []string{"phone", "mobile_phone", "full_name", "organisation_name"} {
			if who == nil || who.profile.Filled*2 < t.survey.Rows {
				who = t.byField(field)
			}
		}
		if t.entity().Name != "customer" || len(f.tables) > 1 || who == nil || who.profile.Filled*2 < t.survey.Rows || t.repeatShare(who) > again || t.key.repeats {
			continue
		}
		var kept []string
		for _, c := range t.order {
			isNumber := c.profile.Filled > 0 && float64(c.profile.Deep.Numbers.Numbers) >= again*float64(c.profile.Filled) && !c.profile.IsSerial()
			if c.field == nil && c.party == nil && len(kept) < shown && (isNumber || c.profile.DateShare() >= again) {
				kept = append(kept, fmt.Sprintf("%q", c.profile.Name))
			}
		}
		if len(kept) > 0 {
			d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s: its rows are taken for customers, but the same %q comes on several; if each row is an order, a deal or a payment, say so ({property: entity, value: order}) and what its columns mean: %s are kept as they are", f.name, who.profile.Name, strings.Join(kept, ", ")))
		}
	}
}
