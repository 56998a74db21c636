package dedupe

import "testing"

func TestStreetWords(t *testing.T) {
	for _, alike := range [][]string{
		{"High St", "High St.", "HIGH STREET", "high street"},
		{"Sunset Blvd", "Sunset Blvd.", "Sunset Boulevard"},
		{"Station Rd", "Station Road"},
		{"Fifth Ave", "Fifth Ave.", "Fifth Avenue"},
		{"Hauptstr.", "Hauptstraße", "Hauptstrasse", "HAUPTSTR"},
		{"Lange Str.", "Lange Straße", "lange strasse"},
		{"C/ Mayor", "C. Mayor", "Calle Mayor"},
		{"Av. Foch", "Avenue Foch"},
		{"Bd Voltaire", "Boulevard Voltaire"},
		{"ul. Długa", "Ulica Długa"},
	} {
		want := string(appendStreet(nil, alike[0]))
		for _, name := range alike[1:] {
			if got := string(appendStreet(nil, name)); got != want {
				t.Errorf("%q is %q, %q is %q", name, got, alike[0], want)
			}
		}
	}
	for name, want := range map[string]string{
		"St James Street": "st james street", "St": "st", "": "", "Dr Martin Way": "dr martin way", "Ostr": "ostr",
		"Blvd": "blvd", "  ": "", "Broadway": "broadway", "东 大街": "东 大街",
	} {
		got := string(appendStreet(nil, name))
		if got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
		if again := string(appendStreet(nil, got)); again != got {
			t.Errorf("%q becomes %q, then %q", name, got, again)
		}
	}
}
