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
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/cmd/internal/sample"
)

// Run measures and prints one table. args: see the flags.
func Run(ctx context.Context, args []string, out io.Writer) (err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	rows := flags.Int("rows", 3_000_000, "rows of the CSV file; 0 leaves it out")
	pairs := flags.Int("pairs", 3, "times that a file, or the PostgreSQL table, is read by either")
	sheet := flags.Int("sheet", 200_000, "rows of the workbook; 0 leaves it out")
	postgres := flags.String("postgres", "", "address of a PostgreSQL server on this machine, \"\" leaves it out")
	pulled := flags.Int("pulled", 1_000_000, "rows that are pulled from it")
	customers := flags.Int("customers", 100_000, "customers of the sample company, also measured at a tenth; 0 leaves it out")
	job := flags.Int("job", 0, "measure only the job at this number of customers")
	binary := flags.String("loadstar", filepath.Join("bin", "loadstar"), "the command, whose look-up server is measured on the job's result; \"\" leaves it out")
	project := flags.String("lookup", "", "measure only the look-up server, on the current version of this project")
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
	if *project != "" {
		return measureLookup(ctx, *binary, *project, out)
	}
	if *job > 0 {
		project := filepath.Join(*dir, fmt.Sprint(*job))
		if err := measureJob(ctx, project, *job, out); err != nil || *binary == "" {
			return err
		}
		return measureLookup(ctx, *binary, project, out)
	}
	if err := os.RemoveAll(*dir); err != nil {
		return fmt.Errorf("empty %s: %w", *dir, err)
	}
	fmt.Fprintf(out, "%s/%s, %d processors, %s, %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), time.Now().Format("2006-01-02"))
	if err := measureFiles(ctx, *dir, *rows, *pairs, out); err != nil {
		return err
	}
	if *sheet > 0 {
		if err := measureExcel(ctx, *dir, *sheet, *pairs, out); err != nil {
			return fmt.Errorf("excel: %w", err)
		}
	}
	if err := measurePostgres(ctx, *postgres, *pulled, *pairs, out); err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	for _, n := range []int{*customers / 10, *customers} {
		if n == 0 {
			continue
		}
		if err := inOwnProcess(ctx, out, "-dir", *dir, "-loadstar", *binary, "-job", fmt.Sprint(n)); err != nil {
			return fmt.Errorf("job at %d customers: %w", n, err)
		}
	}
	return nil
}

// measureFiles reads each kind of text file; rows = 0 leaves them out.
func measureFiles(ctx context.Context, dir string, rows, pairs int, out io.Writer) error {
	if rows <= 0 {
		return nil
	}
	for _, b := range []fileBench{csvBench(rows), codePageBench(rows), jsonBench(rows / 10)} {
		if err := measureFile(ctx, dir, b, pairs, out); err != nil {
			return fmt.Errorf("%s: %w", b.name, err)
		}
	}
	return nil
}

// inOwnProcess runs one part in a process of its own: the peak memory of a
// process is that of all it ever did.
func inOwnProcess(ctx context.Context, out io.Writer, args ...string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Stdout, cmd.Stderr = out, os.Stderr
	return cmd.Run()
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
	company, err := sample.Generate(ctx, sample.Options{Customers: customers, Days: 2, Seed: 1, Out: dir})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "job, %d customers with %d records, %d order lines, %d web events, in two days\n", customers, company.Records, company.Lines, company.Events)
	cfg, err := config.Load(dir)
	if err != nil {
		return err
	}
	dayZero, err := cfg.Company.ParseTime("2026-03-31")
	if err != nil {
		return err
	}
	var days [2]pipeline.Report
	var loaded [2]int64
	for day, o := range []pipeline.Options{{AsOf: dayZero}, {}} {
		r, err := pipeline.Run(ctx, cfg, o)
		if err != nil {
			return fmt.Errorf("day %d: %w", day, err)
		}
		days[day] = r
		read := int64(0)
		for _, f := range r.Feeds {
			read, loaded[day] = read+f.Read, loaded[day]+f.Loaded
		}
		fmt.Fprintf(out, "job, %d customers, day %d: %d rows read, %d loaded: %.1f s", customers, day, read, loaded[day], r.Seconds)
		for _, s := range r.Steps {
			fmt.Fprintf(out, ", %s %.1f", s.Step, s.Seconds)
		}
		fmt.Fprintf(out, "; peak memory so far %d MB\n", r.MaxRSS>>20)
	}
	fmt.Fprintf(out, "job, %d customers: day 1 loads %.1f %% of day 0's rows in %.0f %% of its time (aim: 1 %% in at most 10 %%)\n\n",
		customers, 100*float64(loaded[1])/float64(loaded[0]), 100*days[1].Seconds/days[0].Seconds)
	return nil
}
