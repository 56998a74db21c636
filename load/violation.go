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
}

// Violations lists broken rules of a feed and rule ("" = all), at most limit
// (0 = all), in the order of feed, file and row.
func (r *Reader) Violations(ctx context.Context, feed, rule string, limit int) ([]Violation, error) {
	query, err := sqlFile(odsFiles, "ods/violations.sql")
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = 1 << 40
	}
	rows, err := r.texts(ctx, query, feed, rule, limit)
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
