//go:build duckdb_arrow

package load

import (
	"context"
	"strings"
	"testing"
)

// renewalFunnel follows one pipeline of any system; the stage names are those of
// the sales funnel in another order.
const renewalFunnel = `
funnel: renewal
counts: pursuit
meaning: "Contracts that end soon"
pipelines: [Renewals]
steps: [{step: quoted, name: Quoted}, {step: talked, name: Talked}, {step: renewed, name: Renewed}]
stages:
  - {stage: quoted, name: Quoted, rank: 10, step: quoted, meaning: "a quote was sent"}
  - {stage: talked, name: Talked, rank: 20, step: talked, meaning: "they met"}
  - {stage: renewed, name: Renewed, rank: 30, step: renewed, outcome: won, meaning: "they signed"}
  - {stage: ended, name: Ended, rank: 0, outcome: lost, meaning: "they left"}
transitions: {start: [quoted], quoted: [talked, ended], talked: [renewed, ended]}
words: {any: {quoted: [proposal], talked: [meeting], renewed: [won], ended: [lost]}}
`

// TestPipelines: pipelines of one system whose stages bear the same names in
// another order follow each its own funnel, and are a breakdown of the KPIs.
func TestPipelines(t *testing.T) {
	t.Parallel()
	f, err := ParseFunnel("renewal.yaml", []byte(renewalFunnel))
	if err != nil {
		t.Fatal(err)
	}
	s := newStar(t)
	s.do(`insert into ods.opportunity by name
select *, 'crm' as source_system, timestamptz '2026-01-01 00:00:00+00' as created_at, timestamptz '2026-01-02 00:00:00+00' as effective_at,
    false as is_deleted
from (values (1, 'a', 'New business', 'Meeting'), (2, 'b', 'RENEWALS', 'Meeting'), (3, 'c', 'Renewals', 'won'), (4, 'd', null, 'Odd'),
    (5, 'e', 'Renewals', 'Discovery'), (6, 'f', 'New business', 'won')) as deal (row_id, opportunity_id, pipeline, status)`)
	s.do(`insert into ods.stage_event by name
select * exclude (day), 'crm' as source_system, timestamptz '2026-01-01 00:00:00+00' + to_days(day) as "at", timestamptz '2026-01-09 00:00:00+00' as effective_at, false as is_deleted
from (values (11, 'c', 'Proposal', 1), (12, 'c', 'Meeting', 3), (13, 'c', 'won', 5)) as event (row_id, opportunity_id, stage, day)`)
	p := testParams()
	p.Funnels = []Funnel{f}
	if err := s.Shape(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.want(`select opportunity_id, pipeline, pipeline.funnel_name, stage.stage_id, furthest_step_number, is_won, illegal_count
from warehouse.fact_pipeline as pipeline inner join warehouse.dim_funnel_stage as stage on stage.stage_key = current_stage_key order by 1`,
		"a|New business|sales|appointment|3|false|0", "b|RENEWALS|renewal|talked|2|false|0", "c|Renewals|renewal|renewed|3|true|0",
		"d||sales||1|false|0", "e|Renewals|renewal||1|false|0", "f|New business|sales|won|6|true|0")
	s.want("select used_for, word, row_count from warehouse.unmapped_word order by 1", "renewal|Discovery|1", "sales|Odd|1")
	s.want(`select funnel_name, member, won_count, closed_count from warehouse.kpi_win_rate
where breakdown = 'pipeline' and period_kind = 'all' order by 1`, "renewal|Renewals|1|1", "sales|New business|1|1")
	s.want(`select member, stage_name, visit_count from warehouse.kpi_time_in_stage
where breakdown = 'pipeline' and period_kind = 'all' and member = 'Renewals' and funnel_name = 'renewal' and stage_rank >= 20 order by 2`,
		"Renewals|Renewed|1", "Renewals|Talked|1")
	s.sound()
}

// TestPipelineOfSystem: a funnel that names the pipeline comes before one that
// names only the system; a pipeline that no funnel names follows the system's.
func TestPipelineOfSystem(t *testing.T) {
	t.Parallel()
	var own []Funnel
	for name, lines := range map[string]string{"renewal": "systems: [crm]\npipelines: [Renewals]", "whole": "systems: [crm]", "other": "systems: [desk]\npipelines: [Renewals]"} {
		text := strings.Replace(strings.Replace(renewalFunnel, "pipelines: [Renewals]", lines, 1), "funnel: renewal", "funnel: "+name, 1)
		f, err := ParseFunnel(name+".yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		own = append(own, f)
	}
	s := newStar(t)
	s.do(`insert into ods.opportunity by name
select *, 'won' as status, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (1, 'crm', 'a', 'Renewals'), (2, 'crm', 'b', 'Other'), (3, 'crm', 'c', null), (4, 'desk', 'd', 'renewals'), (5, 'desk', 'e', 'Other'))
    as deal (row_id, source_system, opportunity_id, pipeline)`)
	p := testParams()
	p.Funnels = own
	if err := s.Shape(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.want("select opportunity_id, funnel_name from warehouse.fact_pipeline order by 1", "a|renewal", "b|whole", "c|whole", "d|other", "e|sales")
	bad := strings.Replace(strings.Replace(renewalFunnel, "counts: pursuit", "counts: session", 1), "pursuit", "session", 1)
	if _, err := ParseFunnel("bad.yaml", []byte(bad)); err == nil || !strings.Contains(err.Error(), "only pursuits have a pipeline") {
		t.Errorf("a funnel of sessions that names pipelines: %v", err)
	}
}

// TestListOfStages: codes mean what the source's list says of them: the end that
// it flags, else the name; a code that a funnel knows keeps its meaning where the
// name says nothing, and one that two pipelines use for two stages has none.
func TestListOfStages(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity by name
select *, 'crm' as source_system, timestamptz '2026-01-01 00:00:00+00' as created_at, timestamptz '2026-01-02 00:00:00+00' as effective_at,
    false as is_deleted
from (values (1, 'a', '101'), (2, 'b', '102'), (3, 'c', '103'), (4, 'd', '104'), (5, 'e', 'closedwon'), (6, 'f', '106'), (7, 'g', '107')) as deal (row_id, opportunity_id, status)`)
	s.do(`insert into ods.stage by name
select *, 'crm' as source_system, timestamptz '2026-01-02 00:00:00+00' as effective_at, false as is_deleted
from (values (11, '101', 'Demo', null), (12, '102', 'Closed', 'won'), (13, '103', 'Went away', 'Lost'), (14, '104', 'Lost to competitor', 'lost'),
    (15, 'closedwon', 'Pilot phase 2', null), (16, '106', 'Demo', null), (17, '106', 'Proposal', null)) as stage (row_id, stage_id, name, outcome)`)
	stages := `select opportunity_id, stage.stage_id, stage.outcome from warehouse.fact_pipeline inner join warehouse.dim_funnel_stage as stage
on stage.stage_key = current_stage_key where opportunity_id <> 'f' order by 1`
	s.shape(Everything)
	s.want("select opportunity_id, coalesce(stage.stage_id, '?'), pipeline.outcome from warehouse.fact_pipeline as pipeline left join warehouse.dim_funnel_stage as stage on stage.stage_key = current_stage_key order by 1",
		"a|presentation|open", "b|won|won", "c|lost|lost", "d|lost_to_competitor|lost to competitor", "e|won|won", "f|?|open", "g|?|open")
	s.want("select word, row_count from warehouse.unmapped_word order by 1", "106|1", "107|1")
	own, err := ParseFunnel("own.yaml", []byte(strings.Replace(renewalFunnel, "pipelines: [Renewals]", "systems: [crm]", 1)+"sources: {crm: {any: {quoted: ['101'], talked: [demo]}}}"))
	if err != nil {
		t.Fatal(err)
	}
	p := testParams()
	p.Funnels = []Funnel{own}
	if err := s.Shape(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.want(strings.Replace(stages, "<> 'f'", "= 'a'", 1), "a|quoted|open") // the code before its name
	s.shape(Everything)
	s.do("update ods.stage set name = 'Proposal' where stage_id = '101'")
	s.do("insert into changed.stage values (11)")
	s.shape(WhatChanged)
	s.want(strings.Replace(stages, "<> 'f'", "= 'a'", 1), "a|proposal|open")
	s.sound()
}
