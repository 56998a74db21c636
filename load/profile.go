//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"fmt"
	"regexp"
	"strings"
)

//go:embed profile/*.sql
var profileFiles embed.FS

var noColumnName = regexp.MustCompile(`[^a-z0-9]+`)

// ProfileColumn is the column of customer_profile that an attribute becomes:
// its name in lower case, with _ for all that is no letter or digit.
func ProfileColumn(attribute string) string {
	return strings.Trim(noColumnName.ReplaceAllString(strings.ToLower(attribute), "_"), "_")
}

// profile gives each promoted attribute a column of the view customer_profile.
func profile(ctx context.Context, db *database, attributes []string) error {
	var columns, comments strings.Builder
	for _, a := range attributes {
		column := ProfileColumn(a)
		fmt.Fprintf(&columns, ",\n    max(attribute_value) filter (where attribute_name = %s) as %s", literal(a), quote(column))
		fmt.Fprintf(&comments, ";\ncomment on column warehouse.main.customer_profile.%s is %s", quote(column),
			literal("column "+a+" of the sources, as the newest record of the customer tells it"))
	}
	text, err := sqlFile(profileFiles, "profile/customer_profile.sql", "{columns}", columns.String())
	if err != nil {
		return err
	}
	text += ";\ncomment on view warehouse.main.customer_profile is " +
		literal("What else do the sources tell of a customer? Grain: customer; one column for each of customer_attributes in loadstar.yaml")
	if err := db.execAll(ctx, splitStatements(text+comments.String())); err != nil {
		return fmt.Errorf("shape customer_profile: %w", err)
	}
	return nil
}
