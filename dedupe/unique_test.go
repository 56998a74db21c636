package dedupe_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestUnique: a list in which each name stands once holds as many parties, however
// like each other the names are, where there is nothing else to compare.
func TestUnique(t *testing.T) {
	t.Parallel()
	people := func(given, family string) (all []party) {
		for g := range strings.FieldsSeq(given) {
			for f := range strings.FieldsSeq(family) {
				all = append(all, party{"given_name": g, "family_name": f})
			}
		}
		return all
	}
	firms := func(form string, from, to rune) (all []party) {
		for c := from; c <= to; c++ {
			all = append(all, party{"party_type": "organisation", "organisation_name": fmt.Sprintf(form, c)})
		}
		return all
	}
	for _, c := range []struct {
		name    string
		parties []party
	}{
		{"family names but for the last letter", people("Karin", "Lindbera Lindberb Lindberc Lindberd Lindbere Lindberf Lindberg Lindberh Lindberi Lindberj")},
		{"names of men and women", people("Mario Maria Paolo Paola Carlo Carla Franco Franca Angelo Angela", "Rossi Russo")},
		{"many names that are alike", people("Anna Anja Hanna Johanna Jan Jana Jens Jonas Marie Maria Marta Martha Martin Martina Karl Karla Hans Peter Petra Simon Simone",
			"Meier Maier Bauer Sauer Lauer Schmidt Schmied Wolf Wulf Huber Hubert Klein Kleiner Steiner Stein Berg Berger Bergmann Hofmann Hoffmann")},
		{"lettered firms", firms("Gruppe %c Bau", 'A', 'T')},
		{"initials of firms", firms("R&%c Trading", 'A', 'Q')},
		{"words but for the last letter", firms("Karin Quellber%c", 'a', 't')},
	} {
		if _, result := matched(t, recordsOf(t, c.parties)); len(result.Clusters) != len(c.parties) {
			t.Errorf("%s: %d of %d", c.name, len(result.Clusters), len(c.parties))
		}
	}
}
