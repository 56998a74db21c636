//go:build duckdb_arrow

package load

import "testing"

// TestAssociations: deals, cases and touches whose customer stands in a table
// of its own find it, and lose it again when the tie is gone.
func TestAssociations(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "histories", "associations")
	s.shape(Everything)
	pursuits := `select opportunity_id, pursuit.source_customer_key, pursuit.customer_key, account_id
from warehouse.fact_pipeline as pursuit inner join warehouse.dim_account using (account_key)
where opportunity_id in ('alone', 'deal', 'firm') order by 1`
	s.want(pursuits, "alone|102|2|n1", "deal|203|3|n2", "firm|102|2|n7")
	s.want("select distinct source_customer_key from warehouse.fact_stage_event where pursuit_key in "+
		"(select pursuit_key from warehouse.fact_pipeline where opportunity_id = 'alone')", "102")
	s.want("select case_id, source_customer_key, customer_key, first_reply_minutes from warehouse.fact_case where case_id = 'c9'", "c9|102|2|240")
	touches := `select activity_id, fact.source_customer_key, fact.customer_key, opportunity_id, case_id from warehouse.fact_touch as fact
left join warehouse.fact_pipeline using (pursuit_key) where activity_id like 'b%' order by 1`
	s.want(touches, "b1|-1|-1||c9", "b2|101|1|alone|", "b3|102|2||")

	s.do("update ods.association set is_deleted = true where row_id in (5003, 5005, 5008)")
	s.do("delete from ods.association where row_id in (5006, 5007)")
	s.do("insert into changed.association values (5003), (5005), (5006), (5007), (5008)")
	s.shape(WhatChanged)
	s.want(pursuits, "alone|101|1|n1", "deal|203|3|n2", "firm|102|2|n7")
	s.want("select source_customer_key, first_reply_minutes from warehouse.fact_case where case_id = 'c9'", "-1|")
	s.want(touches, "b1|-1|-1||", "b2|-1|-1||", "b3|102|2||")
}
