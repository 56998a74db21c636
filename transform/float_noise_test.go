package transform_test

import (
	"strings"
	"testing"

	"loadstar/transform"
)

func TestFloatNoise(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"62.67999999999999":    "62.6800",
		"0.30000000000000004":  "0.3000",
		"-1240.3499999999913":  "-1240.3500",
		"1240,3500000000004":   "1240,3500",
		"9.999999999999998":    "10.0000",
		"-99.99999999999999":   "-100.0000",
		"1,234.5600000000001":  "1,234.5600",
		"0.020000000000000018": "0.0200",
		// what else has many digits
		"33.333333333333336": "", "3.141592653589793": "", "62.68": "", "19.999": "", "19.99999": "", "0.00000000000001": "",
		"123456789012345678": "", "62.67999999999999 EUR": "", "6.267999999999999e1": "", "2026-01-02T00:00:00.00000": "", "": "", ".": "", "-": "",
	} {
		got, ok := transform.FloatNoise(text)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q %v, want %q", text, got, ok, want)
		}
	}
}

// TestFloatProperty: the noise of binary arithmetic is left off where the
// contract says so, and refused with a word on it where it does not.
func TestFloatProperty(t *testing.T) {
	t.Parallel()
	properties := func(float string) string {
		return "\n- {name: id, primaryKey: true, primaryKeyPosition: 1, customProperties: [{property: field, value: payment_id}]}\n" +
			"- {name: total, logicalType: number, customProperties: [{property: field, value: amount}" + float + "]}\n"
	}
	rows := [][]string{{"1", "62.67999999999999"}, {"2", "33.333333333333336"}, {"3", "5.25"}}
	for float, want := range map[string][]string{"": {"5.2500"}, ", {property: float, value: true}": {"62.6800", "5.2500"}} {
		out, err := plan(t, contract(t, "- {property: delivery, value: delta}", "payment", properties(float))).Apply(decoded([]string{"id", "total"}, rows...), place())
		if err != nil {
			t.Fatal(err)
		}
		same(t, "amounts", column(t, out[0].Record, "amount"), want)
		if rejects := out[0].Rejects; float == "" && !strings.Contains(rejects[0].Reason, "as 62.6800 with noise behind it") {
			t.Errorf("the reason says nothing of the noise: %+v", rejects[0])
		}
	}
	refused(t, "payment", strings.ReplaceAll(properties(", {property: float, value: true}"), "value: amount", "value: method"), "float needs a field that holds decimals")
}
