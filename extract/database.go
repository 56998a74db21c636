package extract

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

// Pull says what to read from a database. Exactly one of Table and Query is
// set.
type Pull struct {
	Feed         string
	Driver       string // "sqlite"
	DSN          string // sqlite: path of the file; may hold a secret, never shown
	Table        string // table or view
	Query        string // one select statement, without parameters
	CursorColumn string // column that grows with every change, "" = the whole is pulled each time
	After        string // exclusive lower bound of the cursor, "" = none
	UpTo         string // inclusive upper bound of the cursor, "" = none
	Order        []string
}

// PullTable reads the rows of a table or query in one read transaction and
// lands them as Parquet: every column utf8, values as exact text, NULL kept.
// Rows come in the order of p.Order and then of all columns, so that equal
// content gives equal bytes.
//
// With a cursor column, rows with After < cursor <= UpTo are taken, and those
// without a cursor value in every pull; Cursor of the result is the greatest
// value taken, else After. Where no such row is there, the result has no
// SHA256 and no file. A pull without cursor always lands, even no row: that a
// table is empty is news. The number of rows is returned.
func PullTable(ctx context.Context, landingDir string, p Pull) (Landed, int64, error) {
	l, rows, err := pullTable(ctx, landingDir, p)
	if err != nil {
		return Landed{}, 0, fmt.Errorf("pull %s: %w", p.name(), fault.Mark(fault.DeliveryPull, err))
	}
	return l, rows, nil
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

// sqlDialect is what one kind of database does in its own way.
type sqlDialect struct {
	// open connects, for reading only.
	open func(ctx context.Context, dsn string) (*sql.DB, error)
	// isolation makes a transaction see one state of the database.
	isolation sql.TxOptions
	// quote makes an identifier of any text.
	quote func(name string) string
	// placeholder is the n-th parameter, from 1.
	placeholder func(n int) string
	// value selects a column as it is stored; exact makes its text.
	value func(column string) string
	exact func(value any) (text string, isNull bool, err error)
	// bound makes the parameter that a cursor of this declared type is
	// compared with.
	bound func(declared, text string) any
	// bytewise orders a column by its bytes, whatever its collation.
	bytewise func(column string) string
}

func dialectOf(driver string) (sqlDialect, error) {
	switch driver {
	case "sqlite":
		return sqliteDialect(), nil
	default:
		return sqlDialect{}, fmt.Errorf("driver %q can't be read; known is sqlite", driver)
	}
}

// Database is one snapshot of a database: all that is read through it is
// of one moment. It must be closed.
type Database struct {
	dialect sqlDialect
	db      *sql.DB
	tx      *sql.Tx
}

// OpenDatabase connects for reading only. driver is "sqlite".
func OpenDatabase(ctx context.Context, driver, dsn string) (*Database, error) {
	dialect, err := dialectOf(driver)
	if err != nil {
		return nil, err
	}
	db, err := dialect.open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	tx, err := db.BeginTx(ctx, &dialect.isolation)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("begin reading: %w", err), db.Close())
	}
	return &Database{dialect: dialect, db: db, tx: tx}, nil
}

// Close ends the snapshot and the connection.
func (d *Database) Close() error {
	// Nothing was written, so how the transaction ends does not matter.
	err := d.tx.Rollback()
	if errors.Is(err, sql.ErrTxDone) {
		err = nil
	}
	return errors.Join(err, d.db.Close())
}

func pullTable(ctx context.Context, landingDir string, p Pull) (_ Landed, _ int64, err error) {
	if (p.Table == "") == (p.Query == "") {
		return Landed{}, 0, errors.New("name either a table or a query")
	}
	d, err := OpenDatabase(ctx, p.Driver, p.DSN)
	if err != nil {
		return Landed{}, 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	q, err := d.plan(ctx, p)
	if err != nil {
		return Landed{}, 0, err
	}
	l := Landed{Feed: p.Feed, Path: p.path(), Cursor: p.After}
	if p.CursorColumn != "" {
		count, cursor, err := d.measure(ctx, q)
		if err != nil || count == 0 {
			return l, 0, err
		}
		if cursor != "" {
			l.Cursor = cursor
		}
	}
	out, err := newIncoming(landingDir)
	if err != nil {
		return Landed{}, 0, err
	}
	defer out.discard()
	rows, err := d.copyRows(ctx, q, out)
	if err != nil {
		return Landed{}, 0, err
	}
	l.SHA256, l.Size, l.File, err = out.commit()
	return l, rows, err
}

// pullQuery is a pull in terms of the database.
type pullQuery struct {
	from    string // "from … where …"
	args    []any
	columns []string
	cursor  string // quoted, "" = none
	order   string
}

// plan looks at the columns and writes the conditions.
func (d *Database) plan(ctx context.Context, p Pull) (pullQuery, error) {
	source := d.dialect.quote(p.Table)
	if p.Table == "" {
		// The line feed ends a comment at the end of the query.
		source = "(" + strings.TrimRight(strings.TrimSpace(p.Query), "; \n") + "\n)"
	}
	q := pullQuery{from: " from " + source + " as pulled"}
	declared, err := d.describe(ctx, &q)
	if err != nil {
		return q, err
	}
	if p.CursorColumn != "" {
		at := slices.IndexFunc(q.columns, func(c string) bool { return strings.EqualFold(c, p.CursorColumn) })
		if at < 0 {
			return q, fmt.Errorf("it has no cursor column %q; it has %s", p.CursorColumn, strings.Join(q.columns, ", "))
		}
		q.cursor = d.column(q.columns[at])
		d.addBounds(&q, p, declared[at])
	}
	return q, d.addOrder(&q, p.Order)
}

func (d *Database) column(name string) string { return "pulled." + d.dialect.quote(name) }

// describe reads the names and declared types of the columns.
func (d *Database) describe(ctx context.Context, q *pullQuery) (declared []string, err error) {
	rows, err := d.tx.QueryContext(ctx, "select *"+q.from+" limit 0")
	if err != nil {
		return nil, fmt.Errorf("look at its columns: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, fmt.Errorf("look at its columns: %w", err)
	}
	for _, t := range types {
		for _, known := range q.columns {
			if strings.EqualFold(known, t.Name()) {
				return nil, fmt.Errorf("it has two columns %q", known)
			}
		}
		q.columns = append(q.columns, t.Name())
		declared = append(declared, t.DatabaseTypeName())
	}
	return declared, rows.Err()
}

func (d *Database) addBounds(q *pullQuery, p Pull, declared string) {
	var bounds []string
	for _, bound := range []struct{ operator, text string }{{">", p.After}, {"<=", p.UpTo}} {
		if bound.text == "" {
			continue
		}
		q.args = append(q.args, d.dialect.bound(declared, bound.text))
		bounds = append(bounds, q.cursor+" "+bound.operator+" "+d.dialect.placeholder(len(q.args)))
	}
	if len(bounds) > 0 {
		q.from += " where " + q.cursor + " is null or " + strings.Join(bounds, " and ")
	}
}

// addOrder orders by the key, whose index may then serve, and by everything
// else after it.
func (d *Database) addOrder(q *pullQuery, keys []string) error {
	var terms []string
	for _, key := range keys {
		at := slices.IndexFunc(q.columns, func(c string) bool { return strings.EqualFold(c, key) })
		if at < 0 {
			return fmt.Errorf("it has no key column %q; it has %s", key, strings.Join(q.columns, ", "))
		}
		terms = append(terms, d.column(q.columns[at]))
	}
	for _, column := range q.columns {
		terms = append(terms, d.dialect.bytewise(d.column(column)))
	}
	q.order = " order by " + strings.Join(terms, ", ")
	return nil
}

// measure counts the rows and finds their greatest cursor value.
func (d *Database) measure(ctx context.Context, q pullQuery) (count int64, cursor string, err error) {
	var greatest any
	row := d.tx.QueryRowContext(ctx, "select count(*), max("+q.cursor+")"+q.from, q.args...)
	if err := row.Scan(&count, &greatest); err != nil {
		return 0, "", fmt.Errorf("count its new rows: %w", err)
	}
	cursor, _, err = d.dialect.exact(greatest)
	return count, cursor, err
}

// copyRows writes the rows as Parquet.
func (d *Database) copyRows(ctx context.Context, q pullQuery, out *incoming) (count int64, err error) {
	var columns []string
	for _, column := range q.columns {
		columns = append(columns, d.dialect.value(d.column(column)))
	}
	rows, err := d.tx.QueryContext(ctx, "select "+strings.Join(columns, ", ")+q.from+q.order, q.args...)
	if err != nil {
		return 0, fmt.Errorf("read its rows: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	writer, err := newTextParquet(q.columns, out)
	if err != nil {
		return 0, err
	}
	values, targets := make([]any, len(q.columns)), make([]any, len(q.columns))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return count, fmt.Errorf("read its rows: %w", err)
		}
		for i, value := range values {
			text, isNull, err := d.dialect.exact(value)
			if err != nil {
				return count, fmt.Errorf("column %s: %w", q.columns[i], err)
			}
			writer.add(i, text, isNull)
		}
		count++
		if err := writer.endRow(); err != nil {
			return count, err
		}
	}
	if err := rows.Err(); err != nil {
		return count, fmt.Errorf("read its rows: %w", err)
	}
	return count, writer.close()
}
