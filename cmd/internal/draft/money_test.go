package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestPaymentService: the rows of a payment service are payments, refunds and
// what is neither, by the words of their type; they are no invoices.
func TestPaymentService(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"Download.csv": "Date,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,Transaction ID,Invoice Number\n" +
			rows(100, 140, "14/01/2026,Ada Bergman,Express Checkout Payment,Completed,EUR,20.50,-0.50,20.00,ada#@example.org,T#A,INV#\n"+
				"15/01/2026,Ada Bergman,Payment Refund,Completed,EUR,-10.25,0.00,-10.25,ada#@example.org,T#B,INV#\n"+
				"16/01/2026,,General Withdrawal,Completed,EUR,-30.75,0.00,-30.75,,T#C,"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/download.yaml"), []string{
		"{property: when, value: [{column: Type, is: [Express Checkout Payment]}]}", "{property: when, value: [{column: Type, is: [Payment Refund]}]}",
		"{property: nulls, value: [General Withdrawal]}", "{property: field, value: refund_id}", "{property: negate, value: true}", "{property: field, value: paid_at}",
	})
}

// TestCharges: what a marketplace charges in its settlements is no sale; fees
// that the company charges are.
func TestCharges(t *testing.T) {
	t.Parallel()
	header := "settlement-id,order-id,amount-type,amount-description,sku,quantity-purchased,currency,posted-date,amount\n"
	sale := "17,302-#,ItemPrice,Principal,S-1,2,EUR,2026-01-05,20.50\n"
	dir, _, err := drops(t, map[string]string{
		"market/settlement.csv": header + rows(100, 140, sale+"17,302-#,ItemFees,Commission,S-1,,EUR,2026-01-05,-3.10\n17,302-#,ItemPrice,Shipping,S-1,,EUR,2026-01-05,4.00"),
		"agency/billed.csv":     header + rows(100, 140, sale+"17,302-#,Fees,Set up,S-2,1,EUR,2026-01-05,75.00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/market_settlement.yaml"), []string{"{property: when, value: [{column: amount-type, not: [ItemFees]}]}"})
	if contract := text(t, dir, "contracts/agency_billed.yaml"); strings.Contains(contract, "not: [") {
		t.Errorf("what the company charges is left out:\n%s", contract)
	}
}

// TestGuests: 0 is nobody's id. Guests are known by their address, and a shop's
// customer 17 is not customer 17 of the books.
func TestGuests(t *testing.T) {
	t.Parallel()
	order := `{"id":#,"created_at":"2026-01-02T10:00:00Z","customer_id":%d,"email":"ada#@example.org","last_name":"Bergman","total":"17.25","status":"paid"}`
	var orders strings.Builder
	for i := 100; i < 180; i++ {
		id := i - 99
		if i%3 == 0 {
			id = 0
		}
		orders.WriteString(strings.ReplaceAll(fmt.Sprintf(order, id), "#", fmt.Sprint(i)) + "\n")
	}
	dir, _, err := drops(t, map[string]string{
		"orders.jsonl": orders.String(), "kundregister.csv": "Kundnummer;Namn;Ort;E-post\n" + rows(1, 90, "#;Eve Bergman #;Malmö;eve#@example.org"),
	})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/orders.yaml")
	holds(t, contract, []string{"primaryKey: true\n        primaryKeyPosition: 1\n        customProperties:\n          - {property: field, value: customer_id}\n          - {property: else, value: [{column: email}]}\n          - {property: nulls, value: [\"0\"]}"})
	if strings.Contains(contract, "references") {
		t.Errorf("running numbers of another system are taken for its customers:\n%s", contract)
	}
}

// TestAmountsByArithmetic: what the headers leave open the numbers tell: which
// column is the quantity, that a price is of all of them, that an amount is with
// shipping.
func TestAmountsByArithmetic(t *testing.T) {
	t.Parallel()
	var shop, market, auction, kiosk, chain, till strings.Builder
	till.WriteString("ID,Date,Sale,Description,Qty,Retail,Discount,Tax,Total,Unit Cost\n") // with tax, less the discount
	// many numbers stand before those of the line, and three that never change multiply by chance
	chain.WriteString("Days,Latitude,Category Id,A,B,C,D,E,F,G,H,I,J,K,Order Date,Order Id,Item Id,Product,Order Item Quantity,Order Item Price,Sales,Order Item Discount,Order Item Total\n")
	kiosk.WriteString("receipt_no,sold_at,buyer_email,sku,qty,amount\n")
	shop.WriteString("code,date,email,itemName,itemAmount,itemUnitPrice,itemTotalPrice\n")
	market.WriteString("order-id\torder-item-id\tpurchase-date\tbuyer-email\tsku\tquantity\titem-price\n")
	auction.WriteString("Order Number,Sale Date,Buyer Email,Item Number,Quantity,Sold For,Shipping And Handling,Total Price\n")
	for i := range 90 {
		n, price := 1+i%3, 500+(i%7)*25
		money := func(cents int) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }
		fmt.Fprintf(&shop, "A-%d,2026-01-0%d,ada%d@example.org,Lamp,%d,%s,%s\n", 100+i/2, 1+i/2%9, i/2, n, money(price), money(n*price))
		fmt.Fprintf(&market, "302-%d\t%d\t2026-01-02T10:00:00+00:00\tada%d@example.org\tS-%d\t%d\t%s\n", 100+i, 7000+i, i, i%7, n, money(n*price))
		fmt.Fprintf(&kiosk, "K%d,2026-01-02 10:00:00,ada%d@example.org,S-%d,%d,%s\n", 100+i, i, i%7, n, money(price))
		fmt.Fprintf(&chain, "4,18.25,73,1.5,2.5,3.5,4.5,5.5,6.5,7.5,8.5,9.5,10.5,11.5,2026-01-02,%d,%d,Lamp %d,%d,%s,%s,%s,%s\n", 100+i/2, 9000+i, i%7, n, money(price), money(n*price), money(i%3*150), money(n*price-i%3*150))
		discount := i % 4 / 3 * 150
		tax := (n*price - discount) / 5
		fmt.Fprintf(&till, "%d,2026-01-02,S-%d,Lamp %d,%d,%s,%s,%s,%s,%s\n", 5000+i, 900+i/2, i%7, n, money(price), money(discount), money(tax), money(n*price-discount+tax), money(price/2))
		fmt.Fprintf(&auction, "12-%d,2026-01-02,ada%d@example.org,3300%d,%d,%s,3.50,%s\n", 100+i, i, i%7, n, money(price), money(n*price+350))
	}
	dir, _, err := drops(t, map[string]string{"shop/orders.csv": shop.String(), "market/orders.txt": market.String(), "auction/orders.csv": auction.String(), "kiosk/order_lines.csv": kiosk.String(), "chain/order_items.csv": chain.String(), "till/sales_lines.csv": till.String()})
	if err != nil {
		t.Fatal(err)
	}
	for contract, want := range map[string][]string{
		"shop_orders":       {"itemAmount quantity", "itemUnitPrice unit_price", "itemTotalPrice line_amount"},
		"market_orders":     {"quantity quantity", "item-price line_amount"},
		"kiosk_order_lines": {"qty quantity", "amount unit_price"},
		"chain_order_items": {"Order Item Quantity quantity", "Order Item Price unit_price", "Order Item Total line_amount", "Category Id none", "Sales none"},
		"till_sales_lines":  {"Qty quantity", "Retail unit_price", "Discount discount_amount", "Tax tax_amount", "Total none", "Unit Cost none"},
		"auction_orders":    {"Quantity quantity", "Sold For unit_price", "Total Price none"},
	} {
		got := text(t, dir, "contracts/"+contract+".yaml")
		for _, w := range want {
			at := strings.LastIndex(w, " ")
			_, after, _ := strings.Cut(got[max(strings.LastIndex(got, "value: order_line}"), 0):], "- name: "+w[:at]+"\n")
			if fed, _, _ := strings.Cut(after, "- name: "); !strings.Contains(fed, "{property: field, value: "+w[at+1:]+"}") {
				t.Errorf("%s: want %s:\n%s", contract, w, got)
			}
		}
	}
}

// TestHistories: deals that come several times, with a stage and a time, are the
// stages of those that another table has once; moments may be microseconds.
func TestHistories(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"Deals.csv": "Record Id,Deal Name,Stage,Amount,Created Time,Close Date\n" + rows(100, 140, "54870#,Deal #,Proposal,200.00,2026-01-02 10:00:00,2026-03-02 16:30"),
		"DealMoves.csv": "Record Id,Deal Id,Deal Name,Stage,Amount,Modified Time\n" +
			rows(100, 140, "7700#1,54870#,Deal #,Qualification,200.00,2026-01-02 10:00:00\n7700#2,54870#,Deal #,Proposal,200.00,2026-01-09 10:00:00"),
		"events.jsonl": rows(1000, 1040, `{"event_date":"20260102","event_timestamp":176735#000123,"event_name":"page_view","user_pseudo_id":"51827#645.173568#","geo":{"country":"Austria"}}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range r.Feeds {
		got[f.Name] = strings.Join(f.Entities, " ")
	}
	if got["deals"] != "opportunity" || got["dealmoves"] != "stage_event" || got["events"] != "web_event" {
		t.Errorf("entities %v, left out %v", got, r.LeftOut)
	}
	holds(t, text(t, dir, "contracts/deals.yaml"), []string{"- name: Close Date\n        logicalType: timestamp\n        customProperties:\n          - {property: field, value: expected_close_date}"})
	holds(t, text(t, dir, "contracts/events.yaml"), []string{"- name: event_timestamp", "{property: unit, value: epoch_us}", "{property: field, value: visitor_id}"})
}

// TestBuyersOfLines: lines that say who bought make the order and its customer;
// the number of a deal's customer is not that of the deal.
func TestBuyersOfLines(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"butik_ordrar.csv": "Ordernr;Orderdatum;Köpare;E-post;Artikelnr;Antal;À-pris;Radsumma\n" +
			rows(100, 140, "B#;2026-01-04;Ada Bergman;ada#@example.org;S-1;2;10,50;21,00\nB#;2026-01-04;Ada Bergman;ada#@example.org;S-2;3;4,00;12,00"),
		"szanse.csv": "Numer szansy;Nazwa szansy;Numer klienta;Etap;Wartość netto;Utworzono\n" + rows(100, 140, "D90#;Projekt #;5#;Nowa;200,50;04.01.2026"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Feeds {
		if got := strings.Join(f.Entities, " "); f.Name == "butik_ordrar" && got != "order customer order_line" {
			t.Errorf("%s holds %s", f.Name, got)
		}
	}
	holds(t, text(t, dir, "contracts/szanse.yaml"), []string{
		"- name: Numer szansy\n        primaryKey: true\n        primaryKeyPosition: 1\n        customProperties:\n          - {property: field, value: opportunity_id}",
		"- name: Numer klienta\n        customProperties:\n          - {property: field, value: customer_id}",
	})
}

// TestNestedTies: an array of ids of customers within a deal ties the two.
func TestNestedTies(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"contacts.jsonl": rows(100, 140, `{"id":"51#","properties":{"firstname":"Ada","lastname":"Bergman","email":"ada#@example.org"}}`),
		"deals.jsonl":    rows(100, 140, `{"id":"88#","properties":{"dealname":"Deal #","dealstage":"closedwon","amount":"200.00"},"associations":{"contacts":{"results":[{"id":"51#","type":"deal_to_contact"}]}}}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/deals.yaml"), []string{
		"{property: entity, value: association}", "{property: path, value: associations.contacts.results}", "{property: field, value: customer_id}", "{property: from, value: \"../../../id\"}",
	})
}

// TestRefundBeside: what payments say was given back of them, in a column of
// their own, is refunds; where it is nothing there is none.
func TestRefundBeside(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"payments.csv": "id,Created date,Amount,Amount Refunded,Currency,Customer ID,Status\n" +
			rows(100, 150, "ch_#a,2026-01-02 10:00:00,20.00,0.00,eur,cus_#,Paid\nch_#b,2026-01-03 10:00:00,20.00,20.00,eur,cus_#,Refunded"),
		"plain.csv": "payment_id,paid_at,amount,refund reason\n" + rows(100, 150, "p#,2026-01-02 10:00:00,20.00,"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/payments.yaml"), []string{
		"{property: entity, value: refund}\n      - {property: when, value: Amount Refunded}",
		"{property: field, value: refund_id}\n          - {property: prefix, value: \"refunded:\"}",
		"{property: field, value: payment_id}\n          - {property: aliases, value: [id]}",
		"- name: Amount Refunded\n        logicalType: number\n        customProperties:\n          - {property: field, value: amount}\n          - {property: nulls, value: [\"0.00\"]}",
	})
	if plain := text(t, dir, "contracts/plain.yaml"); strings.Contains(plain, "value: refund}") {
		t.Errorf("nothing says what was given back:\n%s", plain)
	}
}

// TestMarksOfCountry: text parted by semicolons in which all amounts are whole
// is read with the marks of the country, for the amounts that come later; text
// parted by commas is not.
func TestMarksOfCountry(t *testing.T) {
	t.Parallel()
	for sign, want := range map[string]string{";": `decimal: ","`, ",": `decimal: "."`} {
		people := "id;nome;email;telefono;cap;comune\n" + rows(100, 140, "#;Ada Bergman;ada#@posta.example.it;+39 333 4500#;20121;Milano")
		bills := "numero fattura;data fattura;id paziente;importo\n" + rows(100, 140, "#/2026;21/03/2026;#;120")
		dir, _, err := drops(t, map[string]string{"pazienti.csv": strings.ReplaceAll(people, ";", sign), "fatture.csv": strings.ReplaceAll(bills, ";", sign)})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, text(t, dir, "contracts/fatture.yaml"), []string{want})
	}
}
