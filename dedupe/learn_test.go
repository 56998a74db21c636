package dedupe_test

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"pgregory.net/rapid"

	"loadstar/dedupe"
)

// spell writes parties as "system given family", one customer after another.
type spelt struct {
	parties   []party
	keys      []int64
	customers map[int64]int64
}

func (s *spelt) customer(names ...string) {
	if s.customers == nil {
		s.customers = map[int64]int64{}
	}
	customer := int64(1000 + len(s.parties))
	for _, name := range names {
		words := strings.Fields(name)
		key := int64(len(s.parties) + 1)
		s.parties = append(s.parties, party{"source_system": words[0], "given_name": words[1], "family_name": strings.Join(words[2:], " ")})
		s.keys = append(s.keys, key)
		s.customers[key] = customer
	}
}

// batches yields the parties in batches of n.
func (s *spelt) batches(t testing.TB, n int) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		for i := 0; i < len(s.parties); i += n {
			end := min(i+n, len(s.parties))
			b := batch(t, s.parties[i:end], s.keys[i:end], nil)
			more := yield(b, nil)
			b.Release()
			if !more {
				return
			}
		}
	}
}

func learn(t testing.TB, prior *dedupe.Dictionary, s *spelt, run int64) (*dedupe.Dictionary, dedupe.LearnReport) {
	t.Helper()
	d, report, err := dedupe.Learn(prior, s.batches(t, 7), s.customers, run)
	if err != nil {
		t.Fatal(err)
	}
	return d, report
}

func entryOf(d *dedupe.Dictionary, token string) dedupe.NameEntry {
	i := slices.IndexFunc(d.Entries, func(e dedupe.NameEntry) bool { return e.Token == token })
	if i < 0 {
		return dedupe.NameEntry{}
	}
	return d.Entries[i]
}

func variantsOf(d *dedupe.Dictionary, kind string) []string {
	var out []string
	for _, v := range d.Variants {
		if v.Kind == kind {
			out = append(out, v.Token+">"+v.VariantOf)
		}
	}
	return out
}

func TestLearnAccepts(t *testing.T) {
	s := &spelt{}
	s.customer("crm Zorbina Quell")
	s.customer("crm Zorbina Quell", "crm Zorbina Quell") // one customer, however many records
	s.customer("crm Vasquo Ulberg", "shop Vasquo Ulberg")
	s.customer("crm Петр Иванов")
	for range 3 {
		s.customer("crm Tilmo Norrbin")
	}
	d, report := learn(t, nil, s, 1)
	for token, want := range map[string]string{
		"zorbina": dedupe.NameNew, "vasquo": dedupe.NameAccepted, "ulberg": dedupe.NameAccepted,
		"tilmo": dedupe.NameAccepted, "ivanov": dedupe.NameNew,
	} {
		if got := entryOf(d, token); got.Status != want {
			t.Errorf("%s is %q, want %q", token, got.Status, want)
		}
	}
	if e := entryOf(d, "quell"); e.Family != 2 || e.Given != 0 || e.Sources["crm"] != 3 || e.Script != "Latin" {
		t.Errorf("quell: %+v, want 2 customers and 3 parties", e)
	}
	if e := entryOf(d, "ivanov"); e.Script != "Cyrillic" {
		t.Errorf("ivanov is in script %q", e.Script)
	}
	if report.New != report.Tokens || report.Accepted != 4 {
		t.Errorf("report %+v", report)
	}
	same, report := learn(t, d, s, 2)
	if !reflect.DeepEqual(d, same) || report.New+report.Accepted+report.Variants != 0 {
		t.Errorf("a rerun changes the dictionary: %+v", report)
	}
	s.customer("crm Zorbina Fensk")
	grown, _ := learn(t, d, s, 3)
	if e := entryOf(grown, "zorbina"); e.Status != dedupe.NameAccepted || e.FirstRun != 1 || e.LastRun != 3 {
		t.Errorf("zorbina is %+v after a third customer", e)
	}
}

// manyNames gives a file in which no pair of names meets by design.
func manyNames(s *spelt) {
	for i := range 400 {
		s.customer(fmt.Sprintf("crm Given%c%c Family%c%c", 'a'+i%20, 'a'+i/20, 'a'+i/20, 'a'+i%20))
	}
}

func TestLearnPairs(t *testing.T) {
	s := &spelt{}
	manyNames(s)
	for range 20 {
		s.customer("crm Ottoline Harkness")
	}
	s.customer("crm Ottoline Harkness", "shop Ottoline Harknes") // a misspelling
	s.customer("crm Ottoline Browne")
	s.customer("crm Ottoline Browne")
	s.customer("crm Ottoline Browne")
	for range 20 {
		s.customer("crm Ottoline Brown")
	}
	s.customer("crm Ottoline Brown", "shop Ottoline Browne") // one of four Brownes: a name of its own
	for range 3 {
		s.customer("crm Ottoline Marwick", "shop Tolly Marwick")
	}
	for range 2 {
		s.customer("crm Kwame Mensah", "shop Mensah Kwame")
	}
	d, _ := learn(t, nil, s, 1)
	if got := variantsOf(d, "typo"); !slices.Equal(got, []string{"harknes>harkness"}) {
		t.Errorf("misspellings %v", got)
	}
	if got := variantsOf(d, "learnt"); !slices.Equal(got, []string{"tolly>ottoline"}) {
		t.Errorf("nicknames %v", got)
	}
	if got := variantsOf(d, dedupe.VariantSwap); len(got) != 1 || !strings.Contains(got[0], "kwame") {
		t.Errorf("swaps %v", got)
	}
	if entryOf(d, "harknes").Status != dedupe.NameVariantOf || entryOf(d, "browne").Status != dedupe.NameAccepted {
		t.Error("a misspelling is no name, a rare name is")
	}
	n := freeze(t, d)
	for _, c := range []struct {
		a, b string
		want dedupe.VariantKind
	}{
		{"harknes", "harkness", dedupe.VariantTypo}, {"tolly", "ottoline", dedupe.VariantLearnt},
		{"kwame", "mensah", dedupe.VariantNone}, {"brown", "browne", dedupe.VariantNone},
	} {
		if got := n.Variant(c.a, c.b); got != c.want {
			t.Errorf("Variant(%s, %s) = %q, want %q", c.a, c.b, got, c.want)
		}
	}
	if n.Canonical("harknes") != "harkness" || !n.Known("browne") || n.Known("harknes") {
		t.Error("the frozen names don't know what was learnt")
	}
	text, err := json.Marshal(n)
	pinned := &dedupe.Names{}
	if err != nil || json.Unmarshal(text, pinned) != nil || pinned.Hash() != n.Hash() || pinned.Canonical("harknes") != "harkness" {
		t.Errorf("pinned names differ (error %v)", err)
	}
	trained := &dedupe.Names{}
	if err := json.Unmarshal([]byte(`{"known":["lovage"]}`), trained); err != nil {
		t.Fatal(err)
	}
	with := trained.With(n)
	if with.Canonical("harknes") != "harkness" || !with.Known("lovage") || with.Known("harkness") != trained.Known("harkness") || with.Hash() == n.Hash() {
		t.Error("names a model was trained with do not take in what was learnt later, or take in more")
	}
	if n.Hash() == names(t).Hash() || n.Hash() != freeze(t, d).Hash() {
		t.Error("the hash must name the content")
	}
}

// freeze passes a dictionary through its tables.
func freeze(t testing.TB, d *dedupe.Dictionary) *dedupe.Names {
	t.Helper()
	entries, variants, err := d.Batches()
	if err != nil {
		t.Fatal(err)
	}
	defer entries.Release()
	defer variants.Release()
	n, err := dedupe.NewNames(one(entries), one(variants))
	if err != nil {
		t.Fatal(err)
	}
	back, err := dedupe.ReadDictionary(one(entries), one(variants))
	if err != nil || !reflect.DeepEqual(back, d) {
		t.Fatalf("the tables don't hold the dictionary (error %v)", err)
	}
	return n
}

func one(b arrow.RecordBatch) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) { yield(b, nil) }
}

func TestLearnKeepsDecisions(t *testing.T) {
	s := &spelt{}
	for range 5 {
		s.customer("crm Kunde Unbekannt")
	}
	d, _ := learn(t, nil, s, 1)
	i := slices.IndexFunc(d.Entries, func(e dedupe.NameEntry) bool { return e.Token == "unbekannt" })
	d.Entries[i].Status = dedupe.NameRejected
	d.Entries = append(d.Entries, dedupe.NameEntry{Token: "xaviera", Status: dedupe.NameAccepted, Sources: map[string]int64{}},
		dedupe.NameEntry{Token: "gone", Status: dedupe.NameAccepted, Family: 9, Sources: map[string]int64{"crm": 9}})
	d.Variants = append(d.Variants, dedupe.NameVariant{Token: "xavi", VariantOf: "xaviera", Kind: "learnt", Status: dedupe.NameAccepted},
		dedupe.NameVariant{Token: "gon", VariantOf: "gone", Kind: "typo", Evidence: 4, Status: dedupe.NameAccepted})
	after, _ := learn(t, d, s, 2)
	if entryOf(after, "unbekannt").Status != dedupe.NameRejected || entryOf(after, "xaviera").Status != dedupe.NameAccepted {
		t.Error("what a person decided is lost")
	}
	if entryOf(after, "gone").Token != "" || len(after.Variants) != 1 {
		t.Errorf("what no party shows any more stays: %+v %+v", entryOf(after, "gone"), after.Variants)
	}
}

func TestLearnIsOrderFree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := &spelt{}
		given := []string{"Ana", "Anna", "Anah", "Boris", "Borys", "Cilla"}
		for range rapid.IntRange(1, 25).Draw(rt, "customers") {
			var records []string
			for range rapid.IntRange(1, 3).Draw(rt, "records") {
				records = append(records, rapid.SampledFrom([]string{"crm", "shop"}).Draw(rt, "system")+" "+
					rapid.SampledFrom(given).Draw(rt, "given")+" "+rapid.SampledFrom(given).Draw(rt, "family"))
			}
			s.customer(records...)
		}
		d, report, err := dedupe.Learn(nil, s.batches(t, 100), s.customers, 1)
		if err != nil {
			rt.Fatal(err)
		}
		order := rapid.Permutation(slices.Collect(maps.Keys(s.customers))).Draw(rt, "order")
		shuffled := &spelt{customers: s.customers}
		for _, key := range order {
			shuffled.parties, shuffled.keys = append(shuffled.parties, s.parties[key-1]), append(shuffled.keys, key)
		}
		d2, report2, err := dedupe.Learn(nil, shuffled.batches(t, 3), s.customers, 1)
		if err != nil {
			rt.Fatal(err)
		}
		if !reflect.DeepEqual(d, d2) || report != report2 {
			rt.Fatalf("order matters:\n%+v\n%+v", d, d2)
		}
	})
}

func BenchmarkLearn(b *testing.B) {
	s := &spelt{}
	for i := range 20_000 {
		a, c := i%700, i%1900
		s.customer(fmt.Sprintf("crm G%c%c%c F%c%c%c", 'a'+a%26, 'a'+a/26%26, 'a'+a/600, 'a'+c%26, 'a'+c/26%26, 'a'+c/700),
			fmt.Sprintf("shop G%c%c%c F%c%c%c", 'a'+a%26, 'a'+a/26%26, 'a'+a/600, 'a'+c%26, 'a'+c/26%26, 'a'+c/700))
	}
	all := batch(b, s.parties, s.keys, nil)
	defer all.Release()
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		if _, _, err := dedupe.Learn(nil, one(all), s.customers, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(s.parties)*b.N)/b.Elapsed().Seconds(), "parties/s")
}
