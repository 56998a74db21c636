//go:build duckdb_arrow

package load

import "testing"

// TestCancelledBringsNothing: an order that was cancelled, as a field or its
// status says, counts nothing in what its customer brought; one that cancels
// another takes off what that one brought. What was ordered stands in the fact.
func TestCancelledBringsNothing(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts")
	brought := "select order_count, order_line_count, ordered_amount, first_order_date_key from warehouse.customer_overview where customer_key = 1"
	months := "select month_date_key, order_count, order_reporting_amount from warehouse.fact_customer_month where customer_key = 1 and order_count + abs(order_reporting_amount) > 0 order by 1"
	lines := "select order_id, sum(reporting_amount), bool_and(is_cancelled) from warehouse.fact_order_line where customer_key = 1 group by 1 order by 1"
	s.do(`update ods."order" set currency_code = 'EUR' where order_id = 'o3'`)
	s.shape(Everything)
	s.want(lines, "o1|24.79|false", "o3|-8|true")
	s.want(brought, "1|4|16.79|20250401") // o3 cancels another one
	s.want(months, "20250301|0|-8", "20250401|1|24.79")

	s.do("update ods.order_line set quantity = 1 where order_id = 'o3'")
	s.do(`update ods."order" set is_cancelled = null, status = 'Canceled' where order_id = 'o3'`)
	s.do("insert into changed.order_line values (1605)")
	s.do(`insert into changed."order" values (1503)`)
	s.shape(WhatChanged)
	s.want(lines, "o1|24.79|false", "o3|8|true")
	s.want(brought, "1|4|24.79|20250401")
	s.want(months, "20250401|1|24.79")

	s.do(`update ods."order" set is_cancelled = false where order_id = 'o3'`) // the field beats the word
	s.do(`insert into changed."order" values (1503)`)
	s.shape(WhatChanged)
	s.want(brought, "2|4|32.79|20250329")
	s.want(months, "20250301|1|8", "20250401|1|24.79")

	s.do(`update ods."order" set is_cancelled = null, status = 'quotation_sent' where order_id = 'o3'`) // a quotation is no order yet
	s.do(`insert into changed."order" values (1503)`)
	s.shape(WhatChanged)
	s.want(brought, "1|4|24.79|20250401")
	s.want("select progress from warehouse.fact_order_fulfilment where order_id = 'o3'", "cancelled")
}

// TestVoidBillsNothing: lines of documents that were voided, or are drafts,
// stay in the fact and count in no sum of what was billed.
func TestVoidBillsNothing(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts")
	s.do("update ods.invoice set status = 'VOIDED' where invoice_id = 'i2'")
	s.shape(Everything)
	lines := "select invoice_id, is_void, reporting_amount from warehouse.fact_invoice_line order by 1"
	billed := "select invoiced_amount from warehouse.customer_overview where customer_key = 1"
	s.want(lines, "i1|false|9.99", "i2|true|-9.99")
	s.want(billed, "9.99")
	s.want("select invoiced_reporting_amount from warehouse.fact_customer_month where invoiced_reporting_amount <> 0", "9.99")
	s.want("select actual_value from warehouse.kpi_target where metric = 'revenue' and breakdown = 'all' and period_kind = 'all'", "9.99")

	s.do("update ods.invoice set status = 'posted' where invoice_id = 'i2'")
	s.do("insert into changed.invoice values (1702)")
	s.shape(WhatChanged)
	s.want(lines, "i1|false|9.99", "i2|false|-9.99")
	s.want(billed, "0")
}

// TestCreditsTakeOff: what a credit note credits is negative, whatever sign
// its lines and its total have, and whether it has one; a line of the other
// sign in it stays of the other sign.
func TestCreditsTakeOff(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods.invoice by name
select *, 'b' as source_system, 'credit note' as type, date '2025-04-01' as invoiced_on, timestamptz '2025-04-01 00:00:00+00' as effective_at, false as is_deleted
from (values (11, 'c1', 9::decimal(18, 4)), (12, 'c2', -9), (13, 'c3', null), (14, 'c4', 9), (15, 'c5', -9)) as credit (row_id, invoice_id, total_amount)`)
	s.do(`insert into ods.invoice_line by name
select *, invoice_id || row_id as line_id, 'b' as source_system, 'EUR' as currency_code, timestamptz '2025-04-01 00:00:00+00' as effective_at,
    false as is_exact_duplicate, false as is_deleted
from (values (21, 'c1', 10::decimal(18, 4)), (22, 'c1', -1), (23, 'c2', -9), (24, 'c3', 9), (25, 'c4', -9), (26, 'c5', 9)) as line (row_id, invoice_id, line_amount)`)
	s.shape(Everything)
	lines := "select row_id, line_amount from warehouse.fact_invoice_line order by 1"
	s.want(lines, "21|-10", "22|1", "23|-9", "24|-9", "25|-9", "26|-9")

	// Once the lines of c1 add up to what is negative, that is what they credit.
	s.do("update ods.invoice_line set line_amount = -11 where row_id = 22")
	s.do("insert into changed.invoice_line values (22)")
	s.shape(WhatChanged)
	s.want(lines, "21|10", "22|-11", "23|-9", "24|-9", "25|-9", "26|-9")
}
