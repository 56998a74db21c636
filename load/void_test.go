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

// TestApprovedPayments: what is authorised was paid in books that call no
// payment otherwise, and was not where others were captured; a change of that
// reaches payments of former runs.
func TestApprovedPayments(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.payment by name
select *, timestamptz '2025-03-01 08:00:00+00' as paid_at, timestamptz '2025-03-02 08:00:00+00' as effective_at, false as is_deleted, 10 as amount
from (values (1, 'books', 'AUTHORISED'), (2, 'books', 'DELETED'), (3, 'card', 'authorized'), (4, 'card', 'captured'),
    (5, 'till', 'APPROVED'), (6, 'till', 'COMPLETED'), (7, 'wallet', 'approved'), (8, 'wallet', 'refunded')) as paid (row_id, source_system, status)`)
	s.shape(Everything)
	failed := "select row_id from warehouse.fact_payment where is_failed order by 1"
	s.want(failed, "2", "3", "5")
	s.want("select used_for, source_system, word, row_count from warehouse.unmapped_word where source_system = 'books'", "payment_status|books|AUTHORISED|1")
	s.do("update ods.payment set status = 'SETTLED' where row_id = 2")
	s.do("insert into changed.payment values (2)")
	s.shape(WhatChanged)
	s.want(failed, "1", "3", "5")
}

// TestCorrections: a document that names the invoice it corrects is a credit
// note, whatever word its source has for it, unless that word is one for
// invoices; invoices without lines stand in the timeline.
func TestCorrections(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.invoice by name
select *, 'books' as source_system, 201 as source_customer_key, date '2025-03-01' as invoiced_on, timestamptz '2025-03-02 08:00:00+00' as effective_at,
    false as is_deleted
from (values (1, 'i1', 'ARI', null, 100), (2, 'i2', 'XYZ', 'i1', 30), (3, 'i3', 'Debit note', 'i1', 5), (4, 'i4', null, 'i4', 7)) as told (row_id, invoice_id, type, credited_invoice_id, total_amount)`)
	s.do(`insert into ods.invoice_line by name
select 11 as row_id, 'books' as source_system, 'i2' as invoice_id, 30 as line_amount, timestamptz '2025-03-02 08:00:00+00' as effective_at, false as is_deleted`)
	s.shape(Everything)
	s.want("select invoice_id, credited_amount, open_amount from warehouse.fact_receivable order by 1", "i1|30|70", "i3|0|5", "i4|0|7")
	s.want("select invoice_id, document_type, line_amount, is_whole_document from warehouse.fact_invoice_line order by 1",
		"i1|invoice|100|true", "i2|credit_note|-30|false", "i3|invoice|5|true", "i4|invoice|7|true")
	s.want("select kind, id, amount from warehouse.customer_timeline order by 2", "invoice|i1|100", "credit note|i2|-30", "invoice|i3|5", "invoice|i4|7")
}

// TestDeletedHeaders: lines of orders and documents that were deleted bring and
// bill nothing; a cancelled order in which more goes back than is taken takes
// nothing off.
func TestDeletedHeaders(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods."order" by name
select *, 'shop' as source_system, 101 as source_customer_key, timestamptz '2025-03-01 08:00:00+00' as ordered_at, timestamptz '2025-03-02 08:00:00+00' as effective_at,
    false as is_deleted
from (values (1, 'o1', null), (2, 'o2', 'cancelled')) as told (row_id, order_id, status)`)
	s.do(`insert into ods.order_line by name
select *, 'shop' as source_system, 101 as source_customer_key, 1 as quantity, timestamptz '2025-03-02 08:00:00+00' as effective_at, false as is_deleted
from (values (11, 'o1', 5::decimal(18, 4)), (12, 'o2', 3), (13, 'o2', -4)) as line (row_id, order_id, line_amount)`)
	s.do(`insert into ods.invoice by name
select 3 as row_id, 'i1' as invoice_id, 'shop' as source_system, 101 as source_customer_key, date '2025-03-01' as invoiced_on,
    timestamptz '2025-03-02 08:00:00+00' as effective_at, false as is_deleted`)
	s.do(`insert into ods.invoice_line by name
select 21 as row_id, 'i1' as invoice_id, 'shop' as source_system, 7 as line_amount, timestamptz '2025-03-02 08:00:00+00' as effective_at, false as is_deleted`)
	s.shape(Everything)
	brought := "select sum(ordered_amount), sum(invoiced_amount) from warehouse.customer_overview"
	s.want(brought, "5|7")
	s.do(`update ods."order" set is_deleted = true where row_id = 1`)
	s.do("update ods.invoice set is_deleted = true")
	s.do(`insert into changed."order" values (1)`)
	s.do("insert into changed.invoice values (3)")
	s.shape(WhatChanged)
	s.want(brought, "|")
	s.want("select row_id, is_cancelled from warehouse.fact_order_line order by 1", "11|true", "12|true", "13|true")
	s.want("select row_id, is_void from warehouse.fact_invoice_line", "21|true")
}

// TestDocumentsWithoutLines: a document that tells its total and no lines is
// billed all the same, less the tax it tells; once it tells lines they count
// in its place, and when they are gone it does again.
func TestDocumentsWithoutLines(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.invoice by name
select *, 'books' as source_system, 201 as source_customer_key, date '2025-03-01' as invoiced_on, timestamptz '2025-03-02 08:00:00+00' as effective_at,
    false as is_deleted
from (values (1, 'i1', 'invoice', 120, 20, null), (2, 'i2', 'credit note', 24, 4, null), (3, 'i3', null, -12, 2, null), (4, 'i4', null, 7, null, 'draft'),
    (5, 'i5', null, null, 1, null)) as told (row_id, invoice_id, type, total_amount, tax_amount, status)`)
	s.shape(Everything)
	billed := "select invoice_id, line_amount, tax_amount, product_key, is_void from warehouse.fact_invoice_line order by 1"
	brought := "select invoiced_amount from warehouse.customer_overview where customer_key = 1"
	s.want(billed, "i1|100|20|-2|false", "i2|-20|-4|-2|false", "i3|-10|-2|-2|false", "i4|7||-2|true")
	s.want(brought, "70")
	s.want("select kind, id, what from warehouse.customer_timeline order by 2",
		"invoice|i1|no lines", "credit note|i2|no lines", "credit note|i3|no lines", "invoice|i4|no lines, void")
	s.sound()

	s.do(`insert into ods.invoice_line by name
select 11 as row_id, 'books' as source_system, 'i1' as invoice_id, 90 as line_amount, timestamptz '2025-03-02 08:00:00+00' as effective_at, false as is_deleted`)
	s.do("insert into changed.invoice_line values (11)")
	s.shape(WhatChanged)
	s.want(billed, "i1|90||-1|false", "i2|-20|-4|-2|false", "i3|-10|-2|-2|false", "i4|7||-2|true")
	s.want(brought, "60")
	s.do("update ods.invoice_line set is_deleted = true")
	s.shape(WhatChanged)
	s.want(brought, "70")
	s.sound()
}

// TestPaidInAnotherCurrency: what was paid or credited in another currency than
// the invoice's counts at the rate of its day.
func TestPaidInAnotherCurrency(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.exchange_rate by name
select 1 as row_id, date '2025-01-01' as rate_on, 'USD' as from_currency_code, 'EUR' as to_currency_code, 0.8 as rate,
    timestamptz '2025-01-01 08:00:00+00' as effective_at, false as is_deleted`)
	s.do(`insert into ods.invoice by name
select *, 'books' as source_system, date '2025-03-01' as invoiced_on, 100 as total_amount, timestamptz '2025-03-02 08:00:00+00' as effective_at,
    false as is_deleted
from (values (1, 'i1', 'EUR'), (2, 'i2', 'USD'), (3, 'i3', 'EUR'), (4, 'i4', 'USD'), (5, 'i5', 'GBP')) as told (row_id, invoice_id, currency_code)`)
	s.do(`insert into ods.exchange_rate by name
select 2 as row_id, date '2025-01-01' as rate_on, 'GBP' as from_currency_code, 'EUR' as to_currency_code, 1.6 as rate,
    timestamptz '2025-01-01 08:00:00+00' as effective_at, false as is_deleted`)
	s.do(`insert into ods.invoice by name
select *, 'books' as source_system, 'credit note' as type, date '2025-03-03' as invoiced_on, timestamptz '2025-03-03 08:00:00+00' as effective_at,
    false as is_deleted
from (values (13, 'c3', 'i3', 50, 'USD'), (14, 'c4', 'i4', 40, 'EUR'), (15, 'c5', 'i5', 20, 'USD')) as told (row_id, invoice_id, credited_invoice_id, total_amount, currency_code)`)
	s.do(`insert into ods.payment by name
select *, 'books' as source_system, timestamptz '2025-03-02 08:00:00+00' as paid_at, timestamptz '2025-03-02 08:00:00+00' as effective_at, false as is_deleted
from (values (1, 'i1', 50, 'EUR'), (2, 'i1', 50, 'USD'), (3, 'i2', 40, 'EUR')) as paid (row_id, invoice_id, amount, currency_code)`)
	s.shape(Everything)
	s.want("select invoice_id, paid_amount, open_amount, reporting_open_amount from warehouse.fact_receivable order by 1", "i1|90|10|10", "i2|50|50|40", "i3|0|60|60", "i4|0|50|40", "i5|0|90|144")

	// A later rate of the credit note's day changes what it takes off.
	s.do(`insert into ods.exchange_rate by name
select 3 as row_id, date '2025-03-02' as rate_on, 'USD' as from_currency_code, 'EUR' as to_currency_code, 0.5 as rate,
    timestamptz '2025-03-02 08:00:00+00' as effective_at, false as is_deleted`)
	s.do("insert into changed.exchange_rate values (3)")
	s.shape(WhatChanged)
	s.want("select invoice_id, credited_amount from warehouse.fact_receivable where credited_amount > 0 order by 1", "i3|25", "i4|80", "i5|6.25")
}

// TestAbsurdAmount: one price with ten digits too many leaves a ratio without
// a value, and no view without an answer.
func TestAbsurdAmount(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods."order" by name
select 1 as row_id, 'shop' as source_system, 'o1' as order_id, 101 as source_customer_key, timestamptz '2025-03-02 08:00:00+00' as ordered_at,
    timestamptz '2025-03-02 08:00:00+00' as effective_at, false as is_deleted`)
	s.do(`insert into ods.order_line by name
select 2 as row_id, 'shop' as source_system, 'o1' as order_id, 99999999999999 as line_amount, timestamptz '2025-03-02 08:00:00+00' as effective_at,
    false as is_deleted`)
	s.do(`insert into ods.campaign_spend by name
select 3 as row_id, 'shop' as source_system, date '2025-03-01' as spent_on, 5 as amount, timestamptz '2025-03-02 08:00:00+00' as effective_at,
    false as is_deleted`)
	s.shape(Everything)
	s.want("select linear_amount, return_on_ad_spend from warehouse.kpi_campaign_return where breakdown = 'all' and period_kind = 'all'", "99999999999999|")
}
