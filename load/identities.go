//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
)

//go:embed identity/*.sql
var identityFiles embed.FS

// Identities tells what matching knows in one published version. It changes
// nothing and is used by one goroutine at a time.
type Identities struct{ *database }

// OpenIdentities opens the ODS file of a version.
func OpenIdentities(ctx context.Context, odsFile string) (*Identities, error) {
	d, err := openDatabase(ctx)
	if err != nil {
		return nil, err
	}
	err = d.execAll(ctx, []string{
		"set timezone = 'UTC'",
		"attach " + literal(odsFile) + " as ods (read_only)",
		"create schema changed",
		"create table changed.customer_key (source_customer_key bigint)",
	})
	if err != nil {
		return nil, fmt.Errorf("open identities: %w", errors.Join(err, d.close()))
	}
	return &Identities{d}, nil
}

// Close closes the version.
func (i *Identities) Close() error { return i.close() }

// Parties streams the parties as the last run left them, see Build.Parties:
// none is changed.
func (i *Identities) Parties(ctx context.Context) iter.Seq2[arrow.RecordBatch, error] {
	return i.streamFile(ctx, "ods/parties_read.sql")
}

// PartyFields are the fields that PartyValues tells, in the order to show them.
func PartyFields() []string { return append(schemas.PartyTextFields(), "birth_date") }

// PartyValues tells what is known about some records: source_customer_key ->
// field -> value, without fields that are unknown.
func (i *Identities) PartyValues(ctx context.Context, records ...int64) (map[int64]map[string]string, error) {
	keys := make([]string, len(records))
	for n, r := range records {
		keys[n] = strconv.FormatInt(r, 10)
	}
	fields := PartyFields()
	columns := make([]string, len(fields))
	for n, f := range fields {
		columns[n] = "cast(" + quote(f) + " as varchar)"
		if f == "birth_date" { // days since 1970
			columns[n] = "cast(date '1970-01-01' + birth_date as varchar)"
		}
	}
	rows, err := i.texts(ctx, "select source_customer_key, "+strings.Join(columns, ", ")+
		" from ods.idn.party where source_customer_key in ("+strings.Join(append(keys, "0"), ", ")+")")
	if err != nil {
		return nil, fmt.Errorf("look up records: %w", err)
	}
	values := map[int64]map[string]string{}
	for _, row := range rows {
		known := map[string]string{}
		for n, f := range fields {
			if row[n+1] != "" {
				known[f] = row[n+1]
			}
		}
		values[atoi(row[0])] = known
	}
	return values, nil
}

// PairRow is the stored judgement of two records.
type PairRow struct {
	Left, Right int64 // source_customer_key
	Millibits   int64
	Decision    string
}

// Pairs lists the stored pairs of which both records are the customer's, the
// weakest first.
func (i *Identities) Pairs(ctx context.Context, customer int64) ([]PairRow, error) {
	return i.pairs(ctx, "identity/customer_pairs.sql", customer)
}

// DoubtfulPairs lists at most limit pairs whose evidence was nearest to the
// other answer: of those told apart the strongest, of those merged the
// weakest, in turns.
func (i *Identities) DoubtfulPairs(ctx context.Context, limit int) ([]PairRow, error) {
	return i.pairs(ctx, "identity/doubtful_pairs.sql", limit)
}

func (i *Identities) pairs(ctx context.Context, file string, arg any) ([]PairRow, error) {
	return ask(ctx, i.database, file, func(p *PairRow) []any {
		return []any{&p.Left, &p.Right, &p.Millibits, &p.Decision}
	}, arg)
}

// Member is one record of a customer.
type Member struct {
	Record              int64 // source_customer_key
	System, ID          string
	Customer, Household int64 // 0 = none
}

// Member finds one record; ok is false where there is none.
func (i *Identities) Member(ctx context.Context, record int64) (m Member, ok bool, err error) {
	found, err := i.members(ctx, "source_customer_key", record)
	if err != nil || len(found) == 0 {
		return Member{}, false, err
	}
	return found[0], true, nil
}

// Members lists the records of a customer, by key.
func (i *Identities) Members(ctx context.Context, customer int64) ([]Member, error) {
	return i.members(ctx, "customer_key", customer)
}

func (i *Identities) members(ctx context.Context, column string, key int64) ([]Member, error) {
	return ask(ctx, i.database, "identity/members.sql", func(m *Member) []any {
		return []any{&m.Record, &m.System, &m.ID, &m.Customer, &m.Household}
	}, key, "{key}", column)
}

// GoldenValue is one field of a customer with the record it came from.
type GoldenValue struct {
	Field, Value, System, Rule string
	Record                     int64 // source_customer_key
}

// GoldenValues lists the current values of a customer, by field.
func (i *Identities) GoldenValues(ctx context.Context, customer int64) ([]GoldenValue, error) {
	return ask(ctx, i.database, "identity/golden_values.sql", func(v *GoldenValue) []any {
		return []any{&v.Field, &v.Value, &v.System, &v.Rule, &v.Record}
	}, customer)
}

// CustomerNames streams customer_key and display_name of every customer, in
// ascending order of keys.
func (i *Identities) CustomerNames(ctx context.Context) iter.Seq2[arrow.RecordBatch, error] {
	query, err := sqlFile(identityFiles, "identity/customer_names.sql")
	if err != nil {
		return func(yield func(arrow.RecordBatch, error) bool) { yield(nil, err) }
	}
	return i.stream(ctx, query)
}

// ask runs a query of folder identity and scans its rows into what targets
// names.
func ask[T any](ctx context.Context, d *database, file string, targets func(*T) []any, arg any, identifiers ...string) (found []T, err error) {
	query, err := sqlFile(identityFiles, file, identifiers...)
	if err != nil {
		return nil, err
	}
	rows, err := d.conn.QueryContext(ctx, query, arg)
	if err != nil {
		return nil, fmt.Errorf("query %s: %w", file, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var row T
		if err := rows.Scan(targets(&row)...); err != nil {
			return nil, fmt.Errorf("query %s: %w", file, err)
		}
		found = append(found, row)
	}
	return found, rows.Err()
}

// Resolve is the customer that a key stands for now: itself, or the one that
// absorbed it.
func (i *Identities) Resolve(ctx context.Context, customer int64) (int64, error) {
	now, err := i.number(ctx, "select any_value(customer_key) from ods.idn.customer_key_map where old_customer_key = $1", customer)
	if err != nil {
		return 0, fmt.Errorf("resolve customer key: %w", err)
	}
	if now != 0 {
		return now, nil
	}
	return customer, nil
}
