package dedupe

import "testing"

// TestKnownWords: names that hold a known word each are of two firms or things;
// misspelt, shortened and exchangeable words part none.
func TestKnownWords(t *testing.T) {
	known, err := NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecords()
	add := func(name string) uint32 {
		id := r.firms.intern(appendFirm(nil, name))
		r.rows = append(r.rows, record{kind: organisation, key: int64(len(r.rows) + 1), organisation: id})
		return id
	}
	for _, kind := range []string{"Glass", "Marble", "Oaken", "Restaurant", "Elementary"} {
		for _, name := range []string{"Ambria", "Corvo", "Delune", "Estrum"} {
			add(name + " " + kind + " Desk")
		}
	}
	for _, c := range []struct {
		a, b     string
		from, to uint8 // levels that it may have
	}{
		{"Tarnbeck Logistik GmbH", "Tarnbeck Elektro GmbH", firmOther, firmOther},
		{"Tarnbeck Glass Desk", "Tarnbeck Marble Desk", firmOther, firmOther},
		{"Tarnbeck Glass Desk", "Tarnbeck Desk", firmMuch, firmHalf},
		{"Tarnbeck Glass Desk", "Tarnbeck Glsas Desk", firmMost, firmMost},
		{"Tarnbeck Glass Desk", "Tarnbeck Vorpal Desk", firmHalf, firmSome},
		{"Tarnbeck Restaurant", "Tarnbeck Glass", firmMost, firmSome},
		{"Tarnbeck Elementary Desk", "Tarnbeck Elem. Desk", firmMost, firmMuch},
		{"Tarnbeck Maschinenbau", "Tarnbeck Maschb.", firmMost, firmHalf},
		{"Tarnbeck Consulting", "Tarnbeck Consultants", firmMost, firmSome},
		{"Tarnbeck Glass Oaken Table", "Tarnbeck GOT", firmMost, firmHalf},
		{"Tarnbeck Glass Oaken", "Tarnbeck GO", firmHalf, firmSome},
		{"Oaken Desk", "Glass Marble", firmUnlike, firmUnlike},
	} {
		a, b := add(c.a), add(c.b)
		x := newComparer(newFeatures(r, known, 1))
		level, weight := x.compareFirms(a, b)
		if level < c.from || level > c.to {
			t.Errorf("%s and %s: %q", c.a, c.b, levelName(fieldFirm, level))
		}
		if back, weightBack := x.compareFirms(b, a); back != level || weightBack != weight {
			t.Errorf("%s and %s: %d, %d; the other way round %d, %d", c.a, c.b, level, weight, back, weightBack)
		}
	}
}
