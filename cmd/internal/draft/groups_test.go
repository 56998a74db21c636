package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestGroups: a sales person and a month that stand on the first row of their
// groups alone are those of all rows; a remark that stands here and there is
// not, nor is a name that comes again.
func TestGroups(t *testing.T) {
	t.Parallel()
	var sheet, remarks strings.Builder
	sheet.WriteString("Monat;Verkäufer;Kunde;E-Mail;Auftragswert;Status\n")
	remarks.WriteString("Verkäufer;Kunde;E-Mail;Auftragswert;Status\n")
	for i := range 48 {
		month, seller, again := "", "", ""
		if i%16 == 0 {
			month = []string{"Oktober", "November", "Dezember"}[i/16]
		}
		if i%8 == 0 {
			seller, again = []string{"Evi", "Hannes"}[i/8%2], []string{"Evi", "Hannes", "Evi"}[i/8%3]
		}
		fmt.Fprintf(&sheet, "%s;%s;Ada Bergman;ada%d@example.org;%d,50;offen\n", month, seller, i, 100+i)
		fmt.Fprintf(&remarks, "%s;Ada Bergman;ada%d@example.org;%d,50;offen\n", again, i, 100+i)
	}
	dir, _, err := drops(t, map[string]string{"anfragen.csv": sheet.String(), "angebote.csv": remarks.String()})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/anfragen.yaml")
	if n := strings.Count(contract, "{property: fill, value: down}"); n != 2 {
		t.Errorf("%d columns are filled down, want month and seller:\n%s", n, contract)
	}
	holds(t, contract, []string{"{property: field, value: estimated_amount}"})
	if contract := text(t, dir, "contracts/angebote.yaml"); strings.Contains(contract, "fill") {
		t.Errorf("a column whose values come again is filled down:\n%s", contract)
	}
}

// TestSheetOfSellers: what is called after sales people and names customers
// lists deals, not employees; a given name beside a family name is no name of
// the deal.
func TestSheetOfSellers(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"verkopers.csv": "Verkoper;Klant;Onderwerp;Bedrag;Fase;Laatste contact\n" + rows(10, 60, "Kees;Ada Bergman;Offerte ketel;€ 1.2#,50;Offerte verstuurd;03-11-2025\nMarloes;Eve Castell;Offerte airco;€ 2.2#,50;Verloren;04-11-2025"),
		"preventivi.csv": "Nome;Cognome;Cellulare;Prodotto;Valore;Data;Esito\n" + rows(10, 60, "Ada;Bergman;+39 347 55501#;Miscela;1.2#,50;13/11/2025;vinto\nElisa;Castelli;+39 347 55601#;Capsule;2.2#,50;14/11/2025;perso\n"+
			"Marco;Fabbri;+39 347 55701#;Miscela;1.3#,50;13/11/2025;vinto\nGiulia;Neri;+39 347 55801#;Capsule;2.3#,50;14/11/2025;perso"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/verkopers.yaml"), []string{"entity, value: opportunity", "{property: field, value: amount}", "{property: field, value: full_name}"})
	holds(t, text(t, dir, "contracts/preventivi.yaml"), []string{"{property: field, value: given_name}", "{property: field, value: family_name}", "{property: field, value: status}"})
}

// TestOneLineOrders: lines each of which is an order of its own, and names who
// bought, are orders with a line each: their buyers are customers.
func TestOneLineOrders(t *testing.T) {
	t.Parallel()
	shop := "Bestellnummer;Datum;Vorname;Nachname;E-Mail;Artikel;Menge;Einzelpreis;Gesamt\n" + rows(10, 90, "W#;13.03.2025;Ada;Bergman;ada#@example.org;Sattel;2;10,50;21,00")
	dir, _, err := drops(t, map[string]string{"webshop.csv": shop})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/webshop.yaml"), []string{"entity, value: order}", "entity, value: customer}", "entity, value: order_line}", "{property: field, value: total_amount}",
		"{property: field, value: line_amount}", "{property: field, value: given_name}"})
	orders := "Bestellnummer;Datum;Status;Gesamt\n" + rows(10, 90, "W#;13.03.2025;offen;21,00")
	if dir, _, err = drops(t, map[string]string{"positionen.csv": shop, "bestellungen.csv": orders}); err != nil {
		t.Fatal(err)
	}
	if contract := text(t, dir, "contracts/positionen.yaml"); strings.Contains(contract, "entity, value: order}") {
		t.Errorf("orders that another table tells are made of their lines:\n%s", contract)
	}
}

// TestLanguagesOfInvoices: headers in languages of the north and east.
func TestLanguagesOfInvoices(t *testing.T) {
	t.Parallel()
	line := "F#;K#;2025-03-13;2025-04-13;1#,50;paid"
	dir, _, err := drops(t, map[string]string{
		"da/fakturaer.csv": "Fakturanr;Kundenr;Fakturadato;Forfaldsdato;Beløb inkl. moms;Status\n" + rows(10, 60, line),
		"no/fakturaer.csv": "Fakturanummer;Kundenummer;Fakturadato;Forfallsdato;Beløp;Status\n" + rows(10, 60, line),
		"fi/laskut.csv":    "Laskunumero;Asiakasnumero;Laskupäivä;Eräpäivä;Summa;Tila\n" + rows(10, 60, line),
		"hu/szamlak.csv":   "Számlaszám;Ügyfélszám;Kelte;Fizetési határidő;Bruttó összeg;Állapot\n" + rows(10, 60, line),
		"ro/facturi.csv":   "Număr factură;Cod client;Data emiterii;Data scadenței;Valoare totală;Stare\n" + rows(10, 60, line),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"da_fakturaer", "no_fakturaer", "fi_laskut", "hu_szamlak", "ro_facturi"} {
		holds(t, text(t, dir, "contracts/"+name+".yaml"), []string{"entity, value: invoice}", "{property: field, value: invoice_id}", "{property: field, value: customer_id}",
			"{property: field, value: invoiced_on}", "{property: field, value: due_on}", "{property: field, value: total_amount}", "{property: field, value: status}"})
	}
}

// TestTotalsOfGroups: sums that are called after their group are sums.
func TestTotalsOfGroups(t *testing.T) {
	t.Parallel()
	var sheet strings.Builder
	sheet.WriteString("Region,Invoice No,Invoice Date,Customer,Email,Amount\n")
	for i := range 36 {
		region := ""
		if i%12 == 0 {
			region = []string{"East", "West", "South"}[i/12]
		}
		fmt.Fprintf(&sheet, "%s,INV-%d,2025-03-13,Ada Bergman,ada%d@example.org,10.50\n", region, i, i)
		if i%12 == 11 {
			fmt.Fprintf(&sheet, "%s Total,,,,,126.00\n", []string{"East", "West", "South"}[i/12])
		}
	}
	sheet.WriteString("Grand Total,,,,,378.00\n")
	dir, _, err := drops(t, map[string]string{"invoices.csv": sheet.String()})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/invoices.yaml"), []string{`totals: [{column: Region, pattern: '\P{L}(?i:Total)\P{L}*$'}]`, "{property: fill, value: down}", "{property: field, value: invoice_id}"})
}

// TestFirstRowsOfOrders: an export that tells of an order on its first row only,
// its id too, is one of orders and lines.
func TestFirstRowsOfOrders(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{"commandes.csv": "Référence commande,Date commande,Client,Email client,Total,Article,Quantité,Prix unitaire,Sous-total\n" +
		rows(10, 60, "S#,2025-03-13,Ada Bergman,ada#@example.org,29.50,Chaise,2,10.50,21.00\n,,,,,Lampe,1,8.50,8.50\nT#,2025-03-14,Eve Castell,eve#@example.org,8.50,Lampe,1,8.50,8.50")})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/commandes.yaml")
	holds(t, contract, []string{"entity, value: order}", "entity, value: order_line}", "{property: field, value: line_amount}", "{property: fill, value: down}"})
}

// TestFirstRowsOfStrangers: lines below the first one of an order that say nothing of it, not
// even its number, are lines of it; a list with columns that are filled now and
// then is none of lines.
func TestFirstRowsOfStrangers(t *testing.T) {
	t.Parallel()
	orders := "Référence de la commande,Order Date,Customer,Total,Lines/Product,Lines/Quantity,Lines/Unit Price\n" +
		rows(100, 120, "S#,2026-02-03,Abel Stein Ltd,25.00,blue lamp,1,10.00\n,,,,red lamp,3,5.00")
	gaps := "order_no,ordered_on,email,total,coupon,giver\n" + rows(100, 120, ",2026-02-03,anna#@example.org,10.00,,\nP#,2026-02-04,eva#@example.org,12.00,X#,Y#")
	for name, c := range map[string]struct {
		text  string
		isLed bool
	}{"lines": {orders, true}, "gaps": {gaps, false}} {
		dir, r, err := drops(t, map[string]string{"orders.csv": c.text})
		if err != nil {
			t.Fatal(name, err)
		}
		contract := text(t, dir, "contracts/orders.yaml")
		if got := strings.Contains(contract, "{property: fill, value: down}"); got != c.isLed {
			t.Errorf("%s: filled down is %t, want %t:\n%s", name, got, c.isLed, contract)
		}
		if got := strings.Contains(strings.Join(r.Feeds[0].Entities, " "), "order_line") && strings.Contains(contract, "value: quantity}"); got != c.isLed {
			t.Errorf("%s: entities %v, want lines with quantities: %t", name, r.Feeds[0].Entities, c.isLed)
		}
	}
}

// TestDump: rows in a script of SQL are named as left out; other scripts are
// passed over.
func TestDump(t *testing.T) {
	t.Parallel()
	_, r, err := drops(t, map[string]string{
		"kunden.csv": "Kundennr;Vorname;Nachname;E-Mail\n" + rows(10, 60, "K#;Ada;Bergman;ada#@example.org"), "report.sql": "select * from kunden;\n",
		"erp.sql": "BEGIN;\nCREATE TABLE t(id int);\nINSERT INTO t VALUES(1);\nCOMMIT;\n", "shop.SQL": "COPY public.orders (id, total) FROM stdin;\n1\t2\n\\.\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.LeftOut) != 2 || !strings.HasSuffix(r.LeftOut[0].Place, "erp.sql") || !strings.Contains(r.LeftOut[0].Why, "dump") || !strings.HasSuffix(r.LeftOut[1].Place, "shop.SQL") {
		t.Errorf("left out %+v, want the two dumps", r.LeftOut)
	}
}

// TestOrdersUnlessBilled: records with an id, a buyer, a total and lines that
// nothing calls invoices are orders; an invoice's number makes them invoices.
func TestOrdersUnlessBilled(t *testing.T) {
	t.Parallel()
	const order = `{"id":1#,"created_at":"2026-01-05T10:00:00Z","customer":{"id":1#,"email":"ada#@example.org","first_name":"Ada","last_name":"Bergman"},"lines":[{"sku":"S1","qty":2,"price":4.5}],"total":9,"currency":"EUR"}`
	dir, _, err := drops(t, map[string]string{
		"export.jsonl": rows(10, 60, order),
		"liste.csv":    "Rechnungsnr;Datum;Kundennr;Vorname;Nachname;E-Mail;Betrag\n" + rows(10, 60, "R1#;05.01.2026;K1#;Ada;Bergman;ada#@example.org;1#,50"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/export.yaml"), []string{"{property: entity, value: order}", "{property: entity, value: order_line}"})
	holds(t, text(t, dir, "contracts/liste.yaml"), []string{"{property: entity, value: invoice}"})
}
