// Package bench measures the batch job against what DuckDB does alone on the
// same file in the same run, and against itself at other sizes. Times of a
// shared machine mean little: ratios are what to read.
package bench

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/cmd/internal/sample"
)

// Run measures and prints one table. args: -rows, -pairs, -customers (0 leaves
// the part out), -dir, -cpuprofile.
func Run(ctx context.Context, args []string, out io.Writer) (err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	rows := flags.Int("rows", 3_000_000, "rows of the CSV file")
	pairs := flags.Int("pairs", 3, "times that the CSV file is loaded by either")
	customers := flags.Int("customers", 100_000, "customers of the sample company; also measured at a tenth")
	dir := flags.String("dir", "bench-data", "folder for the files")
	profile := flags.String("cpuprofile", "", "file for a CPU profile")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *profile != "" {
		stop, err := profileTo(*profile)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	if err := os.RemoveAll(*dir); err != nil {
		return fmt.Errorf("empty %s: %w", *dir, err)
	}
	fmt.Fprintf(out, "%s/%s, %d processors, %s, %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), time.Now().Format("2006-01-02"))
	if *rows > 0 {
		if err := measureCSV(ctx, *dir, *rows, *pairs, out); err != nil {
			return fmt.Errorf("csv: %w", err)
		}
	}
	if *customers == 0 {
		return nil
	}
	for _, n := range []int{*customers / 10, *customers} {
		if err := measureJob(ctx, filepath.Join(*dir, fmt.Sprint(n)), n, out); err != nil {
			return fmt.Errorf("job at %d customers: %w", n, err)
		}
	}
	return nil
}

func profileTo(path string) (stop func() error, err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}

// measureJob runs the sample company's days 0 and 1.
func measureJob(ctx context.Context, dir string, customers int, out io.Writer) error {
	if _, err := sample.Generate(ctx, sample.Options{Customers: customers, Days: 2, Seed: 1, Out: dir}); err != nil {
		return err
	}
	cfg, err := config.Load(dir)
	if err != nil {
		return err
	}
	dayZero, err := cfg.Company.ParseTime("2026-03-31")
	if err != nil {
		return err
	}
	first, err := pipeline.Run(ctx, cfg, pipeline.Options{AsOf: dayZero})
	if err != nil {
		return err
	}
	second, err := pipeline.Run(ctx, cfg, pipeline.Options{})
	if err != nil {
		return err
	}
	for day, r := range []pipeline.Report{first, second} {
		fmt.Fprintf(out, "%d customers, day %d: %.1f s", customers, day, r.Seconds)
		for _, s := range r.Steps {
			fmt.Fprintf(out, ", %s %.1f", s.Step, s.Seconds)
		}
		fmt.Fprintf(out, "; peak memory of the process %d MB\n", r.MaxRSS>>20)
	}
	fmt.Fprintf(out, "%d customers: day 1 takes %.0f %% of day 0 (aim: at most 10 %%)\n\n", customers, 100*second.Seconds/first.Seconds)
	return nil
}
