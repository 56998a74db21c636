//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strings"

	"loadstar/schemas"
)

//go:embed models/*.sql marts/*.sql
var modelFiles embed.FS

// model is one .sql file: a select whose columns have the names of its
// table's columns. Files are named NN_table.sql and run in that order.
type model struct {
	table    string // "src_x" = helper table src.x of the stage database, else a table of the warehouse
	query    string
	schema   string // delta models: schema of the ODS that holds the entity
	entity   string // delta models: entity that drives it, read as src.<entity>
	key      string // delta models: column that names the affected rows
	affected string // delta models: query of the affected keys
}

var (
	modelName   = regexp.MustCompile(`^(?:models|marts)/\d+_(\w+)\.sql$`)
	deltaHeader = regexp.MustCompile(`(?m)^-- Delta: (?:(\w+)\.)?(\w+)\.(\w+)$`)
)

const affectedSuffix = ".affected.sql"

// readModels returns the models in the order they run.
func readModels() ([]model, error) {
	var names []string
	for _, pattern := range []string{"models/*.sql", "marts/*.sql"} {
		found, err := fs.Glob(modelFiles, pattern)
		if err != nil {
			return nil, fmt.Errorf("list models: %w", err)
		}
		sort.Strings(found)
		names = append(names, found...)
	}
	var models []model
	for _, name := range names {
		if strings.HasSuffix(name, affectedSuffix) {
			continue
		}
		m, err := readModel(name)
		if err != nil {
			return nil, err
		}
		models = append(models, m)
	}
	return models, nil
}

func readModel(name string) (model, error) {
	match := modelName.FindStringSubmatch(name)
	if match == nil {
		return model{}, fmt.Errorf("model %s is not named NN_table.sql", name)
	}
	text, err := modelFiles.ReadFile(name)
	if err != nil {
		return model{}, fmt.Errorf("read model %s: %w", name, err)
	}
	m := model{table: match[1], query: string(text)}
	if delta := deltaHeader.FindStringSubmatch(m.query); delta != nil {
		m.schema, m.entity, m.key = delta[1], delta[2], delta[3]
		if m.schema == "" {
			m.schema = "main"
		}
		affected, err := modelFiles.ReadFile(strings.TrimSuffix(name, ".sql") + affectedSuffix)
		if err != nil {
			return model{}, fmt.Errorf("read affected set of model %s: %w", name, err)
		}
		m.affected = string(affected)
	}
	return m, nil
}

// run executes the model and returns the number of rows written.
func (m model) run(ctx context.Context, db *database, scope Scope) (int64, error) {
	if helper, ok := strings.CutPrefix(m.table, "src_"); ok {
		if err := db.compress(ctx, passing); err != nil {
			return 0, err
		}
		return db.exec(ctx, "create or replace table src."+quote(helper)+" as\n"+m.query)
	}
	target, err := schemas.StarTableNamed("main", m.table)
	if err != nil {
		return 0, err
	}
	if target.View {
		return 0, db.view(ctx, target, m.query)
	}
	remove, add := "delete from "+target.Qualified(), "insert into "+target.Qualified()+" by name\n"+m.query
	if m.entity == "" {
		if scope == WhatChanged {
			return m.refresh(ctx, db, target)
		}
		return db.rewrite(ctx, remove, add)
	}
	if err := m.narrow(ctx, db, scope); err != nil {
		return 0, err
	}
	if scope != WhatChanged {
		return db.rewrite(ctx, remove, add)
	}
	affected := quote(m.key) + " in (select " + quote(m.key) + " from src.affected)"
	if err := db.noteCustomers(ctx, target, target.Qualified(), affected); err != nil {
		return 0, err
	}
	rows, err := db.rewrite(ctx, remove+" where "+affected, add)
	if err != nil {
		return rows, err
	}
	return rows, db.noteCustomers(ctx, target, target.Qualified(), affected)
}

// view creates a view with its comments. Its query names tables without their
// catalog, so that it works whatever name the published file is opened under.
func (d *database) view(ctx context.Context, target schemas.StarTable, query string) error {
	create := "create or replace view " + target.Qualified() + " as\n" + trimStatement(query)
	return d.together(ctx, append([]string{create}, target.Comments()...))
}

// narrow points src.<entity> at the whole entity, or at its affected rows.
func (m model) narrow(ctx context.Context, db *database, scope Scope) error {
	view := "create or replace view src." + quote(m.entity) + " as select * from ods." + quote(m.schema) + "." + quote(m.entity)
	if scope == WhatChanged {
		if _, err := db.exec(ctx, "create or replace table src.affected as\n"+m.affected); err != nil {
			return fmt.Errorf("find affected rows: %w", err)
		}
		view += " semi join src.affected using (" + quote(m.key) + ")"
	}
	if _, err := db.exec(ctx, view); err != nil {
		return fmt.Errorf("narrow %s: %w", m.entity, err)
	}
	return nil
}

// rollback ends a failed transaction; COMMIT after a failed statement would
// report success.
func rollback(ctx context.Context, db *database, cause error) error {
	if _, err := db.exec(context.WithoutCancel(ctx), "rollback"); err != nil {
		return fmt.Errorf("%w (and rollback: %w)", cause, err)
	}
	return cause
}
