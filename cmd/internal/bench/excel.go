package bench

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/schemas"
	"loadstar/transform"
)

// The peer: Polars with the reader that it takes for workbooks.
const (
	polarsVersion    = "polars==2.1.0"
	fastexcelVersion = "fastexcel==0.21.0"
)

//go:embed peer_polars.py
var polarsScript []byte

// excelContract types each column, as the peer does by looking at them.
const excelContract = `apiVersion: v3.1.0
kind: DataContract
id: sheet
name: sheet
version: 1.0.0
status: active
customProperties:
  - {property: delivery, value: append}
  - {property: dialect, value: {format: excel}}
schema:
  - name: sheet
    customProperties: [{property: entity, value: order_line}]
    properties:
      - {name: line_id}
      - {name: order_id}
      - {name: customer_id}
      - {name: ordered_on, logicalType: date}
      - {name: shipped_on, logicalType: date}
      - {name: paid_on, logicalType: date}
      - {name: quantity, logicalType: integer}
      - {name: unit_price, logicalType: number}
      - {name: line_amount, logicalType: number}
      - {name: is_gift, logicalType: boolean}
      - {name: product_id}
      - {name: description}
`

// measureExcel reads one workbook of twelve columns, three of them dates, and
// has Polars read it in the same run.
func measureExcel(ctx context.Context, dir string, rows, pairs int, out io.Writer) error {
	dir = filepath.Join(dir, "excel")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	file := filepath.Join(dir, "sheet.xlsx")
	if err := writeWorkbook(file, rows); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	peer, err := installPolars(ctx, dir)
	if err != nil {
		fmt.Fprintf(out, "excel: the peer is left out, Polars can't be installed: %v\n", err)
	}
	var decoded, typed, polars []float64
	for range pairs {
		for _, m := range []struct {
			conform bool
			to      *[]float64
		}{{false, &decoded}, {true, &typed}} {
			took, err := readWorkbook(ctx, file, rows, m.conform)
			if err != nil {
				return err
			}
			*m.to = append(*m.to, took)
		}
		if peer == nil {
			continue
		}
		took, err := peer.read(ctx, file, rows)
		if err != nil {
			return err
		}
		polars = append(polars, took)
	}
	fmt.Fprintf(out, "excel, %d rows x 12 columns, 3 of dates: decoded in %.2f s, typed, validated and hashed in %.2f s", rows, median(decoded), median(typed))
	if peer != nil {
		fmt.Fprintf(out, "; Polars' calamine reader %.2f s: %.2f times its rate (aim: at least 2), %.2f with the contract",
			median(polars), median(polars)/median(decoded), median(polars)/median(typed))
	}
	fmt.Fprintf(out, "; medians of %d\n\n", pairs)
	return nil
}

// readWorkbook decodes a workbook with the workers of a run, and conforms its
// rows to the contract where asked.
func readWorkbook(ctx context.Context, file string, rows int, conform bool) (float64, error) {
	contract, err := schemas.ParseContract("sheet.yaml", []byte(excelContract))
	if err != nil {
		return 0, err
	}
	plan, err := transform.NewPlan(contract, transform.Defaults{TimeZone: "UTC", Currency: "EUR"})
	if err != nil {
		return 0, err
	}
	from := time.Now()
	landed := extract.Landed{Feed: contract.Feed, Path: "sheet.xlsx", File: file}
	source, err := extract.Open(contract, landed)
	if err != nil {
		return 0, err
	}
	conformer := func(schemas.Decoded) ([]schemas.Conformed, error) { return nil, nil }
	if conform {
		conformer = intake.Conform(plan, contract.Feed, landed)
	}
	seen, refused := int64(0), 0
	err = intake.Each(ctx, runtime.GOMAXPROCS(0), source, conformer, func(b intake.Batch) error {
		seen += b.Rows
		refused += len(b.Rejects)
		for _, c := range b.Conformed {
			refused += len(c.Rejects)
		}
		b.Release()
		return nil
	})
	took := time.Since(from).Seconds()
	if err == nil && (seen != int64(rows) || refused > 0) {
		err = fmt.Errorf("%d rows were read and %d refused, expected %d and none", seen, refused, rows)
	}
	return took, err
}

// polars is the peer in a virtual environment of its own.
type polars struct{ python, script string }

// installPolars makes the environment beside the project's data.
func installPolars(ctx context.Context, dir string) (*polars, error) {
	venv := filepath.Join(dir, "venv")
	p := &polars{python: filepath.Join(venv, "bin", "python"), script: filepath.Join(dir, "peer_polars.py")}
	for _, command := range [][]string{
		{"python3", "-m", "venv", venv},
		{p.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", polarsVersion, fastexcelVersion},
	} {
		if text, err := exec.CommandContext(ctx, command[0], command[1:]...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%w: %.200s", err, text)
		}
	}
	return p, os.WriteFile(p.script, polarsScript, 0o600)
}

// read has the workbook read once, after a first time that warms its files up
// as those of this process are.
func (p *polars) read(ctx context.Context, file string, rows int) (float64, error) {
	const times = 2
	cmd := exec.CommandContext(ctx, p.python, p.script, file, fmt.Sprint(rows), fmt.Sprint(times))
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("run the peer: %w", err)
	}
	var seconds []float64
	if err := json.Unmarshal(text, &seconds); err != nil || len(seconds) != times {
		return 0, errors.Join(fmt.Errorf("the peer answered %q", text), err)
	}
	return min(seconds[0], seconds[1]), nil
}
