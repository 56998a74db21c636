//go:build duckdb_arrow

package load

import (
	"slices"
	"testing"
)

// TestOrderDiscount: a discount on a whole order is taken off its lines, by
// their amounts and to the last digit, where they are told before it. The total
// tells whether they are.
func TestOrderDiscount(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods."order" by name
select *, 'till' as source_system, 101 as source_customer_key, timestamptz '2026-03-02 10:00:00+00' as ordered_at,
    timestamptz '2026-03-02 10:00:00+00' as effective_at, false as is_deleted
from (values
    (1, 'net',       20::decimal(18, 4), 5::decimal(18, 4), 17::decimal(18, 4), 102::decimal(18, 4)), -- 100 - 20 + 5 + 17
    (2, 'has',       20, 5, 17, 122),  -- 100 + 5 + 17: the lines have the discount already
    (3, 'both',      30, 5, 0, 85),    -- 10 of the 30 are those of a line
    (4, 'post free', 5, 5, 0, 100),    -- what is charged for shipping is not charged
    (5, 'gross',     20, 0, 13, 80),   -- tax is in the prices
    (6, 'quarter',   20, 0, 20, 100),  -- 25 % tax on 80
    (7, 'thirds',    10, 0, 0, 20),
    (8, 'untold',    20, 0, 0, null),  -- quantity x unit price
    (9, 'stated',    20, 0, 0, null),  -- 80 of 100: the source has taken it off
    (10, 'refunded', 20, 0, 0, 13),    -- adds up to nothing: as most orders of its system
    (11, 'unpriced', 20, 0, 0, 80),
    (12, 'too much', 200, 0, 0, -100),
    (13, 'negative', -20, 5, 17, 102)
) as header (row_id, order_id, discount_amount, shipping_amount, tax_amount, total_amount)`)
	s.do(`insert into ods.order_line by name
select *, 'till' as source_system, timestamptz '2026-03-02 10:00:00+00' as effective_at, false as is_deleted, false as is_exact_duplicate
from (values
    (101, 'net', 2::decimal(18, 4), 25::decimal(18, 4), null::decimal(18, 4), null::decimal(18, 4)), (102, 'net', 1, 50, null, null),
    (103, 'has', 1, 100, null, null), (104, 'both', 1, 60, 10, null), (105, 'both', 1, 50, null, null), (106, 'post free', 1, 100, null, null),
    (107, 'gross', 1, 100, null, null), (108, 'quarter', 1, 100, null, null),
    (109, 'thirds', 1, 10, null, null), (110, 'thirds', 1, 10, null, null), (111, 'thirds', 1, 10, null, null),
    (112, 'untold', 2, 50, null, null), (113, 'stated', 2, 50, null, 80), (114, 'refunded', 1, 100, null, null),
    (115, 'unpriced', 1, 100, null, null), (116, 'unpriced', 1, null, null, null), (117, 'too much', 1, 100, null, null),
    (118, 'negative', 1, 100, null, null)
) as line (row_id, order_id, quantity, unit_price, discount_amount, line_amount)`)
	s.shape(Everything)
	const orders = "select order_id, sum(order_discount_amount), sum(line_amount), sum(reporting_amount) from warehouse.fact_order_line group by 1 order by 1"
	s.want(orders,
		"both|20|80|80", "gross|20|80|80", "has||100|100", "negative|20|80|80", "net|20|80|80", "post free||100|100", "quarter|20|80|80",
		"refunded|20|80|80", "stated||80|80", "thirds|10|20|20", "too much||100|100", "unpriced||100|100", "untold|20|80|80")
	s.want("select order_discount_amount, line_amount from warehouse.fact_order_line where order_id = 'thirds' order by 1", "3.3333|6.6667", "3.3333|6.6667", "3.3334|6.6666")
	s.sound()

	// A line less, another discount, an order of which no line is told any more.
	s.do("update ods.order_line set is_deleted = true where row_id = 111")
	s.do("insert into changed.order_line values (111)")
	s.do(`update ods."order" set discount_amount = 40, total_amount = 82 where order_id = 'net'`)
	s.do(`update ods."order" set discount_amount = null where order_id = 'gross'`)
	s.do(`update ods."order" set total_amount = 10 where order_id = 'thirds'`)
	s.do(`insert into changed."order" values (1), (5), (7)`)
	s.shape(WhatChanged)
	s.want(`select order_id, order_discount_amount, line_amount from warehouse.fact_order_line where order_id in ('gross', 'net', 'thirds') order by 1, 2`,
		"gross||100", "net|20|30", "net|20|30", "thirds|5|5", "thirds|5|5")
	delta := s.contents()["fact_order_line"]
	s.shape(Everything)
	if full := s.contents()["fact_order_line"]; !slices.Equal(delta, full) {
		t.Errorf("after the day %q\nmade anew %q", delta, full)
	}
}
