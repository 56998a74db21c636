//go:build duckdb_arrow

package load

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"loadstar/schemas"
)

// Counts is what became of the rows of one object of one delivery.
type Counts struct {
	Read, Loaded, Quarantined, Redelivered, Superseded, Excluded int64
	Deleted                                                      int64 // rows of earlier deliveries that a snapshot lacks
	New, Changed                                                 int64 // of Loaded: rows not known before, rows replaced
}

// ErrUnbalanced says that the rows or the money of a delivery do not add up.
var ErrUnbalanced = errors.New("control totals do not balance")

// merge is the state of one call of Merge.
type merge struct {
	*Build
	d        Delivery
	object   schemas.Object
	entity   schemas.Entity
	table    *stageTable // nil where no row was staged
	ods      string
	versions string // "" where the entity keeps no history
	counts   Counts
	refused  int64 // rows quarantined in stage
}

// Merge moves the staged rows of one object of one delivery into the ODS,
// proves that they balance with total, writes meta.control_total and drops
// the stage table. Deliveries are merged in their order (moment, path); the
// result does not depend on the order of rows.
func (b *Build) Merge(ctx context.Context, d Delivery, object schemas.Object, total schemas.ControlTotal) (Counts, error) {
	entity, err := schemas.EntityNamed(object.Entity)
	if err != nil {
		return Counts{}, err
	}
	m := &merge{Build: b, d: d, object: object, entity: entity, table: b.staged[d.key(object.Name)],
		ods: "ods.main." + quote(entity.Name)}
	if entity.History {
		m.versions = "ods.main." + quote(entity.Name+versionSuffix)
	}
	if m.table == nil {
		m.table, err = m.emptyStage(ctx)
		if err != nil {
			return Counts{}, err
		}
	}
	for _, step := range []func(context.Context) error{m.judge, m.refuse, m.apply, m.remove} {
		if err := step(ctx); err != nil {
			return m.counts, err
		}
	}
	if err := m.balance(ctx, total); err != nil {
		return m.counts, err
	}
	_, err = b.exec(ctx, "drop table "+m.table.name)
	delete(b.staged, d.key(object.Name))
	return m.counts, err
}

// emptyStage stands for an object of which no row was staged.
func (m *merge) emptyStage(ctx context.Context) (*stageTable, error) {
	m.counter++
	name := quote(fmt.Sprintf("stage_%d", m.counter))
	_, err := m.exec(ctx, "create table "+name+` (row_id decimal(38, 0), content_hash decimal(38, 0), file_key bigint,
		source_row bigint, version_at bigint)`)
	return &stageTable{name: name, schema: emptySchema}, err
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
		sql.Named("drop", m.d.Duplicates == schemas.DropDuplicates),
		sql.Named("snapshot", m.d.Mode == schemas.Snapshot), sql.Named("delivered_at", m.d.DeliveredAt),
	})
	if err != nil {
		return err
	}
	for _, p := range m.object.Properties {
		if p.Unique && p.Key == 0 && p.Field != "" {
			if _, err := m.run(ctx, "unique.sql", nil, "{column}", quote(p.Field)); err != nil {
				return err
			}
		}
	}
	return nil
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
	if m.table.schema.NumFields() == 0 {
		return nil // nothing was staged
	}
	if _, err := m.run(ctx, "replace.sql", nil); err != nil {
		return err
	}
	names, expressions := m.table.target(m.entity)
	extra := []string{
		"{names}", strings.Join(names, ", "), "{expressions}", strings.Join(expressions, ",\n    "),
		"{deleted_name}", "", "{deleted_value}", "",
	}
	if !strings.Contains(strings.Join(names, ","), `"is_deleted"`) {
		extra[5], extra[7] = ", is_deleted", ",\n    false"
	}
	args := []any{sql.Named("feed", m.d.Feed), sql.Named("object", m.object.Name), sql.Named("system", m.d.System),
		sql.Named("delivered_at", m.d.DeliveredAt)}
	if _, err := m.run(ctx, "insert.sql", args, extra...); err != nil {
		return err
	}
	if m.versions != "" {
		query := append([]string{"{ods}", m.versions}, extra...)
		text, err := sqlFile(odsFiles, "ods/insert_version.sql", append(query, "{stage}", m.table.name)...)
		if err == nil {
			_, err = m.exec(ctx, text, args...)
		}
		if err != nil {
			return fmt.Errorf("run insert_version.sql: %w", err)
		}
	}
	_, err := m.run(ctx, "changed.sql", nil)
	return err
}

// remove ends the rows that a snapshot no longer holds. Where rows of the
// snapshot were quarantined nothing is removed: a refused row may be any key.
func (m *merge) remove(ctx context.Context) error {
	if m.d.Mode != schemas.Snapshot || !m.object.Keyed() {
		return nil
	}
	moment := []any{sql.Named("delivered_at", m.d.DeliveredAt)}
	if _, err := m.run(ctx, "confirm.sql", moment); err != nil {
		return err
	}
	quarantined, err := m.quarantined(ctx)
	if err != nil || quarantined > 0 {
		return err
	}
	if _, err := m.run(ctx, "missing.sql", append(moment, sql.Named("feed", m.d.Feed), sql.Named("object", m.object.Name))); err != nil {
		return err
	}
	if m.counts.Deleted, err = m.number(ctx, "select count(*) from missing"); err != nil || m.counts.Deleted == 0 {
		return err
	}
	if m.versions == "" {
		_, err = m.run(ctx, "remove_missing.sql", nil)
	} else if _, err = m.run(ctx, "mark_deleted.sql", moment); err == nil {
		_, err = m.run(ctx, "version_deleted.sql", nil)
	}
	if err != nil {
		return err
	}
	_, err = m.exec(ctx, "insert into changed."+quote(m.entity.Name)+" select row_id from missing")
	return err
}
