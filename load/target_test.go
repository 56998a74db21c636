//go:build duckdb_arrow

package load

import "testing"

// TestTargets: what was sold, done and ordered in fixture kpi beside what was
// to be reached and the year before.
func TestTargets(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "kpi")
	s.do(`insert into ods.target by name
select *, 'plan' as source_system, false as is_exact_duplicate, timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted
from (values
    (1, 'New Business', date '2025-01-01', 'North', null, null, 3000::decimal(18, 4)),
    (2, 'New Business', date '2025-02-01', 'North', null, null, 2000),
    (3, 'Deals won', date '2025-01-01', null, null, 'e1', 4),
    (4, 'wins', date '2025-03-01', null, null, 'e2', 1),
    (5, 'Meetings', date '2026-03-01', 'North', 'Blue', null, 2),
    (6, 'wins', date '2026-12-01', null, null, 'e2', 1),
    (7, 'luck', date '2025-01-01', null, null, null, 7)
) as target (row_id, metric, period_on, division, team, employee_id, amount)`)
	s.shape(Everything) // as of 2026-03-31
	figures := `select member, period, actual_value, target_value, attainment from warehouse.kpi_target
where target_value is not null and `
	s.want(figures+"metric = 'bookings' and breakdown = 'division' and period_kind in ('month', 'year') order by 2",
		"North|2025|4000|5000|0.8", "North|2025-01|1000|3000|0.333333", "North|2025-02|3000|2000|1.5")
	s.want(figures+"metric = 'deals' and breakdown = 'sales person' and period_kind = 'month' order by 2",
		"Eve Seller|2025-01|1|4|0.25", "Max Closer|2025-03|0|1|0", "Max Closer|2026-12||1|")
	s.want(figures+"metric = 'meetings' and breakdown = 'team' and period_kind = 'quarter'", "North / Blue|2026-Q1|1|2|0.5")
	s.want(figures+"metric = 'luck' and breakdown = 'all' and period_kind = 'all'", "(all)|(all)||7|")
	s.want(`select metric, actual_value from warehouse.kpi_target where breakdown = 'all' and period_kind = 'all' and actual_value <> 0 order by 1`,
		"appointments|1", "bookings|4000", "customers|3", "deals|2", "meetings|1", "orders|6", "pipeline|11300", "proposals|1", "revenue|530", "units|25")
	// Once lines are billed, they are what was earned; documents without lines may be gross.
	s.do("insert into warehouse.fact_invoice_line (invoice_date_key, product_key, employee_key, reporting_amount, is_void, is_whole_document) values (20250301, -2, -2, 3, false, true)")
	s.want("select actual_value from warehouse.kpi_target where breakdown = 'all' and period_kind = 'all' and metric = 'revenue'", "530")
	s.do("update warehouse.fact_invoice_line set reporting_amount = 77, is_whole_document = false")
	s.want("select actual_value from warehouse.kpi_target where breakdown = 'all' and period_kind = 'all' and metric = 'revenue'", "77")
	s.want(`select metric, year_before_value, actual_value from warehouse.kpi_target
where breakdown = 'all' and period = '2026' and year_before_value <> 0 and metric in ('deals', 'orders') order by 1`, "deals|2|", "orders|6|0")
}
