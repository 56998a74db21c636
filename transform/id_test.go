package transform

import "testing"

// TestUnpadded: zeros in front of a number fall away, and nothing else does.
func TestUnpadded(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"00042": "42", "42": "42", "0": "0", "000": "0", "": "", "0420": "420", "A-0042": "A-0042", "00042A": "00042A", "0x10": "0x10",
		"00 42": "00 42", "-0042": "-0042", "0.50": "0.50", "00４２": "00４２",
	} {
		if got := Unpadded(id); got != want {
			t.Errorf("Unpadded(%q) = %q, want %q", id, got, want)
		}
		if got := Unpadded(Unpadded(id)); got != want {
			t.Errorf("Unpadded twice of %q = %q, want %q", id, got, want)
		}
	}
}
