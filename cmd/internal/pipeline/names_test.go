package pipeline_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load/publish"
	"loadstar/schemas"
)

// judgeNames appends a judgement on a name or pair, and runs.
func judgeNames(t *testing.T, cfg config.Config, text, verdict string, hour int) {
	t.Helper()
	d, err := dedupe.NewNameDecision(text, verdict)
	if err != nil {
		t.Fatal(err)
	}
	d.Who, d.When = "a clerk", time.Date(2026, 4, 1, hour, 0, 0, 0, time.UTC)
	if err := pipeline.DecideNames(publish.Warehouse{Dir: cfg.Warehouse}, d); err != nil {
		t.Fatal(err)
	}
	run(t, cfg, options())
}

// givenLevel is how the given names of two records agree in the current
// version, as compared anew and as stored.
func givenLevel(t *testing.T, cfg config.Config, left, right string) (now string) {
	t.Helper()
	e, err := pipeline.OpenEvidence(context.Background(), publish.Warehouse{Dir: cfg.Warehouse}, current(t, cfg))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}()
	x, err := e.Pair(context.Background(), schemas.CustomerKey("crm", left), schemas.CustomerKey("crm", right))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range x.Fields {
		if f.Field == "given_name" {
			return f.Level
		}
	}
	return ""
}

// TestNameDecisions joins and parts names that no table knows: the next run
// obeys, decides anew on who bears them, and a rebuild and later runs keep it.
func TestNameDecisions(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), doubles()+"200,Quilla,Berg,ada@example.com,1990-01-02\n201,Bill,Zander,,1950-02-03\n202,William,Zander,,1950-02-03\n")
	run(t, cfg, options())
	status := func(token string) string {
		return ask(t, cfg, "select any_value(status) from ods.idn.name_dictionary where token = '"+token+"'")
	}
	if got := givenLevel(t, cfg, "1", "200"); !strings.HasPrefix(got, "different") {
		t.Fatalf("ada and quilla are %q before anybody said so", got)
	}
	if got := givenLevel(t, cfg, "201", "202"); got != "nickname" {
		t.Fatalf("bill and william are %q", got)
	}
	judgeNames(t, cfg, "QUILLA=Ada", dedupe.NameAccepted, 10)
	judgeNames(t, cfg, "bill=william", dedupe.NameRejected, 11)
	judgeNames(t, cfg, "quilla", dedupe.NameRejected, 12)
	holds := func(when string) {
		t.Helper()
		if got := givenLevel(t, cfg, "200", "1"); got != "nickname" {
			t.Errorf("%s: ada and quilla, said to be forms of one name, are %q", when, got)
		}
		if got := givenLevel(t, cfg, "201", "202"); !strings.HasPrefix(got, "different") {
			t.Errorf("%s: bill and william, said to be two names, are %q", when, got)
		}
		if got := status("quilla"); got != dedupe.NameRejected {
			t.Errorf("%s: quilla is %s", when, got)
		}
	}
	holds("after the runs")
	o := options()
	o.Full = true
	before := current(t, cfg).Manifest.Digests
	run(t, cfg, o)
	holds("rebuilt")
	same(t, "added to and rebuilt", before, current(t, cfg).Manifest.Digests)
	write(t, filepath.Join(dir, "people2.csv"), strings.SplitAfter(people, "\n")[0]+"300,Nora,Olm,n@example.com,1991-01-02\n")
	run(t, cfg, options())
	holds("a run later")

	judgeNames(t, cfg, "ada=quilla", dedupe.VerdictUndecided, 13)
	judgeNames(t, cfg, "william=bill", dedupe.VerdictUndecided, 14)
	judgeNames(t, cfg, "quilla", dedupe.VerdictUndecided, 15)
	if got := givenLevel(t, cfg, "200", "1"); !strings.HasPrefix(got, "different") {
		t.Errorf("withdrawn: ada and quilla are %q", got)
	}
	if got := givenLevel(t, cfg, "201", "202"); got != "nickname" {
		t.Errorf("withdrawn: bill and william are %q", got)
	}
	if got := status("quilla"); got == dedupe.NameRejected || got == dedupe.NameAccepted {
		t.Errorf("withdrawn: quilla is %s", got)
	}
	if r := run(t, cfg, options()); !r.Unchanged {
		t.Error("a run without a new judgement publishes a version")
	}
}
