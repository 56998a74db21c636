package dedupe_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"loadstar/dedupe"
)

// TestMade holds quality on a made customer file, families above all. One birth
// date in seven is missing in it: a father and a son of one name, address and
// phone, one without a date, cannot be told apart by anybody.
func TestMade(t *testing.T) {
	people := 4500
	if n, err := strconv.Atoi(os.Getenv("PEOPLE")); err == nil {
		people = n
	}
	file := newMade(people, 1)
	r := recordsOf(t, file.parties)
	start := time.Now()
	_, result := matched(t, r)
	took := time.Since(start)
	s := dedupe.Evaluate(result.Clusters, file.truth)
	families := file.familyErrors(result.Clusters)
	t.Logf("%d records: F1 %.4f precision %.4f recall %.4f; %.1f pairs a record; households %.3f twins %.3f namesakes %.3f; %v",
		r.Len(), s.F1, s.Precision, s.Recall, float64(result.Report.Pairs)/float64(r.Len()), families["household"], families["twins"], families["namesakes"], took)
	if s.F1 < .988 || s.Precision < .991 {
		t.Errorf("F1 %.4f, precision %.4f", s.F1, s.Precision)
	}
	for kind, most := range map[string]float64{"household": .005, "twins": .09, "namesakes": .1} {
		if families[kind] > most {
			t.Errorf("%s: %.3f of the pairs merged, at most %.3f", kind, families[kind], most)
		}
	}
}

// TestFewColumns holds quality on files that lack what usually decides: no date
// tells father and son of one name apart, and the duplicates must not be taken
// for them; nothing but an address may be there to teach what it says; and
// where a name is all that two records have, it does not stand alone.
func TestFewColumns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		columns       []string
		f1, precision float64
	}{
		{"no birth dates", []string{"given_name", "family_name", "street", "house_number", "postcode", "city", "phone"}, .905, .91},
		{"e-mail and given name", []string{"given_name", "email"}, .59, .94},
		{"name, e-mail and employer", []string{"given_name", "family_name", "email", "organisation_name"}, .9, .9},
		{"name and e-mail", []string{"given_name", "family_name", "email"}, .81, .91},
		{"name, city and phone", []string{"given_name", "family_name", "city", "phone"}, .9, .915},
		{"name", []string{"given_name", "family_name"}, .85, .8},
		{"name, birth date and postcode", []string{"given_name", "family_name", "birth_date", "postcode"}, .96, .97},
		{"name, birth date and city", []string{"given_name", "family_name", "birth_date", "city"}, .955, .96},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := newMade(700, 4)
			for i, p := range file.parties {
				var n int
				if _, err := fmt.Sscan(file.truth[int64(i+1)], &n); err != nil {
					t.Fatal(err)
				}
				p["organisation_name"] = file.families[n*7%150] + " trading"
				maps.DeleteFunc(p, func(column, _ string) bool {
					return column != "party_type" && !slices.Contains(c.columns, column)
				})
			}
			_, result := matched(t, recordsOf(t, file.parties))
			s := dedupe.Evaluate(result.Clusters, file.truth)
			t.Logf("F1 %.4f, precision %.4f, recall %.4f", s.F1, s.Precision, s.Recall)
			if s.F1 < c.f1 || s.Precision < c.precision {
				t.Errorf("F1 %.4f, precision %.4f", s.F1, s.Precision)
			}
		})
	}
}

// TestTwoFamilyNames: where the middle name is a family name, as the first of
// two is in a Spanish whole name, that all of a household have it speaks for no
// two of them being one.
func TestTwoFamilyNames(t *testing.T) {
	t.Parallel()
	file := newMade(1500, 5)
	for i, p := range file.parties {
		var n int
		if _, err := fmt.Sscan(file.truth[int64(i+1)], &n); err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, letter := range []byte(file.people[n].family + file.people[n].home.street + file.people[n].home.number) {
			sum = sum*31 + int(letter)
		}
		p["middle_name"] = file.families[(sum&0xffff)%len(file.families)]
	}
	_, result := matched(t, recordsOf(t, file.parties))
	s, families := dedupe.Evaluate(result.Clusters, file.truth), file.familyErrors(result.Clusters)
	t.Logf("F1 %.4f, precision %.4f, recall %.4f; households %.3f, twins %.3f", s.F1, s.Precision, s.Recall, families["household"], families["twins"])
	if s.F1 < .98 || families["household"] > .01 {
		t.Errorf("F1 %.4f, %.3f of the household pairs merged", s.F1, families["household"])
	}
}

// TestAddressesOfGivenNames: where addresses are a given name and a digit, many
// strangers have one; birth dates, of those that have them, tell how many.
func TestAddressesOfGivenNames(t *testing.T) {
	t.Parallel()
	file := newMade(3000, 9)
	for i, p := range file.parties {
		var n int
		if _, err := fmt.Sscan(file.truth[int64(i+1)], &n); err != nil {
			t.Fatal(err)
		}
		if p["email"] != "" {
			p["email"] = fmt.Sprintf("%s%d@%s.example", file.people[n].given, n/7%10, []string{"mail", "post", "web"}[n%3])
		}
		if i%3 != 0 {
			delete(p, "birth_date")
		}
	}
	_, result := matched(t, recordsOf(t, file.parties))
	s := dedupe.Evaluate(result.Clusters, file.truth)
	t.Logf("F1 %.4f, precision %.4f, recall %.4f", s.F1, s.Precision, s.Recall)
	if s.F1 < .95 {
		t.Errorf("F1 %.4f, precision %.4f", s.F1, s.Precision)
	}
}
