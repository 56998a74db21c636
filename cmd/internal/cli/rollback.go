package cli

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"loadstar/load/publish"
)

func (a *app) rollbackCommand() *cobra.Command {
	var to int64
	cmd := &cobra.Command{
		Use:   "rollback [--to VERSION]",
		Short: "Make an earlier version the current one",
		Long: `Moves the pointer to a kept version. Nothing is deleted; keys that newer
versions gave out are never given out again. ` + "`loadstar status`" + ` lists the versions.`,
		Example: "  loadstar rollback\n  loadstar rollback --to 41",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return a.rollback(to) },
	}
	cmd.Flags().Int64Var(&to, "to", 0, "version to go back to (default: the parent of the current one)")
	return cmd
}

func (a *app) rollback(to int64) error {
	w, _, err := a.warehouse()
	if err != nil {
		return err
	}
	return withLock(w, func() error {
		current, err := w.Current()
		if err != nil {
			return err
		}
		if to == 0 {
			to = current.Manifest.Parent
		}
		if to == 0 {
			return fmt.Errorf("version %d is the first; there is nothing to go back to", current.Number)
		}
		if err := w.Point(to); err != nil {
			return fmt.Errorf("rollback: %w", err)
		}
		fmt.Fprintf(a.out, "Version %d is current (was %d).\n", to, current.Number)
		return nil
	})
}

// withLock runs do while no batch job can.
func withLock(w publish.Warehouse, do func() error) (err error) {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	lock, err := w.Acquire(publish.Holder{PID: os.Getpid(), Host: host, Since: time.Now()})
	if err != nil {
		return err
	}
	defer func() {
		if e := lock.Release(); err == nil {
			err = e
		}
	}()
	return do()
}

func (a *app) gcCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "gc",
		Short: "Remove versions beyond keep_versions and what killed runs left behind",
		Long: `Keeps the current version and the newest keep_versions of loadstar.yaml.
Landing, ledger and decisions are kept: a warehouse can be rebuilt from them.`,
		Example: "  loadstar gc\n  loadstar gc --project demo",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return a.gc() },
	}
}

func (a *app) gc() error {
	w, c, err := a.warehouse()
	if err != nil {
		return err
	}
	return withLock(w, func() error {
		if err := w.Sweep(); err != nil {
			return err
		}
		removed, err := w.Collect(c.KeepVersions)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, "Removed %s.\n", counted(len(removed), "version"))
		return nil
	})
}
