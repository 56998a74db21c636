package bench

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/duckdb/duckdb-go/v2" // the bare DuckDB that is compared with

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
)

const (
	csvConfig = `version: 1
company: {name: Bench, time_zone: UTC, currency: EUR, country: DE}
feeds:
  lines: {contract: lines.yaml, from: {csv: lines.csv}}
`
	csvContract = `apiVersion: v3.1.0
kind: DataContract
id: lines
name: lines
version: 1.0.0
status: active
customProperties:
  - {property: delivery, value: append}
schema:
  - name: lines
    customProperties: [{property: entity, value: order_line}]
    properties:
      - {name: line_id, primaryKey: true}
      - {name: order_id}
      - {name: product_id}
      - {name: description}
      - {name: quantity, logicalType: integer}
      - {name: unit_price, logicalType: number}
      - {name: ordered_at, logicalType: timestamp}
      - {name: country_code}
`
	bareDuckDB = `create table lines as select * from read_csv('%s', ignore_errors = true, header = true, columns = {
    'line_id': 'varchar', 'order_id': 'varchar', 'product_id': 'varchar', 'description': 'varchar', 'quantity': 'bigint',
    'unit_price': 'decimal(18, 4)', 'ordered_at': 'timestamp', 'country_code': 'varchar'})`
)

// badEvery rows one has a quantity that is no number: 0.1 %.
const badEvery = 1000

// measureCSV compares land and stage (up to the merged ODS) of one file with a
// bare typed create table of DuckDB.
func measureCSV(ctx context.Context, dir string, rows int, out io.Writer) error {
	dir = filepath.Join(dir, "csv")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, text := range map[string]string{"loadstar.yaml": csvConfig, "lines.yaml": csvContract} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	file := filepath.Join(dir, "lines.csv")
	if err := writeCSV(file, rows); err != nil {
		return err
	}
	bare, err := duckDB(ctx, filepath.Join(dir, "bare.duckdb"), file)
	if err != nil {
		return err
	}
	cfg, err := config.Load(dir)
	if err != nil {
		return err
	}
	r, err := pipeline.Run(ctx, cfg, pipeline.Options{})
	if err != nil {
		return err
	}
	seconds := map[pipeline.Step]float64{}
	for _, s := range r.Steps {
		seconds[s.Step] = s.Seconds
	}
	ours := seconds[pipeline.StepLand] + seconds[pipeline.StepStage]
	fmt.Fprintf(out, "csv, %d rows x 8 columns: bare DuckDB %.1f s, Loadstar land + stage + ODS %.1f s: %.2f of bare DuckDB's rate (aim: 1.0 for landed and staged, without the merge into the ODS)\n\n",
		rows, bare.Seconds(), ours, bare.Seconds()/ours)
	return nil
}

func duckDB(ctx context.Context, database, file string) (took time.Duration, err error) {
	db, err := sql.Open("duckdb", database)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	from := time.Now()
	if _, err := db.ExecContext(ctx, fmt.Sprintf(bareDuckDB, strings.ReplaceAll(file, "'", "''"))); err != nil {
		return 0, err
	}
	_, err = db.ExecContext(ctx, "checkpoint")
	return time.Since(from), err
}

func writeCSV(path string, rows int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	_, err = w.WriteString("line_id,order_id,product_id,description,quantity,unit_price,ordered_at,country_code\n")
	for i := 0; i < rows && err == nil; i++ {
		quantity := fmt.Sprint(i%12 + 1)
		if i%badEvery == badEvery-1 {
			quantity = "many"
		}
		description := fmt.Sprintf("Item %d of the range", i%4000)
		if i%50 == 0 {
			description = "\"Two lines,\nand a comma\""
		}
		_, err = fmt.Fprintf(w, "L%08d,O%07d,P%04d,%s,%s,%d.%02d,2026-%02d-%02d %02d:%02d:00,DE\n",
			i, i/4, i%4000, description, quantity, i%90+1, i%100, i%12+1, i%28+1, i%24, i%60)
	}
	return errors.Join(err, w.Flush(), f.Close())
}
