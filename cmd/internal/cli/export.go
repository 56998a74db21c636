package cli

import (
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/schemas/fault"
)

//go:embed export/*.sql
var exportQueries embed.FS

func (a *app) exportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "export",
		Short:   "Write lists for other systems",
		Long:    `Writes CSV files with what other systems should change, a file a system.`,
		Example: "  loadstar export feedback --out feedback",
	}
	var out, system string
	feedback := &cobra.Command{
		Use:   "feedback",
		Short: "Write, for each source system, the values a steward would change there",
		Long: `Compares what each source system says of a customer with the golden record and
writes feedback_SYSTEM.csv for each: customer_id in that system, customer_key,
field, old value, golden value and the reason: which system knows better and by
which rule, or who set the value and why. Fields that a system does not keep are
left out; a name or an address that it keeps in one field is one line. A refusal
of marketing that another system knows of is a line of its own. The files hold personal data and are readable by you alone.`,
		Example: "  loadstar export feedback --out feedback\n  loadstar export feedback --system crm --out feedback",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.exportFeedback(cmd, system, out) },
	}
	feedback.Flags().StringVar(&out, "out", "feedback", "folder to write into; a file that exists is not overwritten")
	feedback.Flags().StringVar(&system, "system", "", "only this source system")
	cmd.AddCommand(feedback)
	return cmd
}

// fileWord is what may stand in a file name.
var fileWord = regexp.MustCompile(`[^A-Za-z0-9_.-]+`)

// systemsOf are the source systems of the project's feeds, each once.
func systemsOf(cfg config.Config) []string {
	var systems []string
	for _, feed := range cfg.Feeds {
		if !slices.Contains(systems, feed.Contract.System) {
			systems = append(systems, feed.Contract.System)
		}
	}
	return systems
}

func (a *app) exportFeedback(cmd *cobra.Command, system, out string) (err error) {
	cfg, err := a.configuration()
	if err != nil {
		return err
	}
	if systems := systemsOf(cfg); system != "" && !slices.Contains(systems, system) {
		return &usageError{fmt.Errorf("--system: no feed comes from %q; %s", system, fault.DidYouMean(system, systems))}
	}
	r, err := a.reader(cmd, 0)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, r.Close()) }()
	if !r.HasODS {
		return errors.New("feedback needs ods.duckdb, which you may not read; ask its owner")
	}
	query, err := exportQueries.ReadFile("export/feedback.sql")
	if err != nil {
		return fmt.Errorf("export feedback: %w", err)
	}
	columns, rows, err := r.Rows(cmd.Context(), string(query), "", 0)
	if err != nil {
		return fmt.Errorf("export feedback: %w", err)
	}
	if columns, rows, err = a.withDeciders(columns, rows); err != nil {
		return fmt.Errorf("export feedback: %w", err)
	}
	bySystem, order := map[string][][]string{}, []string{}
	for _, row := range rows {
		if system != "" && row[0] != system {
			continue
		}
		if bySystem[row[0]] == nil {
			order = append(order, row[0])
		}
		bySystem[row[0]] = append(bySystem[row[0]], row[1:])
	}
	if len(order) == 0 {
		fmt.Fprintln(a.out, "The source systems say nothing that the golden records contradict; nothing was written.")
		return nil
	}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return fmt.Errorf("export feedback: %w", err)
	}
	var table [][]string
	for _, name := range order {
		path := filepath.Join(out, "feedback_"+fileWord.ReplaceAllString(name, "_")+".csv")
		if err := writeSheet(path, "feedback", nil, columns[1:], bySystem[name]); err != nil {
			return fmt.Errorf("export feedback: %w", err)
		}
		table = append(table, []string{name, thousands(int64(len(bySystem[name]))), path})
	}
	grid(a.out, []string{"system", "changes", "file"}, table, 2)
	return nil
}

// withDeciders gives values that a person set who did and why, in place of the
// last two columns: the party and the field that it was set for.
func (a *app) withDeciders(columns []string, rows [][]string) ([]string, [][]string, error) {
	w, _, err := a.warehouse()
	if err != nil {
		return nil, nil, err
	}
	standing, err := pipeline.StandingOverrides(w)
	if err != nil {
		return nil, nil, err
	}
	last := len(columns) - 2
	for i, row := range rows {
		field := row[last+1]
		id, err := strconv.ParseInt(row[last], 10, 64)
		if err != nil { // no person set it
			rows[i] = row[:last]
			continue
		}
		for _, o := range standing[id] {
			if o.Field == field {
				row[last-1] = fmt.Sprintf("set by %s: %s", o.Who, o.Why)
			}
		}
		rows[i] = row[:last]
	}
	return columns[:last], rows, nil
}
