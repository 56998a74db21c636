package extract

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"loadstar/schemas/fault"
)

// Pull says what to read from a database. Exactly one of Table and Query is
// set.
type Pull struct {
	Feed     string
	Driver   string // "sqlite", "postgres" or "mysql" (MariaDB too)
	DSN      string // sqlite: path of the file; may hold a secret, never shown
	Password string // takes the place of the DSN's, "" = that one
	Table    string // table or view, with its schema where it needs one
	Query    string // one select statement, without parameters

	Cursor   string         // column that grows with every change, "" = the whole is pulled each time
	After    string         // exclusive lower bound of the cursor, as a pull returned it; "" = none
	UpTo     time.Time      // inclusive upper bound of a cursor of time, zero = none
	Zone     *time.Location // of cursors without offset; nil = UTC
	Lookback string         // how far below After rows are read again: "10m", "2d", or a number; "" = none

	Key   []string // columns that tell rows apart
	Sweep bool     // the keys of all rows are pulled too, to see which rows are gone

	Timeout        time.Duration // of one attempt, 0 = none
	ConnectTimeout time.Duration // 0 = 15 s
	Retries        int           // attempts after one that a broken connection ended
	RetryWait      time.Duration // before the first of them, doubled each time; 0 = 1 s

	Notice func(message string) // is told before each further attempt, nil = nobody is

	pageRows int // rows after which a page may end, 0 = pageRows; tests set it
}

// Parts of a pull are told apart by what follows the name in their paths.
const (
	lookbackPart = " (lookback)"
	nullPart     = " (no cursor)"
	keysPart     = " (keys)"
)

// IsPart says whether a delivery's path is that of a page which holds no new
// rows: what a pull reads again, or keys.
func IsPart(path string) bool {
	return slices.ContainsFunc([]string{lookbackPart, nullPart, keysPart}, func(part string) bool { return strings.HasSuffix(path, part) })
}

// PullTable reads a table or query in one consistent snapshot and lands it as
// Parquet: every column utf8, values as exact text, NULL kept. Rows come in
// the order of a unique key, or else of all columns, so that equal content
// gives equal bytes.
//
// Without a cursor there is one page with all rows, even with none: that a
// table is empty is news. With a cursor, each part that has rows is one page
// or more: those with After < cursor <= UpTo, in the order of the cursor; those
// of the lookback; those without cursor value. A page's Cursor is the greatest
// value taken up to its end, else After. A pull that a broken connection or an
// error ended goes on behind its last page of new rows when it is started
// again with the same arguments; until then nothing but PullTable uses those
// pages.
func PullTable(ctx context.Context, landingDir string, p Pull) ([]Landed, error) {
	pages, err := retry(ctx, p, func(ctx context.Context) ([]Landed, error) { return pullTable(ctx, landingDir, p) })
	if err != nil {
		return nil, fmt.Errorf("pull %s: %w", p.name(), fault.Mark(fault.DeliveryPull, err))
	}
	return pages, nil
}

// name is what people call the pull; a query may hold personal values.
func (p Pull) name() string {
	if p.Table != "" {
		return p.Driver + " table " + p.Table
	}
	return p.Driver + " query of feed " + p.Feed
}

// path is the pull's path as a delivery.
func (p Pull) path() string {
	if p.Table != "" {
		return "table:" + p.Table
	}
	return "query:" + p.Feed
}

//go:embed catalog/*.sql
var catalogFiles embed.FS

// sourceColumn is one column of a table or query.
type sourceColumn struct {
	name     string
	declared string // the database's word for its type
	id       uint32 // postgres: of the type
}

// rowSink takes rows value by value. A text is the sink's only during the call.
type rowSink interface {
	add(column int, text []byte, isNull bool)
	endRow() error
}

// snapshot is one moment of one database: all that is read through it is of
// that moment. It is used by one goroutine, and must be closed.
type snapshot interface {
	// columns describes what a select gives.
	columns(ctx context.Context, query string) ([]sourceColumn, error)
	// rows hands every row to the sink and counts them. last holds, of the last
	// row, the values of the columns keep, as later parameters of rows.
	rows(ctx context.Context, query string, args []any, sink rowSink, keep []int) (count int64, last []any, err error)
	close() error
}

// dialect is what one kind of database does in its own way.
type dialect struct {
	name string
	// open connects, for reading only, and begins a snapshot.
	open func(ctx context.Context, p Pull) (snapshot, error)
	// explain says in people's words what an error of the driver means, and
	// whether another attempt may succeed.
	explain func(err error) refusal
	quote   func(name string) string
	// split takes schema and name of a table apart.
	split func(table string) (schema, name string)
	// value selects a column as it is stored.
	value func(c sourceColumn, quoted string) string
	// parameter is the n-th of a statement, from 1, compared with a column.
	parameter func(n int, c sourceColumn) string
	// bound makes the parameter for a cursor's text; an error where no cursor
	// can be of that type.
	bound func(c sourceColumn, text string) (any, error)
	// clock is a moment as text that a cursor of this type is compared with,
	// "" where the type is none of time.
	clock func(c sourceColumn, at time.Time, zone *time.Location) string
	// bytewise orders a column by its bytes, whatever its type or collation.
	bytewise func(quoted string) string
	// seekable says whether a key column can be compared with a parameter
	// exactly as it is ordered.
	seekable func(c sourceColumn) bool
	// checkCursor selects a number above 1 where values of a cursor are of
	// kinds that don't compare; "" = they always compare.
	checkCursor func(quoted, from string) string
}

func dialectOf(driver string) (dialect, error) {
	switch driver {
	case "sqlite":
		return sqliteDialect(), nil
	case "postgres":
		return postgresDialect(), nil
	case "mysql":
		return mysqlDialect(), nil
	default:
		return dialect{}, fmt.Errorf("driver %q can't be read; known are sqlite, postgres and mysql", driver)
	}
}

// database is an open pull.
type database struct {
	dialect
	snapshot
	pull    Pull
	from    string // "from … as pulled"
	table   []sourceColumn
	cursor  int   // index into table, -1 = none
	unique  []int // columns of a key that the database proves unique, nil = none known
	ordered []int // columns of the contract's key
}

// openDatabase connects, looks at the columns, and finds those of the pull.
func openDatabase(ctx context.Context, p Pull) (*database, error) {
	if (p.Table == "") == (p.Query == "") {
		return nil, errors.New("name either a table or a query")
	}
	dialect, err := dialectOf(p.Driver)
	if err != nil {
		return nil, err
	}
	if p.Zone == nil {
		p.Zone = time.UTC
	}
	d := &database{dialect: dialect, pull: p, cursor: -1}
	if d.snapshot, err = dialect.open(ctx, p); err != nil {
		return nil, d.refuse(ctx, "connect", err)
	}
	if err := d.plan(ctx); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// plan looks at the columns.
func (d *database) plan(ctx context.Context) (err error) {
	d.from = " from " + d.tableName() + " as pulled"
	if d.pull.Table == "" {
		// The line feed ends a comment at the end of the query.
		d.from = " from (" + strings.TrimRight(strings.TrimSpace(d.pull.Query), "; \n") + "\n) as pulled"
	}
	if d.table, err = d.columns(ctx, "select *"+d.from+" limit 0"); err != nil {
		return d.refuse(ctx, "look at its columns", err)
	}
	for i, c := range d.table {
		if slices.ContainsFunc(d.table[:i], func(o sourceColumn) bool { return strings.EqualFold(o.name, c.name) }) {
			return fmt.Errorf("it has two columns %q: give each a name of its own", c.name)
		}
	}
	if d.pull.Cursor != "" {
		if d.cursor, err = d.find("cursor", d.pull.Cursor); err != nil {
			return err
		}
		if err := d.proveCursor(ctx); err != nil {
			return err
		}
	}
	for _, name := range d.pull.Key {
		at, err := d.find("key", name)
		if err != nil {
			return err
		}
		d.ordered = append(d.ordered, at)
	}
	return d.findUnique(ctx)
}

func (d *database) tableName() string {
	schema, name := d.split(d.pull.Table)
	if schema == "" {
		return d.quote(name)
	}
	return d.quote(schema) + "." + d.quote(name)
}

func (d *database) find(what, name string) (int, error) {
	at := slices.IndexFunc(d.table, func(c sourceColumn) bool { return c.name == name })
	if at < 0 {
		at = slices.IndexFunc(d.table, func(c sourceColumn) bool { return strings.EqualFold(c.name, name) })
	}
	if at < 0 {
		var names []string
		for _, c := range d.table {
			names = append(names, c.name)
		}
		return 0, fmt.Errorf("it has no %s column %q: %s", what, name, didYouMean(name, names))
	}
	return at, nil
}

// quoted is a column by its index.
func (d *database) quoted(i int) string { return "pulled." + d.quote(d.table[i].name) }

// proveCursor refuses a cursor whose values are of kinds that don't compare:
// rows of the lower kind would never be read again.
func (d *database) proveCursor(ctx context.Context) error {
	query := d.checkCursor(d.quoted(d.cursor), d.from)
	if query == "" {
		return nil
	}
	kinds, err := d.texts(ctx, query)
	if err != nil {
		return d.refuse(ctx, "look at its cursor", err)
	}
	if len(kinds) > 1 {
		return fmt.Errorf("cursor column %q holds %s and %s, which do not compare: name another cursor, or cast it in a query",
			d.table[d.cursor].name, kinds[0][0], kinds[1][0])
	}
	return nil
}

// findUnique takes the key of the contract where the database proves it
// unique, else the first key that it does prove.
func (d *database) findUnique(ctx context.Context) error {
	if d.pull.Table == "" {
		return nil
	}
	text, err := catalogFiles.ReadFile("catalog/" + d.name + "_keys.sql")
	if err != nil {
		return fmt.Errorf("read catalog query: %w", err)
	}
	rows, err := d.texts(ctx, string(text), d.keyArguments()...)
	if err != nil {
		return d.refuse(ctx, "look at its keys", err)
	}
	for start := 0; start < len(rows); {
		end := start
		var key []int
		for ; end < len(rows) && rows[end][0] == rows[start][0]; end++ {
			at := slices.IndexFunc(d.table, func(c sourceColumn) bool { return c.name == rows[end][1] })
			if at >= 0 && d.seekable(d.table[at]) {
				key = append(key, at)
			}
		}
		complete := len(key) == end-start
		if complete && (d.unique == nil || sameColumns(key, d.ordered)) {
			d.unique = key
		}
		start = end
	}
	return nil
}

func sameColumns(a, b []int) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// keyArguments are the parameters of the catalog's key query.
func (d *database) keyArguments() []any {
	schema, name := d.split(d.pull.Table)
	switch d.name {
	case "postgres":
		return []any{d.tableName()}
	case "mysql":
		return []any{schema, name, schema, name}
	}
	return []any{name}
}

// textTable collects the rows of a catalog query.

type textTable struct {
	rows    [][]string
	current []string
}

func (t *textTable) add(_ int, text []byte, _ bool) { t.current = append(t.current, string(text)) }
func (t *textTable) endRow() error {
	t.rows, t.current = append(t.rows, t.current), nil
	return nil
}

func (d *database) texts(ctx context.Context, query string, args ...any) ([][]string, error) {
	var table textTable
	_, _, err := d.rows(ctx, query, args, &table, nil)
	return table.rows, err
}
