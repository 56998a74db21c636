package transform_test

import (
	"testing"

	"loadstar/transform"
)

// TestParseRate: rates keep ten places, and what services write behind them is
// rounded, not refused.
func TestParseRate(t *testing.T) {
	t.Parallel()
	tb, err := transform.LoadTables()
	if err != nil {
		t.Fatal(err)
	}
	point := transform.Marks{Decimal: '.', Group: ','}
	for _, test := range []struct {
		text  string
		want  int64
		fault transform.Fault
	}{
		{"1", 10_000_000_000, ""},
		{"0.0061234567", 61_234_567, ""},
		{"1.0899999999999999", 10_900_000_000, ""},
		{"1.17647058823529412", 11_764_705_882, ""},
		{"0.00000000004", 0, ""},
		{"0.00000000005", 1, ""},
		{"26,315.5", 263_155_000_000_000, ""},
		{"123456789", 0, transform.FaultRange},
		{"n/a", 0, transform.FaultNumber},
		{"1.08.2", 0, transform.FaultNumber},
	} {
		v, fault := tb.ParseRate(test.text, point)
		if fault != test.fault || fault == "" && v != test.want {
			t.Errorf("%s: %d %q, want %d %q", test.text, v, fault, test.want, test.fault)
		}
	}
	comma := transform.Marks{Decimal: ',', Group: '.'}
	if v, fault := tb.ParseRate("163,4512345678", comma); v != 1_634_512_345_678 || fault != "" {
		t.Errorf("%d %q", v, fault)
	}
}

func TestRateOfContract(t *testing.T) {
	t.Parallel()
	c := contract(t, "", "exchange_rate", `
- {name: id, primaryKey: true, customProperties: [{property: field, value: from_currency_code}]}
- {name: rate, logicalType: number, logicalTypeOptions: {minimum: 0.001}, customProperties: [{property: field, value: rate}]}
- {name: day, logicalType: date, customProperties: [{property: field, value: rate_on}]}`)
	got := apply(t, plan(t, c), decoded([]string{"id", "rate", "day"}, []string{"USD", "0.92651", "2026-01-02"}, []string{"JPY", "0.0001", "2026-01-02"}, []string{"GBP", "about 1", "2026-01-02"}))
	if n := got.Record.NumRows(); n != 1 || len(got.Rejects) != 2 {
		t.Errorf("%d rows, rejects %v", n, got.Rejects)
	}
}
