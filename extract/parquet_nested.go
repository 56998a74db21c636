package extract

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// leavesOf are the columns that hold values, below those of a table.
func leavesOf(fields []pqarrow.SchemaField) []pqarrow.SchemaField {
	var leaves []pqarrow.SchemaField
	for _, field := range fields {
		if len(field.Children) == 0 {
			leaves = append(leaves, field)
			continue
		}
		leaves = append(leaves, leavesOf(field.Children)...)
	}
	return leaves
}

// isRepeated says whether a row may have several values in a column.
func isRepeated(leaf pqarrow.SchemaField) bool { return leaf.LevelInfo.RepLevel > 0 }

// splitNested yields the rows of a file with nested columns. They are read one
// batch behind the other: where a row's values lie in their pages, only reading
// them tells.
func (t *parquetTable) splitNested(ctx context.Context, yield func(Chunk) bool) (err error) {
	in, err := os.Open(t.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	const fewRows = 16 // until it is known how large they are
	first, step := int64(1), int64(fewRows)
	for group := range t.meta.NumRowGroups() {
		reader, err := t.openGroup(ctx, in, group)
		if err != nil {
			return err
		}
		for left := t.meta.RowGroup(group).NumRows(); left > 0; {
			rows := min(left, step)
			record, err := reader.next(ctx, rows)
			if err != nil {
				reader.close()
				return err
			}
			step = min(rowsOfBatch(record), 4*step)
			goOn := t.yieldBatch(record, first, yield)
			record.Release()
			if !goOn {
				reader.close()
				return nil
			}
			left, first = left-rows, first+rows
		}
		reader.close()
	}
	return nil
}

// nestedGroup reads the rows of one row group.
type nestedGroup struct {
	schema *arrow.Schema
	names  []string
	leaves [][]*pqarrow.ColumnReader // below each column
	fields []*pqarrow.ColumnReader
}

func (t *parquetTable) openGroup(ctx context.Context, in *os.File, group int) (*nestedGroup, error) {
	g := &nestedGroup{names: t.names}
	err := guarded(func() error {
		columns, schema, err := openColumns(in, t.meta)
		if err != nil {
			return err
		}
		g.schema = schema
		return g.open(ctx, columns, in, t.meta, group)
	})
	if err != nil {
		g.close()
	}
	return g, err
}

func (g *nestedGroup) open(ctx context.Context, columns *pqarrow.FileReader, in *os.File, meta *metadata.FileMetaData, group int) error {
	values, _, err := openColumns(in, meta)
	if err != nil {
		return err
	}
	fields, all := columns.Manifest.Fields, map[int]bool{}
	values.Manifest.Fields = leavesOf(fields)
	for _, leaf := range values.Manifest.Fields {
		all[leaf.ColIndex] = true
	}
	for i, at := 0, 0; i < len(fields); i++ {
		g.leaves = append(g.leaves, nil)
		for range leavesOf(fields[i : i+1]) {
			reader, err := values.GetFieldReader(ctx, at, all, []int{group})
			if err != nil {
				return err
			}
			g.leaves[i] = append(g.leaves[i], reader)
			at++
		}
		reader, err := columns.GetFieldReader(ctx, i, all, []int{group})
		if err != nil {
			return err
		}
		g.fields = append(g.fields, reader)
	}
	return nil
}

// close gives the memory back, of what damage has left of the readers.
func (g *nestedGroup) close() {
	for _, reader := range slices.Concat(append(g.leaves, g.fields)...) {
		_ = guarded(func() error { reader.Release(); return nil })
	}
}

// next reads so many rows. The library reads what lies in a struct in
// goroutines of its own, where a panic over damaged pages can't be guarded
// against: so every column that holds values is read here first.
func (g *nestedGroup) next(ctx context.Context, rows int64) (record arrow.RecordBatch, err error) {
	columns := make([]arrow.Array, 0, len(g.fields))
	defer func() {
		for _, c := range columns {
			c.Release()
		}
	}()
	for i, field := range g.fields {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := guarded(func() error {
			for _, leaf := range g.leaves[i] {
				values, err := nextChunks(ctx, leaf, rows)
				if err != nil {
					return err
				}
				values.Release()
			}
			column, err := nextRows(ctx, field, rows)
			if err == nil {
				columns = append(columns, column)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", g.names[i], err)
		}
	}
	return array.NewRecordBatch(g.schema, columns, rows), nil
}
