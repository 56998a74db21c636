package cli

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/config"
	"loadstar/load"
	"loadstar/schemas"
	"loadstar/schemas/fault"
)

type quarantineFlags struct {
	feed       string
	rule       string
	limit      int
	showValues bool
	all        bool
	annotate   string
	dryRun     bool
	accept     bool
}

func (a *app) quarantineCommand() *cobra.Command {
	var f quarantineFlags
	cmd := &cobra.Command{
		Use:   "quarantine",
		Short: "Show the rows that broke their contract, give them back, and try again",
		Long: `Rows that broke their contract are kept whole. They can be listed, given back to
their senders in annotated copies of their own files, and tried again after a
contract was mended or a corrected file was dropped in.

A row is open until its file is delivered again (the same path with other
content, or under another name every row that was loaded from it and no fewer
rows), until a later delivery of its feed brings its key rightly or, where each
delivery is the whole, a newer one comes: what is still wrong then is told by
that. Rows that were loaded before are recognised by their row id (the key, else
the content) and counted as redelivered, those that were mended are loaded, so
that nothing counts twice.`,
		Example: `  loadstar quarantine list --feed crm_contacts
  loadstar quarantine export --annotate give-back
  loadstar quarantine replay`,
	}
	flags := cmd.PersistentFlags()
	flags.StringVar(&f.feed, "feed", "", "only this feed")
	flags.StringVar(&f.rule, "rule", "", "only this rule (scale, or its code LS4005)")
	flags.BoolVar(&f.all, "all", false, "also rows that a later delivery settled")
	flags.BoolVar(&f.showValues, "show-values", false, "show the values of columns that the contract classifies as pii")
	list := &cobra.Command{
		Use: "list", Short: "List quarantined rows with rule, place and reason", Args: noArgs,
		Example: "  loadstar quarantine list --rule type.date --limit 0",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.quarantineList(cmd, f) },
	}
	list.Flags().IntVar(&f.limit, "limit", 50, "rows shown, 0 = all")
	export := &cobra.Command{
		Use: "export", Short: "Write quarantined rows whole, as CSV, or give files back annotated", Args: noArgs,
		Long: `Writes one CSV line for each broken rule: feed, file, sheet, row, cell, column,
code, rule, reason, value, and the row as delivered (JSON).

With --annotate it writes, for each file with open rows, a copy into
FOLDER/FEED: a workbook marks the bad cells and has the reasons as notes; CSV
has them in a further column, _loadstar_reasons, at the end of each row; beside
other formats lies a list. The sender mends the copy and drops it in again, under
its name or another that the feed reads: the notes and the further column are not
read.`,
		Example: `  loadstar quarantine export > quarantine.csv
  loadstar quarantine export --annotate give-back`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.quarantineExport(cmd, f) },
	}
	export.Flags().StringVar(&f.annotate, "annotate", "", "folder that annotated copies of the files are written to")
	cmd.AddCommand(list, export, a.replayCommand(&f))
	return cmd
}

func (a *app) violations(cmd *cobra.Command, f quarantineFlags) (found []load.Violation, err error) {
	cfg, err := a.configuration()
	if err != nil {
		return nil, err
	}
	if err := f.known(cfg); err != nil {
		return nil, err
	}
	r, err := a.reader(cmd, 0)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstError(err, r.Close()) }()
	if !r.HasODS {
		return nil, errors.New("the quarantine is in ods.duckdb, which you may not read; ask its owner")
	}
	if found, err = maskedViolations(cmd.Context(), r, cfg, f); err == nil && len(found) == 0 {
		err = f.knownRule()
	}
	return found, err
}

// known refuses a feed that loadstar.yaml doesn't have: nothing found would
// look like nothing wrong.
func (f quarantineFlags) known(cfg config.Config) error {
	names := make([]string, len(cfg.Feeds))
	for i, feed := range cfg.Feeds {
		names[i] = feed.Name
	}
	if f.limit < 0 {
		return &usageError{fmt.Errorf("--limit %d: it counts rows, 0 = all", f.limit)}
	}
	if f.feed == "" || slices.Contains(names, f.feed) {
		return nil
	}
	return &usageError{fmt.Errorf("--feed: loadstar.yaml has no feed %q; %s", f.feed, fault.DidYouMean(f.feed, names))}
}

// knownRule refuses a rule that there is not, where no row broke it.
func (f quarantineFlags) knownRule() error {
	var rules []string
	for _, k := range fault.Kinds() {
		if k.Rule != "" {
			rules = append(rules, k.Rule)
		}
	}
	if f.rule == "" || slices.Contains(rules, ruleOf(f.rule)) {
		return nil
	}
	return &usageError{fmt.Errorf("--rule: there is no rule %q; %s", f.rule, fault.DidYouMean(f.rule, rules))}
}

// ruleOf is the rule that a flag names, by itself or by its code.
func ruleOf(text string) string {
	for _, k := range fault.Kinds() {
		if k.Rule != "" && strings.EqualFold(string(k.Code), text) {
			return k.Rule
		}
	}
	return text
}

// none says that nothing was found, and among what.
func (f quarantineFlags) none(where string) string {
	text := "No row"
	if f.feed != "" {
		text += " of feed " + f.feed
	}
	if f.rule != "" {
		text += " that broke rule " + f.rule
	}
	return text + " is " + where + "."
}

func maskedViolations(ctx context.Context, r *load.Reader, cfg config.Config, f quarantineFlags) ([]load.Violation, error) {
	found, err := r.Violations(ctx, load.ViolationFilter{Feed: f.feed, Rule: ruleOf(f.rule), Limit: f.limit, Open: !f.all})
	if err != nil {
		return found, err
	}
	pii := map[string]map[string]bool{}
	feeds := map[string]config.Feed{}
	for _, feed := range cfg.Feeds {
		feeds[feed.Name] = feed
		pii[feed.Name] = map[string]bool{}
		for _, o := range feed.Contract.Objects {
			for _, p := range o.Properties {
				if p.PII {
					pii[feed.Name][p.Name] = true
					for _, alias := range p.Aliases {
						pii[feed.Name][alias] = true
					}
				}
			}
		}
	}
	for i := range found {
		if !f.showValues {
			found[i] = mask(found[i], pii[found[i].Feed])
		}
		found[i].Key = pulledKey(feeds[found[i].Feed], found[i])
	}
	return found, nil
}

// pulledKey names the key of a row that was pulled: the number of a row in a
// pull tells nobody where to look. It is "" for other rows.
func pulledKey(feed config.Feed, v load.Violation) string {
	columns := map[string]any{}
	if !feed.From.IsPull() || json.Unmarshal([]byte(v.Raw), &columns) != nil {
		return ""
	}
	var keys []schemas.Property
	for _, o := range feed.Contract.Objects {
		for _, p := range o.Properties {
			if o.Name == v.Object && p.Key > 0 {
				keys = append(keys, p)
			}
		}
	}
	slices.SortFunc(keys, func(a, b schemas.Property) int { return a.Key - b.Key })
	var parts []string
	for _, p := range keys {
		for _, name := range append([]string{p.Name, p.Field}, p.Aliases...) {
			if value, ok := columns[name]; ok && value != nil {
				parts = append(parts, fmt.Sprintf("%s %v", p.Name, value))
				break
			}
		}
	}
	return strings.Join(parts, ", ")
}

const masked = "•••"

// mask hides the values of the columns that the contract classifies as pii; a
// row that could not be cut into columns is hidden whole.
func mask(v load.Violation, pii map[string]bool) load.Violation {
	if v.Value != "" && (v.Column == "" || pii[v.Column]) {
		v.Value = masked
	}
	columns := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(v.Raw), &columns); err != nil {
		v.Raw = masked
		return v
	}
	for name := range columns {
		if pii[name] || name == "line" {
			columns[name] = json.RawMessage(`"` + masked + `"`)
		}
	}
	text, err := json.Marshal(columns)
	if err != nil {
		v.Raw = masked
		return v
	}
	v.Raw = string(text)
	return v
}

func (a *app) quarantineList(cmd *cobra.Command, f quarantineFlags) error {
	found, err := a.violations(cmd, f)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, v := range found {
		rows = append(rows, []string{v.Feed, v.Place(), v.Column, string(fault.OfRule(v.Rule)), v.Rule, short(v.Value, 24), short(v.Reason, 70)})
	}
	if len(rows) == 0 {
		fmt.Fprintln(a.out, f.none("in quarantine"))
		return nil
	}
	grid(a.out, []string{"feed", "place", "column", "code", "rule", "value", "reason"}, rows)
	return nil
}

func short(text string, most int) string {
	text = strings.ReplaceAll(text, "\n", "⏎")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

func (a *app) quarantineExport(cmd *cobra.Command, f quarantineFlags) error {
	if f.annotate != "" {
		return a.quarantineAnnotate(cmd, f)
	}
	found, err := a.violations(cmd, f)
	if err != nil {
		return err
	}
	w := csv.NewWriter(a.out)
	records := [][]string{{"feed", "object", "file", "sheet", "row", "cell", "column", "code", "rule", "reason", "value", "raw"}}
	for _, v := range found {
		records = append(records, exported(v))
	}
	if err := w.WriteAll(records); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// exported is the line of a violation; what was delivered is no formula in it.
func exported(v load.Violation) []string {
	return []string{v.Feed, v.Object, inert(v.File), inert(v.Sheet), v.Row, v.Cell, inert(v.Column), string(fault.OfRule(v.Rule)), v.Rule, inert(v.Reason), inert(v.Value), v.Raw}
}
