package sample

import "fmt"

// Currencies beside the company's euro.
const (
	dollar = "USD"
	pound  = "GBP"
)

// currencyOf is what the store charges buyers of a country in.
func currencyOf(country string) string {
	if country == "US" {
		return dollar
	}
	return "EUR"
}

// spendCurrency is what the agency of a channel bills in.
func spendCurrency(channel string) string {
	if channel == "radio" {
		return pound
	}
	return "EUR"
}

// firstRate is the first month of which accounting keeps rates: before the
// first order and the first spending.
const firstRate = day(18628) // 2021-01-01

// rates writes what accounting converts foreign money at: those of each month
// at first, then the day's. Dollars are quoted per euro, pounds in euros.
func (d *delivery) rates() error {
	f, err := createCSV(d.dir, d.path("finance/rates", "csv"), dialect{delimiter: ',', date: "2006-01-02"}, "Day", "From", "To", "Rate")
	if err != nil {
		return err
	}
	f.feed = "finance_rates"
	t := d.truth.tally("finance_rates", "rates", f.path)
	quote := func(on day) {
		r := stream(d.w.seed, forFinance, int64(on), 2000)
		f.row(f.on(on), "EUR", dollar, fmt.Sprintf("1.%04d", 400+r.below(1200)))
		f.row(f.on(on), pound, "EUR", fmt.Sprintf("1.%04d", 1300+r.below(700)))
		t.add()
		t.add()
	}
	if d.number > 0 {
		quote(d.today())
		return f.close()
	}
	for on := firstRate; on <= lastDay; on++ {
		if on.time().Day() == 1 {
			quote(on)
		}
	}
	return f.close()
}
