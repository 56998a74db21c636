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
