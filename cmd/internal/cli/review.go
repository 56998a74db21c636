package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/load/publish"
)

type reviewFlags struct {
	limit    int
	who      string
	exportTo string
	importOf string
}

func (a *app) reviewCommand() *cobra.Command {
	var f reviewFlags
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Judge doubtful pairs: one customer, or two?",
		Long: `Walks the pairs whose answer teaches most: those that the evidence decided most
narrowly and nobody has judged yet. Records stand side by side; lines that
differ are marked with ≠, and the letters that do, ‹so›, where texts are alike.

` + reviewKeys + `
At a terminal a key is an answer; elsewhere each line is one.

Answers are appended to decisions/review.jsonl in the warehouse and hold from
the next run on; nothing is ever lost, a later answer on a pair replaces an
earlier one. People who prefer a sheet get one with --export (Excel or CSV),
fill its column verdict (y, n or u), and hand it back with --import.`,
		Example: "  loadstar review --limit 20\n  loadstar review --export doubtful.xlsx\n  loadstar review --import doubtful.xlsx --who anna",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.review(cmd.Context(), f) },
	}
	cmd.Flags().IntVar(&f.limit, "limit", 50, "pairs at most")
	whoFlag(cmd, &f.who, "judges")
	cmd.Flags().StringVar(&f.exportTo, "export", "", "write the pairs to this file instead: Excel where it ends in .xlsx, else CSV")
	cmd.Flags().StringVar(&f.importOf, "import", "", "read judgements from this Excel or CSV file instead")
	cmd.MarkFlagsMutuallyExclusive("export", "import")
	return cmd
}

func (a *app) review(ctx context.Context, f reviewFlags) error {
	if f.limit < 1 {
		return &usageError{fmt.Errorf("--limit %d: must be at least 1", f.limit)}
	}
	if f.exportTo == "" && f.who == "" {
		return missingWho("judges")
	}
	w, _, err := a.warehouse()
	if err != nil {
		return err
	}
	return a.withEvidence(ctx, func(e *pipeline.Evidence) error {
		if f.importOf != "" {
			return a.importJudgements(ctx, w, e, f)
		}
		pairs, err := unjudged(ctx, w, e, f.limit)
		if err != nil {
			return err
		}
		if f.exportTo != "" {
			return a.exportPairs(pairs, f.exportTo)
		}
		return a.askPairs(w, pairs, f.who)
	})
}

// doubt is one pair to be judged, with its two records and what is known of
// them.
type doubt struct {
	load.PairRow
	left, right             load.Member
	leftValues, rightValues map[string]string
}

// reviewKeys tells what each key means.
const reviewKeys = `  y  the same customer                n  two customers
  u  undecided, ask no more           s  skip for now
  b  one pair back, and its answer    q  stop
`

// takenBack is why a pair is undecided that is to be asked again.
const takenBack = "taken back"

// unjudged finds the pairs to ask about, those that teach most first.
func unjudged(ctx context.Context, w publish.Warehouse, e *pipeline.Evidence, limit int) ([]doubt, error) {
	stored, err := pipeline.Decisions(w)
	if err != nil {
		return nil, err
	}
	judged := map[[2]int64]bool{}
	for _, d := range stored {
		judged[[2]int64{min(d.Left, d.Right), max(d.Left, d.Right)}] = d.Verdict != dedupe.VerdictUndecided || d.Why != takenBack
	}
	rows, err := e.DoubtfulPairs(ctx, limit+len(judged))
	if err != nil {
		return nil, err
	}
	var doubts []doubt
	var records []int64
	for _, p := range rows {
		if judged[[2]int64{p.Left, p.Right}] || len(doubts) == limit {
			continue
		}
		d := doubt{PairRow: p}
		for record, into := range map[int64]*load.Member{p.Left: &d.left, p.Right: &d.right} {
			m, _, err := e.Member(ctx, record)
			if err != nil {
				return nil, err
			}
			*into = m
		}
		doubts = append(doubts, d)
		records = append(records, p.Left, p.Right)
	}
	values, err := e.PartyValues(ctx, records...)
	for i := range doubts {
		doubts[i].leftValues, doubts[i].rightValues = values[doubts[i].Left], values[doubts[i].Right]
	}
	return doubts, err
}

func (a *app) askPairs(w publish.Warehouse, doubts []doubt, who string) error {
	answers := a.answers()
	judged := map[int]bool{} // by number of the doubt
	for i := 0; i < len(doubts); {
		a.showDoubt(doubts[i], i+1, len(doubts))
		answer, err := a.answer(answers)
		if err != nil {
			return err
		}
		switch answer {
		case "q":
			return a.reviewed(len(judged))
		case "s":
			i++
		case "b":
			if i == 0 {
				fmt.Fprintln(a.out, "This is the first pair: there is no answer to take back.")
				continue
			}
			i--
			if !judged[i] {
				continue
			}
			delete(judged, i)
			if err := pipeline.Decide(w, judgement(doubts[i].PairRow, dedupe.VerdictUndecided, who, takenBack)); err != nil {
				return err
			}
		default:
			if err := pipeline.Decide(w, judgement(doubts[i].PairRow, verdictOf(answer), who, "review")); err != nil {
				return err
			}
			judged[i] = true
			i++
		}
	}
	return a.reviewed(len(judged))
}

func (a *app) reviewed(n int) error {
	if n == 0 {
		fmt.Fprintln(a.out, "No pair was judged.")
		return nil
	}
	fmt.Fprintf(a.out, "%d judged; they hold from the next `loadstar run` on.\n", n)
	return nil
}

// verdictOf is the verdict that y, n or u stands for, "" for anything else.
func verdictOf(answer string) string {
	switch answer {
	case "y", "yes", dedupe.VerdictSame:
		return dedupe.VerdictSame
	case "n", "no", dedupe.VerdictNotSame:
		return dedupe.VerdictNotSame
	case "u", dedupe.VerdictUndecided:
		return dedupe.VerdictUndecided
	}
	return ""
}

func judgement(p load.PairRow, verdict, who, why string) dedupe.StoredDecision {
	return dedupe.StoredDecision{Left: p.Left, Right: p.Right, Verdict: verdict, Who: who, When: time.Now().UTC(), Why: why}
}

func (a *app) showDoubt(d doubt, number, of int) {
	now := "two customers"
	if d.left.Customer == d.right.Customer {
		now = "one customer"
	}
	fmt.Fprintf(a.out, "\n%d of %d, %s bits, now %s\n", number, of, bits(d.Millibits), now)
	rows := compared(d.leftValues, d.rightValues, true)
	for i, row := range rows {
		mark := ""
		if row[1] != "" && row[2] != "" && row[1] != row[2] {
			mark = "≠"
			row[1], row[2] = markLetters(row[1], row[2])
		}
		rows[i] = []string{row[0], row[1], mark, row[2]}
	}
	grid(a.out, []string{"", recordName(d.left), "", recordName(d.right)}, rows)
}
