package schemas

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strings"
	"sync"

	"loadstar/schemas/fault"
)

//go:embed star/*.sql
var starFiles embed.FS

// The catalogs of a version, as they are named while it is built.
const (
	CatalogWarehouse = "warehouse" // warehouse.duckdb: schemas main and meta
	CatalogODS       = "ods"       // ods.duckdb: canonical entities in main, idn, quarantine
)

// StarTable is one table of the published warehouse whose columns are fixed
// (everything but the entities' tables of the ODS), read from star/*.sql.
type StarTable struct {
	Catalog string // CatalogWarehouse or CatalogODS
	Schema  string // main, meta, idn, quarantine
	Name    string
	Comment string
	View    bool // a query over the other tables of its file, see load/marts
	Columns []StarColumn
}

// StarColumn is one column of a StarTable.
type StarColumn struct {
	Name    string
	Type    string // DuckDB type, lower case
	Comment string
	Digest  bool // false for lineage, run, timing and allocated keys, marked "-- digest: false"
}

// Qualified is the quoted name catalog.schema.table.
func (t StarTable) Qualified() string {
	return quoteName(t.Catalog) + "." + quoteName(t.Schema) + "." + quoteName(t.Name)
}

// DDL returns the statements that create a table with its comments. The
// table's catalog must be attached under its name and hold its schema.
func (t StarTable) DDL() []string {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = "    " + quoteName(c.Name) + " " + c.Type
	}
	return append([]string{"create table " + t.Qualified() + " (\n" + strings.Join(columns, ",\n") + "\n)"}, t.Comments()...)
}

// Comments returns the statements that say what the table or view and its
// columns mean.
func (t StarTable) Comments() []string {
	kind := "table "
	if t.View {
		kind = "view "
	}
	statements := []string{"comment on " + kind + t.Qualified() + " is " + quoteText(t.Comment)}
	for _, c := range t.Columns {
		statements = append(statements, "comment on column "+t.Qualified()+"."+quoteName(c.Name)+" is "+quoteText(c.Comment))
	}
	return statements
}

// Star returns the tables of the warehouse, sorted by catalog, schema and
// name. The slice and what it points to are shared: callers must not change
// them.
func Star() ([]StarTable, error) { return loadStar() }

// StarTableNamed returns one table of the warehouse.
func StarTableNamed(schema, name string) (StarTable, error) {
	all, err := Star()
	if err != nil {
		return StarTable{}, err
	}
	for _, t := range all {
		if t.Schema == schema && t.Name == name {
			return t, nil
		}
	}
	var names []string
	for _, t := range all {
		if t.Schema == schema {
			names = append(names, t.Name)
		}
	}
	return StarTable{}, fmt.Errorf("the star has no table %s.%s; %s", schema, name, fault.DidYouMean(name, names))
}

var loadStar = sync.OnceValues(func() ([]StarTable, error) {
	names, err := fs.Glob(starFiles, "star/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list star: %w", err)
	}
	var all []StarTable
	for _, name := range names {
		text, err := starFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		tables, err := parseStar(string(text))
		if err != nil {
			return nil, fmt.Errorf("parse %s: %w", name, err)
		}
		all = append(all, tables...)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Qualified() < all[j].Qualified() })
	return all, nil
})

var (
	createLine  = regexp.MustCompile(`^create (table|view) (\w+)\.(\w+) \($`)
	columnLine  = regexp.MustCompile(`^    (\w+) ((?:[a-z0-9]+(?:\(\d+, \d+\))?|struct\(\w+ [a-z0-9]+(?:, \w+ [a-z0-9]+)*\))(?:\[\])?),?( -- digest: false)?$`)
	commentLine = regexp.MustCompile(`^comment on (table|view|column) (\w+)\.(\w+)(?:\.(\w+))? is '((?:[^']|'')*)';$`)
)

// parseStar reads the narrow form of SQL that star/*.sql keeps to: one column
// a line, one comment a line.
func parseStar(text string) ([]StarTable, error) {
	var tables []StarTable
	for i, line := range strings.Split(text, "\n") {
		err := error(nil)
		switch {
		case line == "" || line == ");" || strings.HasPrefix(line, "-- "):
		case createLine.MatchString(line):
			m := createLine.FindStringSubmatch(line)
			tables = append(tables, StarTable{Catalog: catalogOf(m[2]), Schema: m[2], Name: m[3], View: m[1] == "view"})
		case columnLine.MatchString(line) && len(tables) > 0:
			m := columnLine.FindStringSubmatch(line)
			t := &tables[len(tables)-1]
			t.Columns = append(t.Columns, StarColumn{Name: m[1], Type: m[2], Digest: m[3] == ""})
		case commentLine.MatchString(line):
			err = setComment(tables, commentLine.FindStringSubmatch(line))
		default:
			err = fmt.Errorf("not a column, a comment or the start of a table")
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return tables, nil
}

func setComment(tables []StarTable, m []string) error {
	comment := strings.ReplaceAll(m[5], "''", "'")
	for i := range tables {
		if tables[i].Schema != m[2] || tables[i].Name != m[3] {
			continue
		}
		if m[1] != "column" {
			tables[i].Comment = comment
			return nil
		}
		for j := range tables[i].Columns {
			if tables[i].Columns[j].Name == m[4] {
				tables[i].Columns[j].Comment = comment
				return nil
			}
		}
	}
	return fmt.Errorf("comment on unknown %s %s.%s.%s", m[1], m[2], m[3], m[4])
}

func catalogOf(schema string) string {
	if schema == "main" || schema == "meta" {
		return CatalogWarehouse
	}
	return CatalogODS
}

func quoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quoteText(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
