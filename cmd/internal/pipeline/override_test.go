package pipeline_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load/publish"
	"loadstar/schemas"
)

// TestOverride sets a customer's values: the next run obeys, a rebuild and a
// newer delivery of the source do not forget, and taking back brings the
// source's values back.
func TestOverride(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), people)
	run(t, cfg, options())
	w := publish.Warehouse{Dir: cfg.Warehouse}
	at := time.Date(2026, 4, 1, 10, 0, 0, 0, time.UTC)
	of := dedupe.StoredOverride{Party: schemas.CustomerKey("crm", "2"), Customer: 1, Who: "a clerk", Why: "asked", When: at}
	set, err := pipeline.Overrides(cfg, []pipeline.Setting{{"email", " Ben@NEW.example "}, {"address", "Mill Lane 12"}, {"city", "Hull"}}, of)
	if err != nil {
		t.Fatal(err)
	}
	if err := pipeline.Override(w, set...); err != nil {
		t.Fatal(err)
	}
	const told = "select email, street, house_number, city from dim_customer where family_name = 'Carlsen'"
	run(t, cfg, options())
	expect(t, cfg, told, "ben@new.example Mill Lane 12 Hull")
	digests := current(t, cfg).Manifest.Digests
	full := options()
	full.Full = true
	run(t, cfg, full)
	expect(t, cfg, told, "ben@new.example Mill Lane 12 Hull")
	same(t, "a rebuild with overrides", digests, current(t, cfg).Manifest.Digests)
	write(t, filepath.Join(dir, "people_2.csv"), "customer_id,given_name,family_name,email,birth_date\n2,Ben,Carlsen,other@example.com,1985-05-06\n")
	run(t, cfg, options())
	expect(t, cfg, told, "ben@new.example Mill Lane 12 Hull")
	for i := range set {
		set[i].Withdrawn, set[i].When = true, at.Add(time.Hour)
	}
	if err := pipeline.Override(w, set...); err != nil {
		t.Fatal(err)
	}
	run(t, cfg, options())
	expect(t, cfg, "select email, street is null from dim_customer where family_name = 'Carlsen'", "other@example.com true")
}

// TestOverrideTakesAWholeAddress: an address with its place in one text leaves
// no part of the old one beside it.
func TestOverrideTakesAWholeAddress(t *testing.T) {
	t.Parallel()
	cfg, _ := small(t, "")
	cfg.Company.Country = "GB"
	of := dedupe.StoredOverride{Party: 1, When: time.Unix(1, 0)}
	for text, want := range map[string]string{
		"1 Test Street, London SW1A 1AA":   "address_line=1 Test Street, London SW1A 1AA city=London house_number=1 postcode=SW1A 1AA region= street=Test Street unit=",
		"1 Test Street, 10115 Berlin":      "address_line=1 Test Street, 10115 Berlin city=Berlin country_code= house_number=1 postcode=10115 region= street=Test Street unit=",
		"1 Rue Haute, 75002 Paris, France": "address_line=1 Rue Haute, 75002 Paris, France city=Paris country_code=FR house_number=1 postcode=75002 region= street=Rue Haute unit=",
		"1 Test Street":                    "address_line=1 Test Street house_number=1 street=Test Street unit=",
	} {
		set, err := pipeline.Overrides(cfg, []pipeline.Setting{{"address", text}}, of)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range set {
			got = append(got, o.Field+"="+o.Value)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", text, strings.Join(got, " "), want)
		}
	}
}

func TestOverridesRefuse(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), people)
	of := dedupe.StoredOverride{Party: 1, When: time.Unix(1, 0)}
	for _, c := range []struct {
		settings []pipeline.Setting
		want     string
	}{
		{[]pipeline.Setting{{"shoe_size", "44"}}, "cannot be set"},
		{[]pipeline.Setting{{"birth_date", "31.12.1980"}}, "birth_date"},
		{[]pipeline.Setting{{"email", "no address"}}, "email"},
		{[]pipeline.Setting{{"email", "a@x.example"}, {"email", "b@x.example"}}, "twice"},
		{[]pipeline.Setting{{"city", strings.Repeat("x", 501)}}, "longer"},
		{[]pipeline.Setting{{"city", "\xff"}}, "UTF-8"},
	} {
		if _, err := pipeline.Overrides(cfg, c.settings, of); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want one with %q", c.settings, err, c.want)
		}
	}
	if set, err := pipeline.Overrides(cfg, []pipeline.Setting{{"phone", ""}}, of); err != nil || len(set) != 1 || set[0].Value != "" {
		t.Errorf("no phone: %v %v", set, err)
	}
	run(t, cfg, options())
	e, err := pipeline.OpenEvidence(context.Background(), publish.Warehouse{Dir: cfg.Warehouse}, current(t, cfg))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := e.Anchor(context.Background(), 4711); err == nil || !strings.Contains(err.Error(), "no record") {
		t.Errorf("a customer that is none: %v", err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}
