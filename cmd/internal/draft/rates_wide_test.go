package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestWideRates drafts exchange rates with a column for each currency: the name
// tells the other currency and the way, or what the currencies are worth does;
// where nothing does, the table is left out.
func TestWideRates(t *testing.T) {
	t.Parallel()
	rates := func(header, row string) string {
		var b strings.Builder
		b.WriteString(header + "\n")
		for i := range 40 {
			fmt.Fprintf(&b, "%s,%s\n", dayOf(i, "2006-01-02"), row)
		}
		return b.String()
	}
	customers := "id,name,email,phone\n" + rows(100, 140, "C#,Ada Bergman,ada#@example.org,+43 316 55#00")
	for _, c := range []struct {
		file, header, row string
		from, to          string // "" = left out
	}{
		{"fx_to_gbp", "date,EUR,USD", "0.8512,0.7801", "EUR", "GBP"},
		{"fx_per_gbp", "date,EUR,USD", "1.1712,1.2801", "GBP", "EUR"},
		{"eur_rates", "date,USD,JPY,SEK", "1.0812,161.2,11.3", "EUR", "JPY"},
		{"rates", "date,USD,JPY,SEK", "0.9212,0.0062,0.0881", "JPY", "EUR"},
		{"rates", "date,USD,GBP", "1.0101,1.0202", "", ""},
	} {
		dir, r, err := drops(t, map[string]string{"finance/" + c.file + ".csv": rates(c.header, c.row), "crm/customers.csv": customers})
		if err != nil {
			t.Fatal(err)
		}
		if c.from == "" {
			if left := fmt.Sprint(r.LeftOut); !strings.Contains(left, "which way they are quoted") {
				t.Errorf("%s: left out %s", c.file, left)
			}
			continue
		}
		contract := text(t, dir, "contracts/finance_"+c.file+".yaml")
		want := "{property: field, value: from_currency_code}\n          - {property: constant, value: " + c.from + "}"
		into := "{property: field, value: to_currency_code}\n          - {property: constant, value: " + c.to + "}"
		if !strings.Contains(contract, want) || !strings.Contains(contract, into) || !strings.Contains(contract, "{property: delivery, value: delta}") {
			t.Errorf("%s: want rates from %s to %s:\n%s", c.file, c.from, c.to, contract)
		}
	}
}
