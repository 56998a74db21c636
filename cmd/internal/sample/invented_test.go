package sample

import (
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"
)

func TestPhonesAreValidHoweverWritten(t *testing.T) {
	_, list := sources(t, 3000)
	seen := 0
	for _, s := range list {
		if s.rec.phone.none() {
			continue
		}
		for _, home := range []string{"GB", "DE"} {
			number, err := phonenumbers.Parse(s.rec.phone.written(s.rec.rng, home), home)
			if err != nil {
				t.Fatalf("phone of %s: %v", s.rec.id, err)
			}
			if got := phonenumbers.Format(number, phonenumbers.E164); got != s.rec.phone.e164() || !phonenumbers.IsValidNumber(number) {
				t.Errorf("phone %s was read as %s", s.rec.phone.e164(), got)
			}
			seen++
		}
	}
	if seen < 3000 {
		t.Errorf("only %d numbers looked at", seen)
	}
}

func TestEmailsReachNobody(t *testing.T) {
	_, list := sources(t, 2000)
	for _, s := range list {
		_, host, _ := strings.Cut(s.rec.email, "@")
		if host != "" && !strings.HasSuffix(host, ".example") && host != "example.com" && host != "example.org" && host != "example.net" {
			t.Errorf("%s is not a domain for examples", host)
		}
	}
}

func TestPermutationIsABijection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, 1<<40).Draw(t, "size")
		p := newPermutation(rapid.Uint64().Draw(t, "seed"), 1, size)
		i := rapid.Int64Range(0, size-1).Draw(t, "i")
		x := p.at(i)
		if x < 0 || x >= size || p.inverse(x) != i {
			t.Fatalf("%d -> %d -> %d of %d", i, x, p.inverse(x), size)
		}
	})
}

func TestCentsAreWritten(t *testing.T) {
	for _, test := range []struct {
		c              cents
		plain, grouped string
	}{
		{0, "0.00", "0,00"}, {5, "0.05", "0,05"}, {-123456789, "-1234567.89", "-1.234.567,89"}, {99999, "999.99", "999,99"}, {100000, "1000.00", "1.000,00"},
	} {
		if test.c.String() != test.plain || string(test.c.append(nil)) != test.plain || test.c.grouped(',', '.') != test.grouped {
			t.Errorf("%d: %s, %s, %s", int64(test.c), test.c, test.c.append(nil), test.c.grouped(',', '.'))
		}
	}
}

func TestFamiliesAreTruthful(t *testing.T) {
	w, err := newWorld(Options{Customers: 30000, Days: 1, Seed: 4})
	if err != nil {
		t.Fatal(err)
	}
	pairs := map[unitKind]int{}
	for i := int64(0); i < w.n; i++ {
		u, slot := w.unitOf(i)
		if slot != 1 || u.kind == single {
			continue
		}
		a, b := w.person(i-1), w.person(i)
		pairs[u.kind]++
		switch {
		case u.kind == twins && (a.born != b.born || a.given.latin == b.given.latin):
			t.Errorf("twins %d: born %v and %v, called %s and %s", i, a.born, b.born, a.given.latin, b.given.latin)
		case u.kind == namesakes && (a.given.latin != b.given.latin || a.born+365*15 > b.born || !a.home.sameDoor(b.home)):
			t.Errorf("namesakes %d are not parent and child of one name and house", i)
		case u.kind == household && a.given.latin == b.given.latin:
			t.Errorf("household %d: two of one name", i)
		}
	}
	for _, kind := range []unitKind{household, twins, namesakes, office} {
		if pairs[kind] < 50 {
			t.Errorf("only %d units of kind %s", pairs[kind], kind)
		}
	}
}
