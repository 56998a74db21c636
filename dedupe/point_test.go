package dedupe

import "testing"

func TestPoints(t *testing.T) {
	for value, want := range map[string]string{
		"51.50735,-0.12776": "@5150735 -12776", " 51.5 , -0.1 ": "@5150000 -10000", "-33.868,151.2093": "@-3386800 15120930",
		"": "", "0,0": "", "0.0,0.0": "", "91,4": "", "51.5": "", "51.5,": "", "NaN,4": "", "1,Inf": "", "a,b": "", "51.5,181": "",
	} {
		if got := string(appendPoint(nil, value)); got != want {
			t.Errorf("%q is written %q, want %q", value, got, want)
		}
	}
	for _, text := range []string{"", "@", "@1", "@1 x", "SW1A1AA", "@x 1"} {
		if _, _, ok := readPoint([]byte(text)); ok {
			t.Errorf("%q is read as a point", text)
		}
	}
	if metres := metresBetween(5150735, -12776, 5150735, -12676); metres < 65 || metres > 73 {
		t.Errorf("a thousandth of a degree across at London is %.0f metres", metres)
	}
	if metres := metresBetween(0, 17999990, 0, -17999990); metres > 30 {
		t.Errorf("across the date line it is %.0f metres", metres)
	}
}

// TestPlaceOfCodes: near points are one place, far ones two, and a point is no
// postcode.
func TestPlaceOfCodes(t *testing.T) {
	known, err := NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecords()
	id := func(text string) uint32 { return r.texts.intern([]byte(text)) }
	a, near, town, far, post, typo := id("@5150735 -12776"), id("@5150785 -12776"), id("@5151735 -12776"), id("@5250735 -12776"), id("10115"), id("10116")
	r.Freeze()
	c := newComparer(newFeatures(r, known, 1))
	for _, want := range []struct {
		a, b  uint32
		grade int
	}{{a, near, placePostcode}, {a, town, placeCity}, {a, far, placeUnlike}, {a, post, placeMissing}, {post, typo, placeCity}, {post, far, placeMissing}} {
		got, arePoints := c.placeOfCodes(want.a, want.b)
		back, _ := c.placeOfCodes(want.b, want.a)
		if isPair := want.a != post && want.b != post; got != want.grade || back != got || arePoints != isPair {
			t.Errorf("%s and %s: grade %d, want %d", r.texts.bytes(want.a), r.texts.bytes(want.b), got, want.grade)
		}
	}
	k := keyer{c.f}
	if k.areaOf(a) != k.areaOf(near) || k.areaOf(a) == k.areaOf(far) || k.areaOf(0) != 0 || k.areaOf(post) != r.texts.hashOf(post) {
		t.Error("areas are not those of cells and postcodes")
	}
}
