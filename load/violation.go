//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
)

// Violation is one broken rule of one quarantined row, as text.
type Violation struct {
	Feed, Object, File, Sheet, Row, Cell, Column, Rule, Reason string
	Value, Raw                                                 string // as delivered; may be personal
	Key                                                        string // the row's key, where its place tells nobody where to look; set by who shows it
}

// ViolationFilter says which broken rules are wanted; a zero value wants all.
type ViolationFilter struct {
	Feed, Rule string
	Run        int64 // the run that quarantined the row
	Open       bool  // not those that a later delivery settled
	Limit      int   // broken rules at most
}

// Place is where the row stands: FILE:ROW, FILE#SHEET!CELL or FILE#SHEET!ROW,
// with its key where that is set.
func (v Violation) Place() string {
	switch {
	case v.Cell != "":
		return fmt.Sprintf("%s#%s!%s", v.File, v.Sheet, v.Cell)
	case v.Sheet != "":
		return fmt.Sprintf("%s#%s!%s", v.File, v.Sheet, v.Row)
	case v.Key != "":
		return fmt.Sprintf("%s:%s (%s)", v.File, v.Row, v.Key)
	default:
		return v.File + ":" + v.Row
	}
}

// Violations lists broken rules in the order of feed, file and row.
func (d *database) Violations(ctx context.Context, f ViolationFilter) ([]Violation, error) {
	replaced, err := sqlFile(modelFiles, "models/37_src_replaced_file.sql")
	if err != nil {
		return nil, err
	}
	query, err := sqlFile(odsFiles, "ods/violations.sql", "{replaced}", replaced)
	if err != nil {
		return nil, err
	}
	if f.Limit == 0 {
		f.Limit = 1 << 40
	}
	rows, err := d.texts(ctx, query, f.Feed, f.Rule, f.Limit, f.Run, f.Open)
	if err != nil {
		return nil, fmt.Errorf("list quarantine: %w", err)
	}
	var found []Violation
	for _, c := range rows {
		found = append(found, Violation{Feed: c[0], Object: c[1], File: c[2], Sheet: c[3], Row: c[4], Cell: c[5], Column: c[6],
			Rule: c[7], Reason: c[8], Value: c[9], Raw: c[10]})
	}
	return found, nil
}
