//go:build duckdb_arrow

package load

import "testing"

func TestMarketing(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service")
	s.shape(Everything)
	s.want(`select campaign.campaign_id, source_customer_key, customer_key, lead_id, pursuit_key, strftime(sent_at, '%m-%d'),
    clicked_date_key, blocked_date_key, furthest_answer, last_word, report_count, is_responded, is_unsubscribed, is_blocked
from warehouse.fact_campaign_member inner join warehouse.dim_campaign as campaign using (campaign_key) order by 1, 2, 4`,
		"k1|-1|-1||-2|03-02|-3|-3|sent|opt out|1|false|true|false", // who refuses was reached
		"k1|101|1||-2|03-01|20250303|-3|clicked|CLICKED|2|false|false|false",
		"k1|102|2||-2||-3|20250301||hard-bounce|1|false|false|true",
		"k7|-1|-1|l77|-1||-3|-3||waved|1|false|false|false")
	s.want(`select row_id, campaign.campaign_id, spend.channel_key, spent_date_key, spend_amount, spend.currency_code, reporting_amount,
    impression_count
from warehouse.fact_campaign_spend as spend inner join warehouse.dim_campaign as campaign using (campaign_key) order by 1`,
		"3401|k1|6|20250305|100|USD|80|1000", "3402||11|20250306|50|EUR|50|", "3403||-1|20250306|1|GBP||")
	s.want(`select used_for, entity, word, row_count from warehouse.unmapped_word where used_for <> 'sales' order by all`,
		"campaign_member|campaign_member.status|waved|1", "channel|campaign_spend.channel|sky writing|1",
		"channel|order.channel|smoke signals|1", "touchpoint|activity.touchpoint|smoke|1", "touchpoint|case.touchpoint|smoke|1")
}

// TestAttribution computes the shares by hand: two touches 28 and 21 days
// before the order, that is 4 and 3 full weeks, weigh 1 to 2.
func TestAttribution(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service")
	s.shape(Everything)
	s.want(`select order_id, touch_number, touch_kind, customer_key, channel_key, touch_count, days_before_conversion, reporting_amount,
    first_weight, last_weight, linear_weight, time_decay_weight, position_weight, linear_reporting_amount, time_decay_reporting_amount
from warehouse.fact_attribution order by 1, 2`,
		"o1|1|campaign member|1|6|2|28|24.79|1000000|0|500000|333333|500000|12.395|8.2633",
		"o1|2|touch|1|6|2|21|24.79|0|1000000|500000|666667|500000|12.395|16.5267",
		"o2|1|order|2|2|1|0|8|1000000|1000000|1000000|1000000|1000000|8|8",
		"o9|0|none|-1|-2|0||1|1000000|1000000|1000000|1000000|1000000|1|1")

	// A deal that was won counts until an order names it: they are one sale.
	s.do(`insert into ods.opportunity by name
select 9100 as row_id, 'shop' as source_system, 'd1' as opportunity_id, 102 as source_customer_key, 'Won' as status, 9 as amount, 'EUR' as currency_code,
    timestamptz '2025-03-01 09:00:00+00' as created_at, timestamptz '2025-03-04 09:00:00+00' as closed_at,
    timestamptz '2025-03-04 09:00:00+00' as effective_at, false as is_deleted`)
	s.do("insert into changed.opportunity values (9100)")
	s.shape(WhatChanged)
	sales := "select conversion_kind, sum(linear_reporting_amount) from warehouse.fact_attribution where customer_key = 2 group by 1 order by 1"
	s.want(sales, "order|8", "won pursuit|9")
	s.do(`update ods."order" set opportunity_id = 'd1' where order_id = 'o2'`)
	s.do(`insert into changed."order" select row_id from ods."order" where order_id = 'o2'`)
	s.shape(WhatChanged)
	s.want(sales, "order|8")
	s.sound()
}

// TestAttributionSharesMany spreads one amount that does not divide evenly
// over more touches than count.
func TestAttributionSharesMany(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts")
	s.do(`insert into ods.activity by name
select 9000 + n as row_id, 'shop' as source_system, 'm' || n as activity_id, 102 as source_customer_key, 'k1' as campaign_id,
    'mail' as type, 'out' as direction, timestamptz '2025-03-02 09:00:00+00' - to_hours(cast(n as integer)) as "at",
    false as is_exact_duplicate, false as is_deleted
from range(60) as touch (n)`)
	s.shape(Everything)
	s.want(`select count(*), min(touch_number), max(touch_number), sum(linear_weight), sum(position_weight), sum(time_decay_weight),
    sum(linear_reporting_amount), sum(position_reporting_amount), min(linear_weight), max(linear_weight),
    max(position_weight) filter (where touch_number = 1), max(position_weight) filter (where touch_number = 50)
from warehouse.fact_attribution where order_id = 'o2'`,
		"50|1|50|1000000|1000000|1000000|8|8|20000|20000|400000|400000")
}

func TestFulfilment(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service")
	s.shape(Everything)
	s.want(`select order_id, fulfilment_id, shipment_number, customer_key, fulfilment_kind, progress, is_open, serial_number, has_licence_key,
    ordered_date_key, paid_date_key, shipped_date_key, delivered_date_key, order_to_ship_days, ship_to_deliver_days, order_reporting_amount
from warehouse.fact_order_fulfilment order by 1 nulls last, 3`,
		"o1|f1|1|1|shipped|delivered|false|S-1|false|20250401|20250420|20250402|20250404|1|2|24.79",
		"o1|f2|2|1|downloaded|shipped|true||true|20250401|20250420|20250403|-3|2||",
		"o2||1|2||waiting|true||false|20250302|20250303|-3|-3|||8",
		"o3||1|1||cancelled|false||false|20250329|-3|-3|-3|||",
		"|f3|1|2|sample|cancelled|false||false|-2|-3|-3|-3|||")
	s.want(`select count(*) from ods.fulfilment where cast(fulfilment as varchar) like '%key-%'`, "0")
}
