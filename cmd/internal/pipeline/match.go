package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/schemas"
)

// modelState is the name under which the frozen model is kept.
const modelState = "model"

// match decides which parties are the same customer (step 6): it compares new
// and changed ones with all, assigns stable keys, makes golden records and
// lets the name dictionary learn.
func (j *job) match(ctx context.Context, build *load.Build) error {
	return j.timed(StepMatch, func() (int64, error) {
		state, err := j.ledgerState()
		if err != nil {
			return 0, err
		}
		records, err := j.records(ctx, build)
		if err != nil {
			return 0, err
		}
		result, err := j.cluster(ctx, build, records)
		if err != nil {
			return int64(records.Len()), err
		}
		events, next, err := dedupe.Assign(state, result.Clusters, j.manifest.Run)
		if err != nil {
			return 0, fmt.Errorf("assign customer keys: %w", err)
		}
		if j.events, err = dedupe.EncodeEvents(events); err != nil {
			return 0, err
		}
		j.countIdentity(events, next, result)
		if err := j.writeIdentity(ctx, build, state, next, result, events); err != nil {
			return 0, err
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
	records := dedupe.NewRecords()
	for batch, err := range build.Parties(ctx) {
		if err != nil {
			return nil, fmt.Errorf("read parties: %w", err)
		}
		j.o.Watch.Add(batch.NumRows())
		if err := records.Add(batch); err != nil {
			return nil, err
		}
	}
	records.Freeze()
	j.o.Watch.End(int64(records.Len()), j.since(from))
	return records, nil
}

// cluster trains the model on the first run, uses the pinned one after, and
// groups the records.
func (j *job) cluster(ctx context.Context, build *load.Build, records *dedupe.Records) (*dedupe.Result, error) {
	from := j.o.Now()
	j.o.Watch.Begin(StepMatch, "compare", int64(records.Len()), "parties")
	names, err := dedupe.NewNames(build.Identity(ctx, "name_dictionary"), build.Identity(ctx, "name_variant"))
	if err != nil {
		return nil, fmt.Errorf("read name dictionary: %w", err)
	}
	model, err := j.model(ctx, build, records, names)
	if err != nil {
		return nil, err
	}
	decisions, err := j.decisions()
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

func (j *job) model(ctx context.Context, build *load.Build, records *dedupe.Records, names *dedupe.Names) (*dedupe.Model, error) {
	text, err := build.State(ctx, modelState)
	if err != nil {
		return nil, fmt.Errorf("read matching model: %w", err)
	}
	model := &dedupe.Model{}
	if text != "" {
		if err := json.Unmarshal([]byte(text), model); err != nil {
			return nil, err
		}
		return model, nil
	}
	if model, err = dedupe.Train(ctx, records, names, j.dedupeSettings()); err != nil {
		return nil, fmt.Errorf("train matching model: %w", err)
	}
	trained, err := json.Marshal(model)
	if err != nil {
		return nil, fmt.Errorf("keep matching model: %w", err)
	}
	return model, build.SetState(ctx, modelState, string(trained))
}

// decisions reads the human judgements in the order of their files.
func (j *job) decisions() (dedupe.Decisions, error) {
	files, err := filepath.Glob(filepath.Join(j.warehouse.Decisions(), "*.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("list decisions: %w", err)
	}
	slices.Sort(files)
	var all dedupe.Decisions
	for _, file := range files {
		lines, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read decisions: %w", err)
		}
		if all, err = dedupe.ParseDecisions(all, lines); err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
		}
	}
	return all, nil
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

// writeIdentity writes what changed of schema idn.
func (j *job) writeIdentity(ctx context.Context, build *load.Build, before, next *dedupe.State, result *dedupe.Result, events []dedupe.Event) error {
	if err := j.writeSourceRecords(ctx, build, before, next); err != nil {
		return err
	}
	if err := j.writePairs(ctx, build, result); err != nil {
		return err
	}
	return j.writeGolden(ctx, build, next, events)
}

func (j *job) writeSourceRecords(ctx context.Context, build *load.Build, before, next *dedupe.State) error {
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
	slices.Sort(keys)
	slices.Sort(moved)
	rows := newRows("source_record")
	defer rows.Release()
	for _, party := range keys {
		customer := next.Members[party]
		rows.integers(party, customer, none, smallest[customer])
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
