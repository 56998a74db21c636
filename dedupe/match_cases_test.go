package dedupe_test

import (
	"maps"
	"slices"
	"testing"

	"loadstar/dedupe"
)

// TestCases: named pairs, decided by a model learnt from a made file.
func TestCases(t *testing.T) {
	file := newMade(1500, 11)
	m, _ := matched(t, recordsOf(t, file.parties))
	base := party{"party_type": "person", "given_name": "Elizabeth", "family_name": "Ravensdale", "birth_date": "19710405",
		"street": "mulberry lane", "house_number": "14", "postcode": "10321", "city": "brackton",
		"email": "elizabeth.ravensdale@mail.example", "phone": "+447700900123"}
	with := func(changes party) party {
		p := maps.Clone(base)
		maps.Copy(p, changes)
		return p
	}
	for _, c := range []struct {
		name    string
		changes party
		same    bool
	}{
		{"equal", party{}, true},
		{"typo", party{"family_name": "Ravensdlae", "street": "mulbery lane"}, true},
		{"nickname", party{"given_name": "Liz"}, true},
		{"initial", party{"given_name": "E", "email": ""}, true},
		{"swapped names", party{"given_name": "Ravensdale", "family_name": "Elizabeth"}, true},
		{"moved", party{"street": "harbour road", "house_number": "3", "postcode": "10777", "city": "seaton"}, true},
		{"married", party{"family_name": "Thornbury", "former_family_name": "Ravensdale"}, true},
		{"other script", party{"given_name": "Элизабет", "family_name": "Равенсдале"}, true},
		{"script without vowels", party{"given_name": "اليزابث", "family_name": "رفنزدل", "phone": ""}, true},
		{"accents", party{"given_name": "Élizabeth", "family_name": "Rävensdale"}, true},
		{"day and month swapped", party{"birth_date": "19710504", "phone": ""}, true},
		{"husband", party{"given_name": "George", "birth_date": "19690112", "email": "george.r@mail.example"}, false},
		{"twin", party{"given_name": "Harriet", "email": "harriet99@mail.example"}, false},
		{"daughter of one name", party{"birth_date": "19981109", "email": "lizzy98@mail.example", "phone": "+447700900777"}, false},
		{"stranger at one phone", party{"given_name": "Oscar", "family_name": "Pettigrew", "birth_date": "19550630",
			"street": "harbour road", "house_number": "3", "postcode": "10777", "city": "seaton", "email": ""}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := int64(len(file.parties) + 1)
			r := recordsOf(t, append(slices.Clip(file.parties), base, with(c.changes)))
			_, result := run(t, r, m, nil, dedupe.DefaultSettings())
			if together(result, a, a+1) != c.same {
				e, err := dedupe.Explain(r, names(t), m, a, a+1)
				t.Errorf("together %v; %+v (%v)", !c.same, e, err)
			}
		})
	}
}

// TestOrganisations go their own way: legal forms and word order say nothing,
// rare words much, and none merges with a person.
func TestOrganisations(t *testing.T) {
	file := newMade(300, 12)
	firm := func(name, city string) party {
		return party{"party_type": "organisation", "organisation_name": name, "city": city, "postcode": "10" + city[:1]}
	}
	for i := range 400 {
		word := file.families[i]
		file.parties = append(file.parties, firm(word+" Trading Ltd", file.cities[i%len(file.cities)]))
		if i%2 == 0 {
			file.parties = append(file.parties, firm(word+" Trading Limited", file.cities[i%len(file.cities)]))
		}
	}
	at := int64(len(file.parties))
	file.parties = append(file.parties,
		firm("Quillfeather Glazing Ltd.", "brackton"), firm("Glazing Quillfeather Limited", "brackton"),
		firm("Marrowgate Glazing Ltd.", "brackton"),
		party{"party_type": "person", "family_name": "Quillfeather Glazing", "city": "brackton"})
	_, result := matched(t, recordsOf(t, file.parties))
	if !together(result, at+1, at+2) {
		t.Error("legal form and word order kept one organisation apart")
	}
	if together(result, at+1, at+3) || together(result, at+1, at+4) {
		t.Error("another organisation or a person merged with it")
	}
}

// TestSymmetry: the evidence on a pair does not depend on its order.
func TestSymmetry(t *testing.T) {
	file := newMade(300, 13)
	r := recordsOf(t, file.parties)
	m, result := matched(t, r)
	for i, p := range result.Pairs {
		if i%7 != 0 {
			continue
		}
		there, err := dedupe.Explain(r, names(t), m, p.Left, p.Right)
		if err != nil {
			t.Fatal(err)
		}
		back, err := dedupe.Explain(r, names(t), m, p.Right, p.Left)
		if err != nil {
			t.Fatal(err)
		}
		if there.Score != back.Score || there.Score != p.Score {
			t.Fatalf("scores %d, %d, stored %d", there.Score, back.Score, p.Score)
		}
		sum := there.Prior + there.Family
		for _, f := range there.Fields {
			sum += f.Millibits
		}
		if !there.Unsupported && sum != there.Score {
			t.Fatalf("evidence sums to %d, score %d", sum, there.Score)
		}
	}
}

// TestWrongKinds: the kinds of wrong merges and splits that a company's files
// are full of, decided by a model learnt from a made file.
func TestWrongKinds(t *testing.T) {
	file := newMade(1500, 11)
	file.markGenerations()
	m, _ := matched(t, recordsOf(t, file.parties))
	place := func(p party, street, number, postcode, city string) party {
		p["street"], p["house_number"], p["postcode"], p["city"] = street, number, postcode, city
		return p
	}
	person := func(given, family string) party {
		return party{"party_type": "person", "given_name": given, "family_name": family}
	}
	mailed := func(p party, email string) party { p["email"] = email; return p }
	born := func(p party, date string) party { p["birth_date"] = date; return p }
	suffixed := func(p party, suffix string) party { p["suffix"] = suffix; return p }
	home := func(p party) party { return place(p, "mulberry lane", "14", "10321", "brackton") }
	away := func(p party) party { return place(p, "harbour road", "3", "10777", "seaton") }
	for _, c := range []struct {
		name        string
		left, right party
		same        bool
	}{
		{"common name and nothing else", home(person("John", "Ferpail")), away(person("John", "Ferpail")), false},
		{"equal e-mail, other city", mailed(home(person("Elizabeth", "Ravensdale")), "e.ravensdale7@mail.example"),
			mailed(away(person("Elizabeth", "Ravensdale")), "e.ravensdale7@mail.example"), true},
		{"another script, equal e-mail", mailed(home(person("Jie", "Lin")), "jie.lin940@mail.example"),
			mailed(home(person("杰", "林")), "jie.lin940@mail.example"), true},
		{"names swapped, at one door", home(person("Elizabeth", "Ravensdale")), home(person("Ravensdale", "Elizabeth")), true},
		{"junior and senior", suffixed(home(person("William", "Ravensdale")), "Jr"), suffixed(home(person("William", "Ravensdale")), "Sr"), false},
		{"junior and who writes no suffix", suffixed(home(person("William", "Ravensdale")), "Jr"), home(person("William", "Ravensdale")), false},
		{"junior with one e-mail address, once without suffix", suffixed(mailed(home(person("William", "Ravensdale")), "w.ravensdale7@mail.example"), "Jr"),
			mailed(away(person("William", "Ravensdale")), "w.ravensdale7@mail.example"), true},
		{"two juniors at one door", suffixed(home(person("William", "Ravensdale")), "Jr"), suffixed(home(person("William", "Ravensdale")), "Jr"), true},
		{"no suffix on either side, at one door", home(person("William", "Ravensdale")), home(person("William", "Ravensdale")), true},
		{"birth days alike, a generation apart", born(home(person("William", "Ravensdale")), "19760610"),
			born(home(person("William", "Ravensdale")), "19460620"), false},
		{"initial of another name", home(person("J.", "Ravensdale")), home(person("Harriet", "Ravensdale")), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := int64(len(file.parties) + 1)
			r := recordsOf(t, append(slices.Clip(file.parties), c.left, c.right))
			_, result := run(t, r, m, nil, dedupe.DefaultSettings())
			if together(result, a, a+1) != c.same {
				e, err := dedupe.Explain(r, names(t), m, a, a+1)
				t.Errorf("together %v; %+v (%v)", !c.same, e, err)
			}
		})
	}
}
