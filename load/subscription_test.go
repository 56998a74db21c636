//go:build duckdb_arrow

package load

import "testing"

// TestSubscriptions: nine subscriptions, added up by hand: one that never
// changes, one whose price rises before it ends, one with a free trial and a
// rest, a draft, one that begins again, one of two items of which one grows and
// the other goes, one that ended within its trial, one with an end to come, one
// whose end was taken back before it came.
func TestSubscriptions(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "subscriptions")
	s.shape(Everything)
	s.want(`select subscription_id, term_number, monthly_amount, reporting_change_amount, from_date_key, to_date_key, is_start, is_end, is_latest, is_counted
from warehouse.fact_subscription order by 1, 2`,
		"a|1|30|30|20250110|-3|true|false|true|true",
		"b|1|100|100|20250120|20250305|true|false|false|true",
		"b|2|150|50|20250305|20250415|false|true|true|true",
		"c|1|52|52|20250210|20250310|true|false|false|true",
		"c|2|0|-52|20250310|20250401|false|false|false|true",
		"c|3|52|52|20250401|-3|false|false|true|true",
		"d|1|99|99|20250125|-3|true|false|true|false",
		"e|1|30|30|20250105|20250207|true|true|false|true",
		"e|2|30|30|20250402|-3|true|false|true|true",
		"f|1|40|40|20250201|20250510|true|false|false|true",
		"f|2|60|20|20250510|20250610|false|false|false|true",
		"f|3|50|-10|20250610|-3|false|false|true|true",
		"g|1|50|50|20250228|20250220|true|true|true|false",
		"h|1|20|20|20250301|20261231|true|true|true|true",
		"i|1|25|25|20250501|-3|true|false|true|true")
	s.want(`select period, opening_count, new_count, ended_count, closing_count, churned_count, round(churn_rate, 4), opening_amount, new_amount,
    expansion_amount, contraction_amount, ended_amount, closing_amount, round(amount_churn_rate, 4)
from warehouse.kpi_subscription where breakdown = 'all' and period_kind in ('month', 'all') and period <= '2025-04' order by 1`,
		"(all)|0|8|2|6|0||0|327|122|62|180|207|",
		"2025-01|0|3|0|3|0||0|160|0|0|0|160|",
		"2025-02|3|2|1|4|1|0.3333|160|92|0|0|30|222|0.1875",
		"2025-03|4|1|0|5|0|0|222|20|50|52|0|240|0",
		"2025-04|5|1|1|5|1|0.2|240|30|52|0|150|172|0.625")
	s.want(`select member, closing_amount from warehouse.kpi_subscription where breakdown = 'product' and period_kind = 'all' order by 1`, "(none)|157", "Seat|50")
	s.want("select customer_key, subscription_count, subscription_amount from warehouse.customer_360 where subscription_count > 0 order by 1", "1|4|152", "2|2|55")
	s.want("select kind, what, amount from warehouse.customer_timeline where id = 'b' order by happened_at", "subscription|begun|100", "subscription|changed|150", "subscription|ended|150")
	s.want("select count(*) from warehouse.customer_timeline where id = 'h'", "1")
	s.sound()
}

// TestEndWithoutDate: what has ended and no date says when runs no more, and
// counts in no period; a file without a date of its own tells nothing either.
func TestEndWithoutDate(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.subscription_version by name
select told.*, 'saas' as source_system, false as is_deleted, 'month' as interval, timestamptz '1970-01-01 00:00:00+00' as effective_at
from (values
    (1, 'a', 101, 30, 'active', timestamptz '2025-01-10 08:00:00+00', null),
    (2, 'b', 102, 40, 'cancelled', timestamptz '2025-01-10 08:00:00+00', null),
    (3, 'c', 102, 50, 'cancelled', timestamptz '2025-01-10 08:00:00+00', timestamptz '2025-03-10 08:00:00+00')
) as told (row_id, subscription_id, source_customer_key, amount, status, started_at, ended_at)`)
	s.do(`insert into ods.subscription select * from ods.subscription_version`)
	s.shape(Everything)
	s.want(`select subscription_id, from_date_key, to_date_key, is_counted, is_running from warehouse.fact_subscription order by 1`,
		"a|20250110|-3|true|true", "b|20250110|-3|false|false", "c|20250110|20250310|true|false")
}
