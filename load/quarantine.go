//go:build duckdb_arrow

package load

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// rejectedTables hold refused rows of the deliveries that are being staged.
func rejectedTables() []string {
	return []string{
		`create table rejected (reject bigint, pending bigint, file_key bigint, sheet varchar, source_row bigint, raw varchar, copy bigint, row_id decimal(38, 0))`,
		`create table rejected_violation (reject bigint, code varchar, rule varchar, column_name varchar, cell varchar, reason varchar, value varchar)`,
		`create table rejected_money (reject bigint, field varchar, amount decimal(38, 4))`,
	}
}

func bigint(name string) arrow.Field {
	return arrow.Field{Name: name, Type: arrow.PrimitiveTypes.Int64}
}

func varchar(name string) arrow.Field {
	return arrow.Field{Name: name, Type: arrow.BinaryTypes.String}
}

func rejectedSchema() *arrow.Schema {
	return arrow.NewSchema([]arrow.Field{bigint("reject"), bigint("pending"), bigint("file_key"), varchar("sheet"),
		bigint("source_row"), varchar("raw"), bigint("copy"),
		{Name: "row_id", Type: schemas.IDType, Nullable: true}}, nil)
}

func violationSchema() *arrow.Schema {
	return arrow.NewSchema([]arrow.Field{bigint("reject"), varchar("code"), varchar("rule"), varchar("column_name"), varchar("cell"),
		varchar("reason"), varchar("value")}, nil)
}

func moneySchema() *arrow.Schema {
	return arrow.NewSchema([]arrow.Field{bigint("reject"), varchar("field"),
		{Name: "amount", Type: &arrow.Decimal128Type{Precision: 38, Scale: schemas.MoneyScale}}}, nil)
}

// rejectedRow tells refused rows apart. Rows of a nested array share their
// place and may be equal: then the copy differs.
type rejectedRow struct {
	pending, fileKey, row int64
	raw                   string
	copy                  int64
}

// brokenRule tells the rules that one row breaks apart.
type brokenRule struct {
	row                  rejectedRow
	column, rule, reason string
}

// rejectRows collects refused rows: written batch by batch they cost more
// than the rows that are staged.
type rejectRows struct {
	rows, violations, money *array.RecordBuilder
	bytes                   int
}

func newRejectRows() *rejectRows {
	return &rejectRows{
		rows:       array.NewRecordBuilder(memory.DefaultAllocator, rejectedSchema()),
		violations: array.NewRecordBuilder(memory.DefaultAllocator, violationSchema()),
		money:      array.NewRecordBuilder(memory.DefaultAllocator, moneySchema()),
	}
}

func (r *rejectRows) release() {
	for _, builder := range []*array.RecordBuilder{r.rows, r.violations, r.money} {
		builder.Release()
	}
}

// rejectBytes of refused rows are kept at most before they are written.
const rejectBytes = 4 << 20

// Quarantine keeps refused rows whole, each once, with every rule it broke,
// until Merge moves those of an object into ods.quarantine. Every reject names
// an object that is merged later, and all rejects of one row come in one call.
func (b *Build) Quarantine(ctx context.Context, d Delivery, rejects []schemas.Reject) error {
	kept := b.refusing
	numbers := map[rejectedRow]int64{}
	copies := map[brokenRule]int64{}
	for _, r := range rejects {
		table := b.pending(d, r.Object)
		row := rejectedRow{pending: table.number, fileKey: r.At.FileKey, row: r.At.Row, raw: r.Raw}
		broken := brokenRule{row, r.Column, r.Rule, r.Reason}
		row.copy = copies[broken]
		copies[broken]++
		number, seen := numbers[row]
		if !seen {
			b.rejects++
			table.refused++
			number = b.rejects
			numbers[row] = number
			appendRow(kept.rows, number, row.pending, row.fileKey, r.At.Sheet, row.row, r.Raw, row.copy, known(r.RowID))
			kept.bytes += len(r.Raw)
			for _, field := range sortedKeys(r.Money) {
				appendRow(kept.money, number, field, r.Money[field])
			}
		}
		appendRow(kept.violations, number, string(fault.OfRule(r.Rule)), r.Rule, r.Column, r.At.Cell, r.Reason, r.Value)
		kept.bytes += len(r.Reason) + len(r.Value)
	}
	if kept.bytes < rejectBytes {
		return nil
	}
	return b.writeRejects(ctx)
}

// known is a row id as a value of a column, nil where it is unknown.
func known(id schemas.ID) any {
	if id == (schemas.ID{}) {
		return nil
	}
	return id
}

// writeRejects writes what Quarantine collected.
func (b *Build) writeRejects(ctx context.Context) error {
	b.refusing.bytes = 0
	for _, part := range []struct {
		builder *array.RecordBuilder
		table   string
	}{{b.refusing.rows, "rejected"}, {b.refusing.violations, "rejected_violation"}, {b.refusing.money, "rejected_money"}} {
		if err := b.insertBuilt(ctx, part.builder, part.table); err != nil {
			return fmt.Errorf("quarantine rows: %w", err)
		}
	}
	return nil
}

func (b *Build) insertBuilt(ctx context.Context, builder *array.RecordBuilder, table string) error {
	batch := builder.NewRecordBatch()
	defer batch.Release()
	if batch.NumRows() == 0 {
		return nil
	}
	return b.insert(ctx, batch, "insert into "+quote(table)+" select * from VIEW")
}

// refuse sets staged rows aside that only the whole delivery shows to be
// wrong: several states of one key, or a value that must be unique.
func (m *merge) refuse(ctx context.Context) error {
	if m.met.refused == 0 {
		return nil
	}
	names, expressions := m.table.target(m.entity)
	var members []string
	for i, name := range names {
		field := strings.Trim(name, `"`)
		if f, ok := m.entity.Field(field); ok || field == schemas.ColAttributes {
			if f.Type == schemas.Decimal || f.Type == schemas.Rate {
				expressions[i] = "cast(" + expressions[i] + " as varchar)" // a JSON number would be read as a double
			}
			members = append(members, name+" := "+expressions[i])
		}
	}
	row := "to_json(struct_pack(" + strings.Join(members, ", ") + "))"
	_, err := m.run(ctx, "refused.sql", []any{sql.Named("first", m.rejects), sql.Named("pending", m.table.number)}, "{row}", row)
	if err != nil {
		return err
	}
	m.rejects += m.met.refused
	if _, err := m.run(ctx, "refused_insert.sql", nil); err != nil {
		return err
	}
	if _, err := m.run(ctx, "refused_violation.sql", []any{
		sql.Named("conflict", string(fault.OfRule("key.conflict"))), sql.Named("unique", string(fault.OfRule("unique"))),
	}); err != nil {
		return err
	}
	for _, f := range m.moneyFields() {
		if _, err := m.run(ctx, "refused_money.sql", []any{sql.Named("field", f)}, "{column}", quote(f)); err != nil {
			return err
		}
	}
	return nil
}

// setAside moves the refused rows of the object into ods.quarantine and
// counts them. Their ids come from their content, so that the order of rows
// carries no meaning.
func (m *merge) setAside(ctx context.Context) error {
	if m.table.refused+m.met.refused == 0 {
		return nil
	}
	_, err := m.run(ctx, "aside.sql", []any{sql.Named("pending", m.table.number), sql.Named("nested", m.object.Path != ""),
		sql.Named("feed", m.d.Feed), sql.Named("object", m.object.Name)})
	if err != nil {
		return err
	}
	if m.counts.Quarantined, err = m.number(ctx, "select count(*) from aside where is_first"); err != nil || m.counts.Quarantined == 0 {
		return err
	}
	arguments := []any{sql.Named("run", m.o.RunID), sql.Named("feed", m.d.Feed), sql.Named("object", m.object.Name), sql.Named("file", m.d.Path),
		sql.Named("delivered_at", m.d.DeliveredAt)}
	if _, err := m.run(ctx, "aside_row.sql", arguments); err != nil {
		return err
	}
	for _, file := range []string{"aside_violation.sql", "aside_money.sql"} {
		if _, err := m.run(ctx, file, nil); err != nil {
			return err
		}
	}
	return nil
}
