package dedupe

import (
	"slices"
	"testing"
)

func TestNumberIn(t *testing.T) {
	for text, want := range map[string]float64{
		"4": 4, "4.0": 4, "-12": -12, "1299,00": 1299, "1.299,50": 1299.5, "1,299.50": 1299.5, "1,299": 1299, "1.234.567": 1234567,
		"0.125": .125, "€ 12.5": 12.5, "$1,299": 1299, "15 %": 15, "3:45": 225, "2024-03-01": 2024*365.25 + 3*30.4375 + 1, "1234.567": 1234.567,
	} {
		if got, ok := numberIn(text); !ok || got != want {
			t.Errorf("%q is %v (%v), want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "€", "12 kg", "1 l", "3:4", "3:75", "a:12", "12-030", "-", ".", "1.2.x", "2024-13-01", "A4", "NaN", "Inf", "0x1F", "1e400"} {
		if got, ok := numberIn(text); ok {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

// TestAppendAttribute: a text in any script stands behind those before it, and
// no text holds the mark that parts them.
func TestAppendAttribute(t *testing.T) {
	for value, want := range map[string]string{
		"Walnut": "walnut", " 12,50 ": "12,50", "Zürich": "zurich", "Москва": "moskva", "a\x1fb": "a b", "ä\x1fb": "a b",
		"2024-03-01\x1f\x1f\x1f9": "2024 03 01 9", "\x1f": "", "€\x1f": "",
	} {
		if got := string(appendAttribute([]byte("red\x1f"), value)); got != "red\x1f"+want {
			t.Errorf("%q: %q, want %q behind what stood before", value, got, want)
		}
	}
}

// TestAttributeGrades: texts are graded by letters and words, numbers by how many
// lie between them, whatever their size.
func TestAttributeGrades(t *testing.T) {
	known, err := NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecords()
	set := func(text string) uint32 { return r.attributes.intern([]byte(text)) }
	for n := range 200 {
		number := string(appendCount(nil, 1000+n*n))
		r.rows = append(r.rows, record{key: int64(n + 1), attributes: set("walnut\x1f" + number)})
	}
	texts := []uint32{set("walnut"), set("wallnut"), set("proc walnut"), set("copper"), set("model 7"), set("model 8")}
	for i, id := range texts {
		r.rows = append(r.rows, record{key: int64(300 + i), attributes: id})
	}
	r.Freeze()
	c := newComparer(newFeatures(r, known, 1))
	facts := &c.f.attributes
	grade := func(a, b uint32, k int) uint8 { return c.attributeGrade(facts.of(a)[k], facts.of(b)[k]) }
	for _, want := range []struct {
		a, b  uint32
		k     int
		grade uint8
	}{
		{texts[0], texts[0], 0, attributeExact}, {texts[0], texts[1], 0, attributeClose}, {texts[0], texts[2], 0, attributeAlike},
		{texts[0], texts[3], 0, attributeUnlike}, {texts[4], texts[5], 0, attributeUnlike},
		{r.rows[10].attributes, r.rows[11].attributes, 1, attributeClose}, {r.rows[190].attributes, r.rows[191].attributes, 1, attributeClose},
		{r.rows[10].attributes, r.rows[18].attributes, 1, attributeAlike}, {r.rows[10].attributes, r.rows[60].attributes, 1, attributeUnlike},
	} {
		if got, back := grade(want.a, want.b, want.k), grade(want.b, want.a, want.k); got != want.grade || back != got {
			t.Errorf("%q and %q: grade %d and %d, want %d", r.attributes.bytes(want.a), r.attributes.bytes(want.b), got, back, want.grade)
		}
	}
}

func appendCount(to []byte, n int) []byte {
	if n >= 10 {
		to = appendCount(to, n/10)
	}
	return append(to, byte('0'+n%10))
}

// TestFallingRatios: a grade that agrees more says no less for one party.
func TestFallingRatios(t *testing.T) {
	ratios := fallingRatios(grades{attributeExact: .1, attributeClose: .1, attributeAlike: .1, attributeUnlike: .7},
		grades{attributeExact: .4, attributeClose: .1, attributeAlike: .1, attributeUnlike: .4})
	for g := attributeExact; g < attributeGrades; g++ {
		if ratios[g] < .99 || ratios[g] > 1.01 {
			t.Errorf("the source of a row, which differs in matches, counts: %v", ratios)
		}
	}
	ratios = fallingRatios(grades{attributeExact: .8, attributeClose: .1, attributeAlike: .05, attributeUnlike: .05},
		grades{attributeExact: .1, attributeClose: .1, attributeAlike: .1, attributeUnlike: .7})
	for g := attributeClose; g < attributeGrades; g++ {
		if ratios[g] > ratios[g-1] {
			t.Errorf("ratios rise: %v", ratios)
		}
	}
}

// TestAttributeMark: a value that holds the mark that parts attributes is one value.
func TestAttributeMark(t *testing.T) {
	for _, value := range []string{"a\x1fb", "\x1f7", "7\x1f", "\x1f\x1f"} {
		if got := appendAttribute(nil, value); slices.Contains(got, attributeMark) {
			t.Errorf("%q is written %q", value, got)
		}
	}
}
