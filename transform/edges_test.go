package transform_test

import (
	"strings"
	"testing"

	"loadstar/transform"
)

// TestEdgesOfCleansers holds values at the edge of what a cleanser takes.
func TestEdgesOfCleansers(t *testing.T) {
	t.Parallel()
	tb := tables(t)
	if got := transform.Postcode("501", "US"); got != "00501" {
		t.Errorf("a postcode that lost two zeros: %q", got)
	}
	if got, ok := transform.FloatNoise("1.234500000"); ok {
		t.Errorf("ten digits are no noise: %q", got)
	}
	if got := tb.Email(strings.Repeat("a", 64) + "@firm.de"); got == "" {
		t.Error("64 characters before the @ are an address")
	}
	if got := tb.Email(strings.Repeat("a", 65) + "@firm.de"); got != "" {
		t.Errorf("65 characters before the @ are none: %q", got)
	}
	if got, _ := transform.Phone("0123456789", "GB"); got != "" {
		t.Errorf("digits in their order are no phone: %q", got)
	}
	if got := transform.Text("\u00adword\u00ad"); got != "word" {
		t.Errorf("soft hyphens around a word: %q", got)
	}
	if v, f := tb.ParseDecimal("Fr. 5", transform.Marks{Decimal: '.'}, 0); f != "" || v != 5_0000 {
		t.Errorf("Fr. 5: %d %s", v, f)
	}
}

// TestEdgesOfTimes holds times of day at the edge of the clock.
func TestEdgesOfTimes(t *testing.T) {
	t.Parallel()
	iso, err := transform.ParseLayout("iso")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]struct {
		micros int64
		cut    bool
	}{
		"2026-01-02T23:59:59.123456":    {86399_123456, false},
		"2026-01-02T00:00:01.12345":     {1_123450, false},
		"2026-01-02T00:00:01.123456789": {1_123456, true},
		"2026-01-02T00:00:01.123456000": {1_123456, false},
	} {
		if m, ok := iso.Parse(text); !ok || m.Micros != want.micros || m.Cut != want.cut {
			t.Errorf("%s: %+v %v, want %+v", text, m, ok, want)
		}
	}
	for _, text := range []string{"2026-01-02T24:30:00", "2026-01-02T23:60:00", "2026-01-02T23:59:61"} {
		if m, ok := iso.Parse(text); ok {
			t.Errorf("%s is a time: %+v", text, m)
		}
	}
}

// TestEdgesOfRules holds values at the bounds that a contract sets.
func TestEdgesOfRules(t *testing.T) {
	t.Parallel()
	c := contract(t, "- {property: delivery, value: delta}", "invoice", `
- {name: Nr, primaryKey: true, logicalTypeOptions: {maxLength: 3}, customProperties: [{property: field, value: invoice_id}]}
- {name: Total, logicalType: number, logicalTypeOptions: {exclusiveMaximum: 10}, customProperties: [{property: field, value: total_amount}]}
- {name: State, customProperties: [{property: field, value: status}, {property: words, value: {PAID: b, Paid: a}}]}
`)
	got := apply(t, plan(t, c), decoded([]string{"Nr", "Total", "State", "Note"},
		[]string{"100", "9.9999", "paid", "a\tb"}, []string{"1000", "1", "", ""}, []string{"2", "10", "", ""},
	))
	same(t, "ids", column(t, got.Record, "invoice_id"), []string{"100"})
	same(t, "states", column(t, got.Record, "status"), []string{"a"})
	same(t, "attributes", column(t, got.Record, "attributes"), []string{`{"Note":"a\tb"}`})
	var rules []string
	for _, r := range got.Rejects {
		rules = append(rules, r.Rule)
	}
	same(t, "rules", rules, []string{"length", "range"})
}

// TestShortRulers: dashes as short as those that stand for no value draw no line.
func TestShortRulers(t *testing.T) {
	t.Parallel()
	c := contract(t, "- {property: delivery, value: delta}", "product", `
- {name: Nr, primaryKey: true, customProperties: [{property: field, value: product_id}]}
- {name: Name, customProperties: [{property: field, value: name}]}
`)
	got := apply(t, plan(t, c), decoded([]string{"Nr", "Name"}, []string{"---", "--"}, []string{"------", "------"}))
	same(t, "ids", column(t, got.Record, "product_id"), []string{"---"})
}
