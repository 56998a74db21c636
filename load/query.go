//go:build duckdb_arrow

package load

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
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
	d, err := openDatabase(ctx, "", nil)
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
	if err := d.execAll(ctx, statements); err != nil {
		return nil, fmt.Errorf("open version: %w", errors.Join(err, d.close()))
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
	if err := oneStatement(query); err != nil {
		return nil, nil, err
	}
	rows, err := r.conn.QueryContext(ctx, asText(query))
	if err != nil {
		return nil, nil, fmt.Errorf("query: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if columns, err = rows.Columns(); err != nil {
		return nil, nil, fmt.Errorf("query: %w", err)
	}
	cells := make([]*string, len(columns))
	targets := make([]any, len(columns))
	for i := range cells {
		targets[i] = &cells[i]
	}
	for rows.Next() && (limit == 0 || len(out) < limit) {
		if err := rows.Scan(targets...); err != nil {
			return nil, nil, fmt.Errorf("query: %w", err)
		}
		row := make([]string, len(columns))
		for i, c := range cells {
			row[i] = null
			if c != nil {
				row[i] = *c
			}
		}
		out = append(out, row)
	}
	return columns, out, rows.Err()
}

// asText casts every column to text in DuckDB, so that a value looks the same
// in every format.
func asText(query string) string {
	return "select cast(columns(*) as varchar) from (" + trimStatement(query) + "\n)"
}

func trimStatement(query string) string {
	return strings.TrimRight(strings.TrimSpace(query), "; \n\t")
}

// WriteCSV writes the answer of one query as CSV with a header.
func (r *Reader) WriteCSV(ctx context.Context, query string, out io.Writer) error {
	columns, rows, err := r.Rows(ctx, query, "", 0)
	if err != nil {
		return err
	}
	w := csv.NewWriter(out)
	if err := w.Write(columns); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// WriteJSON writes the answer of one query as one JSON object a line.
func (r *Reader) WriteJSON(ctx context.Context, query string, out io.Writer) error {
	if err := oneStatement(query); err != nil {
		return err
	}
	rows, err := r.texts(ctx, "select cast(to_json(t) as varchar) from ("+trimStatement(query)+"\n) as t")
	if err != nil {
		return fmt.Errorf("query: %w", err)
	}
	for _, row := range rows {
		if _, err := fmt.Fprintln(out, row[0]); err != nil {
			return fmt.Errorf("write json: %w", err)
		}
	}
	return nil
}

// WriteParquet writes the answer of one query as a Parquet file.
func (r *Reader) WriteParquet(ctx context.Context, query string, out io.Writer) (err error) {
	if err := oneStatement(query); err != nil {
		return err
	}
	var writer *pqarrow.FileWriter
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd))
	for batch, err := range r.batches(ctx, trimStatement(query)) {
		if err != nil {
			return errors.Join(fmt.Errorf("query: %w", err), closeWriter(writer))
		}
		if writer == nil {
			writer, err = pqarrow.NewFileWriter(batch.Schema(), plainWriter{out}, properties, pqarrow.DefaultWriterProps())
			if err != nil {
				return fmt.Errorf("write parquet: %w", err)
			}
		}
		if err := writer.WriteBuffered(batch); err != nil {
			return errors.Join(fmt.Errorf("write parquet: %w", err), closeWriter(writer))
		}
	}
	if writer == nil {
		return errors.New("the query gave no row, and a Parquet file needs one to know its columns")
	}
	return closeWriter(writer)
}

// plainWriter hides Close: the Parquet writer would close standard output.
type plainWriter struct{ io.Writer }

func closeWriter(w *pqarrow.FileWriter) error {
	if w == nil {
		return nil
	}
	return w.Close()
}

// oneStatement refuses several statements in one text: the driver would run
// all but the last while it prepares them.
func oneStatement(query string) error {
	text := trimStatement(query)
	if text == "" {
		return errors.New("the query is empty")
	}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\'' || text[i] == '"':
			end := strings.IndexByte(text[i+1:], text[i])
			if end < 0 {
				return errors.New("the query has an unclosed quote")
			}
			i += end + 1
		case strings.HasPrefix(text[i:], "--"):
			end := strings.IndexByte(text[i:], '\n')
			if end < 0 {
				return nil
			}
			i += end
		case text[i] == ';':
			return errors.New("give one statement at a time: the query holds a semicolon inside")
		}
	}
	return nil
}
