package cli

import (
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
)

// What --rematch may be.
const (
	rematchShow    = "show"
	rematchPublish = "publish"
)

// shownChanges bounds the merges and splits that --rematch lists.
const shownChanges = 10

// rematch shows what a new model would change.
func (a *app) rematch(cmd *cobra.Command, f runFlags) error {
	for _, name := range []string{"full", "as-of", "accept"} {
		if cmd.Flags().Changed(name) {
			return &usageError{fmt.Errorf("--rematch only shows and loads nothing: leave --%s out, or publish with --rematch=publish", name)}
		}
	}
	w, cfg, err := a.warehouse()
	if err != nil {
		return err
	}
	v, err := w.Current()
	if err != nil {
		return err
	}
	workers := f.workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	r, err := pipeline.Rematch(cmd.Context(), cfg, w, v, pipeline.Options{Workers: workers, Now: time.Now}, shownChanges)
	if err != nil {
		return err
	}
	printRematch(a.out, r, f.showValues)
	return nil
}

func printRematch(out io.Writer, r pipeline.Rematched, showValues bool) {
	fmt.Fprintf(out, "Version %d, its %s records decided anew with a model trained on them. Nothing was written.\n\n", r.Version, thousands(r.Records))
	grid(out, []string{"", "now", "then"}, [][]string{
		{"model", r.OldModel[:min(8, len(r.OldModel))], r.NewModel[:min(8, len(r.NewModel))]},
		{"bits a pair of persons needs", bits(r.OldCut), bits(r.NewCut)},
		{"customers", thousands(r.Before), thousands(r.After)},
	}, 2, 3)
	fmt.Fprintf(out, "\n%s customers would end in another one, %s parts would be split off, %s records would get another customer key.\n",
		thousands(r.Merged), thousands(r.Split), thousands(r.Moved))
	if r.DecidedElsewhere {
		fmt.Fprintln(out, "Judgements wait for the next run; they are counted in here and hold with the present model too.")
	}
	if r.Reason != "" {
		fmt.Fprintf(out, "Nothing would be matched: %s.\n", r.Reason)
	}
	for _, alarm := range r.Alarms {
		fmt.Fprintf(out, "warning: a customer would be made of %d records; the run would stop before publishing (dedupe.alarm_size).\n", alarm.Size)
	}
	if len(r.Changes) == 0 {
		fmt.Fprintln(out, "No merge, no split: a new model would leave the customers as they are.")
		return
	}
	header := []string{"change", "customer", "from", "records", "why"}
	if showValues {
		header = append(header, "called")
	}
	var rows [][]string
	for _, c := range r.Changes {
		names := strings.Join(c.Names, ", ")
		if more := len(c.Members) - len(c.Names); more > 0 {
			names += fmt.Sprintf(" and %d more", more)
		}
		row := []string{string(c.Type), strconv.FormatInt(c.CustomerKey, 10), strconv.FormatInt(c.From, 10), short(names, 60), short(c.Reason, 70)}
		if showValues {
			row = append(row, short(strings.Join(c.Values, ", "), 50))
		}
		rows = append(rows, row)
	}
	fmt.Fprintln(out)
	grid(out, header, rows, 2, 3)
	if total := r.Merged + r.Split; total > int64(len(rows)) {
		fmt.Fprintf(out, "(first %d of %s changes)\n", len(rows), thousands(total))
	}
	if !showValues {
		fmt.Fprintln(out, "(--show-values shows what the records are called)")
	}
	fmt.Fprintln(out, "Next: loadstar explain pair RECORD RECORD · loadstar run --rematch=publish")
}
