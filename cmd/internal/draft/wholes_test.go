package draft_test

import (
	"strings"
	"testing"
)

// TestWholesWithoutLines: orders and invoices whose lines no feed tells are one
// line each, of the amount without tax where a column has it; lines of others
// are told, by whatever number of the order.
func TestWholesWithoutLines(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"Rechnungsliste.csv": "Belegnummer;Belegdatum;Kundennr.;Kunde;Netto;USt-Betrag;Brutto\n" + rows(100, 160, "RE#;14.01.2026;1#;Ada Bergman;100,50;19,10;119,60"),
		"order.csv":          "id,order_number,order_date,email,amount_total\n" + rows(100, 160, "f00d#ab,50#,2026-01-04,ada#@example.org,25.00"),
		"order_item.csv":     "id,order_id,product_number,quantity,unit_price\n" + rows(100, 160, "9#aa,f00d#ab,SW#,2,12.50"),
		"shop_sales_order.csv": "entity_id,increment_id,status,customer_email,customer_lastname,order_currency_code,grand_total,created_at\n" +
			rows(100, 160, "#,4000#,complete,eve#@example.org,Bergman,EUR,17.25,2026-01-02 10:00:00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range r.Feeds {
		got[f.Name] = strings.Join(f.Entities, " ") + ", key " + f.Key
	}
	for name, want := range map[string]string{
		"rechnungsliste": "invoice customer invoice_line, key Belegnummer", "order": "order customer, key id", "order_item": "order_line, key id",
		"shop_sales_order": "order customer order_line, key entity_id",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	contract := text(t, dir, "contracts/rechnungsliste.yaml")
	lines := contract[strings.Index(contract, "- name: invoice_lines"):]
	holds(t, lines, []string{"- name: Netto\n        logicalType: number\n        customProperties:\n          - {property: field, value: line_amount}", "- name: Belegdatum\n        logicalType: date", "{property: when, value: Netto}"})
}

// TestWordsOfHeaders: tax in brackets is no tax, a number of items no amount,
// lines of invoices are none of orders, and a name that all rows bear is that of
// who sent the file.
func TestWordsOfHeaders(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"orders.csv": "Order ID,Order Date,Order Status,Subtotal (ex tax),Order Total (inc tax),Total Quantity,Customer Email\n" +
			rows(100, 160, "#,2026-01-04,Shipped,20.00,24.00,3,ada#@example.org"),
		"Invoices_books.csv": "Customer,Email,Invoice No,Invoice Date,Due Date,Product/Service,Qty,Rate,Amount\n" +
			rows(100, 140, "Ada Bergman #,ada#@example.org,2#,2026-01-04,2026-02-04,Hours,2,12.50,25.00\nAda Bergman #,ada#@example.org,2#,2026-01-04,2026-02-04,Travel,1,8.00,8.00"),
		"settlement_payments.csv": "Company Account,Psp Reference,Payment Method,Booking Date,Main Currency,Main Amount\n" +
			rows(100, 160, "Firma Nord,88#17,visa,2026-01-04 10:00:00,EUR,20.00"),
		"tickets.csv": "Conversation ID,Conversation started at,Last closed at,Current conversation state,User email,Channel\n" +
			rows(100, 160, "19#,2026-01-04T10:00:00Z,,open,ada#@example.org,chat"),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range r.Feeds {
		got[f.Name] = strings.Join(f.Entities, " ")
	}
	if len(r.LeftOut) > 0 {
		t.Errorf("left out %v", r.LeftOut)
	}
	for name, want := range map[string]string{"orders": "order customer order_line", "invoices_books": "invoice customer invoice_line", "settlement_payments": "payment", "tickets": "case customer"} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	holds(t, text(t, dir, "contracts/orders.yaml"), []string{
		"- name: Order Total (inc tax)\n        logicalType: number\n        required: true\n        customProperties:\n          - {property: field, value: total_amount}",
		"- name: Subtotal (ex tax)\n        logicalType: number\n        customProperties:\n          - {property: field, value: line_amount}",
	})
	if c := text(t, dir, "contracts/tickets.yaml"); strings.Contains(c, "given_name") {
		t.Errorf("one word over and over is no given name:\n%s", c)
	}
}

// TestKeptLists: a list whose name tells no day is overwritten, and so the whole
// each time; one of events may hold what is new alone, and so may one that is
// called by its day.
func TestKeptLists(t *testing.T) {
	t.Parallel()
	_, r, err := drops(t, map[string]string{
		"leads.csv":               "Lead ID,Name,Email,Contacted on,Meeting date,Won on\n" + rows(10, 60, "#,Ada Bergman,a#@mail.example,2026-01-05,,\n9#,Eve Bergman,b#@mail.example,2026-01-05,2026-01-12,2026-02-12"),
		"orders.csv":              "order_id,customer_id,order_date,total\n" + rows(10, 60, "#,#,2026-01-05,20.50"),
		"visits.csv":              "event_id,visitor_id,session_id,event,page_url,occurred_at\n" + rows(10, 60, "E#,V#,S#,page_view,https://shop.example/a,2026-01-05T10:00:00Z"),
		"invoices_2026-01-31.csv": "invoice_no,customer_id,invoice_date,total\n" + rows(10, 60, "I#,#,2026-01-05,20.50"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Feeds {
		if want := map[string]string{"leads": "snapshot", "orders": "snapshot", "visits": "delta", "invoices": "delta"}[f.Name]; f.Delivery != want {
			t.Errorf("%s is delivered as %s, want %s", f.Name, f.Delivery, want)
		}
	}
}
