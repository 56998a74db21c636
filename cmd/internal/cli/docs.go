package cli

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/catalogue"
)

func (a *app) docsCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "docs [FILE]",
		Short: "Write the catalogue of the warehouse as pages for people",
		Long: `Writes what the current version (or a copied warehouse.duckdb) knows about
itself: every table, column, KPI and rule with its meaning, owner, unit and
origin, the star, the bus matrix, freshness and check results of the last run,
a glossary, and twenty questions for sales and marketing with their answers.

index.html needs nothing beside it and no network: mail it, or put it on a
share. The same stands in README.md, tutorial.md, kpis.md, tables.md and
glossary.md. No page names a customer.`,
		Example: "  loadstar docs --out pages\n  loadstar docs ~/Downloads/warehouse.duckdb --out pages",
		Args:    func(cmd *cobra.Command, args []string) error { return asUsage(cmd, cobra.MaximumNArgs(1)(cmd, args)) },
		RunE:    func(cmd *cobra.Command, args []string) error { return a.docs(cmd, args, out) },
	}
	cmd.Flags().StringVar(&out, "out", "warehouse-docs", "folder to write into; pages written before are replaced")
	return cmd
}

func (a *app) docs(cmd *cobra.Command, args []string, out string) (err error) {
	r, err := a.checked(cmd, args, 0)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, r.Close()) }()
	site, err := catalogue.Read(func(query string) ([]string, [][]string, error) { return r.Rows(cmd.Context(), query, "", 0) })
	if err != nil {
		return err
	}
	if err := site.Write(out); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%d tables and views, %d KPIs, %d rules: open %s\n", len(site.Tables), len(site.KPIs()), len(site.Rules), filepath.Join(out, "index.html"))
	return nil
}
