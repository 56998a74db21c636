package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas"
	"loadstar/schemas/fault"
)

type checkFlags struct {
	version    int64
	only       []string
	all        bool
	showValues bool
}

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check [FILE]",
		Short: "Run the checks on a published version or on a copied warehouse file",
		Long: `Runs every check that ships with Loadstar, and the project's own (checks: in
loadstar.yaml), over all rows: of the current version, of a kept one, or of a
copied warehouse.duckdb. A check is a query that must return no row; the first
offending rows are shown by their keys.

Nothing is written. Checks that need ods.duckdb are left out, and listed, where
that file is not beside the warehouse or may not be read. A FILE needs no
project folder.

Exit code 3 where a check of severity error finds rows.`,
		Example: `  loadstar check
  loadstar check --version 41
  loadstar check ~/Downloads/warehouse.duckdb
  loadstar check --only grain_unique,no_orphan_key`,
		Args: func(cmd *cobra.Command, args []string) error { return asUsage(cmd, cobra.MaximumNArgs(1)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error { return a.check(cmd, args, f) },
	}
	flags := cmd.Flags()
	flags.Int64Var(&f.version, "version", 0, "a kept version (default: the current one)")
	flags.StringSliceVar(&f.only, "only", nil, "names of checks, separated by comma (default: all)")
	flags.BoolVar(&f.all, "all", false, "list also the checks that pass")
	flags.BoolVar(&f.showValues, "show-values", false, "show the values of columns that hold personal data")
	return cmd
}

func (a *app) check(cmd *cobra.Command, args []string, f checkFlags) (err error) {
	if len(args) == 1 && f.version != 0 {
		return &usageError{errors.New("give a FILE or --version, not both")}
	}
	checks, err := a.checks(len(args) == 1, f.only)
	if err != nil {
		return err
	}
	r, err := a.checked(cmd, args, f.version)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, r.Close()) }()
	findings, err := r.Check(cmd.Context(), checks)
	if err != nil {
		return err
	}
	return a.showFindings(findings, f)
}

// checks are the shipped checks and the project's own. A file can be checked
// outside a project.
func (a *app) checks(isFile bool, only []string) ([]load.Check, error) {
	checks, err := load.Checks()
	if err != nil {
		return nil, err
	}
	cfg, err := a.configuration()
	switch {
	case err == nil:
		own, err := pipeline.OwnChecks(cfg)
		if err != nil {
			return nil, &usageError{err}
		}
		checks = append(checks, own...)
	case !isFile || !errors.Is(err, os.ErrNotExist):
		return nil, err
	}
	if len(only) == 0 {
		return checks, nil
	}
	names := make([]string, len(checks))
	for i, c := range checks {
		names[i] = c.Name
	}
	var chosen []load.Check
	for _, name := range only {
		at := slices.IndexFunc(checks, func(c load.Check) bool { return c.Name == name })
		if at < 0 {
			return nil, &usageError{fmt.Errorf("--only: no check is called %q; %s (`loadstar check --all` lists them)", name, fault.DidYouMean(name, names))}
		}
		chosen = append(chosen, checks[at])
	}
	return chosen, nil
}

// checked opens what is to be checked.
func (a *app) checked(cmd *cobra.Command, args []string, version int64) (*load.Reader, error) {
	if len(args) == 0 {
		return a.reader(cmd, version)
	}
	return openCopy(cmd.Context(), args[0])
}

// openCopy opens a copied warehouse file, or the folder that holds it.
func openCopy(ctx context.Context, path string) (*load.Reader, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &usageError{err}
	}
	if info.IsDir() {
		path = filepath.Join(path, publish.WarehouseFile)
		if _, err := os.Stat(path); err != nil {
			return nil, &usageError{fmt.Errorf("%w; name a warehouse.duckdb, a folder that holds one, or a project with --project", err)}
		}
	}
	r, err := load.OpenReader(ctx, path, filepath.Join(filepath.Dir(path), publish.ODSFile))
	if err != nil {
		return nil, &usageError{fmt.Errorf("%s is no DuckDB file that can be read; name a warehouse.duckdb of a version, or a whole copy of one: %w", path, err)}
	}
	if err := r.Lock(ctx); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// findingsError says that checks of severity error found rows.
type findingsError struct{ names []string }

// Error names the checks.
func (e *findingsError) Error() string {
	return fmt.Sprintf("%d checks of severity error found rows: %s", len(e.names), strings.Join(e.names, ", "))
}

func (a *app) showFindings(findings []load.Finding, f checkFlags) error {
	var rows [][]string
	var broken, notRun []string
	personal, err := personalColumns()
	if err != nil {
		return err
	}
	for _, finding := range findings {
		switch {
		case finding.NotRun != "":
			notRun = append(notRun, finding.Name)
			rows = append(rows, []string{"not run", finding.Name, "", short(finding.NotRun, 90)})
			continue
		case finding.Rows == 0:
			if f.all {
				rows = append(rows, []string{"passed", finding.Name, "0", finding.Question})
			}
			continue
		case finding.Severity == load.SeverityError:
			broken = append(broken, finding.Name)
		}
		rows = append(rows, []string{finding.Severity, finding.Name, thousands(finding.Rows), finding.Question})
		for _, row := range finding.Sample {
			if !f.showValues {
				row = maskRow(row, personal)
			}
			rows = append(rows, []string{"", "", "", "  " + short(row, 110)})
		}
	}
	if len(rows) > 0 {
		grid(a.out, []string{"result", "check", "rows", "question and first rows"}, rows, 3)
	}
	fmt.Fprintf(a.out, "%d checks: %d passed, %d found rows, %d not run.\n", len(findings),
		len(findings)-len(notRun)-found(findings), found(findings), len(notRun))
	if len(broken) > 0 {
		return &findingsError{broken}
	}
	return nil
}

func found(findings []load.Finding) int {
	n := 0
	for _, f := range findings {
		if f.Rows > 0 {
			n++
		}
	}
	return n
}

// personalColumns are the columns that hold personal data in any entity, and
// the names they have in the star.
func personalColumns() (map[string]bool, error) {
	entities, err := schemas.Entities()
	if err != nil {
		return nil, err
	}
	columns := map[string]bool{"display_name": true, "emails": true, "phones": true, "raw": true, "value": true}
	for _, e := range entities {
		for _, f := range e.Fields {
			if f.PII {
				columns[f.Name] = true
			}
		}
	}
	return columns, nil
}

// maskRow hides personal values of a row written as a JSON object; a row that
// is none is hidden whole.
func maskRow(row string, personal map[string]bool) string {
	values := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(row), &values); err != nil {
		return masked
	}
	changed := false
	for name, value := range values {
		if personal[name] && string(value) != "null" {
			values[name] = json.RawMessage(`"` + masked + `"`)
			changed = true
		}
	}
	if !changed {
		return row
	}
	text, err := json.Marshal(values)
	if err != nil {
		return masked
	}
	return string(text)
}
