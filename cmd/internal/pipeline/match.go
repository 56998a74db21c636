package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/schemas"
)

// Names under which what matching pins is kept with the identity.
const (
	modelState     = "model"
	namesState     = "names"     // what was known of names when the model was trained
	decisionsState = "decisions" // the human judgements of the last run
)

// match decides which parties are the same customer (step 6): it compares new
// and changed ones with all, assigns stable keys, makes golden records and
// lets the name dictionary learn.
func (j *job) match(ctx context.Context, build *load.Build) error {
	return j.timed(StepMatch, func() (int64, error) {
		state, err := j.ledgerState()
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
		result, err := j.cluster(ctx, build, records, decisions)
		if err != nil {
			return int64(records.Len()), err
		}
		events, next, err := dedupe.Assign(state, result.Clusters, j.manifest.Run)
		if err != nil {
			return 0, fmt.Errorf("assign customer keys: %w", err)
		}
		dedupe.AddReasons(events, result.Pairs)
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
		return int64(records.Len()), nil
	})
}

// ledgerState adds up the events that hold, and spends the keys of those that
// do not.
func (j *job) ledgerState() (*dedupe.State, error) {
	state := dedupe.NewState()
	for _, name := range j.manifest.Ledger {
		lines, err := j.warehouse.Ledger(name)
		if err != nil {
			return nil, err
		}
		if err := state.Replay(lines); err != nil {
			return nil, fmt.Errorf("ledger %s: %w", name, err)
		}
	}
	all, err := j.warehouse.LedgerFiles()
	if err != nil {
		return nil, err
	}
	for _, name := range all {
		if slices.Contains(j.manifest.Ledger, name) {
			continue
		}
		lines, err := j.warehouse.Ledger(name)
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

// cluster trains the model on the first run, uses the pinned one after, and
// groups the records.
func (j *job) cluster(ctx context.Context, build *load.Build, records *dedupe.Records, decisions dedupe.Decisions) (*dedupe.Result, error) {
	from := j.o.Now()
	j.o.Watch.Begin(StepMatch, "compare", int64(records.Len()), "parties")
	model, names, err := j.model(ctx, build, records)
	if err != nil {
		return nil, err
	}
	result, err := dedupe.Match(ctx, records, names, model, decisions, j.dedupeSettings())
	if err != nil {
		return nil, fmt.Errorf("compare parties: %w", err)
	}
	for _, a := range result.Report.Alarms {
		if a.Size > j.cfg.Dedupe.AlarmSize && !j.o.Accept {
			return nil, &GateError{Reason: fmt.Sprintf("a customer would be made of %d parties (alarm at %d)", a.Size, j.cfg.Dedupe.AlarmSize),
				Next: "look at the feeds' names and contact data; if it is right, raise dedupe.alarm_size in loadstar.yaml"}
		}
	}
	j.manifest.Hashes["model"] = model.Hash()
	j.manifest.Hashes["names"] = names.Hash()
	j.o.Watch.End(result.Report.Pairs, j.since(from))
	return result, nil
}

// model returns the pinned model with the names to compare by; the first run
// trains it.
func (j *job) model(ctx context.Context, build *load.Build, records *dedupe.Records) (*dedupe.Model, *dedupe.Names, error) {
	model, names, err := readModel(ctx, build)
	if errors.Is(err, dedupe.ErrModelFormat) {
		j.note("the matching model of an earlier release is trained anew; customers stay as they are until their records change")
		err = nil
	}
	if err != nil || model != nil {
		return model, names, err
	}
	if model, err = dedupe.Train(ctx, records, names, j.dedupeSettings()); err != nil {
		return nil, nil, fmt.Errorf("train matching model: %w", err)
	}
	if err := pin(ctx, build, namesState, names); err != nil {
		return nil, nil, err
	}
	return model, names, pin(ctx, build, modelState, model)
}

// readModel reads the pinned model, nil where none is trained yet, and the
// names to compare by: those known when it was trained, and what was learnt
// about spellings and short forms since.
func readModel(ctx context.Context, from keeper) (*dedupe.Model, *dedupe.Names, error) {
	names, err := dedupe.NewNames(from.Identity(ctx, "name_dictionary"), from.Identity(ctx, "name_variant"))
	if err != nil {
		return nil, nil, fmt.Errorf("read name dictionary: %w", err)
	}
	model, trainedWith := &dedupe.Model{}, &dedupe.Names{}
	isPinned, err := pinned(ctx, from, modelState, model)
	if err != nil || !isPinned {
		return nil, names, err // with dedupe.ErrModelFormat the names are good
	}
	isPinned, err = pinned(ctx, from, namesState, trainedWith)
	if err != nil || !isPinned { // a model of an earlier release was kept without its names
		return model, names, err
	}
	return model, trainedWith.With(names), nil
}

// keeper is a version, published or being built, that holds pinned values.
type keeper interface {
	State(ctx context.Context, name string) (string, error)
	Identity(ctx context.Context, table string) iter.Seq2[arrow.RecordBatch, error]
}

// pinned reads a value kept with the identity; false where there is none.
func pinned(ctx context.Context, from keeper, name string, into any) (bool, error) {
	text, err := from.State(ctx, name)
	if err != nil {
		return false, fmt.Errorf("read pinned %s: %w", name, err)
	}
	if text == "" {
		return false, nil
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return false, fmt.Errorf("read pinned %s: %w", name, err)
	}
	return true, nil
}

// pin keeps a value with the identity.
func pin(ctx context.Context, build *load.Build, name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("pin %s: %w", name, err)
	}
	return build.SetState(ctx, name, string(text))
}

// decisions reads the human judgements and has the parties decided anew whose
// judgement is another than in the last run.
func (j *job) decisions(ctx context.Context, build *load.Build) (dedupe.Decisions, error) {
	stored, err := Decisions(j.warehouse)
	if err != nil {
		return nil, err
	}
	now := dedupe.HoldingDecisions(stored)
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

// writeSourceRecords writes which customer each party is, and notes those for
// which that changed.
func (j *job) writeSourceRecords(ctx context.Context, build *load.Build, before, next *dedupe.State, households map[int64]int64) error {
	keys := make([]int64, 0, len(next.Members))
	smallest := map[int64]int64{}
	var moved []int64
	for party, customer := range next.Members {
		keys = append(keys, party)
		if s, ok := smallest[customer]; !ok || party < s {
			smallest[customer] = party
		}
		if before.Members[party] != customer {
			moved = append(moved, party)
		}
	}
	for party := range before.Members {
		if _, stays := next.Members[party]; !stays {
			moved = append(moved, party)
		}
	}
	slices.Sort(keys)
	slices.Sort(moved)
	rows := newRows("source_record")
	defer rows.Release()
	for _, party := range keys {
		customer := next.Members[party]
		household, shares := households[customer]
		if !shares {
			household = none
		}
		rows.integers(party, customer, household, smallest[customer])
	}
	maps := newRows("customer_key_map")
	defer maps.Release()
	olds := make([]int64, 0, len(next.Into))
	for old := range next.Into {
		olds = append(olds, old)
	}
	slices.Sort(olds)
	for _, old := range olds {
		maps.integers(old, next.Resolve(old))
		maps.text(2, "absorbed")
	}
	for table, r := range map[string]*rowBuilder{"source_record": rows, "customer_key_map": maps} {
		if err := r.replace(ctx, build, table); err != nil {
			return err
		}
	}
	return build.Moved(ctx, moved)
}

func (j *job) writePairs(ctx context.Context, build *load.Build, result *dedupe.Result) error {
	if err := build.DropPairs(ctx); err != nil {
		return fmt.Errorf("drop match pairs: %w", err)
	}
	rows := newRows("match_pair")
	defer rows.Release()
	for _, p := range result.Pairs {
		rows.integers(p.Left, p.Right, p.Levels, int64(p.Score))
		rows.text(4, p.Decision)
		rows.text(5, j.manifest.Hashes["model"])
	}
	return rows.write(ctx, build, "match_pair")
}

// writeGolden makes the golden records of the customers that changed.
func (j *job) writeGolden(ctx context.Context, build *load.Build, next *dedupe.State, events []dedupe.Event) error {
	var scope []int64
	if !j.manifest.Full {
		changed, err := build.ChangedParties(ctx)
		if err != nil {
			return err
		}
		touched := map[int64]bool{}
		for _, party := range changed {
			if key := next.Members[party]; key != 0 {
				touched[key] = true
			}
		}
		for _, e := range events {
			touched[e.CustomerKey] = true
			if e.From != 0 {
				touched[e.From] = true
			}
		}
		scope = make([]int64, 0, len(touched))
		for key := range touched {
			scope = append(scope, key)
		}
		slices.Sort(scope)
		if err := build.DropCustomers(ctx, scope); err != nil {
			return err
		}
	} else {
		for _, table := range []string{"golden_customer", "golden_value"} {
			if err := build.ClearIdentity(ctx, table); err != nil {
				return err
			}
		}
	}
	rules := dedupe.DefaultRules()
	rules.Trusted = j.cfg.Dedupe.TrustedSystems
	return dedupe.Golden(rules, build.PartyVersions(ctx, scope), func(golden, values arrow.RecordBatch) error {
		if err := build.AddIdentity(ctx, "golden_customer", golden); err != nil {
			return err
		}
		return build.AddIdentity(ctx, "golden_value", values)
	})
}

// none stands for NULL in rowBuilder.integers.
const none = int64(-1 << 63)

// rowBuilder builds rows of one table of schema idn.
type rowBuilder struct{ *array.RecordBuilder }

func newRows(table string) *rowBuilder {
	return &rowBuilder{array.NewRecordBuilder(memory.DefaultAllocator, schemas.IdentitySchemas()[table])}
}

// integers appends to the first columns.
func (r *rowBuilder) integers(values ...int64) {
	for i, v := range values {
		if v == none {
			r.Field(i).AppendNull()
			continue
		}
		r.Field(i).(*array.Int64Builder).Append(v)
	}
}

func (r *rowBuilder) text(column int, value string) {
	r.Field(column).(*array.StringBuilder).Append(value)
}

func (r *rowBuilder) write(ctx context.Context, build *load.Build, table string) error {
	batch := r.NewRecordBatch()
	defer batch.Release()
	if batch.NumRows() == 0 {
		return nil
	}
	return build.AddIdentity(ctx, table, batch)
}

// replace makes the rows the whole content of the table.
func (r *rowBuilder) replace(ctx context.Context, build *load.Build, table string) error {
	batch := r.NewRecordBatch()
	defer batch.Release()
	return build.SetIdentity(ctx, table, batch)
}
