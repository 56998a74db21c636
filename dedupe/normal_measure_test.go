package dedupe_test

import (
	"testing"

	"loadstar/dedupe"
)

func TestOneMeasure(t *testing.T) {
	for s, want := range map[string]string{
		"Milk 0.5kg": "Milk 500000mg", "Milk 500 g": "Milk 500000mg", "Wine 75 cl, red": "Wine 750ml, red", "Wine 0,75 L": "Wine 750ml",
		"2 x 100 g": "2 x 100000mg", "Ibuprofen 400mg": "Ibuprofen 400mg", "Board 20 cm": "Board 200mm",
		"1.000 g": "1000mg", "K500 g": "K500 g", "5 gallons": "5 gallons", "5-l": "5-l", "12": "12", "": "", "g": "g",
		"1.2.3 kg": "1.2.3 kg", "0.1234567 mg": "0.1234567 mg", "9999999999 kg": "9999999999 kg", "3 größer": "3 größer", "W1 2MG": "W1 2MG", "MILK 50CL": "MILK 500ml", "5  kg": "5  kg",
	} {
		got := dedupe.OneMeasure(s)
		if got != want {
			t.Errorf("OneMeasure(%q) = %q, want %q", s, got, want)
		}
		if again := dedupe.OneMeasure(got); again != got {
			t.Errorf("OneMeasure is not idempotent: %q becomes %q", got, again)
		}
	}
}
