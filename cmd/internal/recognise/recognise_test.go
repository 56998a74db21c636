package recognise

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"loadstar/dedupe"
	"loadstar/transform"
)

// values of columns, invented
var columnValues = map[string][]string{
	"given":       {"Anna", "Peter", "Maria", "Thomas", "Julia", "Robert"},
	"family":      {"Abelstein", "Brunnquell", "Dornfelder", "Farnsdale", "Grubnik", "Jankelow"},
	"full":        {"Anna Abelstein", "Peter Brunnquell", "Maria Dornfelder", "Thomas Farnsdale", "Julia Grubnik"},
	"firm":        {"Grubnik GmbH", "Callowhill Ltd", "Jankelow & Co KG", "Mossgrove Inc.", "Dornfelder AG"},
	"email":       {"anna@example.org", "p.brunn@example.com", "maria@example.net"},
	"phone":       {"+49 555 010203", "0555 010204", "0555-010205"},
	"date":        {"02.03.1961", "25.12.1978", "14.07.1985", "30.01.1999", "08.08.1944"},
	"recent":      {"2024-01-02", "2024-02-03", "2023-11-30"},
	"postcode":    {"01067", "80331", "20095"},
	"city":        {"Altmoorhausen", "Bergfelde", "Cronau"},
	"line":        {"Ahornweg 12", "Birkenallee 3a", "Distelgasse 77"},
	"street":      {"Ahornweg", "Birkenallee", "Distelgasse"},
	"number":      {"12", "3a", "77"},
	"year":        {"1961", "1978", "1985"},
	"small":       {"2", "12", "7"},
	"id":          {"1001", "1002", "1003"},
	"us phone":    {"(212) 555-0136", "415-555-0114", "(617) 555-0150 x12"},
	"local phone": {"0555 010204", "0555-010205", "0555/010206"},
	"tax":         {"12 345 678 901", "98 765 432 109"},
	"gender":      {"m", "f", "f"},
	"flag":        {"yes", "no", "no"},
	"country":     {"Germany", "Austria", "Poland"},
	"title":       {"Mr", "Mrs", "Dr"},
	"place":       {"01067 Bergfelde", "80331 Cronau"},
	"thing":       {"The silent harbour of Cronau", "A brief account of tides", "Seven lamps and a window", "Letters from the north"},
	"venue":       {"The Lantern Room", "Café Marisol", "Grill on Ferry Lane", "Osteria della Torre", "Marta's Kitchen", "Old Mill Tavern", "Harbour House"},
	"ale":         {"Copper Fox Ale", "Northern Lantern Ale", "Black Heron Ale"},
	"old date":    {"1797-03-02", "1811-12-25", "1834-07-14"},
	"姓名":          {"东方小明", "李娜娜", "王小雨", "陈静之"},
	"ชื่อ":        {"สมชาย ใจดี", "วิภา ศรีสุข", "กมลา แก้วใส", "อนันต์ บุญมา"},
	"mixed":       {"Anna Abelstein", "Grubnik GmbH", "Wipaka Srisuket", "Peter Brunnquell", "Mossgrove", "Kelmara Voskuni"},
	"private":     {"a1@mail.example", "b2@post.example", "c3@mail.example", "d4@post.example"},
	"own":         {"info@a.example", "info@b.example", "info@c.example"},
	"mostly strange": {
		"Wipaka Srisuket", "Mossgrove Inc.", "Ngorubi Ezendu", "Anna Abelstein", "Jankelow & Co KG", "Iturraxo Zubeldo", "Kelmara Voskuni", "Ozwane Tibruk",
		"Pelmira Udotsk", "Grubnik GmbH", "Narvoto Ilumbe", "Zarkuno Weplam",
	},
	"strange":   {"Wipaka Srisuket", "Ngorubi Ezendu", "Iturraxo Zubeldo", "Kelmara Voskuni"},
	"ukpost":    {"SW1A 1AA", "EC1V 9LT", "M1 1AE"},
	"suffix":    {"JR", "SR", "III"},
	"none":      {"", ""},
	"initial":   {"A.", "P.J.", "M."},
	"имя":       {"Анна", "Пётр", "Мария", "Олег"},
	"фамилия":   {"Абрикосов", "Беленький", "Вишневский"},
	"氏名":        {"東海林 太郎", "五百旗頭花子", "四月一日 誠"},
	"年月日":       {"1961年3月2日", "1978年12月25日", "1985年7月14日", "1999年1月30日"},
	"اسم":       {"سلمى", "هدى", "عمر"},
	"địa chỉ":   {"12 đường Hoa Sữa, Hà Nội", "7 ngõ Cây Khế, Huế"},
	"particle":  {"van", "de", ""},
	"decimal":   {"-33.8688197", "151.2092955", "48.1371540"},
	"coarse":    {"12.5", "30.25", "8.0"},
	"brazilian": {"01310-100", "80010-020", "50010-300"},
	"colours":   {"olive", "ruby", "grey", "amber", "navy"},
	"cast":      {"Anna Abelstein,Peter Brunnquell", "Maria Dornfelder,Thomas Farnsdale,Julia Grubnik", "Robert Jankelow, Anna Grubnik"},
	"genres":    {"Drama", "Comedy", "Horror", "Romance,Drama", "Western", "Farce"},
	"address":   {"192.168.10.21", "192.168.10.22", "10.20.30.144"},
}

// recognised runs the recogniser over columns "header:kind of values".
func recognised(t *testing.T, columns ...string) map[string]string {
	t.Helper()
	tables, err := ReadTables()
	if err != nil {
		t.Fatal(err)
	}
	clean, err := transform.LoadTables()
	if err != nil {
		t.Fatal(err)
	}
	names, err := dedupe.NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &Recogniser{Tables: tables, Clean: clean, Names: names, GivenNames: map[string]bool{}}
	for _, c := range columns {
		header, kind, _ := strings.Cut(c, ":")
		p := &Profile{Name: header, values: newSketch()}
		for i := range 60 {
			v := ""
			if list := columnValues[kind]; len(list) > 0 {
				v = list[i%len(list)]
			}
			switch kind {
			case "ale":
				v = fmt.Sprintf("Number%c %s", 'a'+i%26, v)
			case "thing":
				v += fmt.Sprintf(", part %d", i)
			case "mixed":
				v = strings.Replace(v, "k", fmt.Sprintf("k%c", 'a'+i%26), 1)
				v = strings.Replace(v, "n ", fmt.Sprintf("n%c ", 'a'+i%26), 1)
				v = strings.Replace(v, "l", fmt.Sprintf("l%c", 'a'+i%26), 1)
			case "private":
				v = fmt.Sprint("x", i, v)
			case "own":
				v = fmt.Sprint("info@firm", i, ".example")
			case "model":
				v = fmt.Sprintf("QX-%d", 310+7*i)
			case "few models":
				v = fmt.Sprintf("QX-%d", 310+i%6)
			case "minutes":
				v = fmt.Sprint(80+i, " min")
			case "line":
				v = fmt.Sprintf("%s %d", columnValues["street"][i%3], i+1)
			}
			if v != "" {
				p.Filled++
				p.values.add(v, 1)
				p.Dates.add(v)
			}
		}
		r.Columns = append(r.Columns, &Column{Profile: p})
	}
	r.Recognise()
	got := map[string]string{}
	got["country"], _ = r.Country()
	for _, c := range r.Columns {
		got[c.Name] = string(c.Role)
		if c.Why == "" {
			t.Errorf("column %q: no reason is given", c.Name)
		}
	}
	return got
}

func TestRecogniseByHeader(t *testing.T) {
	for _, c := range []struct{ header, values, want string }{
		{"First Name", "given", "given_name"}, {"customer_first_name", "given", "given_name"}, {"FNAME", "given", "given_name"},
		{"Vorname", "given", "given_name"}, {"Prénom", "given", "given_name"}, {"voornaam", "given", "given_name"},
		{"Imię", "given", "given_name"}, {"förnamn", "given", "given_name"}, {"primeiro nome", "given", "given_name"},
		{"surname", "family", "family_name"}, {"LastName", "family", "family_name"}, {"Cognome", "family", "family_name"},
		{"Apellidos", "family", "family_name"}, {"nazwisko", "family", "family_name"}, {"Efternamn", "family", "family_name"},
		{"Familienname", "family", "family_name"}, {"achternaam", "family", "family_name"}, {"sobrenome", "family", "family_name"},
		{"birth name", "family", "former_family_name"}, {"Ragione sociale", "firm", "organisation_name"},
		{"E-Mail-Adresse", "email", "email"}, {"correo electrónico", "email", "email"}, {"e-post", "email", "email"}, {"contact.emails", "email", "email"},
		{"Telefonnr.", "phone", "phone"}, {"Work Phone", "phone", "phone"}, {"telemóvel", "phone", "mobile_phone"}, {"Handy", "phone", "mobile_phone"},
		{"DOB", "date", "birth_date"}, {"date_of_birth", "date", "birth_date"}, {"Geburtsdatum", "date", "birth_date"},
		{"Data di nascita", "date", "birth_date"}, {"fødselsdato", "date", "birth_date"}, {"born", "date", "birth_date"},
		{"PLZ", "postcode", "postcode"}, {"home_zip", "postcode", "postcode"}, {"kod pocztowy", "postcode", "postcode"}, {"CEP", "postcode", "postcode"},
		{"Wohnort", "city", "city"}, {"ville", "city", "city"}, {"miejscowość", "city", "city"},
		{"Straße", "street", "street"}, {"Street Address", "line", "address_line"}, {"indirizzo", "line", "address_line"},
		{"Hausnummer", "number", "house_number"}, {"huisnr.", "number", "house_number"},
		{"PLZ/Ort", "place", "place"}, {"Land", "country", "country_code"}, {"País", "country", "country_code"},
		{"Geschlecht", "gender", "gender"}, {"SSN", "tax", "national_id"}, {"Steuer-ID", "tax", "national_id"}, {"codice fiscale", "tax", "national_id"},
		{"Kunden-Nr.", "id", "record_id"}, {"Anrede", "title", "title"}, {"last modified", "recent", "updated_at"},
		{"Фамилия", "фамилия", "family_name"}, {"Дата рождения", "date", "birth_date"}, {"Тел.", "phone", "phone"}, {"ФИО", "фамилия", "full_name"},
		{"氏名", "氏名", "full_name"}, {"生年月日", "年月日", "birth_date"}, {"郵便番号", "postcode", "postcode"}, {"手机号码", "phone", "mobile_phone"},
		{"전화번호", "phone", "phone"}, {"الاسم الأول", "اسم", "given_name"}, {"رقم الجوال", "phone", "mobile_phone"}, {"שם משפחה", "family", "family_name"},
		{"Địa chỉ", "địa chỉ", "address_line"}, {"Ngày sinh", "date", "birth_date"}, {"Cep Telefonu", "phone", "mobile_phone"}, {"Τηλέφωνο", "phone", "phone"},
		{"Прізвище", "фамилия", "family_name"}, {"születési idő", "date", "birth_date"}, {"name", "given", "given_name"}, {"имя", "имя", "given_name"},
		// the values overrule the header
		{"email", "flag", ""}, {"phone", "flag", ""}, {"title", "thing", "organisation_name"}, {"name", "full", "full_name"}, {"name", "firm", "organisation_name"},
		{"date of birth", "flag", ""}, {"by", "city", "city"},
		{"name", "venue", "organisation_name"}, {"Beer_Name", "ale", "organisation_name"}, {"dob", "old date", "birth_date"},
		// somebody or something else
		{"mother_first_name", "given", ""}, {"emergency contact phone", "phone", ""}, {"birth place", "city", ""}, {"File name", "full", ""},
		{"web address", "line", ""}, {"created_at", "recent", ""}, {"phone type", "flag", ""},
	} {
		t.Run(c.header+" of "+c.values, func(t *testing.T) {
			if got := recognised(t, c.header+":"+c.values)[c.header]; got != c.want {
				t.Errorf("understood as %q, want %q", got, c.want)
			}
		})
	}
}

func TestRecogniseTogether(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns []string
		want    string // in the order of the columns
	}{
		{"whole names in Chinese letters", []string{"name:姓名", "email:email"}, "full_name email"},
		{"names of whom no given name is known", []string{"name:strange", "email:email"}, "full_name email"},
		{"names in letters of few known names", []string{"name:ชื่อ"}, "full_name"},
		{"persons among firms below a word for firms", []string{"Ragione sociale:mixed", "email:email"}, "full_name email"},
		{"persons among firms below a word for things", []string{"Denominazione:mixed", "email:email"}, "full_name email"},
		{"firms below a word for firms", []string{"Ragione sociale:firm", "email:own"}, "organisation_name email"},
		{"hardly known names, with addresses at providers", []string{"Ledger name:mostly strange", "email:private"}, "full_name email"},
		{"hardly known names, each with a domain of its own", []string{"Ledger name:mostly strange", "email:own"}, "organisation_name email"},
		{"brands, with nobody to write to", []string{"name:strange"}, "organisation_name"},
		{"by content alone", []string{"a:given", "b:family", "c:email", "d:date", "e:phone", "f:line", "g:ukpost"},
			"given_name family_name email birth_date phone address_line postcode"},
		{"name beside given name", []string{"Prénom:given", "Nom:family"}, "given_name family_name"},
		{"name beside family name", []string{"nombre:given", "apellido1:family", "apellido2:family"}, "given_name family_name family_name_2"},
		{"name beside a family name in Russian", []string{"Фамилия:фамилия", "Имя:имя"}, "family_name given_name"},
		{"a thing by its header beside organisations", []string{"title:thing", "venue:firm"}, "organisation_name -"},
		{"things beside who sells them", []string{"product:thing", "vendor:venue"}, "organisation_name -"},
		{"firms that are reached beside what they sell", []string{"product:thing", "vendor:venue", "Phone:phone"}, "- organisation_name phone"},
		{"settlements", []string{"ortsname:thing", "breite:decimal", "laenge:decimal"}, "organisation_name latitude longitude"},
		{"parcels of a breadth", []string{"product:thing", "Breite:coarse", "Länge:coarse"}, "organisation_name - -"},
		{"names in Hindi", []string{"नाम:given", "मोबाइल:phone", "जन्म तिथि:date", "शहर:city"}, "given_name mobile_phone birth_date city"},
		{"numbers of models in a catalogue", []string{"title:thing", "ModelNo:model"}, "organisation_name national_id"},
		{"numbers of models beside who bought them", []string{"last name:family", "model number:model"}, "family_name -"},
		{"numbers of models that many rows share", []string{"title:thing", "modelno:few models"}, "organisation_name -"},
		{"films beside their cast", []string{"Name:thing", "Cast:cast", "Runtime:minutes", "Genre:genres"}, "organisation_name - - -"},
		{"numbered given names", []string{"Vorname 1:given", "Vorname 2:given", "Nachname:family"}, "given_name middle_name family_name"},
		{"street beside its number", []string{"address_1:street", "street number:number", "address_2:street", "surname:family"}, "street house_number - family_name"},
		{"two phones", []string{"phone 1:phone", "phone 2:phone"}, "phone phone"},
		{"the surer header wins", []string{"other surname:family", "surname:family"}, "- family_name"},
		{"date in three columns", []string{"by:year", "bm:small", "bd:small"}, "birth_year birth_month birth_day"},
		{"a year alone", []string{"birth year:year"}, "birth_year"},
		{"a number without a street", []string{"numéro:number", "nom:family", "prénom:given"}, "record_id family_name given_name"},
		{"a number beside a street", []string{"numéro:number", "rue:street", "nom:family", "prénom:given"}, "house_number street family_name given_name"},
		{"short headers of a register", []string{"midl_name:given", "name_sufx_cd:suffix", "res_city_desc:city", "last_nm:family"}, "middle_name suffix city family_name"},
		{"company and contact", []string{"company:firm", "first name:given", "last name:family"}, "organisation_name given_name family_name"},
		{"full name beside its parts", []string{"name:full", "first name:given", "last name:family"}, "- given_name family_name"},
		{"initials and particle", []string{"voorletters:initial", "tussenvoegsel:particle", "achternaam:family"}, "given_name name_particle family_name"},
		{"initials beside names", []string{"voorletters:initial", "voornaam:given", "achternaam:family"}, "- given_name family_name"},
		{"measures are no phones", []string{"surname:family", "x:decimal", "y:address"}, "family_name - -"},
		{"a word of two languages beside Portuguese headers", []string{"nascimento:date", "celular:phone", "bairro:city", "CEP:brazilian"}, "birth_date mobile_phone - postcode"},
		{"a word of two languages beside Turkish headers", []string{"soyadı:family", "doğum tarihi:date", "Cep:phone"}, "family_name birth_date mobile_phone"},
		{"colours that are given names, too", []string{"title:thing", "tint:colours"}, "organisation_name -"},
		{"a day that somebody registered", []string{"last name:family", "registr_dt:old date"}, "family_name -"},
		{"dates beside years of birth that are others", []string{"last name:family", "since:old date", "birth year:year"}, "family_name - birth_year"},
		{"dates beside years of birth that are theirs", []string{"last name:family", "since:date", "birth year:year"}, "family_name birth_date -"},
		{"a record that is no id", []string{"last name:family", "record:venue"}, "family_name -"},
		{"whole names beside other names", []string{"beast:given", "keeper:full", "coat:flag"}, "- full_name -"},
		{"empty columns", []string{"first name:none", "surname:family"}, "- family_name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := recognised(t, c.columns...)
			var list []string
			for _, column := range c.columns {
				header, _, _ := strings.Cut(column, ":")
				role := got[header]
				if role == "" {
					role = "-"
				}
				list = append(list, role)
			}
			if text := strings.Join(list, " "); text != c.want {
				t.Errorf("understood as\n%s, want\n%s", text, c.want)
			}
		})
	}
}

func TestCountry(t *testing.T) {
	for _, c := range []struct {
		want    string
		columns []string
	}{
		{"US", []string{"last name:family", "phone:us phone"}},
		{"DE", []string{"Nachname:family", "Vorname:given", "Telefon:us phone"}}, // headers tell more
		{"DE", []string{"phone:phone"}},
		{"DE", []string{"Firma:strange", "Ansprechpartner:strange", "Telefon:local phone"}}, // no other language has all
		{"", []string{"Firma:strange", "Telefon:local phone"}},
		{"", []string{"last name:family", "phone:tax"}},
	} {
		if got := recognised(t, c.columns...)["country"]; got != c.want {
			t.Errorf("%v are of country %q, want %q", c.columns, got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	day := func(text string, l DateLayout) string { return l.Iso(text) }
	us := DateLayout{monthFirst: true}
	for _, c := range []struct {
		text   string
		layout DateLayout
		want   string
	}{
		{"1980-03-02", DateLayout{}, "1980-03-02"}, {"1980/3/2", DateLayout{}, "1980-03-02"}, {"19800302", DateLayout{}, "1980-03-02"},
		{"02.03.1980", DateLayout{}, "1980-03-02"}, {"2/3/80", DateLayout{}, "1980-03-02"}, {"3/2/1980", us, "1980-03-02"},
		{"25/12/1980", us, "1980-12-25"}, // readable the other way only
		{"02031980", DateLayout{yearLast: true}, "1980-03-02"}, {"2 March 1980", DateLayout{}, "1980-03-02"},
		{"March 2nd, 1980", us, "1980-03-02"}, {"2. März 1980", DateLayout{}, "1980-03-02"}, {"02-mar-80", DateLayout{}, "1980-03-02"},
		{"1980年3月2日", DateLayout{}, "1980-03-02"}, {"1980년 3월 2일", DateLayout{}, "1980-03-02"}, {"1980年13月2日", DateLayout{}, ""},
		{"2 de marzo de 1980", DateLayout{}, "1980-03-02"}, {"1980-03-02T00:00:00Z", DateLayout{}, "1980-03-02"},
		{"1980-03-02 12:30:00", DateLayout{}, "1980-03-02"}, {"31.02.1980", DateLayout{}, ""}, {"12 High Street", DateLayout{}, ""},
		{"0555 010203", DateLayout{}, ""}, {"99999999", DateLayout{}, ""}, {"", DateLayout{}, ""}, {"1/2", DateLayout{}, ""},
	} {
		if got := day(c.text, c.layout); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestDateLayout(t *testing.T) {
	for _, c := range []struct {
		name, country string
		values        []string
		want          DateLayout
	}{
		{"day first by evidence", "US", []string{"01/02/1980", "13/02/1980", "03/04/1980"}, DateLayout{}},
		{"month first by evidence", "DE", []string{"01/02/1980", "02/13/1980"}, DateLayout{monthFirst: true}},
		{"month first in the US", "US", []string{"01/02/1980"}, DateLayout{monthFirst: true}},
		{"day first elsewhere", "", []string{"01/02/1980"}, DateLayout{}},
		{"dots are day first", "US", []string{"01.02.1980"}, DateLayout{}},
		{"year last", "", []string{"13021980", "01021980"}, DateLayout{yearLast: true}},
		{"year first", "", []string{"19800213", "19800102"}, DateLayout{}},
	} {
		var counts dateCounts
		for _, v := range c.values {
			counts.add(v)
		}
		if got, why := counts.Layout(c.country); got != c.want || why == "" {
			t.Errorf("%s: %+v (%s), want %+v", c.name, got, why, c.want)
		}
	}
}

func TestHeaderTokens(t *testing.T) {
	for header, want := range map[string]string{
		"dateOfBirth": "date of birth", "E-Mail": "e mail", "Haus-Nr.": "haus nr", "Straße": "strasse", "HTTPHeader": "http header",
		"address1": "address 1", "Imię i Nazwisko": "imie i nazwisko", "  x  ": "x", "fname_c1": "fname c 1",
	} {
		if got := strings.Join(HeaderTokens(header), " "); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}

// TestKeysAreNoAddresses: the key of an address is none.
func TestKeysAreNoAddresses(t *testing.T) {
	tables, err := ReadTables()
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]bool{"AddressID": false, "billing_address_key": false, "Address": true, "address street": true} {
		is := slices.ContainsFunc(headerMeanings(header, tables), func(g guess) bool { return g.meaning == meansLine || g.meaning == meansStreet })
		if is != want {
			t.Errorf("%q may be an address: %v", header, is)
		}
	}
}

// TestSketch: what is kept of a column depends neither on the order of its
// values nor on how they come in chunks.
func TestSketch(t *testing.T) {
	whole, one, two := newSketch(), newSketch(), newSketch()
	for i := range 30_000 {
		v := fmt.Sprint(i % 9000)
		whole.add(v, 1)
		if i%3 == 0 {
			one.add(v, 1)
		} else {
			two.add(v, 1)
		}
	}
	two.merge(one)
	if len(whole.values) != sketchSize || len(two.values) != sketchSize {
		t.Fatalf("%d and %d values, want %d", len(whole.values), len(two.values), sketchSize)
	}
	for h, v := range whole.values {
		if two.values[h] == nil || *two.values[h] != *v {
			t.Fatalf("value %v is kept as %v", v, two.values[h])
		}
	}
	if d := whole.distinct(); d < 8000 || d > 10_000 {
		t.Errorf("%.0f distinct values estimated of 9000", d)
	}
}
