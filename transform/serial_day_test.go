package transform_test

import "testing"

// TestSerialDays reads days as spreadsheets count them, by unit excel_days.
func TestSerialDays(t *testing.T) {
	p := plan(t, contract(t, "- {property: delivery, value: append}", "invoice", `
- {name: invoice_id, primaryKey: true}
- {name: updated_at, logicalType: timestamp, customProperties: [{property: unit, value: excel_days}]}
- {name: invoiced_on, logicalType: date, customProperties: [{property: unit, value: excel_days}]}
`))
	for _, c := range []struct{ at, on, micros, day, rule string }{
		{"46024", "46024", "1767312000000000", "20455", ""},
		{"46024.5", "46024.0", "1767355200000000", "20455", ""},
		{"46024.4166666667", "61", "1767348000000000", "-25508", ""},
		{"46024.9999999999", "2958465", "1767398400000000", "2932896", ""},
		{"2026-01-02", "2026-01-03", "1767312000000000", "20456", ""},
		{"46024", "46024.5", "", "", "type.date"},
		{"60", "46024", "", "", "type.timestamp"},
		{"2958466", "46024", "", "", "type.timestamp"},
		{"-46024", "46024", "", "", "type.timestamp"},
		{"46024x", "46024", "", "", "type.timestamp"},
	} {
		out := apply(t, p, decoded([]string{"invoice_id", "updated_at", "invoiced_on"}, []string{"1", c.at, c.on}))
		if c.rule != "" {
			if len(out.Rejects) != 1 || out.Rejects[0].Rule != c.rule {
				t.Errorf("%s, %s: refused %v, expected %s", c.at, c.on, out.Rejects, c.rule)
			}
			continue
		}
		if len(out.Rejects) > 0 {
			t.Errorf("%s, %s is refused: %v", c.at, c.on, out.Rejects)
			continue
		}
		if day := column(t, out.Record, "invoiced_on")[0]; day != c.day {
			t.Errorf("%s is day %s, expected %s", c.on, day, c.day)
		}
		if at := column(t, out.Record, "updated_at")[0]; at != c.micros {
			t.Errorf("%s is moment %s, expected %s", c.at, at, c.micros)
		}
	}
}
