package extract

import (
	"context"
	"errors"
	"fmt"
)

// Tables lists the tables and views of a database, by name; those of another
// schema than the connection's own with theirs before them.
func Tables(ctx context.Context, driver, dsn string) ([]string, error) {
	return TablesOf(ctx, Pull{Driver: driver, DSN: dsn})
}

// TablesOf is Tables of a connection with a password or a time-out of its own.
func TablesOf(ctx context.Context, p Pull) (names []string, err error) {
	dialect, err := dialectOf(p.Driver)
	if err != nil {
		return nil, err
	}
	d := &database{dialect: dialect, pull: p}
	if d.snapshot, err = dialect.open(ctx, p); err != nil {
		return nil, d.refuse(ctx, "connect", err)
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if names, err = d.tables(ctx); err != nil {
		return nil, d.refuse(ctx, "list tables", err)
	}
	return names, nil
}

func (d *database) tables(ctx context.Context) ([]string, error) {
	text, err := catalogFiles.ReadFile("catalog/" + d.name + "_tables.sql")
	if err != nil {
		return nil, fmt.Errorf("read catalog query: %w", err)
	}
	rows, err := d.texts(ctx, string(text))
	if err != nil {
		return nil, err
	}
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = row[0]
	}
	return names, nil
}

// Probe is what a look at a source found.
type Probe struct {
	Columns int
	Key     bool // the database proves a key unique: it can be read in chunks
}

// ProbeTable connects, looks at the columns of a pull and reads one row, so
// that rights and names are proved. It makes one attempt.
func ProbeTable(ctx context.Context, p Pull) (probe Probe, err error) {
	d, err := openDatabase(ctx, p)
	if err != nil {
		return probe, fmt.Errorf("pull %s: %w", p.name(), err)
	}
	defer func() { err = errors.Join(err, d.close()) }()
	var rows textTable
	if _, _, err := d.rows(ctx, d.selection(d.all())+d.from+" limit 1", nil, &rows, nil); err != nil {
		return probe, fmt.Errorf("pull %s: %w", p.name(), d.refuse(ctx, "read a row", err))
	}
	return Probe{Columns: len(d.table), Key: d.unique != nil}, nil
}
