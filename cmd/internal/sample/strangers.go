package sample

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// StrangersFolder is the folder below a sample project that Strangers writes.
const StrangersFolder = "strangers"

// Strangers writes the feeds of day 0 of the sample project in dir a second
// time, as four other systems would export the same company: a German CRM's
// CSV files, a French web store's JSON Lines, a Spanish billing database and
// German worksheets, side by side, with headers, dialects and dates of their
// own and no contract. Ids, lines and planted errors stay as truth/ has them.
func Strangers(ctx context.Context, dir string) error {
	to := filepath.Join(dir, StrangersFolder)
	if err := os.RemoveAll(to); err != nil {
		return fmt.Errorf("remove earlier strangers: %w", err)
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return fmt.Errorf("create folder: %w", err)
	}
	day := dayOfDelivery(0).iso()
	for _, f := range strangeFiles() {
		from := filepath.Join(dir, "feeds", f.from+"_"+day+filepath.Ext(f.to))
		if err := f.write(from, filepath.Join(to, f.to)); err != nil {
			return fmt.Errorf("write %s: %w", f.to, err)
		}
	}
	if err := strangeBook(filepath.Join(dir, "feeds", "sales", "leads_"+day+".xlsx"), filepath.Join(to, "vertrieb.xlsx")); err != nil {
		return fmt.Errorf("write vertrieb.xlsx: %w", err)
	}
	if err := strangeBilling(ctx, filepath.Join(dir, "feeds", "billing.sqlite"), filepath.Join(to, "facturacion.sqlite")); err != nil {
		return fmt.Errorf("write facturacion.sqlite: %w", err)
	}
	return nil
}

// strangeFile is a text file that is written anew.
type strangeFile struct {
	from, to string
	header   string // of CSV
	windows  bool   // the file is windows-1252
	utf16    bool   // written as UTF-16 with a mark
}

func strangeFiles() []strangeFile {
	return []strangeFile{
		{from: "crm/contacts", to: "kunden_export.csv", windows: true,
			header: "Kundennummer;Anrede;Vorname;Zweiter Vorname;Nachname;Namenszusatz;Firmen-Nr;E-Mail-Adresse;Telefonnummer;Handy;Geburtsdatum;Adress-Nr;Rolle;Kundenstatus;Werbesperre;Angelegt am;Geändert am"},
		{from: "crm/addresses", to: "kunden_adressen.csv", utf16: true, header: "Adress-Nr,Straße und Hausnummer,Postleitzahl,Wohnort,Bundesland,Land,Stand"},
		{from: "crm/leads", to: "anfragen.csv",
			header: "Anfrage-Nr;Ansprechpartner;Unternehmen;Mailadresse;Rufnummer;Anschrift;Postleitzahl;Wohnort;Staat;Herkunft;Werbeaktion;Geschäftsbereich;Verkäufer;Status;Produktinteresse;Auftragswert;Währung;Chance;Eingegangen am;Letzte Änderung"},
		{from: "store/customers", to: "clients.jsonl"},
		{from: "store/orders", to: "commandes.jsonl"},
		{from: "store/refunds", to: "remboursements.jsonl"},
	}
}

var (
	jsonKey     = regexp.MustCompile(`"([a-z_0-9]+)":`)
	slashedDate = regexp.MustCompile(`\b(\d\d)/(\d\d)/(\d{4})\b`)
)

// frenchKeys are what the French web store calls its fields.
func frenchKeys() map[string]string {
	return map[string]string{
		"order_id": "numero_commande", "refund_id": "numero_remboursement", "customer": "client", "id": "identifiant", "first_name": "prenom",
		"last_name": "nom", "email": "courriel", "phone": "telephone", "birthday": "date_de_naissance", "newsletter": "infolettre",
		"address": "adresse", "line1": "voie_et_numero", "zip": "code_postal", "city": "ville", "province": "region", "country_code": "code_pays",
		"created_at": "cree_le", "updated_at": "modifie_le", "channel": "canal_de_vente", "status": "statut", "currency": "devise",
		"country": "pays", "total": "total_ttc", "shipping": "frais_de_port", "tax": "tva", "placed_at": "date_commande", "lines": "lignes",
		"line_id": "numero_ligne", "sku": "reference_article", "title": "designation", "quantity": "quantite", "unit_price": "prix_unitaire",
		"discount": "remise", "amount": "montant", "fulfilments": "livraisons", "kind": "nature", "carrier": "transporteur",
		"tracking": "numero_de_suivi", "shipped_at": "expedie_le", "delivered_at": "livre_le", "session_id": "id_session",
		"visitor_id": "id_visiteur", "reason": "motif", "at": "date",
	}
}

func (f strangeFile) write(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if f.header == "" {
		keys := frenchKeys()
		text = jsonKey.ReplaceAllFunc(text, func(found []byte) []byte {
			if name := keys[string(found[1:len(found)-2])]; name != "" {
				return []byte(`"` + name + `":`)
			}
			return found
		})
		return os.WriteFile(to, text, 0o644)
	}
	header := []byte(f.header)
	if f.windows {
		if header, err = charmap.Windows1252.NewEncoder().Bytes(header); err != nil {
			return err
		}
	}
	_, rows, _ := bytes.Cut(text, []byte("\n"))
	text = append(append(header, '\n'), slashedDate.ReplaceAll(rows, []byte("$1.$2.$3"))...)
	if f.utf16 {
		if text, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(text); err != nil {
			return err
		}
	}
	return os.WriteFile(to, text, 0o644)
}

// germanCells are the header and the totals of the German worksheets.
func germanCells() map[string]string {
	return map[string]string{
		"Lead": "Anfrage", "Contact": "Kontakt", "Deal": "Geschäft", "Stages": "Stufen", "Status": "Stand", "No.": "Nr.", "Customer": "Kunde",
		"Company": "Firma", "Phone": "Telefon", "E-mail": "Mail", "Postcode": "PLZ", "Town": "Ort", "Product": "Produkt", "Value": "Wert",
		"Source": "Quelle", "Suspect": "Neu", "First contact": "Erstkontakt", "Termin": "Termin", "Presentation": "Präsentation",
		"Offer": "Angebot", "Sold": "Verkauft", "Now": "Status", "Next step": "Nächster Schritt", "Due": "Wiedervorlage am",
		"Total": "Summe",
	}
}

// strangeBook copies a workbook with German headers.
func strangeBook(from, to string) (err error) {
	book, err := excelize.OpenFile(from)
	if err != nil {
		return err
	}
	defer func() { err = joinErrors(err, book.Close()) }()
	words := germanCells()
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			return err
		}
		for r, row := range rows {
			for c, cell := range row {
				isHead := r < 5 || strings.HasPrefix(cell, "Total")
				if word := words[cell]; word != "" && isHead {
					if err := book.SetCellValue(sheet, cellName(c+1, r+1), word); err != nil {
						return err
					}
				}
			}
		}
	}
	return book.SaveAs(to)
}

// spanishNames are the tables and columns of the Spanish billing database.
func spanishNames() [][3]string {
	return [][3]string{
		{"customers", "customer_no", "cod_cliente"}, {"customers", "name", "nombre_completo"}, {"customers", "company", "razon_social"},
		{"customers", "address_line", "direccion"}, {"customers", "postcode", "codigo_postal"}, {"customers", "city", "poblacion"},
		{"customers", "country", "pais"}, {"customers", "email", "correo"}, {"customers", "updated_at", "actualizado"},
		{"invoices", "invoice_no", "num_factura"}, {"invoices", "customer_no", "cod_cliente"}, {"invoices", "opportunity_id", "oportunidad"},
		{"invoices", "kind", "tipo"}, {"invoices", "credited_invoice_no", "factura_rectificada"}, {"invoices", "invoiced_on", "fecha_factura"},
		{"invoices", "due_on", "vencimiento"}, {"invoices", "total", "importe_total"}, {"invoices", "tax", "iva"},
		{"invoices", "currency", "moneda"}, {"invoices", "status", "estado"}, {"invoices", "updated_at", "actualizado"},
		{"invoice_lines", "invoice_no", "num_factura"}, {"invoice_lines", "line_no", "num_linea"}, {"invoice_lines", "sku", "cod_articulo"},
		{"invoice_lines", "description", "descripcion"}, {"invoice_lines", "quantity", "cantidad"}, {"invoice_lines", "unit_price", "precio_unitario"},
		{"invoice_lines", "tax", "iva"}, {"invoice_lines", "amount", "importe"}, {"invoice_lines", "updated_at", "actualizado"},
		{"payments", "payment_no", "num_pago"}, {"payments", "invoice_no", "num_factura"}, {"payments", "customer_no", "cod_cliente"},
		{"payments", "amount", "importe"}, {"payments", "currency", "moneda"}, {"payments", "method", "forma_pago"},
		{"payments", "status", "estado"}, {"payments", "paid_at", "fecha_pago"}, {"payments", "updated_at", "actualizado"},
		{"customers", "", "clientes"}, {"invoices", "", "facturas"}, {"invoice_lines", "", "lineas_factura"}, {"payments", "", "pagos"},
	}
}

// strangeBilling copies the billing database with Spanish names.
func strangeBilling(ctx context.Context, from, to string) (err error) {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.WriteFile(to, text, 0o644); err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", to)
	if err != nil {
		return err
	}
	defer func() { err = joinErrors(err, db.Close()) }()
	for _, n := range spanishNames() {
		statement := fmt.Sprintf("alter table %s rename to %s", n[0], n[2])
		if n[1] != "" {
			statement = fmt.Sprintf("alter table %s rename column %s to %s", n[0], n[1], n[2])
		}
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if _, err := os.Stat(to + "-journal"); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
