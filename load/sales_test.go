//go:build duckdb_arrow

package load

import "testing"

func TestFunnelSales(t *testing.T) {
	t.Parallel()
	s := newStar(t, "sales")
	s.shape(Everything)
	s.want(`select step_number, step_name, reached_count, previous_count, conversion, conversion_from_first,
    drop_off_count, still_open_count, lost_count
from warehouse.funnel_sales where breakdown = 'all' order by 1`,
		"1|Prospecting|4000|||1|3600|3600|0",
		"2|Contact|400|4000|0.1|0.1|320|320|0",
		"3|Meet|80|400|0.2|0.02|40|40|0",
		"4|Presentation|40|80|0.5|0.01|20|0|20",
		"5|Offer|20|40|0.5|0.005|10|10|0",
		"6|Close|10|20|0.5|0.0025|5|0|0",
		"7|Repeat|5|10|0.5|0.00125||0|0",
	)
	s.want(`select breakdown, member, reached_count from warehouse.funnel_sales
where step_name = 'Contact' and breakdown <> 'all' order by 1, 2`,
		"campaign|(none)|400", "channel|Newsletter|200", "channel|Trade show|200", "division|North|200",
		"division|South|200", "sales person|Anna Sales|400", "source system|crm|400", "team|(none)|400", "touchpoint|(none)|400")
	s.want("select outcome, count(*) from warehouse.fact_pipeline group by 1 order by 1",
		"lost to competitor|20", "open|3970", "won|10")
	s.want(`select lead_id, is_repeat, has_repeat, total_days, contact_days, meet_days, presentation_days, offer_days, close_days
from warehouse.fact_pipeline where lead_id in ('l0', 'l5') order by 1`,
		"l0|false|true|60|20|10|10|10|10", "l5|true|false|60|20|10|10|10|10")
	s.want("select count(*) from warehouse.fact_stage_event where not is_legal or is_derived or is_skip", "0")
}

func TestHistories(t *testing.T) {
	t.Parallel()
	s := newStar(t, "histories")
	s.do("insert into ods.opportunity by name select 13 as row_id, 'crm' as source_system, 'faded' as opportunity_id, " +
		"'Closed Lost' as status, timestamptz '2024-06-01 00:00:00+00' as created_at, to_timestamp(0) as effective_at, false as is_deleted")
	s.shape(Everything)
	history := func(id string) string {
		return `select event_number, coalesce(stage.stage_id, '?'), strftime(entered_at, '%m-%d %H:%M:%S'), duration_seconds,
    is_regression, is_skip, is_reentry, is_legal, event.is_derived
from warehouse.fact_stage_event as event
inner join warehouse.fact_pipeline as pipeline using (pursuit_key)
left join warehouse.dim_funnel_stage as stage using (stage_key)
where coalesce(pipeline.lead_id, pipeline.opportunity_id) = '` + id + `' order by 1`
	}
	s.want(history("zigzag"),
		"1|suspect|01-01 00:00:00|86400|false|false|false|true|false",
		"2|prospect|01-02 00:00:00|194400|false|false|false|true|false",
		"3|presentation|01-04 06:00:00|10|false|true|false|false|false",
		"4|prospect|01-04 06:00:10||true|false|true|false|false")
	s.want(history("status"),
		"1|suspect|02-01 00:00:00|864000|false|false|false||true",
		"2|presentation|02-11 00:00:00||false|false|false||true")
	s.want(history("fresh"), "1|suspect|02-01 00:00:00||false|false|false||true")
	s.want(history("parted"),
		"1|suspect|03-01 00:00:00|345600|false|false|false||true",
		"2|appointment|03-05 00:00:00|259200|false|true|false|false|false",
		"3|second_appointment|03-08 00:00:00|604800|false|false|false|true|false",
		"4|presentation|03-15 00:00:00|432000|false|false|false|true|false",
		"5|lost_to_competitor|03-20 00:00:00||false|false|false||true")
	s.want(history("strange"), "1|suspect|02-01 00:00:00|86400|false|false|false||true", "2|?|02-02 00:00:00||false|false|false||true")
	s.want(history("alone"),
		"1|suspect|05-01 00:00:00|730800|false|false|false||true",
		"2|proposal|05-09 11:00:00|0|false|false|false||true",
		"3|no_decision|05-09 11:00:00||false|false|false||true")
	// Nobody says when it ended; it did all the same.
	s.want(history("faded"),
		"1|suspect|06-01 00:00:00||false|false|false||true",
		"2|lost|||false|false|false||true")
	s.want(`select coalesce(lead_id, opportunity_id), opportunity_id, furthest.stage_id, furthest_step_number, current.stage_id,
    pipeline.outcome, event_count, illegal_count, is_impossible, closed_date_key, appointment_date_key
from warehouse.fact_pipeline as pipeline
inner join warehouse.dim_funnel_stage as furthest on furthest.stage_key = furthest_stage_key
inner join warehouse.dim_funnel_stage as current on current.stage_key = current_stage_key
order by 1`,
		"alone|alone|proposal|5|no_decision|no decision|3|0|false|20240509|-3",
		"early||won|6|won|won|3|2|true|20240402|-3",
		"faded|faded|suspect|1|lost|lost|2|0|false|-1|-3",
		"fresh||suspect|1|suspect|open|1|0|false|-3|-3",
		"parted|deal|presentation|4|lost_to_competitor|lost to competitor|5|1|false|20240320|20240305",
		"status||presentation|4|presentation|open|2|0|false|-3|-3",
		"strange||suspect|1||open|2|0|false|-3|-3",
		"zigzag||presentation|4|prospect|open|4|2|false|-3|-3")
	// A leap and a step back are no disorder that a sales person could mend.
	s.want("select next_step from warehouse.sales_person_page where pursuit_id = 'zigzag'", "make an appointment")
	s.want("select used_for, source_system, entity, word, row_count from warehouse.unmapped_word",
		"sales|sheet|lead|Zwischenstand|1")
	s.want("select stage_rank, stage_name, visit_count, finished_count from warehouse.kpi_time_in_stage where breakdown = 'all' and period_kind = 'all' and coalesce(stage_rank, 0) = 0 and stage_name <> 'Lost' order by 2",
		"0|Lost to competitor|1|0", "0|No decision|1|0", "|Zwischenstand|1|0")
}

// TestFunnelOfProject adds a funnel in YAML for one source system.
func TestFunnelOfProject(t *testing.T) {
	t.Parallel()
	own, err := ParseFunnel("service.yaml", []byte(`
funnel: service
counts: pursuit
meaning: "Service contracts"
systems: [sheet]
steps: [{step: ask, name: Ask}, {step: agree, name: Agree}]
stages:
  - {stage: asked, name: Asked, rank: 1, step: ask, meaning: "asked"}
  - {stage: agreed, name: Agreed, rank: 2, step: agree, outcome: won, meaning: "agreed"}
transitions: {start: [asked], asked: [agreed]}
words: {any: {asked: [new], agreed: [shown]}}
sources: {sheet: {lead: {agreed: [Zwischenstand]}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	s := newStar(t, "histories")
	p := testParams()
	p.Funnels = []Funnel{own}
	if err := s.Shape(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	s.want("select step_name, reached_count from warehouse.funnel_sales where funnel_name = 'service' and breakdown = 'all' order by step_number",
		"Ask|3", "Agree|2")
	s.want("select reached_count from warehouse.funnel_sales where funnel_name = 'sales' and breakdown = 'all' and step_number = 1", "4")
}

// TestForecastIsExact: the chance of a step is a share of counts, which is not
// rounded before money is weighted by it.
func TestForecastIsExact(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity by name
select *, 'proposal' as last_stage, 'crm' as source_system, timestamptz '2025-05-01 08:00:00+00' as created_at, timestamptz '2025-05-02 08:00:00+00' as effective_at,
    false as is_deleted
from (values (1, 'w', 'won', 1::decimal(18, 4)), (2, 'l', 'lost', 1), (3, 'm', 'lost', 1), (4, 'o', 'proposal', 700000)) as deal (row_id, opportunity_id, status, amount)`)
	s.shape(Everything)
	s.want("select open_amount, weighted_amount from warehouse.kpi_weighted_forecast where breakdown = 'all' and period_kind = 'all'", "700000|233333.3333")
}
