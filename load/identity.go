//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"iter"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
)

// insertKeys fills a table of one BIGINT column.
func (b *Build) insertKeys(ctx context.Context, table string, keys []int64) error {
	builder := array.NewRecordBuilder(memory.DefaultAllocator,
		arrow.NewSchema([]arrow.Field{{Name: "key", Type: arrow.PrimitiveTypes.Int64}}, nil))
	defer builder.Release()
	builder.Field(0).(*array.Int64Builder).AppendValues(keys, nil)
	batch := builder.NewRecordBatch()
	defer batch.Release()
	if err := b.insert(ctx, batch, "insert into "+table+" select * from VIEW"); err != nil {
		return fmt.Errorf("insert keys: %w", err)
	}
	return nil
}

// Identity streams one table of schema idn, in a fixed order.
func (d *database) Identity(ctx context.Context, table string) iter.Seq2[arrow.RecordBatch, error] {
	schema, known := schemas.IdentitySchemas()[table]
	if !known {
		return func(yield func(arrow.RecordBatch, error) bool) {
			yield(nil, fmt.Errorf("schema idn has no table %s", table))
		}
	}
	columns := ""
	for i, f := range schema.Fields() {
		if i > 0 {
			columns += ", "
		}
		columns += quote(f.Name)
	}
	return d.stream(ctx, "select "+columns+" from ods.idn."+quote(table)+" order by all")
}

// SetIdentity makes a batch the whole content of one table of schema idn. It
// writes only the rows that differ, for most of an identity stays as it is.
func (b *Build) SetIdentity(ctx context.Context, table string, batch arrow.RecordBatch) error {
	target, err := schemas.StarTableNamed("idn", table)
	if err == nil {
		_, err = b.become(ctx, target, "true", func() error {
			return b.insert(ctx, batch, "insert into scratch.next by name select * from VIEW")
		})
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", table, err)
	}
	return nil
}

// ClearIdentity empties one table of schema idn. Fill it with AddIdentity.
func (b *Build) ClearIdentity(ctx context.Context, table string) error {
	_, err := b.exec(ctx, "delete from ods.idn."+quote(table))
	return err
}

// AddIdentity appends rows to one table of schema idn.
func (b *Build) AddIdentity(ctx context.Context, table string, batch arrow.RecordBatch) error {
	if err := b.insert(ctx, batch, "insert into ods.idn."+quote(table)+" by name select * from VIEW"); err != nil {
		return fmt.Errorf("write %s: %w", table, err)
	}
	return nil
}

// DropCustomers removes the golden rows of the given customers, which are
// then written anew.
func (b *Build) DropCustomers(ctx context.Context, customers []int64) error {
	if err := b.scope(ctx, customers); err != nil {
		return err
	}
	if _, err := b.exec(ctx, "insert into changed.golden from changed.customer_scope"); err != nil {
		return fmt.Errorf("note customers: %w", err)
	}
	for _, table := range []string{"golden_customer", "golden_value"} {
		if _, err := b.exec(ctx, "delete from ods.idn."+quote(table)+
			" where customer_key in (select customer_key from changed.customer_scope)"); err != nil {
			return fmt.Errorf("drop %s: %w", table, err)
		}
	}
	return nil
}

// DropPairs removes the match pairs of parties that changed: they are judged
// anew.
func (b *Build) DropPairs(ctx context.Context) error {
	_, err := b.exec(ctx, `delete from ods.idn.match_pair
where left_source_customer_key in (select source_customer_key from changed.customer_key)
    or right_source_customer_key in (select source_customer_key from changed.customer_key)`)
	return err
}

// Moved notes the parties whose customer is another than before.
func (b *Build) Moved(ctx context.Context, parties []int64) error {
	return b.insertKeys(ctx, "changed.moved", parties)
}

// SetState keeps a named text with the identity (the frozen model).
func (b *Build) SetState(ctx context.Context, name, text string) error {
	if _, err := b.exec(ctx, "delete from ods.idn.state where name = $1", name); err != nil {
		return err
	}
	_, err := b.exec(ctx, "insert into ods.idn.state values ($1, $2)", name, text)
	return err
}

// State returns a text kept by SetState, "" where there is none.
func (d *database) State(ctx context.Context, name string) (string, error) {
	rows, err := d.texts(ctx, "select content from ods.idn.state where name = $1", name)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0][0], nil
}
