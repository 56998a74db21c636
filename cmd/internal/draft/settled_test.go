package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestPaidInvoices: what a list of invoices says itself of how they were paid,
// where no feed tells of payments.
func TestPaidInvoices(t *testing.T) {
	t.Parallel()
	const payments = "{property: entity, value: payment}"
	for _, c := range []struct {
		paid  string
		cells [2]string
		want  []string
		not   string
	}{
		{"Bezahlt am", [2]string{"14.05.2026", ""}, []string{payments, "- name: Bezahlt am\n        logicalType: timestamp\n        customProperties:\n          - {property: field, value: paid_at}"}, ""},
		{"Amount paid", [2]string{"119,00", "0,00"}, []string{payments, "{property: nulls, value: [\"0,00\"]}"}, ""},
		{"Pagata", [2]string{"Sì", "No"}, []string{"- name: Pagata\n        customProperties:\n          - {property: field, value: status}", "{property: words, value: {Sì: paid}}"}, payments},
		{"Zahlung Datum", [2]string{"14.05.2026", ""}, []string{payments}, ""},
		{"Nicht bezahlt am", [2]string{"14.05.2026", ""}, nil, payments},
	} {
		var b strings.Builder
		b.WriteString("Rechnungsnr;Datum;Kunde;Bruttobetrag;" + c.paid + "\n")
		for i := range 40 {
			fmt.Fprintf(&b, "RE-%d;%02d.04.2026;Berg%c GmbH;119,00;%s\n", 100+i, 1+i%28, 'a'+i%26, c.cells[i%2])
		}
		dir, _, err := drops(t, map[string]string{"Rechnungen.csv": b.String()})
		if err != nil {
			t.Fatal(c.paid, err)
		}
		contract := text(t, dir, "contracts/rechnungen.yaml")
		holds(t, contract, c.want)
		if c.not != "" && strings.Contains(contract, c.not) {
			t.Errorf("%s: the contract holds %s", c.paid, c.not)
		}
	}
}
