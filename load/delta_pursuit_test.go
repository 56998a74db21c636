//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// pursuitChanges are what can happen to leads, deals and their histories.
var pursuitChanges = []change{
	{"stage_event", "update ods.stage_event set stage = ['Suspect', 'Contacted', 'Demo', 'sold', 'lost', 'hum', 'reopened'][%[2]d %% 7 + 1] where row_id = 101 + %[1]d %% 5", "row_id = 101 + %[1]d %% 5"},
	{"stage_event", "update ods.stage_event set stage = ['Termin', '2nd visit', 'Demo', 'Offer', 'lost'][%[2]d %% 5 + 1], employee_id = [null, 'e1', 'new %[2]d'][%[1]d %% 3 + 1], " +
		"reason = [null, 'No budget', 'Rival'][%[2]d %% 3 + 1] where row_id = 111 + %[1]d %% 3", "row_id = 111 + %[1]d %% 3"},
	{"stage_event", "update ods.stage_event set \"at\" = \"at\" + to_hours(%[2]d - 50) where row_id = 121 + %[1]d %% 3", "row_id = 121 + %[1]d %% 3"},
	{"stage_event", "update ods.stage_event set lead_id = ['zigzag', 'early', 'parted', 'nobody'][%[2]d %% 4 + 1] where row_id = 131", "row_id = 131"},
	{"stage_event", "insert into ods.stage_event by name select 64000 + %[1]d as row_id, 'sheet' as source_system, ['status', 'fresh'][%[2]d %% 2 + 1] as lead_id, " +
		"['Contacted', 'Offer', 'won', 'Qualified'][%[1]d %% 4 + 1] as stage, timestamptz '2024-02-01 00:00:00+00' + to_days(%[2]d) as \"at\", " +
		"timestamptz '2024-02-01 00:00:00+00' as effective_at, false as is_deleted", "row_id = 64000 + %[1]d"},
	{"lead", "update ods.lead set status = ['shown', 'new', 'lost', 'won', 'Zwischenstand'][%[2]d %% 5 + 1], employee_id = [null, 'e1', 'e2'][%[1]d %% 3 + 1], " +
		"estimated_amount = %[2]d, effective_at = effective_at + to_days(%[1]d %% 9), updated_at = effective_at + to_days(%[1]d %% 9) where row_id = 2 + %[1]d %% 4", "row_id = 2 + %[1]d %% 4"},
	{"lead", "update ods.lead set is_deleted = not is_deleted, source_customer_key = [101, 102, 201][%[2]d %% 3 + 1] where row_id = 1 + %[1]d %% 6", "row_id = 1 + %[1]d %% 6"},
	{"lead", "insert into ods.lead by name select 65000 + %[1]d as row_id, 'crm' as source_system, 'new' || %[1]d as lead_id, 101 as source_customer_key, 'won' as status, " +
		"timestamptz '2025-01-01 00:00:00+00' + to_days(%[2]d) as created_at, timestamptz '2025-02-01 00:00:00+00' + to_days(%[2]d) as effective_at, false as is_deleted", "row_id = 65000 + %[1]d"},
	{"opportunity", "update ods.opportunity set amount = %[2]d, currency_code = [null, 'USD', 'EUR'][%[1]d %% 3 + 1], status = ['Closed Lost', 'won', 'Offer', null][%[2]d %% 4 + 1], " +
		"effective_at = effective_at + to_days(%[2]d %% 5) where row_id = 11 + %[1]d %% 2", "row_id = 11 + %[1]d %% 2"},
	{"opportunity", "update ods.opportunity set lead_id = ['zigzag', 'parted', null][%[2]d %% 3 + 1], employee_id = [null, 'e1', 'e2'][%[1]d %% 3 + 1], campaign_id = 'k' || %[1]d %% 3 where row_id = 11 + %[1]d %% 2", "row_id = 11 + %[1]d %% 2"},
	{"exchange_rate", "insert into ods.exchange_rate select * replace (66000 + %[1]d as row_id, date '2024-03-01' + %[2]d as rate_on, 3 as rate) from ods.exchange_rate where row_id = 1402", "row_id = 66000 + %[1]d"},
	{"employee", "update ods.employee set division = 'D%[2]d' where row_id = 1301", "row_id = 1301"},
}

// subscriptionChanges are what can happen to subscriptions.
var subscriptionChanges = []change{
	{"subscription", "update ods.subscription set amount = %[2]d, status = ['active', 'paused', 'canceled', 'draft'][%[1]d %% 4 + 1], currency_code = [null, 'USD'][%[2]d %% 2 + 1], " +
		"updated_at = timestamptz '2025-08-01 00:00:00+00' + to_days(%[1]d), effective_at = timestamptz '2025-08-01 00:00:00+00' + to_days(%[1]d) where row_id = 1 + %[1]d %% 9", "row_id = 1 + %[1]d %% 9"},
	{"subscription", "update ods.subscription set ended_at = timestamptz '2026-03-20 00:00:00+00' + to_days(%[2]d), source_customer_key = [101, 102, null][%[1]d %% 3 + 1], " +
		"employee_id = 'new ' || %[2]d %% 3 where row_id = 1 + %[2]d %% 9", "row_id = 1 + %[2]d %% 9"},
	{"subscription", "update ods.subscription set subscription_id = ['a', 'f', 'z'][%[2]d %% 3 + 1], is_deleted = %[2]d < 30, effective_at = effective_at + to_days(%[2]d) where row_id = 5 + %[1]d %% 3", "row_id = 5 + %[1]d %% 3"},
	{"subscription_item", "update ods.subscription_item set quantity = %[2]d, subscription_id = ['f', 'g', 'a'][%[1]d %% 3 + 1], effective_at = effective_at + to_days(%[2]d) where row_id = 21 + %[1]d %% 2", "row_id = 21 + %[1]d %% 2"},
	{"product", "update ods.product set unit_price = %[2]d where row_id = 11 + %[1]d %% 2", "row_id = 11 + %[1]d %% 2"},
}

// TestDeltaOfPursuits changes leads, deals and histories at random.
func TestDeltaOfPursuits(t *testing.T) {
	t.Parallel()
	newStar(t, "people", "facts", "histories").deltaIsFull(10, pursuitChanges, changes)
}

// TestDeltaOfSubscriptions changes subscriptions, their items and plans.
func TestDeltaOfSubscriptions(t *testing.T) {
	t.Parallel()
	newStar(t, "people", "subscriptions").deltaIsFull(6, subscriptionChanges, subscriptionChanges)
}

// deltaIsFull makes some changes a round, now and then one of the others, on
// days that go on and back, and compares every table that is made anew in part
// with what is made as a whole.
func (s star) deltaIsFull(rounds int, some, others []change) {
	s.Helper()
	s.shape(Everything)
	s.forget()
	random := rand.New(rand.NewPCG(11, 7))
	for round := range rounds {
		var done []string
		for range 1 + random.IntN(3) {
			c := some[random.IntN(len(some))]
			if random.IntN(5) == 0 {
				c = others[random.IntN(len(others))]
			}
			done = append(done, s.change(c, random.IntN(100), random.IntN(100)))
		}
		p := testParams()
		p.AsOf = p.AsOf.AddDate(0, 0, random.IntN(30)-10)
		p.Scope, p.SameSettings = WhatChanged, true
		if err := s.Shape(context.Background(), p); err != nil {
			s.Fatal(err)
		}
		delta := s.contents()
		p.Scope = Everything
		if err := s.Shape(context.Background(), p); err != nil {
			s.Fatal(err)
		}
		for table, want := range s.contents() {
			if got := delta[table]; !slices.Equal(got, want) {
				s.Fatalf("round %d: %s\n got %q\nwant %q\nafter %q", round, table, got, want, done)
			}
		}
		s.forget()
	}
}

// change makes one change as a run does, and returns its statement.
func (s star) change(c change, a, b int) string {
	s.Helper()
	for _, e := range s.entities {
		if e.Name == c.entity && e.History {
			s.do("insert into ods." + quote(e.Name+versionSuffix) + " from ods." + quote(e.Name))
		}
	}
	statement := fmt.Sprintf(c.statement+"%[3]s", a, b, "")
	s.do(statement)
	s.do(fmt.Sprintf("insert into changed."+quote(c.entity)+" select row_id from ods."+quote(c.entity)+" where "+c.row+"%[3]s", a, b, ""))
	return statement
}

// TestInputsCompared makes only the pursuits anew of which something else is
// told, and all of them once their stages stand in another order.
func TestInputsCompared(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "histories")
	s.shape(Everything)
	models, err := readModels()
	if err != nil {
		t.Fatal(err)
	}
	m := models[slices.IndexFunc(models, func(m model) bool { return m.table == "fact_stage_event" })]
	compare := func(want bool, keys string) {
		t.Helper()
		isWhole, err := m.compareInputs(t.Context(), s.database)
		if err != nil || isWhole != want {
			t.Errorf("whole is %v, want %v; error %v", isWhole, want, err)
		}
		s.want("select count(*), count(distinct key) filter (where key <> 0) from scratch.other_input", keys)
		if isWhole, err := m.compareInputs(t.Context(), s.database); err != nil || isWhole != want {
			t.Errorf("tried again, whole is %v, want %v; error %v", isWhole, want, err)
		}
		s.want("select count(*), count(distinct key) filter (where key <> 0) from scratch.other_input", keys)
		if err := m.keepInputs(t.Context(), s.database); err != nil {
			t.Fatal(err)
		}
	}
	compare(false, "0|0")
	s.do("update src.ranked_move set word = 'other' where pursuit_key = (select min(pursuit_key) from src.ranked_move)")
	compare(false, "1|1")
	compare(false, "0|0")
	s.do("delete from src.pursuit where pursuit_key = (select max(pursuit_key) from src.pursuit)")
	compare(false, "1|1")
	s.do("update src.stage_place set place = place + 1 where stage_key = (select min(stage_key) from src.stage_place)")
	compare(true, "1|0")
	s.do("delete from src.employee_ref")
	compare(true, "1|0")
}
