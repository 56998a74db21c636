//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"strings"

	"loadstar/schemas"
)

// Digest is the order-free digest of one table over its business columns.
type Digest struct {
	Table string // catalog.schema.table
	Rows  int64
	Value string // 32 hexadecimal digits
}

// Digests returns a digest for each table of the version, sorted by name.
// Equal content gives equal digests, whatever the order of rows, files and
// workers; columns of lineage, run and timing do not count.
func (d *database) Digests(ctx context.Context) ([]Digest, error) {
	leftOut, err := undigested()
	if err != nil {
		return nil, err
	}
	rows, err := d.texts(ctx, `select database_name, schema_name, table_name, column_name
from duckdb_columns()
where database_name in ('ods', 'warehouse') and not internal
    and not (database_name = 'warehouse' and schema_name = 'meta')
    and (database_name, schema_name, table_name) in (select (database_name, schema_name, table_name) from duckdb_tables())
order by database_name, schema_name, table_name, column_name`)
	if err != nil {
		return nil, fmt.Errorf("list columns: %w", err)
	}
	var digests []Digest
	for i := 0; i < len(rows); {
		from := i
		for i < len(rows) && rows[i][0] == rows[from][0] && rows[i][1] == rows[from][1] && rows[i][2] == rows[from][2] {
			i++
		}
		digest, err := d.digest(ctx, rows[from:i], leftOut)
		if err != nil {
			return nil, err
		}
		digests = append(digests, digest)
	}
	return digests, nil
}

// lineage are the columns of the entities' tables that do not count.
const lineage = " file_key source_row received_at "

func undigested() (map[string]bool, error) {
	star, err := schemas.Star()
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, t := range star {
		for _, c := range t.Columns {
			if !c.Digest {
				out[t.Catalog+"."+t.Schema+"."+t.Name+"."+c.Name] = true
			}
		}
	}
	return out, nil
}

func (d *database) digest(ctx context.Context, columns [][]string, leftOut map[string]bool) (Digest, error) {
	first := columns[0]
	name := strings.Join(first[:3], ".")
	var parts []string
	for _, c := range columns {
		if leftOut[name+"."+c[3]] || (first[0] == "ods" && first[1] == "main" && strings.Contains(lineage, " "+c[3]+" ")) {
			continue
		}
		parts = append(parts, "coalesce(cast("+quote(c[3])+" as varchar), chr(1))")
	}
	if len(parts) == 0 {
		parts = []string{"''"}
	}
	table := quote(first[0]) + "." + quote(first[1]) + "." + quote(first[2])
	query := "with lines as (select " + strings.Join(parts, " || chr(2) || ") + " as line from " + table + `)
select
    count(*),
    printf('%016x%016x',
        cast(coalesce(sum(cast(md5_number_upper(line) as hugeint)), 0) % 18446744073709551616 as ubigint),
        cast(coalesce(sum(cast(md5_number_lower(line) as hugeint)), 0) % 18446744073709551616 as ubigint))
from lines`
	rows, err := d.texts(ctx, query)
	if err != nil {
		return Digest{}, fmt.Errorf("digest %s: %w", name, err)
	}
	result := Digest{Table: name, Value: rows[0][1]}
	_, err = fmt.Sscan(rows[0][0], &result.Rows)
	return result, err
}
