package recognise

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"loadstar/schemas"
)

// businessValues are columns of business tables, invented; # is the row.
var businessValues = map[string][]string{
	"key": {"A-1#", "B-2#", "C-3#"}, "ref": {"K17", "K18", "K19", "K20"}, "amount": {"12.50", "1040.00", "7.35"}, "count": {"1", "2", "3"},
	"day": {"2026-01-15", "2026-02-28", "2026-03-31"}, "moment": {"2026-01-15 10:00:00", "2026-02-28 11:30:00"}, "word": {"open", "won", "lost"}, "done": {"Done", "To do"}, "flag": {"0", "1"},
	"text": {"blue lamp, small", "green lamp, large", "desk of oak"}, "person": {"Anna Abelstein", "Peter Brunnquell", "Maria Dornfelder"},
	"email": {"anna@example.org", "peter@example.com"}, "phone": {"+49 555 010203", "0555 010204"}, "money": {"EUR", "CHF"},
	"url": {"/p/1", "/cart"}, "lakhs": {"₹1,23,456.00", "₹99.50"}, "cents": {"1250", "99", "70000"}, "epoch": {"1767225600", "1772323200"}, "decimal comma": {"12,50", "1.040,00"},
	"sex": {"f", "m"}, "given": {"Anna", "Peter", "Maria"}, "family": {"Abelstein", "Brunnquell", "Dornfelder"}, "city": {"Cronau", "Bergfelde"},
}

// deepColumns makes columns of "header:kind of values".
func deepColumns(columns ...string) []*Profile {
	var list []*Profile
	for _, c := range columns {
		header, kind, _ := strings.Cut(c, ":")
		p := &Profile{Name: header, values: newSketch(), inner: map[string]bool{}, Deep: newDeep()}
		for i := range 60 {
			v := businessValues[kind][i%len(businessValues[kind])]
			v = strings.ReplaceAll(v, "#", fmt.Sprint(i))
			p.Filled++
			p.values.add(v, 1)
			p.Dates.add(v)
			p.Deep.add(v)
		}
		list = append(list, p)
	}
	return list
}

func judge(t *testing.T) *Judge {
	t.Helper()
	j, err := NewJudge()
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestDecide(t *testing.T) {
	j := judge(t)
	for _, c := range []struct {
		name, entity, fields string
		columns              []string
	}{
		{"orders", "order", "order_id customer_id ordered_at total_amount currency_code status",
			[]string{"order_id:key", "customer_id:ref", "order_date:day", "total:amount", "currency:money", "status:word"}},
		{"export_2026", "order", "order_id customer_id ordered_at total_amount shipping_amount",
			[]string{"Bestellnummer:key", "Kundennr.:ref", "Bestelldatum:day", "Gesamtbetrag:amount", "Versandkosten:amount"}},
		{"lignes_commande", "order_line", "order_id line_id product_id quantity unit_price line_amount",
			[]string{"n° commande:ref", "ligne:count", "référence:ref", "quantité:count", "prix unitaire:amount", "montant:amount"}},
		{"facturas", "invoice", "invoice_id customer_id invoiced_on due_on total_amount",
			[]string{"num_factura:key", "cod_cliente:ref", "fecha:day", "vencimiento:day", "importe total:amount"}},
		{"pagos", "payment", "payment_id invoice_id amount method paid_at",
			[]string{"id:key", "factura:ref", "importe:amount", "forma de pago:word", "fecha pago:day"}},
		{"deals", "opportunity", "opportunity_id name amount status expected_close_date employee_id",
			[]string{"Deal ID:key", "Deal Name:text", "Amount:amount", "Deal Stage:word", "Close Date:day", "Owner:ref"}},
		{"Verkaufschancen Historie", "stage_event", "opportunity_id stage at",
			[]string{"Verkaufschance:ref", "Neue Phase:word", "Geändert am:moment"}},
		{"campaigns", "campaign", "campaign_id name channel start_date end_date budget_amount",
			[]string{"Campaign:key", "Name:text", "Channel:word", "From:day", "To:day", "Budget:amount"}},
		{"ads", "campaign_spend", "campaign_id spent_on amount impressions clicks",
			[]string{"Campaign:ref", "Day:day", "Spend:amount", "Impressions:count", "Clicks:count"}},
		{"events", "web_event", "event_id visitor_id session_id type url at",
			[]string{"event_id:key", "visitor:ref", "session:ref", "event:word", "page:url", "timestamp:epoch"}},
		{"Artikelstamm", "product", "product_id name category unit_price unit_cost",
			[]string{"Artikelnummer:key", "Bezeichnung:text", "Warengruppe:word", "VK:amount", "EK:amount"}},
		{"kunden", "customer", "customer_id given_name family_name email phone city created_at",
			[]string{"Kundennr:key", "Vorname:given", "Nachname:family", "E-Mail:email", "Telefon:phone", "Ort:city", "Angelegt:day"}},
		{"Anfragen", "lead", "lead_id status channel estimated_amount created_at",
			[]string{"Anfrage-Nr:key", "Name:person", "E-Mail:email", "Status:word", "Quelle:word", "Auftragswert:amount", "Eingegangen am:day"}},
		{"tbl_inv_det", "invoice_line", "invoice_id line_id description quantity unit_price line_amount",
			[]string{"inv_no:ref", "line_no:count", "descr:text", "qty:count", "unit_amt:amount", "line_amt:amount"}},
		{"DealHistory", "stage_event", "stage_event_id opportunity_id stage at",
			[]string{"Id:key", "Deal Id:ref", "Stage:word", "Modified Time:moment"}},
		{"Angebote", "opportunity", "opportunity_id created_at amount status",
			[]string{"Angebot-Nr.:key", "Angebotsdatum:day", "Angebotssumme netto:amount", "Status:word"}},
		{"activities", "activity", "activity_id type at opportunity_id customer_id",
			[]string{"Activity - ID:key", "Activity - Type:word", "Activity - Due date:day", "Activity - Done:done", "Activity - Deal ID:ref", "Activity - Contact person ID:ref"}},
		{"Deals", "opportunity", "opportunity_id employee_id employee_name amount account_id status",
			[]string{"Record Id:key", "Deal Owner.id:ref", "Deal Owner:person", "Amount:amount", "Account Name.id:ref", "Account Name:text", "Stage:word"}},
		{"affärer", "opportunity", "opportunity_id customer_id name status amount probability_percent",
			[]string{"Affärsnr:key", "Kundnr:ref", "Namn:text", "Fas:word", "Värde:amount", "Sannolikhet:count"}},
		{"opportunities_audit", "stage_event", "stage_event_id opportunity_id at stage",
			[]string{"id:key", "parent_id:ref", "date_created:moment", "field_name:word", "after_value_string:word"}},
		{"olist_order_items_dataset", "order_line", "order_id line_id product_id unit_price",
			[]string{"order_id:ref", "order_item_id:count", "product_id:ref", "price:amount", "freight_value:amount"}},
		{"sales_teams", "employee", "employee_id manager_employee_id", []string{"sales_agent:person", "manager:person", "regional_office:city"}},
		{"oc_country", "", "", []string{"country_id:key", "name:text", "iso_code_2:money"}},
		{"Sales Register", "invoice", "invoice_id invoiced_on customer_id total_amount",
			[]string{"Invoice No:key", "Invoice Date:day", "Cust ID:ref", "Invoice Value:lakhs", "GST %:count"}},
		{"orders_export", "order", "order_id ordered_at total_amount shipping_amount status",
			[]string{"orderId:key", "placedAt:moment", "totals.grandTotal:amount", "totals.shipping:amount", "status:word"}},
		{"CUSTOMER", "account", "account_id name",
			[]string{"Account Reference:key", "Account Name:text", "Street 1:text", "Town:city", "Contact Name:person", "Telephone Number:phone", "E-Mail:email"}},
		{"contacts", "customer", "customer_id given_name family_name email account_id",
			[]string{"Record Id:key", "First Name:given", "Last Name:family", "Email:email", "Account Name.id:ref", "Account Name:text"}},
		{"customers", "customer", "customer_id full_name email account_id",
			[]string{"Customer ID:key", "Name:person", "E-Mail:email", "Account:ref"}},
		{"pedidos", "order", "order_id ordered_at status total_amount",
			[]string{"Número do Pedido:key", "Data:day", "Status do Pedido:done", "Total:amount", "Estado:word"}},
		{"leads", "lead", "lead_id status created_at employee_id",
			[]string{"Identificador:key", "Email:email", "Nome:person", "Estágio no funil:word", "Data da primeira conversão:day", "Dono do Lead:person"}},
		{"sales_by_item", "order_line", "order_id is_cancelled product_id quantity line_amount is_deleted",
			[]string{"Sale ID:key", "Cancelled At:moment", "Item Code:ref", "Quantity:count", "Total:amount", "deleted_at:moment"}},
		{"Coffee Shop Sales", "order", "order_id ordered_at total_amount",
			[]string{"transaction_id:key", "transaction_date:day", "transaction_qty:count", "product_id:ref", "unit_price:amount"}},
		{"accounts", "customer", "customer_id full_name email phone", []string{"id:key", "full_name:person", "email:email", "phone:phone"}},
		{"accounts", "account", "account_id name", []string{"id:key", "name:text", "phone:phone"}},
		{"online_retail", "order_line", "order_id product_id quantity ordered_at unit_price customer_id",
			[]string{"Invoice:ref", "StockCode:ref", "Quantity:count", "InvoiceDate:moment", "Price:amount", "Customer ID:ref"}},
		{"data sales", "order_line", "customer_id ordered_at product_id unit_price quantity line_amount",
			[]string{"Retailer ID:ref", "Invoice Date:day", "State:city", "City:city", "Product:text", "Price per Unit:amount", "Units Sold:count", "Total Sales:amount"}},
		{"WA Fn UseC", "opportunity", "opportunity_id status amount",
			[]string{"Opportunity Number:key", "Opportunity Result:word", "Opportunity Amount USD:amount", "Ratio:amount"}},
		{"BPI log", "stage_event", "opportunity_id stage employee_id at",
			[]string{"Case ID:ref", "Activity:word", "Resource:ref", "Complete Timestamp:moment"}},
		{"telco customer churn", "customer", "customer_id gender",
			[]string{"customerID:key", "gender:sex", "tenure:count", "PaymentMethod:word", "MonthlyCharges:amount", "TotalCharges:amount"}},
		{"call_log_march", "activity", "at direction customer_id outcome",
			[]string{"Call Time:moment", "Direction:word", "Customer ID:ref", "Result:done", "Duration (s):count"}},
		{"zamowienia", "order", "order_id ordered_at total_amount currency_code",
			[]string{"Id zamówienia:key", "Data zakupu:moment", "Cena:amount", "Wartość:amount", "Waluta:money"}},
		{"2026 Oct", "web_event", "at type product_id customer_id session_id",
			[]string{"event_time:moment", "event_type:word", "product_id:word", "brand:word", "price:amount", "user_id:ref", "user_session:key"}},
		{"people of a campaign", "", "", []string{"ID:key", "Year_Birth:count", "Education:word", "Marital_Status:word", "Income:amount", "Dt_Customer:day"}},
		{"Person CountryRegion", "", "", []string{"CountryRegionCode:word", "Name:text", "ModifiedDate:day"}},
		{"order_shipping_lines", "", "", []string{"id:key", "order_id:ref", "title:text", "price:amount", "quantity:count"}},
		{"suppliers", "", "", []string{"id:key", "name:text", "email:email", "phone:phone"}},
		{"settings", "", "", []string{"key:key", "value:text"}},
		{"wp_posts", "", "", []string{"ID:key", "post_author:ref", "post_date:moment", "post_title:text", "post_status:word", "post_name:text", "post_modified:moment", "post_parent:ref", "post_type:word"}},
		{"work schedule", "", "", []string{"id:key", "name:word", "date_entered:moment", "date_modified:moment", "status:word"}},
		{"acl_actions", "", "", []string{"id:key", "date_modified:moment", "name:text", "category:word"}},
		{"tracker", "", "", []string{"id:key", "user_id:ref", "action:word", "date_modified:moment"}},
		{"oc_order", "order", "order_id customer_id total_amount ordered_at",
			[]string{"order_id:key", "invoice_no:ref", "customer_id:ref", "payment_method:word", "total:amount", "date_added:moment"}},
		{"oc_product", "product", "product_id unit_price updated_at",
			[]string{"product_id:key", "model:ref", "quantity:count", "price:amount", "date_added:moment", "date_modified:moment"}},
		{"oc_order_history", "", "", []string{"order_history_id:key", "order_id:ref", "order_status_id:ref", "comment:text", "date_added:moment"}},
		{"oc_return", "customer", "given_name family_name email status created_at", []string{"return_id:key", "order_id:ref", "firstname:given", "lastname:family", "email:email", "return_status:word", "date_added:moment"}},
		{"quote", "", "", []string{"entity_id:key", "created_at:moment", "items_count:count", "grand_total:amount", "customer_id:ref", "customer_email:email", "subtotal:amount"}},
		{"quote_item", "", "", []string{"item_id:key", "quote_id:ref", "sku:ref", "name:text", "qty:count", "price:amount", "row_total:amount"}},
		{"quote associative", "payment", "payment_id customer_id paid_at amount", []string{"id_quota:key", "id_socio:ref", "data:day", "importo:amount"}},
		{"facturedet", "invoice_line", "invoice_id product_id quantity line_amount", []string{"fk_facture:ref", "fk_product:ref", "qty:count", "total_ht:amount"}},
		{"roles", "", "", []string{"id:key", "name:word", "guard_name:given", "created_at:moment", "updated_at:moment"}},
		{"notifications", "", "", []string{"id:key", "type:word", "data:text", "created_at:moment", "updated_at:moment"}},
		{"password_reset_tokens", "", "", []string{"email:email", "token:key", "created_at:moment"}},
		{"civicrm_email", "contact_point", "contact_point_id party_id email is_primary", []string{"id:key", "contact_id:ref", "email:email", "is_primary:flag"}},
		{"deals", "opportunity", "opportunity_id name amount status is_deleted", []string{"id:key", "name:text", "amount:amount", "sales_stage:word", "deleted:flag"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, ok := j.Decide(Question{Names: []string{c.name}, Columns: deepColumns(c.columns...)})
			if !ok {
				if c.entity != "" {
					t.Fatalf("no entity: %s", v.Why)
				}
				return
			}
			if len(v.Party) > 0 && c.entity != "lead" && c.entity != "account" {
				t.Errorf("%q is said to name a customer", v.Party[0].Column.Name)
			}
			var fields []string
			for _, f := range v.Fields {
				fields = append(fields, f.Field.Name)
				if f.Why == "" {
					t.Errorf("column %q: no reason is given", f.Column.Name)
				}
			}
			if got := strings.Join(fields, " "); v.Entity.Name != c.entity || got != c.fields {
				t.Errorf("taken for %s with %s, want %s with %s", v.Entity.Name, got, c.entity, c.fields)
			}
		})
	}
}

// TestBuyerOfLines: the first name of who bought does not describe what was sold.
func TestBuyerOfLines(t *testing.T) {
	v, ok := judge(t).Decide(Question{Names: []string{"order lines"}, Columns: deepColumns(
		"Receipt:key", "Date:day", "First name:given", "Last name:family", "Article:ref", "Qty:count", "Unit price:amount", "Line total:amount")})
	if !ok || v.Entity.Name != "order_line" || v.has("description") || len(v.Party) != 2 {
		t.Errorf("taken for %s with %d columns of the buyer, described: %t; want lines, 2 and false", v.Entity.Name, len(v.Party), v.has("description"))
	}
}

func TestPartyBesideALead(t *testing.T) {
	v, ok := judge(t).Decide(Question{Names: []string{"leads"}, Columns: deepColumns("Lead:key", "Customer:person", "Mail:email", "Stage:word", "Value EUR:amount")})
	if !ok || v.Entity.Name != "lead" || len(v.Party) != 2 || v.Party[0].Field.Name != "full_name" || v.Party[1].Field.Name != "email" {
		t.Errorf("taken for %s, party %v: want a lead of a person with an e-mail address", v.Entity.Name, v.Party)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]NumberCounts{
		"12":            {Numbers: 1, Whole: 1, Below: 1},
		"007":           {Numbers: 1, Whole: 1, Below: 1, Zeros: 1},
		"12,50":         {Numbers: 1, Comma: 1, Fraction: 1},
		"1.234,50":      {Numbers: 1, Comma: 1, Fraction: 1},
		"1,234.00":      {Numbers: 1, Point: 1},
		"1.234":         {Numbers: 1, Open: 1, OpenDot: 1, Fraction: 1},
		"1,234":         {Numbers: 1, Open: 1, Fraction: 1},
		"0.125":         {Numbers: 1, Point: 1, Fraction: 1},
		"1.234.567":     {Numbers: 1, Comma: 1},
		"-7":            {Numbers: 1, Whole: 1, Below: 1, Negative: 1},
		"(7.50)":        {Numbers: 1, Point: 1, Fraction: 1, Negative: 1},
		"1767225600":    {Numbers: 1, Whole: 1, Seconds: 1},
		"1767225600000": {Numbers: 1, Whole: 1, Millis: 1},
		"12.34.5":       {}, "12-34": {}, "A12": {}, "": {}, "1.23.4567": {}, "2026-01-02": {},
	} {
		var got NumberCounts
		got.add(text)
		if got.Symbols, got.last = nil, 0; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	for text, symbol := range map[string]string{"€ 12": "€", "12 EUR": "EUR", "$1,000.00": "$", "-$5": "$", "7 %": "%", "12 zł": "zł"} {
		if n := numberOf(text); !n.ok || n.symbol != symbol {
			t.Errorf("%q: %+v, want the sign %q", text, n, symbol)
		}
	}
}

func grid(rows ...string) []gridRow {
	var list []gridRow
	for i, row := range rows {
		r := gridRow{number: int64(i + 1), cells: map[int]string{}}
		for k, cell := range strings.Split(row, "|") {
			if cell = strings.TrimSpace(cell); cell != "" {
				r.cells[k] = cell
			}
		}
		if len(r.cells) > 0 {
			list = append(list, r)
		}
	}
	return list
}

func TestFindHeader(t *testing.T) {
	tables, err := ReadTables()
	if err != nil {
		t.Fatal(err)
	}
	data := []string{"A1 | Anna Abelstein | anna@example.org | 12.50", "A2 | Peter Brunnquell | | 7", "A3 | Maria Dornfelder | maria@example.net | 9"}
	for _, c := range []struct {
		name, find  string
		rows        []string
		top, height int
		none        bool
	}{
		{name: "first row", rows: []string{"No. | Customer | E-mail | Value"}, top: 1, height: 1, find: "No."},
		{name: "below titles", rows: []string{"My leads", "as of 2026 | | private", "", "No. | Customer | E-mail | Value"}, top: 4, height: 1, find: "No."},
		{name: "two rows", rows: []string{"Title", "", "Lead | | Contact | Deal", "No. | Customer | E-mail | Value"}, top: 3, height: 2, find: "Lead"},
		{name: "a label that the title holds", rows: []string{"No.", "No. | Customer | E-mail | Value"}, top: 2, height: 1, find: "Customer"},
		{name: "a month above amounts", rows: []string{"No. | Customer | E-mail | 2026-01-01"}, top: 1, height: 1, find: "No."},
		{name: "notes alone", rows: nil, none: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := grid(append(c.rows, data...)...)
			if c.none {
				rows = grid("Please ask Anna before you change anything", "or call her")
			}
			found, ok := findHeader(rows, tables)
			if ok == c.none {
				t.Fatalf("found %v %+v", ok, found)
			}
			if c.none {
				return
			}
			if found.Top != int64(c.top) || found.Height != c.height || len(found.Find) == 0 || found.Find[0] != c.find {
				t.Errorf("header at row %d of %d rows, found by %q; want %d, %d, %q", found.Top, found.Height, found.Find, c.top, c.height, c.find)
			}
		})
	}
}

func TestWords(t *testing.T) {
	tables, err := ReadTables()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][4]string{
		{"lead", "status", "Angebot gesendet", "proposal"}, {"opportunity", "status", "Gagné", "won"}, {"stage_event", "stage", "Primer contacto", "prospect"},
		{"invoice", "type", "Gutschrift", "credit_note"}, {"activity", "direction", "Eingehend", "in"}, {"order", "status", "Gewonnen", ""},
		{"lead", "status", "Contract signed", "won"}, {"lead", "status", "Deal lost to competitor", "lost to competitor"}, {"lead", "status", "Site visit done", "appointment"},
		{"lead", "status", "Not signed", ""}, {"lead", "status", "Former client", ""}, {"lead", "status", "lost or won", ""}, {"lead", "status", "Cliente", "won"},
	} {
		if got := tables.Word(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("%s.%s: %q stands for %q, want %q", c[0], c[1], c[2], got, c[3])
		}
	}
	if got := tables.StageOfHeader("Stufen Präsentation"); got != "presentation" {
		t.Errorf("the column names stage %q", got)
	}
	if got := tables.StageOfHeader("Kunde"); got != "" {
		t.Errorf("a customer names stage %q", got)
	}
	for label, want := range map[string]bool{"Total": true, "Summe Nord": true, "Grand total": true, "Totally Spies Ltd": false, "Anna": false} {
		if got := tables.isTotal(label); got != want {
			t.Errorf("%q is a total: %v", label, got)
		}
	}
	order, err := schemas.EntityNamed("order")
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{
		"OrderNumber": "order_id", "Bestellnr.": "order_id", "id": "order_id", "id cliente": "customer_id", "Kunden-Nr": "customer_id", "customer.id": "customer_id",
		"campaign": "campaign_id", "amount_cents": "total_amount", "Order Total (EUR)": "total_amount", "numero de pedido": "order_id", "Rechnungsadresse": "",
	} {
		got := ""
		if guesses := tables.headerFields(header, order); len(guesses) > 0 {
			got = guesses[0].Field
		}
		if got != want {
			t.Errorf("%q means %q, want %q", header, got, want)
		}
	}
}

// TestTablesOfASheet finds tables one below the other and side by side, and
// takes a table with blank rows, or whose header comes again, for one.
func TestTablesOfASheet(t *testing.T) {
	words, err := ReadTables()
	if err != nil {
		t.Fatal(err)
	}
	invoices := []string{"Invoice no | Customer no | Invoice date | Amount", "R1 | 17 | 2026-01-02 | 12.50", "R2 | 18 | 2026-01-03 | 7"}
	payments := []string{"Payment no | Invoice no | Paid on | Amount | Method", "P1 | R1 | 2026-01-09 | 12.50 | card", "P2 | R2 | 2026-01-10 | 7 | cash"}
	for _, c := range []struct {
		name string
		rows [][]string
		want string
	}{
		{"one", [][]string{invoices}, "1"},
		{"a blank row", [][]string{invoices, {"", "R3 | 19 | 2026-01-04 | 9"}}, "1"},
		{"its header again", [][]string{invoices, {""}, invoices}, "1"},
		{"one below the other", [][]string{invoices, {""}, payments}, "1 before Payment no, 5"},
		{"with a title", [][]string{invoices, {"", "Payments of January", ""}, payments}, "1 before Payment no, 7"},
		{"notes below", [][]string{invoices, {"", "Please ask Anna", "or call her | soon"}}, "1"},
		{"side by side", [][]string{{
			"Invoice no | Customer no | Amount | | SKU | Product name | Price", "R1 | 17 | 12.50 | | A-1 | Lamp | 3.50", "R2 | 18 | 7 | | | |", "R3 | 19 | 8 | | | |",
		}}, "1 A:C, 1 E:G"},
		{"equally long below a title each", [][]string{{
			"Invoices | | | | Stock", "Invoice no | Customer no | Amount | | SKU | Product name | Price", "R1 | 17 | 12.50 | | A-1 | Lamp | 3.50", "R2 | 18 | 7 | | A-2 | Desk | 9",
		}}, "2 A:C, 2 E:G"},
		{"a column left blank below one title", [][]string{{"Invoices", "Invoice no | Customer no | | Amount", "R1 | 17 | | 12.50", "R2 | 18 | | 7"}}, "2"},
		{"a column left blank", [][]string{{"Invoice no | Customer no | | Amount", "R1 | 17 | | 12.50", "R2 | 18 | | 7"}}, "1"},
	} {
		var g sheetGrid
		for i, row := range grid(slices.Concat(c.rows...)...) {
			if i > 0 && row.number > g.last+1 {
				g.startBlock(row)
			} else {
				g.keep(row)
			}
			g.last = row.number
		}
		var got []string
		for _, f := range g.tables(words) {
			text := strings.TrimSpace(fmt.Sprintf("%d %s", f.Top, f.Columns))
			if len(f.Next) > 0 {
				text += " before " + f.Next[0]
			}
			got = append(got, text)
		}
		if found := strings.Join(got, ", "); found != c.want {
			t.Errorf("%s: tables at %s, want %s", c.name, found, c.want)
		}
	}
}

// The words that the sales funnel knows itself keep the stage it gives them, and
// it knows all words of stages, so that contracts without words are read too.
func TestStagesAreThoseOfTheFunnel(t *testing.T) {
	tables, err := ReadTables()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "load", "funnels", "sales.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var funnel struct {
		Words struct {
			Any map[string][]string `yaml:"any"`
		} `yaml:"words"`
	}
	if err := yaml.Unmarshal(text, &funnel); err != nil || len(funnel.Words.Any) == 0 {
		t.Fatalf("words of %d stages, %v", len(funnel.Words.Any), err)
	}
	known := map[string]string{}
	for stage, words := range funnel.Words.Any {
		for _, w := range words {
			if got := tables.Stage(w); got != "" && strings.ReplaceAll(got, " ", "_") != stage {
				t.Errorf("%q stands for %q, the funnel says %q", w, got, stage)
			}
			known[FoldKey(w)] = stage
		}
	}
	for key, stage := range tables.business.stages {
		if known[key] != strings.ReplaceAll(stage, " ", "_") {
			t.Errorf("%q stands for %q, which the funnel takes for %q", key, stage, known[key])
		}
	}
}

func TestTouchOfHeader(t *testing.T) {
	tables, err := ReadTables()
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]Touch{
		"1. Anruf": {"call", 1}, "Call 2 date": {"call", 2}, "2nd call": {"call", 2}, "Third visit on": {"visit", 3}, "1ère visite": {"visit", 1},
		"Email 1 sent": {"mail", 1}, "3. Kontakt am": {"kontakt", 3}, "Follow up 2": {"follow up", 2}, "Segunda llamada": {"call", 2},
		"Last call": {}, "Anruf": {}, "Quarter 2": {}, "2. Mahnung": {}, "Phone 2 extension": {}, "": {}, "2": {},
	} {
		if got, ok := tables.TouchOfHeader(header); got != want || ok != (want != Touch{}) {
			t.Errorf("%q is %v, want %v", header, got, want)
		}
	}
}

func TestMultipleOf(t *testing.T) {
	for header, want := range map[string]string{
		"Volumen T€": "thousands", "Umsatz in TEUR": "thousands", "Revenue (k$)": "thousands", "Deal size $k": "thousands", "Budget $'000": "thousands", "Umsatz (Tsd. €)": "thousands",
		"CA (milliers)": "thousands", "Volume €M": "millions", "Umsatz Mio. EUR": "millions", "Revenue in millions": "millions", "Omsättning tkr": "thousands",
		"Amount": "", "Amount k": "", "Total €": "", "Betrag EUR": "", "Kosten": "", "Summe M": "", "Miles": "", "Order 000123": "", "Wert": "",
	} {
		if got := MultipleOf(header); got != want {
			t.Errorf("%q counts %q, want %q", header, got, want)
		}
	}
}
