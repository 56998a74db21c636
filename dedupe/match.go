package dedupe

import (
	"context"
	"errors"
	"fmt"
)

// Settings are the choices of a matching run. Start from DefaultSettings.
type Settings struct {
	MarginBits     float64 // log2 of what a false merge costs in missed merges; raised by one for large files with household evidence
	PairsPerRecord float64 // budget of candidate pairs a record; small files spend more
	AlarmSize      int     // clusters with more members than this are reported
	Links          Links   // how many records of one source a customer may have
	Workers        int     // goroutines, at least 1; carries no meaning for the result

	Compared func(pairs int64) // hears of pairs as they are compared, from several goroutines; nil = nobody does
}

// DefaultSettings are the settings every published figure was measured with.
func DefaultSettings() Settings {
	return Settings{MarginBits: 1, PairsPerRecord: 2.2, AlarmSize: 50, Workers: 2}
}

// Decision is a human judgement on a pair of records. Of several on one pair
// the last holds.
type Decision struct {
	Left  int64 `json:"left"`  // source_customer_key
	Right int64 `json:"right"` // source_customer_key
	Same  bool  `json:"same"`
}

// Decisions are judgements in the order they were made.
type Decisions []Decision

// Words of Pair.Decision.
const (
	Merged    = "merged"   // one customer by the evidence
	Apart     = "apart"    // two customers by the evidence
	Decided   = "same"     // one customer by human decision
	Forbidden = "not same" // two customers by human decision
	Rivals    = "rivals"   // two customers, for their source has each customer once; see LinkReport
)

// Pair is the evidence on two records; Left < Right.
type Pair struct {
	Left, Right int64 // source_customer_key
	Levels      int64 // packed comparison levels, four bits a field, see Explain
	Score       int32 // millibits: log2 odds that the two are the same, times 1000
	Decision    string
}

// Result is what Match decided.
type Result struct {
	Clusters [][]int64 // every record once, but for mentions of nobody: source_customer_keys ascending; clusters by smallest member
	Pairs    []Pair    // compared pairs above the review floor, by Left and Right
	Report   Report
}

// Pass is one blocking pass.
type Pass struct {
	Name  string
	Pairs int64 // pairs it proposes, counted before those of other passes are taken out
	Split int   // blocks over the cap that were split by a further key
	Taken bool  // false where the budget was spent
}

// Alarm is a cluster over the alarm size.
type Alarm struct {
	Smallest int64 // its smallest source_customer_key
	Size     int
}

// Report counts what Match did.
type Report struct {
	Records       int
	Persons       int
	Organisations int
	Pairs         int64 // candidate pairs compared
	Clusters      int
	Cut           int32 // millibits a pair needs
	Passes        []Pass
	Alarms        []Alarm
	Links         LinkReport
	Conflicts     []Decision // "same" decisions that contradict a "not same"
	Reason        string     // why nothing was matched, "" where something was
}

// ErrDuplicateKey is returned where two records have one source_customer_key.
var ErrDuplicateKey = errors.New("two records have the same source_customer_key")

// Match groups the records of r. Records without a prior customer key and
// changed ones are decided; where r holds prior customers, only pairs with at
// least one such record count, and unchanged records stay with their customer
// unless new evidence or a decision bridges or parts them. It fails only on a
// cancelled context, records that were not frozen, or duplicate keys.
func Match(ctx context.Context, r *Records, names *Names, m *Model, d Decisions, s Settings) (*Result, error) {
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("match records: %w", err)
	}
	f := r.scaled(names, m, s.Workers)
	run := matching{f: f, settings: s, rules: newRules(r, d), forest: newForest(r.Len())}
	run.result.Report = Report{Records: r.Len(), Persons: len(f.parts[person]), Organisations: len(f.parts[organisation])}
	run.result.Report.Conflicts = run.rules.conflicts
	for k := range m.parts {
		if err := run.part(ctx, kind(k), &m.parts[k]); err != nil {
			return nil, fmt.Errorf("match records: %w", err)
		}
	}
	if err := run.decideBy(ctx, run.settleRest); err != nil {
		return nil, fmt.Errorf("match records: %w", err)
	}
	if err := run.link(ctx); err != nil {
		return nil, fmt.Errorf("match records: %w", err)
	}
	run.findMentioned()
	run.finish()
	return &run.result, nil
}
