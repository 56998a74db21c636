//go:build duckdb_arrow

package load

import "testing"

// TestReturnsWaitForNothing: an order that only gives goods back is no work to
// do, one that gives back and takes is; an order of cancelled lines is cancelled.
func TestReturnsWaitForNothing(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods."order" by name
select *, 'till' as source_system, timestamptz '2026-03-02 10:00:00+00' as ordered_at, timestamptz '2026-03-02 10:00:00+00' as effective_at, false as is_deleted
from (values (1, 'sale', 101), (2, 'back', 101), (3, 'swap', 101), (4, 'void', 101)) as header (row_id, order_id, source_customer_key)`)
	s.do(`insert into ods.order_line by name
select *, 'till' as source_system, timestamptz '2026-03-02 10:00:00+00' as effective_at, false as is_deleted, 10::decimal(18, 4) as unit_price
from (values (11, 'sale', '1', 2::decimal(18, 4), false), (12, 'back', '1', -1, false), (13, 'swap', '1', -1, false), (14, 'swap', '2', 3, false),
    (15, 'void', '1', 1, true)) as line (row_id, order_id, line_id, quantity, is_cancelled)`)
	s.shape(Everything)
	s.want("select order_id, progress, is_open, order_reporting_amount from warehouse.fact_order_fulfilment order by 1",
		"back|returned|false|-10", "sale|waiting|true|20", "swap|waiting|true|20", "void|cancelled|false|")
	s.want("select waiting_count, waiting_amount from warehouse.kpi_order_backlog where breakdown = 'all'", "2|40")
	s.want("select fulfilment_count, waiting_count, cancelled_count from warehouse.kpi_order_tracking where breakdown = 'all' and period_kind = 'all'", "3|2|1")
	s.sound()

	// What comes back is no work that was done.
	s.do(`insert into ods.fulfilment by name
select *, 'till' as source_system, 'sale' as order_id, timestamptz '2026-03-30 10:00:00+00' as effective_at, false as is_deleted
from (values (21, 'f1', 'shipped', timestamptz '2026-03-20 10:00:00+00'), (22, 'f2', 'return', timestamptz '2026-03-30 10:00:00+00')) as sent (row_id, fulfilment_id, kind, shipped_at)`)
	s.do("insert into changed.fulfilment values (21), (22)")
	s.shape(WhatChanged)
	s.want("select fulfilment_id, progress, is_open from warehouse.fact_order_fulfilment where order_id = 'sale' order by 1", "f1|shipped|true", "f2|returned|false")
	s.want("select waiting_count, shipped_in_4_weeks_count from warehouse.kpi_order_backlog where breakdown = 'all'", "1|1")

	// A source that tells no shipments may say of the order how far it is.
	s.do(`update ods."order" set status = if(order_id = 'swap', 'Shipped', 'completed') where order_id in ('swap', 'back')`)
	s.do(`insert into changed."order" values (2), (3)`)
	s.shape(WhatChanged)
	s.want("select order_id, progress, is_open, shipped_date_key from warehouse.fact_order_fulfilment where fulfilment_id is null order by 1",
		"back|returned|false|-3", "swap|shipped|true|-3", "void|cancelled|false|-3")
	s.want("select order_count, ordered_amount from warehouse.customer_overview where customer_key = 1", "2|30")

	// A return that was called off takes nothing off; a line that cancels another one does.
	s.do(`update ods."order" set status = 'cancelled' where order_id = 'back'`)
	s.do(`insert into changed."order" values (2)`)
	s.shape(WhatChanged)
	s.want("select order_count, ordered_amount from warehouse.customer_overview where customer_key = 1", "2|40")
	s.do(`update ods."order" set status = null`)
	s.do(`insert into changed."order" values (2), (3)`)
	s.do("update ods.order_line set quantity = 4 where order_id = 'back'")
	s.do("insert into changed.order_line values (12)")
	s.shape(WhatChanged)
	s.want("select progress from warehouse.fact_order_fulfilment where order_id = 'back'", "waiting")
}

// TestMonthOfReturns: what comes back in a month in which a customer orders
// nothing is no activity, but less of what the cohort brought.
func TestMonthOfReturns(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.order_line by name
select *, 'till' as source_system, 101 as source_customer_key, '1' as line_id, timestamptz '2026-03-02 10:00:00+00' as effective_at, false as is_deleted, 10::decimal(18, 4) as unit_price
from (values (11, 'sale', 5::decimal(18, 4), timestamptz '2026-01-02 10:00:00+00'), (12, 'back', -2, timestamptz '2026-02-02 10:00:00+00'),
    (13, 'more', 1, timestamptz '2026-03-02 10:00:00+00')) as line (row_id, order_id, quantity, ordered_at)`)
	s.shape(Everything)
	s.want(`select months_since_first_order, active_customer_count, order_count, order_amount, cumulative_amount
from warehouse.kpi_cohort_retention where breakdown = 'all' order by 1`, "0|1|1|50|50", "1|0|0|-20|30", "2|1|1|10|40")
	s.want("select ordered_amount from warehouse.kpi_lifetime_value where breakdown = 'all' and period_kind = 'all'", "40")
}

// TestReasonIsAnEnd: a reason may be a word of the funnel for an end that tells
// more than "lost"; a reason that is a word for lost alone tells nothing.
func TestReasonIsAnEnd(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity by name
select *, 'lost' as status, 'crm' as source_system, timestamptz '2026-01-01 00:00:00+00' as created_at, timestamptz '2026-01-02 00:00:00+00' as effective_at,
    false as is_deleted
from (values (1, 'a', 'Out-Sold'), (2, 'b', 'Canceled'), (3, 'c', 'Unresponsive'), (4, 'd', 'Contacted')) as deal (row_id, opportunity_id, lost_reason)`)
	s.shape(Everything)
	s.want("select opportunity_id, outcome, lost_reason from warehouse.fact_pipeline order by 1",
		"a|lost to competitor|Out-Sold", "b|lost|Canceled", "c|no decision|Unresponsive", "d|lost|Contacted")
}
