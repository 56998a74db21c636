package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestWhoIsNoCustomer: partners who are marked as suppliers and not as
// customers, a few users of the system whom nobody names, and purchases from
// suppliers are nothing that the company sells; a table of addresses with the
// keys of another tells of the same people; lines name each document under a
// header that says no more than id.
func TestWhoIsNoCustomer(t *testing.T) {
	t.Parallel()
	statements := []string{
		`create table partner (partner_id integer primary key, name text, email text, ist_kunde int, ist_lieferant int)`,
		`create table bestellungen (bestellung_id integer primary key, lieferant_id int, bestelldatum text, netto numeric)`,
		`create table users (id integer primary key, login text, first_name text, last_name text, password text)`,
		`create table subscribers (subscriberid integer primary key, code_no text, firstname text, lastname text, email text)`,
		`create table subscriberaddress (addressid integer primary key, street text, city text, code text, phone text)`,
		`create table invoice (invoiceid integer primary key, invoice_no text, invoicedate text, total numeric, partner_id int)`,
		`create table invoicerel (id int, productid int, quantity int, listprice numeric, lineitem_id integer primary key)`,
	}
	for i := range 60 {
		statements = append(statements,
			fmt.Sprintf(`insert into partner values (%d, 'Bergman %d GmbH', 'info%d@mail.example', %d, %d)`, 100+i, i, i, min(i%4, 1), 1-min(i%5, 1)*min(i%4, 1)),
			fmt.Sprintf(`insert into bestellungen values (%d, %d, '2026-03-%02d', %d.50)`, 1+i, 100+i%12*4, 1+i%20, 100+i),
			fmt.Sprintf(`insert into subscribers values (%d, 'S%04d', 'Ada', 'Berg%c%c', 'a%d@mail.example')`, 300+i, i*7, 'a'+i%26, 'a'+i/26, i),
			fmt.Sprintf(`insert into subscriberaddress values (%d, 'Ringstrasse %d', 'Graz', '%05d', '+43 664 55%05d')`, 300+i, i+1, 80000+i*17, i*37),
			fmt.Sprintf(`insert into invoice values (%d, 'INV%d', '2026-03-%02d', %d.50, %d)`, 200+i, i, 1+i%20, 2*(100+i)+1, 101+i%3),
			fmt.Sprintf(`insert into invoicerel values (%d, %d, 1, %d.50, %d), (%d, %d, 1, %d, %d)`, 200+i, 1+i%7, 100+i, 1+2*i, 200+i, 1+i%5, 101+i, 2+2*i))
	}
	for i := range 5 {
		statements = append(statements, fmt.Sprintf(`insert into users values (%d, 'u%d', 'Uwe', 'Tal%c', 'x')`, 1+i, i, 'a'+i))
	}
	dir, report := fromSQLite(t, "erp", statements)
	key := func(column, field string) string {
		return fmt.Sprintf("- name: %s\n        primaryKey: true\n        primaryKeyPosition: 1\n        customProperties:\n          - {property: field, value: %s}", column, field)
	}
	for feed, want := range map[string][]string{
		"partner": {
			"{property: when, value: [{column: ist_lieferant, is: [\"\", \"0\"], others: leave}]}",
			"{property: when, value: [{column: ist_lieferant, is: [\"1\"], others: leave}, {column: ist_kunde, is: [\"1\"], others: leave}]}",
		},
		"users":             {"{property: entity, value: employee}"},
		"subscriberaddress": {key("addressid", "customer_id")},
		"invoice":           {key("invoiceid", "invoice_id")},
		"invoicerel":        {"{property: entity, value: invoice_line}", key("id", "invoice_id")},
	} {
		holds(t, text(t, dir, "contracts/erp_"+feed+".yaml"), want)
	}
	for _, feed := range []string{"subscribers", "subscriberaddress"} {
		if c := text(t, dir, "contracts/erp_"+feed+".yaml"); strings.Contains(c, "property: prefix") {
			t.Errorf("%s are others than those of the other table:\n%s", feed, c)
		}
	}
	if why := fmt.Sprint(report.LeftOut); !strings.Contains(why, "its rows name suppliers and no customers") {
		t.Errorf("left out %s", why)
	}
}

// TestSuppliersByKind: suppliers that a column of kinds, or nothing but one of
// yes and no, tells are no customers, and purchase orders no sales; those who
// come along with who booked, and who help for nothing, are no customers.
func TestSuppliersByKind(t *testing.T) {
	t.Parallel()
	dir, report, err := drops(t, map[string]string{
		"trade/companies.csv":       "company_id,name,company_type,email\n" + rows(1, 60, "#,Bergman # Ltd,customer,a#@mail.example\n9#,Talmann # Ltd,Supplier,b#@mail.example"),
		"trade/orders.csv":          "order_id,company_id,order_date,total\n" + rows(1, 60, "10#,#,2026-01-05,20.50"),
		"trade/purchase_orders.csv": "po_id,company_id,po_date,total\n" + rows(1, 60, "#,9#,2026-01-05,20.75"),
		"union/partners.csv":        "partner_id,name,is_supplier,email\n" + rows(1, 60, "#,Bergman # Ltd,0,c#@mail.example\n9#,Talmann # Ltd,1,d#@mail.example"),
		"inn/guests.csv":            "guest_id,first_name,last_name,email\n" + rows(1, 90, "#,Ada,Bergman,e#@mail.example"),
		"inn/bookings.csv":          "booking_id,guest_id,arrival_date,total_amount,status\n" + rows(1, 90, "50#,#,2026-01-05,120.50,confirmed"),
		"inn/companions.csv":        "companion_id,booking_id,first_name,last_name\n" + rows(1, 90, "#,50#,Eve,Lindmann"),
		"inn/volunteers.csv":        "volunteer_id,first_name,last_name,email\n" + rows(1, 9, "#,Uwe,Talmann,u#@mail.example"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/trade_companies.yaml"), []string{"{property: when, value: [{column: company_type, not: [Supplier]}]}"})
	holds(t, text(t, dir, "contracts/union_partners.yaml"), []string{"{property: when, value: [{column: is_supplier, not: [\"1\"]}]}"})
	holds(t, text(t, dir, "contracts/inn_volunteers.yaml"), []string{"entity, value: employee}"})
	holds(t, fmt.Sprint(report.LeftOut), []string{"purchase_orders.csv its rows name suppliers", "companions.csv its rows name no more than who takes part"})
}

// TestContactsOfSuppliers: accounts that a column of kinds calls suppliers stay,
// marked, where contacts name them as theirs; without such contacts, or words for
// suppliers, nothing is marked.
func TestContactsOfSuppliers(t *testing.T) {
	t.Parallel()
	companies := "company_id,name,company_type,email\n" + rows(10, 60, "#,Bergman # Ltd,customer,a#@mail.example\n9#,Talmann # Ltd,Supplier,b#@mail.example")
	contacts := "contact_id,first_name,last_name,email,company_id\n" + rows(10, 60, "C#,Ada,Lindmann,l#@mail.example,#\nD#,Eve,Rosmann,r#@mail.example,9#")
	dir, _, err := drops(t, map[string]string{
		"crm/companies.csv":   companies,
		"crm/contacts.csv":    contacts,
		"alone/companies.csv": companies,
		"all/companies.csv":   strings.ReplaceAll(companies, "Supplier", "Prospect"),
		"all/contacts.csv":    contacts,
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/crm_companies.yaml"), []string{
		"{property: when, value: [{column: company_type, not: [Supplier]}]}", "{property: field, value: is_supplier}", "{property: matches, value: \"^(Supplier)$\"}",
	})
	for _, feed := range []string{"alone_companies", "all_companies"} {
		if c := text(t, dir, "contracts/"+feed+".yaml"); strings.Contains(c, "is_supplier") {
			t.Errorf("%s marks suppliers:\n%s", feed, c)
		}
	}
}

// TestSuppliersAmongCustomers: a list that is called after both holds customers,
// one after contacts of suppliers does not; people whose column is called as the
// key of such a list are contacts of its rows, and a flag of invoices that were
// called off makes them void, before what else tells how they stand.
func TestSuppliersAmongCustomers(t *testing.T) {
	t.Parallel()
	dir, report, err := drops(t, map[string]string{
		"it/clienti_fornitori.csv":    "Codice;Denominazione;CAP;Tipo\n" + rows(10, 60, "#;Berti # S.r.l.;001#;Cliente\n9#;Conti # S.r.l.;001#;Fornitore"),
		"nl/Relatiebestand.csv":       "Relatienummer;Naam;Plaats;Soort\n" + rows(10, 60, "#;Bakker # BV;Utrecht;Klant\n9#;Visser # BV;Utrecht;Leverancier"),
		"nl/Contactpersonen.csv":      "Contact ID;Relatienummer;Voornaam;Achternaam;E-mail\n" + rows(10, 60, "C#;#;Ada;Lindman;l#@mail.example\nD#;9#;Eve;Rosman;r#@mail.example"),
		"nl/Facturen.csv":             "Factuurnummer;Relatienummer;Factuurdatum;Totaalbedrag;Status;Geannuleerd\n" + rows(10, 60, "F#;#;2026-03-01;#,50;betaald;nee\nG#;#;2026-03-02;#,50;open;ja"),
		"de/lieferanten_kontakte.csv": "Nr;Name;Ort\n" + rows(10, 60, "#;Ada Berger;Graz"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/it_clienti_fornitori.yaml"), []string{"{property: entity, value: customer}", "not: [Fornitore]"})
	holds(t, text(t, dir, "contracts/nl_contactpersonen.yaml"), []string{"- name: Relatienummer\n        customProperties:\n          - {property: field, value: account_id}"})
	holds(t, text(t, dir, "contracts/nl_relatiebestand.yaml"), []string{"{property: field, value: is_supplier}"})
	holds(t, text(t, dir, "contracts/nl_facturen.yaml"), []string{"- name: Geannuleerd\n        customProperties:\n          - {property: field, value: status}", "ja: void", "{column: Status"})
	for _, f := range report.Feeds {
		if strings.HasPrefix(f.Name, "de") {
			t.Errorf("contacts of suppliers are read as %v", f.Entities)
		}
	}
}
