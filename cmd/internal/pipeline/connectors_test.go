package pipeline_test

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/cmd/internal/config"
)

// seedTable reads a connector's table independently: its rows by column name.
func seedTable(t *testing.T, data, file string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
	reader.LazyQuotes = true
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, name := range rows[0] {
			line[name] = row[i]
		}
		all = append(all, line)
	}
	return all
}

// tally counts the rows that hold and adds up one of their columns.
func tally(t *testing.T, rows []map[string]string, column string, holds func(map[string]string) bool) string {
	t.Helper()
	count, sum := 0, new(big.Rat)
	for _, row := range rows {
		if holds != nil && !holds(row) {
			continue
		}
		count++
		if v, ok := new(big.Rat).SetString(row[column]); ok {
			sum.Add(sum, v)
		}
	}
	return fmt.Sprintf("%d %s", count, sum.FloatString(4))
}

// TestConnectors loads the tables of five connectors by the shipped contracts
// and compares rows and sums with figures counted from the files.
func TestConnectors(t *testing.T) {
	t.Parallel()
	cfg, data := real(t, "connectors", "fivetran-seeds-salesforce")
	balanced(t, run(t, cfg, options()))
	table := func(file string) []map[string]string { return seedTable(t, data, "fivetran-seeds-"+file) }
	live := func(row map[string]string) bool { return !strings.EqualFold(row["is_deleted"], "true") }
	for _, c := range []struct{ query, want string }{
		{"select count(*), sum(amount) from ods.opportunity where source_system = 'salesforce'",
			tally(t, table("salesforce/sf_opportunity_data.csv"), "amount", nil)},
		{"select count(*), 0.0000 from fact_pipeline where source_system = 'salesforce' and opportunity_id is not null",
			tally(t, table("salesforce/sf_opportunity_data.csv"), "", live)},
		{"select count(*), 0.0000 from dim_account where source_system = 'salesforce' and not is_inferred",
			tally(t, table("salesforce/sf_account_data.csv"), "", live)},
		{"select count(*), sum(duration_minutes)::decimal(18, 4) from fact_touch as f where source_file_key in " +
			"(select file_key from meta.delivery where feed_name = 'sf_event')",
			tally(t, table("salesforce/sf_event_data.csv"), "duration_in_minutes", live)},
		{"select count(*), sum(total_amount) from ods.\"order\" where source_system = 'salesforce'",
			tally(t, table("salesforce/sf_order_data.csv"), "total_amount", nil)},
		{"select count(*), coalesce(sum(amount), 0.0000) from ods.opportunity where source_system = 'hubspot'",
			tally(t, table("hubspot/deal_data.csv"), "property_amount", nil)},
		{"select sum(report_count), 0.0000 from fact_campaign_member where source_system = 'hubspot'",
			tally(t, table("hubspot/email_event_data.csv"), "", nil)},
		{"select count(*), 0.0000 from fact_touch where source_system = 'hubspot' and touch_kind = 'meeting'",
			tally(t, table("hubspot/engagement_meeting_data.csv"), "", nil)},
		{"select count(*), 0.0000 from fact_case where source_system = 'hubspot'",
			tally(t, table("hubspot/ticket_data.csv"), "", live)},
		{"select count(*), 0.0000 from ods.association where feed_name = 'hs_deal_contact' and opportunity_id is not null and source_customer_key is not null",
			tally(t, table("hubspot/deal_contact_data.csv"), "", nil)},
		{"select count(*), 0.0000 from fact_case where source_system = 'zendesk'",
			tally(t, table("zendesk/ticket_data.csv"), "", nil)},
		{"select count(*), 0.0000 from fact_touch where source_system = 'zendesk' and case_id is not null",
			tally(t, table("zendesk/ticket_comment_data.csv"), "", nil)},
		{"select count(*), 0.0000 from ods.customer where feed_name = 'zd_user'",
			tally(t, table("zendesk/user_data.csv"), "", func(r map[string]string) bool { return r["role"] == "end-user" })},
		{"select count(*), sum(quantity * unit_price)::decimal(18, 4) from fact_order_line where source_system = 'shopify'",
			lineSum(t, table("shopify/shopify_order_line_data.csv"))},
		{"select count(*), sum(total_amount) from ods.\"order\" where source_system = 'shopify'",
			tally(t, table("shopify/shopify_order_data.csv"), "total_price", nil)},
		{"select count(*), sum(amount) from fact_payment where source_system = 'shopify' and not is_refund",
			tally(t, table("shopify/shopify_transaction_data.csv"), "amount", func(r map[string]string) bool {
				kind, status := strings.ToLower(r["kind"]), strings.ToLower(r["status"])
				return kind != "authorization" && kind != "void" && kind != "refund" && status == "success"
			})},
		{"select count(*), sum(stock_quantity) from fact_inventory_daily where source_system = 'shopify'",
			tally(t, table("shopify/shopify_product_variant_data.csv"), "inventory_quantity", nil)},
		{"select count(*), coalesce(sum(amount) * 100, 0.0000) from fact_payment where source_system = 'stripe' and not is_refund",
			tally(t, table("stripe/charge_data.csv"), "amount", func(r map[string]string) bool { return strings.EqualFold(r["paid"], "true") })},
		// What a bank took back counts until the dispute is won; a warning takes nothing.
		{"select count(*), -sum(amount) * 100 from fact_payment where source_system = 'stripe' and method = 'chargeback' and not is_failed",
			tally(t, table("stripe/dispute_data.csv"), "amount", func(r map[string]string) bool { return r["status"] == "lost" || r["status"] == "under_review" })},
		{"select count(*), -sum(amount) * 100 from fact_payment where source_system = 'stripe' and is_refund and method is distinct from 'chargeback'",
			tally(t, table("stripe/refund_data.csv"), "amount", nil)},
		{"select count(*), sum(invoiced_amount) * 100 from fact_receivable where source_system = 'stripe'",
			tally(t, table("stripe/invoice_data.csv"), "total", live)},
		{"select count(distinct subscription_id), 0.0000 from fact_subscription where source_system = 'stripe'",
			tally(t, table("stripe/subscription_history_data.csv"), "", nil)},
		{"select count(*), sum(line_amount) * 100 from fact_invoice_line where source_system = 'stripe' and not is_whole_document",
			tally(t, table("stripe/invoice_line_item_data.csv"), "amount", nil)},
	} {
		expect(t, cfg, c.query, c.want)
	}
	expect(t, cfg, "select count(*) > 0 from dim_employee where employee_key > 0 and not is_inferred", "true")
}

func lineSum(t *testing.T, rows []map[string]string) string {
	t.Helper()
	sum := new(big.Rat)
	for _, row := range rows {
		quantity, ok := new(big.Rat).SetString(row["quantity"])
		price, good := new(big.Rat).SetString(row["price"])
		if !ok || !good {
			t.Fatalf("order line %v has no price", row)
		}
		sum.Add(sum, quantity.Mul(quantity, price))
	}
	return fmt.Sprintf("%d %s", len(rows), sum.FloatString(4))
}

// TestFinanceWorkbooks loads a budget, a ledger and a list of volumes.
func TestFinanceWorkbooks(t *testing.T) {
	t.Parallel()
	cfg, _ := real(t, "finance", "excel-finance")
	balanced(t, run(t, cfg, options()))
	for _, c := range []struct{ query, want string }{
		{"select count(*), sum(target_value) from fact_target where metric = 'revenue'", "24 138224.0910"},
		{"select count(*), sum(target_value) from fact_target where metric = 'cost' and source_system = 'finance'", "172 127278.9500"},
		{"select count(*), sum(target_value) from fact_target where metric = 'units'", "10050 72027.0000"},
		{"select count(*) from fact_target where period_date_key = -1", "0"},
		{"select sum(revenue_amount), sum(cost_amount), sum(margin_amount) from fact_profitability where source_system = 'finance'",
			"118527.4700 130362.2600 -11834.7900"},
		{"select count(*), sum(cost_amount) from fact_profitability where product_key > 0", "16280 25234.0000"},
	} {
		expect(t, cfg, c.query, c.want)
	}
}

// plainCRM writes an export of a CRM in its plain form, as of one day.
func plainCRM(t *testing.T, dir, day string, opportunities ...string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "drops"), 0o750); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"account":     "AccountID,FName,LName,Addressid\n1,Acme,,2\n2,Ada,Example,1\n",
		"contact":     "ContactID,AccountID,FName,LName,Addressid,Type,Status\n1,1,Bea,Sample,1,buyer,active\n2,1,Carl,Muster,2,user,active\n",
		"address":     "AddressID,Street Number,City,State,Zip\n1,12 Main St,Springfield,IL,62701\n2,7 Oak Ave,Portland,OR,97201\n",
		"opportunity": "OpportunityID,ContactID,AccountID,Type,Status\n" + strings.Join(opportunities, "\n") + "\n",
		"activity":    "ActivityID,ContactID,OpportunityID,Type,Date\n1,1,10,Call,2025-01-06 10:00:00\n",
	} {
		write(t, filepath.Join(dir, "drops", name+"_"+day+".csv"), text)
	}
}

// TestPlainCRM loads the classic tables of a CRM without any mapping. Its
// opportunities show their present status only: the history is found by
// comparing three deliveries, and a row that is gone was deleted.
func TestPlainCRM(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, config.FileName), `version: 1
company: {time_zone: UTC, currency: USD, country: US}
feeds:
  account: {contract: builtin:crm/account, from: {csv: "drops/account_*.csv"}}
  contact: {contract: builtin:crm/contact, from: {csv: "drops/contact_*.csv"}}
  address: {contract: builtin:crm/address, from: {csv: "drops/address_*.csv"}}
  opportunity: {contract: builtin:crm/opportunity, from: {csv: "drops/opportunity_*.csv"}}
  activity: {contract: builtin:crm/activity, system: crm, from: {csv: "drops/activity_*.csv"}}
`)
	plainCRM(t, dir, "2025-01-05", "10,1,1,New,Prospect", "11,,2,New,Appointment", "12,2,1,New,Suspect")
	cfg := configured(t, dir)
	balanced(t, run(t, cfg, options()))
	expect(t, cfg, "select count(*) from dim_customer where customer_key > 0", "4") // number 1 is an account and a contact
	expect(t, cfg, "select string_agg(display_name || ', ' || city, '; ' order by display_name) from dim_customer where customer_key > 0 and family_name is not null",
		"Ada Example, Springfield; Bea Sample, Springfield; Carl Muster, Portland")
	plainCRM(t, dir, "2025-01-12", "10,1,1,New,Appointment", "11,,2,New,Proposal", "12,2,1,New,Suspect")
	plainCRM(t, dir, "2025-01-19", "10,1,1,New,Won", "11,,2,New,Lost")
	run(t, cfg, options())
	history := `select string_agg(stage_id || ' ' || strftime(entered_at, '%m-%d'), ', ' order by event_number)
from fact_stage_event inner join dim_funnel_stage using (stage_key)
inner join fact_pipeline using (pursuit_key) where opportunity_id = `
	expect(t, cfg, history+"'10'", "prospect 01-05, appointment 01-12, won 01-19")
	expect(t, cfg, history+"'11'", "appointment 01-05, proposal 01-12, lost 01-19")
	expect(t, cfg, "select count(*) from fact_pipeline where opportunity_id = '12'", "0")
	expect(t, cfg, `select string_agg(opportunity_id || ' ' || display_name || ' ' || outcome, ', ' order by opportunity_id)
from fact_pipeline inner join dim_customer using (customer_key)`, "10 Bea Sample won, 11 Ada Example lost")
	expect(t, cfg, "select touch_kind, pursuit_key > 0 from fact_touch", "call true")
	want := current(t, cfg).Manifest.Digests
	o := options()
	o.Full = true
	run(t, cfg, o)
	same(t, "day by day and rebuilt", want, current(t, cfg).Manifest.Digests)
}
