package pipeline

import (
	"context"
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/schemas"
)

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
		now := next.Resolve(old)
		maps.integers(old, now)
		reason := "absorbed"
		if now == dedupe.Gone {
			reason = "retired"
		}
		maps.text(2, reason)
	}
	for table, r := range map[string]*rowBuilder{"source_record": rows, "customer_key_map": maps} {
		if err := r.replace(ctx, build, table); err != nil {
			return err
		}
	}
	return build.Moved(ctx, moved)
}

func (j *job) writePairs(ctx context.Context, build *load.Build, result *dedupe.Result) error {
	drop := build.DropPairs
	if j.o.Rematch { // all are judged anew
		drop = func(ctx context.Context) error { return build.ClearIdentity(ctx, "match_pair") }
	}
	if err := drop(ctx); err != nil {
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
		reset, err := j.resetParties(ctx, build)
		if err != nil {
			return err
		}
		for _, party := range reset {
			if key := next.Members[party]; key != 0 {
				touched[key] = true
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
	rules := j.cfg.Dedupe.Rules()
	rules.Set = j.overrides
	if err := pin(ctx, build, overridesState, j.overrides); err != nil {
		return err
	}
	return dedupe.Golden(rules, build.PartyVersions(ctx, scope), func(golden, values arrow.RecordBatch) error {
		if err := build.AddIdentity(ctx, "golden_customer", golden); err != nil {
			return err
		}
		return build.AddIdentity(ctx, "golden_value", values)
	})
}

// resetParties are the parties for which people set other values than in the
// last run.
func (j *job) resetParties(ctx context.Context, build *load.Build) ([]int64, error) {
	var before dedupe.Overrides
	if _, err := pinned(ctx, build, overridesState, &before); err != nil {
		return nil, err
	}
	return j.overrides.Differ(before), nil
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
