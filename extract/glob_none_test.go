package extract_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/extract"
)

func TestWhyNoFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "drops"), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "drops", "Orders.CSV"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for pattern, want := range map[string]string{
		"drops":                        "name the files in it, as drops/*.csv",
		"drops/orders.csv":             "did you mean drops/Orders.CSV?",
		"drops/*.csv":                  "did you mean drops/Orders.CSV?",
		"drop/orders.csv":              "there is no folder drop",
		"~/orders.csv":                 "${HOME}",
		"https://example.org/a.csv":    "address in a network",
		filepath.Join(dir, "drops"):    "is a folder",
		"drops/invoices.csv":           "",
		"*/invoices.csv":               "",
		filepath.Join(dir, "none.csv"): "",
	} {
		got := extract.WhyNoFile(dir, pattern)
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", pattern, got, want)
		}
	}
}
