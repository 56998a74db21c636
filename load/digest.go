//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"fmt"
	"strconv"
	"strings"

	"loadstar/schemas"
)

//go:embed digests/*.sql
var digestFiles embed.FS

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
	tables, err := d.digestTables(ctx)
	if err != nil {
		return nil, err
	}
	digests := make([]Digest, len(tables))
	for i, t := range tables {
		if digests[i], err = d.digest(ctx, t); err != nil {
			return nil, err
		}
	}
	return digests, nil
}

// Digests is the same of a build.
func (b *Build) Digests(ctx context.Context) ([]Digest, error) {
	tables, err := b.digestTables(ctx)
	if err != nil {
		return nil, err
	}
	digests := make([]Digest, len(tables))
	err = b.each(ctx, len(tables), func(ctx context.Context, db *database, i int) (err error) {
		defer db.tell()
		digests[i], err = db.digest(ctx, tables[i])
		return err
	})
	return digests, err
}

// digest takes the digest of one table.
func (d *database) digest(ctx context.Context, t digestTable) (Digest, error) {
	var sum digestSum
	if !t.isEmpty {
		var err error
		if sum, err = d.sum(ctx, t, t.qualified(t.catalog), "true"); err != nil {
			return Digest{}, err
		}
	}
	return sum.digest(t), nil
}

// digestTable is a table that has a digest, and the text of one of its rows.
type digestTable struct {
	catalog, schema, name, line string
	isEmpty                     bool // it never had a row
}

func (t digestTable) String() string { return t.catalog + "." + t.schema + "." + t.name }

// qualified is the quoted name of the table in a catalog.
func (t digestTable) qualified(catalog string) string {
	return quote(catalog) + "." + quote(t.schema) + "." + quote(t.name)
}

// digestTables lists the tables of a version, sorted by name.
func (d *database) digestTables(ctx context.Context) ([]digestTable, error) {
	leftOut, err := undigested()
	if err != nil {
		return nil, err
	}
	rows, err := d.texts(ctx, `select database_name, schema_name, table_name, column_name, data_type, estimated_size = 0
from duckdb_columns()
inner join duckdb_tables() using (database_name, schema_name, table_name)
where database_name in ('ods', 'warehouse') and not duckdb_columns.internal
    and not (database_name = 'warehouse' and schema_name = 'meta')
order by database_name, schema_name, table_name, column_name`)
	if err != nil {
		return nil, fmt.Errorf("list columns: %w", err)
	}
	var tables []digestTable
	for i := 0; i < len(rows); {
		t := digestTable{catalog: rows[i][0], schema: rows[i][1], name: rows[i][2], isEmpty: rows[i][5] == "true"}
		var columns []string
		for ; i < len(rows) && rows[i][0] == t.catalog && rows[i][1] == t.schema && rows[i][2] == t.name; i++ {
			column := rows[i][3]
			if leftOut[t.String()+"."+column] || (t.catalog == "ods" && t.schema == "main" && strings.Contains(lineage, " "+column+" ")) {
				continue
			}
			columns = append(columns, canonicalValue(column, rows[i][4]))
		}
		t.line = canonicalText(columns)
		tables = append(tables, t)
	}
	return tables, nil
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

// canonicalValue is the SQL of what stands for a column in its row's text: a
// moment counts as its microseconds since 1970, which no zone changes and which
// takes a sixth of the time of a written date; an id of 128 bits as the
// hexadecimal digits of its bytes in their order (the key that DuckDB sorts it
// by), which take a twentieth of the time of decimal ones: those took half of
// the time of all digests.
func canonicalValue(column, dataType string) string {
	switch dataType {
	case "TIMESTAMP WITH TIME ZONE":
		return "epoch_us(" + quote(column) + ")"
	case idType:
		return "hex(create_sort_key(" + quote(column) + ", 'ASC NULLS LAST'))"
	}
	return quote(column)
}

// idType is the type of row ids and content hashes.
const idType = "DECIMAL(38,0)"

// canonicalText is the SQL of one row's text. A chain of || would copy the
// text once for each column.
func canonicalText(columns []string) string {
	if len(columns) == 0 {
		return "''"
	}
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = "coalesce(cast(" + c + " as varchar), chr(1))"
	}
	return "concat(" + strings.Join(parts, ", chr(2), ") + ")"
}

// digestSum is what rows add up to; sums of disjoint rows can be added.
type digestSum struct {
	rows         int64
	upper, lower uint64 // modulo 2^64
}

func (s digestSum) plus(o digestSum) digestSum {
	return digestSum{s.rows + o.rows, s.upper + o.upper, s.lower + o.lower}
}

func (s digestSum) minus(o digestSum) digestSum {
	return digestSum{s.rows - o.rows, s.upper - o.upper, s.lower - o.lower}
}

func (s digestSum) digest(t digestTable) Digest {
	return Digest{Table: t.String(), Rows: s.rows, Value: fmt.Sprintf("%016x%016x", s.upper, s.lower)}
}

// sumOf reads a digest back.
func sumOf(value string, rows int64) (digestSum, error) {
	s := digestSum{rows: rows}
	if len(value) != 32 {
		return s, fmt.Errorf("digest %q is not 32 digits", value)
	}
	var err error
	if s.upper, err = strconv.ParseUint(value[:16], 16, 64); err != nil {
		return s, fmt.Errorf("read digest: %w", err)
	}
	if s.lower, err = strconv.ParseUint(value[16:], 16, 64); err != nil {
		return s, fmt.Errorf("read digest: %w", err)
	}
	return s, nil
}

// sum adds up rows of a table, which stands in a build or in another version.
func (d *database) sum(ctx context.Context, t digestTable, table, rows string) (digestSum, error) {
	var s digestSum
	query, err := sqlFile(digestFiles, "digests/sum.sql", "{line}", t.line, "{table}", table, "{rows}", rows)
	if err != nil {
		return s, err
	}
	answer, err := d.texts(ctx, query)
	if err == nil {
		_, err = fmt.Sscan(strings.Join(answer[0], " "), &s.rows, &s.upper, &s.lower)
	}
	if err != nil {
		return s, fmt.Errorf("digest %s: %w", t, err)
	}
	return s, nil
}
