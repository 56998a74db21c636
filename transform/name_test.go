package transform_test

import (
	"testing"

	"loadstar/transform"
)

func tables(t testing.TB) *transform.Tables {
	t.Helper()
	tb, err := transform.LoadTables()
	if err != nil {
		t.Fatal(err)
	}
	return tb
}

// person shortens the table below: title, given, middle, family, suffix.
func person(title, given, middle, family, suffix string) transform.Person {
	return transform.Person{Title: title, Given: given, Middle: middle, Family: family, Suffix: suffix}
}

func with(p transform.Person, change func(*transform.Person)) transform.Person {
	change(&p)
	return p
}

func second(name string) func(*transform.Person) {
	return func(p *transform.Person) { p.Second = name }
}

func nickname(name string) func(*transform.Person) {
	return func(p *transform.Person) { p.Nickname = name }
}

func former(name string) func(*transform.Person) {
	return func(p *transform.Person) { p.Former = name }
}

func TestSplitName(t *testing.T) {
	tb := tables(t)
	for text, want := range map[string]transform.Person{
		"":                             {},
		" - ":                          {},
		"12345":                        {},
		"n/a":                          {},
		"(null)":                       {},
		"\"John Smith\"":               person("", "John", "", "Smith", ""),
		"(John Smith)":                 person("", "John", "", "Smith", ""),
		"John Smith c/o Roe":           person("", "John", "", "Smith", ""),
		"attn. John Smith":             person("", "John", "", "Smith", ""),
		"Smith, John, Dr.":             person("Dr", "John", "", "Smith", ""),
		"John Smith 🙂":                 person("", "John", "", "Smith", ""),
		"Ann Null":                     person("", "Ann", "", "Null", ""),
		"John Smith":                   person("", "John", "", "Smith", ""),
		"佐藤 太郎":                        person("", "太郎", "", "佐藤", ""),
		"佐藤　太郎":                        person("", "太郎", "", "佐藤", ""),
		"佐藤太郎":                         person("", "太郎", "", "佐藤", ""),
		"佐々木誠":                         person("", "誠", "", "佐々木", ""),
		"林太郎":                          person("", "太郎", "", "林", ""),
		"王小明":                          person("", "小明", "", "王", ""),
		"欧阳小明":                         person("", "小明", "", "欧阳", ""),
		"김민수":                          person("", "민수", "", "김", ""),
		"男":                            person("", "", "", "男", ""),
		"  john   smith ":              person("", "John", "", "Smith", ""),
		"JOHN SMITH":                   person("", "John", "", "Smith", ""),
		"John SMITH":                   person("", "John", "", "Smith", ""),
		"van der Smith John":           person("", "John", "", "van der Smith", ""),
		"ten Smith John":               person("", "John", "", "ten Smith", ""),
		"Ten Abrazzo Oona":             person("", "Oona", "", "Ten Abrazzo", ""),
		"Van Smith John":               person("", "John", "", "Van Smith", ""),
		"Van Abrazzo Oona":             person("", "Van", "Abrazzo", "Oona", ""),
		"Abd Allah John Smith":         person("", "Abd", "Allah John", "Smith", ""),
		"Al Smith":                     person("", "Al", "", "Smith", ""),
		"Berg, Anna Van De":            person("", "Anna", "", "Van De Berg", ""),
		"Nguyen, Thi Van":              person("", "Thi", "Van", "Nguyen", ""),
		"Smith, John":                  person("", "John", "", "Smith", ""),
		"MEIER, ANNA MRS":              person("Mrs", "Anna", "", "Meier", ""),
		"Meier, Anna M":                person("", "Anna", "M", "Meier", ""),
		"Anna Berg, Head of Sales":     person("", "Anna", "", "Berg", ""),
		"Berg, Anna, Vertriebsleitung": person("", "Anna", "", "Berg", ""),
		"Jens Ohm, IT-Leiter, MBA":     person("", "Jens", "", "Ohm", "MBA"),
		"Chef, Anna":                   person("", "Anna", "", "Chef", ""),
		"Buyer, Head":                  person("", "Head", "", "Buyer", ""),
		"Eheleute Jan & Eva Ohm":       with(person("Eheleute", "Jan", "", "Ohm", ""), second("Eva Ohm")),
		"SMITH, JOHN A":                person("", "John", "A", "Smith", ""),
		"Smith, John Adam":             person("", "John", "Adam", "Smith", ""),
		"Smith, Dr. John":              person("Dr", "John", "", "Smith", ""),
		"Smith Jr, John":               person("", "John", "", "Smith", "Jr"),
		"John Smith, Jr.":              person("", "John", "", "Smith", "Jr"),
		"John Smith III":               person("", "John", "", "Smith", "III"),
		"JOHN SMITH III":               person("", "John", "", "Smith", "III"),
		"Ivanov Maxim V.":              person("", "Ivanov", "Maxim", "V.", ""),
		"Nguyễn Văn Hoa":               person("", "Nguyễn", "Văn", "Hoa", ""),
		"NGUYEN VAN HOA":               person("", "Nguyen", "", "van Hoa", ""),
		"Oak Creek HOA":                {Organisation: "Oak Creek HOA"},
		"John Q. Public, PhD":          person("", "John", "Q.", "Public", "PhD"),
		"John Q. Public Ph.D.":         person("", "John", "Q.", "Public", "PhD"),
		"Jane Roe, MD, MBA":            person("", "Jane", "", "Roe", "MD MBA"),
		"Li-Na Ma":                     person("", "Li-Na", "", "Ma", ""),
		"Anh Do":                       person("", "Anh", "", "Do", ""),
		"Mr John Smith":                person("Mr", "John", "", "Smith", ""),
		"Mr. Smith":                    person("Mr", "", "", "Smith", ""),
		"John Smith, Mr":               person("Mr", "John", "", "Smith", ""),
		"Prof. Dr. Anna Weber":         person("Prof Dr", "Anna", "", "Weber", ""),
		"Herr Jürgen Müller":           person("Herr", "Jürgen", "", "Müller", ""),
		"Frau Dr. med. Eva Kern":       person("Frau Dr med.", "Eva", "", "Kern", ""),
		"Mme Claire Dubois":            person("Mme", "Claire", "", "Dubois", ""),
		"Sra. María López":             person("Sra.", "María", "", "López", ""),
		"Dr.Jones":                     person("Dr", "", "", "Jones", ""),
		"Familie Müller":               person("Familie", "", "", "Müller", ""),
		"J. R. Hartley":                person("", "J.", "R.", "Hartley", ""),
		"J.R. Hartley":                 person("", "J.R.", "", "Hartley", ""),
		"JR Hartley":                   person("", "JR", "", "Hartley", ""),
		"Pieter van Dorn":              person("", "Pieter", "", "van Dorn", ""),
		"PIETER VAN DORN":              person("", "Pieter", "", "van Dorn", ""),
		"Piet van der Berg":            person("", "Piet", "", "van der Berg", ""),
		"Mark Meijer-van der Berg":     person("", "Mark", "", "Meijer-van der Berg", ""),
		"Anna B. Smit-de Vries":        person("", "Anna", "B.", "Smit-de Vries", ""),
		"ANNA SMIT-DE VRIES":           person("", "Anna", "", "Smit-de Vries", ""),
		"Dorn, Pieter van":             person("", "Pieter", "", "van Dorn", ""),
		"Charles de la Vallée":         person("", "Charles", "", "de la Vallée", ""),
		"Ute von der Heide":            person("", "Ute", "", "von der Heide", ""),
		"Karl von und zu Berg":         person("", "Karl", "", "von und zu Berg", ""),
		"Leonardo Di Rossi":            person("", "Leonardo", "", "Di Rossi", ""),
		"Ahmed bin Rashid al-Sayed":    person("", "Ahmed", "", "bin Rashid al-Sayed", ""),
		"Mohammed Al Harbi":            person("", "Mohammed", "", "Al Harbi", ""),
		"FATIMA AL-ZAHRA":              person("", "Fatima", "", "al-Zahra", ""),
		"José Vega y Luna":             person("", "José", "", "Vega y Luna", ""),
		"Robert St. Amant":             person("", "Robert", "", "St. Amant", ""),
		"RORY MCDONALD":                person("", "Rory", "", "McDonald", ""),
		"fiona macdonald":              person("", "Fiona", "", "MacDonald", ""),
		"FRED MACEY":                   person("", "Fred", "", "Macey", ""),
		"SEAN O'BRIEN":                 person("", "Sean", "", "O'Brien", ""),
		"sean o’brien":                 person("", "Sean", "", "O’Brien", ""),
		"ellen mc donald":              person("", "Ellen", "", "McDonald", ""),
		"ANNE-MARIE SMITH-JONES":       person("", "Anne-Marie", "", "Smith-Jones", ""),
		"DeShawn LaRue":                person("", "DeShawn", "", "LaRue", ""),
		"JO NG":                        person("", "Jo", "", "Ng", ""),
		"Jose\u0301 Mun\u0303oz":       person("", "José", "", "Muñoz", ""),
		"Иван Петров":                  person("", "Иван", "", "Петров", ""),
		"ΝΙΚΟΣ Παππάς":                 person("", "Νικος", "", "Παππάς", ""),
		"山田太郎":                         person("", "太郎", "", "山田", ""),
		"محمد علي":                     person("", "محمد", "", "علي", ""),
		"Smith":                        person("", "", "", "Smith", ""),
		"Mary":                         person("", "Mary", "", "", ""),
		"Solvøy":                       person("", "", "", "Solvøy", ""),
		`Robert "Bob" Smith`:           with(person("", "Robert", "", "Smith", ""), nickname("Bob")),
		"Robert (Bob) Smith":           with(person("", "Robert", "", "Smith", ""), nickname("Bob")),
		"Robert 'Bob' Smith":           with(person("", "Robert", "", "Smith", ""), nickname("Bob")),
		"Robert “Bob” Smith":           with(person("", "Robert", "", "Smith", ""), nickname("Bob")),
		"Anna Schmidt (geb. Meier)":    with(person("", "Anna", "", "Schmidt", ""), former("Meier")),
		"Anna Schmidt geb. MEIER":      with(person("", "Anna", "", "Schmidt", ""), former("Meier")),
		"Jane Doe, née Roe":            with(person("", "Jane", "", "Doe", ""), former("Roe")),
		"John and Mary Smith":          with(person("", "John", "", "Smith", ""), second("Mary Smith")),
		"JOHN AND MARY SMITH":          with(person("", "John", "", "Smith", ""), second("Mary Smith")),
		"John & Mary Smith":            with(person("", "John", "", "Smith", ""), second("Mary Smith")),
		"John A. & Mary B. Smith":      with(person("", "John", "A.", "Smith", ""), second("Mary B. Smith")),
		"Mr & Mrs Smith":               with(person("Mr", "", "", "Smith", ""), second("Mrs Smith")),
		"Mr. and Mrs. John Smith":      with(person("Mr", "John", "", "Smith", ""), second("Mrs Smith")),
		"Dr. & Mrs. J P Stone":         with(person("Dr", "J", "P", "Stone", ""), second("Mrs Stone")),
		"John Smith / Mary Jones":      with(person("", "John", "", "Smith", ""), second("Mary Jones")),
		"John Smith and Mary Jones":    with(person("", "John", "", "Smith", ""), second("Mary Jones")),
		"John Smith and Mary":          with(person("", "John", "", "Smith", ""), second("Mary Smith")),
		"Smith, John and Mary":         with(person("", "John", "", "Smith", ""), second("Mary Smith")),
		"Smith, John & Mary":           with(person("", "John", "", "Smith", ""), second("Mary Smith")),
		"Mr Smith and Mrs Jones":       with(person("Mr", "", "", "Smith", ""), second("Mrs Jones")),
		"Hans und Erika Mustermann":    with(person("", "Hans", "", "Mustermann", ""), second("Erika Mustermann")),
		"Pierre et Marie Petit":        with(person("", "Pierre", "", "Petit", ""), second("Marie Petit")),
		"Herr und Frau Schulz":         with(person("Herr", "", "", "Schulz", ""), second("Frau Schulz")),
		"John/Mary Smith":              with(person("", "John", "", "Smith", ""), second("Mary Smith")),
		"Birgit U. Otto":               person("", "Birgit", "U.", "Otto", ""),
		"Hans u. Erika Mustermann":     with(person("", "Hans", "", "Mustermann", ""), second("Erika Mustermann")),
		"Acme Ltd":                     {Organisation: "Acme Ltd"},
		"ACME LTD.":                    {Organisation: "ACME LTD."},
		"Müller GmbH & Co. KG":         {Organisation: "Müller GmbH & Co. KG"},
		"Smith & Sons":                 {Organisation: "Smith & Sons"},
		"Smith & Co":                   {Organisation: "Smith & Co"},
		"Banco Rojo S.A.":              {Organisation: "Banco Rojo S.A."},
		"Bau AG":                       {Organisation: "Bau AG"},
		"University of Nowhere":        {Organisation: "University of Nowhere"},
		"Stadtwerke Neustadt":          {Organisation: "Stadtwerke Neustadt"},
		"The Old Inn":                  {Organisation: "The Old Inn"},
		"Blue Sky Consulting":          {Organisation: "Blue Sky Consulting"},
		"John Church":                  person("", "John", "", "Church", ""),
		"Church, John":                 person("", "John", "", "Church", ""),
		"Mary Bank":                    person("", "Mary", "", "Bank", ""),
		"Joyce Power":                  person("", "Joyce", "", "Power", ""),
	} {
		if got := tb.SplitName(text); got != want {
			t.Errorf("%q\n got %+v\nwant %+v", text, got, want)
		}
	}
}

func TestSplitColumns(t *testing.T) {
	tb := tables(t)
	for _, test := range []struct {
		given, family string
		want          transform.Person
	}{
		{"john", "smith", person("", "John", "", "Smith", "")},
		{"JW", "SMITH", person("", "JW", "", "Smith", "")},
		{"JO", "SMITH", person("", "Jo", "", "Smith", "")},
		{"Dr. Anna", "WEBER", person("Dr", "Anna", "", "Weber", "")},
		{"Anna", "Dr. Weber", person("Dr", "Anna", "", "Weber", "")},
		{"John", "Smith Jr.", person("", "John", "", "Smith", "Jr")},
		{"John", "Smith, PhD", person("", "John", "", "Smith", "PhD")},
		{"John Q.", "Public", person("", "John", "Q.", "Public", "")},
		{"Anna Maria", "Rossi", person("", "Anna Maria", "", "Rossi", "")},
		{"", "Smith, John A", person("", "John", "A", "Smith", "")},
		{"Mr", "Smith", person("Mr", "", "", "Smith", "")},
		{"PIET", "VAN DER BERG", person("", "Piet", "", "van der Berg", "")},
		{"John (Jack)", "Smith", with(person("", "John", "", "Smith", ""), nickname("Jack"))},
		{"Anna", "Schmidt (geb. Meier)", with(person("", "Anna", "", "Schmidt", ""), former("Meier"))},
		{"John and Mary", "Smith", with(person("", "John", "", "Smith", ""), second("Mary Smith"))},
		{"María", "García López", person("", "María", "", "García López", "")},
		{"John", "", person("", "John", "", "", "")},
		{"", "MCDONALD", person("", "", "", "McDonald", "")},
		{"太郎", "山田", person("", "太郎", "", "山田", "")},
	} {
		if got := tb.SplitColumns(test.given, test.family); got != test.want {
			t.Errorf("%q %q\n got %+v\nwant %+v", test.given, test.family, got, test.want)
		}
	}
}
