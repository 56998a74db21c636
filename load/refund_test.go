//go:build duckdb_arrow

package load

import "testing"

// TestRefunds: what is given back is a negative payment of the same order,
// invoice and customer, in every sum; one that failed moved nothing.
func TestRefunds(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "refunds")
	s.shape(Everything)
	refunds := `select refund_id, payment_id, invoice_id, order_id, customer_key, paid_date_key, amount, reporting_amount, reason, is_failed
from warehouse.fact_payment where is_refund order by 1`
	s.want(refunds,
		"r1|y1|i1|o1|1|20250501|-4|-4|late|false",
		"r2|||o2|2|20250303|-2.5|-2|broken|false",
		"r3|||o2|2|20250304|-7|-5.6||true",
		"r4||||-1|-1|-1|-1||false")
	s.want("select customer_key, paid_amount from warehouse.customer_overview order by 1", "-1|4", "1|5.99", "2|6")
	s.want("select month_date_key, paid_reporting_amount from warehouse.fact_customer_month where paid_reporting_amount <> 0 order by all",
		"20250301|6", "20250401|9.99", "20250501|-4")
	// The invoice was credited in full: what is not given back of it is to be.
	owed := "select invoiced_amount, credited_amount, paid_amount, refunded_amount, open_amount from warehouse.fact_receivable"
	s.want(owed, "9.99|9.99|5.99|4|-5.99")

	s.do("update ods.invoice set is_deleted = true where invoice_id = 'i2'") // no credit note: what is refunded is not owed
	s.do("update ods.payment set amount = 9, method = 'card' where payment_id = 'y1'")
	s.do("delete from ods.refund where refund_id = 'r4'")
	s.do("insert into changed.invoice values (1702)")
	s.do("insert into changed.payment values (1901)")
	s.do("insert into changed.refund values (5105)")
	s.shape(WhatChanged)
	s.want(owed, "9.99|0|5|4|0.99")
	s.do("update ods.payment set amount = 12.99, method = 'card' where payment_id = 'y1'") // 3 too much, and 1 more given back
	s.do("insert into changed.payment values (1901)")
	s.shape(WhatChanged)
	s.want(owed, "9.99|0|8.99|4|0")
	s.want("select refund_id, method from warehouse.fact_payment where is_refund order by 1", "r1|card", "r2|", "r3|")
	s.do("delete from ods.payment where payment_id = 'y1'")
	s.do("insert into changed.payment values (1901)")
	s.shape(WhatChanged)
	s.want(refunds,
		"r1|y1|||-1|20250501|-4|-4|late|false",
		"r2|||o2|2|20250303|-2.5|-2|broken|false",
		"r3|||o2|2|20250304|-7|-5.6||true")
}
