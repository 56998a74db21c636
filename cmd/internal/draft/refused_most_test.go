package draft_test

import (
	"strings"
	"testing"
)

// TestMoneyBesideFields: an amount in another currency that feeds no field
// refuses no row.
func TestMoneyBesideFields(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{"customers.csv": "Customer ID,First Name,Last Name,Email,Phone,Lifetime Spend\n" + rows(100, 160, "C#,Ada,Bergman,ada#@example.org,+44 7700 900#,$44.10")})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/customers.yaml")
	_, spend, _ := strings.Cut(contract, "- name: Lifetime Spend")
	if r.Feeds[0].Refused > 0 || strings.Contains(spend, "logicalType") || strings.Contains(contract, "error_share") {
		t.Errorf("%d rows refused:\n%s", r.Feeds[0].Refused, contract)
	}
}

// TestMostRowsRefused: where most rows of the samples are refused, the share that
// may be is not raised, and init says so.
func TestMostRowsRefused(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{"orders.csv": "Order ID,Date,Email,Total,Currency\n" + rows(100, 160, "O#,2026-01-05,ada#@example.org,$10.50,GBP")})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/orders.yaml")
	if strings.Contains(contract, "error_share") {
		t.Errorf("all rows may be refused:\n%s", contract)
	}
	if notes := strings.Join(r.Notes, "\n"); !strings.Contains(notes, "orders: 60 of 60 rows of the samples are refused") {
		t.Errorf("nothing tells that all rows are refused:\n%s", notes)
	}
}
