package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/load"
	"loadstar/load/publish"
)

// maxOrigins bounds how many facts one call traces.
const maxOrigins = 20

func (a *app) traceCommand() *cobra.Command {
	var showValues bool
	cmd := &cobra.Command{
		Use:   "trace FACT [CONDITION] | trace PLACE",
		Short: "Follow a fact back to its line or cell, or a delivered row forward",
		Long: `From a fact: names the file, sheet and row that each row of a fact table came
from. From a place (FILE:LINE or FILE#SHEET!A12): tells whether the row was
loaded, quarantined, redelivered or superseded, and which customer it is.`,
		Example: `  loadstar trace fact_order_line "order_id = 'O-1001'"
  loadstar trace contacts_2026-03-31.csv:12
  loadstar trace "leads_2026-03-31.xlsx#Anna Berg!B7"`,
		Args: func(cmd *cobra.Command, args []string) error { return asUsage(cmd, cobra.RangeArgs(1, 2)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error { return a.trace(cmd, args, showValues) },
	}
	cmd.Flags().BoolVar(&showValues, "show-values", false, "show the row as delivered")
	return cmd
}

func (a *app) trace(cmd *cobra.Command, args []string, showValues bool) (err error) {
	w, cfg, err := a.warehouse()
	if err != nil {
		return err
	}
	v, err := w.Current()
	if err != nil {
		return err
	}
	r, err := a.reader(cmd, v.Number)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, r.Close()) }()
	if !strings.ContainsAny(args[0], ":#") {
		return a.traceFact(cmd, r, args)
	}
	return a.tracePlace(cmd, cfg, v, r, args[0], showValues)
}

func (a *app) traceFact(cmd *cobra.Command, r *load.Reader, args []string) error {
	condition := ""
	if len(args) == 2 {
		condition = args[1]
	}
	found, err := r.Origins(cmd.Context(), args[0], condition, maxOrigins)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, o := range found {
		place := o.File + ":" + o.Row
		if o.Sheet != "" {
			place = o.File + "#" + o.Sheet + "!" + o.Row
		}
		rows = append(rows, []string{o.Feed, place, o.Delivered, short(o.SHA256, 13)})
	}
	if len(rows) == 0 {
		fmt.Fprintln(a.out, "No row meets the condition.")
		return nil
	}
	grid(a.out, []string{"feed", "place", "delivered", "sha256"}, rows)
	return nil
}

func (a *app) tracePlace(cmd *cobra.Command, cfg config.Config, v publish.Version, r *load.Reader, text string, showValues bool) error {
	at, err := pipeline.ParsePlace(text)
	if err != nil {
		return &usageError{err}
	}
	found, err := pipeline.Trace(cmd.Context(), cfg, v, r, at)
	if err != nil {
		return err
	}
	for _, t := range found {
		fmt.Fprintf(a.out, "%s, feed %s, sha256 %s\n", printable(t.Path), t.Feed, short(t.SHA256, 13))
		if showValues {
			for _, raw := range t.Raw {
				fmt.Fprintf(a.out, "  as delivered: %s\n", printable(raw))
			}
		}
		for _, f := range t.Formulas {
			text := f.Text
			if text == "" {
				text = "computed as another cell of its range is"
			}
			fmt.Fprintf(a.out, "  formula of %s: %s\n", f.Cell, printable(text))
		}
		if t.Undecoded != "" {
			fmt.Fprintf(a.out, "  not decoded: %s\n", printable(t.Undecoded))
		}
		for _, f := range t.Fates {
			fmt.Fprintf(a.out, "  %s: %s %s\n", f.Entity, f.Outcome, printable(f.Detail))
		}
		for _, x := range t.Violations {
			fmt.Fprintf(a.out, "  %s: quarantined by %s in %s: %s\n", x[0], x[1], printable(strings.TrimSpace(x[2]+" "+x[3])), printable(x[4]))
		}
		for _, c := range t.Customers {
			fmt.Fprintf(a.out, "  customer %s\n", c[0])
		}
		if len(t.Raw) == 0 && len(t.Violations) == 0 {
			fmt.Fprintln(a.out, "  no such row: it is blank, set aside by a rule of the contract, or beyond the end")
		}
	}
	return nil
}
