package transform_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"loadstar/transform"
)

func TestParseDecimal(t *testing.T) {
	tb := tables(t)
	english := transform.Marks{Decimal: '.', Group: ','}
	german := transform.Marks{Decimal: ',', Group: '.'}
	plain := transform.Marks{Decimal: '.'}
	comma := transform.Marks{Decimal: ','}
	cells := transform.Marks{Decimal: '.', Machine: true}
	germanCells := transform.Marks{Decimal: ',', Group: '.', Machine: true}
	for _, test := range []struct {
		text  string
		marks transform.Marks
		want  int64
		fault transform.Fault
	}{
		{"12.34", plain, 123400, ""},
		{"-12.34", plain, -123400, ""},
		{"+12.34", plain, 123400, ""},
		{"12", plain, 120000, ""},
		{"0", plain, 0, ""},
		{"-0", plain, 0, ""},
		{".5", plain, 5000, ""},
		{"5.", plain, 50000, ""},
		{"0012.5", plain, 125000, ""},
		{"1,234.56", english, 12345600, ""},
		{"1,234,567.89", english, 12345678900, ""},
		{"1.234,56", german, 12345600, ""},
		{"1.234.567", german, 12345670000, ""},
		{"1.234", german, 12340000, ""},
		{"1234,5", german, 12345000, ""},
		{"1 234,56", comma, 12345600, ""},
		{"1\u00a0234,56", comma, 12345600, ""},
		{"1\u202f234,56", comma, 12345600, ""},
		{"1'234.56", plain, 12345600, ""},
		{"1’234.56", plain, 12345600, ""},
		{"€ 12.34", plain, 123400, ""},
		{"12,34 €", german, 123400, ""},
		{"EUR 1.234,56", german, 12345600, ""},
		{"1,234.56 USD", english, 12345600, ""},
		{"$1,234.56", english, 12345600, ""},
		{"-$5.00", english, -50000, ""},
		{"$-5.00", english, -50000, ""},
		{"CHF 5.--", plain, 50000, ""},
		{"(12.34)", plain, -123400, ""},
		{"($12.34)", english, -123400, ""},
		{"$(12.34)", english, -123400, ""},
		{"12.34-", plain, -123400, ""},
		{"−12.34", plain, -123400, ""},
		{"12.345600", plain, 123456, ""},
		{"12.345000", plain, 123450, ""},
		{"12.34500", plain, 123450, ""},
		{"12.34567", plain, 0, "scale"},
		{"0.00001", plain, 0, "scale"},
		{"99999999999999.9999", plain, 999999999999999999, ""},
		{"100000000000000", plain, 0, "range"},
		{"1.23", german, 0, "type.number"},
		{"1.2345", german, 0, "type.number"},
		{"1.500,- €", german, 15000000, ""},
		{"€ 1.500,-", germanCells, 15000000, ""},
		{"12,- EUR", german, 120000, ""},
		{"1.500,-", english, 0, "type.number"},
		{"1,500.-", english, 15000000, ""},
		{"12.34.567", german, 0, "type.number"},
		{"1,234.56", german, 0, "type.number"},
		{"1,23", english, 0, "type.number"},
		{"1234,567.8", english, 0, "type.number"},
		{"1,234.56", plain, 0, "type.number"},
		{"1 23", plain, 0, "type.number"},
		{"1 234,567.5", english, 0, "type.number"},
		{"1.2.3", plain, 0, "type.number"},
		{"--5", plain, 0, "type.number"},
		{"-5-", plain, 0, "type.number"},
		{"(-5)", plain, 0, "type.number"},
		{"+-5", plain, 0, "type.number"},
		{"abc", plain, 0, "type.number"},
		{"12abc", plain, 0, "type.number"},
		{"1e3", plain, 0, "type.number"},
		{"€", plain, 0, "type.number"},
		{"-", plain, 0, "type.number"},
		{"NaN", plain, 0, "type.number"},
		{"1e3", cells, 10000000, ""},
		{"1.5E-3", cells, 15, ""},
		{"1.5E-5", cells, 0, "scale"},
		{"1E+2", cells, 1000000, ""},
		{"-2.5e2", cells, -2500000, ""},
		{"1e99", cells, 0, "range"},
		{"0e99", cells, 0, ""},
		{"1e", cells, 0, "type.number"},
		{"1e+-3", cells, 0, "type.number"},
		{"1234.5", germanCells, 12345000, ""},
		{"1.234,5", germanCells, 12345000, ""},
		{"1234.567", germanCells, 12345670, ""},
		{"1.234", germanCells, 0, "type.number"},
		{"0.234", germanCells, 2340, ""},
		{"1.23", germanCells, 12300, ""},
	} {
		got, fault := tb.ParseDecimal(test.text, test.marks, 0)
		if fault != test.fault || fault == "" && got != test.want {
			t.Errorf("%q: got %d %q, want %d %q", test.text, got, fault, test.want, test.fault)
		}
	}
	for _, test := range []struct {
		text  string
		shift int
		want  int64
	}{{"1234", 2, 123400}, {"1", 2, 100}, {"-5", 3, -50}, {"100", 0, 1000000}, {"12.5", 2, 1250}} {
		if got, fault := tb.ParseDecimal(test.text, plain, test.shift); got != test.want || fault != "" {
			t.Errorf("%q shifted by %d: got %d %q, want %d", test.text, test.shift, got, fault, test.want)
		}
	}
	if _, fault := tb.ParseDecimal("12345", plain, 5); fault != transform.FaultScale {
		t.Errorf("five places are not refused: %q", fault)
	}
}

func TestParseInteger(t *testing.T) {
	tb := tables(t)
	marks := transform.Marks{Decimal: '.', Group: ','}
	for text, want := range map[string]int64{"17850": 17850, "17850.0": 17850, "-3": -3, "007": 7, "1,234": 1234, " 5 ": 5, "0": 0, "999999999999999999": 999999999999999999} {
		if got, fault := tb.ParseInteger(text, marks); fault != "" || got != want {
			t.Errorf("%q: got %d %q", text, got, fault)
		}
	}
	for _, text := range []string{"1.5", "abc", "1,23", "1e3", "", "-", "1-2"} {
		if got, fault := tb.ParseInteger(text, marks); fault != transform.FaultInteger {
			t.Errorf("%q: got %d %q", text, got, fault)
		}
	}
	for text, want := range map[string]int64{"9223372036854775807": 1<<63 - 1, "-9223372036854775808": -1 << 63} {
		if got, fault := tb.ParseInteger(text, marks); fault != "" || got != want {
			t.Errorf("%q: got %d %q", text, got, fault)
		}
	}
	for _, text := range []string{"9223372036854775808", "9999999999999999999", "99999999999999999999"} {
		if got, fault := tb.ParseInteger(text, marks); fault != transform.FaultRange {
			t.Errorf("%q: got %d %q", text, got, fault)
		}
	}
	if got, fault := tb.ParseInteger("1.2e3", transform.Marks{Decimal: '.', Machine: true}); fault != "" || got != 1200 {
		t.Errorf("1.2e3: got %d %q", got, fault)
	}
}

// TestDecimalRoundTrip writes random amounts as people do and reads them back.
func TestDecimalRoundTrip(t *testing.T) {
	tb := tables(t)
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(-999999999999999999, 999999999999999999).Draw(t, "value")
		marks := rapid.SampledFrom([]transform.Marks{{Decimal: '.', Group: ','}, {Decimal: ',', Group: '.'}, {Decimal: '.', Group: '\''}, {Decimal: ',', Group: ' '}}).Draw(t, "marks")
		text := writeAmount(v, marks, rapid.Bool().Draw(t, "grouped"))
		text = rapid.SampledFrom([]string{"", "€ ", "EUR ", "$"}).Draw(t, "before") + text
		if got, fault := tb.ParseDecimal(text, marks, 0); fault != "" || got != v {
			t.Fatalf("%q: got %d %q, want %d", text, got, fault, v)
		}
	})
}

func writeAmount(v int64, m transform.Marks, grouped bool) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	digits := []byte{}
	for v > 0 || len(digits) < 5 {
		digits = append([]byte{byte('0' + v%10)}, digits...)
		v /= 10
	}
	whole, decimals := string(digits[:len(digits)-4]), string(digits[len(digits)-4:])
	if grouped {
		var parts []string
		for len(whole) > 3 {
			parts = append([]string{whole[len(whole)-3:]}, parts...)
			whole = whole[:len(whole)-3]
		}
		whole = strings.Join(append([]string{whole}, parts...), string(m.Group))
	}
	return sign + whole + string(m.Decimal) + decimals
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"1.234,56", "(€ 12)", "1e5", "-", "1'234", "5.--", "9999999999999999999999"} {
		f.Add(s)
	}
	tb := tables(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, m := range []transform.Marks{{Decimal: '.'}, {Decimal: ',', Group: '.'}, {Decimal: ',', Group: '.', Machine: true}} {
			v, fault := tb.ParseDecimal(s, m, 0)
			if fault != "" && fault != transform.FaultNumber && fault != transform.FaultScale && fault != transform.FaultRange {
				t.Fatalf("unknown fault %q", fault)
			}
			if v > 999999999999999999 || v < -999999999999999999 {
				t.Fatalf("%d does not fit DECIMAL(18,4)", v)
			}
			if _, fault := tb.ParseInteger(s, m); fault != "" && fault != transform.FaultInteger && fault != transform.FaultRange {
				t.Fatalf("unknown fault %q", fault)
			}
		}
	})
}
