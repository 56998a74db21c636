package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestKeyWithGaps: one row without its id, or with that of another, is a broken
// row; the column names the rows all the same.
func TestKeyWithGaps(t *testing.T) {
	t.Parallel()
	people := "MitglNr;Nachname;Vorname;Strasse;PLZ;Ort;MtlBeitrag\n" + rows(1000, 1100, "M#;Abelstein#;Anna;Gasse #;04109;Leipzig;29,90") +
		";Bergtal;Bernd;Gasse 1;04109;Leipzig;29,90\n" + "M1100;Cramer;Clara;Gasse 1;04109;Leipzig;39,9O\n"
	dir, r, err := drops(t, map[string]string{"mitglieder.csv": people, "checkins.csv": "id;mitglnr;zeit\n" + rows(1000, 1090, "#;M#;2026-03-01 10:00:00")})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Feeds {
		if f.Name == "mitglieder" && (f.Key != "MitglNr" || f.Refused != 2) {
			t.Errorf("key %q, %d rows refused: want MitglNr, and the rows without an id and with a letter in the amount", f.Key, f.Refused)
		}
	}
	for _, want := range []string{`decimal: ","`} {
		if contract := text(t, dir, "contracts/mitglieder.yaml"); !strings.Contains(contract, want) {
			t.Errorf("the contract lacks %q:\n%s", want, contract)
		}
	}
}

// TestReferenceByName: lines name their order as its table is called, in
// running numbers that any table could have; the order has no other lines.
func TestReferenceByName(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"talao.csv":       "id,data_hora,mesa,total,metodo_pag\n" + rows(1, 60, "#,2026-03-01 12:15:00,4,21.50,MB"),
		"talao_linha.csv": "talao_id,seq,artigo,qtd,preco,valor\n" + rows(1, 60, "#,1,Vinho,1,9.50,9.50\n#,2,Bacalhau,1,12.00,12.00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Feeds {
		got := fmt.Sprint(f.Entities, " ", f.Key)
		if want := map[string]string{"talao": "[order] id", "talao_linha": "[order_line] talao_id + seq"}[f.Name]; got != want {
			t.Errorf("%s: %s, want %s\n%s", f.Name, got, want, text(t, dir, f.Contract))
		}
	}
}

func TestTotalsWithTax(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"facturen.csv": "Factuurnr;Factuurdatum;Deb.nr;Excl. BTW;BTW;Incl. BTW\n" + rows(1000, 1040, "#;01-02-2026;77#;100,00;21,00;121,00"),
		"factures.csv": "Numéro facture;Date facture;Montants HT;Montants TVA;Montants TTC\n" + rows(1000, 1040, "#;13/02/2026;100,00;20,00;120,00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, column := range map[string]string{"facturen": "Incl. BTW", "factures": "Montants TTC"} {
		contract := text(t, dir, "contracts/"+file+".yaml")
		_, after, ok := strings.Cut(contract, "- name: "+column)
		if at := strings.Index(after, "field, value: "); !ok || !strings.HasPrefix(after[at:], "field, value: total_amount") {
			t.Errorf("%s is not the total of %s:\n%s", column, file, contract)
		}
	}
}

// TestContactsOfDebtors: the id that several people have is that of their
// organisation.
func TestContactsOfDebtors(t *testing.T) {
	t.Parallel()
	_, r, err := drops(t, map[string]string{
		"contactpersonen.csv": "ID;Deb.nr;Voornaam;Achternaam;E-mail\n" + rows(10, 50, "#;1001;Anna#;Abelstein#;anna#@example.org") + rows(50, 90, "#;1002;Anna#;Abelstein#;anna#@example.org"),
	})
	if err != nil || len(r.Feeds) != 1 || r.Feeds[0].Key != "ID" {
		t.Errorf("%v, %+v: want the key ID", err, r.Feeds)
	}
}

// TestMomentsNameNothing: no two calls came at one time of day, and that time is
// no id of theirs; nor is a commission with grouped thousands a phone number.
func TestMomentsNameNothing(t *testing.T) {
	t.Parallel()
	var calls, sales strings.Builder
	for i := range 60 {
		fmt.Fprintf(&calls, "01/02/2026;%02d:%02d;030 1234%03d;in\n", 8+i/6, i%6*7, i)
		fmt.Fprintf(&sales, "S%03d,2026-02-01,%d,%d,500000,\"1%d,345.%02d\"\n", i, 1000+i%30, 1015+i%30, i%10, i)
	}
	dir, r, err := drops(t, map[string]string{
		"llamadas.csv": "fecha;hora;telefono;sentido\n" + calls.String(),
		"sales.csv":    "SaleNo,SaleDate,VendorContactID,BuyerContactID,SalePrice,Commission\n" + sales.String(),
		"contacts.csv": "ContactID,FirstName,LastName,Email\n" + rows(1000, 1045, "#,Anna,Abelstein#,anna#@example.org"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Feeds {
		if f.Name == "llamadas" && strings.Contains(f.Key, "hora") {
			t.Errorf("key of calls: %s", f.Key)
		}
	}
	contract := text(t, dir, "contracts/sales.yaml")
	_, after, _ := strings.Cut(contract, "- name: BuyerContactID")
	if at := strings.Index(after, "field, value: "); strings.Contains(contract, "value: phone") || !strings.HasPrefix(after[at:], "field, value: customer_id") {
		t.Errorf("want the buyer as the customer, and no phone:\n%s", contract)
	}
}

// TestMentions: quotes that name their customer, and calls with a number, look
// for one; orders with an address and leads may be of somebody new.
func TestMentions(t *testing.T) {
	t.Parallel()
	var quotes strings.Builder
	for i := range 40 {
		fmt.Fprintf(&quotes, "O%d,2026-02-01,%s %s%c%c,100.50,Verstuurd\n", i, []string{"Anna", "Pieter", "Femke"}[i%3], "Abel", 'a'+i%20, 'a'+i/2)
	}
	dir, _, err := drops(t, map[string]string{
		"offertes.csv": "Offertenr,Datum,Klant,Bedrag,Status\n" + quotes.String(),
		"calls.csv":    "call_id,date,phone,direction\n" + rows(100, 140, "#,2026-02-01 10:00:00,+49 30 1234#,in"),
		"leads.csv":    "lead_id,created,name,status\n" + rows(100, 140, "L#,2026-02-01,Bernd Bergtal,new"),
		"orders.csv":   "order_id,order_date,customer_name,street,city,postcode,total\n" + rows(100, 140, "A#,2026-02-01,Clara Cramer,Gasse 1,Bonn,53111,10.00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"offertes": true, "calls": true, "leads": false, "orders": false} {
		if contract := text(t, dir, "contracts/"+name+".yaml"); strings.Contains(contract, "field, value: is_mention") != want {
			t.Errorf("%s: mentions %t, want %t\n%s", name, !want, want, contract)
		}
	}
}

// TestWordsOfTrades: total before tariff, a member's number in payments, a
// caller's number, codes of an ERP.
func TestWordsOfTrades(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"prenotazioni.csv":        "num_prenotazione,data_prenotazione,cod_ospite,tariffa,importo_totale\n" + rows(100, 140, "#,2026-02-01,O#,80.00,160.00"),
		"members.csv":             "Membership ID,First Name,Last Name,Email\n" + rows(100, 140, "MEM-#,Anna,Abelstein,a#@mail.example"),
		"direct_debits.csv":       "Payment Ref,Membership ID,Collected,Amount GBP,Result\n" + rows(100, 140, "DD#,MEM-#,2026-02-01,9.50,Paid"),
		"appels.csv":              "id_appel;date_heure;numero_appelant;sens\n" + rows(100, 140, "#;13/02/2026 10:00;0612345#;entrant"),
		"SAP/VBRK_rechnungen.txt": "VBELN\tFKDAT\tKUNAG\tNETWR\tWAERK\n" + rows(100, 140, "90#\t20260213\t1000#\t100,50\tEUR"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.LeftOut) > 0 {
		t.Errorf("left out: %v", r.LeftOut)
	}
	for file, want := range map[string]string{
		"prenotazioni":        "- name: importo_totale\n        logicalType: number\n        required: true\n        customProperties:\n          - {property: field, value: total_amount}",
		"direct_debits":       "- name: Membership ID\n        customProperties:\n          - {property: field, value: customer_id}",
		"appels":              "- {property: field, value: phone}",
		"sap_vbrk_rechnungen": "- {property: field, value: total_amount}",
	} {
		if contract := text(t, dir, "contracts/"+file+".yaml"); !strings.Contains(contract, want) {
			t.Errorf("%s lacks %s:\n%s", file, want, contract)
		}
	}
}

// TestTaxNumbers: where invoices name their customers by the tax number that
// names those in their own list, they are the same.
func TestTaxNumbers(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"clientes.csv": "CIF;Razón social;Contacto;Correo\n" + rows(10, 60, "B123400#;Bergman # S.L.;Ana Ruiz;info#@mail.example"),
		"facturas.csv": "Nº factura;Fecha;Cliente;CIF;Total\n" + rows(10, 60, "F#A;2026-01-05;Bergman # S.L.;B123400#;20,50\nF#B;2026-01-06;Bergman # S.L.;B123400#;20,75"),
	})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, text(t, dir, "contracts/facturas.yaml"), map[string]string{"CIF": "customer_id"})
	holds(t, text(t, dir, "contracts/clientes.yaml"), []string{
		"- name: CIF\n        primaryKey: true\n        primaryKeyPosition: 1\n        classification: pii\n        customProperties:\n          - {property: field, value: national_id}",
		"- name: customer_id\n        customProperties:\n          - {property: field, value: customer_id}\n          - {property: aliases, value: [CIF]}",
	})
}
