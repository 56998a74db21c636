package dedupe

import "testing"

// TestGivenSymmetric: workers meet pairs in any order and remember the result
// for both, so a level that depends on the order makes the model depend on the
// number of workers.
func TestGivenSymmetric(t *testing.T) {
	names := []string{
		"amelie", "amelia", "ameliee", "george", "georgi", "georee", "pricce", "pricie", "daphne", "daphie", "jim", "james",
		"anna maria", "maria", "annamaria", "j", "jo", "joe", "yoshi", "yoshihiko", "alex", "aleksandra", "sacha", "sasha", "josph", "joey",
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

// TestMisspeltFormal: a pet form and its misspelt formal name are variants; what
// is known, or nearly another name, is none.
func TestMisspeltFormal(t *testing.T) {
	known, err := NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecords()
	id := func(name string) uint32 { return r.names.intern([]byte(name)) }
	for _, pair := range []struct {
		a, b string
		want bool
	}{{"joey", "josph", true}, {"gerry", "geralld", true}, {"jssica", "jess", true}, {"jedrek", "asdrzej", true},
		{"joey", "robret", false}, {"jess", "joseph", false}, {"jossph", "geralld", false}} {
		id(pair.a)
		id(pair.b)
		r.Freeze()
		c := newComparer(newFeatures(r, known, 1))
		if got := c.compareGiven(id(pair.a), id(pair.b)) == givenVariant; got != pair.want {
			t.Errorf("%s and %s: variants %v, want %v", pair.a, pair.b, got, pair.want)
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

// TestNameParts: what a family name, a middle name and an initial tell together.
func TestNameParts(t *testing.T) {
	known, err := NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	type name struct{ given, middle, family string }
	for _, c := range []struct {
		a, b                  name
		given, middle, family uint8
	}{
		{name{"maria", "", "fernandes"}, name{"maria", "fernandes", "de alves"}, givenExact, 0, familyFormer},
		{name{"maria", "rosa fernandes", "alves"}, name{"maria", "", "fernandes"}, givenExact, 0, familyFormer},
		{name{"joao", "", "dos santos"}, name{"joao", "", "santos"}, givenExact, 0, familyNear},
		{name{"joost", "", "van den berg"}, name{"joost", "", "berg"}, givenExact, 0, familyNear},
		{name{"maria", "", "garcia"}, name{"maria", "", "garcia lopez"}, givenExact, 0, familyFormer},
		{name{"sergeevna", "v", "karpova"}, name{"viktoria", "sergeevna", "karpova"}, givenInitial, middleExact, familyExact},
		{name{"paul", "gary", "young"}, name{"gary", "paul", "young"}, givenPart, middleExact, familyExact},
		{name{"paul", "gary", "young"}, name{"gary", "paurl", "young"}, givenPart, middleNear, familyExact},
		{name{"paul", "gary", "young"}, name{"gary", "", "young"}, givenPart, 0, familyExact},
		{name{"xiao ming", "", "chen"}, name{"xiaoming", "", "chen"}, givenExact, 0, familyExact},
		{name{"xiao", "ming", "chen"}, name{"xiaoming", "", "chen"}, givenExact, 0, familyExact},
		{name{"xiao", "ming", "chen"}, name{"xiaolin", "", "chen"}, givenNickname, 0, familyExact},
		{name{"chen", "", "xiao ming"}, name{"xiaoming", "", "chen"}, 0, 0, familySwapped},
		{name{"sergeevna", "b", "karpova"}, name{"viktoria", "sergeevna", "karpova"}, givenPart, middleUnlike, familyExact},
	} {
		r := NewRecords()
		for i, n := range []name{c.a, c.b} {
			rec := record{key: int64(i + 1), given: r.names.intern([]byte(n.given)), family: r.names.intern([]byte(n.family))}
			if n.middle != "" {
				rec.middle = r.names.intern([]byte(n.middle))
			}
			r.rows = append(r.rows, rec)
		}
		r.Freeze()
		x := newComparer(newFeatures(r, known, 1))
		l := x.compareNames(0, &r.rows[0], &r.rows[1])
		if l.of(fieldGiven) != c.given || l.of(fieldMiddle) != c.middle || l.of(fieldFamily) != c.family {
			t.Errorf("%v and %v: given name %q, middle name %q, family name %q", c.a, c.b, levelName(fieldGiven, l.of(fieldGiven)),
				levelName(fieldMiddle, l.of(fieldMiddle)), levelName(fieldFamily, l.of(fieldFamily)))
		}
		if back := x.compareNames(0, &r.rows[1], &r.rows[0]); back != l {
			t.Errorf("%v and %v: %x, the other way round %x", c.a, c.b, l, back)
		}
	}
}

// TestYearLevels: of births of which no more than the year is known.
func TestYearLevels(t *testing.T) {
	year := func(y int) date { return date(y<<16 | 1<<8 | 1) }
	for gap, want := range map[int]uint8{0: birthDefault, 1: birthTwoDigits, 2: birthThreeDigits, 3: birthThreeDigits, 12: birthUnlike, 31: birthFar} {
		if got := birthLevel(year(1824), year(1824+gap)); got != want {
			t.Errorf("%d years apart: %q, want %q", gap, levelName(fieldBirth, got), levelName(fieldBirth, want))
		}
	}
}

// TestOtherNumber: names that hold digits are alike only with the same ones,
// whatever their letters; where only one holds some, it may be misspelt.
func TestOtherNumber(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"user7", "user8", true}, {"user1", "user12", true}, {"user12", "user1", true}, {"user12", "user21", true},
		{"7user", "user8", true}, {"user7", "user7", false}, {"user7", "usr7", false}, {"a1b2", "ab12", false},
		{"user", "user1", false}, {"user1", "user", false}, {"smith", "sm1th", false}, {"", "1", false}, {"", "", false},
	} {
		if got := otherNumber([]byte(c.a), []byte(c.b)); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}
