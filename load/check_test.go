//go:build duckdb_arrow

package load

import (
	"context"
	"strings"
	"testing"
)

// damages break a shaped version so that one check each must find it.
var damages = []struct {
	check, damage, mend string // mend is for what another Shape does not write
}{
	{"rows_balanced", "insert into warehouse.meta.control_total by name select 1 as run_id, 'f' as feed_name, 3 as rows_read, " +
		"2 as rows_loaded, 0 as rows_quarantined, 0 as rows_redelivered, 0 as rows_superseded, 0 as rows_excluded",
		"delete from warehouse.meta.control_total"},
	{"money_balanced", "insert into warehouse.meta.control_money by name select 1 as run_id, 'f' as feed_name, 1 as read_amount, " +
		"0.9999 as loaded_amount, 0 as quarantined_amount, 0 as redelivered_amount, 0 as superseded_amount",
		"delete from warehouse.meta.control_money"},
	{"grain_unique", "insert into warehouse.fact_payment from warehouse.fact_payment where payment_id = 'y1'", ""},
	{"grain_unique", "update warehouse.dim_product set product_id = 'p1' where product_id = 'p2'", ""},
	{"no_orphan_key", "delete from warehouse.dim_product where product_id = 'px'", ""},
	{"no_orphan_key", "delete from warehouse.dim_date where date_key = 20250420", ""},
	{"no_orphan_key", "delete from warehouse.dim_currency where currency_code = 'USD'", ""},
	{"no_orphan_key", "update warehouse.fact_touch set pursuit_key = 5 where activity_id = 'a1'", ""},
	{"one_current_version", "update warehouse.dim_customer_history set is_current = true where customer_key = 1", ""},
	{"one_current_version", "update warehouse.dim_customer_history set valid_to = valid_to + interval 1 day where customer_key = 1", ""},
	{"one_current_version", "delete from warehouse.dim_customer where customer_key = 2", ""},
	{"record_in_one_cluster", "insert into ods.idn.source_record values (101, 2, null, 102)",
		"delete from ods.idn.source_record where source_customer_key = 101 and customer_key = 2"},
	{"record_in_one_cluster", "update ods.customer set source_customer_key = 999 where row_id = 1002",
		"update ods.customer set source_customer_key = 102 where row_id = 1002"},
	{"absorbed_key_resolves", "insert into warehouse.customer_key_map values (8, 77, 'absorbed')", ""},
	{"absorbed_key_resolves", "insert into warehouse.customer_key_map values (2, 1, 'absorbed')", ""},
	{"unknown_customer_share", "update warehouse.fact_touch set customer_key = -1", ""},
	{"illegal_transition", "select 1", ""}, // the fixture holds some
	{"impossible_history", "select 1", ""},
	{"stage_durations_add_up", "update warehouse.fact_stage_event set duration_seconds = duration_seconds + 9", ""},
	{"source_customer_key_consistent", "update ods.customer set customer_id = 'c1' where row_id = 1002",
		"update ods.customer set customer_id = 'c2' where row_id = 1002"},
	{"source_customer_key_consistent", `update ods."order" set customer_id = 'c2' where order_id = 'o1'`,
		`update ods."order" set customer_id = null`},
	{"fact_rows_equal_ods", "delete from warehouse.fact_invoice_line where invoice_id = 'i2'", ""},
	{"customer_resolved", "update warehouse.fact_order_line set customer_key = 3 where order_id = 'o2'", ""},
	{"order_line_without_order", "select 1", ""},
	{"invoice_line_without_invoice", "update warehouse.fact_invoice_line set invoice_id = 'i9' where invoice_id = 'i2'", ""},
	{"stage_history_without_pursuit", "select 1", ""},
	{"unmapped_word", "select 1", ""},
	{"rate_missing", "select 1", ""},
	{"not_same_kept_apart", `insert into ods.idn.state values ('decisions', '[{"left":101,"right":201,"same":false}]')`,
		"delete from ods.idn.state"},
	{"milestones_flagged", "update warehouse.fact_pipeline set is_impossible = false, closed_at = created_at - interval 1 day " +
		"where created_at is not null", ""},
	{"pipeline_equals_events", "delete from warehouse.fact_stage_event where event_number = 1", ""},
	{"feed_fresh", "insert into warehouse.meta.feed by name select 'weekly' as feed_name, 604800 as fresh_within_seconds",
		"delete from warehouse.meta.feed"},
	{"order_total_equals_lines", `update ods."order" set total_amount = 10.5 where order_id = 'o2'`,
		`update ods."order" set total_amount = null`},
	{"order_billed_in_full", "delete from warehouse.fact_invoice_line where invoice_id = 'i2'", ""},
	{"attribution_adds_up", "update warehouse.fact_attribution set linear_weight = linear_weight + 1 where order_id = 'o1'", ""},
	{"attribution_adds_up", "update warehouse.fact_attribution set position_reporting_amount = 1 where order_id = 'o1'", ""},
	{"attribution_adds_up", "delete from warehouse.fact_attribution where order_id = 'o2'", ""},
	{"pipeline_daily_adds_up", "update warehouse.fact_pipeline_daily set open_count = open_count + 1 where date_key = 20250301", ""},
	{"pipeline_daily_adds_up", "delete from warehouse.fact_pipeline_daily where closed_count > 0", ""},
	{"fact_rows_equal_ods", "delete from warehouse.fact_campaign_member where source_customer_key = 101", ""},
	{"fact_rows_equal_ods", "delete from warehouse.fact_order_fulfilment where order_id = 'o2'", ""},
	{"grain_unique", "insert into warehouse.fact_reply from warehouse.fact_reply where case_id = 'c1'", ""},
	{"no_orphan_key", "update warehouse.fact_case set touchpoint_key = 99 where case_id = 'c1'", ""},
	{"customer_resolved", "update warehouse.fact_case set customer_key = 3 where case_id = 'c1'", ""},
	{"parts_add_up", "insert into warehouse.report_member from warehouse.report_member where dimension = 'division'", ""},
	{"refund_beyond_payment", "update warehouse.fact_payment set amount = -9.995 where refund_id = 'r1'", ""},
	{"amount_missing", "insert into warehouse.fact_subscription by name select 'x' as subscription_id, true as is_counted", "delete from warehouse.fact_subscription"},
	{"amount_missing", "update warehouse.fact_order_line set line_amount = null where order_id = 'o2'", ""},
}

// findings of the fixture before any damage.
var ofFixture = map[string]bool{
	"illegal_transition": true, "impossible_history": true, "order_line_without_order": true,
	"stage_history_without_pursuit": true, "unmapped_word": true, "rate_missing": true, "unknown_customer_share": true,
}

func TestChecksFire(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service", "histories", "refunds")
	s.shape(Everything)
	findings, err := s.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if !ofFixture[f.Name] || f.Severity != SeverityWarn {
			t.Errorf("%s finds %d rows in a sound version: %v", f.Name, f.Rows, f.Sample)
		}
	}
	s.want("select warning_count from warehouse.about", "7")
	checks, err := Checks()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		if strings.Contains(c.Query, "src.") {
			t.Errorf("%s reads a helper table, which no published version has", c.Name)
		}
	}
	fired := map[string]bool{}
	for _, d := range damages {
		s.do(d.damage)
		for _, c := range checks {
			if c.Name != d.check {
				continue
			}
			f, err := s.find(context.Background(), c, "table scratch.finding")
			if err != nil {
				t.Fatal(err)
			}
			if f.Rows == 0 || len(f.Sample) == 0 || !strings.HasPrefix(f.Sample[0], "{") {
				t.Errorf("%s does not find: %s", c.Name, d.damage)
			}
			fired[c.Name] = true
		}
		if d.mend != "" {
			s.do(d.mend)
		}
		s.reshape(d.damage)
	}
	for _, c := range checks {
		if !fired[c.Name] {
			t.Errorf("no damage fires %s", c.Name)
		}
	}
}

// reshape runs the models whose tables a statement names.
func (s star) reshape(statement string) {
	s.Helper()
	models, err := readModels()
	if err != nil {
		s.Fatal(err)
	}
	for _, m := range models {
		if strings.Contains(statement, "warehouse."+m.table+" ") {
			if _, err := m.run(context.Background(), s.database, Everything); err != nil {
				s.Fatal(err)
			}
		}
	}
}

func TestOwnCheck(t *testing.T) {
	t.Parallel()
	if _, err := ParseCheck("x.sql", []byte("select 1")); err == nil {
		t.Error("a check without question is taken")
	}
	if _, err := ParseCheck("x.sql", []byte("-- Question: what?\nselect 1")); err == nil {
		t.Error("a check without severity is taken")
	}
	if _, err := ParseCheck("x.sql", []byte("-- Question: what?\n-- Severity: warn\nselect 1;\nselect 2")); err == nil || !strings.Contains(err.Error(), "x.sql:3: give one statement") {
		t.Errorf("a check of two statements: %v", err)
	}
	own, err := ParseCheck("checks/too_many.sql", []byte("-- Question: Are there too many?\n-- Severity: warn\nselect 7 as n;\n"))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := ParseCheck("checks/unnamed.sql", []byte("-- Question: Who has no key?\n-- Severity: warn\nselect c.customer_key\nfrom dim_customer as c\n"+
		"inner join warehouse.dim_customer using (customer_key)\nwhere c.customer_key = -1 and exists (from meta.funnel) and not exists (from ods.customer)\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := newStar(t)
	s.shape(Everything)
	findings, err := s.Check(context.Background(), own, plain)
	if err != nil || len(findings) != 2 || findings[0].Name != "too_many" || findings[0].Sample[0] != `{"n":7}` || findings[1].Sample[0] != `{"customer_key":-1}` {
		t.Fatalf("findings %v, error %v", findings, err)
	}
	s.want("select warnings from warehouse.about", "Are there too many? 1 rows\nWho has no key? 1 rows")
}
