package matchfile_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestRowsThatAreNone: a drawn line and a row of sums stay in their places and
// are nobody's; somebody who is called as sums are is matched by the second phone.
func TestRowsThatAreNone(t *testing.T) {
	const rows = "Name,Phone 1,Phone 2\nAnna Abelstein,0555 010201,\n-----,-----,-----\nSuma,,0555 010202\nPeter Brunnquell,0555 010203,\nAnna Abelstein,0555 010201,\nTotal,,\nSuma,,0555 010202\n"
	o := options(t, file(t, "p.csv", rows))
	run(t, o)
	found := clusters(t, o)
	if len(found) != 7 {
		t.Fatalf("%d rows came back, want 7", len(found))
	}
	if found["p.csv 1"] != found["p.csv 5"] || found["p.csv 3"] != found["p.csv 7"] || found["p.csv 2"] == found["p.csv 6"] {
		t.Errorf("clusters %v", found)
	}
}

// TestFamilyNameBefore: a stroke, and a header, say that the family name comes
// first, so that people of one house are told apart.
func TestFamilyNameBefore(t *testing.T) {
	family, given := strings.Fields("Abelstein Brunnquell Dornfelder Farnsdale Grubnik Jankelow Nettelbeck Eichenlaub"), strings.Fields("Ozwane Pelmira Narvoto Zarkuno Ngorubi Iturraxo")
	for header, write := range map[string]string{"Guest": "%s/%s MR", "Nume și prenume": "%s %s"} {
		var a strings.Builder
		fmt.Fprintf(&a, "%s,Address\n", header)
		for house := range 40 {
			for member := range 2 {
				name := fmt.Sprintf(write, family[house%8], given[(house/8+member*3)%6])
				fmt.Fprintf(&a, "%s,%d Mill Lane\n", strings.ToUpper(name), house+1)
			}
		}
		o := options(t, file(t, "p.csv", a.String()))
		report := run(t, o)
		if c := report.Inputs[0].Columns[0]; c.Field != "full_name" || !strings.Contains(c.Why, "family name comes") {
			t.Errorf("%s is %q: %s", c.Column, c.Field, c.Why)
		}
		if n := report.Matching.Duplicates; n > 0 {
			t.Errorf("%s: %d of 80 people are taken for others of their house", header, n)
		}
	}
}

// TestAgesBesideBirths: ages are counted back from the year that namesakes show,
// and left out where nothing shows it.
func TestAgesBesideBirths(t *testing.T) {
	family := strings.Fields("Abelstein Brunnquell Dornfelder Farnsdale Grubnik Jankelow Nettelbeck Eichenlaub")
	given := strings.Fields("Anna Peter Maria Thomas Julia Robert Clara Henry")
	for _, apart := range []bool{true, false} {
		var a, b strings.Builder
		a.WriteString("first_name,last_name,birth_year\n")
		b.WriteString("name,age_at_year_end\n")
		for i := range 60 {
			year, age := 1930+i*7%60, 2023-(1930+i*7%60)
			if !apart {
				age = 20 + i*13%50
			}
			fmt.Fprintf(&a, "%s,%s,%d\n", given[i%8], family[i/8], year)
			fmt.Fprintf(&b, "\"%s, %s\",%d\n", family[i/8], given[i%8], age)
		}
		o := options(t, file(t, "p.csv", a.String()), file(t, "q.csv", b.String()))
		report := run(t, o)
		want := ""
		if apart {
			want = "age"
		}
		if c := report.Inputs[1].Columns[1]; c.Field != want {
			t.Errorf("apart %v: %s is %q: %s", apart, c.Column, c.Field, c.Why)
		}
		if notes := strings.Join(report.Inputs[1].Notes, "; "); strings.Contains(notes, "ages are of 2023") != apart {
			t.Errorf("notes %q", notes)
		}
	}
}

// TestPointsOverPostcodes: what all inputs tell counts: two hotels of one name
// are far from each other, whatever the postcode that one input has.
func TestPointsOverPostcodes(t *testing.T) {
	var a, b strings.Builder
	a.WriteString("hotel,lat,lng\n")
	b.WriteString("name,zip,latitude,longitude\n")
	for i := range 40 {
		name, lat, lon := strings.Fields("Hotel Pension Casa")[i%3]+" "+strings.Fields("Miramar Alba Verde Duna")[i/3%4], 40+float64(i)/7, 3+float64(i%5)
		fmt.Fprintf(&a, "%s,%.5f,%.5f\n", name, lat, lon)
		fmt.Fprintf(&b, "%s,%05d,%.4f,%.4f\n", name, 10000+i*17, lat+.0004, lon)
	}
	o := options(t, file(t, "p.csv", a.String()), file(t, "q.csv", b.String()))
	report := run(t, o)
	if c := report.Inputs[1].Columns[1]; c.Field != "" {
		t.Errorf("%s is %q: %s", c.Column, c.Field, c.Why)
	}
	found := clusters(t, o)
	for i := range 40 {
		for j := range 40 {
			if one := found[fmt.Sprint("p.csv ", i+1)] == found[fmt.Sprint("q.csv ", j+1)]; one != (i == j) {
				t.Fatalf("row %d and row %d are one: %v", i+1, j+1, one)
			}
		}
	}
}
