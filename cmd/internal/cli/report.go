package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/load"
)

func (a *app) reportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "report",
		Short: "Show what the current version holds: rows, quarantine, customers, names, funnels",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.report(cmd) },
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
	id, names := run.Identity, run.Names
	fmt.Fprintf(a.out, "\nCUSTOMERS\n%s customers from %s records; this run: %s new, %s merged, %s split; %s doubtful pairs.\n",
		thousands(id.Customers), thousands(id.Records), thousands(id.Created), thousands(id.Absorbed), thousands(id.Split), thousands(id.Doubtful))
	fmt.Fprintf(a.out, "Names: %s known; this run: %s new, %s accepted, %s variants. The top 1,000 explain %.1f %% of customers, the top 10,000 %.1f %%.\n",
		thousands(names.Tokens), thousands(names.New), thousands(names.Accepted), thousands(names.Variants), 100*names.Top1000, 100*names.Top10000)
	return a.reportTables(cmd, r, run)
}

// reportSections are the tables of the report, each one query.
func reportSections() []struct{ title, query string } {
	return []struct{ title, query string }{
		{"QUARANTINE BY RULE", `select r.feed, v.rule, count(distinct r.reject_id) as rows
from ods.quarantine.row as r inner join ods.quarantine.violation as v on r.reject_id = v.reject_id
group by all order by all`},
		{"SALES FUNNEL", "from funnel_sales where breakdown = 'all' order by all"},
		{"ONLINE FUNNEL", "from funnel_online where breakdown = 'all' order by all"},
	}
}

func (a *app) reportTables(cmd *cobra.Command, r *load.Reader, run pipeline.Report) error {
	for _, s := range reportSections() {
		if s.title == "QUARANTINE BY RULE" && !r.HasODS {
			continue
		}
		columns, rows, err := r.Rows(cmd.Context(), s.query, "", 0)
		if err != nil {
			return fmt.Errorf("report %s: %w", s.title, err)
		}
		fmt.Fprintf(a.out, "\n%s\n", s.title)
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
