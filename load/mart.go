//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"loadstar/schemas"
)

// Mart is a view of a project's own: a query over the tables people see.
type Mart struct {
	Name     string // of the view in schema main
	Question string // what it answers; its comment
	Query    string
	Meanings map[string]string // comment by column
	columns  []string
}

var (
	martName   = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	columnNote = regexp.MustCompile(`(?m)^-- Column (\w+): (.+)$`)
)

// ParseMart reads one mart. file gives its name: its base without .sql. It
// begins with "-- Question: …", and may say "-- Column NAME: meaning".
func ParseMart(file string, text []byte) (Mart, error) {
	m := Mart{Name: strings.TrimSuffix(path.Base(file), ".sql"), Query: string(text), Meanings: map[string]string{}}
	if !martName.MatchString(m.Name) {
		return m, ownSQL(file, errors.New("the name of a mart becomes a view's: use lower-case letters, digits and _"))
	}
	question := questionHeader.FindStringSubmatch(m.Query)
	if question == nil {
		return m, ownSQL(file, errors.New("the mart lacks its question: begin it with -- Question: …"))
	}
	m.Question = question[1]
	for _, note := range columnNote.FindAllStringSubmatch(m.Query, -1) {
		m.Meanings[note[1]] = note[2]
	}
	if err := oneStatement(m.Query); err != nil {
		return m, ownSQL(file, err)
	}
	star, err := schemas.Star()
	if err != nil {
		return m, err
	}
	for _, t := range star {
		if t.Catalog == schemas.CatalogWarehouse && t.Name == m.Name {
			return m, ownSQL(file, errors.New("a table of the warehouse has this name already; choose another"))
		}
	}
	return m, nil
}

// described is the mart as the catalogue sees it.
func (m Mart) described() described {
	d := described{schema: "main", name: m.Name, comment: m.Question, isView: true}
	for _, name := range m.columns {
		meaning := m.Meanings[name]
		if meaning == "" {
			meaning = "not described by the project that added the mart"
		}
		d.columns = append(d.columns, column{name, "", meaning})
	}
	return d
}

// ownMarts makes the project's marts its only views beside the shipped ones.
func (d *database) ownMarts(ctx context.Context, l *tracer, marts []Mart) error {
	if err := d.dropOwnMarts(ctx); err != nil {
		return err
	}
	for i := range marts {
		m := &marts[i]
		if slices.ContainsFunc(marts[:i], func(other Mart) bool { return other.Name == m.Name }) {
			return fmt.Errorf("mart %s: another has this name already; choose another", m.Name)
		}
		if err := readable(l, *m); err != nil {
			return fmt.Errorf("mart %s: %w", m.Name, err)
		}
		view := schemas.StarTable{Catalog: schemas.CatalogWarehouse, Schema: "main", Name: m.Name, Comment: m.Question, View: true}
		if err := d.view(ctx, view, m.Query); err != nil {
			return fmt.Errorf("mart %s: %w", m.Name, err)
		}
		rows, err := d.texts(ctx, "select column_name from (describe "+view.Qualified()+")")
		if err != nil {
			return fmt.Errorf("mart %s: %w", m.Name, err)
		}
		for _, row := range rows {
			m.columns = append(m.columns, row[0])
			view.Columns = append(view.Columns, schemas.StarColumn{Name: row[0], Comment: m.Meanings[row[0]]})
		}
		if err := d.define(ctx, view.Comments()); err != nil {
			return fmt.Errorf("mart %s: %w", m.Name, err)
		}
	}
	return nil
}

func (d *database) dropOwnMarts(ctx context.Context) error {
	rows, err := d.texts(ctx, "select view_name from duckdb_views() where database_name = 'warehouse' and schema_name = 'main' and not internal")
	if err != nil {
		return fmt.Errorf("list views: %w", err)
	}
	for _, row := range rows {
		if t, err := schemas.StarTableNamed("main", row[0]); err == nil && t.View {
			continue
		}
		if _, err := d.exec(ctx, "drop view warehouse.main."+quote(row[0])); err != nil {
			return fmt.Errorf("drop earlier mart %s: %w", row[0], err)
		}
	}
	return nil
}

// pureTableFunctions compute from their arguments alone.
var pureTableFunctions = []string{"unnest", "range", "generate_series", "generate_subscripts", "json_each", "json_tree"}

// readable refuses a mart that would not work in the published file alone.
func readable(l *tracer, m Mart) error {
	l.seen, l.calls = map[string]bool{}, map[string]bool{}
	if _, err := l.trace(m.Query); err != nil {
		return err
	}
	for table := range l.seen {
		schema, name, _ := strings.Cut(table, ".")
		switch schema {
		case "main", "meta":
		case "warehouse":
			return fmt.Errorf("name %s without warehouse., so that the published file can be opened under any name", name)
		default:
			return fmt.Errorf("it reads %s, which is not in the published file: use the tables of schemas main and meta", table)
		}
	}
	for function := range l.calls {
		if !slices.Contains(pureTableFunctions, function) {
			return fmt.Errorf("it calls %s, which may read outside the published file, with the rights of whoever opens it: use the tables of schemas main and meta", function)
		}
	}
	return nil
}
