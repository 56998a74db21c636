//go:build duckdb_arrow

package load

import (
	"slices"
	"strings"
	"testing"

	"loadstar/schemas"
)

// onePass are joins with all rows of another table that has one row, or one
// for each line of the settings.
var onePass = []string{"customer_attribute", "about", "report_member", "check fact_rows_equal_ods", "check pipeline_daily_adds_up", "src_pipeline_turn"}

// TestPlans looks at how DuckDB would run the models and checks: none may
// compare each row of one table with each row of another one, which costs the
// product of their sizes.
func TestPlans(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service", "histories", "online", "refunds", "associations")
	s.shape(Everything)
	models, err := readModels()
	if err != nil {
		t.Fatal(err)
	}
	checks, err := Checks()
	if err != nil {
		t.Fatal(err)
	}
	queries := map[string]string{}
	for _, m := range models {
		s.ready(m)
		if _, err := m.narrow(t.Context(), s.database, Everything); err != nil {
			t.Fatal(err)
		}
		queries[m.table] = m.query
		if m.isDerived() && !m.isHelper() {
			queries[m.table] = "from " + m.name()
		}
	}
	for _, c := range checks {
		queries["check "+c.Name] = c.Query
	}
	origins, err := loadOrigins()
	if err != nil {
		t.Fatal(err)
	}
	for name := range origins.steps {
		table, err := schemas.StarTableNamed("main", name)
		if err != nil {
			t.Fatal(err)
		}
		if queries["origins of "+name], err = origins.query(table, origins.picked(table, "true")); err != nil {
			t.Fatal(err)
		}
	}
	for name, query := range queries {
		plan := s.rows("explain (format json) " + query)[0]
		if strings.Contains(plan, "BLOCKWISE_NL_JOIN") != slices.Contains(onePass, name) {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}
