//go:build duckdb_arrow

package load

import "testing"

// TestAssumedCurrency: a currency that only the contract of the lines gives to
// all of them yields to the one that the order or document itself names; one
// that a column names never does.
func TestAssumedCurrency(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "refunds")
	s.do("update ods.order_line set currency_code = 'EUR', is_currency_assumed = order_id <> 'o9'") // o2 was ordered in dollars
	s.do("update ods.invoice set currency_code = 'USD'")
	s.do("update ods.invoice_line set currency_code = 'EUR', is_currency_assumed = true")
	s.do("update ods.payment set currency_code = 'EUR', is_currency_assumed = true")
	s.do("update ods.refund set currency_code = 'EUR', is_currency_assumed = true")
	s.do(`update ods."order" set currency_code = 'EUR', is_currency_assumed = true where order_id = 'o1'`)
	s.shape(Everything)
	lines := "select order_id, line_id, currency_code, line_amount, reporting_amount from warehouse.fact_order_line where order_id <> 'o3' order by all"
	s.want(lines,
		"o1|1|EUR|9.99|9.99", "o1|2|EUR|7.4|7.4", "o1|2|EUR|7.4|7.4",
		"o2|1|USD|10|8", "o9|1|EUR|1|1")
	s.want("select distinct invoice_id, currency_code from warehouse.fact_invoice_line order by all", "i1|USD", "i2|USD")
	s.want("select payment_id, refund_id, currency_code from warehouse.fact_payment order by all",
		"y1|r1|USD", "y1||USD", "y2||USD", "y3||EUR", "|r2|USD", "|r3|USD", "|r4|EUR")

	s.do(`update ods."order" set currency_code = 'EUR', is_currency_assumed = true where order_id = 'o2'`)
	s.do(`insert into changed."order" values (1502)`)
	s.shape(WhatChanged)
	s.want(lines,
		"o1|1|EUR|9.99|9.99", "o1|2|EUR|7.4|7.4", "o1|2|EUR|7.4|7.4",
		"o2|1|EUR|10|10", "o9|1|EUR|1|1")
}
