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
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

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

// fileBench is one file that Loadstar and bare DuckDB load in turn.
type fileBench struct {
	name     string // for people
	config   string
	contract string
	bareFile string // that DuckDB reads
	bare     string // DuckDB's statement, with %s for its file
	rows     int    // that Loadstar reads, also those of lists within a record
	refused  int
	aim      string
	write    func(dir string) error
}

// csvBench is a plain table as UTF-8.
func csvBench(rows int) fileBench {
	return fileBench{
		name: "csv", config: csvConfig, contract: csvContract, bareFile: "lines.csv", bare: bareDuckDB,
		rows: rows, refused: rows / badEvery, aim: "1.1",
		write: func(dir string) error { return writeCSV(filepath.Join(dir, "lines.csv"), rows, "Item", nil) },
	}
}

// codePageBench is the same with letters beyond ASCII in every row, as
// Windows-1252 for Loadstar and as UTF-8 for DuckDB, which reads no code page.
func codePageBench(rows int) fileBench {
	b := csvBench(rows)
	b.name, b.bareFile, b.aim = "csv in Windows-1252", "lines_utf8.csv", "0.8"
	b.contract = strings.Replace(csvContract, "value: append}\n", "value: append}\n  - {property: dialect, value: {encoding: windows-1252}}\n", 1)
	b.write = func(dir string) error {
		return errors.Join(writeCSV(filepath.Join(dir, "lines.csv"), rows, "Stück für Größe", charmap.Windows1252.NewEncoder()),
			writeCSV(filepath.Join(dir, "lines_utf8.csv"), rows, "Stück für Größe", nil))
	}
	return b
}

// measureFile compares how a file is landed with its hash, decoded, typed,
// validated, quarantined and staged with lineage to a bare typed create table
// of DuckDB, in turn, and prints the median of the pairs. The merge into the
// ODS, for which bare DuckDB has no equal, has a figure of its own.
func measureFile(ctx context.Context, dir string, b fileBench, pairs int, out io.Writer) error {
	dir = filepath.Join(dir, strings.ReplaceAll(b.name, " ", "-"))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, text := range map[string]string{"loadstar.yaml": b.config, "lines.yaml": b.contract} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	if err := b.write(dir); err != nil {
		return err
	}
	var rates, withMerge []float64
	for range pairs {
		bare, err := duckDB(ctx, filepath.Join(dir, "bare.duckdb"), fmt.Sprintf(b.bare, strings.ReplaceAll(filepath.Join(dir, b.bareFile), "'", "''")))
		if err != nil {
			return err
		}
		ours, err := stageOnly(ctx, dir, int64(b.rows), int64(b.refused))
		if err != nil {
			return err
		}
		land, stage, merge := ours[pipeline.StepLand], ours[pipeline.StepStage], ours[pipeline.StepMerge]
		rates = append(rates, bare/(land+stage))
		withMerge = append(withMerge, bare/(land+stage+merge))
		fmt.Fprintf(out, "%s, %d rows: bare DuckDB %.1f s; Loadstar %.1f s (land %.1f, decode to stage %.1f): %.2f of its rate; merge into the ODS %.1f s more\n",
			b.name, b.rows, bare, land+stage, land, stage, rates[len(rates)-1], merge)
	}
	fmt.Fprintf(out, "%s: landed and staged at %.2f of bare DuckDB's rate (aim: at least %s); with the merge into the ODS %.2f; medians of %d\n\n",
		b.name, median(rates), b.aim, median(withMerge), pairs)
	return nil
}

// stageOnly runs the job up to the merged ODS and returns the seconds of each
// step. Nothing is published, so that each run is the first.
func stageOnly(ctx context.Context, dir string, rows, bad int64) (map[pipeline.Step]float64, error) {
	cfg, err := config.Load(dir)
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(cfg.Warehouse); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	report, err := pipeline.Run(ctx, cfg, pipeline.Options{After: func(where string) {
		if where == "stage" {
			stop(errStaged)
		}
	}})
	if !errors.Is(context.Cause(ctx), errStaged) {
		return nil, err
	}
	seconds := map[pipeline.Step]float64{}
	for _, s := range report.Steps {
		seconds[s.Step] = s.Seconds
	}
	read, refused := int64(0), int64(0)
	for _, f := range report.Feeds {
		read, refused = read+f.Read, refused+f.Quarantined
	}
	if read != rows || refused != bad {
		return nil, fmt.Errorf("%d rows were read and %d refused, expected %d and %d", read, refused, rows, bad)
	}
	return seconds, nil
}

// errStaged is why a run was stopped that came as far as it should.
var errStaged = errors.New("staged")

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// duckDB returns the seconds that bare DuckDB takes.
func duckDB(ctx context.Context, database, statement string) (took float64, err error) {
	if err := os.RemoveAll(database); err != nil {
		return 0, err
	}
	db, err := sql.Open("duckdb", database)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	from := time.Now()
	if _, err := db.ExecContext(ctx, statement); err != nil {
		return 0, err
	}
	_, err = db.ExecContext(ctx, "checkpoint")
	return time.Since(from).Seconds(), err
}

// writeCSV writes a table whose descriptions begin with item, in an encoding;
// nil is UTF-8.
func writeCSV(path string, rows int, item string, to *encoding.Encoder) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if to != nil {
		if item, err = to.String(item); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	w := bufio.NewWriterSize(f, 1<<20)
	_, err = w.WriteString("line_id,order_id,product_id,description,quantity,unit_price,ordered_at,country_code\n")
	for i := 0; i < rows && err == nil; i++ {
		quantity := fmt.Sprint(i%12 + 1)
		if i%badEvery == badEvery-1 {
			quantity = "many"
		}
		description := fmt.Sprintf("%s %d of the range", item, i%4000)
		if i%50 == 0 {
			description = "\"Two lines,\nand a comma\""
		}
		_, err = fmt.Fprintf(w, "L%08d,O%07d,P%04d,%s,%s,%d.%02d,2026-%02d-%02d %02d:%02d:00,DE\n",
			i, i/4, i%4000, description, quantity, i%90+1, i%100, i%12+1, i%28+1, i%24, i%60)
	}
	return errors.Join(err, w.Flush(), f.Close())
}
