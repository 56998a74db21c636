package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) digestCommand() *cobra.Command {
	var version int64
	cmd := &cobra.Command{
		Use:   "digest",
		Short: "Print a digest for each table, to compare versions and machines",
		Long: `One line a table: name, rows, digest. Equal content gives equal digests,
whatever the order of rows and files or the number of workers; columns of
lineage, run and timing, and keys that are given out in order, do not count.`,
		Example: "  diff <(loadstar digest -C a) <(loadstar digest -C b)",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.digest(cmd, version) },
	}
	cmd.Flags().Int64Var(&version, "version", 0, "a kept version (default: the current one)")
	return cmd
}

func (a *app) digest(cmd *cobra.Command, version int64) (err error) {
	r, err := a.reader(cmd, version)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, r.Close()) }()
	digests, err := r.Digests(cmd.Context())
	if err != nil {
		return err
	}
	for _, d := range digests {
		fmt.Fprintf(a.out, "%s %d %s\n", d.Table, d.Rows, d.Value)
	}
	return nil
}
