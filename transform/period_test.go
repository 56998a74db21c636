package transform_test

import (
	"testing"
	"time"

	"loadstar/schemas"
	"loadstar/transform"
)

func TestPeriodEnd(t *testing.T) {
	t.Parallel()
	tables, err := transform.LoadTables()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, layout, want string }{
		{"2026-04-01", "2006-01-02", "2026-04-01T23:59:59.999999+02:00"},
		{"31.1.2026", "2.1.2006", "2026-01-31T23:59:59.999999+01:00"},
		{"2026-04-01T0315", "2006-01-02T1504", "2026-04-01T03:15:00+02:00"},
		{"20260401153000", "20060102150405", "2026-04-01T15:30:00+02:00"},
		{"202602", "200601", "2026-02-28T23:59:59.999999+01:00"},
		{"Jan-26", "Jan-06", "2026-01-31T23:59:59.999999+01:00"},
		{"2026", "2006", "2026-12-31T23:59:59.999999+01:00"},
		{"3. März 2026", schemas.PeriodDay, "2026-03-03T23:59:59.999999+01:00"},
		{"2026_Déc", schemas.PeriodMonth, "2026-12-31T23:59:59.999999+01:00"},
		{"marts2026", schemas.PeriodMonth, "2026-03-31T23:59:59.999999+02:00"},
		{"KW01_2026", schemas.PeriodWeek, "2026-01-04T23:59:59.999999+01:00"},
		{"2020-W53", schemas.PeriodWeek, "2021-01-03T23:59:59.999999+01:00"},
		{"Q4 2025", schemas.PeriodQuarter, "2025-12-31T23:59:59.999999+01:00"},
		{"2026-Q1", schemas.PeriodQuarter, "2026-03-31T23:59:59.999999+02:00"},
		{"2026-02-30", "2006-01-02", ""},
		{"30 Februar 2026", schemas.PeriodDay, ""},
		{"Report 2026", schemas.PeriodMonth, ""},
		{"2021-W53", schemas.PeriodWeek, ""},
		{"W00 2021", schemas.PeriodWeek, ""},
		{"Q5 2025", schemas.PeriodQuarter, ""},
		{"Q1", schemas.PeriodQuarter, ""},
		{"", schemas.PeriodDay, ""},
	} {
		got, err := tables.PeriodEnd(c.text, c.layout, zone)
		switch {
		case c.want == "" && err == nil:
			t.Errorf("%q as %q is %s, want an error", c.text, c.layout, got)
		case c.want != "" && err != nil:
			t.Errorf("%q as %q: %v", c.text, c.layout, err)
		case c.want != "" && got.Format(time.RFC3339Nano) != c.want:
			t.Errorf("%q as %q is %s, want %s", c.text, c.layout, got.Format(time.RFC3339Nano), c.want)
		}
	}
}
