package intake_test

import (
	"regexp"
	"testing"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/intake"
	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// TestDeliveredAt: the groups of a pattern that stand in no other one are the
// date; a path that does not fit is refused unless it may tell nothing.
func TestDeliveredAt(t *testing.T) {
	t.Parallel()
	company := config.Company{TimeZone: "Europe/Berlin"}
	for _, c := range []struct {
		pattern, layout, path string
		want                  string // "" = refused
	}{
		{`(\d{4}-\d{2}-\d{2})[^/]*$`, "2006-01-02", "/in/a_2026-01-05.csv", "2026-01-05T22:59:59.999999Z"},
		{`/year=(\d{4})/month=(\d{1,2})/day=(\d{1,2})/`, "2006-1-2", "/in/year=2026/month=1/day=5/a.csv", "2026-01-05T22:59:59.999999Z"},
		{`/(\d{4})/([\p{L}\p{M}]+)/`, schemas.PeriodMonth, "/in/2026/Januar/a.csv", "2026-01-31T22:59:59.999999Z"},
		{`((\d{4})-(\d{2}))[^/]*$`, "2006-01", "/in/a_2026-01.csv", "2026-01-31T22:59:59.999999Z"},
		{`(?:v\d+_)?(\d{8})(?:_(\d{4}))?\.csv$`, "20060102", "/in/v2_20260105.csv", "2026-01-05T22:59:59.999999Z"},
		{`(\d{4}-\d{2}-\d{2})[^/]*$`, "2006-01-02", "/in/a_2026-02-30.csv", ""},
		{`(\d{4}-\d{2}-\d{2})[^/]*$`, "2006-01-02", "/in/a.csv", ""},
	} {
		contract := schemas.Contract{Delivered: &schemas.DeliveredAt{Pattern: regexp.MustCompile(c.pattern), Layout: c.layout}}
		at, err := intake.DeliveredAt(contract, c.path, company)
		switch {
		case c.want == "" && fault.CodeOf(err) != fault.DeliveryMissing:
			t.Errorf("%s speaks for %s (%v), want it refused", c.path, at, err)
		case c.want != "" && (err != nil || at.Format(time.RFC3339Nano) != c.want):
			t.Errorf("%s speaks for %s (%v), want %s", c.path, at.Format(time.RFC3339Nano), err, c.want)
		}
	}
	optional := schemas.Contract{Delivered: &schemas.DeliveredAt{Pattern: regexp.MustCompile(`(\d{8})`), Layout: "20060102", Optional: true}}
	if at, err := intake.DeliveredAt(optional, "/in/a.csv", company); err != nil || !at.IsZero() {
		t.Errorf("what may tell nothing speaks for %s (%v)", at, err)
	}
}
