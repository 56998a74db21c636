package dedupe_test

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestStrangersOfOneGivenName: many strangers with few given names and nothing
// else in common than for whom they work are not taken for persons who change
// their family names.
func TestStrangersOfOneGivenName(t *testing.T) {
	t.Parallel()
	given := strings.Fields("Anna Bruno Carla Dario Elena Fabio Greta Hugo Irene Jonas Katja Lorenz Mara Nils Olga Pavel Rosa Stefan Tilda Willem")
	family := strings.Fields("Abendroth Brunetti Castellan Dunkel Ebersold Farnese Gallwitz Hagedorn Imhoff Jessen Kowarz Lindqvist Marchetti Nordal Oberlin Pellegrin Quast Rautenberg Salvini Tiedemann Ulbrich Valente Wessel Zanella")
	random := rand.New(rand.NewPCG(3, 7))
	var all []party
	for i := range 500 {
		all = append(all, party{
			"given_name": given[random.IntN(len(given))], "family_name": family[random.IntN(len(family))], "gender": []string{"m", "f"}[i%2],
			"organisation_name": []string{"Ford", "Dodge", "Bmw"}[random.IntN(3)],
		})
	}
	_, result := matched(t, recordsOf(t, all))
	for _, c := range result.Clusters {
		names := map[string]bool{}
		for _, key := range c {
			names[all[key-1]["family_name"]] = true
		}
		if len(names) > 1 {
			t.Errorf("one customer has %d family names and nothing else: %v", len(names), names)
		}
	}
}
