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

// defaultOrigins bounds how many delivered rows one call shows, unless asked.
const defaultOrigins = 20

func (a *app) traceCommand() *cobra.Command {
	var showValues bool
	var limit int
	cmd := &cobra.Command{
		Use:   "trace TABLE [CONDITION] | trace PLACE",
		Short: "Follow a fact back to its line or cell, or a delivered row forward",
		Long: `From a table: names the file, sheet and row that each row of a fact, a dimension
or a funnel came from; of what is counted from other facts, the rows that it is
made of. From a place (FILE:LINE or FILE#SHEET!A12): tells whether the row was
loaded, quarantined, redelivered or superseded, and which customer it is.`,
		Example: `  loadstar trace fact_order_line "order_id = 'O-1001'"
  loadstar trace dim_customer "customer_key = 17"
  loadstar trace contacts_2026-03-31.csv:12
  loadstar trace "leads_2026-03-31.xlsx#Anna Berg!B7"`,
		Args: func(cmd *cobra.Command, args []string) error { return asUsage(cmd, cobra.RangeArgs(1, 2)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error { return a.trace(cmd, args, showValues, limit) },
	}
	cmd.Flags().BoolVar(&showValues, "show-values", false, "show the row as delivered")
	cmd.Flags().IntVar(&limit, "limit", defaultOrigins, "delivered rows of a fact shown, 0 = all")
	return cmd
}

func (a *app) trace(cmd *cobra.Command, args []string, showValues bool, limit int) (err error) {
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
	switch {
	case strings.ContainsAny(args[0], ":#"):
	case strings.Contains(args[0], "/"):
		return &usageError{fmt.Errorf("%q is no table: of a file, write FILE:LINE or FILE#SHEET!A12", args[0])}
	default:
		return a.traceFact(cmd, r, args, limit)
	}
	return a.tracePlace(cmd, cfg, v, r, args[0], showValues)
}

func (a *app) traceFact(cmd *cobra.Command, r *load.Reader, args []string, limit int) error {
	condition := ""
	if len(args) == 2 {
		condition = args[1]
	}
	origins, err := r.Origins(cmd.Context(), args[0], condition, limit)
	if err != nil {
		return err
	}
	if origins.Rows == 0 {
		fmt.Fprintln(a.out, "No row meets the condition.")
		return nil
	}
	var rows [][]string
	for _, o := range origins.Found {
		place := o.File + ":" + o.Row
		if o.Sheet != "" {
			place = o.File + "#" + o.Sheet + "!" + o.Row
		}
		rows = append(rows, []string{o.Of, o.Part, o.Feed, place, o.Delivered, short(o.SHA256, 13)})
	}
	if len(rows) > 0 {
		grid(a.out, []string{"row of " + args[0], "part", "feed", "place", "delivered", "sha256"}, rows)
	}
	if more := origins.Total - int64(len(origins.Found)); more > 0 {
		fmt.Fprintf(a.out, "%s more of %s: narrow the condition, or see all with --limit 0.\n", thousands(more), counted(int(origins.Total), "delivered row"))
	}
	if origins.Without > 0 {
		note := ""
		if origins.NoneNote != "" {
			note = ": " + origins.NoneNote
		}
		fmt.Fprintf(a.out, "%s of %s from no delivered row%s.\n", thousands(origins.Without), counted(int(origins.Rows), "row comes", "rows come"), note)
	}
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
			fmt.Fprintf(a.out, "  %squarantined by %s%s: %s\n", between("", x[0], ": "), x[1], between(" in ", printable(strings.TrimSpace(x[2]+" "+x[3])), ""), printable(x[4]))
		}
		for _, c := range t.Customers {
			fmt.Fprintf(a.out, "  customer %s\n", c[0])
		}
		if t.Aside != "" {
			fmt.Fprintf(a.out, "  set aside: %s\n", t.Aside)
		}
	}
	return nil
}

// between puts a text between two others, nothing where it is empty.
func between(before, text, behind string) string {
	if text == "" {
		return ""
	}
	return before + text + behind
}
