package dedupe

import "testing"

func TestNamesNobody(t *testing.T) {
	fold := func(text string) []byte { return appendFold(nil, text) }
	for _, name := range []string{"Unknown Customer", "Test User B", "TEST USER 17", "n/a", "N.N.", "Walk-in Customer", "Guest", "No Name",
		"Unbekannt", "Laufkunde", "Cliente Final", "Client inconnu", "not provided", "Anonymous"} {
		if !namesNobody(fold(name)) {
			t.Errorf("%q is somebody", name)
		}
	}
	for _, name := range []string{"", "A", "A B", "17", "Wanda Guest", "Test Nettelbeck", "No In", "Na Li", "Ann", "Otto N.", "Kunde Farnsdale", "Will Not", "X Y"} {
		if namesNobody(fold(name)) {
			t.Errorf("%q is nobody", name)
		}
	}
}
