//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"
)

//go:embed checks/*.sql
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
		return c, fmt.Errorf("check %s lacks its question: begin it with -- Question: …", file)
	}
	severity := severityHeader.FindStringSubmatch(c.Query)
	if severity == nil {
		return c, fmt.Errorf("check %s lacks its severity: add -- Severity: error, or warn", file)
	}
	c.Question, c.Severity = question[1], severity[1]
	return c, nil
}

// Check runs the shipped checks and a project's own on a shaped build (step
// 8). It returns those that found rows, sorted by name, keeps every outcome
// in meta.check_result and brings main.about up to date. A finding is no
// error: the caller decides by its severity.
func (b *Build) Check(ctx context.Context, own ...Check) ([]Finding, error) {
	checks, err := Checks()
	if err != nil {
		return nil, err
	}
	checks = append(checks, own...)
	sort.SliceStable(checks, func(i, j int) bool { return checks[i].Name < checks[j].Name })
	if _, err := b.exec(ctx, "delete from warehouse.meta.check_result"); err != nil {
		return nil, fmt.Errorf("forget earlier results: %w", err)
	}
	var findings []Finding
	for _, c := range checks {
		f, err := b.check(ctx, c)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", c.Name, err)
		}
		if f.Rows > 0 {
			findings = append(findings, f)
		}
	}
	return findings, b.refreshAbout(ctx)
}

func (b *Build) check(ctx context.Context, c Check) (Finding, error) {
	f := Finding{Name: c.Name, Question: c.Question, Severity: c.Severity}
	query := strings.TrimSuffix(strings.TrimSpace(c.Query), ";")
	if _, err := b.exec(ctx, "create or replace table src.finding as\n"+query); err != nil {
		return f, err
	}
	var err error
	if f.Rows, err = b.number(ctx, "select count(*) from src.finding"); err != nil {
		return f, err
	}
	if f.Rows > 0 {
		rows, err := b.texts(ctx, "select cast(to_json(finding) as varchar) from src.finding order by all limit $1", sampleSize)
		if err != nil {
			return f, err
		}
		for _, row := range rows {
			f.Sample = append(f.Sample, row[0])
		}
	}
	_, err = b.exec(ctx, "insert into warehouse.meta.check_result by name select $1 as run_id, $2 as check_name, "+
		"$3 as severity, $4 as question, $5 as row_count, $6 as sample",
		b.o.RunID, f.Name, f.Severity, f.Question, f.Rows, "["+strings.Join(f.Sample, ",")+"]")
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
