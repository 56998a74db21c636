//go:build duckdb_arrow

package load

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/duckdb/duckdb-go/v2"
)

// database is one connection to one DuckDB instance. It is used by one
// goroutine at a time.
type database struct {
	connector *duckdb.Connector
	pool      *sql.DB
	conn      *sql.Conn
	home      string // the statement that makes names without a catalog those of the build
	views     int
	*marks
}

// compression is how new rows are written, a value of force_compression.
type compression string

// What is staged or shaped on the way is read once and thrown away; what is
// published is copied by each run.
const (
	passing compression = "uncompressed"
	lasting compression = "auto"
)

// compress sets how new rows are written, for all connections: while several
// work it stays as it is.
func (d *database) compress(ctx context.Context, how compression) error {
	if d.compression == how || d.lanes > 1 {
		return nil
	}
	if _, err := d.exec(ctx, "set force_compression = "+literal(string(how))); err != nil {
		return fmt.Errorf("set compression: %w", err)
	}
	d.compression = how
	return nil
}

// openDatabase opens a database in memory. Each of its connections runs the
// given statements first.
func openDatabase(ctx context.Context, statements ...string) (*database, error) {
	connector, err := duckdb.NewConnector("", func(conn driver.ExecerContext) error {
		for _, statement := range statements {
			if _, err := conn.ExecContext(context.Background(), statement, nil); err != nil {
				return fmt.Errorf("%w in %q", err, firstLine(statement))
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	pool := sql.OpenDB(connector)
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to database: %w", errors.Join(err, pool.Close()))
	}
	return &database{connector: connector, pool: pool, conn: conn, marks: newMarks()}, nil
}

func (d *database) close() error {
	return errors.Join(d.conn.Close(), d.pool.Close())
}

// exec runs one statement with bound arguments and returns the rows changed.
func (d *database) exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := d.conn.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	if n != 0 && d.marks != nil {
		d.noteWritten(written(query))
	}
	return n, err
}

// execAll runs statements that take no arguments.
func (d *database) execAll(ctx context.Context, statements []string) error {
	for _, statement := range statements {
		if _, err := d.exec(ctx, statement); err != nil {
			return fmt.Errorf("%w in %q", err, firstLine(statement))
		}
	}
	return nil
}

// number runs a query that answers with one number; NULL is 0.
func (d *database) number(ctx context.Context, query string, args ...any) (int64, error) {
	var n sql.NullInt64
	err := d.conn.QueryRowContext(ctx, query, args...).Scan(&n)
	return n.Int64, err
}

// texts runs a query and returns its rows as text, NULL as "".
func (d *database) texts(ctx context.Context, query string, args ...any) (out [][]string, err error) {
	rows, err := d.conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		cells := make([]any, len(columns))
		targets := make([]any, len(columns))
		for i := range cells {
			targets[i] = &cells[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		row := make([]string, len(columns))
		for i, c := range cells {
			row[i] = textOf(c)
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// textOf writes a value as the driver gives it; NULL is "".
func textOf(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	default:
		return fmt.Sprint(v)
	}
}

// withArrow gives do the driver's Arrow interface.
func (d *database) withArrow(do func(*duckdb.Arrow) error) error {
	return d.conn.Raw(func(raw any) error {
		conn, ok := raw.(*duckdb.Conn)
		if !ok {
			return errors.New("not a DuckDB connection")
		}
		arrowConn, err := duckdb.NewArrowFromConn(conn)
		if err != nil {
			return err
		}
		return do(arrowConn)
	})
}

// insert runs "insert into … select … from VIEW", where VIEW in the query
// stands for the given batch.
func (d *database) insert(ctx context.Context, batch arrow.RecordBatch, query string) error {
	d.views++
	reader, err := array.NewRecordReader(batch.Schema(), []arrow.RecordBatch{batch})
	if err != nil {
		return fmt.Errorf("read batch: %w", err)
	}
	return d.insertFrom(ctx, reader, fmt.Sprintf("arrow_batch_%d", d.views), query)
}

// insertFrom is insert of all batches of a reader, which it releases; view is
// a name that nothing else has. The query must select every column: DuckDB
// takes the first ones of the stream for those that are left.
func (d *database) insertFrom(ctx context.Context, reader array.RecordReader, view, query string) error {
	defer reader.Release()
	var release func()
	err := d.withArrow(func(a *duckdb.Arrow) (err error) {
		release, err = a.RegisterView(reader, view)
		return err
	})
	if err != nil {
		return fmt.Errorf("show batches to DuckDB: %w", err)
	}
	defer release()
	_, err = d.exec(ctx, strings.ReplaceAll(query, "VIEW", quote(view)))
	_, dropErr := d.exec(context.WithoutCancel(ctx), "drop view if exists "+quote(view))
	return errors.Join(err, dropErr)
}

// batches streams the answer of a query. A batch is valid inside the loop
// body only, and the connection can do nothing else meanwhile.
func (d *database) batches(ctx context.Context, query string, args ...any) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		var reader array.RecordReader
		err := d.withArrow(func(a *duckdb.Arrow) (err error) {
			reader, err = a.QueryContext(ctx, query, args...)
			return err
		})
		if err != nil {
			yield(nil, err)
			return
		}
		defer reader.Release()
		for reader.Next() {
			if !yield(reader.RecordBatch(), nil) {
				return
			}
		}
		if err := reader.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// stream is batches on a connection of its own, so that the loop body may
// write to the same databases.
func (d *database) stream(ctx context.Context, query string, args ...any) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		conn, err := d.pool.Conn(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		second := &database{conn: conn}
		stopped := false
		second.batches(ctx, query, args...)(func(batch arrow.RecordBatch, err error) bool {
			stopped = !yield(batch, err)
			return !stopped
		})
		if err := conn.Close(); err != nil && !stopped {
			yield(nil, err)
		}
	}
}

// besides runs a statement on a connection of its own while do works.
func (d *database) besides(ctx context.Context, statement string, do func() error) error {
	done := make(chan error, 1)
	go func() {
		done <- d.apart(ctx, func(other *database) error {
			_, err := other.exec(ctx, statement)
			return err
		})
	}()
	return errors.Join(do(), <-done)
}

// apart gives do a connection of its own.
func (d *database) apart(ctx context.Context, do func(*database) error) error {
	conn, err := d.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect to database: %w", err)
	}
	return errors.Join(do(&database{connector: d.connector, pool: d.pool, conn: conn, home: d.home, marks: d.marks}), conn.Close())
}

// quote makes a name an SQL identifier. It is the only way a name enters SQL.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// literal makes a text an SQL string, for statements that take no parameters
// (ATTACH, COMMENT, SET).
func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
