//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"loadstar/schemas"
)

//go:embed models/*.sql marts/*.sql
var modelFiles embed.FS

// model is one .sql file: a select whose columns have the names of its
// table's columns. Files are named NN_table.sql and run in that order.
type model struct {
	table     string // "src_x" = helper table src.x of the stage database, else a table of the warehouse
	query     string
	key       string   // delta models: column that names the affected rows, "" = no delta model
	narrowed  []string // delta models: tables that it reads only the affected rows of, as affected.<name>
	nobody    bool     // delta models: -1, which stands for no row of the first of them, is a key too
	affected  string   // delta models: query of the affected keys
	compared  []string // delta models: helper tables whose rows tell the affected keys, see inputs.go
	wholeWith []string // of these: tables that all keys hang on
	partSize  int64    // delta models: rows of the first of them that the whole model is made of at a time, 0 = all
	changes   string   // "nothing", "everything", or "" = with what it reads
	reads     []string // tables it may read, see readTables
	rowsFrom  []string // tables without which it has no row; none = not told
}

// name is the model's table as reads.go names it.
func (m model) name() string {
	if helper, ok := strings.CutPrefix(m.table, "src_"); ok {
		return "src." + helper
	}
	return "warehouse." + m.table
}

// isHelper tells whether the model is a helper table of schema src.
func (m model) isHelper() bool { return strings.HasPrefix(m.table, "src_") }

// isDerived tells whether the model's table holds no rows of its own from one
// version to the next: a helper table, or a view.
func (m model) isDerived() bool {
	if m.isHelper() {
		return true
	}
	t, err := schemas.StarTableNamed("main", m.table)
	return err == nil && t.View
}

var (
	modelName      = regexp.MustCompile(`^(?:models|marts)/\d+_(\w+)\.sql$`)
	partsHeader    = regexp.MustCompile(`(?m)^-- Parts: (\d+)$`)
	comparedHeader = regexp.MustCompile(`(?m)^-- Compared: (.+)$`)
	wholeHeader    = regexp.MustCompile(`(?m)^-- Whole with: (.+)$`)
	deltaHeader    = regexp.MustCompile(`(?m)^-- Delta: (\w+) of ([\w., ]+?)( and -1)?$`)
)

const affectedSuffix = ".affected.sql"

// readModels returns the models in the order they run. The slice and what it
// points to are shared: callers must not change them.
func readModels() ([]model, error) { return loadModels() }

var loadModels = sync.OnceValues(func() ([]model, error) {
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
})

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
		m.key, m.narrowed, m.nobody = delta[1], strings.Split(delta[2], ", "), delta[3] != ""
		m.compared, m.wholeWith = listed(comparedHeader, m.query), listed(wholeHeader, m.query)
		affected, err := modelFiles.ReadFile(strings.TrimSuffix(name, ".sql") + affectedSuffix)
		switch {
		case err == nil:
			m.affected = string(affected)
		case len(m.compared) > 0 && errors.Is(err, fs.ErrNotExist):
			m.affected = "select distinct key as " + quote(m.key) + " from scratch.other_input"
		default:
			return model{}, fmt.Errorf("read affected set of model %s: %w", name, err)
		}
		if size := firstGroup(partsHeader, m.query); size != "" {
			if m.partSize, err = strconv.ParseInt(size, 10, 64); err != nil {
				return model{}, fmt.Errorf("parts of model %s: %w", name, err)
			}
		}
	}
	for _, tables := range rowsHeader.FindAllStringSubmatch(m.query, -1) {
		m.rowsFrom = append(m.rowsFrom, strings.Split(tables[1], ", ")...)
	}
	m.changes = firstGroup(changesHeader, m.query)
	m.reads = readTables(m.query + "\n" + m.affected)
	for _, table := range slices.Concat(m.narrowed, m.compared, m.wholeWith) {
		if !slices.Contains(m.reads, table) {
			m.reads = append(m.reads, table)
		}
	}
	return m, nil
}

// listed are the tables that a header of a model names.
func listed(header *regexp.Regexp, query string) []string {
	if names := firstGroup(header, query); names != "" {
		return strings.Split(names, ", ")
	}
	return nil
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
	if len(m.compared)+len(m.wholeWith) == 0 {
		return m.fill(ctx, db, target, scope)
	}
	isWhole, err := m.compareInputs(ctx, db)
	if err != nil {
		return 0, err
	}
	if isWhole && scope == WhatChanged {
		scope = Differences
	}
	rows, err := m.fill(ctx, db, target, scope)
	if err != nil {
		return 0, err
	}
	return rows, m.keepInputs(ctx, db)
}

// fill gives the model's table its rows.
func (m model) fill(ctx context.Context, db *database, target schemas.StarTable, scope Scope) (int64, error) {
	if scope == Everything && m.partSize > 0 {
		values, err := db.number(ctx, "select count(*) from "+quoteTable(m.narrowed[0]))
		if err != nil {
			return 0, fmt.Errorf("count keys: %w", err)
		}
		if parts := values/m.partSize + 1; parts > 1 {
			return m.rewriteInParts(ctx, db, target, parts)
		}
	}
	affected, err := m.narrow(ctx, db, scope)
	switch {
	case err != nil:
		return 0, err
	case scope == Everything:
		return db.rewrite(ctx, "delete from "+target.Qualified(), "insert into "+target.Qualified()+" by name\n"+m.query)
	case scope == Differences || m.key == "":
		return m.refresh(ctx, db, target, "true")
	case affected == 0:
		return 0, nil
	default:
		return m.refresh(ctx, db, target, quote(m.key)+" in (select "+quote(m.key)+" from affected.key)")
	}
}

// view creates a view with its comments. Its query names tables without their
// catalog, so that it works whatever name the published file is opened under.
func (d *database) view(ctx context.Context, target schemas.StarTable, query string) error {
	create := "create or replace view " + target.Qualified() + " as\n" + trimStatement(query)
	return d.define(ctx, append([]string{create}, target.Comments()...))
}

// narrow points the views of schema affected at the whole of the tables that
// drive the model, or at their affected rows, and returns the number of keys.
func (m model) narrow(ctx context.Context, db *database, scope Scope) (affected int64, err error) {
	if scope != WhatChanged || m.key == "" {
		return 0, m.show(ctx, db, false)
	}
	_, err = db.exec(ctx, "create or replace table affected.key as\n"+m.affected)
	if err == nil {
		affected, err = db.number(ctx, "select count(*) from affected.key")
	}
	if err != nil {
		return 0, fmt.Errorf("find affected rows: %w", err)
	}
	return affected, m.show(ctx, db, true)
}

// rewriteInParts makes the model for a part of its keys at a time: for all of
// them together it would take too much memory.
func (m model) rewriteInParts(ctx context.Context, db *database, target schemas.StarTable, parts int64) (rows int64, err error) {
	key, from := quote(m.key), quoteTable(m.narrowed[0])
	for part := range parts {
		keys := fmt.Sprintf("create or replace table affected.key as select distinct %s from %s where abs(%s) %% %d = %d", key, from, key, parts, part)
		remove := "delete from " + target.Qualified() + " where false"
		if part == 0 {
			keys += " union select -1"
			remove = "delete from " + target.Qualified()
		}
		if _, err := db.exec(ctx, keys); err != nil {
			return 0, fmt.Errorf("part %d of %d: %w", part+1, parts, err)
		}
		if err := m.show(ctx, db, true); err != nil {
			return 0, err
		}
		n, err := db.rewrite(ctx, remove, "insert into "+target.Qualified()+" by name\n"+m.query)
		if err != nil {
			return 0, fmt.Errorf("part %d of %d: %w", part+1, parts, err)
		}
		rows += n
	}
	return rows, nil
}

// show creates the views of schema affected: of the whole tables, or of their
// rows with a key in affected.key.
func (m model) show(ctx context.Context, db *database, isPart bool) error {
	for i, table := range m.narrowed {
		view := "create or replace view affected." + quote(table[strings.LastIndexByte(table, '.')+1:]) + " as select * from " + quoteTable(inStage(table))
		if isPart {
			view += " semi join affected.key using (" + quote(m.key) + ")"
		}
		if m.nobody && i == 0 {
			view += " union all by name select cast(-1 as bigint) as " + quote(m.key)
			if isPart {
				view += " where -1 in (select " + quote(m.key) + " from affected.key)"
			}
		}
		if _, err := db.exec(ctx, view); err != nil {
			return fmt.Errorf("narrow %s: %w", table, err)
		}
	}
	return nil
}

// inStage names a table of the stage database with its catalog: a view looks for
// what it names in the catalog that it stands in itself, which a lane has alone.
func inStage(table string) string {
	if strings.HasPrefix(table, "src.") || strings.HasPrefix(table, "changed.") {
		return "stage." + table
	}
	return table
}

// quoteTable quotes each part of a table's name.
func quoteTable(table string) string {
	parts := strings.Split(table, ".")
	for i, part := range parts {
		parts[i] = quote(part)
	}
	return strings.Join(parts, ".")
}

// rollback ends a failed transaction; COMMIT after a failed statement would
// report success.
func rollback(ctx context.Context, db *database, cause error) error {
	if _, err := db.exec(context.WithoutCancel(ctx), "rollback"); err != nil {
		return fmt.Errorf("%w (and rollback: %w)", cause, err)
	}
	return cause
}
