package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"loadstar/cmd/internal/draft"
	"loadstar/cmd/internal/pipeline"
)

func (a *app) initCommand() *cobra.Command {
	o := draft.Options{}
	noInput := false
	cmd := &cobra.Command{
		Use:   "init DIR --from FILE|FOLDER|DSN [--from …]",
		Short: "Draft a project from feeds that nobody has described",
		Long: `Looks at whole samples of your feeds (CSV, Excel, JSON, JSON Lines, Parquet
files; every table of a database) and writes a project: loadstar.yaml and one
contract a feed, with dialect, encoding, types, dates, numbers, keys, how it is
delivered, and which canonical entity and fields its columns feed. Each guess
stands there with its evidence as a comment. Columns that no field takes are
kept as attributes.

What the samples do not tell (05/04/2026: the day or the month first?) is asked
at a terminal. What stays open is left as a line marked "# TODO(init):", which
run and validate refuse by its number until somebody has decided.

It writes loadstar.yaml and contracts/*.yaml in DIR, a password that is part of
a database's address into secrets/, and nothing else; your files are only read.
A project that is there already is left alone without --force.`,
		Example: `  loadstar init acme --from exports/
  loadstar init acme --from crm.csv --from shop.jsonl --from sqlite:billing.db
  loadstar init acme --from exports/ --country DE --no-input
  loadstar init acme --from 'postgres://reader:${env:BILLING_PASSWORD}@db.example.com:5432/billing'
  loadstar run --project acme`,
		Args: oneArg,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Dir = args[0]
			return a.draft(cmd, o, noInput)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&o.From, "from", nil, "file, folder, or database (sqlite:FILE, postgres://…, mysql://…) to look at; repeat it for several")
	flags.BoolVar(&o.Force, "force", false, "overwrite the loadstar.yaml and contracts of an existing project")
	flags.BoolVar(&noInput, "no-input", false, "ask nothing: open questions become marked lines")
	flags.StringVar(&o.Company, "company", "", "name of the company (default: the folder's)")
	flags.StringVar(&o.Country, "country", "", "country of phones and postcodes without one (default: told by the feeds)")
	flags.IntVar(&o.Workers, "workers", 0, "parallel workers (default: one for each processor); the result doesn't depend on it")
	return cmd
}

func (a *app) draft(cmd *cobra.Command, o draft.Options, noInput bool) error {
	if o.Workers < 1 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if f, ok := a.in.(*os.File); ok && !noInput && isatty.IsTerminal(f.Fd()) {
		o.Ask = asker(a.in, a.out)
	}
	frugal()
	o.Watch = a.draftWatcher()
	started := time.Now()
	o.Now = started
	report, err := draft.Run(cmd.Context(), o)
	var wrong *draft.UsageError
	switch {
	case errors.As(err, &wrong):
		return &usageError{err}
	case err != nil:
		return fmt.Errorf("init: %w", err)
	}
	printDraft(a.out, o, report, time.Since(started))
	return nil
}

// quiet shows nothing: the report at the end says all.
type quiet struct{}

// Begin implements draft.Watcher.
func (quiet) Begin(string, int64, string) {}

// Add implements draft.Watcher.
func (quiet) Add(int64) {}

// barDraft shows the look at the samples as a run shows its steps.
type barDraft struct{ bar *barWatcher }

// Begin starts a part.
func (w barDraft) Begin(part string, total int64, unit string) {
	w.bar.Begin(pipeline.Step("look"), part, total, unit)
}

// Add counts rows.
func (w barDraft) Add(n int64) { w.bar.Add(n) }

func (a *app) draftWatcher() draft.Watcher {
	if f, ok := a.err.(*os.File); ok && a.logFormat != "json" && isatty.IsTerminal(f.Fd()) {
		return barDraft{&barWatcher{out: a.err}}
	}
	return quiet{}
}

// asker puts questions to the person at the terminal; an empty answer leaves
// one open.
func asker(in io.Reader, out io.Writer) draft.Asker {
	lines := bufio.NewScanner(in)
	return func(q draft.Question) (int, bool, error) {
		fmt.Fprintf(out, "\n%s: %s\n", q.Feed, printable(q.Text))
		if len(q.Seen) > 0 {
			fmt.Fprintf(out, "  for example %s\n", printable(strings.Join(q.Seen, "   ")))
		}
		for i, answer := range q.Answers {
			likely := ""
			if i == q.Likely {
				likely = "   (likely)"
			}
			fmt.Fprintf(out, "  %d  %s%s\n", i+1, printable(answer), likely)
		}
		for {
			fmt.Fprintf(out, "1 to %d, or Enter to decide later: ", len(q.Answers))
			if !lines.Scan() {
				return 0, false, lines.Err()
			}
			text := strings.TrimSpace(lines.Text())
			if text == "" {
				return 0, false, nil
			}
			if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(q.Answers) {
				return n - 1, true, nil
			}
		}
	}
}

func printDraft(out io.Writer, o draft.Options, r draft.Report, took time.Duration) {
	var rows [][]string
	for _, f := range r.Feeds {
		rows = append(rows, []string{
			f.Name, strings.Join(f.Entities, ", "), thousands(int64(f.Files)), thousands(int64(f.Rows)), strconv.Itoa(f.Understood),
			strconv.Itoa(f.Attributes), short(f.Key, 30), f.Delivery, orBlank(f.Refused), orBlank(f.Open),
		})
	}
	grid(out, []string{"feed", "entity", "files", "rows", "columns understood", "kept as they are", "key", "delivery", "rows refused", "open"}, rows, 3, 4, 5, 6, 9, 10)
	fmt.Fprintf(out, "\n%s from %s, %s looked at in %.1f s.\n", counted(len(r.Feeds), "feed"),
		counted(r.Locations, "file or table", "files and tables"), counted(int(r.Rows), "row"), took.Seconds())
	for _, l := range r.LeftOut {
		fmt.Fprintf(out, "left out: %s: %s\n", printable(l.Place), printable(short(l.Why, 120)))
	}
	for _, note := range r.Notes {
		fmt.Fprintf(out, "to check: %s\n", printable(short(note, 200)))
	}
	for _, open := range r.Open {
		fmt.Fprintf(out, "to decide: %s:%d: %s\n", open.File, open.Line, printable(short(open.Text, 200)))
	}
	switch {
	case len(r.Open) > 0:
		fmt.Fprintf(out, "\nDecide the marked lines, then: loadstar run --project %s\n", o.Dir)
	default:
		fmt.Fprintf(out, "\nNext: look through %s/contracts (each guess has its evidence), then: loadstar run --project %s\n", o.Dir, o.Dir)
	}
}

func orBlank(n int) string {
	if n == 0 {
		return ""
	}
	return thousands(int64(n))
}
