//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
)

//go:embed delta/*.sql
var deltaFiles embed.FS

// refresh makes a model anew, or the part of it that a condition selects, but
// writes only the rows that differ.
func (m model) refresh(ctx context.Context, db *database, target schemas.StarTable, part string) (int64, error) {
	return db.become(ctx, target, part, func() error {
		_, err := db.exec(ctx, "insert into scratch.next by name\n"+m.query)
		return err
	})
}

// become gives the part of a table that a condition selects the rows that fill
// puts into scratch.next. It removes and adds only what differs, so that a table
// that hardly changes costs no space and no digest. It returns the number of
// rows added.
func (d *database) become(ctx context.Context, target schemas.StarTable, part string, fill func() error) (int64, error) {
	columns := make([]string, len(target.Columns))
	for i, c := range target.Columns {
		columns[i] = quote(c.Name)
	}
	reversed := slices.Clone(columns)
	slices.Reverse(reversed)
	files := map[string]string{}
	for _, name := range []string{"next", "difference", "remove", "add"} {
		text, err := sqlFile(deltaFiles, "delta/"+name+".sql", "{table}", target.Qualified(), "{part}", part,
			"{columns}", strings.Join(columns, ", "), "{reversed}", strings.Join(reversed, ", "))
		if err != nil {
			return 0, err
		}
		files[name] = text
	}
	if err := d.compress(ctx, passing); err != nil {
		return 0, err
	}
	if _, err := d.exec(ctx, files["next"]); err != nil {
		return 0, fmt.Errorf("compare: %w", err)
	}
	if err := fill(); err != nil {
		return 0, err
	}
	if _, err := d.exec(ctx, files["difference"]); err != nil {
		return 0, fmt.Errorf("compare: %w", err)
	}
	differing, err := d.number(ctx, "select count(*) from scratch.difference")
	if err != nil {
		return 0, fmt.Errorf("compare: %w", err)
	}
	if differing > 0 {
		if err := d.noteChanges(ctx, target, target.Qualified(), "rowid in (select old from scratch.difference)"); err != nil {
			return 0, err
		}
		if err := d.noteChanges(ctx, target, "scratch.next", "rowid in (select new from scratch.difference)"); err != nil {
			return 0, err
		}
		if err := d.noteLost(ctx, target, part); err != nil {
			return 0, err
		}
		if differing, err = d.rewrite(ctx, files["remove"], files["add"]); err != nil {
			return 0, err
		}
	}
	unequal, err := d.number(ctx, "select (select count(*) from scratch.next) - (select count(*) from "+target.Qualified()+" where "+part+")")
	if err != nil {
		return 0, fmt.Errorf("compare: %w", err)
	}
	if unequal != 0 { // a row comes more than once: the check of the grain is to see it
		for _, from := range []string{target.Qualified(), "scratch.next"} {
			if err := d.noteChanges(ctx, target, from, part); err != nil {
				return 0, err
			}
		}
		return d.rewrite(ctx, "delete from "+target.Qualified()+" where "+part, "insert into "+target.Qualified()+" by name from scratch.next")
	}
	return differing, nil
}

// rewrite removes and adds rows in one transaction, and returns how many it
// added.
func (d *database) rewrite(ctx context.Context, remove, add string) (rows int64, err error) {
	if err := d.compress(ctx, lasting); err != nil {
		return 0, err
	}
	if _, err := d.exec(ctx, "begin"); err != nil {
		return 0, fmt.Errorf("begin: %w", err)
	}
	if _, err := d.exec(ctx, remove); err != nil {
		return 0, rollback(ctx, d, fmt.Errorf("delete: %w", err))
	}
	if rows, err = d.exec(ctx, add); err != nil {
		return 0, rollback(ctx, d, fmt.Errorf("insert: %w", err))
	}
	if _, err := d.exec(ctx, "commit"); err != nil {
		return 0, fmt.Errorf("commit: %w", err)
	}
	return rows, nil
}
