//go:build duckdb_arrow

package load

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"loadstar/schemas"
)

// Edge says that a stored column is computed from another one. Tables are
// named as people see them: main.fact_touch, meta.run, ods.order, idn.golden_value.
type Edge struct {
	Table, Column         string
	FromTable, FromColumn string
}

// origin is one stored column that a value comes from.
type origin struct{ table, column string }

type origins map[origin]bool

func (o origins) add(other origins) {
	for x := range other {
		o[x] = true
	}
}

// derived is one column of a query: where its value comes from and, where it
// is a whole row, the same for each field.
type derived struct {
	from   origins
	fields map[string]derived
}

// relation is what stands behind a name in a query.
type relation struct {
	names   []string // in order
	columns map[string]derived
	open    string // a table whose columns are not known: any is taken, "" = they are
}

func newRelation() relation { return relation{columns: map[string]derived{}} }

func (r *relation) put(name string, d derived) {
	if _, known := r.columns[name]; !known {
		r.names = append(r.names, name)
	}
	r.columns[name] = d
}

func (r relation) find(name string) (derived, bool) {
	d, ok := r.columns[name]
	if !ok && r.open != "" {
		return derived{from: origins{{r.open, name}: true}}, true
	}
	return d, ok
}

// row is the whole relation as one value.
func (r relation) row() derived {
	d := derived{from: origins{}, fields: r.columns}
	for _, c := range r.columns {
		d.from.add(c.from)
	}
	return d
}

// tracer follows the columns of queries back to stored columns, by what the
// queries say, not by what somebody wrote down about them.
type tracer struct {
	parse    func(query string) (any, error) // into DuckDB's syntax tree
	helpers  map[string]string               // query of each helper table of schema src
	narrowed map[string]string               // the table that each view of schema affected shows a part of
	entities map[string]relation             // of the ods
	stored   map[string]relation             // main.x, meta.x, idn.x
	traced   map[string]relation             // helpers that are done
	seen     map[string]bool                 // tables named so far, as they are written
	calls    map[string]bool                 // table functions called so far
}

func newTracer(ctx context.Context, db *database, models []model) (*tracer, error) {
	l := &tracer{helpers: map[string]string{}, narrowed: map[string]string{}, entities: map[string]relation{}, stored: map[string]relation{},
		traced: map[string]relation{}, seen: map[string]bool{}, calls: map[string]bool{}}
	l.parseWith(ctx, db)
	for _, m := range models {
		if name, ok := strings.CutPrefix(m.table, "src_"); ok {
			l.helpers[name] = m.query
		}
		for _, table := range m.narrowed {
			l.narrowed[table[strings.LastIndexByte(table, '.')+1:]] = table
		}
	}
	star, err := schemas.Star()
	if err != nil {
		return nil, err
	}
	for _, t := range star {
		name := t.Schema + "." + t.Name
		r := newRelation()
		for _, c := range t.Columns {
			r.put(c.Name, derived{from: origins{{name, c.Name}: true}})
		}
		l.stored[name] = r
	}
	entities, err := schemas.Entities()
	if err != nil {
		return nil, err
	}
	for _, e := range entities {
		r := newRelation()
		for _, c := range entityColumns(e) {
			r.put(c.name, derived{from: origins{{"ods." + e.Name, c.name}: true}})
		}
		l.entities[e.Name] = r
		l.entities[e.Name+versionSuffix] = r
	}
	return l, nil
}

// parseWith says which connection parses the queries.
func (l *tracer) parseWith(ctx context.Context, db *database) {
	l.parse = func(query string) (any, error) {
		rows, err := db.texts(ctx, "select cast(json_serialize_sql(cast($1 as varchar)) as varchar)", trimStatement(query))
		if err != nil {
			return nil, err
		}
		var tree struct {
			Error      bool   `json:"error"`
			Message    string `json:"error_message"`
			Statements []any  `json:"statements"`
		}
		if err := json.Unmarshal([]byte(rows[0][0]), &tree); err != nil {
			return nil, err
		}
		if tree.Error || len(tree.Statements) != 1 {
			return nil, fmt.Errorf("not one query: %s", tree.Message)
		}
		return at(tree.Statements[0], "node"), nil
	}
}

// trace follows the columns of one query.
func (l *tracer) trace(query string) (relation, error) {
	tree, err := l.parse(query)
	if err != nil {
		return relation{}, err
	}
	return l.query(tree, scope{})
}

// edges are the origins of a table's columns, in order of their names.
func (r relation) edges(table string) []Edge {
	var all []Edge
	for _, name := range r.names {
		for o := range r.columns[name].from {
			all = append(all, Edge{Table: table, Column: name, FromTable: o.table, FromColumn: o.column})
		}
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.Column != b.Column {
			return a.Column < b.Column
		}
		return a.FromTable+"."+a.FromColumn < b.FromTable+"."+b.FromColumn
	})
	return all
}

// table finds what a name in a query stands for.
func (l *tracer) table(catalog, schema, name string, s scope) (relation, error) {
	if catalog == "" && schema == "" {
		if r, ok := s.query(name); ok {
			return r, nil
		}
		schema = "main"
	}
	if table, ok := l.narrowed[name]; ok && schema == "affected" {
		parts := append([]string{""}, strings.Split(table, ".")...)
		n := len(parts)
		return l.table(parts[n-3], parts[n-2], parts[n-1], s)
	}
	if catalog == "warehouse" {
		l.seen["warehouse."+schema+"."+name] = true
	} else {
		l.seen[schema+"."+name] = true
	}
	switch {
	case schema == "src":
		return l.helper(name)
	case schema == "ods":
		if r, ok := l.entities[name]; ok {
			return r, nil
		}
	case schema == "warehouse":
		schema = "main"
	}
	if r, ok := l.stored[schema+"."+name]; ok {
		return r, nil
	}
	r := newRelation()
	r.open = schema + "." + name
	return r, nil
}

// helper follows a helper table of schema src into its own query.
func (l *tracer) helper(name string) (relation, error) {
	if r, ok := l.traced[name]; ok {
		return r, nil
	}
	query, ok := l.helpers[name]
	if !ok {
		r := newRelation()
		r.open = "setting." + name
		return r, nil
	}
	r, err := l.trace(query)
	if err != nil {
		return r, fmt.Errorf("trace src.%s: %w", name, err)
	}
	l.traced[name] = r
	return r, nil
}

// at goes down a syntax tree by the keys of its objects; nil where there is
// nothing.
func at(node any, keys ...string) any {
	for _, k := range keys {
		object, ok := node.(map[string]any)
		if !ok {
			return nil
		}
		node = object[k]
	}
	return node
}

func textAt(node any, keys ...string) string {
	text, ok := at(node, keys...).(string)
	if !ok {
		return ""
	}
	return text
}

func listAt(node any, keys ...string) []any {
	list, ok := at(node, keys...).([]any)
	if !ok {
		return nil
	}
	return list
}
