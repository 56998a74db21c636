//go:build duckdb_arrow

package load

import (
	"context"
	"strings"
)

// scopeOf is the SQL that tells whether row o of the ODS was last told by a file
// of the list that a delivery is the whole of: all rows of its feed, where the
// contract knows no partitions.
func (b *Build) scopeOf(ctx context.Context, d Delivery) (string, error) {
	if d.Partition == nil {
		return "true", nil
	}
	rows, err := b.conn.QueryContext(ctx, "select distinct path from warehouse.meta.delivery where feed_name = $1 order by path", d.Feed)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	list, paths := d.Partition.Of(d.Path), []string{literal(d.Path)}
	for rows.Next() {
		var path string
		if err := rows.Scan(&path); err != nil {
			return "", err
		}
		if path != d.Path && d.Partition.Of(path) == list {
			paths = append(paths, literal(path))
		}
	}
	files := "select file_key from warehouse.meta.delivery where feed_name = " + literal(d.Feed) + " and path in (" + strings.Join(paths, ", ") + ")"
	return "o.file_key in (" + files + ")", rows.Err()
}
