package dedupe

import "testing"

// TestFirmLevels: what stands in two names of organisations and things, and
// what parts them.
func TestFirmLevels(t *testing.T) {
	known, err := NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecords()
	add := func(name string, write func([]byte, string) []byte) uint32 {
		id := r.firms.intern(write(nil, name))
		r.rows = append(r.rows, record{kind: organisation, key: int64(len(r.rows) + 1), organisation: id})
		return id
	}
	for _, c := range []struct {
		a, b     string
		employer bool
		from, to uint8 // levels that it may have
	}{
		{"Tarnbeck Stores 1", "Tarnbeck Stores 2", false, firmUnlike, firmUnlike},
		{"Tarnbeck Stores No. 1", "Tarnbeck Stores #2", false, firmUnlike, firmUnlike},
		{"Tarnbeck Stores No. 1", "Tarnbeck Stores #1", false, firmExact, firmExact},
		{"Tarnbeck Stores 1", "Tarnbeck Stores 11", false, firmUnlike, firmUnlike},
		{"Tarnbeck Stores 44", "Tarnbeck Stores 4", false, firmUnlike, firmUnlike},
		{"Tarnbeck Stores 1", "Tarnbeck Stores", false, firmMost, firmHalf},
		{"Tarnbeck Bakery Store 1", "Tarnbeck Bakery 1", false, firmExact, firmExact},
		{"Tarnbeck Bakery, Filiale 2", "Tarnbeck Bakery Nr. 3", false, firmUnlike, firmUnlike},
		{"The Copper Store", "The Copper", false, firmMost, firmHalf},
		{"Grubnik Drill 18 V 4", "Grubnik Hammer 18 V 5", false, firmMost, firmSome},
		{"Acorro MX-757 gas grill", "Acorro MX757 Gas Grill", false, firmExact, firmExact},
		{"Acorro MX 757 gas grill", "Acorro MX757 Gas Grill", false, firmMost, firmMost},
		{"Acorro 8-port switch", "Acorro 8 port switch", false, firmExact, firmExact},
		{"Acorro No-1 grill", "Acorro 1 grill", false, firmExact, firmExact},
		{"Phoenix Metall AG", "Phoenixmetall", false, firmMost, firmMost},
		{"Phoenixpharma", "Phoenixxpharma", false, firmMuch, firmMuch},
		{"Wehrhan Maschinenbau GmbH", "Wehrhan Maschinenbau Holding GmbH", false, firmUnlike, firmUnlike},
		{"Wehrhan Maschinenbau Beteiligungs AG", "Wehrhan Maschinenbau Beteiligungs-AG", false, firmExact, firmExact},
		{"Douglas Lockwood, Otto Nettelbeck", "D. Lockwood, O. Nettelbeck", true, firmMost, firmMost},
		{"D. Lockwood", "O. Nettelbeck", true, firmUnlike, firmUnlike},
		{"Gruppe E Bau", "Gruppe I Bau", false, firmUnlike, firmUnlike},
		{"Gruppe E Bau", "Gruppe Bau", false, firmMuch, firmHalf},
		{"Ferrari e Figli", "Ferrari Figli", false, firmExact, firmExact},
		{"FERRARI E FIGLI", "Ferrari & Figli", false, firmExact, firmExact},
		{"Nord Bau Gruppe F GmbH", "Sued Bau Gruppe F GmbH", false, firmUnlike, firmUnlike},
		{"A&K Trading", "A&L Trading", false, firmUnlike, firmUnlike},
		{"Team IV Logistics", "Team VI Logistics", false, firmUnlike, firmUnlike},
		{"Team IV Logistics", "Team 4 Logistics", false, firmExact, firmExact},
		{"7 Eleven", "8 Eleven", false, firmUnlike, firmUnlike},
	} {
		write := appendFirm
		if c.employer {
			write = appendEmployer
		}
		a, b := add(c.a, write), add(c.b, write)
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

// TestMayBeNear: what lengths and letters tell beforehand parts no two words that
// are near each other.
func TestMayBeNear(t *testing.T) {
	var e editor
	words := [][]byte{[]byte("mill"), []byte("miil"), []byte("milling"), []byte("nilling"), []byte("optimizing"), []byte("optmizing"), []byte("poitmizing"),
		[]byte("heterogeneous"), []byte("hetreogenous"), []byte("qx310"), []byte("qx31b"), []byte("photographic"), []byte("fotografic"), []byte("abcdefghij"), []byte("xycdefghij")}
	nearPairs, passed := 0, 0
	for _, a := range words {
		for _, b := range words {
			isNear := e.compare(a, b, letterMask(a), letterMask(b)) >= near
			may := mayBeNear(a, b, letterMask(a), letterMask(b))
			if isNear && !may {
				t.Errorf("%s and %s are near, and parted beforehand", a, b)
			}
			if isNear {
				nearPairs++
			}
			if may {
				passed++
			}
		}
	}
	if nearPairs <= len(words) || passed > 3*nearPairs {
		t.Errorf("%d pairs are near, %d pass of %d", nearPairs, passed, len(words)*len(words))
	}
}
