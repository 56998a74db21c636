package dedupe

import "testing"

// TestSchemes: how local parts are made of names.
func TestSchemes(t *testing.T) {
	for _, c := range []struct{ local, given, family, scheme string }{
		{"ida.nettelbeck", "ida", "nettelbeck", "\x02.\x01"},
		{"nettelbeck_ida", "ida", "nettelbeck", "\x01_\x02"},
		{"inettelbeck", "ida", "nettelbeck", "\x03\x01"},
		{"i.nettelbeck", "ida", "nettelbeck", "\x03.\x01"},
		{"ida.nettelbeck83", "ida", "nettelbeck", "\x02.\x0183"},
		{"nettelbeck.i", "ida", "nettelbeck", "\x01.\x03"},
		{"nettelbeck83", "ida", "nettelbeck", ""},
		{"ida83", "ida", "nettelbeck", ""},
		{"info", "ida", "nettelbeck", ""},
		{"", "ida", "nettelbeck", ""},
		{"o", "o", "o", ""},
	} {
		if got := string(appendScheme(nil, []byte(c.local), []byte(c.given), []byte(c.family))); got != c.scheme {
			t.Errorf("%s of %s %s: %q, want %q", c.local, c.given, c.family, got, c.scheme)
		}
	}
}

// TestCountSchemes: of four with one rule and one of another, all in some pair,
// six pairs in ten have one.
func TestCountSchemes(t *testing.T) {
	r := NewRecords()
	for i, n := range [][3]string{{"ida", "storm", "ida.storm@a.example"}, {"otto", "grubnik", "otto.grubnik@b.example"},
		{"wanda", "ahlmann", "wanda.ahlmann@c.example"}, {"gerda", "mundt", "gerda.mundt@d.example"}, {"emil", "kranz", "ekranz@e.example"}} {
		rec := record{key: int64(i + 1), given: r.names.intern([]byte(n[0])), family: r.names.intern([]byte(n[1]))}
		rec.emails[0] = r.emails.intern([]byte(n[2]))
		r.rows = append(r.rows, rec)
	}
	r.Freeze()
	c := &chances{f: newFeatures(r, nil, 1), members: []uint32{0, 1, 2, 3, 4}}
	if c.countSchemes(); c.schemes != .6 {
		t.Errorf("share %v", c.schemes)
	}
}
