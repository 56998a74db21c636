package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/cmd/internal/sample"
)

func (a *app) generateCommand() *cobra.Command {
	o := sample.Options{}
	strangers := false
	cmd := &cobra.Command{
		Use:   "generate --out DIR",
		Short: "Write the sample company: a project folder with feeds, contracts and their truth",
		Long: `Writes a whole project folder: loadstar.yaml, contracts, feeds of a billing
database, a web store, a CRM and sales people's Excel sheets, and under truth/
what a correct load must find. The same numbers give the same bytes.`,
		Example: `  loadstar generate --customers 2000 --days 2 --seed 1 --out demo
  loadstar generate --customers 300 --days 1 --strangers --out demo`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.generate(cmd, o, strangers)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&o.Customers, "customers", 2000, "number of real customers")
	flags.IntVar(&o.Days, "days", 2, "number of daily deliveries, the first with all history")
	flags.Uint64Var(&o.Seed, "seed", 1, "another seed gives another company")
	flags.StringVar(&o.Out, "out", "", "folder to write (required)")
	flags.BoolVar(&strangers, "strangers", false, "also write strangers/: day 0 as four other systems export it, in three languages, without contracts (for loadstar init)")
	return cmd
}

func (a *app) generate(cmd *cobra.Command, o sample.Options, strangers bool) error {
	switch {
	case o.Out == "":
		return &usageError{fmt.Errorf("--out is missing: name the folder to write")}
	case o.Customers < 1 || o.Days < 1:
		return &usageError{fmt.Errorf("--customers and --days must be at least 1")}
	}
	watcher, err := a.watcher()
	if err != nil {
		return err
	}
	started := time.Now()
	watcher.Begin(pipeline.Step("write"), "sample company", int64(o.Customers), "customers")
	var last int64
	o.Progress = func(done, _ int64) {
		watcher.Add(done - last)
		last = done
	}
	if _, err := sample.Generate(cmd.Context(), o); err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	if strangers {
		if err := sample.Strangers(cmd.Context(), o.Out); err != nil {
			return fmt.Errorf("generate: %w", err)
		}
	}
	watcher.End(int64(o.Customers), time.Since(started))
	fmt.Fprintf(a.out, "Wrote %s over %s to %s.\nNext: loadstar run --project %s\n",
		counted(o.Customers, "customer"), counted(o.Days, "day"), o.Out, o.Out)
	return nil
}
