package transform_test

import (
	"testing"

	"loadstar/transform"
)

func TestSplitWhole(t *testing.T) {
	t.Parallel()
	tb, err := transform.LoadTables()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, country                                string
		street, number, unit, postcode, city, region string
	}{
		{"12 High St, London SW1A 1AA", "", "High St", "12", "", "SW1A 1AA", "London", ""},
		{"12 High St, London, SW1A 1AA", "GB", "High St", "12", "", "SW1A 1AA", "London", ""},
		{"12 High St, London", "GB", "High St", "12", "", "", "London", ""},
		{"Flat 3, 12 High St, London sw1a1aa, United Kingdom", "", "High St", "12", "Flat 3", "SW1A 1AA", "London", ""},
		{"12 High St London SW1A 1AA", "", "High St", "12", "", "SW1A 1AA", "London", ""},
		{"Hauptstraße 5, 04109 Leipzig", "DE", "Hauptstraße", "5", "", "04109", "Leipzig", ""},
		{"Hauptstraße 5a 04109 Leipzig", "DE", "Hauptstraße", "5a", "", "04109", "Leipzig", ""},
		{"Hauptstraße 5, D-04109 Leipzig", "DE", "Hauptstraße", "5", "", "04109", "Leipzig", ""},
		{"1 Main St, Springfield, IL 62704", "US", "Main St", "1", "", "62704", "Springfield", "IL"},
		{"1 Main St, Apt 4, Springfield IL 62704", "", "Main St", "1", "Apt 4", "62704", "Springfield", "IL"},
		{"1 Main St, Tampa, FL 33601", "US", "Main St", "1", "", "33601", "Tampa", "FL"},
		{"1 Main St, Tampa, Fl 3", "US", "Main St", "1", "Fl 3", "", "", ""},
		{"7 George St, Sydney NSW 2000", "AU", "George St", "7", "", "2000", "Sydney", "NSW"},
		{"12 rue de la Paix, 75002 Paris", "FR", "rue de la Paix", "12", "", "75002", "Paris", ""},
		{"Damrak 1, 1012 LG Amsterdam", "NL", "Damrak", "1", "", "1012 LG", "Amsterdam", ""},
		{"Calle Mayor 5, 28013 Madrid, Spain", "", "Calle Mayor", "5", "", "28013", "Madrid", ""},
		// no place behind the street
		{"12 High Street", "GB", "High Street", "12", "", "", "", ""},
		{"High Street, 12", "GB", "High Street", "12", "", "", "", ""},
		{"12 High St, Flat B", "GB", "High St", "12", "Flat B", "", "", ""},
		{"1 Main St, Suite 2000", "US", "Main St", "1", "Suite 2000", "", "", ""},
		{"1 Main St Suite 2000", "", "Main St", "1", "Suite 2000", "", "", ""},
		{"12 High St, 04109 Leipzig", "GB", "High St", "12", "", "04109", "Leipzig", ""},
		{"1 Main St, 2000 Oak Avenue", "GB", "Main St", "1", "", "", "", ""},
		{"Rose Cottage, Mill Lane", "GB", "Mill Lane", "", "Rose Cottage", "", "", ""},
		{"1234 Main Street", "US", "Main Street", "1234", "", "", "", ""},
		{"", "", "", "", "", "", "", ""},
		{", ,", "", "", "", "", "", "", ""},
	} {
		a := tb.SplitWhole(c.text, c.country)
		got := [...]string{a.Street, a.HouseNumber, a.Unit, a.Postcode, a.City, a.Region}
		if want := [...]string{c.street, c.number, c.unit, c.postcode, c.city, c.region}; got != want {
			t.Errorf("%q: %q, want %q", c.text, got, want)
		}
	}
}
