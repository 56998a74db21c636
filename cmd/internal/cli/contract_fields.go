package cli

import (
	"github.com/spf13/cobra"

	"loadstar/schemas"
)

func (a *app) contractFieldsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "fields [ENTITY]",
		Short: "List the entities that rows can be, or the fields of one",
		Long: `Lists what a contract can map a feed onto: without a name the entities, with
one its fields, their types and what they mean. A column feeds a field by
customProperties: [{property: field, value: FIELD}]; docs/contracts.md tells of
all other words.`,
		Example: `  loadstar contract fields
  loadstar contract fields order_line`,
		Args: func(cmd *cobra.Command, args []string) error { return asUsage(cmd, cobra.MaximumNArgs(1)(cmd, args)) },
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.listEntities()
			}
			return a.listFields(args[0])
		},
	}
}

func (a *app) listEntities() error {
	entities, err := schemas.Entities()
	if err != nil {
		return err
	}
	rows := make([][]string, len(entities))
	for i, e := range entities {
		rows[i] = []string{e.Name, e.Meaning, e.Grain}
	}
	grid(a.out, []string{"entity", "meaning", "one row"}, rows)
	return nil
}

func (a *app) listFields(entity string) error {
	e, err := schemas.EntityNamed(entity)
	if err != nil {
		return &usageError{err}
	}
	rows := make([][]string, len(e.Fields))
	for i, f := range e.Fields {
		rows[i] = []string{f.Name, string(f.Type), f.Meaning}
	}
	grid(a.out, []string{"field", "type", "meaning"}, rows)
	return nil
}
