//go:build duckdb_arrow

package load

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"loadstar/schemas"
)

// change is one thing that can happen between two runs. %[1]d and %[2]d stand
// for random numbers below a hundred; the statement changes rows of an entity.
type change struct {
	entity, statement string
	row               string // condition on the rows it touches, "" = none to be told
}

var changes = []change{
	{"order_line", "update ods.order_line set quantity = %[2]d where row_id = 1600 + %[1]d %% 8", "row_id = 1600 + %[1]d %% 8"},
	{"order_line", "update ods.order_line set is_deleted = not is_deleted where row_id = 1600 + %[1]d %% 8", "row_id = 1600 + %[1]d %% 8"},
	{"order_line", "insert into ods.order_line select * replace (50000 + %[1]d * 100 + %[2]d as row_id, 'o' || %[1]d %% 4 as order_id, " +
		"'n' || %[2]d %% 5 as product_id) from ods.order_line where row_id = 1601", "row_id = 50000 + %[1]d * 100 + %[2]d"},
	{"order", `update ods."order" set source_customer_key = [101, 102, null][%[2]d %% 3 + 1] where row_id = 1500 + %[1]d %% 4`, "row_id = 1500 + %[1]d %% 4"},
	{"order", `update ods."order" set is_deleted = not is_deleted where row_id = 1500 + %[1]d %% 4`, "row_id = 1500 + %[1]d %% 4"},
	{"order", `update ods."order" set currency_code = ['EUR', 'USD', 'GBP'][%[2]d %% 3 + 1], ordered_at = ordered_at + interval 7 hours, ` +
		`channel = 'w' || %[2]d, session_id = 's' || %[1]d where row_id = 1500 + %[1]d %% 4`, "row_id = 1500 + %[1]d %% 4"},
	{"order", `update ods."order" set order_id = 'o9' where row_id = 1503`, "row_id = 1503"},
	{"order", `update ods."order" set discount_amount = [null, 5, %[2]d][%[1]d %% 3 + 1], total_amount = [null, 40][%[2]d %% 2 + 1] where row_id = 1500 + %[1]d %% 4`, "row_id = 1500 + %[1]d %% 4"},
	{"exchange_rate", "insert into ods.exchange_rate select * replace (60000 + %[1]d as row_id, date '2025-03-01' + %[2]d as rate_on, 2 as rate) " +
		"from ods.exchange_rate where row_id = 1402", "row_id = 60000 + %[1]d"},
	{"exchange_rate", "update ods.exchange_rate set is_deleted = not is_deleted, rate_on = rate_on - 20 + %[2]d %% 40 where row_id = 1402", "row_id = 1402"},
	{"invoice", "update ods.invoice set source_customer_key = [201, 203, null][%[2]d %% 3 + 1] where row_id = 1701", "row_id = 1701"},
	{"invoice", "update ods.invoice set invoiced_on = invoiced_on + 1, order_id = 'o' || %[2]d %% 4, is_deleted = not is_deleted " +
		"where row_id = 1702", "row_id = 1702"},
	{"invoice", "update ods.invoice set opportunity_id = ['deal', 'alone', null][%[2]d %% 3 + 1], order_id = [null, 'o1'][%[1]d %% 2 + 1] where row_id = 1701", "row_id = 1701"},
	{"order", `update ods."order" set employee_id = ['e1', 'e2', null][%[2]d %% 3 + 1] where row_id = 1500 + %[1]d %% 4`, "row_id = 1500 + %[1]d %% 4"},
	{"opportunity", "update ods.opportunity set source_system = ['billing', 'crm'][%[1]d %% 2 + 1], employee_id = ['e1', 'e2', null][%[2]d %% 3 + 1] where opportunity_id = 'deal'", "opportunity_id = 'deal'"},
	{"account", "update ods.account set employee_id = ['e1', 'e2', null][%[2]d %% 3 + 1], source_customer_key = [201, 102, null][%[1]d %% 3 + 1] where row_id = 3011 + %[1]d %% 3", "row_id = 3011 + %[1]d %% 3"},
	{"invoice_line", "update ods.invoice_line set quantity = %[2]d where row_id = 1801 + %[1]d %% 2", "row_id = 1801 + %[1]d %% 2"},
	{"payment", "update ods.payment set amount = %[2]d, order_id = 'o' || %[1]d %% 4 where row_id = 1902 + %[1]d %% 2", "row_id = 1902 + %[1]d %% 2"},
	{"refund", "update ods.refund set amount = [%[2]d, null][%[2]d %% 2 + 1], payment_id = [null, 'y1', 'y2', 'y9'][%[1]d %% 4 + 1], is_deleted = %[1]d < 20 where row_id = 5101 + %[2]d %% 5", "row_id = 5101 + %[2]d %% 5"},
	{"activity", "update ods.activity set lead_id = ['zigzag', 'parted', 'none'][%[2]d %% 3 + 1], is_deleted = %[1]d < 20 where row_id = 2001", "row_id = 2001"},
	{"activity", "update ods.activity set opportunity_id = ['deal', 'alone'][%[2]d %% 2 + 1] where row_id = 2002", "row_id = 2002"},
	{"campaign", "update ods.campaign set channel = ['tv', 'radio', 'word %[2]d'][%[1]d %% 3 + 1] where row_id = 1201", "row_id = 1201"},
	{"lead", "update ods.lead set opportunity_id = ['deal', 'alone', null][%[2]d %% 3 + 1] where row_id = 1 + %[1]d %% 6", "row_id = 1 + %[1]d %% 6"},
	{"lead", "update ods.lead set status = 'sold', source_customer_key = [101, 102][%[2]d %% 2 + 1] where row_id = 1 + %[1]d %% 6", "row_id = 1 + %[1]d %% 6"},
	{"product", "insert into ods.product by name select 61000 + %[1]d as row_id, 'n' || %[2]d %% 5 as product_id, 'late' as name, " +
		"timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted", "row_id = 61000 + %[1]d"},
	{"employee", "update ods.employee set name = 'Other ' || %[2]d, is_deleted = not is_deleted where row_id = 1301", "row_id = 1301"},
	{"web_event", "insert into ods.web_event by name select 62000 + %[1]d * 100 + %[2]d as row_id, 'shop' as source_system, " +
		"'v' || %[1]d %% 3 as visitor_id, if(%[2]d < 50, 's' || %[1]d %% 3, null) as session_id, 'cart' as type, 'k1' as campaign_id, " +
		"[101, 102, null][%[2]d %% 3 + 1] as source_customer_key, timestamptz '2025-06-01 22:30:00+00' + to_minutes(%[2]d) as \"at\", " +
		"false as is_exact_duplicate, timestamptz '2025-01-01 00:00:00+00' as effective_at, false as is_deleted", "row_id = 62000 + %[1]d * 100 + %[2]d"},
}

// serviceChanges are those of marketing, service, finance and stock.
var serviceChanges = []change{
	{"campaign_member", "update ods.campaign_member set status = ['opened', 'clicked', 'opt out'][%[2]d %% 3 + 1], source_customer_key = [101, 102][%[1]d %% 2 + 1] " +
		"where row_id = 3301 + %[1]d %% 5", "row_id = 3301 + %[1]d %% 5"},
	{"campaign_spend", "update ods.campaign_spend set channel = 'w%[2]d', amount = %[1]d, is_deleted = not is_deleted where row_id = 3401 + %[1]d %% 3", "row_id = 3401 + %[1]d %% 3"},
	{"case", `update ods."case" set closed_at = timestamptz '2025-06-01 00:00:00+00' + to_hours(%[2]d), employee_id = 'e' || %[1]d %% 4 where row_id = 3101 + %[1]d %% 2`, "row_id = 3101 + %[1]d %% 2"},
	{"activity", "update ods.activity set touchpoint = 'p%[2]d', case_id = 'c1', type = ['mail', 'call', 'hum'][%[2]d %% 3 + 1] where row_id = 3201 + %[1]d %% 4", "row_id = 3201 + %[1]d %% 4"},
	{"fulfilment", "update ods.fulfilment set order_id = 'o' || %[1]d %% 4, delivered_at = shipped_at + to_hours(%[2]d) where row_id = 3901 + %[1]d %% 3", "row_id = 3901 + %[1]d %% 3"},
	{"inventory", "update ods.inventory set product_id = 'n' || %[2]d %% 5, counted_on = date '2025-05-01' + %[1]d where row_id = 3701 + %[1]d %% 4", "row_id = 3701 + %[1]d %% 4"},
	{"target", "update ods.target set metric = ['calls', 'cost', 'luck'][%[2]d %% 3 + 1], team = 'Harbour' where row_id = 3501 + %[1]d %% 3", "row_id = 3501 + %[1]d %% 3"},
	{"profitability", "update ods.profitability set source_customer_key = [101, 201, null][%[2]d %% 3 + 1], product_id = 'n%[1]d' where row_id = 3601 + %[1]d %% 2", "row_id = 3601 + %[1]d %% 2"},
	{"survey_response", "update ods.survey_response set score = %[2]d, source_customer_key = [101, 201, null][%[2]d %% 3 + 1] where row_id = 3801", "row_id = 3801"},
	{"account", "update ods.account set parent_account_id = 'n' || %[2]d %% 5, is_deleted = not is_deleted where row_id = 3011 + %[1]d %% 3", "row_id = 3011 + %[1]d %% 3"},
	{"association", "update ods.association set is_deleted = not is_deleted, source_customer_key = [101, 102, null][%[2]d %% 3 + 1], is_primary = %[2]d < 50 " +
		"where row_id = 5001 + %[1]d %% 8", "row_id = 5001 + %[1]d %% 8"},
	{"org_unit", "update ods.org_unit set parent_org_unit_id = 'u' || %[2]d %% 5 where row_id = 3001 + %[1]d %% 4", "row_id = 3001 + %[1]d %% 4"},
	{"invoice", "update ods.invoice set total_amount = %[2]d, status = ['void', 'paid', 'sent'][%[1]d %% 3 + 1] where row_id = 4001 + %[1]d %% 4", "row_id = 4001 + %[1]d %% 4"},
	{"invoice", "update ods.invoice set type = ['invoice', 'credit note'][%[2]d %% 2 + 1], credited_invoice_id = ['i3', 'i5', null][%[1]d %% 3 + 1], " +
		"total_amount = [null, 5][%[1]d %% 2 + 1] where row_id = 4004", "row_id = 4004"},
	{"invoice", "update ods.invoice set invoice_id = 'i' || (3 + %[1]d %% 3), effective_at = effective_at + to_hours(%[2]d) where row_id = 4003", "row_id = 4003"},
	{"invoice_line", "update ods.invoice_line set invoice_id = 'i' || (3 + %[2]d %% 4) where row_id = 1801 + %[1]d %% 2", "row_id = 1801 + %[1]d %% 2"},
	{"payment", "update ods.payment set invoice_id = 'i' || (3 + %[1]d %% 4), status = ['ok', 'Declined'][%[2]d %% 2 + 1] where row_id = 4101 + %[1]d %% 2", "row_id = 4101 + %[1]d %% 2"},
}

// moves merges and splits: a source record goes to another customer.
const moveRecord = "update ods.idn.source_record set customer_key = 1 + %[2]d %% 3, cluster_id = 100 + %[2]d %% 3 " +
	"where source_customer_key = [101, 102, 201, 203][%[1]d %% 4 + 1]"

const tellMove = "insert into changed.moved select [101, 102, 201, 203][%[1]d %% 4 + 1]"

// TestDeltaIsFull changes the ODS at random, shapes what changed, and
// compares every table with what a full Shape makes of the same ODS.
func TestDeltaIsFull(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service", "histories", "associations", "refunds")
	s.shape(Everything)
	s.forget()
	random := rand.New(rand.NewPCG(7, 7))
	all := append(slices.Clone(changes), serviceChanges...)
	for round := range 8 {
		var done []string
		for range 1 + random.IntN(6) {
			a, b := random.IntN(100), random.IntN(100)
			if random.IntN(6) == 0 {
				s.do(fmt.Sprintf(moveRecord, a, b))
				s.do(fmt.Sprintf(tellMove, a, b))
				s.do("insert into changed.golden select customer_key from ods.idn.golden_customer") // a move makes both anew
				done = append(done, fmt.Sprintf(moveRecord, a, b))
				continue
			}
			c := all[random.IntN(len(all))]
			done = append(done, s.change(c, a, b))
		}
		s.shape(WhatChanged)
		delta := s.contents()
		s.shape(Everything)
		full := s.contents()
		for table, want := range full {
			if got := delta[table]; !slices.Equal(got, want) {
				t.Fatalf("round %d: %s\n got %q\nwant %q\nafter %q", round, table, got, want, done)
			}
		}
		s.forget()
	}
}

// contents are the rows of every table of the star, as text.
func (s star) contents() map[string][]string {
	s.Helper()
	tables, err := schemas.Star()
	if err != nil {
		s.Fatal(err)
	}
	all := map[string][]string{}
	for _, t := range tables {
		if t.Schema == "main" {
			all[t.Name] = s.rows("select cast(t as varchar) from " + t.Qualified() + " as t order by 1")
		}
	}
	return all
}

// forget empties the schema changed, and what was written to, as the next
// run's build does.
func (s star) forget() {
	s.Helper()
	defer clear(s.written)
	defer clear(s.lost)
	s.o.Full = false
	for _, name := range s.rows("select table_name from duckdb_tables() where schema_name = 'changed' and database_name = 'stage'") {
		s.do("delete from changed." + quote(name))
	}
}

// TestParts makes a model of a few customers at a time: it has the rows that
// it has when it is made as a whole.
func TestParts(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service", "online")
	s.shape(Everything)
	models, err := readModels()
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, m := range models {
		if m.partSize == 0 {
			continue
		}
		tried++
		read := "select cast(t as varchar) from " + m.name() + " as t order by 1"
		whole := s.rows(read)
		if len(whole) < 3 {
			t.Fatalf("%s has %d rows", m.table, len(whole))
		}
		m.partSize = 1
		rows, err := m.run(t.Context(), s.database, Everything)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.rows(read); !slices.Equal(got, whole) || int(rows) != len(whole) {
			t.Errorf("%s in parts, %d rows told:\n got %q\nwant %q", m.table, rows, got, whole)
		}
	}
	if tried == 0 {
		t.Error("no model is made in parts")
	}
}
