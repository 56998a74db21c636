package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestLinesOfInvoices: an array of lines is of the record that it stands in,
// whatever it is called.
func TestLinesOfInvoices(t *testing.T) {
	t.Parallel()
	record := `{"invoiceId":"in_#","userId":"usr_#","issuedAt":"2026-02-03T00:00:00Z","currency":"EUR","total":25.50,"status":"paid","lines":[{"description":"Seat","quantity":2,"unitPrice":9.5},{"description":"Seat","quantity":2,"unitPrice":9.5}]}`
	all := "{\"data\":[" + strings.TrimSuffix(strings.ReplaceAll(rows(10, 40, record), "\n", ","), ",") + "],\"has_more\":false}"
	dir, _, err := drops(t, map[string]string{"invoices.json": all})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/invoices.yaml")
	for _, want := range []string{"{property: entity, value: invoice_line}", "{property: path, value: lines}", "{property: field, value: unit_price}"} {
		if !strings.Contains(contract, want) {
			t.Errorf("the contract lacks %s:\n%s", want, contract)
		}
	}
}

// TestUndatedOrders: rows that say nothing of an order but its number and who
// bought are its lines; the contract says what becomes of sales without a day.
func TestUndatedOrders(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"orders.csv": "Order ID,Customer Name,Email,Item,Qty,Price\n" + rows(100, 140, "#,Anna Abelstein,a#@mail.example,Lamp,2,1#.50\n#,Anna Abelstein,a#@mail.example,Desk,1,2#.25"),
	})
	if err != nil || len(r.Feeds) != 1 || fmt.Sprint(r.Feeds[0].Entities) != "[order customer order_line]" {
		t.Fatalf("%v, feeds %+v", err, r.Feeds)
	}
	if contract := text(t, dir, "contracts/orders.yaml"); !strings.Contains(contract, "Note: no column says when its orders were made") {
		t.Errorf("the contract does not say that its orders have no date:\n%s", contract)
	}
}

// TestDeliveredForAPrice: a list of orders that were delivered has their totals.
func TestDeliveredForAPrice(t *testing.T) {
	t.Parallel()
	_, r, err := drops(t, map[string]string{
		"encomendas_entrega.csv": "Nº encomenda;Cliente;Telefone;Morada;Total;Estado\n" + rows(100, 140, "UE#;Ana Silva;91 234 5#;Rua Augusta 1;12,50;entregue"),
	})
	if err != nil || len(r.Feeds) != 1 || r.Feeds[0].Entities[0] != "order" {
		t.Errorf("%v, feeds %+v: want orders", err, r.Feeds)
	}
}

// TestEnvelope: records of one line each stand at their own places of the file,
// and what an object says of more than them stays with it.
func TestEnvelope(t *testing.T) {
	t.Parallel()
	record := `{"membershipId":"M-#","name":{"first":"Anna","last":"Abelstein"},"email":"anna#@mail.example","dob":"1970-01-02"},`
	list := strings.TrimSuffix(strings.ReplaceAll(rows(10, 40, record), "\n", ""), ",")
	dir, r, err := drops(t, map[string]string{
		"export.json": `{"generatedAt":"2026-01-02","members":[` + list + `]}`,
		"branch.json": `{"branchCode":"B-7","clients":[` + strings.ReplaceAll(list, "membershipId", "clientId") + `]}`,
	})
	if err != nil || len(r.Feeds) != 2 {
		t.Fatalf("%v, feeds %+v", err, r.Feeds)
	}
	contract := text(t, dir, "contracts/export.yaml")
	if !strings.Contains(contract, "records: [members]") || strings.Contains(contract, "generatedAt") || !strings.Contains(contract, "- name: membershipId\n        primaryKey: true") {
		t.Errorf("the records have no places of their own:\n%s", contract)
	}
	if contract := text(t, dir, "contracts/branch.yaml"); strings.Contains(contract, "records:") {
		t.Errorf("what the object says of its clients has no place any more:\n%s", contract)
	}
}
