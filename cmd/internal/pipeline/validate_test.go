package pipeline_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"loadstar/cmd/internal/validate"
)

// TestValidateForetellsQuarantine: what validate finds in the rows of a project
// is what a run sets aside, rule by rule.
func TestValidateForetellsQuarantine(t *testing.T) {
	t.Parallel()
	cfg := project(t, 150, 2)
	report, err := validate.Run(context.Background(), validate.Options{Project: cfg.Dir})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int64{}
	for _, f := range report.Findings {
		if f.Rule != "" && f.Rule != "reference" {
			counts[f.Feed+" "+f.Rule] += f.Count
		}
	}
	var foretold []string
	for name, n := range counts {
		foretold = append(foretold, fmt.Sprintf("%s %d", name, n))
	}
	slices.Sort(foretold)
	if len(foretold) < 5 {
		t.Fatalf("only %v is found: the test tests nothing", foretold)
	}
	run(t, cfg, options())
	happened := ask(t, cfg, `select string_agg(line, chr(10) order by line)
from (select feed || ' ' || rule || ' ' || count(distinct (file_key, source_row, column_name, reason)) as line
    from ods.quarantine.row inner join ods.quarantine.violation using (reject_id) group by feed, rule)`)
	if got := strings.Join(foretold, "\n"); got != happened {
		t.Errorf("validate foretells\n%s\nthe run set aside\n%s", got, happened)
	}
}
