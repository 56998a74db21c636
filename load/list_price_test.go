//go:build duckdb_arrow

package load

import "testing"

// TestListPrice: a line that tells neither price nor amount has the price of its
// product on its day; one that tells an amount alone keeps it without a price.
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

	// The price of a later day changes nothing that was sold before, also where the product is gone by then.
	s.do(`insert into ods.product_version by name
select * replace (2.75 as unit_price, timestamptz '2025-01-01 12:00:00+00' as effective_at) from ods.product where product_id in (select product_id from ods.order_line where order_id = 'o1')`)
	s.do("update ods.product set unit_price = 9, effective_at = timestamptz '2025-04-02 09:00:00+00'")
	s.do("insert into changed.product select row_id from ods.product")
	s.shape(WhatChanged)
	s.want(lines, "1||9.99|EUR", "2|2.75|8.15|EUR", "2|2.75|8.15|EUR")
	s.do("update ods.order_line set ordered_at = timestamptz '2025-04-02 08:00:00+00' where order_id = 'o1' and line_id = '2'")
	s.do("update ods.product set is_deleted = true")
	s.do("insert into ods.product_version by name select * replace (false as is_deleted) from ods.product")
	s.do("insert into changed.order_line select row_id from ods.order_line where order_id = 'o1'")
	s.do("insert into changed.product select row_id from ods.product")
	s.shape(WhatChanged)
	s.want(lines, "1||9.99|EUR", "2|9|26.9|EUR", "2|9|26.9|EUR")
	s.sound()
}
