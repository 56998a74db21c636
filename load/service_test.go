//go:build duckdb_arrow

package load

import (
	"context"
	"testing"
)

func TestCasesAndReplies(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service")
	s.shape(Everything)
	s.want(`select case_id, customer_key, touchpoint_key, progress, is_open, opened_date_key, first_reply_date_key, closed_date_key,
    first_reply_minutes, first_reply_business_minutes, settle_minutes, settle_business_minutes
from warehouse.fact_case order by 1`,
		"c1|1|1|settled|false|20250502|20250505|20250506|3990|150|5340|540",
		"c2|2|-1|waiting|true|20250510|-3|-3||||")
	s.want(`select coalesce(activity_id, case_id), question_kind, asked_by, touch_type, answer_kind, reply_count, is_answered,
    first_reply_minutes, first_reply_business_minutes, total_reply_minutes, total_reply_business_minutes, employee.employee_id
from warehouse.fact_reply inner join warehouse.dim_employee as employee using (employee_key) order by 1`,
		"a1|touch|company|call|linked|1|true|60|60|60|60|e1",
		"a3|touch|customer|mail|next touch|1|true|120|120|120|120|e1",
		"a5|touch|customer|call|none|0|false|||||",
		"c1|case|customer|call|case|1|true|3990|150|5340|540|e1",
		"c2|case|customer||none|0|false|||||")
	s.want("select activity_id, touch_kind, touchpoint_key, is_two_way from warehouse.fact_touch order by 1",
		"a1|call|-2|true", "a2|mail|-2|true", "a3|mail|3|false", "a4|mail|-2|false", "a5|call|1|false", "a6|visit|-1|true")
}

// TestBusinessHours counts the minutes of a company that works on Saturdays.
func TestBusinessHours(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service")
	p := testParams()
	p.BusinessHours = BusinessHours{Opens: 8 * 60, Closes: 18 * 60, Days: []int{1, 2, 3, 4, 5, 6}}
	if err := s.Shape(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.want("select first_reply_business_minutes from warehouse.fact_case where case_id = 'c1'", "870") // 120 + 600 + 150
	p.BusinessHours.Holidays = []string{"05-03", "2025-05-05", "2024-05-06"}
	if err := s.Shape(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.want("select first_reply_business_minutes from warehouse.fact_case where case_id = 'c1'", "120") // Saturday and Monday were off
	s.want("select date_key from warehouse.dim_date where is_holiday and year = 2025 order by 1", "20250503", "20250505")
	for _, wrong := range []BusinessHours{{Opens: 600, Closes: 500}, {Opens: -1, Closes: 60}, {Days: []int{8}}} {
		p.BusinessHours = wrong
		if err := s.Shape(context.Background(), p); err == nil {
			t.Errorf("business hours %+v are taken", wrong)
		}
	}
}

func TestFinance(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service")
	s.do(`insert into ods.profitability by name
select *, 'EUR' as currency_code, 'finance' as source_system, false as is_exact_duplicate, timestamptz '2025-03-01 00:00:00+00' as effective_at, false as is_deleted
from (values (3603, date '2025-05-01', 'p1', 'North', cast(50 as decimal(18, 4)), null), (3604, date '2025-06-01', 'p1', 'South', 30, null),
    (3605, date '2025-06-01', null, 'South', null, 21)) as profit (row_id, period_on, product_id, division, revenue_amount, cost_amount)`)
	s.shape(Everything)
	s.want(`select row_id, metric, metric_word, is_money, unit.path, employee.employee_id, target_value, target.currency_code,
    reporting_amount
from warehouse.fact_target as target
inner join warehouse.dim_org_unit as unit using (org_unit_key)
inner join warehouse.dim_employee as employee using (employee_key) order by 1`,
		"3501|revenue|Umsatz|true|North||1000|EUR|1000", "3502|appointments|Appointments|false|North|e1|12||",
		"3503|revenue|sales|true|||500|USD|400")
	s.want(`select row_id, product.product_id, source_customer_key, customer_key, profit.division, margin_amount, profit.currency_code,
    reporting_revenue_amount, reporting_cost_amount, reporting_margin_amount, is_costed
from warehouse.fact_profitability as profit inner join warehouse.dim_product as product using (product_key) order by 1`,
		"3601|p1|-2|-2|North|40|EUR|100|60|40|true", "3602||201|1||8|USD|8|1.6|6.4|true", "3603|p1|-2|-2|North|50|EUR|50||50|false",
		"3604|p1|-2|-2|South|30|EUR|30||30|true", "3605||-2|-2|South|-21|EUR||21|-21|true")
	// Nobody tells what the 50 of May cost: the margin is that of the rest. Those of June have their cost in a row of its own.
	s.want("select period, revenue_amount, costed_revenue_amount, margin_amount, margin_share, cost_coverage from warehouse.kpi_profitability where breakdown = 'all' and period_kind in ('all', 'month') order by 1",
		"(all)|188|138|55.4|0.401449|0.734043", "2025-04|108|108|46.4|0.42963|1", "2025-05|50||||0", "2025-06|30|30|9|0.3|1")
	s.want(`select row_id, product.product_id, is_inferred, inventory_kind, counted_date_key, stock_quantity, stock_amount, reporting_amount,
    is_latest
from warehouse.fact_inventory_daily inner join warehouse.dim_product as product using (product_key) order by 1`,
		"3702|p1|false|finished good|20250501|8|20|20|false", "3703|p1|false|finished good|20250502|7|17.5|17.5|true",
		"3704|p8|true|sample|20250501|3|||true")
	s.want(`select invoice_id, invoiced_amount, credited_amount, paid_amount, open_amount, reporting_open_amount, last_paid_date_key,
    overdue_days, ageing_bucket, is_settled, is_overdue
from warehouse.fact_receivable order by 1`,
		"i1|9.99|9.99|9.99|-9.99|-9.99|20250420|0|settled|true|false",
		"i3|120|0|0|120|120|-3|58|31-60 days|false|true",
		"i4|10|0|4|6|4.8|20260325|0|not due|false|false",
		"i5|33|0|0|0|0|-3|0|settled|true|false")
	s.want("select score, has_text, customer_key, answered_date_key from warehouse.fact_survey_response", "9|true|1|20250507")
}

func TestUnitsAndAccounts(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service")
	s.shape(Everything)
	s.want(`select name, level, division, department, team, path, is_inferred from warehouse.dim_org_unit where org_unit_key > 0 order by 1`,
		"Coast|department|Field|Coast||Field / Coast|false",
		"Field|division|Field|||Field|false",
		"Harbour|team|Field|Coast|Harbour|Field / Coast / Harbour|false",
		"North|division|North|||North|true",
		"Ring|team|||Ring|Ring|false")
	s.want(`select account.account_id, account.name, parent.account_id, employee.employee_id, account.customer_key, account.is_inferred
from warehouse.dim_account as account
inner join warehouse.dim_account as parent on parent.account_key = account.parent_account_key
inner join warehouse.dim_employee as employee on employee.employee_key = account.employee_key
where account.account_key > 0 order by 1`,
		"n1|Acme group||e1|-1|false", "n2|Bob Example|n1||2|false", "n3|Far|n9||-1|false", "n9||||-1|true")
	s.want(`select customer_key, month_date_key, order_count, order_reporting_amount, invoiced_reporting_amount, paid_reporting_amount,
    touch_in_count, touch_out_count, two_way_count, case_count, first_order_month_date_key, months_since_first_order,
    cumulative_order_count, cumulative_order_reporting_amount
from warehouse.fact_customer_month where customer_key = 1 order by 2`,
		"1|20250301|0|0|0|0|1|1|2|0|20250401||0|0",
		"1|20250401|1|24.79|0|9.99|0|0|0|0|20250401|0|1|24.79",
		"1|20250501|0|0|0|0|1|1|0|1|20250401|1|1|24.79")
}

// TestCaseTakenUpAgain: what was settled and is open again is open, whatever day
// its source keeps; an open case has had no last answer.
func TestCaseTakenUpAgain(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.do(`insert into ods."case" by name
select *, 'desk' as source_system, timestamptz '2025-03-03 09:00:00+00' as opened_at, timestamptz '2025-03-03 10:30:00+00' as first_reply_at,
    false as is_exact_duplicate, timestamptz '2025-03-09 09:00:00+00' as effective_at, false as is_deleted
from (values (1, 'again', 'reopened', timestamptz '2025-03-04 09:00:00+00'), (2, 'open', 'open', null), (3, 'done', 'closed', timestamptz '2025-03-05 09:00:00+00'), (4, 'undated', 'closed', null)) as told (row_id, case_id, status, closed_at)`)
	s.shape(Everything)
	s.want("select case_id, is_open from warehouse.fact_case order by 1", "again|true", "done|false", "open|true", "undated|false")
	s.want(`select case_count, open_count, settled_count, timed_settle_count, replied_count, first_reply_minutes, settle_minutes, average_first_reply_minutes, average_settle_minutes
from warehouse.kpi_service where breakdown = 'all' and period_kind = 'all'`, "4|2|2|1|4|360|2880|90|2880")
	s.want("select case_id, first_reply_minutes, total_reply_minutes from warehouse.fact_reply where case_id in ('open', 'done') order by 1", "done|90|2880", "open|90|")
}

// TestQuestionOfACase: what a customer writes until the first answer is the
// question of the case; what comes later is another. A call that was taken
// answers its case at once.
func TestQuestionOfACase(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods."case" by name
select *, 'desk' as source_system, 101 as source_customer_key, 'open' as status, timestamptz '2025-03-03 12:00:00+00' as effective_at, false as is_exact_duplicate,
    false as is_deleted
from (values (1, 'mail', timestamptz '2025-03-03 09:00:00+00'), (2, 'call', timestamptz '2025-03-03 10:05:00+00'), (3, 'none', timestamptz '2025-03-05 09:00:00+00')) as told (row_id, case_id, opened_at)`)
	s.do(`insert into ods.activity by name
select *, 'desk' as source_system, 101 as source_customer_key, timestamptz '2025-03-03 12:00:00+00' as effective_at, false as is_exact_duplicate, false as is_deleted
from (values
    (11, 'a1', 'mail', 'mail', 'in', timestamptz '2025-03-03 09:00:00+00'), (12, 'a2', 'mail', 'mail', 'in', timestamptz '2025-03-03 09:20:00+00'),
    (13, 'a3', 'mail', 'mail', 'out', timestamptz '2025-03-03 09:30:00+00'), (14, 'a4', 'mail', 'mail', 'in', timestamptz '2025-03-03 09:40:00+00'),
    (15, 'a5', 'mail', 'mail', 'out', timestamptz '2025-03-03 10:00:00+00'), (16, 'b1', 'call', 'call', 'in', timestamptz '2025-03-03 10:01:00+00'),
    (17, 'c1', 'none', 'mail', 'in', timestamptz '2025-03-05 09:00:00+00'), (18, 'd1', null, 'mail', 'in', timestamptz '2025-03-06 09:00:00+00')
) as touch (row_id, activity_id, case_id, type, direction, "at")`)
	s.shape(Everything)
	questions := "select coalesce(activity_id, case_id), question_kind, answer_kind, first_reply_minutes from warehouse.fact_reply order by 1"
	s.want(questions, "a4|touch|next touch|20", "call|case|case|0", "d1|touch|none|", "mail|case|case|30", "none|case|none|")
	s.do("insert into ods.activity by name select * replace (19 as row_id, 'c2' as activity_id, 'out' as direction, \"at\" + interval 5 minute as \"at\") from ods.activity where row_id = 17")
	s.do("insert into changed.activity values (19)")
	s.shape(WhatChanged)
	s.want(questions, "a4|touch|next touch|20", "call|case|case|0", "d1|touch|none|", "mail|case|case|30", "none|case|case|5")
	s.do("delete from ods.activity where row_id = 13")
	s.do("insert into changed.activity values (13)")
	s.shape(WhatChanged)
	s.want(questions, "call|case|case|0", "d1|touch|none|", "mail|case|case|60", "none|case|case|5")
	s.sound()
}
