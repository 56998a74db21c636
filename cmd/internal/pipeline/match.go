package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas/fault"
)

// match decides which parties are the same customer (step 6): it compares new
// and changed ones with all, assigns stable keys, makes golden records and
// lets the name dictionary learn.
func (j *job) match(ctx context.Context, build *load.Build) error {
	return j.timed(StepMatch, func() (int64, error) {
		state, err := ledgerState(j.warehouse, j.manifest.Ledger)
		if err != nil {
			return 0, err
		}
		decisions, err := j.decisions(ctx, build)
		if err != nil {
			return 0, err
		}
		records, err := j.records(ctx, build)
		if err != nil {
			return 0, err
		}
		total := int64(records.Len())
		if err := j.reconsiderNames(ctx, build, records); err != nil {
			return 0, err
		}
		if j.o.Rematch {
			records.Afresh()
		}
		result, err := j.cluster(ctx, build, records, decisions)
		if err != nil {
			return total, err
		}
		events, next, err := dedupe.Assign(state, result.Clusters, j.manifest.Run)
		if err != nil {
			return 0, fmt.Errorf("assign customer keys: %w", err)
		}
		dedupe.AddReasons(events, result.Pairs)
		if j.o.Rematch {
			dedupe.ReasonRematch(events, j.manifest.Hashes["model"])
		}
		dedupe.StampRun(events, j.manifest.AsOf)
		if j.events, err = dedupe.EncodeEvents(events); err != nil {
			return 0, err
		}
		j.countIdentity(events, next, result)
		households := dedupe.Households(records, next.Members)
		if err := j.writeSourceRecords(ctx, build, state, next, households); err != nil {
			return 0, err
		}
		if err := j.writePairs(ctx, build, result); err != nil {
			return 0, err
		}
		if err := j.writeGolden(ctx, build, next, events); err != nil {
			return 0, err
		}
		if err := build.KeepEvidence(ctx); err != nil {
			return 0, fmt.Errorf("keep evidence: %w", err)
		}
		if err := j.learn(ctx, build, next); err != nil {
			return 0, fmt.Errorf("learn names: %w", err)
		}
		return total, nil
	})
}

// ledgerState adds up the events that hold, those of the named files, and
// spends the keys of those that do not.
func ledgerState(w publish.Warehouse, holding []string) (*dedupe.State, error) {
	state := dedupe.NewState()
	for _, name := range holding {
		lines, err := w.Ledger(name)
		if err != nil {
			return nil, err
		}
		if err := state.Replay(lines); err != nil {
			return nil, fmt.Errorf("ledger %s: %w", name, err)
		}
	}
	all, err := w.LedgerFiles()
	if err != nil {
		return nil, err
	}
	for _, name := range all {
		if slices.Contains(holding, name) {
			continue
		}
		lines, err := w.Ledger(name)
		if err != nil {
			return nil, err
		}
		if err := state.Spend(lines); err != nil {
			return nil, fmt.Errorf("ledger %s: %w", name, err)
		}
	}
	return state, nil
}

func (j *job) records(ctx context.Context, build *load.Build) (*dedupe.Records, error) {
	from := j.o.Now()
	j.o.Watch.Begin(StepMatch, "read parties", 0, "parties")
	records, err := readRecords(build.Parties(ctx), j.o.Watch.Add)
	if err != nil {
		return nil, err
	}
	j.o.Watch.End(int64(records.Len()), j.since(from))
	return records, nil
}

// readRecords takes parties in; count hears of each batch.
func readRecords(parties iter.Seq2[arrow.RecordBatch, error], count func(rows int64)) (*dedupe.Records, error) {
	records := dedupe.NewRecords()
	for batch, err := range parties {
		if err != nil {
			return nil, fmt.Errorf("read parties: %w", err)
		}
		count(batch.NumRows())
		if err := records.Add(batch); err != nil {
			return nil, err
		}
	}
	records.Freeze()
	return records, nil
}

// cluster trains the model on the first run and where all is decided anew, uses
// the pinned one else, and groups the records.
func (j *job) cluster(ctx context.Context, build *load.Build, records *dedupe.Records, decisions dedupe.Decisions) (_ *dedupe.Result, err error) {
	back := build.LendMemory(ctx) // comparing needs the room, and no database
	defer func() { err = errors.Join(err, back()) }()
	from := j.o.Now()
	j.o.Watch.Begin(StepMatch, "compare", 0, "pairs")
	model, names, err := j.model(ctx, build, records)
	if err != nil {
		return nil, err
	}
	settings := j.dedupeSettings()
	settings.Compared = j.o.Watch.Add
	result, err := dedupe.Match(ctx, records, names, model, decisions, settings)
	if err != nil {
		return nil, fmt.Errorf("compare parties: %w", err)
	}
	for _, a := range result.Report.Alarms {
		if a.Size > j.cfg.Dedupe.AlarmSize && !j.o.Accept {
			return nil, &GateError{Code: fault.RunCluster, Reason: fmt.Sprintf("a customer would be made of %d parties (alarm at %d)", a.Size, j.cfg.Dedupe.AlarmSize),
				Next: "look at the feeds' names and contact data; if it is right, raise dedupe.alarm_size in loadstar.yaml"}
		}
	}
	if trained := model.Trained(); int64(records.Len()) >= outgrown*trained && trained > 0 {
		j.note(fmt.Sprintf("the matching model was trained on %s records, there are %s now: `loadstar run --rematch` shows what a new one would change",
			count(trained), count(int64(records.Len()))))
	}
	j.manifest.Hashes["model"] = model.Hash()
	j.manifest.Hashes["names"] = names.Hash()
	j.o.Watch.End(result.Report.Pairs, j.since(from))
	return result, nil
}

// outgrown is how many times as many records as it was trained on a model
// should not decide on.
const outgrown = 2

// decisions reads the human judgements and has the parties decided anew whose
// judgement is another than in the last run.
func (j *job) decisions(ctx context.Context, build *load.Build) (dedupe.Decisions, error) {
	stored, err := readDecisions(j.warehouse)
	if err != nil {
		return nil, err
	}
	j.names.now, j.names.run = dedupe.HoldingNames(stored.Names), j.manifest.Run
	if _, err := pinned(ctx, build, nameDecisions, &j.names.before); err != nil {
		return nil, err
	}
	j.overrides = dedupe.HoldingOverrides(stored.Values)
	told, err := build.ToldSame(ctx)
	if err != nil {
		return nil, err
	}
	var now dedupe.Decisions
	for _, p := range told { // before what people decided, which holds against it
		now = append(now, dedupe.Decision{Left: p[0], Right: p[1], Same: true})
	}
	now = append(now, dedupe.HoldingDecisions(stored.Pairs)...)
	var before dedupe.Decisions
	if _, err := pinned(ctx, build, decisionsState, &before); err != nil {
		return nil, err
	}
	var parties []int64
	for _, d := range now.Differ(before) {
		parties = append(parties, d.Left, d.Right)
	}
	if len(parties) == 0 {
		return now, nil
	}
	if err := build.Reconsider(ctx, parties); err != nil {
		return nil, fmt.Errorf("reconsider decided parties: %w", err)
	}
	return now, pin(ctx, build, decisionsState, now)
}

// reconsiderNames has the parties decided anew of whose names people say
// another thing than in the last run.
func (j *job) reconsiderNames(ctx context.Context, build *load.Build, records *dedupe.Records) error {
	tokens := dedupe.DecidedNames(j.names.before, j.names.now)
	if len(tokens) == 0 {
		return nil
	}
	parties := records.Bearers(tokens)
	records.Reconsider(parties)
	if err := build.Reconsider(ctx, parties); err != nil {
		return fmt.Errorf("reconsider bearers of decided names: %w", err)
	}
	return pin(ctx, build, nameDecisions, j.names.now)
}

// doubtful is how far below the cut a pair is still worth a person's look, in
// millibits.
const doubtful = 3000

func (j *job) countIdentity(events []dedupe.Event, next *dedupe.State, result *dedupe.Result) {
	id := &j.report.Identity
	customers := map[int64]bool{}
	for _, key := range next.Members {
		customers[key] = true
	}
	id.Records, id.Customers = int64(len(next.Members)), int64(len(customers))
	for _, e := range events {
		switch {
		case e.Type == dedupe.EventCreate:
			id.Created++
		case e.Type == dedupe.EventAbsorb && e.From != 0:
			id.Absorbed++
		case e.Type == dedupe.EventSplit:
			id.Split++
		}
	}
	for _, p := range result.Pairs {
		if p.Decision == dedupe.Apart && p.Score > result.Report.Cut-doubtful {
			id.Doubtful++
		}
	}
	if result.Report.Reason != "" {
		id.Notes = append(id.Notes, result.Report.Reason)
	}
}
