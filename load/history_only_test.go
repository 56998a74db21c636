//go:build duckdb_arrow

package load

import "testing"

// TestHistoryOnly: where a system tells of no leads and no opportunities but of
// their stages, these make the pursuits, with the sales person of the latest
// change; where it tells of some, a history of others stays without a pursuit.
func TestHistoryOnly(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.stage_event by name
select *, timestamptz '2025-05-09 08:00:00+00' as effective_at, false as is_deleted, 7 as file_key, 2 as source_row
from (values
    (1, 'log', null, 'c1', 'suspect', timestamptz '2025-05-01 08:00:00+00', 'e1'), (2, 'log', null, 'c1', 'qualified', timestamptz '2025-05-02 08:00:00+00', 'e2'),
    (3, 'log', null, 'c1', 'won', timestamptz '2025-05-03 08:00:00+00', null), (4, 'log', null, 'c2', 'suspect', timestamptz '2025-05-03 08:00:00+00', null),
    (5, 'log', 'l1', null, 'prospect', timestamptz '2025-05-04 08:00:00+00', 'e1'),
    (6, 'log', 'l9', 'c9', 'qualified', timestamptz '2025-05-04 08:00:00+00', 'e1'), (7, 'log', 'l9', null, 'suspect', timestamptz '2025-05-02 08:00:00+00', 'e1'),
    (8, 'desk', null, 'd1', 'proposal', timestamptz '2025-05-04 08:00:00+00', null), (9, 'desk', null, 'd7', 'proposal', timestamptz '2025-05-04 08:00:00+00', null)
) as event (row_id, source_system, lead_id, opportunity_id, stage, "at", employee_id)`)
	s.do(`insert into ods.opportunity by name
select 21 as row_id, 'd1' as opportunity_id, 'desk' as source_system, timestamptz '2025-05-09 08:00:00+00' as effective_at, false as is_deleted`)
	s.shape(Everything)
	pursuits := `select pursuit.source_system, lead_id, opportunity_id, stage.stage_id, employee.employee_id, event_count, strftime(created_at at time zone 'UTC', '%d')
from warehouse.fact_pipeline as pursuit
inner join warehouse.dim_funnel_stage as stage on stage.stage_key = pursuit.current_stage_key
left join warehouse.dim_employee as employee using (employee_key)
order by all`
	s.want(pursuits,
		"desk||d1|proposal||1|04",
		"log|l1||prospect|e1|1|04",
		"log|l9|c9|qualified_lead|e1|2|02",
		"log||c1|won|e2|3|01",
		"log||c2|suspect||1|03")
	s.want("select date_key % 100, sum(open_count), sum(closed_count) from warehouse.fact_pipeline_daily where date_key <= 20250504 group by 1 order by 1",
		"1|1|0", "2|2|0", "3|2|1", "4|4|0")
	s.sound()
	s.want(`select count(*) from ods.stage_event anti join warehouse.fact_pipeline using (source_system, opportunity_id) where opportunity_id is not null`, "1") // that of d7

	// Once the system tells of its opportunities, only those count.
	s.do(`insert into ods.opportunity by name
select 22 as row_id, 'c1' as opportunity_id, 'log' as source_system, timestamptz '2025-05-09 08:00:00+00' as effective_at, false as is_deleted`)
	s.do("insert into changed.opportunity values (22)")
	s.shape(WhatChanged)
	s.want("select lead_id, opportunity_id from warehouse.fact_pipeline where source_system = 'log' order by all", "l1|", "l9|", "|c1")
}
