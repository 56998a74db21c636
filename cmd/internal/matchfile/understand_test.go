package matchfile_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestWhoseThing: things of one name are told apart by what says whose they are,
// and all things of one maker are not one.
func TestWhoseThing(t *testing.T) {
	const songs = `song,artist,seconds
Winter Harbour,The Copper Foxes,181
Winter Harbour,Copper Foxes,182
Winter Harbour,Ida Nettelbeck,240
Night Ferry,Ida Nettelbeck,200
Night Ferry,Nettelbeck Ida,201
Night Ferry,Otto Grubnik Trio,333
Lanterns,Otto Grubnik Trio,120
Slow Tide,Marta Eichenlaub,90
Paper Boats,The Salt Lamps,77
Long Way North,Wanda Tormund,99
`
	o := options(t, file(t, "p.csv", songs))
	report := run(t, o)
	found := clusters(t, o)
	same := func(a, b string) bool { return found["p.csv "+a] == found["p.csv "+b] }
	if !same("1", "2") || !same("4", "5") || same("1", "3") || same("4", "6") {
		t.Errorf("clusters %v", found)
	}
	if c := report.Inputs[0].Columns[1]; c.Field != "made_by" {
		t.Errorf("the artist is %q: %s", c.Field, c.Why)
	}
	if golden := readCSV(t, filepath.Join(o.Out, "golden.csv")); !slices.ContainsFunc(golden, func(row []string) bool { return slices.Contains(row, "Lanterns") }) {
		t.Errorf("golden records %q", golden)
	}
}

// TestCountryOfOthers: an input that does not tell the country of its phones has
// that of the others.
func TestCountryOfOthers(t *testing.T) {
	o := options(t, file(t, "p.csv", "name,phone\nWanda Nettelbeck,212/555-0136\nOtto Grubnik,415/555-0114\nPhilippa Farnsdale,617/555-0150\n"),
		file(t, "q.csv", "name,phone\nW. Nettelbeck,(212) 555-0136\nOtto Grubnik,(415) 555-0114\nMarta Eichenlaub,(312) 555-0188\n"))
	report := run(t, o)
	found := clusters(t, o)
	if a, b := report.Inputs[0].Country, report.Inputs[1].Country; a != "US" || b != "US" {
		t.Errorf("countries %q and %q", a, b)
	}
	if found["p.csv 1"] != found["q.csv 1"] || found["p.csv 2"] != found["q.csv 2"] || found["p.csv 3"] == found["q.csv 3"] {
		t.Errorf("clusters %v", found)
	}
}

// TestBirthYear: a year of birth alone tells father and son apart, and no day
// is made up for it.
func TestBirthYear(t *testing.T) {
	o := options(t, file(t, "p.csv", `first_name,last_name,birth_year,res_street_address,res_city_desc
Otto,Grubnik,1951,7 Mill Lane,Cronau
Otto,Grubnik,1979,7 Mill Lane,Cronau
Wanda,Nettelbeck,1966,3 Ahorn Road,Cronau
Wanda,Nettelbek,1966,3 Ahorn Road,Cronau
Philippa,Farnsdale,1980,12 High Street,Altstadt
`))
	run(t, o)
	found := clusters(t, o)
	same := func(a, b string) bool { return found["p.csv "+a] == found["p.csv "+b] }
	if !same("3", "4") || same("1", "2") {
		t.Errorf("clusters %v", found)
	}
	golden := readCSV(t, filepath.Join(o.Out, "golden.csv"))
	last := len(golden[0]) - 1
	if golden[0][last] != "birth_year" || !slices.ContainsFunc(golden, func(row []string) bool { return row[last] == "1951" }) {
		t.Errorf("golden records %q", golden)
	}
}

// TestFamilyFirst: a column of whole names that has the family name first is
// read so as a whole, also where the family name is one that people are given.
func TestFamilyFirst(t *testing.T) {
	const members = `ФИО,Телефон
Соколова Анна Петровна,+79161234501
Соколова Анна,+79161234501
Орлов Сергей Иванович,+79161234502
Фёдоров Дмитрий Олегович,+79161234503
Кузнецова Елена Сергеевна,+79161234504
Козлов Иван Павлович,+79161234505
Волков Николай Юрьевич,+79161234506
Зайцева Мария Андреевна,+79161234507
Белов Андрей Игоревич,+79161234508
Титова Ольга Денисовна,+79161234509
Марков Павел Ильич,+79161234510
Жуков Михаил Антонович,+79161234511
Гусева Татьяна,+79161234512
`
	o := options(t, file(t, "p.csv", members), file(t, "q.csv", "name\nGerda Ahlmann\nWanda Nettelbeck\n"))
	report := run(t, o)
	if c := report.Inputs[0].Columns[0]; c.Field != "full_name" || !strings.Contains(c.Why, "family name comes first") {
		t.Errorf("the name is %q: %s", c.Field, c.Why)
	}
	if c := report.Inputs[1].Columns[0]; strings.Contains(c.Why, "family name comes first") {
		t.Errorf("the name is %q: %s", c.Field, c.Why)
	}
	golden := readCSV(t, filepath.Join(o.Out, "golden.csv"))
	family := slices.Index(golden[0], "family_name")
	for _, name := range []string{"Соколова", "Гусева", "Ahlmann"} {
		if !slices.ContainsFunc(golden[1:], func(row []string) bool { return row[family] == name }) {
			t.Errorf("no family name %s in %q", name, golden)
		}
	}
}

// TestAge: an age is compared as a year of birth is, but where another input
// knows births, and none is made up.
func TestAge(t *testing.T) {
	const guests = `name,age,city
Otto Grubnik,34,Cronau
Otto Grubnik,71,Seehausen
Wanda Nettelbeck,52,Cronau
Wanda Nettelbeck,53,Cronau
Philippa Farnsdale,n/a,Cronau
`
	o := options(t, file(t, "p.csv", guests))
	report := run(t, o)
	found := clusters(t, o)
	if c := report.Inputs[0].Columns[1]; c.Field != "age" {
		t.Errorf("age is %q: %s", c.Field, c.Why)
	}
	if found["p.csv 1"] == found["p.csv 2"] || found["p.csv 3"] != found["p.csv 4"] {
		t.Errorf("clusters %v", found)
	}
	if golden := readCSV(t, filepath.Join(o.Out, "golden.csv")); slices.ContainsFunc(golden[0], func(name string) bool { return strings.Contains(name, "birth") }) {
		t.Errorf("golden records %q", golden)
	}
	o = options(t, file(t, "p.csv", guests), file(t, "q.csv", "name,birth date\nOtto Grubnik,1990-04-12\n"))
	if c := run(t, o).Inputs[0].Columns[1]; c.Field != "" {
		t.Errorf("beside births age is %q: %s", c.Field, c.Why)
	}
}

// TestPoints: places of one name that are far apart are two, near ones are one
// however their points are rounded, and one number of degrees alone is left out.
func TestPoints(t *testing.T) {
	const places = `name,lat,lng
Station Bakery,51.50735,-0.12776
Station Bakery,51.5076,-0.1279
Station Bakery,53.80083,-1.54905
Bridge Museum,52.6309,1.2974
Copper Lamp Hotel,50.7184,-3.5339
Ahorn Pharmacy,54.8951,-2.9382
Tarnbeck Library,0,0
Mill Lane School,x,y
Weir Gym,52.9548,-1.1581
Orchard Post Office,51.3811,-2.3590
`
	o := options(t, file(t, "p.csv", places))
	report := run(t, o)
	found := clusters(t, o)
	if c := report.Inputs[0].Columns; c[1].Field != "latitude" || c[2].Field != "longitude" {
		t.Errorf("columns %+v", c)
	}
	if found["p.csv 1"] != found["p.csv 2"] || found["p.csv 1"] == found["p.csv 3"] {
		t.Errorf("clusters %v", found)
	}
	if golden := readCSV(t, filepath.Join(o.Out, "golden.csv")); slices.ContainsFunc(golden, func(row []string) bool { return strings.Contains(strings.Join(row, " "), "@") }) {
		t.Errorf("golden records %q", golden)
	}
	o = options(t, file(t, "p.csv", "name,lat\nStation Bakery,51.50735\nBridge Museum,52.6309\n"))
	if c := run(t, o).Inputs[0].Columns[1]; c.Field != "" || !strings.Contains(c.Why, "together") {
		t.Errorf("latitude alone is %q: %s", c.Field, c.Why)
	}
}

// TestCalledAnything: where no header names anything, the texts that are each
// row's own do; where a column names persons, they do not.
func TestCalledAnything(t *testing.T) {
	const rows = `dive,depth,harbour
Blue Lantern Wall,31,Cronau
Lantern Wall Blue,30,Cronau
Old Ferry Wreck,24,Bergfelde
Nettle Bank,12,Bergfelde
Copper Fox Arch,18,Cronau
Silent Tide Cave,22,Cronau
`
	o := options(t, file(t, "p.csv", rows))
	report := run(t, o)
	if c := report.Inputs[0].Columns[0]; c.Field != "organisation_name" {
		t.Errorf("the name of the things is %q: %s", c.Field, c.Why)
	}
	if found := clusters(t, o); found["p.csv 1"] != found["p.csv 2"] || found["p.csv 1"] == found["p.csv 3"] {
		t.Errorf("clusters %v", found)
	}
	const guests = "guest,dive\nWanda Nettelbeck,Old Ferry Wreck\nOtto Grubnik,Old Ferry Wreck\nIda Abelstein,Copper Fox Arch\n"
	report = run(t, options(t, file(t, "p.csv", guests)))
	if c := report.Inputs[0].Columns[1]; c.Field != "" {
		t.Errorf("what the guests saw is %q: %s", c.Field, c.Why)
	}
}

// TestWhoMadeNothing: authors with where they work are persons where nothing is
// named that they made.
func TestWhoMadeNothing(t *testing.T) {
	const rows = `author,affiliation,year
Anna Brunnquell,University of Cronau,2009
"Brunnquell, A.",University of Cronau,2011
Peter Farnsdale,Bergfelde Institute,2011
Maria Dornfelder,Bergfelde Institute,2012
Thomas Grubnik,University of Cronau,2014
`
	o := options(t, file(t, "p.csv", rows))
	if c := run(t, o).Inputs[0].Columns[0]; c.Field != "full_name" {
		t.Errorf("the author is %q: %s", c.Field, c.Why)
	}
}

// TestCalledSum: a person is read whose name begins as rows of sums do.
func TestCalledSum(t *testing.T) {
	o := options(t, file(t, "p.csv", "patient,zip,phone\n\"Sum, Ada\",10371,+15354646336\n\"Sum, Ada\",10371,+15354646336\n\"Grubnik, Otto\",10373,\n"))
	run(t, o)
	if found := clusters(t, o); len(found) != 3 || found["p.csv 1"] != found["p.csv 2"] {
		t.Errorf("clusters %v", found)
	}
}

// TestPublisherIsNoAuthor: a row that lacks the author tells nobody whose book it
// is, whatever its publisher; one that lacks the album has its artist.
func TestPublisherIsNoAuthor(t *testing.T) {
	var books strings.Builder
	books.WriteString("title,author,publisher\n")
	random := rand.New(rand.NewPCG(5, 7))
	word := func() string {
		text := ""
		for range 3 {
			text += []string{"bel", "dor", "fin", "gra", "hol", "kem", "lor", "mun", "nat", "pel", "ros", "tam"}[random.IntN(12)]
		}
		return strings.ToUpper(text[:1]) + text[1:]
	}
	const count = 150
	for i := range count {
		title, author := word()+" "+word(), word()+" "+word()
		publisher := []string{"Marlin", "Quillback", "Old Mill Press"}[random.IntN(3)]
		fmt.Fprintf(&books, "%s,%s,%s\n", title, author, publisher)
		fmt.Fprintf(&books, "%s,%s,%s\n", title, []string{author, ""}[i%3/2], publisher)
	}
	o := options(t, file(t, "p.csv", books.String()))
	run(t, o)
	found := clusters(t, o)
	for i := range count {
		if a, b := fmt.Sprint("p.csv ", 2*i+1), fmt.Sprint("p.csv ", 2*i+2); found[a] != found[b] {
			t.Errorf("rows %s and %s are two", a, b)
		}
	}
}
