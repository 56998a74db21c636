//go:build duckdb_arrow

package load

import (
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

// profileMart gives each promoted attribute a column of the view
// customer_profile.
func profileMart(attributes []string) (Mart, error) {
	m := Mart{Name: "customer_profile", Meanings: map[string]string{"customer_key": "the deduplicated customer, see dim_customer"},
		Question: "What else do the sources tell of a customer? Grain: customer; one column for each of customer_attributes in loadstar.yaml"}
	var columns strings.Builder
	for _, a := range attributes {
		column := ProfileColumn(a)
		fmt.Fprintf(&columns, ",\n    max(attribute_value) filter (where attribute_name = %s) as %s", literal(a), quote(column))
		m.Meanings[column] = "column " + a + " of the sources, as the newest record of the customer tells it"
	}
	var err error
	m.Query, err = sqlFile(profileFiles, "profile/customer_profile.sql", "{columns}", columns.String())
	return m, err
}
