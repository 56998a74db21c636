package cli

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

func (a *app) contractCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "contract",
		Short: "Compare contracts, and tell what columns can be mapped onto",
		Example: `  loadstar contract fields opportunity
  loadstar contract diff contracts/contacts.yaml new/contacts.yaml
  loadstar contract diff <(git show main:contracts/contacts.yaml) contracts/contacts.yaml`,
	}
	var format string
	diff := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Tell breaking from compatible changes of a contract",
		Long: `Compares two versions of one feed's contract. A change is breaking where a
delivery that kept the old contract may be refused, quarantined or read
otherwise by the new one, or where fields that were filled in the warehouse, or
the identity of its rows, change. It writes the list of changes. Exit codes: 0
compatible or equal, 2 a contract can't be read, 3 breaking.`,
		Example: `  loadstar contract diff contracts/contacts.yaml new/contacts.yaml
  loadstar contract diff --format json old.yaml new.yaml`,
		Args: func(cmd *cobra.Command, args []string) error { return asUsage(cmd, cobra.ExactArgs(2)(cmd, args)) },
		RunE: func(_ *cobra.Command, args []string) error { return a.contractDiff(args[0], args[1], format) },
	}
	diff.Flags().StringVar(&format, "format", "text", "text or json")
	cmd.AddCommand(diff, a.contractFieldsCommand())
	return cmd
}

func (a *app) contractDiff(from, to, format string) error {
	if format != "text" && format != "json" {
		return &usageError{fault.Unknown(fault.ConfigValue, "--format", format, []string{"text", "json"})}
	}
	before, err := readContract(from)
	if err != nil {
		return &usageError{err}
	}
	after, err := readContract(to)
	if err != nil {
		return &usageError{err}
	}
	changes := schemas.DiffContracts(before, after)
	breaking := 0
	for _, c := range changes {
		if c.Breaking {
			breaking++
		}
	}
	if format == "json" {
		err = a.changesAsJSON(changes, breaking)
	} else {
		a.changesAsText(changes)
	}
	if err == nil && breaking > 0 {
		err = errBreaking
	}
	return err
}

func readContract(file string) (schemas.Contract, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return schemas.Contract{}, fmt.Errorf("read contract: %w", err)
	}
	return schemas.ParseContract(file, text)
}

func (a *app) changesAsJSON(changes []schemas.Change, breaking int) error {
	if changes == nil {
		changes = []schemas.Change{}
	}
	e := json.NewEncoder(a.out)
	e.SetIndent("", "  ")
	err := e.Encode(struct {
		Breaking bool             `json:"breaking"`
		Changes  []schemas.Change `json:"changes"`
	}{breaking > 0, changes})
	if err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

func (a *app) changesAsText(changes []schemas.Change) {
	if len(changes) == 0 {
		fmt.Fprintln(a.out, "Nothing that matters differs.")
		return
	}
	var rows [][]string
	for _, c := range changes {
		kind := "compatible"
		if c.Breaking {
			kind = "BREAKING"
		}
		rows = append(rows, []string{kind, c.Where, c.What})
	}
	grid(a.out, []string{"change", "where", "what"}, rows)
}
