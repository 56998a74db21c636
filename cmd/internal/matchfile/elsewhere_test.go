package matchfile_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestCalledElsewhere: names that no known given name tells for persons' are so
// where another input calls persons by the same words; days of two layouts are
// one attribute, and what people do is no form of address.
func TestCalledElsewhere(t *testing.T) {
	given, family := strings.Fields("Ozwane Pelmira Narvoto Zarkuno Ngorubi Iturraxo"), strings.Fields("Abelstein Brunnquell Dornfelder Farnsdale Grubnik Jankelow Nettelbeck Eichenlaub")
	var a, b strings.Builder
	a.WriteString("Voornaam,Achternaam,Functie,In dienst\n")
	b.WriteString("emp,started,title\n")
	for i := range 40 {
		g, f, job := given[i%6], family[i%8], []string{"Monteur", "Jurist", "Analist"}[i%3]
		fmt.Fprintf(&a, "%s,%s,%s,%02d-%02d-%d\n", g, f, job, 1+i/2, 1+i/2%12, 2002+i/2%21)
		fmt.Fprintf(&b, "%s %s,%d-%02d-%02d,%s\n", f, g[:1], 2002+i/2%21, 1+i/2%12, 1+i/2, job)
	}
	o := options(t, file(t, "p.csv", a.String()), file(t, "q.csv", b.String()))
	report := run(t, o)
	for i, want := range []string{"full_name", "attribute", "attribute"} {
		if c := report.Inputs[1].Columns[i]; c.Field != want {
			t.Errorf("%s is %q: %s", c.Column, c.Field, c.Why)
		}
	}
	found, right := clusters(t, o), 0
	for i := range 40 {
		if found[fmt.Sprint("p.csv ", i+1)] == found[fmt.Sprint("q.csv ", i+1)] {
			right++
		}
	}
	if right < 30 {
		t.Errorf("%d of 40 are linked", right)
	}
}

// TestNamesInTwoColumns: what one shop writes behind the name and another in a
// column of its own is a part of the name in both; a column of what the names
// hold already, and one of something else, are not. A number of things that one
// shop alone tells is left out.
func TestNamesInTwoColumns(t *testing.T) {
	var a, b strings.Builder
	a.WriteString("item,pack,kind,shelf,EAN\n")
	b.WriteString("article,cost\n")
	row := 0
	for _, maker := range strings.Fields("Alnora Bellafrut Dolcino Ernte Frisko") {
		for _, kind := range strings.Fields("Yoghurt Juice Muesli Ketchup") {
			for _, size := range []int{150, 400, 750} {
				row++
				fmt.Fprintf(&a, "%s %s,%d g,%s,%d,40123%07d\n", maker, kind, size, kind, 60+row%7, 9173*row)
				fmt.Fprintf(&b, "%s %s %dg,%d\n", strings.ToUpper(maker), kind, size, 1+row%9)
			}
		}
	}
	o := options(t, file(t, "p.csv", a.String()), file(t, "q.csv", b.String()))
	report := run(t, o)
	for i, isPart := range []bool{true, true, false, false} {
		if c := report.Inputs[0].Columns[i]; (c.Field == "organisation_name") != isPart {
			t.Errorf("%s is %q: %s", c.Column, c.Field, c.Why)
		}
	}
	if c := report.Inputs[0].Columns[4]; c.Field != "" {
		t.Errorf("%s, which one shop alone tells, is %q: %s", c.Column, c.Field, c.Why)
	}
	found, right := clusters(t, o), 0
	for i := range row {
		if found[fmt.Sprint("p.csv ", i+1)] == found[fmt.Sprint("q.csv ", i+1)] {
			right++
		}
	}
	if right < row*9/10 {
		t.Errorf("%d of %d are linked", right, row)
	}
}
