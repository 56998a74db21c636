package draft_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/cmd/internal/config"
)

// processLog writes cases, their rows in disorder, with day and month first.
func processLog(id, activity, at string, steps ...string) string {
	lines := make([]string, 0, 200)
	for c := range 40 {
		day := 1
		for i, s := range steps {
			if i == 1 && c%4 == 0 {
				continue
			}
			if i == len(steps)-1 && c%3 == 0 {
				s = "Avslag"
			}
			day += i + c%3
			lines = append(lines, fmt.Sprintf("S%03d;%s;%02d.%02d.2026 10:00:00", 100+c, s, day, 1+c%3))
		}
	}
	for i := range lines {
		k := (i * 7919) % len(lines)
		lines[i], lines[k] = lines[k], lines[i]
	}
	return id + ";" + activity + ";" + at + "\n" + strings.Join(lines, "\n") + "\n"
}

// TestProcess: a log of a process that is no sale gets a funnel of its own, in
// the order of its times.
func TestProcess(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"skadelogg.csv": processLog("Ärende-ID", "Aktivitet", "Tidsstämpel", "Anmälan mottagen", "Komplettering begärd", "Besiktning", "Utbetalning"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Feeds) != 1 || fmt.Sprint(r.Feeds[0].Entities) != "[stage_event]" {
		t.Fatalf("feeds %+v", r.Feeds)
	}
	funnel := text(t, dir, "funnels/skadelogg.yaml")
	for _, want := range []string{
		"systems: [skadelogg]", "20 cases: Anmälan mottagen > Komplettering begärd > Besiktning > Utbetalning",
		"- {step: komplettering_begard, name: Komplettering begärd, optional: true}",
		"- {stage: utbetalning, name: Utbetalning, rank: 50, step: utbetalning, outcome: won}",
		"- {stage: avslag, name: Avslag, rank: 0, outcome: lost}",
		"start: [anmalan_mottagen]", "anmalan_mottagen: [komplettering_begard, besiktning]",
		"30 of 40 cases pass it, it is the last of 0",
	} {
		if !strings.Contains(funnel, want) {
			t.Errorf("the funnel lacks %q:\n%s", want, funnel)
		}
	}
	if project := text(t, dir, config.FileName); !strings.Contains(project, "funnels: [funnels/skadelogg.yaml]") {
		t.Errorf("the project does not name the funnel:\n%s", project)
	}
	if _, err := config.Load(filepath.Join(dir, config.FileName)); err != nil {
		t.Errorf("the project does not load: %v", err)
	}
}

// TestSalesLogsHaveTheSalesFunnel: stages that it knows need none of their own.
func TestSalesLogsHaveTheSalesFunnel(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"event_log.csv": processLog("case id", "activity", "timestamp", "New", "Contacted", "Proposal", "Won"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if project := text(t, dir, config.FileName); strings.Contains(project, "funnels:") {
		t.Errorf("a funnel for stages of sales:\n%s", project)
	}
}

// TestProcessByAnyDates: the order is that of the moments, however they are
// written: months by name, half past midnight before the morning.
func TestProcessByAnyDates(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	log.WriteString("Ärende-ID;Aktivitet;Tidsstämpel\n")
	for c := range 40 {
		day, hour := 1+c%27, 1+c%9
		fmt.Fprintf(&log, "S%03d;Utbetalning;%d Mar 2026 %d:00 PM\n", 100+c, day, hour)
		fmt.Fprintf(&log, "S%03d;Besiktning;%d Feb 2026 %d:30 AM\n", 100+c, day, hour)
		fmt.Fprintf(&log, "S%03d;Anmälan mottagen;%d Feb 2026 12:30 AM\n", 100+c, day)
		fmt.Fprintf(&log, "S%03d;Komplettering begärd;%d Feb 2026 12:30 PM\n", 100+c, day)
	}
	dir, _, err := drops(t, map[string]string{"skadelogg.csv": log.String()})
	if err != nil {
		t.Fatal(err)
	}
	if funnel := text(t, dir, "funnels/skadelogg.yaml"); !strings.Contains(funnel, "40 cases: Anmälan mottagen > Besiktning > Komplettering begärd > Utbetalning") {
		t.Errorf("the activities stand in another order:\n%s", funnel)
	}
}
