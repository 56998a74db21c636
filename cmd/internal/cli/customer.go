package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/schemas/fault"
)

type customerFlags struct{ who, why string }

func (a *app) customerCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "customer",
		Short: "Correct a customer in one place",
		Long: `What a person sets beats every source in the customer's golden record from the
next run on, also after a rebuild, a merge or a split, until it is taken back.
Values are cleansed as those of a feed. Each setting is a line appended to
decisions/customers.jsonl in the warehouse, with who and why; it goes out to
the source systems with ` + "`loadstar export feedback`" + `.`,
		Example: `  loadstar customer set 4711 city=Hull --why "called"
  loadstar customer unset 4711 city --why "the CRM has it now"`,
	}
	var f customerFlags
	set := &cobra.Command{
		Use:   "set KEY FIELD=VALUE…",
		Short: "Set values of a customer; an empty value says that there is none",
		Long: wrapped("Fields are "+strings.Join(dedupe.OverrideFields(), ", ")+"; address and name stand for all of their parts, an address for its postcode and city too where its text has them.", helpWidth) + `

Writes one line a value to decisions/customers.jsonl; it holds from the next run on.`,
		Example: `  loadstar customer set 4711 email=ann@example.com --why "told us by phone"
  loadstar customer set 4711 address="12 Mill Lane" postcode="AB1 2CD" city=Milton --why "moved"
  loadstar customer set 4711 phone= --why "number belongs to somebody else"`,
		Args: func(cmd *cobra.Command, args []string) error { return asUsage(cmd, cobra.MinimumNArgs(2)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.setCustomer(cmd.Context(), args[0], args[1:], f)
		},
	}
	unset := &cobra.Command{
		Use:     "unset KEY FIELD…",
		Short:   "Take settings back: the sources decide again",
		Example: `  loadstar customer unset 4711 email --why "the CRM has it now"`,
		Args:    func(cmd *cobra.Command, args []string) error { return asUsage(cmd, cobra.MinimumNArgs(2)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.unsetCustomer(cmd.Context(), args[0], args[1:], f)
		},
	}
	for _, c := range []*cobra.Command{set, unset} {
		whoFlag(c, &f.who, "decides")
		c.Flags().StringVar(&f.why, "why", "", "why; required")
	}
	cmd.AddCommand(set, unset)
	return cmd
}

// template checks what every line needs, and ties it to the customer.
func (f customerFlags) template(ctx context.Context, e *pipeline.Evidence, key string) (dedupe.StoredOverride, error) {
	var o dedupe.StoredOverride
	number, err := strconv.ParseInt(key, 10, 64)
	if err != nil || number < 1 {
		return o, &usageError{fmt.Errorf("%q is no customer_key: a number from 1", short(key, 20))}
	}
	customer, party, err := e.Anchor(ctx, number)
	if err != nil {
		return o, err
	}
	return dedupe.StoredOverride{Party: party, Customer: customer, Who: f.who, Why: f.why, When: time.Now().UTC()}, nil
}

func (f customerFlags) check() error {
	switch {
	case f.who == "":
		return missingWho("decides")
	case strings.TrimSpace(f.why) == "":
		return &usageError{errors.New("--why is missing: say why, for those who ask later")}
	}
	return nil
}

func (a *app) setCustomer(ctx context.Context, key string, pairs []string, f customerFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	var settings []pipeline.Setting
	for _, pair := range pairs {
		field, value, ok := strings.Cut(pair, "=")
		if !ok {
			return &usageError{fmt.Errorf("%q is not FIELD=VALUE", short(pair, 20))}
		}
		if known := append(dedupe.OverrideFields(), "address", "name"); !slices.Contains(known, field) {
			return &usageError{fmt.Errorf("field %q cannot be set; %s", short(field, 40), fault.DidYouMean(field, known))}
		}
		settings = append(settings, pipeline.Setting{Field: field, Value: value})
	}
	w, cfg, err := a.warehouse()
	if err != nil {
		return err
	}
	return a.withEvidence(ctx, func(e *pipeline.Evidence) error {
		o, err := f.template(ctx, e, key)
		if err != nil {
			return err
		}
		set, err := pipeline.Overrides(cfg, settings, o)
		if err != nil {
			return &usageError{err}
		}
		if err := pipeline.Override(w, set...); err != nil {
			return err
		}
		fmt.Fprintf(a.out, "Set %s of customer %d; it holds from the next `loadstar run` on.\n", counted(len(set), "field"), o.Customer)
		return nil
	})
}

func (a *app) unsetCustomer(ctx context.Context, key string, fields []string, f customerFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	w, _, err := a.warehouse()
	if err != nil {
		return err
	}
	return a.withEvidence(ctx, func(e *pipeline.Evidence) error {
		o, err := f.template(ctx, e, key)
		if err != nil {
			return err
		}
		standing, err := e.StandingOverrides(ctx, o.Customer)
		if err != nil {
			return err
		}
		var back []dedupe.StoredOverride
		for _, field := range fields {
			at := slices.IndexFunc(standing, func(s dedupe.StoredOverride) bool { return s.Field == field })
			if at < 0 {
				return &usageError{fmt.Errorf("nobody has set %q of customer %d", short(field, 30), o.Customer)}
			}
			for _, s := range standing {
				if s.Field == field {
					s.Withdrawn, s.Who, s.Why, s.When = true, o.Who, o.Why, o.When
					back = append(back, s)
				}
			}
		}
		if err := pipeline.Override(w, back...); err != nil {
			return err
		}
		fmt.Fprintf(a.out, "%s of customer %d taken back; the sources decide from the next `loadstar run` on.\n", counted(len(back), "setting"), o.Customer)
		return nil
	})
}
