//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"sort"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"loadstar/schemas"
)

// appendRow appends one row of strings, integers, decimals and nils to a builder.
func appendRow(b *array.RecordBuilder, values ...any) {
	for i, value := range values {
		switch v := value.(type) {
		case string:
			b.Field(i).(*array.StringBuilder).Append(v)
		case int64:
			b.Field(i).(*array.Int64Builder).Append(v)
		case nil:
			b.Field(i).AppendNull()
		case decimal128.Num:
			b.Field(i).(*array.Decimal128Builder).Append(v)
		}
	}
}

func sortedKeys(m map[string]schemas.ID) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// File records one file or sheet of a delivery in meta.delivery, once; bytes that
// come again are the last delivery so far. It is called before rows of the file
// are merged or quarantined.
func (b *Build) File(ctx context.Context, d Delivery, fileKey int64, sheet string) error {
	if _, err := b.exec(ctx, `insert into changed.file select $1, $2, $3
where not exists (select 1 from changed.file where file_key = $1)`, fileKey, d.SHA256, sheet); err != nil {
		return fmt.Errorf("record file: %w", err)
	}
	_, err := b.exec(ctx, `insert into warehouse.meta.delivery by name select
    $1 as file_key, $2 as feed_name, $3 as source_system, $4 as path, $5 as sha256, $6 as sheet, $7 as delivered_at,
    $8 as run_id, $9 as mode, $10 as sequence, $11 as size_bytes, $12 as cursor_value, $13 as partition_name
where not exists (select 1 from warehouse.meta.delivery where file_key = $1)`,
		fileKey, d.Feed, d.System, d.Path, d.SHA256, sheet, d.DeliveredAt, b.o.RunID, string(d.Mode), d.Sequence, d.Size, d.Cursor, d.Partition.Of(d.Path))
	if err == nil {
		_, err = b.exec(ctx, "update warehouse.meta.delivery set sequence = $2 where file_key = $1 and sequence < $2", fileKey, d.Sequence)
	}
	if err != nil {
		return fmt.Errorf("record delivery: %w", err)
	}
	return nil
}
