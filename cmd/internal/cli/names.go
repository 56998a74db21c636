package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
)

type namesFilter struct {
	status, role, search string
	since                int64
	limit                int
	format               string
}

func (a *app) namesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "names",
		Short: "Look at the name dictionary, and say what is a name",
		Long: `Each run counts every name token of the customers. A token is new, then a
candidate, accepted once three customers or two systems show it, or a variant
where records of one customer spell it the frequent way. Pairs of names that
customers use for one another are learnt. A person's word holds before all
that.`,
		Example: `  loadstar names list --status new
  loadstar names accept billa=wilhelmine --why "asked the branch"`,
	}
	cmd.AddCommand(a.namesListCommand(), a.namesCoverageCommand(),
		a.namesJudgeCommand("accept", dedupe.NameAccepted, "Say that tokens are names, or that two are forms of one name"),
		a.namesJudgeCommand("reject", dedupe.NameRejected, "Say that tokens are no names, or that two are different names"),
		a.namesJudgeCommand("withdraw", dedupe.VerdictUndecided, "Take an earlier word on tokens or pairs back"))
	return cmd
}

func nameStates() []string {
	return []string{dedupe.NameNew, dedupe.NameCandidate, dedupe.NameAccepted, dedupe.NameVariantOf, dedupe.NameRejected}
}

func (a *app) namesListCommand() *cobra.Command {
	var f namesFilter
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List names, the most frequent first, with the forms they have",
		Long:  "Lists the name dictionary of the current version. It writes nothing.",
		Example: `  loadstar names list --status new
  loadstar names list --role family --search schm --limit 20
  loadstar names list --since 12                    first seen after run 12`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listNames(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.status, "status", "", strings.Join(nameStates(), ", "))
	flags.StringVar(&f.role, "role", "", strings.Join(dedupe.NameRoles(), ", ")+" (default: all together)")
	flags.StringVar(&f.search, "search", "", "letters that stand in the name")
	flags.Int64Var(&f.since, "since", 0, "only names first seen after this run")
	flags.IntVar(&f.limit, "limit", 50, "names at most, 0 = all")
	flags.StringVar(&f.format, "format", "table", "table or json (one object a line)")
	return cmd
}

func (f namesFilter) check() error {
	switch {
	case f.status != "" && !slices.Contains(nameStates(), f.status):
		return &usageError{fmt.Errorf("--status %q is not %s", f.status, strings.Join(nameStates(), ", "))}
	case f.role != "" && !slices.Contains(dedupe.NameRoles(), f.role):
		return &usageError{fmt.Errorf("--role %q is not %s", f.role, strings.Join(dedupe.NameRoles(), ", "))}
	case f.limit < 0:
		return &usageError{fmt.Errorf("--limit %d: must not be negative", f.limit)}
	case f.since < 0:
		return &usageError{fmt.Errorf("--since %d: is no run", f.since)}
	case f.format != "table" && f.format != "json":
		return &usageError{fmt.Errorf("--format %q is not table or json", f.format)}
	}
	return nil
}

// apply keeps the names of a dictionary that the filter wants, those with most
// customers first.
func (f namesFilter) apply(d *dedupe.Dictionary) []dedupe.NameEntry {
	part := dedupe.Fold(f.search)
	found := slices.DeleteFunc(slices.Clone(d.Entries), func(e dedupe.NameEntry) bool {
		return f.status != "" && e.Status != f.status || f.role != "" && e.Count(f.role) == 0 ||
			e.FirstRun <= f.since && f.since > 0 || !strings.Contains(e.Token, part)
	})
	slices.SortStableFunc(found, func(x, y dedupe.NameEntry) int { return cmp.Compare(y.Count(f.role), x.Count(f.role)) })
	return found
}

func (a *app) listNames(ctx context.Context, f namesFilter) error {
	if err := f.check(); err != nil {
		return err
	}
	return a.withEvidence(ctx, func(e *pipeline.Evidence) error {
		d, err := e.Names(ctx)
		if err != nil {
			return err
		}
		found := f.apply(d)
		shown := found
		if f.limit > 0 {
			shown = found[:min(f.limit, len(found))]
		}
		forms := formsOf(d)
		if f.format == "json" {
			return a.namesJSON(shown, forms)
		}
		if len(found) == 0 {
			fmt.Fprintf(a.out, "No name of %s is so.\n", thousands(int64(len(d.Entries))))
			return nil
		}
		var rows [][]string
		for _, x := range shown {
			rows = append(rows, []string{x.Token, x.Status, thousands(x.Given), thousands(x.Family), thousands(x.Middle), thousands(x.Organisation),
				strconv.Itoa(len(x.Sources)), strconv.FormatInt(x.FirstRun, 10), short(strings.Join(forms[x.Token], ", "), 50)})
		}
		grid(a.out, []string{"name", "status", "given", "family", "middle", "organisation", "systems", "first run", "forms"}, rows, 3, 4, 5, 6, 7, 8)
		if len(shown) < len(found) {
			fmt.Fprintf(a.out, "(first %s of %s; --limit 0 shows all)\n", thousands(int64(len(shown))), thousands(int64(len(found))))
		}
		return nil
	})
}

// formsOf tells, by token, how it and others stand for one name.
func formsOf(d *dedupe.Dictionary) map[string][]string {
	forms := map[string][]string{}
	for _, v := range d.Variants {
		if v.Status != dedupe.NameAccepted {
			continue
		}
		switch v.Kind {
		case dedupe.VariantSwap:
			forms[v.Token] = append(forms[v.Token], "swapped with "+v.VariantOf)
		case dedupe.VariantTypo.String():
			forms[v.Token] = append(forms[v.Token], "misspelt "+v.VariantOf)
		default:
			forms[v.Token] = append(forms[v.Token], "= "+v.VariantOf)
			forms[v.VariantOf] = append(forms[v.VariantOf], "= "+v.Token)
		}
	}
	return forms
}

func (a *app) namesJSON(entries []dedupe.NameEntry, forms map[string][]string) error {
	e := newLines(a.out)
	for _, x := range entries {
		line := struct {
			Name         string           `json:"name"`
			Script       string           `json:"script"`
			Status       string           `json:"status"`
			Given        int64            `json:"given"`
			Family       int64            `json:"family"`
			Middle       int64            `json:"middle"`
			Organisation int64            `json:"organisation"`
			Systems      map[string]int64 `json:"systems"`
			FirstRun     int64            `json:"first_run"`
			LastRun      int64            `json:"last_run"`
			Forms        []string         `json:"forms,omitempty"`
		}{x.Token, x.Script, x.Status, x.Given, x.Family, x.Middle, x.Organisation, x.Sources, x.FirstRun, x.LastRun, forms[x.Token]}
		if err := e.Encode(line); err != nil {
			return fmt.Errorf("write names: %w", err)
		}
	}
	return nil
}

func (a *app) namesCoverageCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "coverage",
		Short:   "Show what share of customers the most frequent names explain",
		Long:    "Shows, by role, which share of all who bear a name the most frequent names\nexplain. It writes nothing.",
		Example: "  loadstar names coverage",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withEvidence(cmd.Context(), func(e *pipeline.Evidence) error {
				d, err := e.Names(cmd.Context())
				if err != nil {
					return err
				}
				a.showCoverage(d)
				return nil
			})
		},
	}
}

func (a *app) showCoverage(d *dedupe.Dictionary) {
	roles := dedupe.NameRoles()
	header := []string{"most frequent"}
	counts := map[string]int{}
	for _, role := range roles {
		header = append(header, role)
		for _, x := range d.Entries {
			if x.Count(role) > 0 {
				counts[role]++
			}
		}
	}
	var rows [][]string
	for _, n := range []int{10, 100, 1000, 10_000, 100_000} {
		row := []string{thousands(int64(n))}
		more := false
		for _, role := range roles {
			row = append(row, fmt.Sprintf("%.1f %%", 100*d.Coverage(role)(n)))
			more = more || counts[role] > n
		}
		rows = append(rows, row)
		if !more {
			break
		}
	}
	row := []string{"different names"}
	for _, role := range roles {
		row = append(row, thousands(int64(counts[role])))
	}
	grid(a.out, header, append(rows, row), 1, 2, 3, 4, 5)
}

func (a *app) namesJudgeCommand(use, verdict, shortHelp string) *cobra.Command {
	var who, why string
	cmd := &cobra.Command{
		Use:   use + " NAME… | NAME=NAME…",
		Short: shortHelp,
		Long: shortHelp + `.

A line for each is appended to decisions/names.jsonl in the warehouse. It holds
from the next run on, which decides anew on the customers who bear the names;
nothing is lost, a later word on a name or pair replaces an earlier one.`,
		Example: fmt.Sprintf("  loadstar names %s quillon\n  loadstar names %s billa=wilhelmine --why \"asked the branch\"", use, use),
		Args:    func(cmd *cobra.Command, args []string) error { return asUsage(cmd, cobra.MinimumNArgs(1)(cmd, args)) },
		RunE: func(_ *cobra.Command, args []string) error {
			if who == "" {
				return missingWho("judges")
			}
			var judgements []dedupe.NameDecision
			for _, arg := range args {
				d, err := dedupe.NewNameDecision(arg, verdict)
				if err != nil {
					return &usageError{err}
				}
				d.Who, d.When, d.Why = who, time.Now().UTC(), why
				judgements = append(judgements, d)
			}
			w, _, err := a.warehouse()
			if err != nil {
				return err
			}
			if err := pipeline.DecideNames(w, judgements...); err != nil {
				return err
			}
			return a.reviewed(len(judgements))
		},
	}
	whoFlag(cmd, &who, "judges")
	cmd.Flags().StringVar(&why, "why", "", "why")
	return cmd
}
