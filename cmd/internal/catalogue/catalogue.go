// Package catalogue writes what a version of the warehouse knows about itself
// as pages for people: tables, columns, KPIs, rules, lineage, freshness and a
// tutorial. It asks through a function it is given and opens nothing itself.
package catalogue

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed queries/*.sql tutorial.yaml
var files embed.FS

// Ask answers one query about the version; NULL is "".
type Ask func(query string) (columns []string, rows [][]string, err error)

// Site is everything the pages show.
type Site struct {
	AsOf, TimeZone, Currency, Run, Feeds, Deliveries, Quarantined, LateFeeds string

	Fresh    []Feed
	Checks   []Check
	Tables   []*Table // of schemas main, meta, idn, quarantine and ods
	Rules    []Entry
	Glossary []Term
	Tutorial []Lesson
	Bus      Bus
}

// Feed is one feed and how fresh it is.
type Feed struct{ Name, System, Meaning, Last, Deliveries, Promise string }

// Check is the outcome of one check of the last run.
type Check struct{ Name, Severity, Question, Rows string }

// Found tells whether the check returned rows.
func (c Check) Found() bool { return c.Rows != "0" }

// Entry is one row of the catalogue.
type Entry struct {
	Kind, Name, Schema, Table, Column, Process, Meaning, Grain, Type, Unit, Question string
}

// Table is a table or view with its columns.
type Table struct {
	Entry
	Columns []Column
}

// Column is a column with the way its values took.
type Column struct {
	Entry
	From      []string // columns it is computed from, one step back
	Delivered []string // delivered columns at the beginning of the way
}

// Term is a word of the glossary.
type Term struct{ Term, Meaning string }

// Lesson is one question of the tutorial with the answer of this version.
type Lesson struct {
	For      string `yaml:"for"` // sales or marketing
	Question string `yaml:"question"`
	Read     string `yaml:"read"` // how to read the answer
	SQL      string `yaml:"sql"`
	Columns  []string
	Rows     [][]string
}

// Read gathers the site of one version.
func Read(ask Ask) (Site, error) {
	var s Site
	about, err := rows(ask, "about")
	if err != nil {
		return s, err
	}
	if len(about) != 1 {
		return s, fmt.Errorf("read catalogue: main.about has %d rows, expected one", len(about))
	}
	a := about[0]
	s.AsOf, s.TimeZone, s.Currency, s.Run, s.Feeds, s.Deliveries, s.Quarantined, s.LateFeeds = a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]
	for _, part := range []struct {
		query string
		take  func(r []string)
	}{
		{"feeds", func(r []string) { s.Fresh = append(s.Fresh, Feed{r[0], r[1], r[2], r[3], r[4], r[5]}) }},
		{"checks", func(r []string) { s.Checks = append(s.Checks, Check{r[0], r[1], r[2], r[3]}) }},
		{"glossary", func(r []string) { s.Glossary = append(s.Glossary, Term{r[0], r[1]}) }},
		{"catalogue", s.entry},
	} {
		found, err := rows(ask, part.query)
		if err != nil {
			return s, err
		}
		for _, r := range found {
			part.take(r)
		}
	}
	if err := s.lineage(ask); err != nil {
		return s, err
	}
	s.Bus = busOf(s.Tables)
	return s, s.tutorial(ask)
}

func rows(ask Ask, name string) ([][]string, error) {
	query, err := files.ReadFile("queries/" + name + ".sql")
	if err != nil {
		return nil, fmt.Errorf("read query %s: %w", name, err)
	}
	_, found, err := ask(string(query))
	if err != nil {
		return nil, fmt.Errorf("read catalogue (%s): %w; a version of an earlier release has none, build it anew with `loadstar run --full`", name, err)
	}
	return found, nil
}

func (s *Site) entry(r []string) {
	e := Entry{r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10]}
	switch e.Kind {
	case "rule":
		s.Rules = append(s.Rules, e)
	case "column":
		if n := len(s.Tables); n > 0 && s.Tables[n-1].Schema == e.Schema && s.Tables[n-1].Table == e.Table {
			s.Tables[n-1].Columns = append(s.Tables[n-1].Columns, Column{Entry: e})
		}
	default:
		s.Tables = append(s.Tables, &Table{Entry: e})
	}
}

// lineage follows each column one step back, and to its beginning.
func (s *Site) lineage(ask Ask) error {
	found, err := rows(ask, "lineage")
	if err != nil {
		return err
	}
	from := map[string][]string{}
	for _, r := range found {
		to := r[0] + "." + r[1]
		from[to] = append(from[to], r[2]+"."+r[3])
	}
	stored := map[string]bool{}
	for _, t := range s.Tables {
		stored[t.Schema+"."+t.Table] = true
	}
	for _, t := range s.Tables {
		for i := range t.Columns {
			c := &t.Columns[i]
			c.From = from[c.Name]
			c.Delivered = beginnings(c.Name, from, stored)
		}
	}
	return nil
}

// has tells whether a column, named with its schema and table, stands on the
// page; delivered columns and settings do not.
func (s Site) has(column string) bool {
	return slices.ContainsFunc(s.Tables, func(t *Table) bool {
		return strings.HasPrefix(column, t.Schema+"."+t.Table+".") &&
			slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Name == column })
	})
}

// beginnings are the delivered columns that a column comes from, in order.
func beginnings(name string, from map[string][]string, stored map[string]bool) []string {
	var out []string
	seen := map[string]bool{name: true}
	for queue := []string{name}; len(queue) > 0; queue = queue[1:] {
		for _, f := range from[queue[0]] {
			if seen[f] {
				continue
			}
			seen[f] = true
			parts := strings.SplitN(f, ".", 3)
			if len(parts) == 3 && parts[0] != "setting" && !stored[parts[0]+"."+parts[1]] {
				out = append(out, f)
				continue
			}
			queue = append(queue, f)
		}
	}
	slices.Sort(out)
	return out
}

// answerRows is how many rows of an answer the tutorial shows.
const answerRows = 15

func (s *Site) tutorial(ask Ask) error {
	text, err := files.ReadFile("tutorial.yaml")
	if err != nil {
		return fmt.Errorf("read tutorial: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(text, &s.Tutorial, yaml.Strict()); err != nil {
		return fmt.Errorf("read tutorial: %w", err)
	}
	for i := range s.Tutorial {
		l := &s.Tutorial[i]
		if l.Columns, l.Rows, err = ask(l.SQL); err != nil {
			return fmt.Errorf("answer %q: %w", l.Question, err)
		}
		if len(l.Rows) > answerRows {
			l.Rows = l.Rows[:answerRows]
		}
	}
	// What this warehouse answers comes first.
	answered := func(l Lesson) int { return min(len(l.Rows), 1) }
	slices.SortStableFunc(s.Tutorial, func(a, b Lesson) int { return answered(b) - answered(a) })
	return nil
}

// Of are the tables of a schema.
func (s Site) Of(schema string) []*Table {
	var out []*Table
	for _, t := range s.Tables {
		if t.Schema == schema {
			out = append(out, t)
		}
	}
	return out
}

// KPIs are the tables and views that answer one leading question each.
func (s Site) KPIs() []*Table {
	var out []*Table
	for _, t := range s.Tables {
		if t.Kind == "kpi" {
			out = append(out, t)
		}
	}
	return out
}

// Found is the number of checks that returned rows.
func (s Site) Found() int {
	n := 0
	for _, c := range s.Checks {
		if c.Found() {
			n++
		}
	}
	return n
}
