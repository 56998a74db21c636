//go:build duckdb_arrow

package load

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"loadstar/schemas"
)

// balance compares what the reader counted with what SQL counts, rows and
// money, and keeps both.
func (m *merge) balance(ctx context.Context, total schemas.ControlTotal) error {
	staged, refusedInStage := m.met.staged, m.met.refused
	c := &m.counts
	c.Read, c.Loaded, c.Redelivered, c.Superseded = total.Read, m.met.loaded, m.met.redelivered, m.met.superseded
	c.Excluded, c.New, c.Changed = total.Excluded.Total(), m.met.unknown, m.met.known
	if total.Read != staged+c.Quarantined-refusedInStage+c.Excluded ||
		total.Read != c.Loaded+c.Quarantined+c.Redelivered+c.Superseded+c.Excluded {
		return fmt.Errorf("%w: %s of %s: read %d, staged %d, loaded %d, quarantined %d, redelivered %d, superseded %d, excluded %d",
			ErrUnbalanced, m.object.Name, m.d.Path, total.Read, staged, c.Loaded, c.Quarantined, c.Redelivered, c.Superseded, c.Excluded)
	}
	if err := m.balanceMoney(ctx, total); err != nil {
		return err
	}
	e := total.Excluded
	_, err := m.exec(ctx, `insert into warehouse.meta.control_total by name select
    $1 as run_id, $2 as feed_name, $3 as object_name, $4 as entity, $5 as sha256, $6 as rows_read, $7 as rows_staged,
    $8 as rows_loaded, $9 as rows_quarantined, $10 as rows_redelivered, $11 as rows_superseded, $12 as rows_excluded,
    $13 as rows_blank, $14 as rows_hidden, $15 as rows_totals, $16 as rows_header, $17 as rows_deleted, 0 as rows_erased`,
		m.o.RunID, m.d.Feed, m.object.Name, m.entity.Name, m.d.SHA256, total.Read, staged, c.Loaded, c.Quarantined,
		c.Redelivered, c.Superseded, c.Excluded, e.Blank, e.Hidden, e.Totals, e.Header, c.Deleted)
	return err
}

// moneyFields are the staged decimal fields, in order of their names.
func (m *merge) moneyFields() []string {
	var names []string
	for _, f := range m.entity.Fields {
		if f.Type == schemas.Decimal && m.table.has(f.Name) {
			names = append(names, f.Name)
		}
	}
	sort.Strings(names)
	return names
}

func (m *merge) balanceMoney(ctx context.Context, total schemas.ControlTotal) error {
	names := m.moneyFields()
	for _, name := range sortedKeys(total.Money) {
		if f, ok := m.entity.Field(name); !ok || f.Type != schemas.Decimal {
			return fmt.Errorf("money of %s: entity %s has no decimal field of that name", name, m.entity.Name)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	sums, err := m.moneySums(ctx)
	if err != nil {
		return fmt.Errorf("sum money: %w", err)
	}
	for _, name := range names {
		if err := m.balanceField(ctx, name, total.Money[name], sums[name]); err != nil {
			return err
		}
	}
	return nil
}

// verdictSums are the sums of one decimal field, as decimal text.
type verdictSums struct{ staged, loaded, refused, redelivered, superseded string }

func (m *merge) balanceField(ctx context.Context, field string, read decimal128.Num, sums verdictSums) error {
	aside, err := m.moneyAside(ctx, field)
	if err != nil {
		return fmt.Errorf("sum %s in quarantine: %w", field, err)
	}
	text := read.ToString(schemas.MoneyScale)
	balanced, err := m.number(ctx, `select cast(
    $1::decimal(38, 4) = $2::decimal(38, 4) + $3::decimal(38, 4) - $4::decimal(38, 4) as integer)`,
		text, sums.staged, aside, sums.refused)
	if err != nil {
		return fmt.Errorf("compare %s: %w", field, err)
	}
	if balanced != 1 {
		return fmt.Errorf("%w: %s.%s of %s: read %s, staged %s, quarantined %s",
			ErrUnbalanced, m.object.Name, field, m.d.Path, text, sums.staged, aside)
	}
	_, err = m.exec(ctx, `insert into warehouse.meta.control_money by name select
    $1 as run_id, $2 as feed_name, $3 as object_name, $4 as entity, $5 as sha256, $6 as field,
    $7::decimal(38, 4) as read_amount, $8::decimal(38, 4) as staged_amount, $9::decimal(38, 4) as loaded_amount,
    $10::decimal(38, 4) as quarantined_amount, $11::decimal(38, 4) as redelivered_amount, $12::decimal(38, 4) as superseded_amount`,
		m.o.RunID, m.d.Feed, m.object.Name, m.entity.Name, m.d.SHA256, field, text, sums.staged, sums.loaded,
		aside, sums.redelivered, sums.superseded)
	return err
}

// moneyAside is how much of a decimal field was set aside, as decimal text.
func (m *merge) moneyAside(ctx context.Context, field string) (string, error) {
	if m.counts.Quarantined == 0 {
		return "0", nil
	}
	query, err := sqlFile(odsFiles, "ods/money_aside.sql")
	if err != nil {
		return "", err
	}
	rows, err := m.texts(ctx, query, sql.Named("field", field))
	if err != nil {
		return "", err
	}
	return rows[0][0], nil
}

// moneySums sums the decimal fields, those that were not staged to 0.
func (m *merge) moneySums(ctx context.Context) (map[string]verdictSums, error) {
	sums := map[string]verdictSums{}
	for _, f := range m.entity.Fields {
		sums[f.Name] = verdictSums{"0", "0", "0", "0", "0"}
	}
	names := m.moneyFields()
	if len(names) == 0 {
		return sums, nil
	}
	var lines []string
	for _, name := range names {
		line, err := sqlFile(odsFiles, "ods/money_sums.sql", "{column}", quote(name))
		if err != nil {
			return nil, err
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	query, err := sqlFile(odsFiles, "ods/money.sql", "{stage}", m.table.name, "{sums}", strings.Join(lines, ",\n    "))
	if err != nil {
		return nil, err
	}
	rows, err := m.texts(ctx, query)
	if err != nil {
		return nil, err
	}
	for i, name := range names {
		s := rows[0][5*i : 5*i+5]
		sums[name] = verdictSums{s[0], s[1], s[2], s[3], s[4]}
	}
	return sums, nil
}
