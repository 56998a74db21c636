package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/cmd/internal/validate"
	"loadstar/schemas/fault"
)

type validateFlags struct {
	feeds         []string
	format        string
	baseline      string
	writeBaseline bool
	showValues    bool
	workers       int
}

func (a *app) validateCommand() *cobra.Command {
	var f validateFlags
	cmd := &cobra.Command{
		Use:   "validate [FILE…]",
		Short: "Check configuration, contracts and deliveries without a warehouse",
		Long: `Reads loadstar.yaml, every contract, and the deliveries that lie there, with the
same readers and rules as a run, and says what a run would refuse or quarantine:
with file, line and character or sheet and cell, the reason, and what to do. It
also compares feeds with each other (an order whose customer is in no feed) and
columns with contracts (new, missing, renamed, retyped). Without a FILE it looks
at all deliveries; a FILE may be a delivery or a contract. Tables in SQLite
files are read, servers are not asked. It writes nothing but its report (and
with --write-baseline the baseline).

docs/errors.md explains every code. Exit codes: 0 no error, 2 the configuration
or a contract is wrong, 3 a delivery breaks its contract.`,
		Example: `  loadstar validate
  loadstar validate --feed crm_contacts drops/contacts_2026-04-02.csv
  loadstar validate --format sarif > loadstar.sarif
  loadstar validate --baseline known.json --write-baseline   accept what is there
  loadstar validate --baseline known.json                    only new violations fail`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.validate(cmd, f, args) },
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.feeds, "feed", nil, "only this feed (may be given several times)")
	flags.StringVar(&f.format, "format", "text", strings.Join(validate.Formats(), ", "))
	flags.StringVar(&f.baseline, "baseline", "", "file of known violations, which do not fail")
	flags.BoolVar(&f.writeBaseline, "write-baseline", false, "write what was found to the baseline instead of failing")
	flags.BoolVar(&f.showValues, "show-values", false, "show the values of columns that the contract classifies as pii")
	flags.IntVar(&f.workers, "workers", 0, "parallel workers (default: one for each processor)")
	return cmd
}

func (a *app) validate(cmd *cobra.Command, f validateFlags, files []string) error {
	if err := f.check(); err != nil {
		return &usageError{err}
	}
	known, err := f.known()
	if err != nil {
		return &usageError{err}
	}
	frugal()
	dir, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("find the current folder: %w", err)
	}
	report, err := validate.Run(cmd.Context(), validate.Options{
		Project: a.project, Files: files, Feeds: f.feeds, Workers: f.workers, ShowValues: f.showValues, Dir: dir,
		Own: pipeline.CheckOwn,
	})
	var usage *validate.UsageError
	switch {
	case errors.As(err, &usage):
		return &usageError{err}
	case err != nil:
		return err
	}
	if f.writeBaseline && !isConfig(report.Err()) {
		return a.keepBaseline(f.baseline, report)
	}
	report.Forgive(known)
	var out bytes.Buffer
	if err := report.Write(&out, f.format, programVersion()); err != nil {
		return err
	}
	if _, err := fmt.Fprint(a.out, printable(out.String())); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return report.Err()
}

func (f validateFlags) check() error {
	known := validate.Formats()
	for _, k := range known {
		if f.format == k {
			known = nil
			break
		}
	}
	switch {
	case known != nil:
		return fault.Unknown(fault.ConfigValue, "--format", f.format, known)
	case f.writeBaseline && f.baseline == "":
		return errors.New("--write-baseline needs --baseline FILE: where it is written")
	case f.workers < 0:
		return fmt.Errorf("--workers %d: must not be negative", f.workers)
	}
	return nil
}

// known reads the baseline; one that is to be written need not be there.
func (f validateFlags) known() (validate.Baseline, error) {
	if f.baseline == "" || f.writeBaseline {
		return validate.Baseline{}, nil
	}
	text, err := os.ReadFile(f.baseline)
	if errors.Is(err, fs.ErrNotExist) {
		return validate.Baseline{}, fmt.Errorf("there is no baseline %s; write it with --write-baseline", f.baseline)
	}
	if err != nil {
		return validate.Baseline{}, fmt.Errorf("read baseline: %w", err)
	}
	known, err := validate.ReadBaseline(text)
	if err != nil {
		return known, fmt.Errorf("read baseline %s: %w", f.baseline, err)
	}
	return known, nil
}

const baselineMode = 0o644

func (a *app) keepBaseline(path string, r *validate.Report) error {
	b := r.Baseline()
	text, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	if err := os.WriteFile(path, append(text, '\n'), baselineMode); err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	var n int64
	for _, k := range b.Violations {
		n += k.Count
	}
	fmt.Fprintf(a.out, "Wrote %s violations to %s. They are known from now on.\n", thousands(n), path)
	return nil
}

func isConfig(err error) bool {
	var failed *validate.Failed
	return errors.As(err, &failed) && failed.Config
}
