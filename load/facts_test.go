//go:build duckdb_arrow

package load

import "testing"

func TestFactOrderLine(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts")
	s.shape(Everything)
	s.want(`select line.row_id, order_date_key, customer_key, product.product_id, campaign.campaign_id, channel.channel_id,
    employee.name, line_amount, line.currency_code, reporting_amount, is_cancelled, is_exact_duplicate, source_row
from warehouse.fact_order_line as line
inner join warehouse.dim_product as product using (product_key)
inner join warehouse.dim_campaign as campaign using (campaign_key)
inner join warehouse.dim_channel as channel on channel.channel_key = line.channel_key
inner join warehouse.dim_employee as employee using (employee_key)
order by line.row_id`,
		"1601|20250401|1|p1|k1|newsletter|Eve Seller|9.99|EUR|9.99|false|false|2", // 23:30 UTC is next day in London
		"1602|20250401|1|p2|k1|newsletter|Eve Seller|7.4|EUR|7.4|false|false|3",
		"1603|20250401|1|p2|k1|newsletter|Eve Seller|7.4|EUR|7.4|false|true|4",
		"1604|20250302|2|px||paid_search|(not applicable)|10|USD|8|false|false|5",
		"1605|20250329|1|p1||unknown|(not applicable)|-8|GBP||true|false|6",
		"1606|-1|-1|||not_applicable|(not applicable)|1|EUR|1|false|false|7",
	)
}

func TestFactInvoiceLineAndPayment(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts")
	s.shape(Everything)
	s.want(`select invoice_id, document_type, credited_invoice_id, order_id, invoice_date_key, due_date_key, customer_key,
    line_amount from warehouse.fact_invoice_line order by row_id`,
		"i1|invoice||o1|20250402|20250502|1|9.99",
		"i2|credit_note|i1|o1|20250410|-1|1|-9.99",
	)
	s.want("select name, sum(line_amount) from warehouse.fact_invoice_line inner join warehouse.dim_employee using (employee_key) group by 1", "Eve Seller|0")
	s.want(`select payment_id, order_id, paid_date_key, source_customer_key, customer_key, amount, reporting_amount
from warehouse.fact_payment order by row_id`,
		"y1|o1|20250420|201|1|9.99|9.99",
		"y2|o2|20250303|102|2|10|8",
		"y3||-1|-1|-1|5|5",
	)
	s.want(`select activity_id, touch_type, direction, is_reply, channel_key, pursuit_key from warehouse.fact_touch order by 1`,
		"a1|call|out|false|6|-2", "a2|mail|in|true|-2|-2")
	s.want(`select customer_key, order_count, order_line_count, ordered_amount, invoiced_amount, paid_amount, touch_count
from warehouse.customer_overview order by 1`,
		"-1|1|1|1||5|0", "1|1|4|24.79|0|9.99|2", "2|1|1|8||8|0")
}

// TestStageBeforeTheEnd: a deal that is told to have ended came as far as the
// stage that stands beside its end, where that is a stage and no other end.
func TestStageBeforeTheEnd(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts")
	s.do("insert into ods.opportunity by name select unnest([9001, 9002, 9003, 9004]) as row_id, 'crm' as source_system, unnest(['d1', 'd2', 'd3', 'd4']) as opportunity_id, " +
		"101 as source_customer_key, unnest(['lost', 'won', 'lost', 'proposal']) as status, unnest(['proposal', 'lost', 'hum', 'proposal']) as last_stage, " +
		"timestamptz '2025-01-01 00:00:00+00' as created_at, unnest([timestamptz '2025-02-01 00:00:00+00', null, null, null]) as closed_at, " +
		"timestamptz '2025-03-01 00:00:00+00' as updated_at, timestamptz '2025-03-01 00:00:00+00' as effective_at, false as is_deleted")
	s.do("insert into ods.opportunity by name select 9005 as row_id, 'crm' as source_system, 'd5' as opportunity_id, 101 as source_customer_key, 'lost' as status, " +
		"timestamptz '2025-03-02 12:00:00+00' as created_at, timestamptz '2025-03-02 00:00:00+00' as effective_at, false as is_deleted") // the day it was delivered
	s.shape(Everything)
	s.want(`select opportunity_id, fact_pipeline.outcome, furthest.stage_id, event_count, illegal_count, cast(timezone('UTC', closed_at) as date)
from warehouse.fact_pipeline
inner join warehouse.dim_funnel_stage as furthest on furthest.stage_key = furthest_stage_key
where opportunity_id is not null order by 1`,
		"d1|lost|proposal|3|0|2025-02-01 00:00:00 +0000 UTC", "d2|won|won|2|0|2025-03-01 00:00:00 +0000 UTC",
		"d3|lost|suspect|2|0|2025-03-01 00:00:00 +0000 UTC", "d4|open|proposal|2|0|", "d5|lost|suspect|2|0|2025-03-02 00:00:00 +0000 UTC")
}

// TestSellerOfInvoices: what is billed is the sales person's of the order, else of
// the opportunity, else of the customer's account, where there is one.
func TestSellerOfInvoices(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts")
	for _, statement := range []string{
		"insert into ods.opportunity by name select 9001 as row_id, 'billing' as source_system, 'deal' as opportunity_id, 201 as source_customer_key, " +
			"'Eve Seller' as employee_name, 'won' as status, timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted",
		"insert into ods.account by name select unnest([9011, 9012, 9013]) as row_id, 'billing' as source_system, unnest(['a', 'b', 'c']) as account_id, " +
			"unnest([203, 201, 201]) as source_customer_key, unnest(['e2', 'e1', 'e2']) as employee_id, timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted",
		"insert into ods.invoice by name select unnest([9021, 9022, 9023, 9024]) as row_id, 'billing' as source_system, unnest(['j1', 'j2', 'j3', 'j4']) as invoice_id, " +
			"unnest([203, 203, 201, 203]) as source_customer_key, unnest(['o1', null, null, 'o2']) as order_id, unnest(['deal', 'deal', null, null]) as opportunity_id, " +
			"unnest([null, null, 'Credit Memo', null]) as type, unnest(cast([1.2, 2.4, 3.6, 4.8] as decimal(18, 4)[])) as total_amount, " +
			"'EUR' as currency_code, date '2025-04-02' as invoiced_on, timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted",
		"insert into ods.invoice_line by name select row_id + 100 as row_id, 'billing' as source_system, invoice_id, '1' as line_id, cast(row_id - 9020 as decimal(18, 4)) as line_amount, " +
			"false as is_exact_duplicate, timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted from ods.invoice where row_id > 9000",
		"update ods.\"order\" set employee_id = 'e2' where order_id = 'o1'",
	} {
		s.do(statement)
	}
	s.shape(Everything)
	s.want(`select invoice_id, coalesce(name, employee_id), line_amount from warehouse.fact_invoice_line
inner join warehouse.dim_employee using (employee_key) where invoice_id like 'j%' order by 1`,
		"j1|Max Boss|1", "j2|Eve Seller|2", "j3|(not applicable)|-3", "j4|Max Boss|4") // a credit note counts against, whatever its sign
	s.want(`select member, actual_value from warehouse.kpi_target
where metric = 'revenue' and breakdown = 'sales person' and period_kind = 'all' order by 1`, "(none)|-3", "Eve Seller|2", "Max Boss|5")
}

func TestDimensions(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts")
	s.shape(Everything)
	s.want(`select display_name, source_record_count, source_systems, known_since_at is null from warehouse.dim_customer
where customer_key > 0 order by customer_key`,
		"Ann Newname|2|billing, shop|false", "Bob Example|1|shop|false", "Acme Example Ltd|1|billing|true")
	s.want(`select customer_key, version_number, valid_from, valid_to, is_current, display_name
from warehouse.dim_customer_history where customer_key = 1 order by 2`,
		"1|1||2023-11-14 22:13:20 +0000 UTC|false|Ann Oldname", "1|2|2023-11-14 22:13:20 +0000 UTC||true|Ann Newname")
	s.want(`select date_key, year_month, year_quarter, fiscal_year, fiscal_quarter, fiscal_month, fiscal_year_quarter, is_weekend
from warehouse.dim_date where date_key in (20250331, 20250401, 20251231) order by 1`,
		"20250331|2025-03|2025-Q1|2025|4|12|FY2025-Q4|false",
		"20250401|2025-04|2025-Q2|2026|1|1|FY2026-Q1|false",
		"20251231|2025-12|2025-Q4|2026|3|9|FY2026-Q3|false")
	s.want("select count(*), min(date_key) filter (where date_key > 0), max(date_key) from warehouse.dim_date",
		"733|20250101|20261231")
	s.want("select product_id, name, brand_family, is_inferred from warehouse.dim_product where product_key > 0 order by 1",
		"p1|Glass cleaner|Home|false", "p2|Sponge|Home|false", "px|||true")
	s.want(`select employee.name, boss.name from warehouse.dim_employee as employee
inner join warehouse.dim_employee as boss on boss.employee_key = employee.manager_employee_key
where employee.employee_key > 0 order by 1`, "Eve Seller|Max Boss", "Max Boss|(not applicable)")
	s.want("select currency_code from warehouse.dim_currency where is_reporting", "EUR")
	s.want("select old_customer_key, customer_key from warehouse.customer_key_map", "9|1")
}

// TestExactMoney keeps the arithmetic in decimals: no rounding below the
// fourth place, none by way of floats, no overflow.
func TestExactMoney(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.shape(Everything)
	d := func(text string) string { return "cast('" + text + "' as decimal(18, 4))" }
	for _, c := range []struct{ expression, want string }{
		{"src.amount_of(" + d("0.0001") + ", " + d("0.5") + ", null)", "0.0001"}, // half away from zero
		{"src.amount_of(" + d("-0.0001") + ", " + d("0.5") + ", null)", "-0.0001"},
		{"src.amount_of(" + d("0.0001") + ", " + d("0.4999") + ", null)", "0"},
		{"src.amount_of(" + d("33333333.3333") + ", " + d("3") + ", " + d("0.0001") + ")", "99999999.9998"},
		{"src.amount_of(" + d("99999999999999") + ", " + d("99999999999999") + ", 0)", ""},
		{"src.discount_of(null, " + d("15") + ", " + d("29.97") + ")", "4.4955"},
		{"src.discount_of(null, " + d("12.5") + ", " + d("-0.0004") + ")", "-0.0001"}, // half away from zero
		{"src.discount_of(" + d("2") + ", " + d("15") + ", " + d("29.97") + ")", "2"},
		{"src.discount_of(null, null, " + d("29.97") + ")", ""},
		{"src.discount_of(null, " + d("15") + ", null)", ""},
		{"src.amount_told(" + d("20") + ", " + d("4") + ", " + d("7") + ", " + d("1.5") + ")", "18.5"},
		{"src.amount_told(null, " + d("4") + ", " + d("7") + ", " + d("1.5") + ")", "26.5"},
		{"src.converted(" + d("10") + ", 10000::hugeint, 30000::hugeint)", "3.3333"},
		{"src.converted(" + d("20") + ", 10000::hugeint, 30000::hugeint)", "6.6667"},
		{"src.converted(" + d("-20") + ", 10000::hugeint, 30000::hugeint)", "-6.6667"},
		{"src.converted(" + d("99999999999999.9999") + ", 10000::hugeint, 10000::hugeint)", "99999999999999.9999"},
		{"src.converted(" + d("99999999999999.9999") + ", 999999999999999999::hugeint, 10000::hugeint)", ""},
		{"src.converted(null::decimal(18, 4), 10000::hugeint, 10000::hugeint)", ""},
	} {
		s.want("select "+c.expression, c.want)
	}
}
