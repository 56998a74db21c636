//go:build duckdb_arrow

package load

import (
	"context"
	"testing"
)

// careFunnel is a funnel that a user adds: a care contract is offered, tried,
// signed and renewed. Its words come from one source only.
const careFunnel = `
funnel: care
counts: pursuit
meaning: "From an offer of care to a renewed contract"
systems: [care_desk]
steps: [{step: asked, name: Asked}, {step: trial, name: Trial, optional: true}, {step: signed, name: Signed}]
stages:
  - {stage: asked, name: Asked, rank: 10, step: asked, meaning: "care was offered"}
  - {stage: trial, name: Trial, rank: 20, step: trial, meaning: "a month for free"}
  - {stage: signed, name: Signed, rank: 30, step: signed, outcome: won, meaning: "a contract was signed"}
  - {stage: elsewhere, name: Elsewhere, rank: 0, outcome: lost to competitor, meaning: "somebody else does it"}
  - {stage: never, name: Never, rank: 0, outcome: no decision, meaning: "no answer"}
transitions: {start: [asked], asked: [trial, signed, elsewhere, never], trial: [signed, elsewhere, never]}
sources:
  care_desk:
    opportunity: {asked: [A1], trial: [A2], signed: [A9], elsewhere: [X1], never: [X2]}
`

// TestThirdFunnel adds a funnel in YAML and nothing else: its pursuits are
// judged by its transitions, counted by its steps, and stand beside the sales
// funnel's. The first customer comes back, the second was referred by it.
func TestThirdFunnel(t *testing.T) {
	t.Parallel()
	f, err := ParseFunnel("care.yaml", []byte(careFunnel))
	if err != nil {
		t.Fatal(err)
	}
	s := newStar(t, "people")
	s.do(`insert into ods.opportunity by name
select *, 'care_desk' as source_system, timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted
from (values
    (1, 'd1', 101, null, 'A9', timestamptz '2025-01-01 09:00:00+00'), (2, 'd2', 102, 101, 'X1', timestamptz '2025-01-02 09:00:00+00'),
    (3, 'd3', 203, null, 'A2', timestamptz '2025-01-03 09:00:00+00'), (4, 'd4', 203, null, 'X2', timestamptz '2025-01-03 09:00:00+00'),
    (5, 'd5', 101, null, 'A9', timestamptz '2025-06-01 09:00:00+00')
) as deal (row_id, opportunity_id, source_customer_key, referred_by_source_customer_key, status, created_at)`)
	s.do(`insert into ods.stage_event by name
select row_id, 'care_desk' as source_system, opportunity_id, stage, timestamptz '2025-01-01 00:00:00+00' + to_days(day) as "at",
    timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted
from (values
    (11, 'd1', 'A1', 1), (12, 'd1', 'A2', 8), (13, 'd1', 'A1', 10), (14, 'd1', 'a2', 12), (15, 'd1', 'A9', 30),
    (21, 'd2', 'A1', 2), (22, 'd2', 'X1', 9), (31, 'd3', 'A2', 3), (41, 'd4', 'A1', 3), (42, 'd4', 'X2', 60),
    (51, 'd5', 'A1', 160), (52, 'd5', 'A9', 170),
    (53, 'd9', 'A5', 1)
) as event (row_id, opportunity_id, stage, day)`)
	s.do(`insert into ods.opportunity by name
select row_number() over () as row_id, status as opportunity_id, status, 'crm' as source_system, timestamptz '2025-01-01 00:00:00+00' as effective_at,
    false as is_deleted
from (values ('strange'), ('won')) as deal (status)`)
	p := testParams()
	p.Funnels = []Funnel{f}
	if err := s.Shape(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.want(`select opportunity_id, funnel_name, outcome, furthest_step_number, is_repeat, has_repeat, is_referral, regression_count,
    reentry_count, skip_count, illegal_count from warehouse.fact_pipeline where funnel_name = 'care' order by 1`,
		"d1|care|won|3|false|true|false|1|2|0|1", // back to the start is no legal move of this funnel
		"d2|care|lost to competitor|1|false|false|true|0|0|0|0",
		"d3|care|open|2|false|false|false|0|0|1|1", // began in the trial
		"d4|care|no decision|1|false|false|false|0|0|0|0",
		"d5|care|won|3|true|false|false|0|0|0|0") // the trial may be left out
	s.want(`select step_name, reached_count, drop_off_count, still_open_count, lost_count from warehouse.funnel_sales
where funnel_name = 'care' and breakdown = 'all' order by step_number`,
		"Asked|5|2|0|2", "Trial|3|1|1|0", "Signed|2||0|0")
	// Each funnel is asked for the words of those who follow it.
	s.want("select used_for, source_system, entity, word, row_count from warehouse.unmapped_word order by 2",
		"care|care_desk|opportunity|A5|1", "sales|crm|opportunity|strange|1")
	s.want(`select sum(open_count), sum(closed_count), sum(won_count) from warehouse.fact_pipeline_daily
where funnel_name = 'care' and date_key in (20250131, 20250302)`, "3|2|1")
	findings, err := s.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range findings {
		if finding.Severity == SeverityError {
			t.Errorf("%s: %v", finding.Name, finding.Sample)
		}
	}
}
