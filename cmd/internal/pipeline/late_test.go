package pipeline_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"loadstar/load/publish"
)

// TestLate loads deliveries in an order that is not that of their moments, each
// by a run of its own: the version is the one that a rebuild gives, and a run
// that can't add says that it rebuilds.
func TestLate(t *testing.T) {
	t.Parallel()
	header, rest, _ := strings.Cut(people, "\n")
	lines := strings.SplitAfter(rest, "\n")
	without := func(i int) string {
		return header + "\n" + strings.Join(slices.Delete(slices.Clone(lines[:4]), i, i+1), "")
	}
	moved := strings.Replace(people, "ada@example.com", "ada@example.org", 1)
	for name, test := range map[string]struct {
		custom   string
		files    [][2]string // in order of arrival
		rebuilds bool        // the last run
	}{
		"a snapshot": {datedPeople + "  - {property: delivery, value: snapshot}\n",
			[][2]string{{"people_20260101.csv", people}, {"people_20260103.csv", moved}, {"people_20260102.csv", without(2)}}, true},
		"new rows": {datedPeople + "  - {property: delivery, value: delta}\n",
			[][2]string{{"people_20260101.csv", without(0)}, {"people_20260103.csv", without(0)}, {"people_20260102.csv", header + "\n" + lines[0]}}, false},
		"files without a date": {"  - {property: delivery, value: delta}\n",
			[][2]string{{"people_2.csv", people}, {"people_1.csv", moved}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			cfg, dir := small(t, test.custom)
			var warnings []string
			for _, file := range test.files {
				write(t, filepath.Join(dir, file[0]), file[1])
				warnings = run(t, cfg, options()).Warnings
			}
			if got := strings.Contains(strings.Join(warnings, "\n"), "rebuilding from landing: stage people, people_20260102.csv: merge people: the delivery came after"); got != test.rebuilds {
				t.Errorf("rebuilds is %v, want %v: %q", got, test.rebuilds, warnings)
			}
			added := maps.Clone(current(t, cfg).Manifest.Digests)
			o := options()
			o.Full = true
			run(t, cfg, o)
			same(t, "added and rebuilt", added, current(t, cfg).Manifest.Digests)
		})
	}
}

// TestArrivals: a feed that delivers the same bytes again is alive. What
// arrived counts once, in whatever runs, also after a rebuild.
func TestArrivals(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, datedPeople+"  - {property: delivery, value: append}\n")
	write(t, filepath.Join(dir, "people_20260101.csv"), people)
	run(t, cfg, options())
	write(t, filepath.Join(dir, "people_20260102.csv"), people)
	write(t, filepath.Join(dir, "people_20260103.csv"), people)
	if r := run(t, cfg, options()); !r.Unchanged {
		t.Error("the same bytes were taken for news")
	}
	write(t, filepath.Join(dir, "people_20260104.csv"), people+"9,Eve,Fox,eve@example.com,1990-03-04\n")
	for _, full := range []bool{false, true} {
		o := options()
		o.Full = full
		run(t, cfg, o)
		expect(t, cfg, "select count(*) || ' ' || count(*) filter (where is_known) || ' ' || max(delivered_at)::date from meta.arrival", "4 2 2026-01-04")
		expect(t, cfg, "select delivery_count || ' ' || late_feed_count from about", "4 0")
	}
	if again := current(t, cfg).Manifest.Again; len(again) != 2 {
		t.Errorf("the manifest tells of %d deliveries that brought nothing, want 2: %v", len(again), again)
	}
}

// TestFormerFormat: a version that an earlier release wrote is rebuilt by the
// next run, which says why, and the same answer comes out.
func TestFormerFormat(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), people)
	run(t, cfg, options())
	first := current(t, cfg)
	manifest := filepath.Join(first.Dir, "manifest.json")
	text, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	now, before := fmt.Sprintf(`"format": %d`, publish.FormatVersion), fmt.Sprintf(`"format": %d`, publish.FormatVersion-1)
	if !strings.Contains(string(text), now) {
		t.Fatalf("the manifest lacks %s", now)
	}
	write(t, manifest, strings.Replace(string(text), now, before, 1))
	r := run(t, cfg, options())
	if want := fmt.Sprintf("version 1 has file format %d, this release writes %d", publish.FormatVersion-1, publish.FormatVersion); !r.Full || !strings.Contains(strings.Join(r.Warnings, "\n"), want) {
		t.Errorf("full is %v, warnings %q, want a rebuild since %s", r.Full, r.Warnings, want)
	}
	if v := current(t, cfg); v.Number == first.Number || v.Manifest.Format != publish.FormatVersion {
		t.Errorf("version %d of format %d", v.Number, v.Manifest.Format)
	} else {
		same(t, "before and rebuilt", first.Manifest.Digests, v.Manifest.Digests)
	}
}

// datedPeople says where the moment of a delivery stands in its name.
const datedPeople = `  - {property: delivered, value: {pattern: 'people_(\d{8})\.csv', layout: "20060102"}}
`
