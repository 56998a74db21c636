package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/intake"
)

func (a *app) connectionsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "connections",
		Short: "Try the sources of loadstar.yaml",
		Long: `Tries each source and says what was found, or why it can't be read and what to
do. It writes nothing.`,
		Example: "  loadstar connections test",
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "test",
		Short: "Look whether every source can be reached and read",
		Long: `Tries each feed of loadstar.yaml, and each connection that no feed uses:
connects, looks for the table and its columns, reads one row; opens every file.
Plug-ins are looked for, not run. Writes nothing. One line a source: what was
found, or why it can't be read and what to do; exit code 1 where one failed.`,
		Example: "  loadstar connections test\n  loadstar connections test --project demo",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.connectionsTest(cmd) },
	})
	return cmd
}

func (a *app) connectionsTest(cmd *cobra.Command) error {
	cfg, err := a.configuration()
	if err != nil {
		return err
	}
	probes, err := intake.ProbeAll(cmd.Context(), cfg, time.Now)
	if err != nil {
		return err
	}
	var rows [][]string
	failed := 0
	for _, p := range probes {
		state, found := "ok", p.Found
		if p.Err != nil {
			failed++
			state, found = "FAILED", p.Err.Error()
		}
		rows = append(rows, []string{p.Name, p.From, state, fmt.Sprintf("%d ms", p.Took.Milliseconds()), found})
	}
	grid(a.out, []string{"source", "from", "state", "time", "found"}, rows, 4)
	for _, name := range cfg.Exposed {
		fmt.Fprintln(a.out, "note: "+config.ExposedNote(name))
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d sources can't be read", failed, len(probes))
	}
	_, err = fmt.Fprintf(a.out, "\nAll %d sources can be read.\n", len(probes))
	return err
}
