package extract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Table is a table or view of a database.
type Table struct {
	Name  string   // that of another schema than the connection's own with it before it
	Shows []string // of a view, or a partition of another table: those that have its rows too, through other views as well; nil where the rows are its own
}

// Tables lists the tables and views of a database, by name. Of p it needs the
// driver, the address and what goes with it.
func Tables(ctx context.Context, p Pull) (tables []Table, err error) {
	dialect, err := dialectOf(p.Driver)
	if err != nil {
		return nil, err
	}
	d := &database{dialect: dialect, pull: p}
	if d.snapshot, err = dialect.open(ctx, p); err != nil {
		return nil, d.refuse(ctx, "connect", err)
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if tables, err = d.tables(ctx); err != nil {
		return nil, d.refuse(ctx, "list tables", err)
	}
	return tables, nil
}

func (d *database) tables(ctx context.Context) ([]Table, error) {
	text, err := catalogFiles.ReadFile("catalog/" + d.name + "_tables.sql")
	if err != nil {
		return nil, fmt.Errorf("read catalog query: %w", err)
	}
	rows, err := d.texts(ctx, string(text))
	if err != nil {
		return nil, err
	}
	tables := make([]Table, len(rows))
	for i, row := range rows {
		tables[i] = Table{Name: row[0], Shows: shownBy(i, rows)}
	}
	for i := range tables {
		tables[i].Shows = throughViews(tables, i)
	}
	return tables, nil
}

// shownBy names the tables whose rows one shows: those that its query names,
// or every other where the query is hidden from the user. Rows are name, kind
// and query.
func shownBy(i int, rows [][]string) (names []string) {
	const view = "view"
	query := strings.ToLower(rows[i][2])
	if query == "" && rows[i][1] != view {
		return nil
	}
	for k, other := range rows {
		name := strings.ToLower(other[0])
		if k != i && (query == "" && other[1] != view || query != "" && (mentions(query, name) || mentions(query, plainName(name)))) {
			names = append(names, other[0])
		}
	}
	return names
}

// plainName is a table's name without its schema.
func plainName(table string) string { return table[strings.LastIndexByte(table, '.')+1:] }

// mentions says whether a name stands in a query as a whole word. SQLite has
// tables without a name.
func mentions(query, name string) bool {
	if name == "" {
		return false
	}
	isPart := func(r rune) bool { return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	for from := 0; ; {
		at := strings.Index(query[from:], name)
		if at < 0 {
			return false
		}
		from += at
		before, _ := utf8.DecodeLastRuneInString(query[:from])
		after, _ := utf8.DecodeRuneInString(query[from+len(name):])
		if !isPart(before) && !isPart(after) {
			return true
		}
		from += len(name)
	}
}

// throughViews adds to what a view shows what that shows in turn.
func throughViews(tables []Table, i int) []string {
	shows := slices.Clone(tables[i].Shows)
	for k := 0; k < len(shows); k++ {
		at := slices.IndexFunc(tables, func(t Table) bool { return t.Name == shows[k] })
		for _, name := range tables[at].Shows {
			if name != tables[i].Name && !slices.Contains(shows, name) {
				shows = append(shows, name)
			}
		}
	}
	return shows
}

// Probe is what a look at a source found.
type Probe struct {
	Columns int
	Key     []string // columns of the key that the database proves unique, nil = none: by it a table can be read in chunks
	Named   string   // the one column that the database declares its key, which may be null where the database allows that; "" = none
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
	probe.Columns = len(d.table)
	for _, at := range d.unique {
		probe.Key = append(probe.Key, d.table[at].name)
	}
	probe.Named, err = d.declared(ctx, probe.Key)
	return probe, err
}

// declared is the one column that a table declares as its key: that which is
// proved unique, else what SQLite, which lets keys be null, has declared.
func (d *database) declared(ctx context.Context, proved []string) (string, error) {
	if len(proved) > 0 || d.name != "sqlite" || d.pull.Table == "" {
		if len(proved) == 1 {
			return proved[0], nil
		}
		return "", nil
	}
	text, err := catalogFiles.ReadFile("catalog/sqlite_declared.sql")
	if err != nil {
		return "", fmt.Errorf("read catalog query: %w", err)
	}
	rows, err := d.texts(ctx, string(text), d.keyArguments()...)
	if err != nil || len(rows) != 1 {
		return "", err
	}
	return rows[0][1], nil
}
