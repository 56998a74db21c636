package dedupe_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"loadstar/dedupe"
)

func TestNewNameDecision(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"Müller": {"muller"}, " QUILLON ": {"quillon"}, "Maks=Max": {"maks", "max"}, "Анна=Anna": {},
	} {
		d, err := dedupe.NewNameDecision(text, dedupe.NameAccepted)
		if want[0] == "" {
			if err == nil {
				t.Errorf("%q: a name and its own transliteration are judged: %+v", text, d)
			}
			continue
		}
		if err != nil || d.Name != want[0] || d.Of != want[1] {
			t.Errorf("%q: %+v, %v", text, d, err)
		}
	}
	for _, text := range []string{"", "x", "two words", "r2d2", "max=", "=max", "max=max", "max=a b"} {
		if d, err := dedupe.NewNameDecision(text, dedupe.NameAccepted); err == nil {
			t.Errorf("%q is judged: %+v", text, d)
		}
	}
	if _, err := dedupe.NewNameDecision("max", "maybe"); err == nil {
		t.Error("verdict maybe is taken")
	}
}

func TestParseDecisionsOfBothKinds(t *testing.T) {
	t.Parallel()
	found, err := dedupe.ParseDecisions([]byte(`{"left":1,"right":2,"verdict":"same"}

{"name":"maks","form_of":"max","verdict":"accepted","who":"a"}
{"name":"zzyx","verdict":"rejected"}
`))
	if err != nil || len(found.Pairs) != 1 || len(found.Names) != 2 || found.Names[0].Of != "max" {
		t.Errorf("%+v %v", found, err)
	}
	long := `{"left":1,"right":2,"verdict":"same","why":"` + strings.Repeat("x", 1<<17) + `"}`
	if found, err := dedupe.ParseDecisions([]byte(long)); err != nil || len(found.Pairs) != 1 {
		t.Errorf("a long reason: %d pairs, %v", len(found.Pairs), err)
	}
	for text, want := range map[string]string{
		`{"name":"Max","verdict":"accepted"}`:                  "line 1",
		"\n" + `{"name":"max","verdict":"same"}`:               "line 2",
		`{"name":3,"verdict":"accepted"}`:                      "line 1",
		`{"name":"","verdict":"accepted"}`:                     "line 1",
		`{"name":"max","form_of":"m1","verdict":"accepted"}`:   "line 1",
		`{"left":1,"right":1,"verdict":"same"}`:                "line 1",
		`{"verdict":"accepted","form_of":"max"}`:               "line 1",
		`{"name":"max","verdict":"accepted"}` + "\n{\"name\":": "line 2",
	} {
		if _, err := dedupe.ParseDecisions([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// TestNamesFollowDecisions judges a name that counts call a misspelling, and
// a pair that was learnt, then withdraws both.
func TestNamesFollowDecisions(t *testing.T) {
	t.Parallel()
	s := &spelt{}
	manyNames(s)
	for range 20 {
		s.customer("crm Ottoline Harkness")
	}
	s.customer("crm Ottoline Harkness", "shop Ottoline Harknes")
	learnt, _ := learn(t, nil, s, 1)
	typo := variantsOf(learnt, dedupe.VariantTypo.String())
	if len(typo) == 0 {
		t.Fatal("no misspelling was learnt")
	}
	token, of, _ := strings.Cut(typo[0], ">")
	var judged []dedupe.NameDecision
	for i, d := range []dedupe.NameDecision{{Name: token, Verdict: dedupe.NameRejected}, {Name: token, Verdict: dedupe.NameAccepted}} {
		d.When = time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC)
		judged = append(judged, d)
	}
	now := dedupe.HoldingNames([]dedupe.NameDecision{judged[1], judged[0]})
	if len(now) != 1 || now[0].Verdict != dedupe.NameAccepted {
		t.Fatalf("the newest word holds: %+v", now)
	}
	if got := dedupe.DecidedNames(nil, now); !reflect.DeepEqual(got, []string{token}) {
		t.Errorf("decided are %v", got)
	}
	prior := clone(t, learnt)
	prior.Decide(nil, now, 2)
	grown, _ := learn(t, prior, s, 2)
	grown.Decide(nil, now, 2)
	if e := entryOf(grown, token); e.Status != dedupe.NameAccepted {
		t.Errorf("%s is %s", token, e.Status)
	}
	frozen, err := grown.Names()
	if err != nil {
		t.Fatal(err)
	}
	if frozen.Variant(token, of) != dedupe.VariantNone || !frozen.Decide(now).Known(token) {
		t.Errorf("%s is still taken for %s", token, of)
	}
	later := clone(t, grown)
	later.Decide(now, nil, 3)
	after, _ := learn(t, later, s, 3)
	if e := entryOf(after, token); e.Status != dedupe.NameVariantOf {
		t.Errorf("withdrawn: %s is %s", token, e.Status)
	}
	if got := variantsOf(after, dedupe.VariantTypo.String()); !reflect.DeepEqual(got, typo) {
		t.Errorf("withdrawn: misspellings %v, before %v", got, typo)
	}
}

// clone passes a dictionary through its tables.
func clone(t *testing.T, d *dedupe.Dictionary) *dedupe.Dictionary {
	t.Helper()
	entries, variants, err := d.Batches()
	if err != nil {
		t.Fatal(err)
	}
	defer entries.Release()
	defer variants.Release()
	back, err := dedupe.ReadDictionary(one(entries), one(variants))
	if err != nil {
		t.Fatal(err)
	}
	return back
}
