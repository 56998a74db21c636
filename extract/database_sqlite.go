package extract

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-sqlite3"
)

// sqliteBusyMillis is how long a pull waits for a writer that holds the file. It
// is not tried again then: that was the waiting.
const sqliteBusyMillis = 5_000

func sqliteDialect() dialect {
	return dialect{
		name:      "sqlite",
		open:      openSQLite,
		explain:   explainSQLite,
		quote:     quoteIdentifier,
		split:     func(table string) (string, string) { return "", table },
		value:     sqliteValue,
		parameter: func(n int, _ sourceColumn) string { return "?" + strconv.Itoa(n) },
		bound:     func(c sourceColumn, text string) (any, error) { return sqliteBound(c.declared, text), nil },
		clock:     sqliteClock,
		bytewise:  func(quoted string) string { return quoted + " collate binary" },
		seekable:  func(sourceColumn) bool { return true },
		checkCursor: func(quoted, from string) string {
			return "select distinct case typeof(" + quoted + ") when 'text' then 'texts' when 'blob' then 'binaries' else 'numbers' end" +
				from + " where " + quoted + " is not null order by 1"
		},
	}
}

// sqliteValue selects a column as an expression: the driver turns columns that
// are declared as dates or booleans into Go values, and an expression has no
// declared type. A column of bytes keeps its own, by which sqliteText knows it.
// Bytes in a column that is declared to hold something else are its text: in
// hexadecimal those of 100 would be another number.
func sqliteValue(c sourceColumn, quoted string) string {
	switch {
	case isOfBytes(c.declared):
		return quoted
	case c.declared == "":
		return "+" + quoted
	}
	return "case typeof(" + quoted + ") when 'blob' then cast(" + quoted + " as text) else " + quoted + " end"
}

// isOfBytes says whether a column is declared to hold bytes.
func isOfBytes(declared string) bool {
	declared = strings.ToLower(declared)
	return strings.Contains(declared, "blob") || strings.Contains(declared, "binary")
}

// quoteIdentifier makes an identifier of any text, in standard SQL.
func quoteIdentifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// openSQLite opens a file that exists. The connection can't write, and takes
// no part in what others write.
func openSQLite(ctx context.Context, p Pull) (_ snapshot, err error) {
	info, err := os.Stat(p.DSN)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("the database file %s does not exist", filepath.Base(p.DSN))
	case err != nil:
		return nil, fmt.Errorf("the database file: %w", err)
	case info.IsDir():
		return nil, fmt.Errorf("the database file %s is a folder", filepath.Base(p.DSN))
	}
	path, err := filepath.Abs(p.DSN)
	if err != nil {
		return nil, fmt.Errorf("the database file: %w", err)
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: url.Values{
		"mode":          {"ro"},
		"_query_only":   {"1"},
		"_busy_timeout": {strconv.Itoa(sqliteBusyMillis)},
	}.Encode()}
	db, err := sql.Open("sqlite3", address.String())
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	s := &sqlSnapshot{db: db, text: sqliteText, parameter: func(value any) any { return value }}
	if s.conn, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	// The snapshot begins with the first read.
	for _, statement := range []string{"begin", "select count(*) from sqlite_schema"} {
		if _, err := s.conn.ExecContext(ctx, statement); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}

func explainSQLite(err error) refusal {
	var known sqlite3.Error
	if !errors.As(err, &known) {
		return refusal{reason: err.Error()}
	}
	switch {
	case known.Code == sqlite3.ErrBusy || known.Code == sqlite3.ErrLocked:
		return refusal{reason: fmt.Sprintf("another program has held the database file for %d s", sqliteBusyMillis/1000), next: "try again when it is done, or pull from a copy that sqlite3's .backup makes"}
	case strings.Contains(err.Error(), "no such table"):
		return refusal{reason: err.Error(), absent: true}
	case known.Code == sqlite3.ErrNotADB:
		return refusal{reason: err.Error(), next: "check the path in the connection's dsn"}
	case known.Code == sqlite3.ErrReadonly:
		return refusal{reason: "a journal beside the database file holds a change that was broken off", next: "let the program that writes it, or sqlite3, open it once to undo the change"}
	case known.Code == sqlite3.ErrCorrupt:
		return refusal{reason: "the database file is damaged", next: "restore it, or recover it with sqlite3's .recover"}
	}
	return refusal{reason: err.Error()}
}

// sqliteText appends the exact text of a stored value: integers in digits,
// reals in the fewest digits that tell them apart, blobs of a column of bytes
// in hexadecimal. Where nothing is declared, bytes that are text are that text,
// and others bear 0x: their digits alone could pass for a number.
func sqliteText(to []byte, value any, declared string) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return to, nil
	case int64:
		return strconv.AppendInt(to, v, 10), nil
	case float64:
		if math.IsInf(v, 0) {
			return strconv.AppendFloat(to, v, 'g', -1, 64), nil
		}
		return appendShortest(to, v, -1), nil
	case string:
		return append(to, v...), nil
	case []byte:
		switch {
		case isOfBytes(declared):
			return hex.AppendEncode(to, v), nil
		case isWriting(v):
			return append(to, v...), nil
		}
		return hex.AppendEncode(append(to, "0x"...), v), nil
	default:
		return to, fmt.Errorf("the driver gave a %T", value)
	}
}

// isWriting says whether bytes are UTF-8 that people could have written.
func isWriting(b []byte) bool {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size < 2 || !unicode.IsPrint(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
			return false
		}
		b = b[size:]
	}
	return true
}

// sqliteBound is the parameter that stands for text in a comparison with a
// column. SQLite itself converts it to what a column declared as text or as
// a number holds; for others a text that reads as a number is one.
func sqliteBound(declared, text string) any {
	if declared != "" && !strings.Contains(strings.ToUpper(declared), "BLOB") {
		return text
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && strconv.FormatInt(n, 10) == text {
		return n
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && string(appendShortest(nil, f, -1)) == text {
		return f
	}
	return text
}

// sqliteClock writes a moment as SQLite's own functions do. A number, which
// an integer column holds, is less than any text.
func sqliteClock(_ sourceColumn, at time.Time, zone *time.Location) string {
	return at.In(zone).Format("2006-01-02 15:04:05.999999")
}
