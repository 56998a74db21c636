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

	_ "github.com/mattn/go-sqlite3" // driver "sqlite3"
)

// sqliteBusyMillis is how long a pull waits for a writer that holds the file.
const sqliteBusyMillis = 10_000

func sqliteDialect() sqlDialect {
	return sqlDialect{
		open:        openSQLite,
		isolation:   sql.TxOptions{ReadOnly: true},
		quote:       quoteIdentifier,
		placeholder: func(n int) string { return "?" + strconv.Itoa(n) },
		// The driver turns columns that are declared as dates or booleans into
		// Go values; an expression has no declared type.
		value:    func(column string) string { return "+" + column },
		exact:    sqliteText,
		bound:    sqliteBound,
		bytewise: func(column string) string { return column + " collate binary" },
	}
}

// quoteIdentifier is the one place where SQL identifiers are made.
func quoteIdentifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// openSQLite opens a file that exists. The connection can't write, and takes
// no part in what others write.
func openSQLite(ctx context.Context, dsn string) (*sql.DB, error) {
	info, err := os.Stat(dsn)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("the database file %s does not exist", filepath.Base(dsn))
	case err != nil:
		return nil, fmt.Errorf("the database file: %w", err)
	case info.IsDir():
		return nil, fmt.Errorf("the database file %s is a folder", filepath.Base(dsn))
	}
	path, err := filepath.Abs(dsn)
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
	db.SetMaxOpenConns(1)
	// The file is read only now.
	if _, err := db.ExecContext(ctx, "select count(*) from sqlite_schema"); err != nil {
		return nil, errors.Join(fmt.Errorf("open the database: %w", err), db.Close())
	}
	return db, nil
}

// sqliteText is the exact text of a stored value: integers in digits, reals
// in the fewest digits that tell them apart, blobs in hexadecimal.
func sqliteText(value any) (text string, isNull bool, err error) {
	switch v := value.(type) {
	case nil:
		return "", true, nil
	case int64:
		return strconv.FormatInt(v, 10), false, nil
	case float64:
		if math.IsInf(v, 0) {
			return strconv.FormatFloat(v, 'g', -1, 64), false, nil
		}
		return string(appendShortest(nil, v, -1)), false, nil
	case string:
		return v, false, nil
	case []byte:
		return hex.EncodeToString(v), false, nil
	default:
		return "", false, fmt.Errorf("the driver gave a %T", value)
	}
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
