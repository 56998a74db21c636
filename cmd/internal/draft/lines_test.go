package draft_test

import (
	"strings"
	"testing"
)

// TestLinesOfInvoices: an array of lines is of the record that it stands in,
// whatever it is called.
func TestLinesOfInvoices(t *testing.T) {
	t.Parallel()
	record := `{"invoiceId":"in_#","userId":"usr_#","issuedAt":"2026-02-03T00:00:00Z","currency":"EUR","total":25.50,"status":"paid","lines":[{"description":"Seat","quantity":2,"unitPrice":9.5},{"description":"Seat","quantity":2,"unitPrice":9.5}]}`
	all := "{\"data\":[" + strings.TrimSuffix(strings.ReplaceAll(rows(10, 40, record), "\n", ","), ",") + "],\"has_more\":false}"
	dir, _, err := drops(t, map[string]string{"invoices.json": all})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/invoices.yaml")
	for _, want := range []string{"{property: entity, value: invoice_line}", "{property: path, value: data.lines}", "{property: field, value: unit_price}"} {
		if !strings.Contains(contract, want) {
			t.Errorf("the contract lacks %s:\n%s", want, contract)
		}
	}
}
