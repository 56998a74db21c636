package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestFlatSales: one sheet of sales, as reporting tools export it. Running
// numbers of its rows are the key, a discount that is never above 1 is a
// share, and its rows also say who the customer and what the product is.
func TestFlatSales(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("Row ID,Order ID,Order Date,Customer ID,Customer Name,City,Postal Code,Product ID,Category,Product Name,Unit Price,Quantity,Discount\n")
	for i := range 90 {
		fmt.Fprintf(&b, "%d,US-2026-%d,1/%d/2026,AB-%d,Ada Bergman %c,Graz,80%02d,FUR-%d,%s,Chair %d,%d.50,%d,%s\n",
			i+1, 100+i/3, 1+i%28, 10+i%17, 'A'+i%17, i%17, i%11, []string{"Furniture", "Paper"}[i%11%2], i%11, 10+i%11, 1+i%4, []string{"0", "0.2", "0.45"}[i%3])
	}
	dir, _, err := drops(t, map[string]string{"sales.csv": b.String()})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/sales.yaml"), []string{
		"- name: Row ID\n        primaryKey: true\n        primaryKeyPosition: 1\n        customProperties:\n          - {property: field, value: line_id}",
		"- name: Postal Code\n        classification: pii\n        customProperties:\n          - {property: field, value: postcode}",
		"- name: Discount\n        logicalType: number\n        customProperties:\n          - {property: field, value: discount_percent}\n          - {property: unit, value: fraction}",
		"{property: entity, value: product}", "- {property: field, value: category}", "{property: field, value: name}",
	})
}

// TestNoCustomers: who carries parcels and where the company's own offices are
// is told by tables that look like customers; a number of employees is no
// employee, and an account without an id is called by its name.
func TestNoCustomers(t *testing.T) {
	t.Parallel()
	dir, report, err := drops(t, map[string]string{
		"shippers.csv":  "shipperID,companyName,phone\n" + rows(1, 30, "#,Fast Parcel # Ltd,+44 20 7946 0#0"),
		"offices.csv":   "officeCode,city,phone,addressLine1,country,postalCode\n" + rows(1, 30, "#,Graz,+43 316 12340#,Ring #,Austria,80#0"),
		"customers.csv": "customerID,companyName,contactName,phone\n" + rows(100, 140, "C#,Bergman # Ltd,Ada Bergman,+43 316 55#00"),
		"accounts.csv":  "account,sector,revenue,employees\n" + rows(1, 40, "Firm # Inc,retail,#00.25,#7"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(report.LeftOut); len(report.LeftOut) != 2 || !strings.Contains(got, "shippers") || !strings.Contains(got, "offices") {
		t.Errorf("left out %s", got)
	}
	accounts := text(t, dir, "contracts/accounts.yaml")
	holds(t, accounts, []string{"- name: organisation_name\n        classification: pii", "- name: employees\n        logicalType: integer\n        customProperties:\n          - {property: field, value: none}"})
}

func holds(t *testing.T, contract string, want []string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(contract, w) {
			t.Errorf("the contract lacks %s:\n%s", w, contract)
		}
	}
}

// TestFlatInvoices: each row is a line and tells of its invoice again; an
// order's postcode is no key of it.
func TestFlatInvoices(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"SalesInvoices.csv": "ContactName,EmailAddress,POPostalCode,InvoiceNumber,InvoiceDate,DueDate,Total,Description,Quantity,UnitAmount,LineAmount,Currency,Status\n" +
			rows(100, 140, "Ada Bergman,ada#@example.org,BS1 4DJ,INV-#,14/01/2026,25/02/2026,45.50,Advice #,1,20.00,20.00,GBP,Paid\nAda Bergman,ada#@example.org,BS1 4DJ,INV-#,14/01/2026,25/02/2026,45.50,Travel #,3,8.50,25.50,GBP,Paid"),
		"orders.txt": "amazon-order-id\tpurchase-date\torder-status\tsku\tquantity\titem-price\tship-postal-code\n" +
			rows(100, 140, "302-#\t2026-01-02T10:00:00+00:00\tShipped\tS-1#\t1\t9.50\t8#0\n302-#\t2026-01-02T10:00:00+00:00\tShipped\tS-2#\t2\t5.00\t8#0"),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range r.Feeds {
		got[f.Name] = strings.Join(f.Entities, " ") + ", key " + f.Key
	}
	for name, want := range map[string]string{"salesinvoices": "invoice customer invoice_line, key InvoiceNumber", "orders": "order order_line, key amazon-order-id"} {
		if got[name] != want {
			t.Errorf("feeds %v: want %s to be %q", got, name, want)
		}
	}
	holds(t, text(t, dir, "contracts/salesinvoices.yaml"), []string{"{property: repeats, value: true}", "{property: field, value: total_amount}", "{property: field, value: line_amount}"})
}

// TestReportWithHeadings: a report whose customers stand above their rows is no
// list; a column that few rows fill makes no report of one.
func TestReportWithHeadings(t *testing.T) {
	t.Parallel()
	_, r, err := drops(t, map[string]string{
		"report.csv": "Customer,Date,Transaction Type,Num,Qty,Amount\n" +
			rows(10, 40, "Ada Bergman #,,,,,\n,2026-01-#,Invoice,1#,1,20.00\n,2026-01-#,Invoice,2#,3,7.50"),
		"orders.csv": "order_no,email,ordered_on,total,currency,voucher\n" +
			rows(10, 40, "O-#,ada#@example.org,2026-01-#,25.00,EUR,\nP-#,ada#@example.org,2026-01-#,25.00,EUR,V#"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(r.LeftOut); len(r.LeftOut) != 1 || !strings.Contains(got, `headings in column "Customer"`) || len(r.Feeds) != 1 {
		t.Errorf("left out %s, feeds %v", got, r.Feeds)
	}
}

// TestDealsWithoutStatus: deals of which each has the date on which it was won
// were won, and the lead's id names the deal; a log of cases is one of stages;
// what is left after the discount is the amount of a line, whatever its sign,
// and a row that names nobody makes no customer.
func TestDealsWithoutStatus(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"closed_deals.csv": "mql_id,sdr_id,won_date,declared_revenue\n" + rows(100, 140, "ab#,s1,2026-01-02 10:00:00,20.00"),
		"leads.csv":        "mql_id,first_contact_date,origin\n" + rows(100, 190, "ab#,2026-01-01,social"),
		"prospects.csv":    "Lead Number,Lead Source,Converted,Lead Date\n" + rows(100, 140, "6#,Google,1,2026-01-02\n7#,Referral,0,2026-01-03"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.LeftOut) > 0 {
		t.Errorf("left out %v", r.LeftOut)
	}
	holds(t, text(t, dir, "contracts/closed_deals.yaml"), []string{
		"{property: field, value: closed_at}", "{property: constant, value: won}", "- {property: field, value: opportunity_id}\n          - {property: aliases, value: [mql_id]}",
	})
	holds(t, text(t, dir, "contracts/prospects.yaml"), []string{"- {property: field, value: status}\n          - {property: nulls, value: [\"0\"]}\n          - {property: words, value: {\"1\": won}}"})
	dir, r, err = drops(t, map[string]string{
		"log.csv":   "Case ID,Activity,Complete Timestamp\n" + rows(100, 140, "Case_#,Submitted,2026/01/02 10:00:00.000\nCase_#,Accepted,2026/01/03 11:00:00.000"),
		"till.csv":  "Transaction ID,Date,Item,Qty,Gross Sales,Discounts,Net Sales,Customer Name,Customer Email\n" + rows(100, 140, "TX#,2026-01-02,Latte #,2,$8.50,-$0.50,$8.00,,\nTX#,2026-01-02,Mug #,1,$4.25,$0.00,$4.25,Ada Bergman #,ada#@example.org"),
		"sales.csv": "Product,Units Sold,Sale Price,Gross Sales,Discounts,Sales,Date\n" + rows(100, 140, "Chair #,3,10.50,31.50,1.50,30.00,2026-01-02\nDesk #,2,10.50,21.00,0,21.00,2026-01-02"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.LeftOut) > 0 {
		t.Errorf("left out %v", r.LeftOut)
	}
	holds(t, text(t, dir, "contracts/log.yaml"), []string{"{property: entity, value: stage_event}", "{property: field, value: opportunity_id}", "{property: field, value: stage}"})
	holds(t, text(t, dir, "contracts/till.yaml"), []string{
		"- name: Net Sales\n        logicalType: number\n        required: true\n        customProperties:\n          - {property: field, value: line_amount}",
		"{property: when, value: [Customer Name, Customer Email]}",
	})
	holds(t, text(t, dir, "contracts/sales.yaml"), []string{
		"- name: Gross Sales\n        logicalType: number\n        customProperties:\n          - {property: field, value: none}",
		"- name: Sales\n        logicalType: number\n        required: true\n        customProperties:\n          - {property: field, value: line_amount}",
	})
}

// TestCollectedByTills: of a till's columns what was collected is paid, not the
// sales before discounts, tax and tips that stand in front.
func TestCollectedByTills(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{"transactions.csv": "Date,Gross Sales,Discounts,Net Sales,Tax,Tip,Total Collected,Fees,Transaction ID,Payment ID,Customer ID\n" +
		rows(100, 160, "2026-01-02,$8.50,-$0.50,$8.00,$0.80,$1.00,$9.80,-$0.50,tx#,pay#,C#")})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, text(t, dir, "contracts/transactions.yaml"), map[string]string{"Total Collected": "amount", "Gross Sales": "none"})
}
