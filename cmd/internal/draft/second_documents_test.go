package draft_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestDiscountsBeside: an amount of lines from which a discount has yet to be
// taken is known by the numbers: it is quantity times price, or a product costs
// as much with a discount as without. Discounts may be written below zero.
func TestDiscountsBeside(t *testing.T) {
	t.Parallel()
	var craft, market, till strings.Builder
	craft.WriteString("Order ID,Sale Date,Transaction ID,Item Name,Quantity,Price,Discount Amount,Item Total,Date Shipped\n")
	market.WriteString("order-id\torder-item-id\tpurchase-date\tbuyer-email\tsku\tquantity\titem-price\titem-promotion-discount\tgift-wrap-price\n")
	till.WriteString("receipt_no,line_no,sold_at,sku,qty,price,discount\n")
	money := func(cents int) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }
	for i := range 120 {
		n, price := 1+i%3, 500+(i%7)*25
		off := i % 4 / 3 * n * price / 10
		fmt.Fprintf(&craft, "%d,01/%02d/2026,%d,Lamp %d,%d,%s,%s,%s,01/28/2026\n", 3100+i/2, 1+i/2%27, 42000+i, i%7, n, money(price), money(off), money(n*price))
		fmt.Fprintf(&market, "302-%d\t%d\t2026-01-02T10:00:00+00:00\tada%d@example.org\tS-%d\t%d\t%s\t%s\t\n", 100+i, 7000+i, i, i%7, n, money(n*price), strings.TrimSuffix(money(off), "0.00"))
		fmt.Fprintf(&till, "K%d,%d,2026-01-02 10:00:00,S-%d,%d,%s,%s\n", 100+i/2, i%2, i%7, n, money(price), strings.Replace("-"+money(off), "-0.00", "0.00", 1))
	}
	dir, _, err := drops(t, map[string]string{"craft/order_items.csv": craft.String(), "market/orders.txt": market.String(), "till/order_lines.csv": till.String()})
	if err != nil {
		t.Fatal(err)
	}
	for contract, want := range map[string]string{
		"craft_order_items": "- name: Item Total\n        logicalType: number\n        customProperties:\n          - {property: field, value: none}",
		"market_orders":     "- name: item-price\n        logicalType: number\n        customProperties:\n          - {property: field, value: amount_before_discount}",
		"till_order_lines":  "- name: discount\n        logicalType: number\n        customProperties:\n          - {property: field, value: discount_amount}\n          - {property: negate, value: true}",
	} {
		holds(t, text(t, dir, "contracts/"+contract+".yaml"), []string{want})
	}
	if strings.Contains(text(t, dir, "contracts/market_orders.yaml"), "value: total_amount") {
		t.Error("a price that no row has is taken for the total")
	}
}

// TestSummedRows: the first row of an order of several articles counts them all
// and names none: it is no line. When it was sent is told of the order.
func TestSummedRows(t *testing.T) {
	t.Parallel()
	line := "R#,Lamp,S-1,2,$5.00,,Jan-05-26,Jan-07-26,\nR#,Mug,S-2,1,$3.50,,Jan-05-26,Jan-07-26,"
	dir, _, err := drops(t, map[string]string{
		"sales.csv": "Record Number,Item Title,Custom Label,Quantity,Sold For,Total Price,Sale Date,Shipped On Date,Buyer Email\n" +
			rows(100, 120, "R#,Vase,S-3,1,$7.00,$8.00,Jan-05-26,,ada#@example.org") +
			rows(120, 160, "R#,,,3,$13.50,$15.00,Jan-05-26,Jan-07-26,ada#@example.org\n"+line),
	})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/sales.yaml")
	holds(t, contract, []string{
		"- {property: entity, value: order_line}\n      - {property: when, value: Item Title}",
		"- {property: entity, value: fulfilment}\n      - {property: when, value: [Total Price, Shipped On Date]}",
	})
	if _, lines, _ := strings.Cut(contract, "value: order_line}"); strings.Contains(lines, "value: ordered_at") {
		t.Errorf("lines have the day they were sent as that of the order:\n%s", contract)
	}
}

// TestOffers: offers of deals are no deals, and their lines were not ordered.
// Lines make no invoices where a table tells them, and an order's name is not
// that of who ordered.
func TestOffers(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"account.csv":       "accountid,name,telephone1\n" + rows(100, 120, "A#,Bergman # Ltd,+43 316 55#00"),
		"opportunity.csv":   "opportunityid,name,customerid,estimatedvalue,stepname,createdon\n" + rows(100, 140, "O#,Project #,A100,200.50,2-Develop,2026-01-02"),
		"quote.csv":         "quoteid,quotenumber,name,opportunityid,customerid,totalamount,statecode,createdon,modifiedon,ownerid\n" + rows(100, 140, "Q#,QUO-#,Project #,O#,A100,200.50,Active,2026-01-04,2026-01-04,E1"),
		"quotedetail.csv":   "quotedetailid,quoteid,productid,quantity,priceperunit\n" + rows(100, 140, "D#1,Q#,S-1,2,50.25\nD#2,Q#,S-2,1,100.00"),
		"invoice.csv":       "invoiceid,name,customerid,totalamount,totaltax,createdon\n" + rows(100, 120, "I#,Project #,A#,200.50,0.00,2026-01-14") + rows(120, 140, "I#,Project #,A100,200.50,0.00,2026-01-14"),
		"salesorder.csv":    "salesorderid,name,quoteid,opportunityid,customerid,totalamount,createdon\n" + rows(100, 140, "R#,Project #,Q#,O#,A100,200.50,2026-01-10"),
		"invoicedetail.csv": "invoicedetailid,invoiceid,productid,quantity,priceperunit,tax\n" + rows(100, 140, "L#1,I#,S-1,2,50.25,0.00\nL#2,I#,S-2,1,100.00,0.00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range r.Feeds {
		got = append(got, f.Name+": "+strings.Join(f.Entities, " "))
	}
	slices.Sort(got)
	if want := "account: customer account, invoice: invoice, invoicedetail: invoice_line, opportunity: opportunity, salesorder: order order_line"; strings.Join(got, ", ") != want || len(r.LeftOut) != 2 {
		t.Errorf("%s, left out %v; want %s", strings.Join(got, ", "), r.LeftOut, want)
	}
	holds(t, text(t, dir, "contracts/salesorder.yaml"), []string{"- name: opportunityid\n        customProperties:\n          - {property: field, value: opportunity_id}"})
	holds(t, text(t, dir, "contracts/invoice.yaml"), []string{"{property: field, value: invoiced_on}"})
}

// TestLinesOfDeliveries: what was sent is no second sale: the lines of delivery
// notes, and lines that name nothing which is known, are left out beside lines
// of orders. Where no others tell what was sold they stay.
func TestLinesOfDeliveries(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"Kunden.csv":                 "Kunden-Nr.;Firma;E-Mail\n" + rows(100, 120, "K#;Bergman # GmbH;b#@firma.example"),
		"Auftraege.csv":              "Auftrags-Nr.;Kunden-Nr.;Auftragsdatum;Netto\n" + rows(100, 140, "AB#;K100;05.01.2026;20,50"),
		"Auftragspositionen.csv":     "Auftrags-Nr.;Pos;Artikel-Nr.;Menge;Einzelpreis\n" + rows(100, 140, "AB#;1;S-1;2;5,25\nAB#;2;S-2;1;10,00"),
		"Lieferscheine.csv":          "Lieferschein-Nr.;Auftrags-Nr.;Kunden-Nr.;Lieferdatum\n" + rows(100, 140, "LS#;AB#;K100;09.01.2026"),
		"Lieferscheinpositionen.csv": "Lieferschein-Nr.;Pos;Artikel-Nr.;Menge\n" + rows(100, 140, "LS#;1;S-1;2\nLS#;2;S-2;1"),
	}
	_, r, err := drops(t, files)
	if err != nil {
		t.Fatal(err)
	}
	if left := fmt.Sprint(r.LeftOut); len(r.LeftOut) != 1 || !strings.Contains(left, "Lieferscheinpositionen.csv its rows are lines of") {
		t.Errorf("left out %s", left)
	}
	delete(files, "Auftragspositionen.csv")
	if _, r, err = drops(t, files); err != nil || len(r.LeftOut) != 0 {
		t.Errorf("left out %v (%v), though no other lines are there", r.LeftOut, err)
	}
}

// TestNotesOfDeliveries: delivery notes with customers and amounts are no orders
// beside those that are, and neither are their lines; alone they are what there is.
func TestNotesOfDeliveries(t *testing.T) {
	t.Parallel()
	head, line := "ID Documento;Numero;Data;Codice Cliente;Totale Imponibile\n", "ID Documento;Riga;Codice Articolo;Quantità;Prezzo;Importo\n"
	files := map[string]string{
		"anagrafica.csv":     "Codice;Ragione Sociale;Email\n" + rows(100, 120, "K#;Bergman # srl;b#@firma.example"),
		"ordini_testata.csv": head + rows(100, 140, "3#;#;05/01/2026;K100;20,50"),
		"ordini_righe.csv":   line + rows(100, 110, "3#;1;S-1;2;5,25;10,50") + rows(110, 140, "3#;1;S-1;2;5,25;10,50\n3#;2;S-2;1;10,00;10,00"),
		"bolle_testata.csv":  head + rows(100, 140, "7#;#;09/01/2026;K100;20,50"),
		"bolle_righe.csv":    line + rows(100, 110, "7#;1;S-1;2;5,25;10,50") + rows(110, 140, "7#;1;S-1;2;5,25;10,50\n7#;2;S-2;1;10,00;10,00"),
	}
	_, r, err := drops(t, files)
	if err != nil {
		t.Fatal(err)
	}
	if left := fmt.Sprint(r.LeftOut); len(r.LeftOut) != 2 || strings.Count(left, "it is called as deliveries") != 2 {
		t.Errorf("left out %s", left)
	}
	delete(files, "ordini_testata.csv")
	delete(files, "ordini_righe.csv")
	if _, r, err = drops(t, files); err != nil || len(r.LeftOut) != 0 {
		t.Errorf("left out %v (%v), though nothing else tells what was sold", r.LeftOut, err)
	}
}
