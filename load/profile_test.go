//go:build duckdb_arrow

package load

import (
	"context"
	"testing"
)

func TestPromotedAttributes(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`update ods.customer set attributes = '{"Loyalty/tier":"gold","news":"true"}' where row_id = 1001`)
	s.do(`update ods.customer set attributes = '{"Loyalty/tier":"silver"}', effective_at = timestamptz '2024-05-01 00:00:00+00' where row_id = 1003`)
	s.shape(Everything)
	s.want("select count(*) from warehouse.customer_attribute", "0")
	p := testParams()
	p.Attributes = []string{"Loyalty/tier", "news", "absent"}
	if err := s.Shape(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.want("select customer_key, loyalty_tier, news, absent from warehouse.customer_profile order by 1", "1|silver|true|")
	s.want("select attribute_name, attribute_value from warehouse.customer_attribute order by 1", "Loyalty/tier|silver", "news|true")
	s.want("select comment like '%Loyalty/tier%' from duckdb_columns() where table_name = 'customer_profile' and column_name = 'loyalty_tier'", "true")
	p.Attributes, p.Scope = []string{"news"}, WhatChanged
	if err := s.Shape(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.want("select * from warehouse.customer_profile", "1|true")
}
