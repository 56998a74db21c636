package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"loadstar/load"
	"loadstar/load/publish"
)

func (a *app) queryCommand() *cobra.Command {
	var format string
	var limit int
	cmd := &cobra.Command{
		Use:   "query SQL",
		Short: "Ask the current version a question in SQL, read-only",
		Long: `Runs one statement of DuckDB's SQL on the current version. The star and the
marts are in schema main, run records in meta; the ODS is attached as ods where
its file may be read. In JSON, numbers that it has no word for (infinity, not a
number) are null.`,
		Example: `  loadstar query "from funnel_sales"
  loadstar query --format csv "select * from dim_customer limit 10" > customers.csv
  loadstar query "describe fact_order_line"`,
		Args: oneArg,
		RunE: func(cmd *cobra.Command, args []string) error { return a.query(cmd, args[0], format, limit) },
	}
	cmd.Flags().StringVar(&format, "format", "table", "table, csv, json (one object a line) or parquet")
	cmd.Flags().IntVar(&limit, "limit", 1000, "rows shown in a table, 0 = all")
	return cmd
}

func (a *app) query(cmd *cobra.Command, sql, format string, limit int) (err error) {
	if formats := []string{"table", "csv", "json", "parquet"}; !slices.Contains(formats, format) {
		return &usageError{fmt.Errorf("--format %q is not table, csv, json or parquet", format)}
	}
	r, err := a.reader(cmd, 0)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, r.Close()) }()
	switch format {
	case "csv":
		return r.WriteCSV(cmd.Context(), sql, a.out)
	case "json":
		return r.WriteJSON(cmd.Context(), sql, a.out)
	case "parquet":
		return r.WriteParquet(cmd.Context(), sql, a.out)
	}
	most := limit
	if most > 0 {
		most++
	}
	columns, rows, err := r.Rows(cmd.Context(), sql, "NULL", most)
	if err != nil {
		return err
	}
	more := limit > 0 && len(rows) > limit
	if more {
		rows = rows[:limit]
	}
	grid(a.out, columns, rows, numeric(rows)...)
	if more {
		fmt.Fprintf(a.out, "(first %d rows; --limit 0 shows all)\n", limit)
	}
	return nil
}

// numeric finds the columns that hold numbers only, from 1; NULL and nothing
// are no text.
func numeric(rows [][]string) []int {
	var columns []int
	if len(rows) == 0 {
		return nil
	}
	for c := range rows[0] {
		numbers, isNumeric := 0, true
		for _, row := range rows {
			v := strings.TrimSuffix(strings.TrimLeft(row[c], "-"), " %")
			switch {
			case v == "" || v == "NULL":
			case strings.Trim(v, "0123456789.") == "":
				numbers++
			default:
				isNumeric = false
			}
		}
		if isNumeric && numbers > 0 {
			columns = append(columns, c+1)
		}
	}
	return columns
}

// reader opens a version read-only and forbids it other files: the current
// one, or the one of that number.
func (a *app) reader(cmd *cobra.Command, number int64) (*load.Reader, error) {
	w, _, err := a.warehouse()
	if err != nil {
		return nil, err
	}
	version, err := w.Current()
	if err == nil && number != 0 {
		version, err = w.Version(number)
	}
	if err != nil {
		return nil, err
	}
	r, err := load.OpenReader(cmd.Context(), filepath.Join(version.Dir, publish.WarehouseFile), filepath.Join(version.Dir, publish.ODSFile))
	if err != nil {
		return nil, err
	}
	if err := r.Lock(cmd.Context()); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
