package cli

import (
	"slices"
	"testing"
)

func TestMoney(t *testing.T) {
	for sum, want := range map[string]string{
		"2254544.1": "2,254,544.10", "14215509": "14,215,509.00", "-0.5": "-0.50", "-1234.125": "-1,234.125", "0": "0.00", "none": "none",
	} {
		if got := money(sum); got != want {
			t.Errorf("money(%q) = %q, want %q", sum, got, want)
		}
	}
}

func TestNumeric(t *testing.T) {
	rows := [][]string{{"1", "", "a", "12.5 %", "NULL"}, {"-2", "3", "", "", ""}}
	if got, want := numeric(rows), []int{1, 2, 4}; !slices.Equal(got, want) {
		t.Errorf("numeric columns %v, want %v", got, want)
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"Ann\x1b[2JBerg": "Ann\uFFFD[2JBerg", "a\u202eb": "a\uFFFDb", "\a": "\uFFFD", "José\tĐặng 王": "José\tĐặng 王",
	} {
		if got := printable(text); got != want {
			t.Errorf("printable(%q) = %q, want %q", text, got, want)
		}
	}
}
