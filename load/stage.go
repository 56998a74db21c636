//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
)

// Delivery is one landed delivery on its way into the ODS.
type Delivery struct {
	Feed, System, Path, SHA256 string
	Mode                       schemas.Delivery
	Partition                  *schemas.Partition // of a snapshot, nil = each is the whole feed
	Duplicates                 schemas.Duplicates
	DeliveredAt                time.Time // 1970-01-01 where nothing tells
	Sequence                   int64     // order of loading
	Size                       int64     // bytes as delivered
	Cursor                     string
	Late                       bool // an earlier run loaded a later delivery of the feed
	LateInList                 bool // or of the partition that this one is the whole of
	Keys                       bool // it holds the keys of all rows: what it lacks is gone, and what it holds stays as it is
}

// stageTable holds the conformed rows of one object of one delivery, as they
// came: dates and times are still numbers. It is in memory, and beyond the
// memory limit in the spill folder: a table that is read once and dropped
// gains nothing from a file, and to write one doubles what staging costs.
type stageTable struct {
	number  int64
	name    string        // quoted, with its database
	schema  *arrow.Schema // nil where no row was staged
	feeder  *feeder       // nil where no batch is on its way
	refused int64         // rows that broke their contract before they could be staged
}

// stagingCatalog qualifies the tables of the in-memory database.
const stagingCatalog = "staging.main."

// stageKey names one object of one delivery. Equal bytes may be delivered at
// two moments.
type stageKey struct {
	feed, path, sha256 string
	deliveredAt        int64
	object             string
}

func keyOf(d Delivery, object string) stageKey {
	return stageKey{d.Feed, d.Path, d.SHA256, d.DeliveredAt.UnixMicro(), object}
}

// pending returns the stage table of an object; its first batch creates it.
func (b *Build) pending(d Delivery, object string) *stageTable {
	key := keyOf(d, object)
	t := b.staged[key]
	if t == nil {
		b.counter++
		t = &stageTable{number: b.counter, name: stagingCatalog + quote(fmt.Sprintf("stage_%d", b.counter))}
		b.staged[key] = t
	}
	return t
}

// Stage appends one conformed batch. It keeps a reference to c.Record until the
// batch is written, at the latest when an object of the delivery is merged.
func (b *Build) Stage(ctx context.Context, d Delivery, object schemas.Object, c schemas.Conformed) (err error) {
	if c.Record == nil {
		return nil
	}
	t := b.pending(d, object.Name)
	if t.feeder == nil {
		statement := "insert into " + t.name + " select * from VIEW"
		if t.schema == nil {
			statement = "create table " + t.name + " as select * from VIEW"
		}
		if t.feeder, err = b.feed(ctx, c.Record.Schema(), statement); err != nil {
			return fmt.Errorf("stage rows: %w", err)
		}
		t.schema = c.Record.Schema()
	}
	if err := t.feeder.send(ctx, c.Record); err != nil {
		return fmt.Errorf("stage rows: %w", err)
	}
	return nil
}

// Settle waits until everything staged or refused is written. A statement that
// waits for batches also keeps a thread from others.
func (b *Build) Settle(ctx context.Context) error {
	var faults []error
	for _, t := range b.staged {
		if t.feeder == nil {
			continue
		}
		if err := t.feeder.finish(); err != nil {
			faults = append(faults, fmt.Errorf("stage rows: %w", err))
		}
		t.feeder = nil
	}
	return errors.Join(append(faults, b.writeRejects(ctx))...)
}

// createEmpty stands for an object of which no row was staged.
func (b *Build) createEmpty(ctx context.Context, t *stageTable) error {
	_, err := b.exec(ctx, "create table "+t.name+` (row_id decimal(38, 0), content_hash decimal(38, 0), file_key bigint,
		source_row bigint, version_at bigint)`)
	return err
}

// has says whether the staged rows have a column.
func (t *stageTable) has(column string) bool { return t.schema != nil && t.schema.HasField(column) }

// target lists, in the order of the ODS columns that the stage table feeds,
// the column names and the expressions over stage table s that give them.
func (t *stageTable) target(e schemas.Entity) (names, expressions []string) {
	for _, f := range t.schema.Fields() {
		name, expression := f.Name, "s."+quote(f.Name)
		field, canonical := e.Field(f.Name)
		switch {
		case f.Name == schemas.ColRowID, f.Name == schemas.ColVersionAt:
			continue
		case canonical && field.Type == schemas.Date:
			expression = "date '1970-01-01' + " + expression
		case canonical && field.Type == schemas.Timestamp:
			expression = "make_timestamptz(" + expression + ")"
		case canonical, f.Name == schemas.ColContentHash, f.Name == schemas.ColFileKey, f.Name == schemas.ColSourceRow,
			f.Name == schemas.ColCustomerKey, f.Name == schemas.ColReferrerKey, f.Name == schemas.ColAttributes:
		default:
			continue
		}
		if f.Name == "is_deleted" {
			expression = "coalesce(" + expression + ", false)"
		}
		names = append(names, quote(name))
		expressions = append(expressions, expression)
	}
	return names, expressions
}
