package extract

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// postgresSession begins the snapshot and makes all texts the same on every
// server, whatever its settings.
const postgresSession = `begin isolation level repeatable read, read only;
set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'iso_8601'; set local bytea_output = 'hex';
set local extra_float_digits = 3; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`

func postgresDialect() dialect {
	return dialect{
		name:    "postgres",
		open:    openPostgres,
		explain: explainPostgres,
		quote:   quoteIdentifier,
		split:   splitTable,
		value: func(c sourceColumn, quoted string) string {
			if c.id == pgMoney { // its text depends on the server's locale
				return quoted + "::numeric"
			}
			return quoted
		},
		parameter:   func(n int, _ sourceColumn) string { return "$" + strconv.Itoa(n) },
		bound:       postgresBound,
		clock:       postgresClock,
		bytewise:    func(quoted string) string { return quoted + `::text collate "C"` },
		seekable:    func(c sourceColumn) bool { return c.id != pgFloat4 && c.id != pgFloat8 && c.id != pgMoney },
		checkCursor: func(string, string) string { return "" },
	}
}

var errPostgresDSN = errors.New("the connection's dsn can't be read: expected postgres://user@host:5432/database?sslmode=verify-full, with the password in its own key")

// postgresSnapshot is a transaction of one connection.
type postgresSnapshot struct{ conn *pgconn.PgConn }

func openPostgres(ctx context.Context, p Pull) (snapshot, error) {
	config, err := pgconn.ParseConfig(p.DSN)
	if err != nil {
		return nil, errPostgresDSN // the driver's words may hold the password
	}
	if p.Password != "" {
		config.Password = p.Password
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = p.connectTimeout()
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "loadstar"
	}
	config.RuntimeParams["client_encoding"] = "UTF8"
	conn, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	s := &postgresSnapshot{conn: conn}
	if _, err := conn.Exec(ctx, postgresSession).ReadAll(); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// closeTimeout is how long the end of a connection may take.
const closeTimeout = 5 * time.Second

// close ends the connection, and with it the transaction, which wrote nothing.
// It must also work when the pull's own context has ended.
func (s *postgresSnapshot) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	if s.conn.IsClosed() {
		return nil
	}
	return s.conn.Close(ctx)
}

func (s *postgresSnapshot) columns(ctx context.Context, query string) ([]sourceColumn, error) {
	statement, err := s.conn.Prepare(ctx, "", query, nil)
	if err != nil {
		return nil, err
	}
	columns := make([]sourceColumn, len(statement.Fields))
	for i, f := range statement.Fields {
		columns[i] = sourceColumn{name: f.Name, id: f.DataTypeOID, declared: strconv.Itoa(int(f.DataTypeOID))}
	}
	return columns, nil
}

// postgresParameter is a value as it was read, in the format that it was read in.
type postgresParameter struct {
	value  []byte
	format int16
}

func (s *postgresSnapshot) rows(ctx context.Context, query string, args []any, sink rowSink, keep []int) (int64, []any, error) {
	statement, err := s.conn.Prepare(ctx, "", query, nil)
	if err != nil {
		return 0, nil, err
	}
	values, formats := postgresArguments(args)
	codecs, results := make([]pgText, len(statement.Fields)), make([]int16, len(statement.Fields))
	for i, f := range statement.Fields {
		codecs[i], results[i] = postgresText(f.DataTypeOID)
	}
	reader := s.conn.ExecPrepared(ctx, "", values, formats, results)
	count, last, err := copyPostgres(reader, codecs, results, sink, keep)
	if _, closed := reader.Close(); err == nil {
		err = closed
	}
	return count, last, err
}

func postgresArguments(args []any) (values [][]byte, formats []int16) {
	for _, arg := range args {
		switch v := arg.(type) {
		case postgresParameter:
			values, formats = append(values, v.value), append(formats, v.format)
		case string:
			values, formats = append(values, []byte(v)), append(formats, 0)
		}
	}
	return values, formats
}

func copyPostgres(reader *pgconn.ResultReader, codecs []pgText, formats []int16, sink rowSink, keep []int) (count int64, last []any, err error) {
	var text []byte
	kept := make([][]byte, len(keep))
	for reader.NextRow() {
		values := reader.Values()
		for i, raw := range values {
			if raw == nil {
				sink.add(i, nil, true)
				continue
			}
			if codecs[i] == nil {
				sink.add(i, raw, false)
				continue
			}
			if text, err = codecs[i](text[:0], raw); err != nil {
				return count, nil, fmt.Errorf("column %d: %w", i+1, err)
			}
			sink.add(i, text, false)
		}
		for i, k := range keep {
			kept[i] = append(kept[i][:0], values[k]...)
		}
		count++
		if err := sink.endRow(); err != nil {
			return count, nil, err
		}
	}
	if count > 0 {
		for i, k := range keep {
			last = append(last, postgresParameter{kept[i], formats[k]})
		}
	}
	return count, last, nil
}

// SQLSTATE codes that are explained.
const (
	pgNoTable        = "42P01"
	pgNoSchema       = "3F000"
	pgNoRight        = "42501"
	pgNoDatabase     = "3D000"
	pgWrongPassword  = "28P01"
	pgNoEntry        = "28000"
	pgReadOnly       = "25006"
	pgTooMany        = "53300"
	pgStarting       = "57P03"
	pgShutdown       = "57P01"
	pgCrashed        = "57P02"
	pgCancelled      = "57014"
	pgSerialization  = "40001"
	pgConnectionKind = "08"
)

func explainPostgres(err error) refusal {
	var known *pgconn.PgError
	if !errors.As(err, &known) {
		var connect *pgconn.ConnectError
		if errors.As(err, &connect) {
			return refusal{
				reason: fmt.Sprintf("%s can't be reached: %s", connect.Config.Host, lastCause(err)),
				next:   "check host, port, sslmode and network in the connection's dsn", again: true,
			}
		}
		return refusal{}
	}
	switch code := known.Code; {
	case code == pgNoTable || code == pgNoSchema:
		return refusal{reason: known.Message, absent: true}
	case code == pgNoRight:
		return refusal{reason: known.Message, next: "grant the user select on it, and usage on its schema"}
	case code == pgNoDatabase:
		return refusal{reason: known.Message, next: "check the database's name in the dsn"}
	case code == pgWrongPassword || code == pgNoEntry:
		return refusal{reason: "the server refuses the user or the password", next: "check user and password of the connection, and the server's pg_hba.conf"}
	case code == pgReadOnly:
		return refusal{reason: "the query writes", next: "give a select that only reads"}
	case code == pgTooMany || code == pgStarting || code == pgShutdown || code == pgCrashed || code == pgSerialization || strings.HasPrefix(code, pgConnectionKind):
		return refusal{reason: known.Message, next: "try again later", again: true}
	case code == pgCancelled:
		return refusal{reason: known.Message, next: "the server ended the statement; is there a time-out for this user?"}
	}
	// Details and hints may hold values.
	return refusal{reason: known.Message + " (SQLSTATE " + known.Code + ")"}
}

// lastCause is the innermost of the errors that one wraps.
func lastCause(err error) string {
	for {
		if joined, ok := err.(interface{ Unwrap() []error }); ok && len(joined.Unwrap()) > 0 {
			causes := joined.Unwrap()
			err = causes[len(causes)-1]
			continue
		}
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}

// postgresBound passes the text on: the server makes it what the column is.
func postgresBound(c sourceColumn, text string) (any, error) {
	switch c.id {
	case pgJSON, pgJSONB, pgBool, pgMoney:
		return nil, errors.New("its type has no order that could tell what is new")
	}
	return text, nil
}

func postgresClock(c sourceColumn, at time.Time, zone *time.Location) string {
	switch c.id {
	case pgTimestamptz:
		return at.UTC().Format(time.RFC3339Nano)
	case pgTimestamp:
		return at.In(zone).Format("2006-01-02 15:04:05.999999")
	case pgDate:
		return at.In(zone).Format(time.DateOnly)
	}
	return ""
}
