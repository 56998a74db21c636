package dedupe_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"loadstar/dedupe"
)

func set(party int64, field, value string, at int64) dedupe.StoredOverride {
	return dedupe.StoredOverride{Party: party, Field: field, Value: value, When: time.UnixMicro(at).UTC(), Who: "a clerk", Why: "asked"}
}

// TestOverrideBeatsEverySource: from the moment it was set, also after newer
// states of the sources, and when its party is deleted.
func TestOverrideBeatsEverySource(t *testing.T) {
	t.Parallel()
	rules := dedupe.DefaultRules()
	rules.Set = dedupe.HoldingOverrides([]dedupe.StoredOverride{
		set(1, "email", "old@x.example", 120), set(1, "email", "right@x.example", 150), set(1, "phone", "", 150),
		set(1, "birth_date", "1980-12-31", 150), set(1, "is_opted_out", "true", 150), set(2, "city", "Hull", 10),
		set(99, "email", "nobody@x.example", 150),
	})
	records, values := goldenOf(t, rules, stateBatches([]stateRow{
		{customer: 7, key: 1, at: 100, system: "crm", fields: party{"given_name": "Ida", "family_name": "Storm", "email": "ida@x.example", "phone": "+441"}},
		{customer: 7, key: 2, at: 200, system: "shop", fields: party{"given_name": "Ida", "family_name": "Storm", "email": "new@x.example", "phone": "+442"}},
		{customer: 7, key: 1, at: 300, system: "crm", fields: party{"given_name": "Ida"}, deleted: true},
	}, 2))
	var got []string
	for _, r := range records {
		got = append(got, fmt.Sprintf("%s-%s %s|%s|%s|%s|%s|%s", r["valid_from"], r["valid_to"], r["email"], r["emails"], r["phone"], r["birth_date"], r["is_opted_out"], r["city"]))
	}
	want := []string{
		"100-150 ida@x.example||+441|||Hull",
		"150-200 right@x.example|ida@x.example||4017|true|Hull",
		"200-300 right@x.example|ida@x.example\nnew@x.example||4017|true|Hull",
		"300- right@x.example|new@x.example||4017|true|Hull",
	}
	for i, w := range want {
		if i >= len(got) || !strings.HasPrefix(got[i], strings.SplitN(w, " ", 2)[0]) || !strings.Contains(got[i], "Hull") {
			t.Fatalf("records\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if last := records[len(records)-1]; last["email"] != "right@x.example" || last["phone"] != "" || last["is_opted_out"] != "true" {
		t.Errorf("the sources win: %v", last)
	}
	for _, v := range values {
		if v["field"] == "email" && (v["rule"] != "override" || v["source_system"] != "override" || v["source_customer_key"] != "1" || v["value"] != "right@x.example") {
			t.Errorf("provenance of the override: %v", v)
		}
		if v["field"] == "birth_date" && v["value"] != "1980-12-31" {
			t.Errorf("birth date %q", v["value"])
		}
	}
}

func TestHoldingOverrides(t *testing.T) {
	t.Parallel()
	back := set(1, "email", "a@x.example", 30)
	back.Withdrawn = true
	first := dedupe.HoldingOverrides([]dedupe.StoredOverride{set(1, "email", "a@x.example", 10), set(1, "city", "Hull", 10), set(2, "city", "Ely", 5)})
	later := dedupe.HoldingOverrides([]dedupe.StoredOverride{back, set(1, "email", "a@x.example", 10), set(1, "city", "Hull", 10), set(2, "city", "Ely", 5)})
	if len(first[1]) != 2 || len(later[1]) != 1 || later[1][0].Field != "city" {
		t.Errorf("holding %v, then %v", first, later)
	}
	if parties := later.Differ(first); !slices.Equal(parties, []int64{1}) {
		t.Errorf("parties %v differ, want 1", parties)
	}
}

func TestOverrideRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"field":"email","value":"a","when":"2026-04-01T10:00:00Z"}`:                     "party",
		`{"field":"shoe_size","value":"a","party":1,"when":"2026-04-01T10:00:00Z"}`:       "cannot be set",
		`{"field":"emails","value":"a","party":1,"when":"2026-04-01T10:00:00Z"}`:          "cannot be set",
		`{"field":"email","value":"a","party":1}`:                                         "when",
		`{"field":"birth_date","value":"1.2.80","party":1,"when":"2026-04-01T10:00:00Z"}`: "birth_date",
		`{"field":"is_opted_out","value":"yes","party":1,"when":"2026-04-01T10:00:00Z"}`:  "is_opted_out",
		`{"field":3}`: "line 1",
	} {
		if _, err := dedupe.ParseDecisions([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", text, err, want)
		}
	}
	found, err := dedupe.ParseDecisions([]byte(`{"field":"email","value":"","party":1,"when":"2026-04-01T10:00:00Z"}`))
	if err != nil || len(found.Values) != 1 {
		t.Errorf("%v %v", found, err)
	}
}
