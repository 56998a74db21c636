package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
)

type runFlags struct {
	asOf    string
	full    bool
	workers int
	accept  bool
	rematch string

	showValues bool
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Load what is new in all feeds and publish the next version",
		Long: `Takes every feed of loadstar.yaml through the eight steps: land, decode,
conform, cleanse, stage, match, shape, prove. A run publishes a whole new
version or nothing; what people query is never half changed. Without new input
nothing is published.

Matching decides on new and changed records, with the model that the first run
trained. --rematch trains a model on all records of the current version and
shows which customers would merge, split or change their key if it decided on
all of them; it writes nothing. --rematch=publish is a run that does so: each
merge and split stands in the ledger with its reason, and later runs use the
new model.`,
		Example: `  loadstar run
  loadstar run --as-of 2026-03-31      only what was delivered up to that day
  loadstar run --full                  rebuild from landing, ledger and decisions
  loadstar run --rematch               what would a new matching model change?
  loadstar run --rematch=publish       use it`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.run(cmd, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.asOf, "as-of", "", "moment the run speaks for: a date or RFC 3339 time (default: the newest delivery's)")
	flags.BoolVar(&f.full, "full", false, "rebuild everything from landing, ledger and decisions")
	flags.IntVar(&f.workers, "workers", 0, "parallel workers (default: one for each processor)")
	flags.StringVar(&f.rematch, "rematch", "", "decide on all records with a model trained anew: show what would change, or publish it")
	flags.Lookup("rematch").NoOptDefVal = rematchShow
	flags.BoolVar(&f.showValues, "show-values", false, "show what records are called in the changes of --rematch")
	flags.BoolVar(&f.accept, "accept", false, "publish although a feed is absent, shrank or breaks its contract too often")
	return cmd
}

func (a *app) run(cmd *cobra.Command, f runFlags) error {
	if f.workers < 0 {
		return &usageError{fmt.Errorf("--workers %d: must not be negative", f.workers)}
	}
	switch f.rematch {
	case "", rematchPublish:
	case rematchShow:
		return a.rematch(cmd, f)
	default:
		return &usageError{fmt.Errorf("--rematch=%s is not show or publish", f.rematch)}
	}
	cfg, err := a.configuration()
	if err != nil {
		return err
	}
	watcher, err := a.watcher()
	if err != nil {
		return err
	}
	o := pipeline.Options{Full: f.full, Rematch: f.rematch == rematchPublish, Workers: f.workers, Accept: f.accept, Watch: watcher, Now: time.Now}
	if f.asOf != "" {
		if o.AsOf, err = cfg.Company.ParseTime(f.asOf); err != nil {
			return &usageError{fmt.Errorf("--as-of: %w", err)}
		}
	}
	report, err := pipeline.Run(cmd.Context(), cfg, o)
	if err != nil {
		return err
	}
	return printSummary(a.out, report, a.project)
}

// maxFeedRows keeps the summary of a run on one screen.
const maxFeedRows = 12

// printSummary shows one screen: what came in, what became of it, where to
// look next.
func printSummary(out io.Writer, r pipeline.Report, project string) error {
	if r.Unchanged {
		_, err := fmt.Fprintf(out, "Nothing new since version %d (as of %s): nothing was published.\n", r.Parent, day(r.AsOf))
		return err
	}
	kind := "added to version " + fmt.Sprint(r.Parent)
	if r.Full || r.Parent == 0 {
		kind = "built from landing"
	}
	if r.Rematch {
		kind += ", all records decided anew"
	}
	fmt.Fprintf(out, "Version %d published, as of %s, %s, in %.1f s.\n\n", r.Run, day(r.AsOf), kind, r.Seconds)
	feedTable(out, r.Feeds, maxFeedRows)
	fmt.Fprintf(out, "\n%s\n", fit(out, customersLine(r.Identity)))
	fmt.Fprintln(out, fit(out, fmt.Sprintf("Names: %s new, %s accepted, %s variants; %s.",
		thousands(r.Names.New), thousands(r.Names.Accepted), thousands(r.Names.Variants), coverageLine(r.Names))))
	if n := len(r.Checks); n > 0 {
		fmt.Fprintf(out, "Checks: %d warn (see `loadstar report`).\n", n)
	}
	var steps []string
	for _, s := range r.Steps {
		steps = append(steps, fmt.Sprintf("%s %.1fs", s.Step, s.Seconds))
	}
	at := ""
	if project != "." {
		at = " --project " + project
	}
	_, err := fmt.Fprintf(out, "%s\n%s\n", fit(out, "Time: "+strings.Join(steps, ", ")+"."),
		fit(out, fmt.Sprintf("Next: loadstar report%s · loadstar quarantine list%s · loadstar query%s \"from funnel_sales\"", at, at, at)))
	return err
}

// feedTable shows at most so many feeds, those with quarantined rows and then
// the largest before others, and the rest as one row.
func feedTable(out io.Writer, feeds []pipeline.FeedReport, most int) {
	if len(feeds) > most {
		feeds = slices.Clone(feeds)
		slices.SortStableFunc(feeds, func(a, b pipeline.FeedReport) int {
			return cmp.Or(cmp.Compare(b.Quarantined, a.Quarantined), cmp.Compare(b.Read, a.Read))
		})
	}
	var rows [][]string
	var rest pipeline.FeedReport
	left := 0
	for _, f := range feeds {
		if f.Read == 0 && f.Deliveries+f.Reread == 0 {
			continue
		}
		if len(rows) < most {
			rows = append(rows, feedRow(f.Feed, f))
			continue
		}
		left++
		rest.Read += f.Read
		rest.Loaded += f.Loaded
		rest.Quarantined += f.Quarantined
		rest.Redelivered += f.Redelivered
		rest.Superseded += f.Superseded
		rest.Excluded += f.Excluded
		rest.Deliveries += f.Deliveries + f.Reread
	}
	if left > 0 {
		rows = append(rows, feedRow(fmt.Sprintf("%d more feeds", left), rest))
	}
	if len(rows) == 0 {
		fmt.Fprintln(out, "No delivery was read.")
		return
	}
	grid(out, []string{"feed", "files", "records in", "loaded", "quarantined", "redelivered", "superseded", "excluded", "control sum"},
		rows, 2, 3, 4, 5, 6, 7, 8, 9)
}

func feedRow(name string, f pipeline.FeedReport) []string {
	return []string{name, thousands(int64(f.Deliveries + f.Reread)), thousands(f.Read), thousands(f.Loaded), thousands(f.Quarantined),
		thousands(f.Redelivered), thousands(f.Superseded), thousands(f.Excluded), mainMoney(f)}
}

// customersLine says what matching made of the records.
func customersLine(id pipeline.Identity) string {
	return fmt.Sprintf("Customers: %s from %s records. This run: %s new, %s joined into another, %s split off; %s.",
		thousands(id.Customers), thousands(id.Records), thousands(id.Created), thousands(id.Absorbed), thousands(id.Split), counted(int(id.Doubtful), "doubtful pair"))
}

// coverageLine says how far the most frequent family names reach.
func coverageLine(n pipeline.Names) string {
	if n.Top10000 == 0 { // no persons, or none by name: no share of them
		return "no customer has a family name"
	}
	return fmt.Sprintf("the top 1,000 explain %.1f %% of customers, the top 10,000 %.1f %%", 100*n.Top1000, 100*n.Top10000)
}

// mainMoney picks the amount that says most about a feed.
func mainMoney(f pipeline.FeedReport) string {
	for _, field := range []string{
		"order_line.line_amount", "invoice_line.line_amount", "invoice.total_amount", "order.total_amount", "payment.amount",
		"refund.amount", "opportunity.amount", "lead.estimated_amount", "campaign_spend.amount", "profitability.revenue_amount", "target.amount",
	} {
		if sum, ok := f.Money[field]; ok {
			return money(sum)
		}
	}
	return ""
}

func day(t time.Time) string { return t.Format("2006-01-02 15:04 MST") }
