package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// fed is the part of a contract about a column within an object.
func fed(contract, entity, column string) string {
	_, object, _ := strings.Cut(contract, "{property: entity, value: "+entity+"}")
	object, _, _ = strings.Cut(object, "{property: entity, ")
	_, after, _ := strings.Cut(object, "- name: "+column+"\n")
	part, _, _ := strings.Cut(after, "- name: ")
	return part
}

// TestAmountsThatAddUp: what with a part of it is the total is the amount
// without tax, whatever the headers; what is paid and what is open is not.
func TestAmountsThatAddUp(t *testing.T) {
	t.Parallel()
	var taxed, open strings.Builder
	taxed.WriteString("Bill No,Bill Date,Customer No,Assessable,Levy,Bill Total\n")
	open.WriteString("Bill No,Bill Date,Customer No,Settled,Outstanding,Bill Total\n")
	for i := range 60 {
		net := 100 + 7*i
		fmt.Fprintf(&taxed, "B-%d,2026-01-%02d,C%d,%d.00,%d.%02d,%d.%02d\n", 100+i, 1+i%28, i, net, net/5, net%5*20, net+net/5, net%5*20)
		fmt.Fprintf(&open, "B-%d,2026-01-%02d,C%d,%d.50,%d.00,%d.50\n", 100+i, 1+i%28, i, i%2*net, (1-i%2)*net+i%3, i%2*net+(1-i%2)*net+i%3)
	}
	dir, _, err := drops(t, map[string]string{"taxed/bills.csv": taxed.String(), "open/bills.csv": open.String()})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/taxed_bills.yaml")
	holds(t, fed(contract, "invoice_line", "Assessable"), []string{"value: line_amount"})
	holds(t, fed(contract, "invoice_line", "Levy"), []string{"value: tax_amount"})
	holds(t, fed(contract, "invoice", "Bill Total"), []string{"value: total_amount"})
	holds(t, fed(text(t, dir, "contracts/open_bills.yaml"), "invoice_line", "Bill Total"), []string{"value: line_amount"})
}

// TestLoneAmounts: the only column that speaks of money is the amount, whatever
// it is called.
func TestLoneAmounts(t *testing.T) {
	t.Parallel()
	var items, orders strings.Builder
	items.WriteString("Order Number,Order Date,Billing Email,Billing Name,SKU,Position,Quantity,Cost of item\n")
	orders.WriteString("Order Id,Ordered On,Buyer name,Buyer email,SKU,Quantity,Price each piece,Bill Value\n")
	for i := range 60 {
		fmt.Fprintf(&items, "%d,2026-01-%02d,ada%d@example.org,Ada Bergman,S-%d,%d,%d,%d.25\n", 100+i/2, 1+i/2%28, i/2, i%7, 1+i%2, 1+i%3, 5+i)
		fmt.Fprintf(&orders, "O-%d,2026-01-%02d,Ada Bergman,ada%d@example.org,S-%d,%d,%d.50,%d.%02d\n", 100+i, 1+i%28, i, i%7, 1+i%3, 5+i, (1+i%3)*(5+i)+(1+i%3)/2, (1+i%3)%2*50)
	}
	dir, _, err := drops(t, map[string]string{
		"shop/orders.csv": items.String(), "market/orders.csv": orders.String(),
		"crm/leads.csv": "Lead Id,First Name,Last Name,Email,Lead Status,Projected Revenue,Created Time\n" + rows(100, 160, "L#,Ada,Bergman,ada#@example.org,Contacted,#.50,2026-01-02"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, fed(text(t, dir, "contracts/shop_orders.yaml"), "order_line", "Cost of item"), []string{"value: unit_price"})
	market := text(t, dir, "contracts/market_orders.yaml")
	holds(t, fed(market, "order_line", "Bill Value"), []string{"value: line_amount"})
	holds(t, fed(market, "order_line", "Price each piece"), []string{"value: unit_price"})
	holds(t, fed(text(t, dir, "contracts/crm_leads.yaml"), "lead", "Projected Revenue"), []string{"value: estimated_amount"})
}

// TestDocumentsByReference: lines whose ids are those of invoices are lines of
// invoices, and transactions that say which invoice was paid, and how, payments.
func TestDocumentsByReference(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"books/invoices.csv":     "Number,Customer No,Invoice date,Due date,Total\n" + rows(100, 160, "IN-#,C#,2026-01-02,2026-02-02,#.50"),
		"books/positions.csv":    "Document,Position,Item,Quantity,Price\n" + rows(100, 160, "IN-#,1,Lamp,2,#.25"),
		"books/transactions.csv": "Id,Invoice Number,Customer No,Payment Method,Amount,Date,Status\n" + rows(100, 160, "T#,IN-#,C#,Card,#.50,2026-01-05,Success"),
		"przelewy24.csv":         "Transakcja;Nr zamówienia;Data transakcji;Kwota;Status\n" + rows(100, 160, "T#;Z#;2026-01-02;#,50;wykonana"),
		"till/transactions.csv":  "Transaction Id,Customer No,Amount,Date,Store\n" + rows(500, 560, "R#,K#,#.50,2026-01-05,North"),
		"pay/payments.jsonl":     rows(10007, 10067, `{"id":"pay_#","amount":#,"currency":"INR","method":"upi","email":"ada#@example.org","created_at":17500#}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	for contract, want := range map[string]string{
		"books_positions": "entity, value: invoice_line}", "books_transactions": "entity, value: payment}", "till_transactions": "entity, value: order}",
		"przelewy": "entity, value: payment}", "payments": "{property: unit, value: minor}",
	} {
		holds(t, text(t, dir, "contracts/"+contract+".yaml"), []string{want})
	}
}

// TestWhatWasPaidForNamesNobody: the text of a payment is nobody's name, and a
// column of counts no house number.
func TestWhatWasPaidForNamesNobody(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"payments.csv": "ID,Date,Payment method,Amount,Description\n" + rows(100, 160, "p#,2026-01-02,card,#.50,Order No #"),
		"orders.csv":   "Order ID,Sale Date,Full Name,Number of Items,Street,City,Order Total\n" + rows(100, 160, "#,2026-01-02,Ada Bergman,2,Elm Road #,Cronau,#.50"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if contract := text(t, dir, "contracts/payments.yaml"); strings.Contains(contract, "entity, value: customer}") {
		t.Errorf("the text of a payment is taken for a customer's name:\n%s", contract)
	}
	if contract := text(t, dir, "contracts/orders.yaml"); strings.Contains(contract, "house_number") {
		t.Errorf("a count is taken for a house number:\n%s", contract)
	}
}
