//go:build duckdb_arrow

package load

import "testing"

// TestNothingButTheEnd: a deal of which nothing but its end is told has begun
// all the same: all pursuits together are the first step of the funnel.
func TestNothingButTheEnd(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity by name
select *, 'sheet' as source_system, timestamptz '2025-05-02 08:00:00+00' as effective_at, false as is_deleted
from (values (1, 'd1', 'Lost'), (2, 'd2', 'Lost'), (3, 'd3', 'Meeting'), (4, 'd4', 'Won')) as deal (row_id, opportunity_id, status)`)
	s.shape(Everything)
	s.want(`select step_name, reached_count, drop_off_count, still_open_count, lost_count
from warehouse.funnel_sales where breakdown = 'all' and step_number in (1, 2, 3, 6) order by step_number`,
		"Prospecting|4|2|0|2", "Contact|2|0|0|0", "Meet|2|1|1|0", "Close|1|1|0|0")
	s.want("select step_name, reason, stopped_count from warehouse.kpi_drop_off where breakdown = 'all' and period_kind = 'all' order by 1",
		"Meet|still open|1", "Prospecting|lost: lost|2")
}

// TestWinsAtOneMoment: of two contracts signed at once neither follows the
// other; a later one follows both.
func TestWinsAtOneMoment(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.opportunity by name
select *, 'crm' as source_system, 'won' as status, 101 as source_customer_key, timestamptz '2025-07-01 08:00:00+00' as effective_at, false as is_deleted
from (values
    (1, 'a', timestamptz '2025-05-01 08:00:00+00', timestamptz '2025-05-09 00:00:00+00'),
    (2, 'b', timestamptz '2025-05-02 08:00:00+00', timestamptz '2025-05-09 00:00:00+00')
) as deal (row_id, opportunity_id, created_at, closed_at)`)
	s.shape(Everything)
	s.want("select opportunity_id, is_repeat, has_repeat, furthest_step_number from warehouse.fact_pipeline order by 1", "a|false|false|6", "b|false|false|6")
	s.do(`insert into ods.opportunity by name
select 3 as row_id, 'c' as opportunity_id, 'crm' as source_system, 'won' as status, 101 as source_customer_key, timestamptz '2025-06-01 08:00:00+00' as created_at,
    timestamptz '2025-06-02 08:00:00+00' as closed_at, timestamptz '2025-07-01 08:00:00+00' as effective_at, false as is_deleted`)
	s.shape(Everything)
	s.want("select opportunity_id, is_repeat, has_repeat, furthest_step_number from warehouse.fact_pipeline order by 1",
		"a|false|true|7", "b|false|true|7", "c|true|false|6")
}

// TestClickedHasOpened: a system that shows the latest answer alone tells of a
// click that the mail was opened.
func TestClickedHasOpened(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.campaign_member by name
select 'k1' as campaign_id, 'shop' as source_system, timestamptz '2025-03-01 00:00:00+00' as effective_at, false as is_deleted, *
from (values (1, 101, 'clicked', timestamptz '2025-03-02 02:00:00+00'), (2, 102, 'responded', timestamptz '2025-03-04 12:00:00+00')) as member (row_id, source_customer_key, status, "at")`)
	s.shape(Everything)
	s.want("select sent_count, opened_count, clicked_count, responded_count from warehouse.kpi_campaign_response where breakdown = 'all' and period_kind = 'all'", "2|1|1|1")
}

// TestRateOfTenPlaces: an amount is converted at the rate as it is quoted,
// whichever way, not at one of four places.
func TestRateOfTenPlaces(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.exchange_rate by name
select *, 'bank' as source_system, timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted, date '2025-01-01' as rate_on
from (values (1, 'JPY', 'EUR', 0.0061234567), (2, 'EUR', 'USD', 1.0834500000)) as rate (row_id, from_currency_code, to_currency_code, rate)`)
	s.do(`insert into ods.order_line by name
select *, 'shop' as source_system, 1 as quantity, '1' as line_id, false as is_exact_duplicate, timestamptz '2025-03-01 08:00:00+00' as ordered_at, timestamptz '2025-03-01 08:00:00+00' as effective_at, false as is_deleted
from (values (1, 'j', 'JPY', 1000000), (2, 'u', 'USD', 108345), (3, 'v', 'USD', 12345678.9)) as line (row_id, order_id, currency_code, line_amount)`)
	s.shape(Everything)
	s.want("select order_id, reporting_amount from warehouse.fact_order_line order by 1", "j|6123.4567", "u|100000", "v|11394784.1617")
}

// TestReturnsWithoutOrder: what only gives goods back takes off what was earned,
// and is no order; an exchange is one.
func TestReturnsWithoutOrder(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.order_line by name
select *, 'shop' as source_system, 'EUR' as currency_code, false as is_exact_duplicate, ordered_at as effective_at, false as is_deleted
from (values
    (1, 101, 'sale', '1', 2, 20.0, timestamptz '2025-03-01 08:00:00+00'),
    (2, 101, 'return', '1', -1, -10.0, timestamptz '2025-04-02 08:00:00+00'),
    (3, 102, 'sale2', '1', 1, 10.0, timestamptz '2025-03-01 08:00:00+00'),
    (4, 102, 'exchange', '1', -1, -10.0, timestamptz '2025-05-03 08:00:00+00'),
    (5, 102, 'exchange', '2', 1, 15.0, timestamptz '2025-05-03 08:00:00+00')
) as line (row_id, source_customer_key, order_id, line_id, quantity, line_amount, ordered_at)`)
	s.shape(Everything)
	s.want("select customer_key, order_count, ordered_amount, first_order_date_key, last_order_date_key from warehouse.customer_overview order by 1",
		"1|1|10|20250301|20250301", "2|2|15|20250301|20250503")
	s.want("select customer_count, repeat_customer_count, order_count, ordered_amount from warehouse.kpi_repeat_purchase where breakdown = 'all' and period_kind = 'all'", "2|1|3|25")
	s.want("select customer_key, month_date_key, order_count, order_reporting_amount from warehouse.fact_customer_month where order_reporting_amount is not null order by 1, 2",
		"1|20250301|1|20", "1|20250401|0|-10", "2|20250301|1|10", "2|20250501|1|5")
}

// TestDaysAcrossSummerTime: days without a time of day are as far apart as the
// calendar says, though the clocks were set forward between them.
func TestDaysAcrossSummerTime(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.opportunity by name
select 1 as row_id, 'crm' as source_system, 'd' as opportunity_id, 'won' as status, timestamptz '2025-03-20 00:00:00+00' as created_at,
    timestamptz '2025-04-09 23:00:00+00' as closed_at, timestamptz '2025-04-09 23:00:00+00' as effective_at, false as is_deleted`)
	s.do(`insert into ods."order" by name
select 2 as row_id, 'shop' as source_system, 'o' as order_id, timestamptz '2025-03-20 00:00:00+00' as ordered_at, false as is_exact_duplicate,
    timestamptz '2025-03-20 00:00:00+00' as effective_at, false as is_deleted`)
	s.do(`insert into ods.fulfilment by name
select 3 as row_id, 'shop' as source_system, 'o' as order_id, 'f' as fulfilment_id, timestamptz '2025-03-31 23:00:00+00' as shipped_at,
    timestamptz '2025-04-02 22:30:00+00' as delivered_at, false as is_exact_duplicate, timestamptz '2025-03-20 00:00:00+00' as effective_at, false as is_deleted`)
	s.shape(Everything)
	s.want("select total_days from warehouse.fact_pipeline", "21")
	s.want("select order_to_ship_days, ship_to_deliver_days, order_to_deliver_days from warehouse.fact_order_fulfilment", "12|1|13")
	s.want("select median_days, total_seconds from warehouse.kpi_time_in_stage where breakdown = 'all' and period_kind = 'all' and finished_count > 0", "21|1810800")
}

// TestCreditOfOrder: a credit note that names an order credits the one invoice of
// it; where there are two it credits none.
func TestCreditOfOrder(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.invoice by name
select *, 'erp' as source_system, date '2025-03-01' as invoiced_on, 'EUR' as currency_code, false as is_exact_duplicate,
    timestamptz '2025-03-01 00:00:00+00' as effective_at, false as is_deleted
from (values (1, 'r1', 'a1', null, 119), (2, 'g1', 'a1', 'credit note', -19), (3, 'r2', 'a2', null, 100), (4, 'r3', 'a2', null, 50), (5, 'g2', 'a2', 'Gutschrift', -10))
    as told (row_id, invoice_id, order_id, type, total_amount)`)
	s.shape(Everything)
	s.want("select invoice_id, invoiced_amount, credited_amount, open_amount from warehouse.fact_receivable order by 1", "r1|119|19|100", "r2|100|0|100", "r3|50|0|50")
}
