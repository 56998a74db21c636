package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load/publish"
	"loadstar/schemas"
)

// doubles is a feed with one person in it twice, as rows 1 and 2, and enough
// others to learn from.
func doubles() string {
	var text strings.Builder
	text.WriteString(people)
	text.WriteString("5,Ada,Berg,ada@example.com,1990-01-02\n")
	given := []string{"Eli", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim", "Leo", "Mia", "Ned"}
	family := []string{"Falk", "Grau", "Holm", "Iven", "Jahn", "Kern", "Lutz", "Mohr", "Nagy", "Olsen"}
	for i := range 60 {
		g, f := given[i%10], family[(i*7+i/10)%10]
		fmt.Fprintf(&text, "%d,%s,%s,%s.%s%d@example.com,19%02d-%02d-%02d\n", 10+i, g, f, strings.ToLower(g), strings.ToLower(f), i, 40+i, 1+i%12, 1+i%28)
		if i%4 == 0 {
			fmt.Fprintf(&text, "%d,%s,%s,%s.%s%d@example.com,19%02d-%02d-%02d\n", 100+i, g, f, strings.ToLower(g), strings.ToLower(f), i, 40+i, 1+i%12, 1+i%28)
		}
	}
	return text.String()
}

// customersOf are the customer keys of two records in the current version.
func customersOf(t *testing.T, cfg config.Config, left, right int64) (int64, int64) {
	t.Helper()
	members := ledger(t, cfg, current(t, cfg)).Members
	if members[left] == 0 || members[right] == 0 {
		t.Fatalf("records %d and %d have customers %d and %d", left, right, members[left], members[right])
	}
	return members[left], members[right]
}

// lastEvents are the ledger events of the current version's run.
func lastEvents(t *testing.T, cfg config.Config) []dedupe.Event {
	t.Helper()
	names := current(t, cfg).Manifest.Ledger
	lines, err := publish.Warehouse{Dir: cfg.Warehouse}.Ledger(names[len(names)-1])
	if err != nil {
		t.Fatal(err)
	}
	events, err := dedupe.DecodeEvents(lines)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// TestDecisions: a judgement splits a customer, a rebuild keeps it, and its
// withdrawal merges again. A value that a person set stays with the record it
// was set for, all the way.
func TestDecisions(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), doubles())
	run(t, cfg, options())
	left, right := schemas.CustomerKey("crm", "1"), schemas.CustomerKey("crm", "5")
	if a, b := customersOf(t, cfg, left, right); a != b {
		t.Fatalf("equal records are customers %d and %d", a, b)
	}
	set, err := pipeline.Overrides(cfg, []pipeline.Setting{{Field: "city", Value: "Hull"}}, dedupe.StoredOverride{
		Party: left, Who: "a clerk", Why: "asked", When: time.Date(2026, 4, 1, 10, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := pipeline.Override(publish.Warehouse{Dir: cfg.Warehouse}, set...); err != nil {
		t.Fatal(err)
	}
	inHull := func(record int64, want string) {
		t.Helper()
		customer, _ := customersOf(t, cfg, record, record)
		expect(t, cfg, fmt.Sprintf("select coalesce(city, '') = 'Hull' from dim_customer where customer_key = %d", customer), want)
	}
	folder := publish.Warehouse{Dir: cfg.Warehouse}.Decisions()
	if err := os.MkdirAll(folder, 0o750); err != nil {
		t.Fatal(err)
	}
	decide := func(verdict string) {
		t.Helper()
		line := fmt.Sprintf(`{"left":%d,"right":%d,"verdict":%q,"who":"a clerk","when":"2026-04-01T10:00:00Z","why":"asked"}`+"\n", left, right, verdict)
		f, err := os.OpenFile(filepath.Join(folder, "clerk.jsonl"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(line); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		run(t, cfg, options())
	}
	decide("not same")
	if a, b := customersOf(t, cfg, left, right); a == b {
		t.Fatal("a pair decided not to be the same is one customer")
	}
	if events := lastEvents(t, cfg); len(events) != 1 || events[0].Type != dedupe.EventSplit || !strings.Contains(events[0].Reason, "decided not same") {
		t.Errorf("the ledger tells of the split: %+v", events)
	}
	inHull(left, "true")
	inHull(right, "false")
	o := options()
	o.Full = true
	run(t, cfg, o)
	if a, b := customersOf(t, cfg, left, right); a == b {
		t.Fatal("a rebuild forgets the decision")
	}
	decide("undecided")
	if a, b := customersOf(t, cfg, left, right); a != b {
		t.Fatal("the decision is withdrawn and the records are not one customer again")
	}
	inHull(right, "true")
	if events := lastEvents(t, cfg); len(events) != 1 || events[0].Type != dedupe.EventAbsorb || !strings.Contains(events[0].Reason, "bits") {
		t.Errorf("the ledger tells of the merge: %+v", events)
	}
}

// TestRebuildDecidesOnWhatChanged lets a person's row change in the same run
// that rebuilds: it is decided on as it would be without the rebuild.
func TestRebuildDecidesOnWhatChanged(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), doubles())
	run(t, cfg, options())
	left, right := schemas.CustomerKey("crm", "1"), schemas.CustomerKey("crm", "5")
	write(t, filepath.Join(dir, "people2.csv"), strings.SplitAfter(people, "\n")[0]+"5,Zoltan,Vadas,zv@example.net,1931-11-30\n")
	o := options()
	o.Full = true
	run(t, cfg, o)
	if a, b := customersOf(t, cfg, left, right); a == b {
		t.Error("a record that became another person's stays with its customer after a rebuild")
	}
	added := current(t, cfg).Manifest.Digests
	run(t, cfg, o)
	same(t, "rebuilt once and twice", added, current(t, cfg).Manifest.Digests)
}

// TestEveryEventHasAReason holds for the first run too.
func TestEveryEventHasAReason(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), doubles())
	run(t, cfg, options())
	events := lastEvents(t, cfg)
	if len(events) == 0 || slices.ContainsFunc(events, func(e dedupe.Event) bool { return e.Reason == "" }) {
		t.Errorf("an event without a reason: %+v", events)
	}
}

// TestNewRecordsKeepKeys adds 11 new records: no customer that they do not
// touch changes its key.
func TestNewRecordsKeepKeys(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), doubles())
	run(t, cfg, options())
	before := ledger(t, cfg, current(t, cfg)).Members
	var more strings.Builder
	more.WriteString(strings.SplitAfter(people, "\n")[0])
	for i := range 11 {
		fmt.Fprintf(&more, "%d,Pia,Quist%c,pia%d@example.org,2001-02-%02d\n", 500+i, 'a'+i, i, 1+i)
	}
	write(t, filepath.Join(dir, "people2.csv"), more.String())
	run(t, cfg, options())
	after := ledger(t, cfg, current(t, cfg)).Members
	if len(after) != len(before)+11 {
		t.Fatalf("%d records became %d", len(before), len(after))
	}
	for party, customer := range before {
		if after[party] != customer {
			t.Errorf("record %d was customer %d and is %d", party, customer, after[party])
		}
	}
}

func TestHouseholdsArePublished(t *testing.T) {
	t.Parallel()
	cfg := project(t, 150, 1)
	run(t, cfg, options())
	got := ask(t, cfg, `select count(*) > 0, count(distinct household_key) > 0,
    count(*) filter (where household_key not in (select customer_key from main.dim_customer))
from main.dim_customer where household_key is not null`)
	if got != "true true 0" {
		t.Errorf("customers with a household, households, unknown ones: %s", got)
	}
}

// TestAsOfNeverGoesBack refuses a moment before the current version's, and
// takes that version's where a later run names none.
func TestAsOfNeverGoesBack(t *testing.T) {
	t.Parallel()
	cfg := project(t, 60, 2)
	run(t, cfg, options())
	_, err := pipeline.Run(context.Background(), cfg, dayZero(options()))
	if err == nil || !strings.Contains(err.Error(), "loadstar rollback") {
		t.Fatalf("an earlier moment is not refused: %v", err)
	}
	later := options()
	later.AsOf = current(t, cfg).Manifest.AsOf.AddDate(0, 0, 30)
	run(t, cfg, later)
	o := options()
	o.Full = true
	if r := run(t, cfg, o); !r.AsOf.Equal(later.AsOf) {
		t.Errorf("a rebuild speaks for %s, the version before it for %s", r.AsOf, later.AsOf)
	}
}
