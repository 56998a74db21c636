//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// What a helper table changes with, where its query does not tell: "nothing"
// is said of one whose rows each follow from their key and the settings alone
// (the day of a moment, the stage of a word), "everything" of one that lists
// whatever others mention.
var changesHeader = regexp.MustCompile(`(?m)^-- Changes with: (nothing|everything)$`)

// Tables without which a model has no row, whatever the others hold.
var rowsHeader = regexp.MustCompile(`(?m)^-- Rows from: (.+)$`)

// staleness decides what a run that adds to a version must make or ask again:
// what reads a table that this build wrote to, directly or through helper tables and views.
type staleness struct {
	database     *database
	sameSettings bool             // as the version before
	isFresh      bool             // there is no version before: what this build wrote is all there is
	models       map[string]model // by the name of their table, see reads.go
	decided      map[string]bool  // helpers and views
	last         map[string]int64 // last rowid of each table of the warehouse before Shape
}

func newStaleness(db *database, models []model, sameSettings bool) *staleness {
	s := &staleness{database: db, sameSettings: sameSettings, models: map[string]model{}, decided: map[string]bool{}}
	for _, m := range models {
		s.models[m.name()] = m
	}
	return s
}

// isStale tells whether a model may have other rows than in the version
// before. All models before it must be made.
func (s *staleness) isStale(m model) bool {
	if !s.sameSettings {
		return true
	}
	switch m.changes {
	case "nothing":
		return false
	case "everything":
		return s.database.isAnyWritten()
	}
	return s.anyStale(m.reads)
}

func (s *staleness) anyStale(tables []string) bool {
	for _, table := range tables {
		if s.isTableStale(table) {
			return true
		}
	}
	return false
}

func (s *staleness) isTableStale(table string) bool {
	if m, ok := s.models[table]; ok && m.isDerived() {
		stale, known := s.decided[table]
		if !known {
			stale = s.isStale(m)
			s.decided[table] = stale
		}
		return stale
	}
	switch {
	case table == "src.moment" || table == "src.selection": // other ones in each run
		return true
	case strings.HasPrefix(table, "src."): // settings, see seeds
		return !s.sameSettings
	default:
		return s.database.isWritten(table)
	}
}

// isEmpty tells whether a model has no row because the tables that its rows
// come from have none.
func (s *staleness) isEmpty(ctx context.Context, db *database, m model) (bool, error) {
	for _, table := range m.rowsFrom {
		empty, err := s.isTableEmpty(ctx, db, table)
		if err != nil || !empty {
			return false, err
		}
	}
	return len(m.rowsFrom) > 0, nil
}

// isTableEmpty is false for a helper table that does not tell where its rows
// come from.
func (s *staleness) isTableEmpty(ctx context.Context, db *database, table string) (bool, error) {
	if m, ok := s.models[table]; ok && m.isDerived() {
		return s.isEmpty(ctx, db, m)
	}
	if s.isFresh && !strings.HasPrefix(table, "src.") {
		return !s.database.isWritten(table), nil
	}
	n, err := db.number(ctx, "select count(*) from (from "+quoteTable(table)+" limit 1)")
	if err != nil {
		return false, fmt.Errorf("look for rows of %s: %w", table, err)
	}
	return n == 0, nil
}

// isUnneeded tells whether a table of the version is as it should be already:
// nothing that it is made of changed, or it has no row and gets none.
func (s *staleness) isUnneeded(ctx context.Context, db *database, m model, scope Scope) (bool, error) {
	if scope == WhatChanged && !s.isStale(m) {
		return true, nil
	}
	empty, err := s.isTableEmpty(ctx, db, m.name())
	if err != nil || !empty {
		return false, err
	}
	return s.isEmpty(ctx, db, m)
}

// parts cuts a query at the top level's "union all", which stands between empty
// lines; one that begins with a subquery is one part.
func parts(query string) []string {
	if subquery.MatchString(query) {
		return []string{query}
	}
	return strings.Split(query, unionAll)
}

const unionAll = "\n\nunion all\n\n"

var subquery = regexp.MustCompile(`(?m)^with `)

// asks is what is left to ask of a check: the parts that read a stale table,
// of what changed alone where that is enough; all of it where it found rows the
// last time; "" where its outcome stands. In a fresh build no key of a table
// without rows is looked up.
func (s *staleness) asks(c Check, found bool) string {
	if s.isFresh {
		return s.filledParts(c.Query)
	}
	if !s.sameSettings {
		return c.Query
	}
	var stale []string
	all := parts(c.Query)
	for _, part := range all {
		if s.anyStale(readTables(part)) {
			stale = append(stale, s.narrowed(part))
		}
	}
	if found && len(stale) > 0 {
		stale = all
	}
	return strings.Join(stale, unionAll)
}

// filledParts leaves the parts out that look up keys of a table that a fresh
// build wrote nothing to. The first part stays: it names the columns.
func (s *staleness) filledParts(query string) string {
	all := parts(query)
	left := all[:1]
	for _, part := range all[1:] {
		m := named(keyLookup, strings.TrimRight(part, "\n"))
		if m == nil || s.database.isWritten(m["from"]) {
			left = append(left, part)
		}
	}
	return strings.Join(left, unionAll)
}

// noteLastRows keeps where the rows of each table of the warehouse end now:
// what a build adds comes behind.
func (s *staleness) noteLastRows(ctx context.Context) error {
	var ends []string
	for _, m := range s.models {
		if !m.isDerived() {
			ends = append(ends, "select "+literal(m.table)+", coalesce(max(rowid), -1) from warehouse."+quote(m.table))
		}
	}
	sort.Strings(ends)
	rows, err := s.database.texts(ctx, strings.Join(ends, " union all "))
	if err != nil {
		return fmt.Errorf("find the last rows: %w", err)
	}
	s.last = map[string]int64{}
	for _, row := range rows {
		if s.last[row[0]], err = strconv.ParseInt(row[1], 10, 64); err != nil {
			return fmt.Errorf("find the last rows: %w", err)
		}
	}
	return nil
}
