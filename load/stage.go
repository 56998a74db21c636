//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
)

// Delivery is one landed delivery on its way into the ODS.
type Delivery struct {
	Feed, System, Path, SHA256 string
	Mode                       schemas.Delivery
	Duplicates                 schemas.Duplicates
	DeliveredAt                time.Time // 1970-01-01 where nothing tells
	Sequence                   int64     // order of loading
	Size                       int64     // bytes as delivered
	Cursor                     string
}

// stageTable holds the conformed rows of one object of one delivery, as they
// came: dates and times are still numbers.
type stageTable struct {
	name   string // quoted
	schema *arrow.Schema
}

func (d Delivery) key(object string) string { return d.Feed + "\x00" + d.SHA256 + "\x00" + object }

// Stage appends one conformed batch. It reads c.Record and does not keep it.
func (b *Build) Stage(ctx context.Context, d Delivery, object schemas.Object, c schemas.Conformed) error {
	if c.Record == nil {
		return nil
	}
	t := b.staged[d.key(object.Name)]
	if t == nil {
		b.counter++
		t = &stageTable{name: quote(fmt.Sprintf("stage_%d", b.counter)), schema: c.Record.Schema()}
		b.staged[d.key(object.Name)] = t
		if err := b.insert(ctx, c.Record, "create table "+t.name+" as select * from VIEW"); err != nil {
			return fmt.Errorf("create stage table: %w", err)
		}
		return nil
	}
	if err := b.insert(ctx, c.Record, "insert into "+t.name+" select * from VIEW"); err != nil {
		return fmt.Errorf("stage rows: %w", err)
	}
	return nil
}

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
