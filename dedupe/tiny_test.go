package dedupe_test

import (
	"fmt"
	"maps"
	"testing"

	"loadstar/dedupe"
)

// TestTiny: a file too small to learn from is decided by what is typical:
// evident duplicates merge, people with a name or a city in common do not.
func TestTiny(t *testing.T) {
	t.Parallel()
	person := func(given, family, birth, email, city string) party {
		return party{"party_type": "person", "given_name": given, "family_name": family, "birth_date": birth, "email": email, "city": city}
	}
	firm := func(name, city string) party {
		return party{"party_type": "organisation", "organisation_name": name, "city": city}
	}
	home := func(p party, street string) party {
		p = maps.Clone(p)
		p["street"], p["house_number"] = street, fmt.Sprint(len(street))
		return p
	}
	call := func(p party, phone string) party {
		p = maps.Clone(p)
		p["phone"] = phone
		return p
	}
	jane := call(person("Jane", "Example", "", "jane@mail.example", ""), "+441632960001")
	mark := call(person("Mark", "Example", "", "jane@mail.example", ""), "+441632960001")
	others := []party{call(person("Ida", "Vogel", "", "ida@post.example", ""), "+4915098765432"), call(person("Peter", "Lang", "", "lang@post.example", ""), "+4915055555432"),
		call(person("Maria", "Rossi", "", "mrossi@web.example", ""), "+39333123123"), call(person("Ewa", "Nowak", "", "ewa.nowak@web.example", ""), "+48601602603"),
		call(person("Paul", "Durand", "", "pdurand@web.example", ""), "+33612345678"), call(person("Karin", "Lund", "", "karin@tele.example", ""), "+46701234567")}
	among := func(p ...party) []party { return append(p, others...) }
	numbers := []party{{"national_id": "DE100000011"}, {"national_id": "DE100000011"}, {"national_id": "DE100000012"}, {"national_id": "DE100000012"}, {"national_id": "DE100000021"}}
	var branches []party // of forty chains with ten numbered branches each, each told of twice
	for i := range 800 {
		branches = append(branches, party{"party_type": "organisation", "organisation_name": fmt.Sprintf("Chain %c%c Ltd", 'A'+i/2%8, 'a'+i/16%5), "national_id": fmt.Sprint(10_000_019 + i/2*7_654_321%89_999_999)})
	}
	var numbered []party
	for i := range 12 {
		numbered = append(numbered, firm(fmt.Sprintf("Quillfeather%d Works GmbH", i+1), "Bonn"))
	}
	var testers []party
	for i := range 30 {
		testers = append(testers, call(person("Test", "User", "", fmt.Sprintf("test%d@mail.example", i+1), ""), fmt.Sprintf("+1212555010%d", i%10)))
	}
	var buyers []party // customers of a book, and orders that say of them but the address
	for i := range 60 {
		p := call(person("Given"+string(rune('a'+i%7)), "Fam"+string(rune('a'+i%26))+string(rune('a'+i/26)), "", fmt.Sprintf("buyer%d@mail.example", i), ""), fmt.Sprint("+4915", 10_000_019+i*7_654_321%89_999_999))
		buyers = append(buyers, p)
	}
	for i := range 120 {
		buyers = append(buyers, party{"email": fmt.Sprintf("buyer%d@mail.example", i%40)})
	}
	anna := person("Anna", "Meier", "19800203", "anna.meier@mail.example", "Bonn")
	otto := person("Otto", "Krause", "19551130", "otto55@mail.example", "Ulm")
	for _, c := range []struct {
		name        string
		parties     []party
		same, apart [][2]int64
	}{
		{"two rows, equal", []party{anna, anna}, [][2]int64{{1, 2}}, nil},
		{"three rows, two equal", []party{anna, otto, anna}, [][2]int64{{1, 3}}, [][2]int64{{1, 2}}},
		{"a typo among four", []party{anna, otto, person("Anna", "Maier", "19800203", "anna.meier@mail.example", "Bonn"),
			person("Ida", "Vogel", "19910517", "ida@post.example", "Kiel")}, [][2]int64{{1, 3}}, [][2]int64{{1, 2}, {1, 4}, {2, 4}}},
		{"two strangers of one city", []party{anna, person("Otto", "Krause", "19551130", "otto55@mail.example", "Bonn")}, nil, [][2]int64{{1, 2}}},
		{"two strangers of one given name", []party{anna, person("Anna", "Vogel", "19910517", "a.vogel@post.example", "Kiel")}, nil, [][2]int64{{1, 2}}},
		{"namesakes with other dates and addresses", []party{anna, person("Anna", "Meier", "19471221", "am47@post.example", "Kiel"), otto}, nil, [][2]int64{{1, 2}}},
		{"names alike, e-mail and phone differ", []party{jane, call(person("Jane", "Exempel", "", "je77@web.example", ""), "+441632960777")}, nil, [][2]int64{{1, 2}}},
		{"the same among eight", among(jane, call(person("Jane", "Exempel", "", "je77@web.example", ""), "+441632960777")), nil, [][2]int64{{1, 2}}},
		{"one name, e-mail and phone differ", among(jane, call(person("Jane", "Example", "", "je77@web.example", ""), "+441632960777")), nil, [][2]int64{{1, 2}}},
		{"one name and e-mail, another phone", among(jane, call(person("Jane", "Example", "", "jane@mail.example", ""), "+441632960777")), [][2]int64{{1, 2}}, nil},
		{"one name and phone, another e-mail", among(jane, call(person("Jane", "Example", "", "je77@web.example", ""), "+441632960001")), [][2]int64{{1, 2}}, nil},
		{"names alike, each with an address of its own", []party{person("Robert", "Robinson", "", "robert.robinson@mail.example", ""),
			person("Robert", "Johnson", "", "robert.johnson@post.example", ""), anna, otto}, nil, [][2]int64{{1, 2}}},
		{"a name cut short, each with an address of its own", among(person("Robert", "Martin", "", "robert.martin@mail.example", ""),
			person("Robert", "Martinez", "", "rmartinez@post.example", "")), nil, [][2]int64{{1, 2}}},
		{"a misspelt name with the same address", []party{person("Robert", "Robinson", "", "robert.robinson@mail.example", ""),
			person("Robert", "Robnison", "", "robert.robinson@mail.example", ""), anna, otto}, [][2]int64{{1, 2}}, nil},
		{"names swapped", among(jane, call(person("Example", "Jane", "", "", ""), "+441632960001")), [][2]int64{{1, 2}}, nil},
		{"an e-mail address without a name", among(jane, person("", "", "", "jane@mail.example", "")), [][2]int64{{1, 2}}, nil},
		{"an e-mail address with a tag", among(jane, person("", "", "", "Jane+news@mail.example", ""), person("", "", "", "+495550102@mail.example", ""), person("", "", "", "+495550103@mail.example", "")),
			[][2]int64{{1, 2}}, [][2]int64{{3, 4}, {2, 3}}},
		{"amounts in other units", []party{firm("Alnora Milk 0.5kg", ""), firm("Alnora Milk 500 g", ""), firm("Alnora Milk 250g", ""), firm("Bellafrut Juice 1 l", ""), firm("Bellafrut Juice 1000ml", ""), firm("Dolcino Muesli 750 g", "")},
			[][2]int64{{1, 2}, {4, 5}}, [][2]int64{{1, 3}, {1, 6}}},
		{"a couple with one e-mail, phone and door", among(home(jane, "Main St"), home(mark, "Main St")), nil, [][2]int64{{1, 2}}},
		{"father and son", append([]party{home(person("John", "Example", "19500203", "john@mail.example", ""), "Main St"),
			home(person("John", "Example", "19790811", "jr@web.example", ""), "Main St")}, anna, otto, others[0], others[1], others[2]), nil, [][2]int64{{1, 2}}},
		{"organisations by name", []party{firm("Northwind Traders Ltd", ""), firm("Northwind Traders Limited", ""), firm("Quillfeather Glazing", ""),
			firm("Marrowgate Glazing", ""), firm("Norhtwind Traders", "")}, [][2]int64{{1, 2}, {1, 5}}, [][2]int64{{3, 4}, {1, 3}}},
		{"three namesakes, two rows equal", []party{home(anna, "Lindenweg"), home(person("Anna", "Meier", "", "", "Bonn"), "Ulmenallee"),
			home(person("Anna", "Meier", "", "", "Bonn"), "Ulmenallee"), home(person("Anna", "Meier", "", "", "Bonn"), "Sandgasse"), otto,
			person("Ida", "Vogel", "19910517", "ida@post.example", "Kiel")}, [][2]int64{{2, 3}}, [][2]int64{{2, 5}, {3, 6}}},
		{"equal names of organisations", []party{firm("Meier Travel Ltd", ""), firm("Meier Travel", ""), firm("Meier Foods", ""), firm("Krause Foods", "")},
			[][2]int64{{1, 2}}, [][2]int64{{1, 3}, {3, 4}}},
		{"orders that tell but the address", buyers, [][2]int64{{1, 61}, {1, 101}, {61, 101}, {40, 100}}, [][2]int64{{1, 2}, {61, 62}, {1, 62}}},
		{"numbers alone, one after the other", numbers, [][2]int64{{1, 2}, {3, 4}}, [][2]int64{{1, 3}, {2, 4}, {1, 5}}},
		{"branches of one name, each with a number", branches, [][2]int64{{1, 2}, {3, 4}, {401, 402}}, [][2]int64{{1, 81}, {2, 242}, {3, 163}}},
		{"organisations numbered in their names", numbered, nil, [][2]int64{{1, 2}, {1, 11}, {2, 12}, {9, 10}}},
		{"addresses that count one name", testers, nil, [][2]int64{{1, 2}, {9, 10}, {1, 11}, {2, 12}}},
		{"words cut short", []party{firm("Quillfeather Hldgs plc", ""), firm("Quillfeather Holdings", ""), firm("Marrowgate Eng. Ltd", ""), firm("Marrowgate Engineering", ""),
			firm("Fabrikam Industries", ""), firm("Fabrikam Ind.", ""), firm("Northwind Holdings", ""), firm("Northwind Engineering", "")},
			[][2]int64{{1, 2}, {3, 4}, {5, 6}}, [][2]int64{{2, 7}, {7, 8}, {4, 8}}},
		{"another name in brackets", []party{firm("Quillfeather (formerly Marrowgate) Ltd", ""), firm("Marrowgate Ltd", ""), firm("Fabrikam Tools", ""), firm("Northwind Traders", ""), firm("Quillfeather Ltd", "")},
			[][2]int64{{1, 2}, {2, 5}}, [][2]int64{{1, 3}, {2, 4}}},
		{"a family name without its particles", among(person("Jane", "van der Meer", "19800203", "", ""), person("Jane", "Meer", "19800203", "", "")), [][2]int64{{1, 2}}, nil},
		{"organisations by name and city", []party{firm("Northwind Traders Ltd", "London"), firm("Northwind Traders Limited", "London"),
			firm("Fabrikam Tools Inc", "Boston")}, [][2]int64{{1, 2}}, [][2]int64{{1, 3}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := recordsOf(t, c.parties)
			m, result := matched(t, r)
			check := func(pairs [][2]int64, same bool) {
				for _, p := range pairs {
					if together(result, p[0], p[1]) != same {
						e, err := dedupe.Explain(r, names(t), m, p[0], p[1])
						t.Errorf("%v together: %v; cut %d, %+v (%v)", p, !same, result.Report.Cut, e, err)
					}
				}
			}
			check(c.same, true)
			check(c.apart, false)
		})
	}
}
