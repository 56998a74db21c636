//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

//go:embed checks/*.sql checks/standing/*.sql
var checkFiles embed.FS

// Severities of a check.
const (
	SeverityError = "error" // stops the publish
	SeverityWarn  = "warn"  // is listed in main.about
)

// Check is one query that must return no row. It selects keys, never values
// that may be personal: its rows are shown and logged.
type Check struct {
	Name     string
	Question string
	Severity string // SeverityError or SeverityWarn
	Query    string
}

// Finding is a check that returned rows.
type Finding struct {
	Name     string
	Question string
	Severity string // SeverityError or SeverityWarn
	Rows     int64
	Sample   []string // first rows in order of their columns, as JSON objects
	NotRun   string   // why a published version could not be asked, "" = it was
}

// sampleSize is how many rows of a finding are kept as its sample.
const sampleSize = 5

// Checks returns the checks that ship with Loadstar, sorted by name.
func Checks() ([]Check, error) {
	names, err := fs.Glob(checkFiles, "checks/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list checks: %w", err)
	}
	sort.Strings(names)
	var all []Check
	for _, name := range names {
		text, err := checkFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		c, err := ParseCheck(name, text)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

var (
	questionHeader = regexp.MustCompile(`(?m)^-- Question: (.+)$`)
	severityHeader = regexp.MustCompile(`(?m)^-- Severity: (error|warn)$`)
)

// ParseCheck reads one check. file gives its name: its base without .sql.
func ParseCheck(file string, text []byte) (Check, error) {
	c := Check{Name: strings.TrimSuffix(path.Base(file), ".sql"), Query: string(text)}
	question := questionHeader.FindStringSubmatch(c.Query)
	if question == nil {
		return c, ownSQL(file, errors.New("the check lacks its question: begin it with -- Question: …"))
	}
	severity := severityHeader.FindStringSubmatch(c.Query)
	if severity == nil {
		return c, ownSQL(file, errors.New("the check lacks its severity: add -- Severity: error, or warn"))
	}
	if err := oneStatement(c.Query); err != nil {
		return c, ownSQL(file, err)
	}
	c.Question, c.Severity = question[1], severity[1]
	return c, nil
}

var (
	grainHeader   = regexp.MustCompile(`(?m)^-- Grain: (.+)$`)
	sourcesHeader = regexp.MustCompile(`(?m)^-- Sources: (.+)$`)
)

// grain is what one offending row stands for, "" where the check does not say.
func (c Check) grain() string { return firstGroup(grainHeader, c.Query) }

// sources are the tables it looks at, in words.
func (c Check) sources() string { return firstGroup(sourcesHeader, c.Query) }

func firstGroup(pattern *regexp.Regexp, text string) string {
	if m := pattern.FindStringSubmatch(text); m != nil {
		return strings.TrimSuffix(m[1], ".")
	}
	return ""
}

// readsODS tells whether a check needs the file that only stewards may read.
func (c Check) readsODS() bool { return strings.Contains(c.Query, "ods.") }

// Check runs checks on a published version or a copy of one, as a run does
// before it publishes. It returns all of them, sorted by name; what could not
// be run says why. It writes nothing.
func (r *Reader) Check(ctx context.Context, checks []Check) ([]Finding, error) {
	checks = slices.Clone(checks)
	sort.SliceStable(checks, func(i, j int) bool { return checks[i].Name < checks[j].Name })
	var findings []Finding
	for _, c := range checks {
		f := Finding{Name: c.Name, Question: c.Question, Severity: c.Severity}
		var err error
		if c.readsODS() && !r.HasODS {
			f.NotRun = "needs ods.duckdb, which is not beside the file or may not be read"
		} else if f, err = r.find(ctx, c, "temp table finding"); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			f.NotRun = firstLine(err.Error())
		}
		findings = append(findings, f)
	}
	return findings, nil
}

// Check runs the shipped checks and a project's own on a shaped build (step
// 8). It returns those that found rows, sorted by name, keeps every outcome
// in meta.check_result and brings main.about up to date. A shipped check that
// reads nothing that this build wrote to is not asked again: its outcome
// stands. A finding is no error: the caller decides by its severity.
func (b *Build) Check(ctx context.Context, own ...Check) ([]Finding, error) {
	checks, err := Checks()
	if err != nil {
		return nil, err
	}
	findings, err := b.standing(ctx)
	if err != nil {
		return nil, fmt.Errorf("read earlier results: %w", err)
	}
	var kept []string
	left := map[string]string{} // of each shipped check, by its query: one of the project may have its name
	for _, c := range checks {
		found := slices.ContainsFunc(findings, func(f Finding) bool { return f.Name == c.Name })
		if left[c.Query] = b.stale.asks(c, found); left[c.Query] == "" {
			kept = append(kept, c.Name)
			b.tell()
		}
	}
	isKept := func(name string) bool { return slices.Contains(kept, name) }
	findings = slices.DeleteFunc(findings, func(f Finding) bool { return !isKept(f.Name) })
	checks = append(slices.DeleteFunc(checks, func(c Check) bool { return isKept(c.Name) }), own...)
	sort.SliceStable(checks, func(i, j int) bool { return checks[i].Name < checks[j].Name })
	asked := make([]Finding, len(checks))
	if err := b.each(ctx, len(checks), func(ctx context.Context, db *database, i int) error {
		defer db.tell()
		if err := db.sparingly(ctx, func() (err error) {
			if query, shipped := left[checks[i].Query]; shipped {
				asked[i], err = db.ask(ctx, checks[i], query)
			} else {
				asked[i], err = db.askOwn(ctx, checks[i])
			}
			return err
		}); err != nil {
			return fmt.Errorf("check %s: %w", checks[i].Name, err)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	for _, f := range asked {
		if f.Rows > 0 {
			findings = append(findings, f)
		}
	}
	if err := b.keepOutcomes(ctx, kept, asked); err != nil {
		return nil, fmt.Errorf("keep outcomes: %w", err)
	}
	sort.SliceStable(findings, func(i, j int) bool { return findings[i].Name < findings[j].Name })
	return findings, b.refreshAbout(ctx)
}

// ask runs a check of which only left is to be asked, "" or its query = all.
// Where that finds rows the whole check is run, whose first part names the
// columns.
func (d *database) ask(ctx context.Context, c Check, left string) (Finding, error) {
	if left == "" || left == c.Query {
		return d.find(ctx, c, "table scratch.finding")
	}
	for some := range slices.Chunk(parts(left), partsAsked) {
		n, err := d.number(ctx, "select count(*) from (\n"+strings.Join(some, unionAll)+"\n)")
		if err != nil {
			return Finding{}, err
		}
		if n > 0 {
			return d.find(ctx, c, "table scratch.finding")
		}
	}
	return Finding{Name: c.Name, Question: c.Question, Severity: c.Severity}, nil
}

// askOwn runs a check of a project as it is run on a published version: its
// tables need not say that they are the warehouse's.
func (d *database) askOwn(ctx context.Context, c Check) (f Finding, err error) {
	if _, err := d.exec(ctx, "use warehouse"); err != nil {
		return f, err
	}
	defer func() {
		_, back := d.exec(context.WithoutCancel(ctx), d.home)
		err = errors.Join(err, back)
	}()
	return d.find(ctx, c, "temp table finding")
}

// partsAsked is how many parts of a check are asked at once: DuckDB builds the
// hash tables of all of them before it begins.
const partsAsked = 6

// keepOutcomes writes what the checks found, in place of all outcomes but those
// of the given names, which stand.
func (b *Build) keepOutcomes(ctx context.Context, standing []string, asked []Finding) error {
	listed := []string{"''"}
	for _, name := range standing {
		listed = append(listed, literal(name))
	}
	if _, err := b.exec(ctx, "delete from warehouse.meta.check_result where check_name not in ("+strings.Join(listed, ", ")+")"); err != nil {
		return err
	}
	if len(asked) == 0 {
		return nil
	}
	var rows []string
	var args []any
	for _, f := range asked {
		rows = append(rows, "(?, ?, ?, ?, ?, ?)")
		args = append(args, b.o.RunID, f.Name, f.Severity, f.Question, f.Rows, "["+strings.Join(f.Sample, ",")+"]")
	}
	_, err := b.exec(ctx, "insert into warehouse.meta.check_result (run_id, check_name, severity, question, row_count, sample) values "+
		strings.Join(rows, ", "), args...)
	return err
}

// standing are the findings of the version before.
func (b *Build) standing(ctx context.Context) ([]Finding, error) {
	query, err := checkFiles.ReadFile("checks/standing/findings.sql")
	if err != nil {
		return nil, err
	}
	rows, err := b.texts(ctx, string(query))
	if err != nil {
		return nil, err
	}
	var findings []Finding
	for _, row := range rows {
		f := Finding{Name: row[0], Question: row[1], Severity: row[2]}
		var sample []json.RawMessage
		if err := json.Unmarshal([]byte(row[4]), &sample); err != nil {
			return nil, err
		}
		for _, s := range sample {
			f.Sample = append(f.Sample, string(s))
		}
		if f.Rows, err = strconv.ParseInt(row[3], 10, 64); err != nil {
			return nil, err
		}
		findings = append(findings, f)
	}
	return findings, nil
}

// find runs a check and keeps what it returns in a table: "table scratch.finding"
// or "temp table finding".
func (d *database) find(ctx context.Context, c Check, into string) (Finding, error) {
	f := Finding{Name: c.Name, Question: c.Question, Severity: c.Severity}
	if err := oneStatement(c.Query); err != nil {
		return f, err
	}
	var err error
	if f.Rows, err = d.number(ctx, "create or replace "+into+" as\n"+trimStatement(c.Query)); err != nil || f.Rows == 0 {
		return f, err
	}
	_, name, _ := strings.Cut(into, "table ")
	rows, err := d.texts(ctx, "select cast(to_json(finding) as varchar) from "+name+" order by all limit $1", sampleSize)
	for _, row := range rows {
		f.Sample = append(f.Sample, row[0])
	}
	return f, err
}

// refreshAbout writes main.about again, now that the warnings are known.
func (b *Build) refreshAbout(ctx context.Context) error {
	models, err := readModels()
	if err != nil {
		return err
	}
	for _, m := range models {
		if m.table == "about" {
			if _, err := m.run(ctx, b.database, WhatChanged); err != nil {
				return fmt.Errorf("refresh about: %w", err)
			}
			return nil
		}
	}
	return errors.New("refresh about: no such mart")
}
