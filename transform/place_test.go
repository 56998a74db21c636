package transform_test

import (
	"testing"

	"loadstar/transform"
)

func TestCutPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"04109 Leipzig": {"04109", "Leipzig"}, "London SW1A 1AA": {"SW1A 1AA", "London"}, "1012 AB Amsterdam": {"1012 AB", "Amsterdam"},
		"111 20 Stockholm": {"111 20", "Stockholm"}, "D-10115 Berlin": {"D-10115", "Berlin"}, "Berlin": {"", "Berlin"}, "10115": {"10115", ""},
		"1100-001 Vila Nova": {"1100-001", "Vila Nova"}, "": {},
	} {
		if code, city := transform.CutPlace(text); code != want[0] || city != want[1] {
			t.Errorf("%q: %q and %q, want %q", text, code, city, want)
		}
	}
}
