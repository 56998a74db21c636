package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/matchfile"
	"loadstar/cmd/internal/pipeline"
)

type matchFlags struct {
	o            matchfile.Options
	threshold    float64
	truthPattern string
	format       string
}

func (a *app) matchCommand() *cobra.Command {
	var f matchFlags
	cmd := &cobra.Command{
		Use:   "match --input FILE [--input FILE …] --out DIR",
		Short: "Deduplicate a file, or link several, without a warehouse",
		Long: `Finds the rows that are the same person or organisation in one file (CSV,
Parquet, JSON Lines, JSON, Excel; packed or not), or across several, without a
project or a contract. What the columns mean is read off their headers, in
30 languages, and off their values; the report says how each was understood.

It writes to --out:
  clusters.csv      source, row (data row from 1), cluster_id
  clusters.parquet  the same
  pairs.parquet     the evidence: both places, level of each field, bits, decision
  golden.csv        the surviving values of each cluster
  report.json       what is printed here

Columns whose meaning nobody knows (a brand, a size, an occupation, a price) are
compared as attributes, ten at most: what they say for one party or two is
learnt, and may be nothing. Columns of one value, of numbers that count up or of
long texts are left out, and the report says so. Columns named by --truth are never looked at for matching. No value is shown without
--show-values.`,
		Example: `  loadstar match --input customers.csv --out result
  loadstar match --input crm.csv --input "shop.xlsx#Customers" --out result
  loadstar match --input crm.csv --input register.csv --one-to-one --out result
  loadstar match --input people.csv --map fn=given_name,sn=family_name,born=birth_date --out result
  loadstar match --input labelled.csv --truth entity --out result --format json
  loadstar match --input labelled.csv --truth rec_id --truth-pattern '^rec-(\d+)-' --out result`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.match(cmd, f) },
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&f.o.Inputs, "input", "i", nil, "file to read; repeat it to link several (BOOK.xlsx#SHEET names a worksheet)")
	flags.StringSliceVar(&f.o.Map, "map", nil, "column=field pairs; only these columns are used (fields as in schemas/entities/customer.yaml)")
	flags.StringSliceVar(&f.o.Ignore, "ignore", nil, "columns to leave out")
	flags.StringVar(&f.o.Country, "country", "", "country of numbers and postcodes without one (default: told by the file)")
	flags.StringVar(&f.o.Encoding, "encoding", "", "encoding of text files, as windows-1252 (default: told by the bytes)")
	flags.StringVar(&f.o.Delimiter, "delimiter", "", "delimiter of CSV files (default: told by the text)")
	flags.StringVar(&f.o.OneToOne, "one-to-one", matchfile.OneToOneAuto, "one row of each input in a cluster at most: always, never, or auto (where no input has duplicates of its own)")
	flags.Lookup("one-to-one").NoOptDefVal = matchfile.OneToOneAlways
	flags.Float64Var(&f.threshold, "threshold", 0, "bits of evidence a pair needs to merge (default: chosen from the data)")
	flags.StringVar(&f.o.Truth, "truth", "", "column that holds the known entity; adds an evaluation")
	flags.StringVar(&f.truthPattern, "truth-pattern", "", "regular expression whose first group in the truth column is the entity")
	flags.StringVar(&f.o.TruthPairs, "truth-pairs", "", "file of pairs known to be the same (by row or id); adds an evaluation")
	flags.BoolVar(&f.o.ShowValues, "show-values", false, "show values in the examples of errors, not places alone")
	flags.StringVarP(&f.o.Out, "out", "o", "", "folder of the results")
	flags.IntVar(&f.o.Workers, "workers", 0, "parallel workers (default: one for each processor); the results don't depend on it")
	flags.StringVar(&f.format, "format", "table", "of the report: table or json")
	return cmd
}

func (a *app) match(cmd *cobra.Command, f matchFlags) error {
	o := f.o
	if f.format != "table" && f.format != "json" {
		return &usageError{fmt.Errorf("--format %q is not table or json", f.format)}
	}
	if cmd.Flags().Changed("threshold") {
		const most = 1000 // bits
		if math.IsNaN(f.threshold) || math.Abs(f.threshold) > most {
			return &usageError{fmt.Errorf("--threshold %v is no number of bits", f.threshold)}
		}
		o.Threshold = &f.threshold
	}
	if f.truthPattern != "" {
		pattern, err := regexp.Compile(f.truthPattern)
		if err != nil {
			return &usageError{fmt.Errorf("--truth-pattern: %w", err)}
		}
		o.TruthPattern = pattern
	}
	switch {
	case o.Workers < 0:
		return &usageError{fmt.Errorf("--workers %d: must not be negative", o.Workers)}
	case o.Workers == 0:
		o.Workers = runtime.GOMAXPROCS(0)
	}
	watcher, err := a.watcher()
	if err != nil {
		return err
	}
	o.Watch, o.Now = matchWatcher{watcher}, time.Now
	report, err := matchfile.Run(cmd.Context(), o)
	var wrong *matchfile.UsageError
	switch {
	case errors.As(err, &wrong):
		return &usageError{err}
	case err != nil:
		return err
	case f.format == "json":
		return report.Write(a.out)
	}
	printMatch(a.out, report)
	return nil
}

// matchWatcher shows the parts of a match as those of the step of a run.
type matchWatcher struct{ pipeline.Watcher }

// Begin starts a part.
func (w matchWatcher) Begin(part string, total int64, unit string) {
	w.Watcher.Begin(pipeline.StepMatch, part, total, unit)
}

func printMatch(out io.Writer, r matchfile.Report) {
	for _, in := range r.Inputs {
		printInput(out, in)
	}
	m := r.Matching
	fmt.Fprintf(out, "%s records: %s persons, %s organisations; %s pairs compared, %.1f bits needed.\n", thousands(int64(r.Records)),
		thousands(int64(m.Persons)), thousands(int64(m.Organisations)), thousands(m.Compared), m.CutBits)
	fmt.Fprintf(out, "%s clusters, %s duplicates in them; the largest has %d records. %s doubtful pairs.\n", thousands(int64(m.Clusters)),
		thousands(int64(m.Duplicates)), m.LargestSize, thousands(int64(m.Doubtful)))
	if one := m.OneToOne; one != nil && one.Applied {
		fmt.Fprintf(out, "One row of each input in a cluster at most: %s.\n", printable(one.Why))
	} else if one != nil {
		fmt.Fprintf(out, "Several rows of one input may be in a cluster: %s.\n", printable(one.Why))
	}
	if m.Alarms > 0 {
		fmt.Fprintf(out, "warning: %d clusters are so large that something is wrong; look at the columns above.\n", m.Alarms)
	}
	if m.Reason != "" {
		fmt.Fprintf(out, "Nothing was matched: %s.\n", printable(m.Reason))
	}
	for _, note := range r.Notes {
		fmt.Fprintf(out, "note: %s\n", printable(note))
	}
	printBlocking(out, r)
	if r.Evaluation != nil {
		printEvaluation(out, *r.Evaluation)
	}
	fmt.Fprintf(out, "\nWritten in %.1f s: %s\n", r.Seconds, strings.Join(r.Files, ", "))
}

func printInput(out io.Writer, in matchfile.InputReport) {
	how := []string{in.Format}
	for _, part := range []string{in.Encoding, in.Sheet} {
		if part != "" {
			how = append(how, part)
		}
	}
	if in.Delimiter != "" {
		how = append(how, "cells parted by "+in.Delimiter)
	}
	fmt.Fprintf(out, "%s: %s rows (%s)\n\n", printable(in.Path), thousands(int64(in.Rows)), printable(strings.Join(how, ", ")))
	var rows [][]string
	for _, c := range in.Columns {
		field := c.Field
		if field == "" {
			field = "–"
		}
		rows = append(rows, []string{short(c.Column, 30), field, fmt.Sprintf("%.0f %%", 100*c.Filled), short(c.Why, 110)})
	}
	grid(out, []string{"column", "understood as", "filled", "why"}, rows, 3)
	fmt.Fprintln(out)
	for _, note := range in.Notes {
		fmt.Fprintf(out, "note: %s\n", printable(note))
	}
}

func printBlocking(out io.Writer, r matchfile.Report) {
	var left []string
	for _, p := range r.Matching.Passes {
		if !p.Taken {
			left = append(left, p.Name)
		}
	}
	if len(left) > 0 {
		fmt.Fprintf(out, "Blocking left out for want of budget: %s.\n", strings.Join(left, ", "))
	}
}

func printEvaluation(out io.Writer, e matchfile.Evaluation) {
	fmt.Fprintf(out, "\nAgainst the truth (%s): %s records, %s entities.\n\n", printable(e.Truth), thousands(int64(e.Records)), thousands(int64(e.Entities)))
	share := func(v float64) string { return fmt.Sprintf("%.4f", v) }
	grid(out, []string{"", "precision", "recall", "F1"}, [][]string{
		{"pairs", share(e.Precision), share(e.Recall), share(e.F1)},
		{"B-cubed", share(e.BPrecision), share(e.BRecall), share(e.BF1)},
	}, 2, 3, 4)
	fmt.Fprintf(out, "\n%s true pairs, %s found, %s of them true.", thousands(e.TruePairs), thousands(e.FoundPairs), thousands(e.CommonPairs))
	if e.BlockingRecall != nil {
		fmt.Fprintf(out, " Blocking proposes %.4f of the true pairs.", *e.BlockingRecall)
	}
	fmt.Fprintln(out)
	for _, note := range e.Notes {
		fmt.Fprintf(out, "note: %s\n", printable(note))
	}
	printExamples(out, "Worst false merges", e.FalseMerges)
	printExamples(out, "Worst misses", e.Misses)
}

func printExamples(out io.Writer, title string, list []matchfile.Example) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", title)
	for _, x := range list {
		score := ""
		if x.ScoreBits != nil {
			score = fmt.Sprintf(", %.1f bits", *x.ScoreBits)
		}
		fmt.Fprintf(out, "  %s:%d and %s:%d%s: %s\n", printable(x.Left.Source), x.Left.Row, printable(x.Right.Source), x.Right.Row, score, printable(x.Why))
		var levels []string
		for _, field := range slices.Sorted(maps.Keys(x.Levels)) {
			levels = append(levels, field+" "+x.Levels[field])
		}
		if len(levels) > 0 {
			fmt.Fprintf(out, "    %s\n", strings.Join(levels, "; "))
		}
		for _, spot := range []matchfile.Spot{x.Left, x.Right} {
			var values []string
			for _, field := range slices.Sorted(maps.Keys(spot.Values)) {
				values = append(values, field+" "+strings.ReplaceAll(spot.Values[field], "\n", ", "))
			}
			if len(values) > 0 {
				fmt.Fprintf(out, "    %d: %s\n", spot.Row, printable(strings.Join(values, "; ")))
			}
		}
	}
}
