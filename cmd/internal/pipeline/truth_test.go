package pipeline_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas"
)

// truthFloor is the pairwise F1 that the sample company must reach.
const truthFloor = 0.98

// TestSampleTruth runs the sample company and compares what was published with
// all that was planted in it.
func TestSampleTruth(t *testing.T) {
	t.Parallel()
	cfg := project(t, 1500, 1)
	r := run(t, cfg, options())
	t.Run("persons", func(t *testing.T) { personsAreFound(t, cfg) })
	t.Run("funnels", func(t *testing.T) { funnelsAreExact(t, cfg) })
	t.Run("errors", func(t *testing.T) { errorsAreFound(t, cfg) })
	t.Run("totals", func(t *testing.T) { totalsAreExact(t, cfg, r) })
}

func personsAreFound(t *testing.T, cfg config.Config) {
	clusters := clustersOf(t, cfg)
	truth := map[int64]string{}
	for _, row := range truthTable(t, cfg, "persons.csv") {
		truth[schemas.CustomerKey(row["source_system"], row["customer_id"])] = row["person_id"]
	}
	scores := dedupe.Evaluate(clusters, truth)
	t.Logf("sample company, 1,500 customers: precision %.4f, recall %.4f, F1 %.4f", scores.Precision, scores.Recall, scores.F1)
	if scores.F1 < truthFloor {
		t.Errorf("F1 %.4f, want at least %.2f", scores.F1, truthFloor)
	}
}

func clustersOf(t *testing.T, cfg config.Config) [][]int64 {
	t.Helper()
	groups := map[int64][]int64{}
	for party, customer := range ledger(t, cfg, current(t, cfg)).Members {
		groups[customer] = append(groups[customer], party)
	}
	return slices.Collect(maps.Values(groups))
}

// truthTable reads one file of planted truth: its lines by column name.
func truthTable(t *testing.T, cfg config.Config, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(cfg.Dir, "truth", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 10 {
		t.Fatalf("%s: only %d lines", name, len(rows))
	}
	var lines []map[string]string
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, column := range rows[0] {
			line[column] = row[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// funnelsAreExact counts no pursuit and no session more or less than planted.
func funnelsAreExact(t *testing.T, cfg config.Config) {
	steps := map[string]string{"product_view": "Product page"}
	checked := 0
	for _, row := range truthTable(t, cfg, "funnels.csv") {
		step, known := steps[row["step"]]
		if !known {
			step = strings.ToUpper(row["step"][:1]) + row["step"][1:]
		}
		breakdown, member := "source system", row["source_system"]
		if member == "all" || row["funnel"] == "online" {
			breakdown, member = "all", "(all)"
		}
		got := ask(t, cfg, fmt.Sprintf(`select coalesce(sum(reached_count), 0) from funnel_%s
where breakdown = '%s' and member = '%s' and step_name = '%s'`, row["funnel"], breakdown, member, step))
		if got != row["count"] {
			t.Errorf("%s, %s, %s: %s reached it, planted are %s", row["funnel"], step, row["source_system"], got, row["count"])
		}
		checked++
	}
	if checked < 20 {
		t.Errorf("only %d steps were compared", checked)
	}
}

// errorsAreFound looks for each planted error in the quarantine, under its
// rule and at its place, and finds nothing else there. Rows of a database have
// a key and no place in a file.
func errorsAreFound(t *testing.T, cfg config.Config) {
	planted := map[string]int{}
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
		planted[row["feed"]+" "+row["rule"]+" "+place]++
	}
	var violations []load.Violation
	withReader(t, cfg, func(_ publish.Version, r *load.Reader) {
		var err error
		if violations, err = r.Violations(context.Background(), load.ViolationFilter{}); err != nil {
			t.Fatal(err)
		}
	})
	for _, x := range violations {
		place := x.Place()
		if strings.HasPrefix(x.File, "table:") {
			place = x.File
		}
		planted[x.Feed+" "+x.Rule+" "+place]--
	}
	if len(planted) < 20 {
		t.Errorf("only %d places were compared", len(planted))
	}
	for place, left := range planted {
		if left > 0 {
			t.Errorf("planted, but not in quarantine: %s", place)
		}
		if left < 0 {
			t.Errorf("in quarantine, but not planted: %s", place)
		}
	}
}

// totalsAreExact compares rows and money, feed by feed and to the cent.
func totalsAreExact(t *testing.T, cfg config.Config, r pipeline.Report) {
	entities := map[string]string{}
	for _, f := range cfg.Feeds {
		for _, o := range f.Contract.Objects {
			entities[f.Name+" "+o.Name] = o.Entity
		}
	}
	loaded, sums := map[string]int64{}, 0
	for _, row := range truthTable(t, cfg, "totals.csv") {
		column, isSum := strings.CutPrefix(row["measure"], "sum ")
		switch {
		case row["measure"] == "loaded":
			var n int64
			if _, err := fmt.Sscan(row["value"], &n); err != nil {
				t.Fatal(err)
			}
			loaded[row["feed"]] += n
		case isSum:
			entity := entities[row["feed"]+" "+row["object"]]
			got := ask(t, cfg, fmt.Sprintf("select sum(%s) = %s from ods.%q where feed_name = '%s' and object_name = '%s'",
				column, row["value"], entity, row["feed"], row["object"]))
			if got != "true" {
				t.Errorf("%s, %s: the sum of %s is not %s", row["feed"], row["object"], column, row["value"])
			}
			sums++
		}
	}
	if len(loaded) < 15 || sums < 15 {
		t.Errorf("only %d feeds and %d sums were compared", len(loaded), sums)
	}
	for _, f := range r.Feeds {
		if got := f.Loaded + f.Redelivered + f.Superseded; got != loaded[f.Feed] {
			t.Errorf("feed %s: %d rows hold, planted are %d", f.Feed, got, loaded[f.Feed])
		}
	}
}
