package pipeline

import (
	"testing"

	"loadstar/cmd/internal/config"
	"loadstar/schemas/fault"
)

// TestCompanyHash: settings are the same wherever the file has them; others
// are others.
func TestCompanyHash(t *testing.T) {
	t.Parallel()
	of := func(line int, currency string, margin float64) string {
		return companyHash(config.Config{
			Company: config.Company{Currency: currency, At: fault.Places{"currency": {Line: line, Column: 1}}},
			Dedupe:  config.Dedupe{MarginBits: margin},
		})
	}
	if of(3, "EUR", 1) != of(9, "EUR", 1) {
		t.Error("a line above the settings makes them others")
	}
	if of(3, "EUR", 1) == of(3, "USD", 1) || of(3, "EUR", 1) == of(3, "EUR", 2) {
		t.Error("other settings count as the same")
	}
}
