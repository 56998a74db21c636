//go:build duckdb_arrow

package load

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// Counts is what became of the rows of one object of one delivery.
type Counts struct {
	Read, Loaded, Quarantined, Redelivered, Superseded, Excluded int64
	Deleted                                                      int64 // rows of earlier deliveries that a snapshot lacks
	Oldest                                                       int64 // of Deleted: rows that happened before each one that stays
	New, Changed                                                 int64 // of Loaded: rows not known before, rows replaced
}

// ErrUnbalanced says that the rows or the money of a delivery do not add up.
var ErrUnbalanced error = fault.New(fault.RunUnbalanced, "control totals do not balance")

// ErrOutOfOrder says that a late delivery tells of rows that later ones told
// of too. Which states held between them, and when, shows only when they are
// loaded in their order.
var ErrOutOfOrder = errors.New("the delivery came after a later one that tells of the same rows")

// merge is the state of one call of Merge.
type merge struct {
	*Build
	d        Delivery
	object   schemas.Object
	entity   schemas.Entity
	table    *stageTable
	ods      string
	scope    string // of a snapshot: whether row o of the ODS is of the list that it is the whole of
	versions string // "" where the entity keeps no history
	met      verdicts
	counts   Counts
}

// verdicts counts the staged rows by what became of them. A step that has no
// row to work on is left out: most deliveries are small, and a statement costs
// the same for no row as for a thousand.
type verdicts struct{ staged, loaded, refused, redelivered, superseded, unknown, known int64 }

// Merge moves the staged rows of one object of one delivery into the ODS and
// its refused rows into quarantine, proves that they balance with total,
// writes meta.control_total and drops the stage table. Deliveries are merged
// in their order (moment, path), those of earlier runs before: a late one that
// would have to go between them is refused with ErrOutOfOrder. The result does
// not depend on the order of rows.
func (b *Build) Merge(ctx context.Context, d Delivery, object schemas.Object, total schemas.ControlTotal) (Counts, error) {
	entity, err := schemas.EntityNamed(object.Entity)
	if err != nil {
		return Counts{}, err
	}
	m := &merge{Build: b, d: d, object: object, entity: entity, table: b.pending(d, object.Name),
		ods: "ods.main." + quote(entity.Name)}
	if entity.History {
		m.versions = "ods.main." + quote(entity.Name+versionSuffix)
	}
	if err := b.Settle(ctx); err != nil {
		return Counts{}, err
	}
	if m.table.schema == nil {
		if err := b.createEmpty(ctx, m.table); err != nil {
			return Counts{}, fmt.Errorf("create stage table: %w", err)
		}
	}
	if m.scope, err = b.scopeOf(ctx, d); err != nil {
		return Counts{}, fmt.Errorf("list the files of a partition: %w", err)
	}
	balance := func(ctx context.Context) error { return m.balance(ctx, total) }
	for _, step := range []func(context.Context) error{m.judge, m.inOrder, m.settle, m.refuse, m.setAside, m.apply, m.remove, balance, m.clear} {
		if err := step(ctx); err != nil {
			return m.counts, err
		}
	}
	return m.counts, nil
}

// clear drops what was staged.
func (m *merge) clear(ctx context.Context) error {
	statements := []string{"drop table " + m.table.name}
	if m.counts.Quarantined > 0 {
		for _, table := range []string{"rejected_violation", "rejected_money", "rejected"} {
			statements = append(statements, "delete from "+table+" where reject in (select reject from aside)")
		}
	}
	delete(m.staged, keyOf(m.d, m.object.Name))
	return m.execAll(ctx, statements)
}

// run executes one embedded statement for this merge.
func (m *merge) run(ctx context.Context, file string, args []any, extra ...string) (int64, error) {
	query, err := sqlFile(odsFiles, "ods/"+file, append([]string{"{stage}", m.table.name, "{ods}", m.ods,
		"{versions}", m.versions, "{entity}", quote(m.entity.Name)}, extra...)...)
	if err != nil {
		return 0, err
	}
	n, err := m.exec(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("run %s: %w", file, err)
	}
	return n, nil
}

// judge decides what becomes of each staged row.
func (m *merge) judge(ctx context.Context) error {
	_, err := m.run(ctx, "verdict.sql", []any{
		sql.Named("keyed", m.object.Keyed()), sql.Named("latest", m.takesLatest()),
		sql.Named("copies", m.object.KeyedByText()), sql.Named("nested", m.object.KeyedByText() && m.object.Path != ""),
		sql.Named("drop", m.d.Duplicates == schemas.DropDuplicates),
		sql.Named("snapshot", m.d.Mode == schemas.Snapshot), sql.Named("delivered_at", m.d.DeliveredAt),
		sql.Named("plain", !m.table.has("is_deleted")),
	}, "{ended}", m.ended(), "{scope}", m.scope)
	if err != nil {
		return err
	}
	if m.d.Keys {
		if _, err := m.run(ctx, "keys_only.sql", nil); err != nil {
			return err
		}
		return m.count(ctx)
	}
	for _, set := range m.object.UniqueSets() {
		if err := m.unique(ctx, set); err != nil {
			return err
		}
	}
	return m.count(ctx)
}

// unique refuses the rows that share a combination of values. A property that
// feeds no field is kept among the attributes, by its name.
func (m *merge) unique(ctx context.Context, set []schemas.Property) error {
	var values []string
	var args []any
	for i, p := range set {
		switch {
		case p.Field != "" && m.table.has(p.Field):
			values = append(values, "s."+quote(p.Field))
		case p.Field == "" && m.table.has(schemas.ColAttributes):
			path := fmt.Sprintf("path_%d", i)
			args = append(args, sql.Named(path, "/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(p.Name)))
			values = append(values, "json_extract_string(s."+quote(schemas.ColAttributes)+", $"+path+")")
		default:
			return nil // nobody delivered it
		}
	}
	value := values[0]
	if len(values) > 1 { // null where one of them is
		value = "case when " + strings.Join(values, " is not null and ") + " is not null then row(" + strings.Join(values, ", ") + ") end"
	}
	_, err := m.run(ctx, "unique.sql", args, "{value}", "("+value+")")
	return err
}

// count says how many staged rows met which verdict.
func (m *merge) count(ctx context.Context) error {
	query, err := sqlFile(odsFiles, "ods/counts.sql")
	if err != nil {
		return err
	}
	v := &m.met
	return m.conn.QueryRowContext(ctx, query).
		Scan(&v.staged, &v.loaded, &v.refused, &v.redelivered, &v.superseded, &v.unknown, &v.known)
}

// inOrder refuses a late delivery whose place among the others matters: one of
// a snapshot, which also tells what its list lacks, or that tells of rows of
// another list, and one that tells what a known row was between two states of it.
func (m *merge) inOrder(ctx context.Context) error {
	switch {
	case !m.d.Late:
		return nil
	case m.d.Mode == schemas.Snapshot && m.object.Keyed():
		if m.d.Partition == nil || m.d.LateInList || m.met.known > 0 {
			return ErrOutOfOrder
		}
		return nil
	case m.met.staged == 0:
		return nil
	}
	query, err := sqlFile(odsFiles, "ods/out_of_order.sql", "{ods}", m.ods, "{states}", cmp.Or(m.versions, m.ods))
	if err != nil {
		return err
	}
	between, err := m.number(ctx, query)
	if err != nil {
		return fmt.Errorf("look for states between others: %w", err)
	}
	if between > 0 {
		return ErrOutOfOrder
	}
	return nil
}

// settle closes the refused rows of earlier deliveries that this one mends,
// whatever its file is called.
func (m *merge) settle(ctx context.Context) error {
	open, err := m.number(ctx, "select count(*) from ods.quarantine.row where not is_settled and feed = $1 and object = $2", m.d.Feed, m.object.Name)
	if err != nil {
		return fmt.Errorf("count refused rows: %w", err)
	}
	if open == 0 || m.d.Keys { // keys alone tell no row rightly
		_, err := m.exec(ctx, "create or replace temp table copied (file_key bigint, rows_held bigint)")
		return err
	}
	feed, object, at := sql.Named("feed", m.d.Feed), sql.Named("object", m.object.Name), sql.Named("delivered_at", m.d.DeliveredAt)
	rows := sql.Named("rows", m.met.staged+m.table.refused)
	if _, err := m.run(ctx, "copied.sql", []any{feed, object, at, rows}); err != nil {
		return err
	}
	_, err = m.run(ctx, "settle.sql", []any{feed, object, at})
	return err
}

// ended is the SQL that tells whether a staged row says it is deleted.
func (m *merge) ended() string {
	if m.table.has("is_deleted") {
		return `coalesce(s."is_deleted", false)`
	}
	return "false"
}

// takesLatest says whether several states of one key in one delivery are in
// order: the contract names a version column, or says that keys repeat.
func (m *merge) takesLatest() bool {
	for _, p := range m.object.Properties {
		if p.Version {
			return true
		}
	}
	return m.object.Repeats
}

// apply writes loaded rows over the current states, and every state to the
// history.
func (m *merge) apply(ctx context.Context) error {
	if m.table.schema == nil || m.d.Keys {
		return nil
	}
	if m.met.known > 0 {
		if err := m.noteParties(ctx, "(select row_id from verdict where verdict = 'loaded' and is_known)"); err != nil {
			return err
		}
		if _, err := m.run(ctx, "replace.sql", nil); err != nil {
			return err
		}
	}
	if err := m.add(ctx); err != nil || !m.object.Keyed() {
		return err
	}
	return m.confirm(ctx)
}

// add writes the loaded rows, and every state to the history.
func (m *merge) add(ctx context.Context) error {
	names, expressions := m.table.target(m.entity)
	extra := []string{
		"{names}", strings.Join(names, ", "), "{expressions}", strings.Join(expressions, ",\n    "),
		"{deleted_name}", "", "{deleted_value}", "", "{ended}", m.ended(),
	}
	if !m.table.has("is_deleted") {
		extra[5], extra[7] = ", is_deleted", ",\n    false"
	}
	args := []any{sql.Named("feed", m.d.Feed), sql.Named("object", m.object.Name), sql.Named("system", m.d.System),
		sql.Named("delivered_at", m.d.DeliveredAt)}
	if m.met.loaded > 0 {
		if _, err := m.run(ctx, "insert.sql", args, extra...); err != nil {
			return err
		}
	}
	hasStates := m.versions != ""
	if m.met.loaded > 0 || hasStates && m.met.superseded > 0 {
		if _, err := m.run(ctx, "changed.sql", []any{sql.Named("has_states", hasStates)}); err != nil {
			return err
		}
	}
	if hasStates && m.met.loaded+m.met.superseded > 0 {
		if _, err := m.run(ctx, "insert_version.sql", args, extra...); err != nil {
			return err
		}
	}
	return nil
}

// noteParties notes the parties that are about to lose contact points,
// addresses or consents: afterwards nothing leads to them. rows is SQL of row
// ids.
func (m *merge) noteParties(ctx context.Context, rows string) error {
	party := "party_id"
	switch m.entity.Name {
	case "contact_point", "customer_address":
	case "consent":
		party = "customer_id"
	default:
		return nil
	}
	if _, err := m.run(ctx, "changed_before.sql", nil, "{rows}", rows, "{party}", party); err != nil || m.entity.Name != "contact_point" {
		return err
	}
	_, err := m.run(ctx, "changed_before_ties.sql", nil, "{rows}", rows)
	return err
}

// confirm notes which states were told again.
func (m *merge) confirm(ctx context.Context) error {
	if m.met.redelivered == 0 {
		return nil
	}
	_, err := m.run(ctx, "confirm.sql", []any{sql.Named("delivered_at", m.d.DeliveredAt)})
	return err
}

// namedByText says whether the text of a row is part of its key.
func (m *merge) namedByText() bool {
	return slices.ContainsFunc(m.object.KeyProperties(), func(p schemas.Property) bool { return p.From == "$hash" })
}
