package recognise

import "testing"

func TestSlashAsComma(t *testing.T) {
	for s, want := range map[string]string{
		"MEIER/ANNA MRS": "MEIER, ANNA MRS", "van den Berg / Piet": "van den Berg, Piet", "Meier": "Meier", "a/b/c": "a/b/c",
		"N/A 5": "N/A 5", "/Anna": "/Anna", "Meier/": "Meier/", "": "", "one two three four/five": "one two three four/five",
	} {
		if got := SlashAsComma(s); got != want {
			t.Errorf("SlashAsComma(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestSaysFamilyFirst(t *testing.T) {
	tables, err := ReadTables()
	if err != nil {
		t.Fatal(err)
	}
	r := &Recogniser{Tables: tables}
	for header, want := range map[string]bool{
		"Nume și prenume": true, "Surname and first name": true, "Nachname, Vorname": true, "Cognome e nome": true, "Прізвище": false,
		"Prenume și nume": false, "First name and surname": false, "Vor- und Nachname": false, "nombre y apellidos": false, "Name": false, "": false,
	} {
		if got := r.saysFamilyFirst(header) != ""; got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

func TestAgeOfATime(t *testing.T) {
	tables, err := ReadTables()
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]bool{"age_at_year_end": true, "AGE1880": true, "age in 1880": true, "age group": false, "age 2": true, "page at": false} {
		got := false
		for _, g := range headerMeanings(header, tables) {
			got = got || g.meaning == MeansAge
		}
		if got != want {
			t.Errorf("%q is an age: %v, want %v", header, got, want)
		}
	}
}
