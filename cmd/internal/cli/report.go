package cli

import (
	"embed"
	"fmt"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/load"
)

func (a *app) reportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "report",
		Short: "Show what the current version holds: rows, quarantine, customers, names, funnels",
		Long: `Prints tables of the current version: rows in and out of the last run by feed,
customers and names, quarantined rows by rule, both funnels, and the checks that
found something. It writes nothing.`,
		Example: "  loadstar report\n  loadstar report --project demo",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.report(cmd) },
	}
}

func (a *app) report(cmd *cobra.Command) (err error) {
	w, _, err := a.warehouse()
	if err != nil {
		return err
	}
	v, err := w.Current()
	if err != nil {
		return err
	}
	run, err := pipeline.DecodeReport(v.Manifest.Report)
	if err != nil {
		return err
	}
	r, err := a.reader(cmd, v.Number)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, r.Close()) }()
	fmt.Fprintf(a.out, "Version %d, as of %s\n\nROWS OF THE LAST RUN\n", v.Number, day(v.Manifest.AsOf))
	feedTable(a.out, run.Feeds, len(run.Feeds))
	names := run.Names
	fmt.Fprintf(a.out, "\nCUSTOMERS\n%s\n", fit(a.out, customersLine(run.Identity)))
	fmt.Fprintln(a.out, fit(a.out, fmt.Sprintf("Names: %s known; this run: %s new, %s accepted, %s variants; %s.",
		thousands(names.Tokens), thousands(names.New), thousands(names.Accepted), thousands(names.Variants), coverageLine(names))))
	return a.reportTables(cmd, r, run)
}

//go:embed report/*.sql
var reportQueries embed.FS

func (a *app) reportTables(cmd *cobra.Command, r *load.Reader, run pipeline.Report) error {
	for _, section := range []struct{ title, file string }{
		{"QUARANTINE BY RULE, of all deliveries; `loadstar quarantine list` shows what is open", "quarantine"}, {"SALES FUNNEL", "sales"}, {"ONLINE FUNNEL", "online"},
	} {
		if section.file == "quarantine" && !r.HasODS {
			continue
		}
		query, err := reportQueries.ReadFile("report/" + section.file + ".sql")
		if err != nil {
			return fmt.Errorf("report %s: %w", section.file, err)
		}
		columns, rows, err := r.Rows(cmd.Context(), string(query), "", 0)
		if err != nil {
			return fmt.Errorf("report %s: %w", section.file, err)
		}
		fmt.Fprintf(a.out, "\n%s\n", fit(a.out, section.title))
		if len(rows) == 0 {
			fmt.Fprintln(a.out, "none")
			continue
		}
		grid(a.out, columns, rows, numeric(rows)...)
	}
	if len(run.Checks) > 0 {
		fmt.Fprintf(a.out, "\nCHECKS THAT FOUND SOMETHING\n")
		var rows [][]string
		for _, c := range run.Checks {
			rows = append(rows, []string{c.Severity, c.Name, thousands(c.Rows)})
		}
		grid(a.out, []string{"severity", "check", "rows"}, rows, 3)
	}
	return nil
}
