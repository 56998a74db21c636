package extract

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

// mysqlSession is what a session needs so that values are exact and a slow
// reader is waited for.
const mysqlSession = `set session time_zone = '+00:00', sql_mode = '', net_write_timeout = 3600, net_read_timeout = 3600`

func mysqlDialect() dialect {
	return dialect{
		name:      "mysql",
		open:      openMySQL,
		explain:   explainMySQL,
		quote:     func(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" },
		split:     splitTable,
		value:     func(_ sourceColumn, quoted string) string { return quoted },
		parameter: mysqlParameter,
		bound:     mysqlBound,
		clock:     mysqlClock,
		bytewise:  func(quoted string) string { return "cast(" + quoted + " as binary)" },
		seekable: func(c sourceColumn) bool {
			switch mysqlFamily(c.declared) {
			case "integer", "decimal", "text", "binary", "time":
				return true
			}
			return false
		},
		checkCursor: func(string, string) string { return "" },
	}
}

// splitTable takes "schema.table" apart at its first dot.
func splitTable(table string) (schema, name string) {
	if schema, name, ok := strings.Cut(table, "."); ok {
		return schema, name
	}
	return "", table
}

var errMySQLDSN = errors.New("the connection's dsn can't be read: expected mysql://user@host:3306/database?tls=true, with the password in its own key")

// mysqlConfig reads mysql://user:password@host:port/database?options, or the
// driver's own form, user:password@tcp(host:port)/database?options.
func mysqlConfig(p Pull) (*mysql.Config, error) {
	config, err := parseMySQL(p.DSN)
	if err != nil {
		return nil, errMySQLDSN // the driver's words may hold the password
	}
	if p.Password != "" {
		config.Passwd = p.Password
	}
	if config.Timeout == 0 {
		config.Timeout = p.connectTimeout()
	}
	// What a reader of exact values must not leave to the dsn.
	config.ParseTime, config.MultiStatements, config.InterpolateParams, config.AllowAllFiles = false, false, false, false
	config.Logger = &mysql.NopLogger{}
	return config, nil
}

func parseMySQL(dsn string) (*mysql.Config, error) {
	if !strings.HasPrefix(dsn, "mysql://") && !strings.HasPrefix(dsn, "mariadb://") {
		return mysql.ParseDSN(dsn)
	}
	address, err := url.Parse(dsn)
	if err != nil {
		return nil, err
	}
	host, port := address.Hostname(), address.Port()
	if port == "" {
		port = "3306"
	}
	config, err := mysql.ParseDSN("tcp(" + net.JoinHostPort(host, port) + ")" + address.EscapedPath() + "?" + address.RawQuery)
	if err != nil {
		return nil, err
	}
	config.User = address.User.Username()
	config.Passwd, _ = address.User.Password()
	return config, nil
}

// openMySQL connects and begins a snapshot that all tables with transactions
// (InnoDB) are read in.
func openMySQL(ctx context.Context, p Pull) (snapshot, error) {
	config, err := mysqlConfig(p)
	if err != nil {
		return nil, err
	}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, errMySQLDSN
	}
	s := &sqlSnapshot{db: sql.OpenDB(connector), text: mysqlText, parameter: mysqlKeyParameter}
	// The driver's own limit ends with the dial: a server that says nothing then
	// would be waited for.
	connecting, cancel := context.WithTimeout(ctx, config.Timeout)
	defer cancel()
	if s.conn, err = s.db.Conn(connecting); err != nil {
		if connecting.Err() != nil && ctx.Err() == nil {
			err = fmt.Errorf("%s does not answer within %s: %w", config.Addr, config.Timeout, connecting.Err())
		}
		return nil, errors.Join(err, s.db.Close())
	}
	for _, statement := range []string{
		mysqlSession,
		"set session transaction isolation level repeatable read",
		"start transaction with consistent snapshot, read only",
	} {
		if _, err := s.conn.ExecContext(ctx, statement); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}

// MySQL's numbers of the errors that are explained.
const (
	mysqlTooManyConnections = 1040
	mysqlNoDatabaseRight    = 1044
	mysqlWrongPassword      = 1045
	mysqlUnknownDatabase    = 1049
	mysqlShutdown           = 1053
	mysqlNoTableRight       = 1142
	mysqlNoColumnRight      = 1143
	mysqlNoTable            = 1146
	mysqlLockTimeout        = 1205
	mysqlNoWay              = 1698
	mysqlReadOnly           = 1792
	mysqlNoViewRight        = 1356
)

func explainMySQL(err error) refusal {
	if errors.Is(err, mysql.ErrInvalidConn) || strings.Contains(err.Error(), "bad connection") {
		return refusal{reason: "the connection broke", next: "check that the server is up", again: true}
	}
	var known *mysql.MySQLError
	if !errors.As(err, &known) {
		return refusal{}
	}
	switch known.Number {
	case mysqlTooManyConnections, mysqlShutdown, mysqlLockTimeout:
		return refusal{reason: known.Message, next: "try again later", again: true}
	case mysqlWrongPassword, mysqlNoWay:
		return refusal{reason: "the server refuses the user or the password", next: "check user and password of the connection"}
	case mysqlNoDatabaseRight, mysqlUnknownDatabase:
		return refusal{reason: known.Message, next: "check the database's name in the dsn, and the user's rights"}
	case mysqlNoTableRight, mysqlNoColumnRight, mysqlNoViewRight:
		return refusal{reason: known.Message, next: "grant the user select on it"}
	case mysqlNoTable:
		return refusal{reason: known.Message, absent: true}
	case mysqlReadOnly:
		return refusal{reason: "the query writes", next: "give a select that only reads"}
	}
	return refusal{reason: known.Message}
}

// mysqlFamily sorts types by how their values are handled.
func mysqlFamily(declared string) string {
	switch name := strings.TrimPrefix(declared, "UNSIGNED "); name {
	case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT", "YEAR":
		return "integer"
	case "DECIMAL":
		return "decimal"
	case "FLOAT", "DOUBLE":
		return "float"
	case "DATE", "DATETIME", "TIMESTAMP":
		return "time"
	case "CHAR", "VARCHAR", "TEXT", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT":
		return "text"
	case "BINARY", "VARBINARY", "BLOB", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB", "BIT", "GEOMETRY", "VECTOR":
		return "binary"
	}
	return ""
}

// mysqlText appends the exact text of a value: binaries in hexadecimal, and
// TIMESTAMP, which counts from UTC, with its Z. Zero dates stay as they are.
func mysqlText(to []byte, value any, declared string) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return to, nil
	case int64:
		return strconv.AppendInt(to, v, 10), nil
	case uint64:
		return strconv.AppendUint(to, v, 10), nil
	case float32:
		return appendFloat(to, float64(v), 32), nil
	case float64:
		if math.IsInf(v, 0) {
			return strconv.AppendFloat(to, v, 'g', -1, 64), nil
		}
		return appendShortest(to, v, -1), nil
	case string:
		return append(to, v...), nil
	case []byte:
		switch {
		case mysqlFamily(declared) == "binary":
			return hex.AppendEncode(to, v), nil
		case declared == "TIMESTAMP" && len(v) > 0 && v[0] != '0':
			return append(append(to, v...), 'Z'), nil
		}
		return append(to, v...), nil
	default:
		return to, fmt.Errorf("the driver gave a %T", value)
	}
}

// mysqlKeyParameter keeps the value of a key as it was read. The driver reuses
// no bytes.
func mysqlKeyParameter(value any) any { return value }

// mysqlParameter makes a parameter what its column is: MySQL compares a number
// with a text as floats.
func mysqlParameter(_ int, c sourceColumn) string {
	switch mysqlFamily(c.declared) {
	case "decimal":
		return "cast(? as decimal(65, 30))"
	case "binary":
		return "cast(? as binary)"
	}
	return "?"
}

func mysqlBound(c sourceColumn, text string) (any, error) {
	switch mysqlFamily(c.declared) {
	case "integer":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n, nil
		}
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			return nil, errors.New("the value that it was pulled up to before is no integer: was the cursor another column then?")
		}
		return n, nil
	case "time":
		return strings.TrimSuffix(text, "Z"), nil
	case "decimal", "text":
		return text, nil
	}
	return nil, fmt.Errorf("a column of type %s has no order that could tell what is new", strings.ToLower(c.declared))
}

func mysqlClock(c sourceColumn, at time.Time, zone *time.Location) string {
	switch c.declared {
	case "TIMESTAMP":
		return at.UTC().Format("2006-01-02 15:04:05.999999")
	case "DATE":
		return at.In(zone).Format(time.DateOnly)
	case "DATETIME":
		return at.In(zone).Format("2006-01-02 15:04:05.999999")
	}
	return ""
}
