package transform_test

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"loadstar/transform"
)

func TestEmail(t *testing.T) {
	tb := tables(t)
	for text, want := range map[string]string{
		" John.Smith@Example.COM ":      "john.smith@example.com",
		"mailto:jane@firm.co.uk":        "jane@firm.co.uk",
		"Jane Roe <Jane@Firm.co.uk>":    "jane@firm.co.uk",
		"<jane@firm.de>":                "jane@firm.de",
		"jane+news@firm.de":             "jane+news@firm.de",
		"jane@firm.de.":                 "jane@firm.de",
		"jane@firm.de; other@firm.de":   "jane@firm.de",
		"n/a, jane@firm.de":             "jane@firm.de",
		"jane@müller.de":                "jane@müller.de",
		"o'hara@firm.ie":                "o'hara@firm.ie",
		"mailto:jane@firm.de?subject=x": "jane@firm.de",
		"mail@mailhouse.de":             "mail@mailhouse.de",
		"n/a":                           "",
		"none":                          "",
		"keine Angabe":                  "",
		"none@none.com":                 "",
		"none@firm.de":                  "",
		"test@test.com":                 "",
		"noemail@firm.com":              "",
		"no-email@firm.com":             "",
		"xxx@xxx.de":                    "",
		"jane":                          "",
		"jane@":                         "",
		"@firm.de":                      "",
		"jane@firm":                     "",
		"jane@@firm.de":                 "",
		"jane@firm,de":                  "",
		"jane..roe@firm.de":             "",
		"jane@-firm.de":                 "",
		"jane@firm.123":                 "",
		"www.firm.de":                   "",
		"":                              "",
	} {
		if got := tb.Email(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestPhone(t *testing.T) {
	for _, test := range []struct{ text, country, want, extension string }{
		{"020 7946 0018", "GB", "+442079460018", ""},
		{"(020) 7946-0018", "GB", "+442079460018", ""},
		{"+44 (0)20 7946 0018", "DE", "+442079460018", ""},
		{"0044 20 7946 0018", "GB", "+442079460018", ""},
		{"030 901820", "DE", "+4930901820", ""},
		{"0049 30 901820", "DE", "+4930901820", ""},
		{"(212) 555-0123", "US", "+12125550123", ""},
		{"1-212-555-0123", "US", "+12125550123", ""},
		{"212.555.0123 x45", "US", "+12125550123", "45"},
		{"212-555-0123 ext. 7", "US", "+12125550123", "7"},
		{"tel: 020 7946 0018", "GB", "+442079460018", ""},
		{"020 7946 0018 / 020 7946 0019", "GB", "+442079460018", ""},
		{"07700 900123 or 020 7946 0019", "GB", "+447700900123", ""},
		{"555-0123", "US", "", ""},
		{"0000000000", "US", "", ""},
		{"9999999999", "US", "", ""},
		{"1234567890", "US", "", ""},
		{"n/a", "GB", "", ""},
		{"12", "GB", "", ""},
		{"+44 20 7946 0018 0018 0018", "GB", "", ""},
		{"020 7946 0018", "", "", ""},
		{"+1 212 555 0123", "", "+12125550123", ""},
		{"", "GB", "", ""},
		{"030 123456 (privat)", "DE", "+4930123456", ""},
		{"030 123456 privat", "DE", "+4930123456", ""},
		{"Büro 030/123456", "DE", "+4930123456", ""},
		{"030 123456 oder 030 654321", "DE", "+4930123456", ""},
		{"030 123456 Durchwahl 12", "DE", "+4930123456", ""},
		{"0000000000 / 030 123456", "DE", "+4930123456", ""},
		{"+49 30 12345O", "DE", "", ""},
		{"+49 3O 123456", "DE", "", ""},
		{"491711234567.0", "DE", "+491711234567", ""},
		{"49 171 1234567", "DE", "+491711234567", ""},
		{"447700900123", "GB", "+447700900123", ""},
		{"49 30 1234567", "DE", "+49301234567", ""},
		{"０３０１２３４５６", "DE", "+4930123456", ""},
		{"٠٣٠١٢٣٤٥٦", "DE", "+4930123456", ""},
		{"＋４９（３０）１２３４５６", "DE", "+4930123456", ""},
		{"1-800-FLOWERS", "US", "+18003569377", ""},
		{"212-555-PIZZA", "US", "", ""},
		{"+49 30 123456;ext=7", "DE", "+4930123456", "7"},
		{"see note", "DE", "", ""},
	} {
		if got, ext := transform.Phone(test.text, test.country); got != test.want || ext != test.extension {
			t.Errorf("%q in %s: got %q x%q, want %q x%q", test.text, test.country, got, ext, test.want, test.extension)
		}
	}
}

func TestCountryAndCurrency(t *testing.T) {
	tb := tables(t)
	for text, want := range map[string]string{
		"GB": "GB", "gbr": "GB", "UK": "GB", "United Kingdom": "GB", "united  kingdom": "GB", "England": "GB", "Großbritannien": "GB",
		"Deutschland": "DE", "GERMANY": "DE", "DEU": "DE", "Allemagne": "DE", "Österreich": "AT", "Oesterreich": "AT", "Suisse": "CH",
		"U.S.A.": "US", "United States of America": "US", "Etats-Unis": "US", "EIRE": "IE", "RSA": "ZA", "Holland": "NL",
		"Côte d'Ivoire": "CI", "Korea, Republic of": "KR", "España": "ES", "Espana": "ES", "Türkiye": "TR", "日本": "JP", "IN": "IN",
		"European Community": "", "Unspecified": "", "Atlantis": "", "": "",
	} {
		if got := tb.Country(text); got != want {
			t.Errorf("country %q: got %q, want %q", text, got, want)
		}
	}
	for _, test := range []struct{ text, standard, want string }{
		{"eur", "GBP", "EUR"}, {"€", "GBP", "EUR"}, {"£", "EUR", "GBP"}, {"$", "EUR", "USD"}, {"$", "CAD", "CAD"}, {"US$", "CAD", "USD"},
		{"CHF", "", "CHF"}, {"Sfr.", "", "CHF"}, {"Euro", "", "EUR"}, {"¥", "CNY", "CNY"}, {"¥", "EUR", "JPY"}, {"kr", "DKK", "DKK"},
		{"kr", "EUR", ""}, {"XYZ", "EUR", ""}, {"", "EUR", ""},
	} {
		if got := tb.Currency(test.text, test.standard); got != test.want {
			t.Errorf("currency %q beside %s: got %q, want %q", test.text, test.standard, got, test.want)
		}
	}
}

func TestPostcode(t *testing.T) {
	for _, test := range []struct{ text, country, want string }{
		{"sw1a1aa", "GB", "SW1A 1AA"}, {"SW1A  1AA", "GB", "SW1A 1AA"}, {"m1 1ae", "GB", "M1 1AE"}, {"ec1a-1bb", "GB", "EC1A 1BB"}, {"nonsense", "GB", "NONSENSE"},
		{"02139", "US", "02139"}, {"2139", "US", "02139"}, {"2139.0", "US", "02139"}, {"021394307", "US", "02139-4307"}, {"02139 4307", "US", "02139-4307"},
		{"k1a0b1", "CA", "K1A 0B1"}, {"1012ab", "NL", "1012 AB"}, {"D-10115", "DE", "10115"}, {"DE-10115", "DE", "10115"}, {"1067", "DE", "01067"},
		{"A-1010", "AT", "1010"}, {"CH-8001", "CH", "8001"}, {"00950", "PL", "00-950"}, {"1000001", "JP", "100-0001"}, {"a65f4e2", "IE", "A65 F4E2"},
		{"11122", "SE", "111 22"}, {"75 001", "FR", "75001"}, {"abc 1", "", "ABC 1"}, {"10115", "", "10115"}, {"", "GB", ""},
	} {
		if got := transform.Postcode(test.text, test.country); got != test.want {
			t.Errorf("%q in %s: got %q, want %q", test.text, test.country, got, test.want)
		}
	}
}

func TestSplitAddress(t *testing.T) {
	tb := tables(t)
	for _, test := range []struct{ text, country, street, number, unit string }{
		{"12 High St", "GB", "High St", "12", ""},
		{"12 HIGH ST", "GB", "High St", "12", ""},
		{"12a high street", "GB", "High Street", "12a", ""},
		{"12-14 High Street", "GB", "High Street", "12-14", ""},
		{"12 - 14 High Street", "GB", "High Street", "12-14", ""},
		{"Flat 3, 12 High St", "GB", "High St", "12", "Flat 3"},
		{"flat 3 12 High St", "GB", "High St", "12", "Flat 3"},
		{"12 High St, Flat 3", "GB", "High St", "12", "Flat 3"},
		{"Rose Cottage, 12 High St", "GB", "High St", "12", "Rose Cottage"},
		{"High Street, 12", "GB", "High Street", "12", ""},
		{"12, High Street", "GB", "High Street", "12", ""},
		{"High Street", "GB", "High Street", "", ""},
		{"Rose Cottage, Church Lane", "GB", "Church Lane", "", "Rose Cottage"},
		{"123 Main St Apt 4B", "US", "Main St", "123", "Apt 4B"},
		{"123 Main St, Apt 4B", "US", "Main St", "123", "Apt 4B"},
		{"123 Main St #4", "US", "Main St", "123", "#4"},
		{"123 N MAIN ST STE 100", "US", "N Main St", "123", "Ste 100"},
		{"500 5TH AVE", "US", "5th Ave", "500", ""},
		{"123 N Main St, 2nd Floor", "US", "N Main St", "123", "2nd Floor"},
		{"Route 66", "US", "Route 66", "", ""},
		{"4500 State Route 12", "US", "State Route 12", "4500", ""},
		{"PO Box 123", "US", "PO Box 123", "", ""},
		{"P.O. BOX 123", "US", "PO Box 123", "", ""},
		{"Postfach 1234", "DE", "PO Box 1234", "", ""},
		{"Hauptstraße 12a", "DE", "Hauptstraße", "12a", ""},
		{"Hauptstraße 12 a", "DE", "Hauptstraße", "12a", ""},
		{"HAUPTSTR. 12", "DE", "Hauptstr.", "12", ""},
		{"Straße des 17. Juni 135", "DE", "Straße des 17. Juni", "135", ""},
		{"Am Alten Markt 5-7", "DE", "Am Alten Markt", "5-7", ""},
		{"Lange Gasse 3/12", "AT", "Lange Gasse", "3/12", ""},
		{"12 bis rue de la Paix", "FR", "rue de la Paix", "12 bis", ""},
		{"12, rue de la Paix", "FR", "rue de la Paix", "12", ""},
		{"Calle Mayor, 12", "ES", "Calle Mayor", "12", ""},
		{"Calle Mayor 12, 3º B", "ES", "Calle Mayor", "12", "3º B"},
		{"Via Roma 10", "IT", "Via Roma", "10", ""},
		{"Keizersgracht 123-2", "NL", "Keizersgracht", "123-2", ""},
		{"3/12 Beach Rd", "AU", "Beach Rd", "12", "3"},
		{"Unit 3, 12 Beach Rd", "AU", "Beach Rd", "12", "Unit 3"},
		{"", "GB", "", "", ""},
		{"12", "GB", "", "12", ""},
	} {
		a := tb.SplitAddress(test.text, test.country)
		if a.Street != test.street || a.HouseNumber != test.number || a.Unit != test.unit {
			t.Errorf("%q: got %+v, want %q %q %q", test.text, a, test.street, test.number, test.unit)
		}
	}
}

func TestPlaceNames(t *testing.T) {
	tb := tables(t)
	for text, want := range map[string]string{
		"LONDON": "London", "london": "London", "STRATFORD-UPON-AVON": "Stratford-upon-Avon", "newcastle upon tyne": "Newcastle upon Tyne",
		"FRANKFURT AM MAIN": "Frankfurt am Main", "Den Haag": "Den Haag", "ST. ALBANS": "St. Albans", "KING'S LYNN": "King's Lynn",
		"L'AQUILA": "L'Aquila", "東京": "東京", " New  York, ": "New York", "MÜNCHEN": "München",
	} {
		if got := tb.PlaceName(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"ca": "CA", "CA": "CA", "nsw": "NSW", "BAYERN": "Bayern", "N.Y.": "N.Y.", "West Sussex": "West Sussex"} {
		if got := tb.Region(text); got != want {
			t.Errorf("region %q: got %q, want %q", text, got, want)
		}
	}
}

func TestBoolAndPartyType(t *testing.T) {
	tb := tables(t)
	for text, want := range map[string]bool{"Yes": true, "JA": true, "oui": true, "Sí": true, "1": true, "wahr": true, "x": true, "no": false, "Nein": false, "0": false, "faux": false, "N": false} {
		if got, known := tb.Bool(text); !known || got != want {
			t.Errorf("%q: got %v, %v", text, got, known)
		}
	}
	for _, text := range []string{"maybe", "2", "yesno", ""} {
		if _, known := tb.Bool(text); known {
			t.Errorf("%q is read as a truth", text)
		}
	}
	for text, want := range map[string]string{"Company": "organisation", "Privatkunde": "person", "B2B": "organisation", "organisation": "organisation", "person": "person", "??": "unknown"} {
		if got := tb.PartyType(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestTextIsComposed holds the short way of Latin and Cyrillic text against the
// general one.
func TestTextIsComposed(t *testing.T) {
	for r := rune(0x80); r < 0x500; r++ {
		for _, behind := range []string{"b", "\u0301", "\u0308b"} {
			if text := "a" + string(r) + behind; transform.Text(text) != norm.NFC.String(text) {
				t.Errorf("%+q becomes %+q", text, transform.Text(text))
			}
		}
	}
}
