package cli

import (
	"context"
	"fmt"
	"strconv"

	"loadstar/cmd/internal/pipeline"
)

// explainPast tells what a customer was at a moment: its records then, and
// whose they are now.
func (a *app) explainPast(ctx context.Context, e *pipeline.Evidence, key int64, at string) error {
	_, cfg, err := a.warehouse()
	if err != nil {
		return err
	}
	moment, err := cfg.Company.ParseTime(at)
	if err != nil {
		return &usageError{fmt.Errorf("--at: %w", err)}
	}
	past, err := e.CustomerAt(key, moment)
	if err != nil {
		return err
	}
	asOf := ""
	if past.Run > 0 {
		asOf = fmt.Sprintf(" (run %d, as of %s)", past.Run, past.AsOf.Format("2006-01-02 15:04 UTC"))
	}
	switch {
	case !past.Exists:
		fmt.Fprintf(a.out, "At %s%s there was no customer %d.\n", at, asOf, key)
		return nil
	case len(past.Records) == 0:
		fmt.Fprintf(a.out, "At %s%s customer %d had no record any more.\n", at, asOf, key)
		return nil
	case past.Customer != key:
		fmt.Fprintf(a.out, "At %s%s customer %d was part of customer %d, made of these records.\n\n", at, asOf, key, past.Customer)
	default:
		fmt.Fprintf(a.out, "At %s%s customer %d was made of these records.\n\n", at, asOf, key)
	}
	var rows [][]string
	for _, record := range past.Records {
		m, found, err := e.Member(ctx, record)
		if err != nil {
			return err
		}
		now := "none"
		if found {
			now = strconv.FormatInt(m.Customer, 10)
		}
		rows = append(rows, []string{m.System, m.ID, strconv.FormatInt(record, 10), now})
	}
	grid(a.out, []string{"system", "id", "source_customer_key", "customer now"}, rows, 4)
	return nil
}
