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
