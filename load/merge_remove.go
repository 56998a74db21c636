//go:build duckdb_arrow

package load

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"loadstar/schemas"
)

// moments are the fields that say when a row happened, or was made.
var moments = []string{"ordered_at", "invoiced_on", "paid_at", "opened_at", "shipped_at", "started_at", "at", "created_at"}

// remove ends the rows that a snapshot no longer holds. One that was refused
// keeps its last state; where the key of a refused row can't be read nothing is
// removed, for it may be any, but where texts are keys: a broken one is new.
func (m *merge) remove(ctx context.Context) error {
	if m.d.Mode != schemas.Snapshot || !m.object.Keyed() {
		return nil
	}
	refused := "true"
	if m.counts.Quarantined > 0 {
		query, err := sqlFile(odsFiles, "ods/refused_unknown.sql")
		if err != nil {
			return err
		}
		if unknown, err := m.number(ctx, query); err != nil || unknown > 0 && !m.namedByText() {
			return err
		}
		refused = "o.row_id not in (select row_id from aside where row_id is not null)"
	}
	_, err := m.run(ctx, "missing.sql", []any{sql.Named("delivered_at", m.d.DeliveredAt), sql.Named("feed", m.d.Feed),
		sql.Named("object", m.object.Name)}, "{scope}", m.scope, "{refused}", refused)
	if err != nil {
		return err
	}
	if m.counts.Deleted, err = m.number(ctx, "select count(*) from missing"); err != nil || m.counts.Deleted == 0 {
		return err
	}
	if err := m.countOldest(ctx); err != nil {
		return err
	}
	if err := m.noteParties(ctx, "missing"); err != nil {
		return err
	}
	files := []string{"remove_missing.sql"}
	if m.versions != "" {
		files = append(files, "mark_deleted.sql", "version_deleted.sql")
	}
	for _, file := range files {
		if _, err := m.run(ctx, file, nil); err != nil {
			return err
		}
	}
	_, err = m.exec(ctx, "insert into changed."+quote(m.entity.Name)+" select row_id from missing")
	return err
}

// countOldest counts the missing rows that are older than all others, as those
// are that a list of the last months leaves behind.
func (m *merge) countOldest(ctx context.Context) error {
	at := slices.IndexFunc(moments, func(name string) bool { _, ok := m.entity.Field(name); return ok })
	if at < 0 {
		return nil
	}
	query, err := sqlFile(odsFiles, "ods/oldest.sql", "{ods}", m.ods, "{scope}", m.scope, "{moment}", quote(moments[at]))
	if err != nil {
		return err
	}
	row := m.conn.QueryRowContext(ctx, query, sql.Named("feed", m.d.Feed), sql.Named("object", m.object.Name))
	if err := row.Scan(&m.counts.Oldest); err != nil {
		return fmt.Errorf("count the oldest of the missing rows: %w", err)
	}
	return nil
}
