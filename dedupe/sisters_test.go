package dedupe_test

import (
	"fmt"
	"testing"

	"loadstar/dedupe"
)

// TestSisterCompanies: a register tells companies of one name apart by their
// legal forms; a sales list, which leaves forms out as often as it mixes them up,
// does not, though as many of its pairs have two.
func TestSisterCompanies(t *testing.T) {
	t.Parallel()
	const companies = 900
	forms := []string{"GmbH", "AG", "GmbH & Co. KG", "KG"}
	otherwise := map[string]string{"GmbH": "G.m.b.H.", "AG": "Aktiengesellschaft", "GmbH & Co. KG": "GmbH und Co KG", "KG": "Kommanditgesellschaft"}
	for _, c := range []struct {
		name          string
		isRegister    bool
		f1, precision float64
		alone         bool // nothing but the name is known
	}{
		{name: "register", isRegister: true, f1: .98, precision: .98},
		{name: "register of names", isRegister: true, alone: true, f1: .97, precision: .97},
		{name: "sales list", f1: .98, precision: .98},
		{name: "sales list of names", alone: true, f1: .98, precision: .98},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := newMade(300, 21)
			file.labelled = labelled{truth: map[int64]string{}}
			add := func(company int, name string, home place) {
				p := party{"party_type": "organisation", "organisation_name": name, "city": home.city, "street": home.street, "house_number": home.number}
				if c.alone {
					p = party{"party_type": "organisation", "organisation_name": name}
				}
				file.parties = append(file.parties, p)
				file.truth[int64(len(file.parties))] = fmt.Sprint(company)
			}
			for i := range companies {
				name, home := file.word(2, 4)+" "+[]string{"metall", "logistik", "druck", "garten"}[i%4], file.newPlace()
				form := file.rng.IntN(4)
				for record := range 1 + file.rng.IntN(3) {
					written := forms[form]
					switch {
					case file.chance(.3):
						written = otherwise[written]
					case !c.isRegister && record > 0 && file.chance(.4):
						written = ""
					case !c.isRegister && record > 0 && file.chance(.3):
						written = forms[file.rng.IntN(4)]
					}
					add(i, name+" "+written, home)
				}
				if c.isRegister && file.chance(.2) {
					for range 2 {
						add(companies+i, name+" "+forms[(form+1)%4], home)
					}
				}
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
