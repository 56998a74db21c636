package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestRowsByTheirDocuments: lines are those of the document that they name, and
// transactions that name an invoice each pay it.
func TestRowsByTheirDocuments(t *testing.T) {
	t.Parallel()
	accounts, invoices, lines, moves := "account_code,first_name,last_name,email,created_at\n", "invoice_number,account_code,state,total,created_at,due_on\n", "id,invoice_number,description,quantity,amount\n", "transaction_id,invoice_number,amount,status,created_at\n"
	for i := range 60 {
		accounts += fmt.Sprintf("acc-%03d,Ada,Berg%c,ada.%d@mail.example,2026-01-%02dT00:00:00Z\n", i, 'a'+i%26, i, 1+i%28)
		invoices += fmt.Sprintf("%d,acc-%03d,paid,%d.50,2026-02-%02dT00:00:00Z,2026-03-%02d\n", 700+i, i, 20+i, 1+i%28, 1+i%28)
		lines += fmt.Sprintf("l%d,%d,Team plan,1,%d.50\n", i, 700+i, 20+i)
		moves += fmt.Sprintf("t%d,%d,%d.50,success,2026-02-%02dT09:00:00Z\n", i, 700+i, 20+i, 1+i%28)
	}
	dir, _, err := drops(t, map[string]string{"accounts.csv": accounts, "invoices.csv": invoices, "line_items.csv": lines, "transactions.csv": moves})
	if err != nil {
		t.Fatal(err)
	}
	for file, entity := range map[string]string{"accounts": "customer", "invoices": "invoice", "line_items": "invoice_line", "transactions": "payment"} {
		got := text(t, dir, "contracts/"+file+".yaml")
		if holds(t, got, []string{"{property: entity, value: " + entity + "}"}); strings.Count(got, "property: entity") != 1 {
			t.Errorf("%s is more than %s", file, entity)
		}
	}
	holds(t, text(t, dir, "contracts/transactions.yaml"), []string{"- name: invoice_number\n        customProperties:\n          - {property: field, value: invoice_id}"})
	// Lines of orders stay theirs, though another table tells of invoices.
	orders := strings.NewReplacer("invoice_number", "order_id", "account_code", "customer_id", ",due_on", "", "total", "order_total").Replace(invoices)
	for i := range 60 {
		orders = strings.ReplaceAll(orders, fmt.Sprintf(",2026-03-%02d\n", 1+i%28), "\n")
	}
	if dir, _, err = drops(t, map[string]string{"orders.csv": orders, "order_lines.csv": strings.Replace(lines, "invoice_number", "order_id", 1), "invoices.csv": invoices}); err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/order_lines.yaml"), []string{"{property: entity, value: order_line}"})
}

// TestRatesOfOneCurrency: the header of a rate tells the other currency, and
// which way it is quoted; where it does not, the table is left out.
func TestRatesOfOneCurrency(t *testing.T) {
	t.Parallel()
	for header, want := range map[string][]string{
		"rate_to_eur":   {"{property: field, value: from_currency_code}", "- name: to_currency_code", "{property: constant, value: EUR}"},
		"units_per_usd": {"{property: field, value: to_currency_code}", "- name: from_currency_code", "{property: constant, value: USD}"},
		"rate":          nil,
	} {
		rates := "date,currency," + header + "\n"
		for i := range 30 {
			rates += fmt.Sprintf("2026-03-%02d,%s,1.%05d\n", 1+i/2, []string{"CHF", "GBP"}[i%2], 8301+i)
		}
		dir, report, err := drops(t, map[string]string{"exchange_rates.csv": rates, "customers.csv": "customer_id,first_name,last_name,email\n" + rows(1, 20, "C#,Ada,Berg,ada.#@mail.example")})
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			if len(report.LeftOut) != 1 || !strings.Contains(fmt.Sprint(report.LeftOut), "which way they are quoted") {
				t.Errorf("%s: left out %v", header, report.LeftOut)
			}
			continue
		}
		holds(t, text(t, dir, "contracts/exchange_rates.yaml"), append(want, "{property: field, value: rate}"))
	}
}

// TestPurchasesAmongEvents: where no feed tells of orders, web events that say
// what was bought and for how much are order lines too.
func TestPurchasesAmongEvents(t *testing.T) {
	t.Parallel()
	events := "event_time,event_type,product_id,brand,price,user_id,user_session\n"
	for i := range 120 {
		events += fmt.Sprintf("2026-03-%02d 10:%02d:00 UTC,%s,%d,Brand %d,%d.50,%d,s-%04d\n", 1+i%28, i%60, []string{"view", "cart", "purchase"}[i%3], 100+i/3, i/3%7, 10+i/3, 500+i/9, i/3)
	}
	dir, _, err := drops(t, map[string]string{"events.csv": events})
	if err != nil {
		t.Fatal(err)
	}
	got := text(t, dir, "contracts/events.yaml")
	holds(t, got, []string{"{property: entity, value: web_event}", "{property: entity, value: order_line}", "{property: entity, value: customer}", "{property: entity, value: product}"})
	_, lines, _ := strings.Cut(got, "- name: order_lines")
	holds(t, lines, []string{
		"{property: when, value: [{column: event_type, is: [purchase], others: leave}]}", "- name: user_session\n        customProperties:\n          - {property: field, value: order_id}",
		"{property: field, value: unit_price}", "{property: field, value: product_id}", "{property: field, value: ordered_at}", "{property: constant, value: \"1\"}",
	})
	orders := "order_id,customer_id,ordered_at,total\n" + rows(1, 30, "o#,50#,2026-03-02 10:00:00,20.#0")
	if dir, _, err = drops(t, map[string]string{"events.csv": events, "orders.csv": orders}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text(t, dir, "contracts/events.yaml"), "value: order_line}") {
		t.Error("orders are told twice")
	}
}

// TestOrdersThatWereSent: where no feed tells of shipments, orders say when they
// were sent; a day of delivery that each has is one that was agreed on.
func TestOrdersThatWereSent(t *testing.T) {
	t.Parallel()
	orders, agreed := "order_id,customer_id,order_purchase_timestamp,order_delivered_carrier_date,order_delivered_customer_date\n", "order_id,customer_id,order_date,delivery_date\n"
	for i := range 60 {
		sent, came := fmt.Sprintf("2026-03-%02d 10:00:00", 1+i%28), fmt.Sprintf("2026-04-%02d 10:00:00", 1+i%28)
		if i%9 == 0 {
			sent, came = "", ""
		}
		orders += fmt.Sprintf("o%04d,c%04d,2026-02-%02d 09:00:00,%s,%s\n", i, i, 1+i%28, sent, came)
		agreed += fmt.Sprintf("o%04d,c%04d,2026-02-%02d,2026-03-%02d\n", i, i, 1+i%28, 1+i%28)
	}
	dir, _, err := drops(t, map[string]string{"orders.csv": orders})
	if err != nil {
		t.Fatal(err)
	}
	_, sent, _ := strings.Cut(text(t, dir, "contracts/orders.yaml"), "- name: fulfilments")
	holds(t, sent, []string{
		"{property: when, value: order_delivered_carrier_date}", "{property: field, value: order_id}", "{property: field, value: fulfilment_id}",
		"{property: field, value: shipped_at}", "{property: field, value: delivered_at}",
	})
	if dir, _, err = drops(t, map[string]string{"orders.csv": agreed}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text(t, dir, "contracts/orders.yaml"), "value: fulfilment}") {
		t.Error("a day that was agreed on became a delivery")
	}
}
