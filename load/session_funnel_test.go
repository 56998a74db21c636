//go:build duckdb_arrow

package load

import (
	"context"
	"strings"
	"testing"
)

// signupFunnel is a funnel of sessions that a user adds for one system.
const signupFunnel = `
funnel: signup
counts: session
meaning: "From a page to the first order"
systems: [app]
steps: [{step: land, name: Landing}, {step: form, name: Form}, {step: done, name: Signed up}, {step: order, name: Order}]
stages:
  - {stage: land, name: Landing, rank: 10, step: land, meaning: "a page was opened"}
  - {stage: form, name: Form, rank: 20, step: form, meaning: "the form was opened"}
  - {stage: done, name: Signed up, rank: 30, step: done, meaning: "the form was sent"}
  - {stage: order, name: Order, rank: 40, step: order, outcome: won, meaning: "something was ordered"}
transitions: {start: [land], land: [form], form: [done], done: [order]}
words:
  any: {land: ["$pageview"], form: [form opened], done: [form sent]}
`

// TestSessionFunnel adds a funnel of web sessions in YAML: those of its system
// go through its stages, by its words, and all others through the online funnel.
// What its funnel has no stage for (a payment) counts for none.
func TestSessionFunnel(t *testing.T) {
	t.Parallel()
	own, err := ParseFunnel("signup.yaml", []byte(signupFunnel))
	if err != nil {
		t.Fatal(err)
	}
	s := newStar(t)
	s.do(`insert into ods.web_event by name
select *, false as is_exact_duplicate, timestamptz '2025-03-02 10:00:00+00' + to_seconds(row_id) as "at", timestamptz '2025-03-03 00:00:00+00' as effective_at, false as is_deleted
from (values (1, 'app', 'a', '$pageview'), (2, 'app', 'b', '$pageview'), (3, 'app', 'b', 'Form_opened'), (4, 'app', 'c', 'form sent'), (5, 'app', 'd', 'cart'),
    (6, 'app', 'e', '$pageview'), (7, 'store', 'a', 'cart'), (8, 'store', 'b', '$pageview')) as event (row_id, source_system, session_id, type)`)
	s.do(`insert into ods."order" by name
select 20 as row_id, 'o1' as order_id, 'app' as source_system, 'e' as session_id, timestamptz '2025-03-02 11:00:00+00' as ordered_at,
    timestamptz '2025-03-03 00:00:00+00' as effective_at, false as is_deleted`)
	s.do(`insert into ods.payment by name
select 30 as row_id, 'p1' as payment_id, 'o1' as order_id, 'app' as source_system, 5::decimal(18, 4) as amount, 'EUR' as currency_code, timestamptz '2025-03-02 12:00:00+00' as paid_at,
    timestamptz '2025-03-03 00:00:00+00' as effective_at, false as is_deleted`)
	p := testParams()
	p.Funnels = []Funnel{own}
	if err := s.Shape(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s.want("select source_system, session_id, session.funnel_name, stage_id, furthest_step_number from warehouse.fact_online_funnel as session left join warehouse.dim_funnel_stage on stage_key = furthest_stage_key order by 1, 2",
		"app|a|signup|land|1", "app|b|signup|form|2", "app|c|signup|done|3", "app|d|signup|land|1", "app|e|signup|order|4", "store|a|online|cart|3", "store|b|online|visit|1")
	s.want("select funnel_name, step_name, reached_count from warehouse.funnel_online where breakdown = 'all' and step_number <= 4 order by 1, step_number",
		"online|Visit|2", "online|Product page|1", "online|Cart|1", "online|Checkout|0", "signup|Landing|5", "signup|Form|3", "signup|Signed up|2", "signup|Order|1")
	s.want("select used_for, source_system, word from warehouse.unmapped_word order by 1", "online|store|$pageview", "signup|app|cart")
	unclaimed := strings.Replace(signupFunnel, "systems: [app]\n", "", 1)
	if _, err := ParseFunnel("x.yaml", []byte(unclaimed)); err == nil || !strings.Contains(err.Error(), "names no source system") {
		t.Errorf("a funnel that nothing follows: %v", err)
	}
	if _, err := ParseFunnel("x.yaml", []byte(strings.Replace(unclaimed, "funnel: signup", "funnel: online", 1))); err != nil {
		t.Errorf("a funnel in the place of a shipped one: %v", err)
	}
}
