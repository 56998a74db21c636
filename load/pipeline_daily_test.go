//go:build duckdb_arrow

package load

import "testing"

// TestPipelineOfToday: what is open stands on the as-of day in the stage that it
// is in, also where nobody tells since when.
func TestPipelineOfToday(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity by name
select *, 'crm' as source_system, timestamptz 'epoch' as effective_at, false as is_deleted
from (values
    (1, 'd1', 'proposal', timestamptz '2025-05-01 08:00:00+00'), (2, 'd2', 'won', timestamptz '2025-05-01 08:00:00+00'), (3, 'd3', 'proposal', null)
) as deal (row_id, opportunity_id, status, created_at)`)
	s.shape(Everything)
	s.want(`select daily.date_key = (select max(date_key) from warehouse.fact_pipeline_daily), stage.stage_id, count(*) > 1, sum(opened_count), sum(moved_in_count)
from warehouse.fact_pipeline_daily as daily
inner join warehouse.dim_funnel_stage as stage using (stage_key)
where open_count = 1 group by all order by all`,
		"false|suspect|true|1|0", "true|proposal|false|0|1")
	s.sound()
}

// TestPipelineOfTomorrow: deals that begin after the as-of day, as those of a
// list without a day beside a dated file may, are not open on it.
func TestPipelineOfTomorrow(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.lead by name
select *, 'crm' as source_system, timestamptz 'epoch' as effective_at, false as is_deleted
from (values
    (1, 'd1', 'proposal', timestamptz '2025-05-01 08:00:00+00'), (2, 'd2', 'proposal', timestamptz '2031-05-01 08:00:00+00'),
    (3, 'd3', 'won', timestamptz '2031-05-01 08:00:00+00'), (4, 'd4', 'suspect', timestamptz '2031-05-01 08:00:00+00')
) as deal (row_id, lead_id, status, created_at)`)
	s.shape(Everything)
	s.want(`select count(*), sum(open_count) from warehouse.fact_pipeline_daily
where date_key = (select max(date_key) from warehouse.fact_pipeline_daily) and open_count > 0`, "1|1")
	s.sound()
}

// TestPipelineAsItWas: each day shows the owner and the value of that day,
// and what is closed its final value.
func TestPipelineAsItWas(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity_version by name
select *, 'crm' as source_system, 'EUR' as currency_code, timestamptz '2025-05-01 08:00:00+00' as created_at, false as is_deleted
from (values
    (1, 'd1', 'e1', null, 'appointment', 100::decimal(18, 4), null::timestamptz, timestamptz '2025-05-02 08:00:00+00'),
    (1, 'd1', 'e1', null, 'appointment', 150, null, timestamptz '2025-05-04 08:00:00+00'),
    (1, 'd1', 'e2', 'South', 'proposal', 150, null, timestamptz '2025-05-05 08:00:00+00'),
    (1, 'd1', 'e3', 'South', 'won', 160, timestamptz '2025-05-07 12:00:00+00', timestamptz '2025-05-07 13:00:00+00'),
    (1, 'd1', 'e4', 'South', 'won', 170, timestamptz '2025-05-07 12:00:00+00', timestamptz '2025-05-09 13:00:00+00')
) as deal (row_id, opportunity_id, employee_id, division, status, amount, closed_at, effective_at)`)
	s.do("insert into ods.opportunity select * from ods.opportunity_version where employee_id = 'e4'")
	s.shape(Everything)
	s.want(`select date_key % 100, stage.stage_id, employee.employee_id, daily.division, open_count, opened_count, moved_in_count, moved_out_count,
    closed_count, won_count, open_reporting_amount, closed_reporting_amount
from warehouse.fact_pipeline_daily as daily
inner join warehouse.dim_funnel_stage as stage using (stage_key)
inner join warehouse.dim_employee as employee using (employee_key)
order by date_key, employee_id, stage_rank`,
		"1|suspect|e1||1|1|0|0|0|0|100|0", // before any delivery told of its value
		"2|suspect|e1||0|0|0|1|0|0|0|0",
		"2|appointment|e1||1|0|1|0|0|0|100|0",
		"3|appointment|e1||1|0|0|0|0|0|100|0",
		"4|appointment|e1||1|0|0|0|0|0|150|0",
		"5|appointment|e1||0|0|0|1|0|0|0|0",
		"5|proposal|e2|South|1|0|1|0|0|0|150|0",
		"6|proposal|e2|South|1|0|0|0|0|0|150|0",
		"7|proposal|e2|South|0|0|0|1|0|0|0|0", // handed over on the day it was won
		"7|proposal|e3|South|0|0|1|0|1|1|0|170")
	s.sound()
}
