package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/draft"
	"loadstar/cmd/internal/sample"
	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas"
)

// silent watches nothing.
type silent struct{}

func (silent) Begin(string, int64, string) {}
func (silent) Add(int64)                   {}

// drafted is the sample company whose contracts nobody wrote.
func drafted(t *testing.T, customers int) (config.Config, draft.Report) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "company")
	if _, err := sample.Generate(context.Background(), sample.Options{Customers: customers, Days: 1, Seed: 3, Out: dir}); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"contracts", config.FileName} {
		if err := os.RemoveAll(filepath.Join(dir, part)); err != nil {
			t.Fatal(err)
		}
	}
	r, err := draft.Run(context.Background(), draft.Options{Dir: dir, From: []string{filepath.Join(dir, "feeds")}, Workers: 2, Watch: silent{}})
	if err != nil {
		t.Fatal(err)
	}
	return configured(t, dir), r
}

// TestDraftedSample runs the sample company with contracts that were drafted
// from its feeds, without a line edited, and compares what was published with
// what was planted.
func TestDraftedSample(t *testing.T) {
	t.Parallel()
	cfg, report := drafted(t, 1000)
	if len(report.Open) > 0 || len(report.LeftOut) > 0 {
		t.Errorf("open %v, left out %v: want none", report.Open, report.LeftOut)
	}
	run(t, cfg, options())
	t.Run("persons", func(t *testing.T) { draftedPersons(t, cfg) })
	t.Run("errors", func(t *testing.T) { draftedErrors(t, cfg) })
	t.Run("totals", func(t *testing.T) { draftedTotals(t, cfg) })
}

// draftedFloor is the pairwise F1 that matching must reach by drafted
// contracts.
const draftedFloor = 0.95

func draftedPersons(t *testing.T, cfg config.Config) {
	clusters := clustersOf(t, cfg)
	known := map[int64]bool{}
	for _, c := range clusters {
		for _, party := range c {
			known[party] = true
		}
	}
	truth, missing := map[int64]string{}, 0
	for _, row := range truthTable(t, cfg, "persons.csv") {
		key := schemas.CustomerKey(row["source_system"], row["customer_id"])
		if lead := schemas.CustomerKey(row["source_system"]+"_lead", row["customer_id"]); known[lead] {
			key = lead // a lead's own key is not a customer's
		}
		if !known[key] {
			missing++
		}
		truth[key] = row["person_id"]
	}
	scores := dedupe.Evaluate(clusters, truth)
	t.Logf("drafted: precision %.4f, recall %.4f, F1 %.4f; %d of %d records are no party", scores.Precision, scores.Recall, scores.F1, missing, len(truth))
	if scores.F1 < draftedFloor {
		t.Errorf("F1 %.4f, want at least %.2f", scores.F1, draftedFloor)
	}
	if missing > 0 {
		t.Errorf("%d records of persons are missing", missing)
	}
}

// draftedErrors looks for the planted errors at their places. Rules that only
// a person knows (allowed words) are not asked for.
func draftedErrors(t *testing.T, cfg config.Config) {
	var violations []load.Violation
	withReader(t, cfg, func(_ publish.Version, r *load.Reader) {
		var err error
		if violations, err = r.Violations(context.Background(), load.ViolationFilter{}); err != nil {
			t.Fatal(err)
		}
	})
	found, used := map[string]int{}, 0
	for _, x := range violations {
		place := x.Place()
		if strings.HasPrefix(x.File, "table:") {
			place = x.File
		}
		found[x.Feed+" "+place]++
	}
	for _, row := range truthTable(t, cfg, "errors.csv") {
		if row["effect"] != "quarantined" {
			continue
		}
		place := row["file"] + ":" + row["place"]
		switch {
		case strings.Contains(row["file"], ".sqlite@"):
			place = "table:" + row["sheet"]
		case row["sheet"] != "":
			place = row["file"] + "#" + row["sheet"] + "!" + row["place"]
		}
		key := row["feed"] + " " + place
		if found[key] == 0 {
			t.Errorf("planted, but not in quarantine: %s (%s, %s)", key, row["kind"], row["rule"])
			continue
		}
		found[key]--
		used++
	}
	for place, n := range found {
		if n > 0 {
			t.Errorf("in quarantine, but not planted: %s (%d)", place, n)
		}
	}
	t.Logf("%d planted errors found at their places", used)
}

// draftedTotals compares rows and sums of money, feed by feed and to the cent.
func draftedTotals(t *testing.T, cfg config.Config) {
	truth, err := entitiesOfSample()
	if err != nil {
		t.Fatal(err)
	}
	sums := 0
	for _, row := range truthTable(t, cfg, "totals.csv") {
		column, isSum := strings.CutPrefix(row["measure"], "sum ")
		entity := truth[row["feed"]+" "+row["object"]]
		if !isSum {
			continue
		}
		got := ask(t, cfg, fmt.Sprintf("select coalesce(sum(%s), 0) from ods.%q where feed_name = '%s'", column, entity, row["feed"]))
		same := ask(t, cfg, fmt.Sprintf("select cast('%s' as decimal(18,4)) = cast('%s' as decimal(18,4))", got, row["value"]))
		if same != "true" {
			t.Errorf("%s, %s: the sum of %s is %s, planted is %s", row["feed"], row["object"], column, got, row["value"])
		}
		sums++
	}
	t.Logf("%d sums compared", sums)
}

// entitiesOfSample gives the entity of every object of the sample's own
// contracts.
func entitiesOfSample() (map[string]string, error) {
	entities := map[string]string{}
	files, err := filepath.Glob("../sample/contracts/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		c, err := schemas.ParseContract(file, text)
		if err != nil {
			return nil, err
		}
		for _, o := range c.Objects {
			entities[c.Feed+" "+o.Name] = o.Entity
		}
	}
	return entities, nil
}
