package pipeline_test

import (
	"context"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load/publish"
)

// rematch shows what a new model would change about the current version.
func rematch(t *testing.T, cfg config.Config) pipeline.Rematched {
	t.Helper()
	before := current(t, cfg)
	r, err := pipeline.Rematch(context.Background(), cfg, publish.Warehouse{Dir: cfg.Warehouse}, before, options(), 4)
	if err != nil {
		t.Fatal(err)
	}
	if now := current(t, cfg); now.Number != before.Number {
		t.Errorf("looking published version %d", now.Number)
	}
	return r
}

// restored are the digests of the tables that hold customers, without what
// names versions, models, and keys and runs of the past.
func restored(t *testing.T, cfg config.Config) map[string]string {
	t.Helper()
	tables := map[string]string{}
	for name := range current(t, cfg).Manifest.Digests {
		switch {
		case slices.ContainsFunc([]string{"meta.", "match_pair", "customer_key_map", "about", "idn.state", "name_dictionary"},
			func(part string) bool { return strings.Contains(name, part) }):
		default:
			tables[name] = current(t, cfg).Manifest.Digests[name]
		}
	}
	return tables
}

// unequalDoubles are the doubles, each without its birth date: rows that are
// equal throughout are one by any model.
func unequalDoubles() string {
	return regexp.MustCompile(`(?m)^(1\d\d,.*,).*$`).ReplaceAllString(doubles(), "$1")
}

// TestRematch splits every customer by a model that needs more evidence than
// there is, and merges them again by the first one: what is shown is what is
// published, each event has its reason, later runs and rebuilds keep it, and
// every record comes back to its customer key.
func TestRematch(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), unequalDoubles())
	run(t, cfg, options())
	first, customers := restored(t, cfg), ledger(t, cfg, current(t, cfg)).Members
	if len(first) < 20 {
		t.Fatalf("%d tables are compared", len(first))
	}
	if r := rematch(t, cfg); r.Merged+r.Split+r.Moved != 0 || r.Before != r.After || len(r.Changes) != 0 || r.Records != 80 {
		t.Errorf("a model trained on the same records changes %+v", r)
	}
	o := options()
	o.Rematch = true
	run(t, cfg, o)
	if events := lastEvents(t, cfg); len(events) != 0 {
		t.Errorf("deciding anew with an equal model writes %+v", events)
	}
	same(t, "matched and rematched", first, restored(t, cfg))

	strict := cfg
	strict.Dedupe.MarginBits = 90
	shown := rematch(t, strict)
	if shown.Split == 0 || shown.Merged != 0 || shown.Moved != shown.Split || shown.NewCut <= shown.OldCut || len(shown.Changes) != 4 {
		t.Fatalf("a model that needs 90 bits more changes %+v", shown)
	}
	if c := shown.Changes[0]; len(c.Names) == 0 || !strings.HasPrefix(c.Names[0], "crm:") || c.Reason == "" {
		t.Errorf("a change is not named: %+v", c)
	}
	run(t, strict, options()) // a plain run keeps the model, whatever the settings
	if events := lastEvents(t, cfg); len(events) != 0 {
		t.Errorf("a plain run decides anew: %+v", events)
	}
	run(t, strict, o)
	events := lastEvents(t, strict)
	if int64(len(events)) != shown.Split || slices.ContainsFunc(events, func(e dedupe.Event) bool {
		return e.Type != dedupe.EventSplit || !strings.HasPrefix(e.Reason, "rematch with model "+shown.NewModel[:8])
	}) {
		t.Errorf("shown were %d splits, the ledger has %+v", shown.Split, events)
	}
	split := ledger(t, strict, current(t, strict)).Members
	write(t, filepath.Join(dir, "people2.csv"), strings.SplitAfter(people, "\n")[0]+"900,Ada,Berg,ada@example.com,1990-01-02\n")
	run(t, strict, options())
	rebuild := options()
	rebuild.Full = true
	run(t, strict, rebuild)
	later := ledger(t, strict, current(t, strict)).Members
	if maps.DeleteFunc(later, func(record, customer int64) bool { return split[record] == customer }); len(later) != 1 {
		t.Errorf("after a plain run and a rebuild %d records are not what the new model made of them and the one new customer", len(later))
	}
	run(t, cfg, o)
	for _, e := range lastEvents(t, cfg) {
		if e.Type != dedupe.EventAbsorb || !strings.HasPrefix(e.Reason, "rematch with model ") || !strings.Contains(e.Reason, "bits") {
			t.Errorf("merged again: %+v", e)
		}
	}
	again := ledger(t, cfg, current(t, cfg)).Members
	for record, customer := range customers {
		if again[record] != customer {
			t.Errorf("record %d was customer %d, is %d after split and merge", record, customer, again[record])
		}
	}
}

// TestRematchAsOneBatch: records that came in parts and were decided by a model
// of the first few are, once all is decided anew, the customers that one batch
// makes of them.
func TestRematchAsOneBatch(t *testing.T) {
	t.Parallel()
	lines := strings.SplitAfter(doubles(), "\n")
	whole, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), strings.Join(lines, ""))
	run(t, whole, options())

	parts, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), strings.Join(lines[:12], ""))
	run(t, parts, options())
	write(t, filepath.Join(dir, "people2.csv"), lines[0]+strings.Join(lines[12:], ""))
	o := options()
	o.Rematch = true
	run(t, parts, o)
	want, got := partition(ledger(t, whole, current(t, whole)).Members), partition(ledger(t, parts, current(t, parts)).Members)
	if len(want) < 60 || !maps.Equal(want, got) {
		t.Errorf("one batch makes %d records customers, parts and a rematch %d, and they differ", len(want), len(got))
	}
}

// partition names each customer by its smallest record.
func partition(members map[int64]int64) map[int64]int64 {
	smallest := map[int64]int64{}
	for record, customer := range members {
		if known, ok := smallest[customer]; !ok || record < known {
			smallest[customer] = record
		}
	}
	parts := map[int64]int64{}
	for record, customer := range members {
		parts[record] = smallest[customer]
	}
	return parts
}

// TestMergeSplitMerge splits customers and merges them again: the warehouse is
// as it was, row for row.
func TestMergeSplitMerge(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), unequalDoubles())
	run(t, cfg, options())
	before := restored(t, cfg)
	strict := cfg
	strict.Dedupe.MarginBits = 90
	o := options()
	o.Rematch = true
	run(t, strict, o)
	if apart := restored(t, strict); maps.Equal(before, apart) {
		t.Fatal("a split changes nothing")
	}
	run(t, cfg, o)
	same(t, "before the split and after the merge", before, restored(t, cfg))
}

// TestOutgrownModel tells of a model that was trained on far fewer records.
func TestOutgrownModel(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), people)
	if r := run(t, cfg, options()); slices.ContainsFunc(r.Warnings, isOutgrown) {
		t.Errorf("a model trained in the same run is outgrown: %q", r.Warnings)
	}
	write(t, filepath.Join(dir, "people2.csv"), doubles())
	if r := run(t, cfg, options()); !slices.ContainsFunc(r.Warnings, isOutgrown) {
		t.Errorf("80 records are decided by a model trained on 4: %q", r.Warnings)
	}
}

func isOutgrown(warning string) bool { return strings.Contains(warning, "run --rematch") }
