//go:build duckdb_arrow

package load

import "testing"

// TestListPrice: a line that tells neither price nor amount has the price of its
// product, and follows it; one that tells an amount alone keeps it without a price.
func TestListPrice(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts")
	lines := "select line_id, unit_price, line_amount, currency_code from warehouse.fact_order_line where order_id = 'o1' order by all"
	s.shape(Everything)
	s.do("update ods.product set unit_price = 2.50, currency_code = 'EUR' where product_id in (select product_id from ods.order_line where order_id = 'o1')")
	s.do("update ods.order_line set unit_price = null, line_amount = null where order_id = 'o1' and line_id = '2'")
	s.do("update ods.order_line set unit_price = null, line_amount = 9.99 where order_id = 'o1' and line_id = '1'")
	s.do("insert into changed.order_line select row_id from ods.order_line where order_id = 'o1'")
	s.do("insert into changed.product select row_id from ods.product")
	s.shape(WhatChanged)
	s.want(lines, "1||9.99|EUR", "2|2.5|7.4|EUR", "2|2.5|7.4|EUR")

	s.do("update ods.product set unit_price = 3")
	s.do("insert into changed.product select row_id from ods.product")
	s.shape(WhatChanged)
	s.want(lines, "1||9.99|EUR", "2|3|8.9|EUR", "2|3|8.9|EUR")
}
