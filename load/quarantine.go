//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
)

// rejectID names one quarantined row of one object.
func rejectID(r schemas.Reject) int64 {
	buf := make([]byte, 0, 96)
	for _, part := range []string{"reject", r.Feed, r.Object, fmt.Sprint(r.At.FileKey), fmt.Sprint(r.At.Row)} {
		buf = schemas.AppendPart(buf, part, true)
	}
	return schemas.Key63(schemas.HashID(buf))
}

var (
	quarantineRow = arrow.NewSchema([]arrow.Field{
		{Name: "reject_id", Type: arrow.PrimitiveTypes.Int64}, {Name: "run_id", Type: arrow.PrimitiveTypes.Int64},
		{Name: "feed", Type: arrow.BinaryTypes.String}, {Name: "object", Type: arrow.BinaryTypes.String},
		{Name: "file_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "file", Type: arrow.BinaryTypes.String},
		{Name: "sheet", Type: arrow.BinaryTypes.String}, {Name: "source_row", Type: arrow.PrimitiveTypes.Int64},
		{Name: "raw", Type: arrow.BinaryTypes.String},
	}, nil)
	quarantineViolation = arrow.NewSchema([]arrow.Field{
		{Name: "reject_id", Type: arrow.PrimitiveTypes.Int64}, {Name: "rule", Type: arrow.BinaryTypes.String},
		{Name: "column_name", Type: arrow.BinaryTypes.String}, {Name: "cell", Type: arrow.BinaryTypes.String},
		{Name: "reason", Type: arrow.BinaryTypes.String}, {Name: "value", Type: arrow.BinaryTypes.String},
	}, nil)
	quarantineMoney = arrow.NewSchema([]arrow.Field{
		{Name: "reject_id", Type: arrow.PrimitiveTypes.Int64}, {Name: "field", Type: arrow.BinaryTypes.String},
		{Name: "amount", Type: &arrow.Decimal128Type{Precision: 38, Scale: schemas.MoneyScale}},
	}, nil)
)

// Quarantine keeps refused rows whole, each once, with every rule it broke.
// All rejects of one row come in one call.
func (b *Build) Quarantine(ctx context.Context, d Delivery, rejects []schemas.Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	rows := array.NewRecordBuilder(memory.DefaultAllocator, quarantineRow)
	defer rows.Release()
	violations := array.NewRecordBuilder(memory.DefaultAllocator, quarantineViolation)
	defer violations.Release()
	money := array.NewRecordBuilder(memory.DefaultAllocator, quarantineMoney)
	defer money.Release()
	seen := map[int64]bool{}
	for _, r := range rejects {
		id := rejectID(r)
		if !seen[id] {
			seen[id] = true
			appendRow(rows, id, b.o.RunID, r.Feed, r.Object, r.At.FileKey, d.Path, r.At.Sheet, r.At.Row, r.Raw)
			for _, field := range sortedKeys(r.Money) {
				appendRow(money, id, field, r.Money[field])
			}
		}
		appendRow(violations, id, r.Rule, r.Column, r.At.Cell, r.Reason, r.Value)
	}
	for _, part := range []struct {
		builder *array.RecordBuilder
		table   string
	}{{rows, "row"}, {violations, "violation"}, {money, "money"}} {
		batch := part.builder.NewRecordBatch()
		err := b.insert(ctx, batch, "insert into ods.quarantine."+quote(part.table)+" by name select * from VIEW")
		batch.Release()
		if err != nil {
			return fmt.Errorf("quarantine rows: %w", err)
		}
	}
	return nil
}

// refuse quarantines staged rows that only the whole delivery shows to be
// wrong: several states of one key, or a value that must be unique.
func (m *merge) refuse(ctx context.Context) error {
	query, err := sqlFile(odsFiles, "ods/refused.sql", "{stage}", m.table.name)
	if err != nil {
		return err
	}
	rows, err := m.texts(ctx, query)
	if err != nil {
		return fmt.Errorf("find refused rows: %w", err)
	}
	reasons := map[string][2]string{
		"conflict": {"key.conflict", "the same key comes more than once in this delivery with different content, and nothing says which is newer"},
		"unique":   {"unique", "the value comes more than once in this delivery, and the contract says unique"},
	}
	var rejects []schemas.Reject
	for _, row := range rows {
		r := schemas.Reject{Feed: m.d.Feed, Object: m.object.Name, Rule: reasons[row[2]][0], Reason: reasons[row[2]][1], Raw: row[3]}
		_, err1 := fmt.Sscan(row[0], &r.At.FileKey)
		_, err2 := fmt.Sscan(row[1], &r.At.Row)
		if err := errors.Join(err1, err2); err != nil {
			return fmt.Errorf("read refused row: %w", err)
		}
		if r.Money, err = m.moneyOf(ctx, row[4]); err != nil {
			return err
		}
		rejects = append(rejects, r)
	}
	m.refused = int64(len(rejects))
	return m.Quarantine(ctx, m.d, rejects)
}

// moneyOf reads the decimal fields of one staged row.
func (m *merge) moneyOf(ctx context.Context, stageRow string) (map[string]schemas.ID, error) {
	money := map[string]schemas.ID{}
	for _, f := range m.entity.Fields {
		if f.Type != schemas.Decimal || !m.table.schema.HasField(f.Name) {
			continue
		}
		rows, err := m.texts(ctx, "select cast("+quote(f.Name)+" * 10000 as decimal(38, 0)) from "+m.table.name+" where rowid = $1::bigint", stageRow)
		if err != nil {
			return nil, fmt.Errorf("read %s of a refused row: %w", f.Name, err)
		}
		if rows[0][0] == "" {
			continue
		}
		value, err := parseUnits(rows[0][0])
		if err != nil {
			return nil, err
		}
		money[f.Name] = value
	}
	return money, nil
}
