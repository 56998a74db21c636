package dedupe

import "testing"

// TestGivenSymmetric: workers meet pairs in any order and remember the result
// for both, so a level that depends on the order makes the model depend on the
// number of workers.
func TestGivenSymmetric(t *testing.T) {
	names := []string{
		"amelie", "amelia", "ameliee", "george", "georgi", "georee", "pricce", "pricie", "daphne", "daphie", "jim", "james",
		"anna maria", "maria", "j", "jo", "joe", "yoshi", "yoshihiko", "alex", "aleksandra", "sacha", "sasha",
	}
	known, err := NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecords()
	for _, name := range names {
		r.names.intern([]byte(name))
	}
	r.Freeze()
	c := newComparer(newFeatures(r, known, 1))
	for a := range uint32(len(names)) {
		for b := range uint32(len(names)) {
			if x, y := c.compareGiven(a+1, b+1), c.compareGiven(b+1, a+1); x != y {
				t.Errorf("%s and %s: level %d, the other way round %d", names[a], names[b], x, y)
			}
		}
	}
}

// TestMissingPostcodesAreNotOne: two people with one town and house number, on
// two streets, have the place in common; a postcode that neither tells is none.
func TestMissingPostcodesAreNotOne(t *testing.T) {
	known, err := NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecords()
	for i, home := range []struct{ street, postcode string }{{"elm row", ""}, {"quay side", ""}, {"mill lane", "10115"}, {"high street", "10115"}} {
		rec := record{key: int64(i + 1), given: r.names.intern([]byte("ida")), family: r.names.intern([]byte("storm")),
			street: r.texts.intern([]byte(home.street)), number: r.texts.intern([]byte("7")), city: r.texts.intern([]byte("hull"))}
		if home.postcode != "" {
			rec.postcode = r.texts.intern([]byte(home.postcode))
		}
		r.rows = append(r.rows, rec)
	}
	r.Freeze()
	c := newComparer(newFeatures(r, known, 1))
	for _, want := range []struct {
		i, j   uint32
		rarity uint8
	}{{0, 1, 0}, {2, 3, countCode(2)}, {0, 2, 0}} {
		p := c.compare(want.i, want.j)
		if level, rare := p.levels.of(fieldAddress), p.rarity.of(slotPlace); level != addressNumber || rare != want.rarity {
			t.Errorf("records %d and %d: address %q, count code of the postcode %d, want %d", want.i, want.j, levelName(fieldAddress, level), rare, want.rarity)
		}
	}
}
