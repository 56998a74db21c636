package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/cmd/internal/quarantine"
	"loadstar/load"
	"loadstar/load/publish"
)

func (a *app) replayCommand(f *quarantineFlags) *cobra.Command {
	cmd := &cobra.Command{
		Use: "replay", Short: "Try quarantined rows again by the contracts of today", Args: noArgs,
		Long: `Reads the deliveries that have rows in quarantine again, as they were landed, by
the contracts of today, and says how many rows would pass. Then it runs: after a
change of a contract everything that depends on it is rebuilt from landing, and
corrected files that were dropped in are loaded; nothing counts twice, for a
rebuild starts empty and rows are known by their ids. It publishes the next
version, as loadstar run does.`,
		Example: `  loadstar quarantine replay --dry-run
  loadstar quarantine replay --feed crm_contacts`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.quarantineReplay(cmd, *f) },
	}
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would pass, and publish nothing")
	cmd.Flags().BoolVar(&f.accept, "accept", false, "publish although a feed is absent, shrank or breaks its contract too often")
	return cmd
}

// openViolations lists what is open in the current version, without looking
// at values.
func (a *app) openViolations(cmd *cobra.Command, f quarantineFlags) (cfg config.Config, v publish.Version, open []load.Violation, err error) {
	w, cfg, err := a.warehouse()
	if err != nil {
		return cfg, v, nil, err
	}
	if err := f.known(cfg); err != nil {
		return cfg, v, nil, err
	}
	if v, err = w.Current(); err != nil {
		return cfg, v, nil, err
	}
	r, err := a.reader(cmd, v.Number)
	if err != nil {
		return cfg, v, nil, err
	}
	defer func() { err = firstError(err, r.Close()) }()
	if !r.HasODS {
		return cfg, v, nil, errors.New("the quarantine is in ods.duckdb, which you may not read; ask its owner")
	}
	open, err = r.Violations(cmd.Context(), load.ViolationFilter{Feed: f.feed, Rule: ruleOf(f.rule), Open: true})
	return cfg, v, open, err
}

func (a *app) quarantineReplay(cmd *cobra.Command, f quarantineFlags) error {
	cfg, v, open, err := a.openViolations(cmd, f)
	if err != nil {
		return err
	}
	replayed, err := quarantine.Replay(cmd.Context(), cfg, v, open, 0)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, r := range replayed {
		rows = append(rows, []string{r.Feed, r.Path, thousands(int64(r.Refused)), thousands(int64(r.Passing)), thousands(int64(r.Fresh)), short(r.Why, 60)})
	}
	if len(rows) == 0 {
		fmt.Fprintln(a.out, f.none("open in quarantine"))
	} else {
		grid(a.out, []string{"feed", "delivery", "refused", "pass now", "newly refused", "still wrong"}, rows, 3, 4, 5)
	}
	if f.dryRun {
		return nil
	}
	watcher, err := a.watcher()
	if err != nil {
		return err
	}
	report, err := pipeline.Run(cmd.Context(), cfg, pipeline.Options{Accept: f.accept, Watch: watcher, Now: time.Now})
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out)
	return printSummary(a.out, report, a.project)
}

func (a *app) quarantineAnnotate(cmd *cobra.Command, f quarantineFlags) error {
	cfg, v, open, err := a.openViolations(cmd, f)
	if err != nil {
		return err
	}
	given, err := quarantine.Annotate(cmd.Context(), cfg, v, open, f.annotate)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, g := range given {
		reasons := "in the copy"
		if g.List != "" {
			reasons = g.List
		}
		rows = append(rows, []string{g.Feed, g.Path, thousands(int64(g.Rows)), g.Copy, reasons})
	}
	if len(rows) == 0 {
		if err := f.knownRule(); err != nil {
			return err
		}
		fmt.Fprintln(a.out, "No file has open rows in quarantine.")
		return nil
	}
	grid(a.out, []string{"feed", "delivery", "rows", "copy", "reasons"}, rows, 3)
	return nil
}
