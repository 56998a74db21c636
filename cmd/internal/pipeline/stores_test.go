package pipeline_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"loadstar/cmd/internal/config"
)

const storesConfig = `version: 1
company: {name: Stores, time_zone: UTC, currency: USD, country: US}
feeds:
  shopify_orders: {contract: "builtin:shopify_api/order", from: {json: "shopify/order*.json"}}
  shopify_customers: {contract: "builtin:shopify_api/customer", from: {json: shopify/customer.json}}
  shopify_refunds: {contract: "builtin:shopify_api/refund", from: {json: shopify/refund.json}}
  shopify_transactions: {contract: "builtin:shopify_api/transaction", from: {json: shopify/transactions.json}}
  stripe_charges: {contract: "builtin:stripe_api/charge", from: {json: stripe/charge.json}}
  stripe_customers: {contract: "builtin:stripe_api/customer", from: {json: stripe/customer.json}}
  stripe_invoices: {contract: "builtin:stripe_api/invoice", from: {json: stripe/invoice.json}}
  stripe_refunds: {contract: "builtin:stripe_api/refund", from: {json: stripe/refund.json}}
  woo_orders: {contract: "builtin:woocommerce/order", from: {json: woo/orders.json}}
  woo_customers: {contract: "builtin:woocommerce/customer", from: {jsonl: woo/customers.jsonl}}
  woo_refunds: {contract: "builtin:woocommerce/refund", from: {json: woo/refunds.json}}
`

// Two orders of one shop, of a customer and of a guest, in the form of its web
// interface.
const wooOrders = `[
{"id": 727, "status": "completed", "currency": "EUR", "date_created": "2026-03-22T16:28:02", "date_created_gmt": "2026-03-22T15:28:02", "date_modified_gmt": "2026-03-22T15:30:00",
 "discount_total": "1.00", "shipping_total": "10.00", "total": "39.00", "total_tax": "0.00", "customer_id": 26, "created_via": "checkout",
 "billing": {"first_name": "Joan", "last_name": "Sample", "company": "", "address_1": "1 Market Street", "city": "Berlin", "state": "", "postcode": "10115", "country": "DE", "email": "joan@example.com", "phone": "+49 30 1234567"},
 "shipping": {"first_name": "Joan", "country": ""},
 "line_items": [{"id": 315, "name": "Woo Single", "product_id": 93, "variation_id": 0, "quantity": 2, "subtotal": "6.00", "total": "5.00", "total_tax": "0.00", "sku": "", "price": 2.5},
  {"id": 316, "name": "Ship", "product_id": 22, "variation_id": 23, "quantity": 1, "subtotal": "24.00", "total": "24.00", "total_tax": "0.00", "sku": "Bar3", "price": 24.333333333333}],
 "refunds": []},
{"id": 728, "status": "cancelled", "currency": "EUR", "date_created_gmt": "2026-03-23T15:28:02", "date_modified_gmt": "2026-03-23T15:30:00", "total": "7.50", "customer_id": 0, "created_via": "admin",
 "billing": {"first_name": "Guest", "last_name": "Buyer", "email": "guest@example.com", "country": "FR"}, "shipping": {},
 "line_items": [{"id": 317, "name": "Cap", "product_id": 5, "quantity": 1, "total": "7.50", "sku": "CAP"}]}
]`

// storeFiles copies the public samples of Shopify and Stripe into a project,
// each in the envelope that the service answers with.
func storeFiles(t *testing.T) (cfg config.Config, stripe map[string]json.RawMessage) {
	t.Helper()
	data, err := filepath.Abs("../../../../shared/data/feeds")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(data, "shopify-fixtures")); err != nil {
		t.Skip("the data of the stores are not here")
	}
	dir := t.TempDir()
	for _, folder := range []string{"shopify", "stripe", "woo"} {
		if err := os.Mkdir(filepath.Join(dir, folder), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	read := func(file string) string {
		text, err := os.ReadFile(filepath.Join(data, file))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for name, file := range map[string]string{
		"orders_1.json": "go-shopify/orders.json", "orders_2.json": "python_api/orders.json", "customer.json": "go-shopify/customer.json",
		"refund.json": "python_api/refund.json", "transactions.json": "python_api/transactions.json",
	} {
		write(t, filepath.Join(dir, "shopify", name), read("shopify-fixtures/"+file))
	}
	write(t, filepath.Join(dir, "shopify", "order_3.json"), withRefund(t, read("shopify-fixtures/go-shopify/order_with_transaction.json")))
	var fixtures struct {
		Resources map[string]json.RawMessage `json:"resources"`
	}
	if err := json.Unmarshal([]byte(read("stripe-fixtures/fixtures3.json")), &fixtures); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"charge", "customer", "invoice", "refund"} {
		list := string(fixtures.Resources[name])
		if name == "customer" {
			list += `, {"id": "cus_gone", "object": "customer", "deleted": true}`
		}
		if name == "charge" {
			list += `, {"id": "ch_2", "object": "charge", "amount": 1999, "amount_captured": 1999, "captured": true, "paid": true, "currency": "usd", "created": 1767225600, "status": "succeeded", "customer": null, "invoice": null}`
		}
		write(t, filepath.Join(dir, "stripe", name+".json"), `{"object": "list", "url": "/v1", "data": [`+list+`], "has_more": false}`)
	}
	write(t, filepath.Join(dir, "woo", "orders.json"), wooOrders)
	write(t, filepath.Join(dir, "woo", "customers.jsonl"), `{"id": 26, "email": "joan@example.com", "first_name": "", "last_name": "", "date_created_gmt": "2026-01-01T00:00:00", "date_modified_gmt": "2026-03-22T15:00:00", "billing": {"first_name": "Joan", "last_name": "Sample", "city": "Berlin", "country": "DE"}}`+"\n")
	write(t, filepath.Join(dir, "woo", "refunds.json"), `[{"id": 729, "parent_id": 727, "date_created_gmt": "2026-03-24T10:00:00", "amount": "10.00", "reason": "late"}]`)
	write(t, filepath.Join(dir, "loadstar.yaml"), storesConfig)
	return configured(t, dir), fixtures.Resources
}

// withRefund gives an order a number of its own and two attempts to give money
// back, of which one succeeded.
func withRefund(t *testing.T, text string) string {
	t.Helper()
	var answer map[string]map[string]any
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatal(err)
	}
	attempt := func(id int, status string) map[string]any {
		return map[string]any{"id": id, "kind": "refund", "status": status, "amount": "2.50", "currency": "USD", "created_at": "2016-06-20T13:35:06-04:00"}
	}
	answer["order"]["id"] = 999
	answer["order"]["refunds"] = []any{map[string]any{"id": 1, "note": "late", "transactions": []any{attempt(11, "failure"), attempt(12, "success")}}}
	changed, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	return string(changed)
}

// shopifyOrder is what the test counts by itself.
type shopifyOrder struct {
	ID    int64  `json:"id"`
	Total string `json:"total_price"`
	Lines []struct {
		Quantity int64  `json:"quantity"`
		Price    string `json:"price"`
	} `json:"line_items"`
	Refunds []struct {
		Transactions []struct {
			Kind, Status, Amount string
		} `json:"transactions"`
	} `json:"refunds"`
	Fulfillments []any `json:"fulfillments"`
}

// TestStores loads samples of three stores by the shipped contracts, and
// compares with figures counted from the files.
func TestStores(t *testing.T) {
	t.Parallel()
	cfg, stripe := storeFiles(t)
	report := run(t, cfg, options())
	balanced(t, report)
	for _, f := range report.Feeds {
		if f.Quarantined > 0 {
			t.Errorf("feed %s has %d rows in quarantine", f.Feed, f.Quarantined)
		}
	}
	orders, lines, refunds, fulfilments := 0, 0, 0, 0
	total, lineTotal, refunded := new(big.Rat), new(big.Rat), new(big.Rat)
	add := func(sum *big.Rat, text string, times int64) {
		n, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%q is no number", text)
		}
		sum.Add(sum, n.Mul(n, big.NewRat(times, 1)))
	}
	for _, file := range []string{"orders_1.json", "orders_2.json", "order_3.json"} {
		text, err := os.ReadFile(filepath.Join(cfg.Dir, "shopify", file))
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Orders []shopifyOrder
			Order  *shopifyOrder
		}
		if err := json.Unmarshal(text, &answer); err != nil {
			t.Fatal(err)
		}
		if answer.Order != nil {
			answer.Orders = append(answer.Orders, *answer.Order)
		}
		for _, o := range answer.Orders {
			orders++
			fulfilments += len(o.Fulfillments)
			add(total, o.Total, 1)
			for _, l := range o.Lines {
				lines++
				add(lineTotal, l.Price, l.Quantity)
			}
			for _, r := range o.Refunds {
				for _, tx := range r.Transactions {
					if tx.Kind == "refund" && tx.Status == "success" {
						refunds++
						add(refunded, tx.Amount, 1)
					}
				}
			}
		}
	}
	var invoice struct{ Total int64 }
	if err := json.Unmarshal(stripe["invoice"], &invoice); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		`select count(*), sum(total_amount) from ods."order" where source_system = 'shopify'`:                             fmt.Sprintf("%d %s", orders, total.FloatString(4)),
		`select count(*), sum(quantity * unit_price)::decimal(18, 4) from ods.order_line where source_system = 'shopify'`: fmt.Sprintf("%d %s", lines, lineTotal.FloatString(4)),
		// One more refund of 209.00 comes from the list of refunds.
		`select count(*), sum(amount) from ods.refund where source_system = 'shopify' and feed_name = 'shopify_orders'`:                   fmt.Sprintf("%d %s", refunds, refunded.FloatString(4)),
		`select count(*), sum(amount) from ods.refund where feed_name = 'shopify_refunds'`:                                                "1 209.0000",
		`select count(*) from ods.fulfilment where source_system = 'shopify'`:                                                             fmt.Sprint(fulfilments),
		`select count(*), sum(amount) from ods.payment where source_system = 'shopify'`:                                                   "1 79.6000", // the list of transactions holds an authorization, which moves no money
		`select string_agg(customer_id, ' ' order by customer_id) from ods.customer where feed_name = 'shopify_orders'`:                   "207119551",
		`select given_name || ' ' || family_name || ' ' || city from ods.customer where feed_name = 'shopify_customers'`:                  "Test Citizen Brisbane",
		`select count(*), sum(amount), min(paid_at::date)::varchar from ods.payment where source_system = 'stripe'`:                       "1 19.9900 2026-01-01",
		`select count(*), sum(total_amount) from ods.invoice where source_system = 'stripe'`:                                              "1 " + big.NewRat(invoice.Total, 100).FloatString(4),
		`select count(*), sum(line_amount) from ods.invoice_line where source_system = 'stripe'`:                                          "1 10.0000",
		`select count(*), sum(amount), min(currency_code) from ods.refund where source_system = 'stripe'`:                                 "1 1.0000 USD",
		`select count(*), count(*) filter (where is_deleted) from ods.customer where source_system = 'stripe'`:                            "2 1",
		`select count(*), sum(total_amount), count(customer_id) from ods."order" where source_system = 'woocommerce'`:                     "2 46.5000 1",
		`select count(*), sum(line_amount), count(*) filter (where is_cancelled) from ods.order_line where source_system = 'woocommerce'`: "3 36.5000 1",
		`select string_agg(product_id, ' ' order by line_id) from ods.order_line where source_system = 'woocommerce'`:                     "93 Bar3 CAP",
		`select string_agg(distinct given_name || ' ' || city, ',') from ods.customer where source_system = 'woocommerce'`:                "Joan Berlin",
		`select order_id || ' ' || amount from ods.refund where source_system = 'woocommerce'`:                                            "727 10.0000",
	} {
		expect(t, cfg, query, want)
	}
}
