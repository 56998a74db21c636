package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load"
)

func (a *app) explainCommand() *cobra.Command {
	var showValues bool
	var at string
	cmd := &cobra.Command{
		Use:   "explain",
		Short: "Tell why records are, or are not, one customer",
		Long: `Evidence is weighed in bits: one bit more makes it twice as likely that two
records are one customer. A record is named SYSTEM:ID, as in crm:C-1001, or by
its source_customer_key. It writes nothing.`,
		Example: `  loadstar explain pair crm:C-1001 billing:B-77
  loadstar explain customer 4711 --show-values
  loadstar explain customer 4711 --at 2026-03-01`,
	}
	cmd.PersistentFlags().BoolVar(&showValues, "show-values", false, "show names and other personal values")
	pair := &cobra.Command{
		Use:     "pair RECORD RECORD",
		Short:   "Weigh two records, field by field",
		Example: "  loadstar explain pair crm:C-1001 billing:B-77",
		Args:    func(cmd *cobra.Command, args []string) error { return asUsage(cmd, cobra.ExactArgs(2)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withEvidence(cmd.Context(), func(e *pipeline.Evidence) error {
				return a.explainPair(cmd.Context(), e, args[0], args[1], showValues)
			})
		},
	}
	customer := &cobra.Command{
		Use:   "customer KEY",
		Short: "Show a customer's records, what holds them together, where each value came from, and its history",
		Long: `With --at it tells from the ledger which records the customer was made of at a
moment, and which customer the number meant then: what was believed, not what
is known of that day now.`,
		Example: `  loadstar explain customer 4711
  loadstar explain customer 4711 --at 2026-03-01`,
		Args: oneArg,
		RunE: func(cmd *cobra.Command, args []string) error {
			key, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil || key <= 0 {
				return &usageError{fmt.Errorf("%q is no customer key", args[0])}
			}
			return a.withEvidence(cmd.Context(), func(e *pipeline.Evidence) error {
				if at != "" {
					return a.explainPast(cmd.Context(), e, key, at)
				}
				return a.explainCustomer(cmd.Context(), e, key, showValues)
			})
		},
	}
	customer.Flags().StringVar(&at, "at", "", "moment in the past: a date (its end) or RFC 3339 time")
	cmd.AddCommand(pair, customer)
	return cmd
}

// withEvidence opens what matching knew in the current version.
func (a *app) withEvidence(ctx context.Context, do func(e *pipeline.Evidence) error) (err error) {
	w, _, err := a.warehouse()
	if err != nil {
		return err
	}
	v, err := w.Current()
	if err != nil {
		return err
	}
	e, err := pipeline.OpenEvidence(ctx, w, v)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, e.Close()) }()
	return do(e)
}

func (a *app) explainPair(ctx context.Context, e *pipeline.Evidence, left, right string, showValues bool) error {
	l, err := e.Record(ctx, left)
	if err != nil {
		return err
	}
	r, err := e.Record(ctx, right)
	if err != nil {
		return err
	}
	x, err := e.Pair(ctx, l.Record, r.Record)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s is customer %d, %s is customer %d.\n\n", printable(recordName(l)), l.Customer, printable(recordName(r)), r.Customer)
	if err := a.sideBySide(ctx, e, l, r, showValues); err != nil {
		return err
	}
	fmt.Fprintln(a.out)
	waterfall(a.out, x)
	verdict := "one customer by the evidence"
	switch {
	case x.Unsupported:
		verdict = "two customers: what agrees is shared by many, and nothing is the person's own"
	case x.Score < x.Cut:
		verdict = "two customers by the evidence"
	}
	fmt.Fprintf(a.out, "\n%s bits; from %s on it is one customer: %s.\n", bits(x.Score), bits(x.Cut), verdict)
	if isOne := l.Customer == r.Customer; isOne != (x.Score >= x.Cut && !x.Unsupported) {
		fmt.Fprintln(a.out, "The two alone do not decide: other records of their customers, or a person's judgement, said otherwise.")
	}
	return nil
}

// reasons are the evidence on a pair from the prior on; their bits add up to
// the score.
func reasons(x dedupe.Explanation) []dedupe.FieldEvidence {
	list := []dedupe.FieldEvidence{{Field: "prior", Level: "any two records", Millibits: x.Prior}}
	list = append(list, x.Fields...)
	if x.Family != 0 {
		list = append(list, dedupe.FieldEvidence{Field: "family", Level: "relatives share names, addresses and phones", Millibits: x.Family})
	}
	if x.Unsupported {
		sum := int32(0)
		for _, r := range list {
			sum += r.Millibits
		}
		list = append(list, dedupe.FieldEvidence{Field: "support", Level: "nothing that agrees is the party's own", Millibits: x.Score - sum})
	}
	return list
}

// waterfall prints the evidence on a pair, field by field, with its running sum.
func waterfall(out io.Writer, x dedupe.Explanation) {
	sum := int32(0)
	var rows [][]string
	for _, r := range reasons(x) {
		sum += r.Millibits
		rows = append(rows, []string{r.Field, r.Level, bits(r.Millibits), bits(sum)})
	}
	grid(out, []string{"field", "agreement", "bits", "sum"}, rows, 3, 4)
}

// sideBySide shows what is known about two records; fields unknown to both are
// left out.
func (a *app) sideBySide(ctx context.Context, e *pipeline.Evidence, l, r load.Member, showValues bool) error {
	values, err := e.PartyValues(ctx, l.Record, r.Record)
	if err != nil {
		return err
	}
	grid(a.out, []string{"", recordName(l), recordName(r)}, compared(values[l.Record], values[r.Record], showValues))
	if !showValues {
		fmt.Fprintln(a.out, "(--show-values shows the values)")
	}
	return nil
}

// compared are the rows of two records' values: field, left, right.
func compared(left, right map[string]string, showValues bool) [][]string {
	var rows [][]string
	for _, f := range load.PartyFields() {
		x, y := left[f], right[f]
		switch {
		case x == "" && y == "":
			continue
		case !showValues && x == y:
			x, y = masked, "the same"
		case !showValues:
			x, y = maskIf(x), maskIf(y)
		}
		rows = append(rows, []string{f, short(x, 40), short(y, 40)})
	}
	return rows
}

func maskIf(value string) string {
	if value == "" {
		return ""
	}
	return masked
}

func recordName(m load.Member) string { return m.System + ":" + m.ID }

// bits writes millibits as bits with a sign.
func bits[N int32 | int64](millibits N) string {
	return fmt.Sprintf("%+.1f", float64(millibits)/1000)
}

func (a *app) explainCustomer(ctx context.Context, e *pipeline.Evidence, key int64, showValues bool) error {
	now, err := e.Resolve(ctx, key)
	if err != nil {
		return err
	}
	if now > 0 && now != key {
		fmt.Fprintf(a.out, "Customer %d is customer %d now.\n", key, now)
	}
	members, err := e.Members(ctx, now)
	if err != nil {
		return err
	}
	history, err := e.History(key)
	if err != nil {
		return err
	}
	if len(members) == 0 {
		if len(history) == 0 {
			return fmt.Errorf("there never was a customer %d", key)
		}
		fmt.Fprintf(a.out, "No record is customer %d in this version.\n", key)
	}
	names := map[int64]string{}
	var rows [][]string
	for _, m := range members {
		names[m.Record] = recordName(m)
		rows = append(rows, []string{m.System, m.ID, strconv.FormatInt(m.Record, 10)})
	}
	if len(rows) > 0 {
		fmt.Fprintln(a.out, "RECORDS")
		grid(a.out, []string{"system", "id", "source_customer_key"}, rows)
	}
	if err := a.customerPairs(ctx, e, now, names); err != nil {
		return err
	}
	if err := a.customerValues(ctx, e, now, names, showValues); err != nil {
		return err
	}
	a.customerHistory(history)
	return nil
}

// shownPairs bounds the pairs of one customer that are listed.
const shownPairs = 20

func (a *app) customerPairs(ctx context.Context, e *pipeline.Evidence, customer int64, names map[int64]string) error {
	pairs, err := e.Pairs(ctx, customer)
	if err != nil || len(pairs) == 0 {
		return err
	}
	fmt.Fprintln(a.out, "\nWHAT HOLDS THEM TOGETHER, the weakest first")
	var rows [][]string
	for _, p := range pairs[:min(len(pairs), shownPairs)] {
		rows = append(rows, []string{names[p.Left], names[p.Right], bits(p.Millibits), p.Decision})
	}
	grid(a.out, []string{"record", "record", "bits", "judged"}, rows, 3)
	if len(pairs) > shownPairs {
		fmt.Fprintf(a.out, "(%d more)\n", len(pairs)-shownPairs)
	}
	if weakest, ok := pipeline.Weakest(pairs); ok {
		fmt.Fprintf(a.out, "It would fall apart without %s and %s, %s bits.\n", printable(names[weakest.Left]), printable(names[weakest.Right]), bits(weakest.Millibits))
	}
	return nil
}

func (a *app) customerValues(ctx context.Context, e *pipeline.Evidence, customer int64, names map[int64]string, showValues bool) error {
	values, err := e.GoldenValues(ctx, customer)
	if err != nil || len(values) == 0 {
		return err
	}
	fmt.Fprintln(a.out, "\nWHERE ITS VALUES CAME FROM")
	var rows [][]string
	for _, v := range values {
		if !showValues {
			v.Value = maskIf(v.Value)
		}
		rows = append(rows, []string{v.Field, short(v.Value, 40), names[v.Record], v.Rule})
	}
	grid(a.out, []string{"field", "value", "record", "rule"}, rows)
	return nil
}

func (a *app) customerHistory(history []pipeline.PastEvent) {
	fmt.Fprintln(a.out, "\nHISTORY")
	var rows [][]string
	for _, event := range history {
		from, at := "", ""
		if event.From != 0 {
			from = strconv.FormatInt(event.From, 10)
		}
		if !event.At.IsZero() {
			at = event.At.Format(time.DateOnly)
		}
		rows = append(rows, []string{strconv.FormatInt(event.Run, 10), at, string(event.Type), strconv.FormatInt(event.CustomerKey, 10), from,
			strconv.Itoa(len(event.Members)), event.Reason})
	}
	grid(a.out, []string{"run", "as of", "event", "customer", "from", "records", "reason"}, rows, 1, 4, 5, 6)
}
