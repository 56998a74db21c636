//go:build duckdb_arrow

package load

import "testing"

// TestDeletedCustomers: a customer whom every source has deleted stays, is
// marked so, and is nobody to speak with; one that any source still has is not
// deleted, and that a row of something else mentions a name keeps nobody.
func TestDeletedCustomers(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "kpi")
	s.do("update ods.customer set is_deleted = true where source_customer_key in (101, 102, 203)")
	s.do(`insert into ods.customer by name
select *, false as is_deleted, timestamptz '2024-01-01 00:00:00+00' as effective_at
from (values (1005, 'shop', 102, 'c2', true), (1006, 'billing', 203, 'b3', false)) as party (row_id, source_system, source_customer_key, customer_id, is_mention)`)
	s.shape(Everything)
	s.want("select customer_key, is_deleted from warehouse.dim_customer order by 1", "-3|false", "-2|false", "-1|false", "1|false", "2|true", "3|false")
	s.want("select customer_key, order_count, is_deleted from warehouse.customer_360 where is_deleted", "2|1|true")
	s.want("select member, customer_count from warehouse.kpi_relationship_freshness where breakdown in ('all', 'party type') order by 1",
		"(all)|2", "organisation|1", "person|1")
}
