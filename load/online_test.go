//go:build duckdb_arrow

package load

import "testing"

func TestFunnelOnline(t *testing.T) {
	t.Parallel()
	s := newStar(t, "online")
	s.shape(Everything)
	s.want(`select step_number, step_name, reached_count, conversion, conversion_from_first, drop_off_count
from warehouse.funnel_online where breakdown = 'source system' and member = 'store' order by 1`,
		"1|Visit|1000||1|0",
		"2|Product page|1000|1|1|500",
		"3|Cart|500|0.5|0.5|200",
		"4|Checkout|300|0.6|0.3|0", // who orders has been at the checkout, seen or not
		"5|Order|300|1|0.3|100",
		"6|Paid|200|0.666667|0.2|100",
		"7|Shipped or downloadable|100|0.5|0.1|50",
		"8|Delivered|50|0.5|0.05|49",
		"9|Repeat|1|0.02|0.001|",
	)
	// 1,000 of the store, and two visits of the app.
	s.want(`select breakdown, member, period, reached_count, conversion, still_open_count from warehouse.kpi_conversion
where funnel_name = 'online' and period_kind = 'month' and breakdown in ('source system', 'touchpoint') and step_name in ('Visit', 'Cart') order by 1, 2, step_number`,
		"source system|app|2025-06|2||", "source system|app|2025-06|1|1|", "source system|store|2025-06|1000||", "source system|store|2025-06|500|0.5|",
		"touchpoint|Internet|2025-06|1002||", "touchpoint|Internet|2025-06|501|0.5005|")
}

// TestOpenedProduct: a page that was opened and names a product is looked at
// as that product's; what else names one stays what it is.
func TestOpenedProduct(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.web_event by name
select col0 as row_id, 'shop' as source_system, 'v' || col0 as visitor_id, col1 as type, col2 as product_id,
    timestamptz '2025-06-01 08:00:00+00' as "at", timestamptz '2025-06-01 00:00:00+00' as effective_at,
    false as is_exact_duplicate, false as is_deleted
from (values (1, 'view', null), (2, 'view', 'p1'), (3, 'addtocart', 'p1'), (4, 'zoom', 'p1'))`)
	s.shape(Everything)
	s.want(`select event_type, product_key > 0, stage.stage_id from warehouse.fact_web_event
left join warehouse.dim_funnel_stage as stage using (stage_key) order by row_id`,
		"view|false|visit", "view|true|product_view", "addtocart|true|cart", "zoom|true|")
}

// TestKnownVisitors: events that tell neither session nor visitor, but the
// customer, are one session a day.
func TestKnownVisitors(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.web_event by name
select *, 'shop' as source_system, timestamptz '2025-06-01 00:00:00+00' as effective_at, false as is_exact_duplicate, false as is_deleted
from (values
    (1, 101, 'product page', timestamptz '2025-06-01 08:00:00+00'), (2, 101, 'cart', timestamptz '2025-06-01 09:00:00+00'),
    (3, 101, 'product page', timestamptz '2025-06-02 08:00:00+00'), (4, 102, 'product page', timestamptz '2025-06-01 08:00:00+00'),
    (5, null, 'product page', timestamptz '2025-06-01 08:00:00+00'), (6, null, 'product page', timestamptz '2025-06-01 08:00:00+00')
) as event (row_id, source_customer_key, type, "at")`)
	s.shape(Everything)
	s.want(`select source_customer_key, session_date_key, event_count, stage.stage_id from warehouse.fact_online_funnel
inner join warehouse.dim_funnel_stage as stage on stage.stage_key = furthest_stage_key order by all`,
		"-1|20250601|1|product_view", "-1|20250601|1|product_view", "101|20250601|2|cart", "101|20250602|1|product_view", "102|20250601|1|product_view")
}

func TestOnlineSessions(t *testing.T) {
	t.Parallel()
	s := newStar(t, "online")
	s.shape(Everything)
	s.want(`select session_id, order_id, customer_key, channel.channel_id, event_count, session_date_key, paid_date_key,
    fulfilled_date_key, delivered_date_key, repeat_date_key, cart_at is null, checkout_at is null
from warehouse.fact_online_funnel inner join warehouse.dim_channel as channel using (channel_key)
where session_id in ('s0', 's1', 's299', 's999') order by 1`,
		"s0|o0|2|paid_search|5|20250601|20250605|20250606|20250607|20250601|false|true",
		"s1|o1|2|not_applicable|5|20250601|20250605|20250606|20250607|-3|false|true",
		"s299|o299|300|not_applicable|4|20250601|-3|-3|-3|-3|false|true",
		"s999||-1|not_applicable|2|20250602|-3|-3|-3|-3|true|true")
	s.want(`select visitor_id, session_date_key, event_count from warehouse.fact_online_funnel
where source_system = 'app' order by 2`, "w1|20250601|2", "w1|20250602|1") // midnight in London is 23:00 UTC
	s.want("select used_for, entity, word, row_count from warehouse.unmapped_word", "online|web_event|zoom|10")
	s.want("select conversion from warehouse.funnel_online where member = 'app' and step_number = 6", "")
}

// TestNothingMoved: a payment that failed has not paid an order, and a parcel
// that was cancelled has not fulfilled it.
func TestNothingMoved(t *testing.T) {
	t.Parallel()
	s := newStar(t, "online")
	s.do("update ods.payment set status = 'declined' where invoice_id = 'i0'")
	s.do("update ods.fulfilment set status = 'voided' where order_id = 'o1'")
	s.shape(Everything)
	s.want("select session_id, paid_date_key, fulfilled_date_key, delivered_date_key from warehouse.fact_online_funnel where session_id in ('s0', 's1') order by 1",
		"s0|-3|20250606|20250607", "s1|20250605|-3|-3")
	s.want("select order_id, paid_at is null, progress from warehouse.fact_order_fulfilment where order_id in ('o0', 'o1') order by 1",
		"o0|true|delivered", "o1|false|cancelled")
}
