package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"loadstar/cmd/internal/config"
	"loadstar/dedupe"
	"loadstar/load/publish"
)

// Rematched is what deciding on all records of a version with a freshly
// trained model would change.
type Rematched struct {
	Version          int64
	Records          int64
	Before, After    int64 // customers
	Merged           int64 // customers that would end in another one
	Split            int64 // parts of customers that would leave them
	Moved            int64 // records that would be of another customer
	OldModel         string
	NewModel         string
	OldCut, NewCut   int32 // millibits a pair of persons needs
	Reason           string
	Alarms           []dedupe.Alarm // customers that would be too large to be published
	Changes          []Change       // the first ones
	DecidedElsewhere bool           // judgements wait for the next run: it obeys them with or without a new model
}

// Change is one event that would stand in the ledger.
type Change struct {
	dedupe.Event
	Names  []string // SYSTEM:ID of its records
	Values []string // what the records are called; personal
}

// shownRecords bounds the records of one change that are named.
const shownRecords = 5

// Rematch tells what a run with Options.Rematch would change about the records
// of a version, and writes nothing. At most so many changes are listed, merges
// and splits in turns.
func Rematch(ctx context.Context, cfg config.Config, w publish.Warehouse, v publish.Version, o Options, changes int) (r Rematched, err error) {
	j := &job{cfg: cfg, o: o.withDefaults(), warehouse: w, manifest: v.Manifest}
	e, err := OpenEvidence(ctx, w, v)
	if err != nil {
		return r, fmt.Errorf("rematch: %w", err)
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	if err := e.read(ctx); err != nil {
		return r, fmt.Errorf("rematch: %w", err)
	}
	judged, err := e.judgedNames(ctx)
	if err != nil {
		return r, fmt.Errorf("rematch: %w", err)
	}
	judgements, err := readDecisions(w)
	if err != nil {
		return r, fmt.Errorf("rematch: %w", err)
	}
	hash, err := folderHash(w.Decisions())
	if err != nil {
		return r, fmt.Errorf("rematch: %w", err)
	}
	j.names = judgedNames{before: judged.now, now: dedupe.HoldingNames(judgements.Names), run: v.Number + 1}
	_, known, err := readNames(ctx, e, j.names)
	if err != nil {
		return r, fmt.Errorf("rematch: %w", err)
	}
	names := known.Decide(j.names.now)
	e.records.Afresh()
	model, err := dedupe.Train(ctx, e.records, names, j.dedupeSettings())
	if err != nil {
		return r, fmt.Errorf("rematch: %w", err)
	}
	result, err := dedupe.Match(ctx, e.records, names, model, dedupe.HoldingDecisions(judgements.Pairs), j.dedupeSettings())
	if err != nil {
		return r, fmt.Errorf("rematch: %w", err)
	}
	r = Rematched{Version: v.Number, Records: int64(e.records.Len()), OldModel: e.model.Hash(), NewModel: model.Hash(),
		OldCut: e.model.Cut(), NewCut: model.Cut(), Reason: result.Report.Reason, DecidedElsewhere: hash != v.Manifest.Hashes["decisions"]}
	for _, a := range result.Report.Alarms {
		if a.Size > cfg.Dedupe.AlarmSize {
			r.Alarms = append(r.Alarms, a)
		}
	}
	return r, j.tellChanges(ctx, e, result, changes, &r)
}

// tellChanges compares what was decided with the ledger.
func (j *job) tellChanges(ctx context.Context, e *Evidence, result *dedupe.Result, most int, r *Rematched) error {
	before, err := ledgerState(j.warehouse, j.manifest.Ledger)
	if err != nil {
		return fmt.Errorf("rematch: %w", err)
	}
	events, next, err := dedupe.Assign(before, result.Clusters, j.manifest.Run+1)
	if err != nil {
		return fmt.Errorf("rematch: %w", err)
	}
	dedupe.AddReasons(events, result.Pairs)
	r.Before, r.After = before.Customers(), next.Customers()
	for party, customer := range next.Members {
		if before.Members[party] != customer {
			r.Moved++
		}
	}
	var merges, splits []dedupe.Event
	for _, event := range events {
		switch {
		case event.Type == dedupe.EventSplit:
			r.Split++
			splits = append(splits, event)
		case event.Type == dedupe.EventAbsorb && event.From != 0:
			r.Merged++
			merges = append(merges, event)
		}
	}
	for len(r.Changes) < most && len(merges)+len(splits) > 0 {
		for _, list := range []*[]dedupe.Event{&merges, &splits} {
			if len(*list) == 0 || len(r.Changes) == most {
				continue
			}
			change, err := e.change(ctx, (*list)[0])
			if err != nil {
				return fmt.Errorf("rematch: %w", err)
			}
			r.Changes = append(r.Changes, change)
			*list = (*list)[1:]
		}
	}
	return nil
}

// change names the records of an event.
func (e *Evidence) change(ctx context.Context, event dedupe.Event) (Change, error) {
	c := Change{Event: event}
	shown := event.Members[:min(len(event.Members), shownRecords)]
	values, err := e.PartyValues(ctx, shown...)
	if err != nil {
		return c, err
	}
	for _, record := range shown {
		m, _, err := e.Member(ctx, record)
		if err != nil {
			return c, err
		}
		c.Names = append(c.Names, m.System+":"+m.ID)
		c.Values = append(c.Values, calledBy(values[record]))
	}
	return c, nil
}

// calledBy is what a record calls its party.
func calledBy(values map[string]string) string {
	for _, fields := range [][]string{{"organisation_name"}, {"given_name", "family_name"}, {"full_name"}, {"email"}} {
		var parts []string
		for _, f := range fields {
			if values[f] != "" {
				parts = append(parts, values[f])
			}
		}
		if len(parts) > 0 {
			return strings.Join(parts, " ")
		}
	}
	return ""
}
