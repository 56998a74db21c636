package extract

import (
	"context"
	"embed"
	"errors"
	"fmt"
)

//go:embed catalog/*.sql
var catalogFiles embed.FS

// Tables lists the tables and views of a database, by name.
func Tables(ctx context.Context, driver, dsn string) (names []string, err error) {
	d, err := OpenDatabase(ctx, driver, dsn)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	text, err := catalogFiles.ReadFile("catalog/" + driver + "_tables.sql")
	if err != nil {
		return nil, fmt.Errorf("read catalog query: %w", err)
	}
	rows, err := d.tx.QueryContext(ctx, string(text))
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("list tables: %w", err)
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
