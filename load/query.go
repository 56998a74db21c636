//go:build duckdb_arrow

package load

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/duckdb/duckdb-go/v2"
)

// Reader answers questions about one published version. It changes nothing.
type Reader struct {
	*database
	// HasODS tells whether the ODS file could be opened too.
	HasODS bool
}

// OpenReader opens a version read-only. odsFile is attached as `ods` where it
// may be read.
func OpenReader(ctx context.Context, warehouseFile, odsFile string) (*Reader, error) {
	d, err := openDatabase(ctx)
	if err != nil {
		return nil, err
	}
	r := &Reader{database: d}
	statements := []string{
		"set timezone = 'UTC'",
		"attach " + literal(warehouseFile) + " as warehouse (read_only)",
		"use warehouse",
	}
	if f, err := os.Open(odsFile); err == nil {
		if err := f.Close(); err != nil {
			return nil, errors.Join(err, d.close())
		}
		statements = append(statements, "attach "+literal(odsFile)+" as ods (read_only)")
		r.HasODS = true
	}
	for _, statement := range statements {
		if _, err := d.exec(ctx, statement); err != nil {
			return nil, fmt.Errorf("open version: %w", errors.Join(err, d.close()))
		}
	}
	return r, nil
}

// Close closes the version.
func (r *Reader) Close() error { return r.close() }

// Lock forbids what a question does not need: other files and settings.
func (r *Reader) Lock(ctx context.Context) error {
	return r.execAll(ctx, []string{"set enable_external_access = false", "set lock_configuration = true"})
}

// Rows runs one query and returns its column names and its rows as text, NULL
// as null, at most limit rows (0 = all).
func (r *Reader) Rows(ctx context.Context, query string, null string, limit int) (columns []string, out [][]string, err error) {
	columns, err = r.eachRow(ctx, query, func(_ []string, cells []*string) (bool, error) {
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = null
			if c != nil {
				row[i] = *c
			}
		}
		out = append(out, row)
		return limit == 0 || len(out) < limit, nil
	})
	return columns, out, err
}

// eachRow runs one query and calls take for each row, its values as text and
// NULL as nil, until take wants no more. It returns the column names.
func (r *Reader) eachRow(ctx context.Context, query string, take func(columns []string, cells []*string) (more bool, err error)) (columns []string, err error) {
	if err := question(query); err != nil {
		return nil, err
	}
	rows, err := r.conn.QueryContext(ctx, asText(query))
	if err != nil {
		return nil, asked(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if columns, err = rows.Columns(); err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	cells := make([]*string, len(columns))
	targets := make([]any, len(columns))
	for i := range cells {
		targets[i] = &cells[i]
	}
	for more := true; more && rows.Next(); {
		if err := rows.Scan(targets...); err != nil {
			return columns, fmt.Errorf("query: %w", err)
		}
		if more, err = take(columns, cells); err != nil {
			return columns, err
		}
	}
	return columns, rows.Err()
}

// What questions are wrapped in.
const (
	wrapText    = "select cast(columns(*) as varchar) from ("
	wrapJSON    = "select to_json(t) from ("
	wrapParquet = "select * from ("
)

// asText casts every column to text in DuckDB, so that a value looks the same
// in every format.
func asText(query string) string {
	return wrapText + trimStatement(query) + "\n)"
}

// WriteCSV writes the answer of one query as CSV with a header. NULL is
// written as an empty cell.
func (r *Reader) WriteCSV(ctx context.Context, query string, out io.Writer) error {
	w := csv.NewWriter(out)
	begun := false
	line := []string{}
	columns, err := r.eachRow(ctx, query, func(columns []string, cells []*string) (bool, error) {
		if !begun {
			begun = true
			if err := w.Write(columns); err != nil {
				return false, fmt.Errorf("write csv: %w", err)
			}
		}
		line = line[:0]
		for _, c := range cells {
			if c == nil {
				line = append(line, "")
			} else {
				line = append(line, *c)
			}
		}
		if err := w.Write(line); err != nil {
			return false, fmt.Errorf("write csv: %w", err)
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	if !begun {
		if err := w.Write(columns); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// WriteJSON writes the answer of one query as one JSON object a line. Numbers
// that JSON has no word for (infinity, not a number) are null.
func (r *Reader) WriteJSON(ctx context.Context, query string, out io.Writer) error {
	if err := question(query); err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	objects := wrapJSON + trimStatement(query) + "\n) as t"
	_, err := r.eachRow(ctx, objects, func(_ []string, cells []*string) (bool, error) {
		if _, err := fmt.Fprintln(w, strictJSON(*cells[0])); err != nil {
			return false, fmt.Errorf("write json: %w", err)
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// jsonToken is a JSON string, or a word that DuckDB writes for a number which
// JSON cannot hold.
var jsonToken = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|-?Infinity|NaN`)

// strictJSON makes numbers that JSON cannot hold null.
func strictJSON(text string) string {
	if !strings.Contains(text, "Infinity") && !strings.Contains(text, "NaN") {
		return text
	}
	return jsonToken.ReplaceAllStringFunc(text, func(token string) string {
		if token[0] == '"' {
			return token
		}
		return "null"
	})
}

// WriteParquet writes the answer of one query as a Parquet file.
func (r *Reader) WriteParquet(ctx context.Context, query string, out io.Writer) error {
	if err := question(query); err != nil {
		return err
	}
	return r.withArrow(func(a *duckdb.Arrow) error {
		answer, err := a.QueryContext(ctx, wrapParquet+trimStatement(query)+"\n)")
		if err != nil {
			return asked(err)
		}
		defer answer.Release()
		return writeParquet(answer, out)
	})
}

func writeParquet(answer array.RecordReader, out io.Writer) error {
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd))
	writer, err := pqarrow.NewFileWriter(answer.Schema(), plainWriter{out}, properties, pqarrow.DefaultWriterProps())
	if err != nil {
		return fmt.Errorf("write parquet: %w", err)
	}
	for answer.Next() {
		if err := writer.WriteBuffered(answer.RecordBatch()); err != nil {
			return errors.Join(fmt.Errorf("write parquet: %w", err), writer.Close())
		}
	}
	if err := answer.Err(); err != nil {
		return errors.Join(fmt.Errorf("query: %w", err), writer.Close())
	}
	if err := writer.Close(); err != nil {
		return fmt.Errorf("write parquet: %w", err)
	}
	return nil
}

// plainWriter hides Close: the Parquet writer would close standard output.
type plainWriter struct{ io.Writer }
