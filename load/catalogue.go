//go:build duckdb_arrow

package load

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
)

// catalogueNotes is what the catalogue knows beside comments: seeds/catalogue.yaml.
type catalogueNotes struct {
	Tables   map[string]tableNote `yaml:"tables"` // by schema.table; schema.* is the rest of a schema
	Rules    map[string]string    `yaml:"rules"`  // process by name of the check
	Glossary []glossaryRow        `yaml:"glossary"`
}

type tableNote struct {
	Process  string `yaml:"process"`
	Question string `yaml:"question"`
}

type glossaryRow struct {
	Term    string `yaml:"term" json:"term"`
	Meaning string `yaml:"meaning" json:"meaning"`
}

type catalogueRow struct {
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Schema   string `json:"schema_name,omitempty"`
	Table    string `json:"table_name,omitempty"`
	Column   string `json:"column_name,omitempty"`
	Position int    `json:"position,omitempty"`
	Process  string `json:"process"`
	Meaning  string `json:"meaning"`
	Grain    string `json:"grain,omitempty"`
	Type     string `json:"data_type"`
	Unit     string `json:"unit,omitempty"`
	Sources  string `json:"source_columns,omitempty"`
	Question string `json:"example_question"`
}

type lineageRow struct {
	Table      string `json:"table_name"`
	Column     string `json:"column_name"`
	FromTable  string `json:"from_table"`
	FromColumn string `json:"from_column"`
}

// described is one table or view as the catalogue sees it.
type described struct {
	schema, name, comment string
	isView                bool
	columns               []column
}

// catalogue is gathered, then written in one piece.
type catalogue struct {
	notes   catalogueNotes
	sources map[string][]Edge // by schema.table.column
	Rows    []catalogueRow    `json:"catalogue"`
	Lineage []lineageRow      `json:"lineage"`
	Words   []glossaryRow     `json:"glossary"`
}

// write fills meta.catalogue, meta.lineage and meta.glossary from the traced
// models, the comments, the checks and seeds/catalogue.yaml.
func (c *catalogue) write(ctx context.Context, db *database, l *tracer, own []Mart, checks []Check) error {
	if err := readSeed("catalogue", &c.notes); err != nil {
		return err
	}
	c.Words = c.notes.Glossary
	for _, m := range own {
		if err := c.follow(l, "main."+m.Name, m.Query); err != nil {
			return err
		}
	}
	if err := c.matched(); err != nil {
		return err
	}
	tables, err := describedTables()
	if err != nil {
		return err
	}
	for _, m := range own {
		tables = append(tables, m.described())
	}
	for _, t := range tables {
		c.add(t)
	}
	for _, check := range checks {
		c.Rows = append(c.Rows, catalogueRow{Kind: "rule", Name: check.Name, Process: c.processOf(check.Name), Meaning: check.Question,
			Grain: check.grain(), Type: check.Severity, Sources: check.sources(), Question: check.Question})
	}
	text, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	query, err := seedFiles.ReadFile("seeds/catalogue.sql")
	if err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	for _, statement := range splitStatements(string(query)) {
		var args []any
		if usesParameter(statement) {
			args = append(args, string(text))
		}
		if _, err := db.exec(ctx, statement, args...); err != nil {
			return fmt.Errorf("write catalogue: %w", err)
		}
	}
	return nil
}

// trace follows every model.
func (c *catalogue) trace(l *tracer, models []model) error {
	c.sources = map[string][]Edge{}
	for _, m := range models {
		if m.isHelper() {
			continue
		}
		if err := c.follow(l, "main."+m.table, m.query); err != nil {
			return err
		}
	}
	return nil
}

// follow follows the columns of one table's query.
func (c *catalogue) follow(l *tracer, table, query string) error {
	r, err := l.trace(query)
	if err != nil {
		return fmt.Errorf("trace %s: %w", table, err)
	}
	for _, e := range r.edges(table) {
		c.sources[table+"."+e.Column] = append(c.sources[table+"."+e.Column], e)
		c.Lineage = append(c.Lineage, lineageRow{Table: table, Column: e.Column, FromTable: e.FromTable, FromColumn: e.FromColumn})
	}
	return nil
}

// matched adds the step that no query takes: matching makes golden records of
// the columns of ods.customer.
func (c *catalogue) matched() error {
	party, err := schemas.EntityNamed("customer")
	if err != nil {
		return err
	}
	golden, err := schemas.StarTableNamed("idn", "golden_customer")
	if err != nil {
		return err
	}
	for _, column := range golden.Columns {
		if _, ok := party.Field(column.Name); ok {
			c.Lineage = append(c.Lineage, lineageRow{Table: "idn.golden_customer", Column: column.Name, FromTable: "ods.customer", FromColumn: column.Name})
		}
	}
	return nil
}

// add describes one table and its columns.
func (c *catalogue) add(t described) {
	name := t.schema + "." + t.name
	note := c.noteOf(t)
	meaning, grain, _ := strings.Cut(t.comment, "Grain: ")
	kind := "table"
	switch {
	case strings.HasPrefix(t.name, "kpi_"):
		kind = "kpi"
	case t.isView:
		kind = "view"
	}
	if note.Question == "" {
		question, _, asks := strings.Cut(t.comment, "?")
		if note.Question = question + "?"; !asks {
			note.Question = "What is known of each " + strings.ReplaceAll(t.name, "_", " ") + "?"
		}
	}
	table := catalogueRow{Kind: kind, Name: name, Schema: t.schema, Table: t.name, Process: note.Process,
		Meaning: strings.TrimRight(meaning, " "), Grain: grain, Type: kind, Question: note.Question}
	var columns []catalogueRow
	money := "money in the company's currency"
	if slices.ContainsFunc(t.columns, func(c column) bool { return c.name == "currency_code" }) {
		money = "money in the row's currency_code, the company's where the row has none"
	}
	for i, column := range t.columns {
		var sources []string
		for _, e := range c.sources[name+"."+column.name] {
			sources = append(sources, e.FromTable+"."+e.FromColumn)
		}
		unit := unitOf(column.name, column.kind, money)
		columns = append(columns, catalogueRow{Kind: "column", Name: name + "." + column.name, Schema: t.schema, Table: t.name,
			Column: column.name, Position: i + 1, Process: note.Process, Meaning: column.comment, Type: column.kind,
			Unit: unit, Sources: strings.Join(sources, ", "), Question: questionOf(t.name, column.name, unit)})
	}
	if kind == "kpi" {
		ofFormula(&table, columns)
	}
	c.Rows = append(append(c.Rows, table), columns...)
}

// noteOf is what the seeds say of a table; of a schema where they say nothing
// of the table.
func (c *catalogue) noteOf(t described) tableNote {
	if n, ok := c.notes.Tables[t.schema+"."+t.name]; ok {
		return n
	}
	if n, ok := c.notes.Tables[t.schema+".*"]; ok {
		return n
	}
	return tableNote{Process: "the project's own"} // a mart that the seeds cannot know
}

func (c *catalogue) processOf(rule string) string {
	if p, ok := c.notes.Rules[rule]; ok {
		return p
	}
	return c.notes.Rules["*"]
}

// describedTables are the tables and views of a version, in order of schema
// and name: the star, then the entities of the ods.
func describedTables() ([]described, error) {
	star, err := schemas.Star()
	if err != nil {
		return nil, err
	}
	var all []described
	for _, t := range star {
		d := described{schema: t.Schema, name: t.Name, comment: t.Comment, isView: t.View}
		for _, c := range t.Columns {
			d.columns = append(d.columns, column{c.Name, c.Type, c.Comment})
		}
		all = append(all, d)
	}
	entities, err := schemas.Entities()
	if err != nil {
		return nil, err
	}
	for _, e := range entities {
		all = append(all, described{schema: "ods", name: e.Name, comment: e.Meaning + ". Grain: " + e.Grain, columns: entityColumns(e)})
	}
	return all, nil
}
