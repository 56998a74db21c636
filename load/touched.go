//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
)

// noteCustomers keeps whose facts change, before and after they do, in
// changed.fact_customer: models that are made anew customer by customer read
// their affected set there. rows selects the changing rows of from, which has
// the columns of target.
func (d *database) noteCustomers(ctx context.Context, target schemas.StarTable, from, rows string) error {
	isFact := strings.HasPrefix(target.Name, "fact_") &&
		slices.ContainsFunc(target.Columns, func(c schemas.StarColumn) bool { return c.Name == "customer_key" })
	if !isFact {
		return nil
	}
	if _, err := d.exec(ctx, "insert into changed.fact_customer select distinct "+literal(target.Name)+", customer_key from "+from+" where "+rows); err != nil {
		return fmt.Errorf("note customers of %s: %w", target.Name, err)
	}
	return nil
}
