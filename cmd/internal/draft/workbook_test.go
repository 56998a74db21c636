package draft_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbook is one sheet with a header and rows of deals, of the customers from
// number first.
func workbook(t *testing.T, first, rows int) string {
	t.Helper()
	f := excelize.NewFile()
	for i := range rows + 1 {
		n := first + i
		row := []any{fmt.Sprintf("Kessel %c%d GmbH", 'A'+n%26, n), "Ada Bergman", fmt.Sprintf("+49 30 55%05d", n), "Angebot", 1000 + n}
		if i == 0 {
			row = []any{"Firma", "Ansprechpartner", "Telefon", "Phase", "Wert"}
		}
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestWorkbooks: workbooks that list the same deals again are the whole each
// time; those of other deals, and those that lie side by side, are each the whole
// of their own; what will be text among their numbers is read as the country
// writes it.
func TestWorkbooks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what  string
		files map[string]int // first deal
		want  []string
		lack  string
	}{
		{"the same deals and new ones", map[string]int{"vertrieb_2026-01.xlsx": 0, "vertrieb_2026-02.xlsx": 10}, nil, "partition"},
		{"other deals", map[string]int{"vertrieb_2026-01.xlsx": 0, "vertrieb_2026-02.xlsx": 60}, []string{"{property: partition, value: 'file'}"}, ""},
		{"side by side", map[string]int{"vertrieb Kunze.xlsx": 0, "vertrieb Meier.xlsx": 10}, []string{"{property: partition, value: 'file'}", "name: file_of"}, "employee_name}"},
		{"of known persons", map[string]int{"vertrieb Anna Kunze.xlsx": 0, "vertrieb Peter Meier.xlsx": 10}, []string{"{property: partition, value: 'file'}", "{property: field, value: employee_name}"}, "file_of"},
		{"lists with dates", map[string]int{"vertrieb Kunze 2026-01.xlsx": 0, "vertrieb Kunze 2026-02.xlsx": 0, "vertrieb Meier 2026-01.xlsx": 10, "vertrieb Meier 2026-02.xlsx": 10},
			[]string{`{property: partition, value: '^(.*?)(?:\d{4}-\d{2})[^/\\]*$'}`}, "'file'"},
	} {
		files := map[string]string{}
		for name, first := range c.files {
			files[name] = workbook(t, first, 40)
		}
		dir, _, err := drops(t, files)
		if err != nil {
			t.Fatal(err)
		}
		contract := text(t, dir, "contracts/vertrieb.yaml")
		holds(t, contract, append(c.want, "value: snapshot", `decimal: ","`, `group: "."`))
		if c.lack != "" && strings.Contains(contract, c.lack) {
			t.Errorf("%s: holds %s:\n%s", c.what, c.lack, contract)
		}
	}
}

// TestListsOfSheets: numbers that begin anew on each worksheet name no rows, and
// worksheets called after months, parts of a country or towns in the rows are
// nobody's.
func TestListsOfSheets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sheets   []string
		isSeller bool
	}{
		{[]string{"Januar 2026", "Februar 2026"}, false},
		{[]string{"Nord", "Süd"}, false},
		{[]string{"Kiel", "Bonn"}, false},
		{[]string{"Kunze", "Meier"}, true},
		{[]string{"Anna", "Peter"}, true},
		{[]string{"Anna M.", "Peter"}, true},
		{[]string{"Region M.", "Region K."}, false},
	} {
		f := excelize.NewFile()
		for k, sheet := range c.sheets {
			if _, err := f.NewSheet(sheet); err != nil {
				t.Fatal(err)
			}
			for i := range 25 {
				row := []any{i, fmt.Sprintf("Kessel %c%d GmbH", 'A'+i, k), "Ada Bergman", []string{"Kiel", "Bonn"}[i%2], fmt.Sprintf("ada%d%d@example.org", k, i), "Angebot", 1000 + i}
				if i == 0 {
					row = []any{"Lfd. Nr.", "Firma", "Ansprechpartner", "Ort", "E-Mail", "Status", "Angebotssumme"}
				}
				if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := f.DeleteSheet("Sheet1"); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		dir, _, err := drops(t, map[string]string{"interessenten.xlsx": b.String()})
		if err != nil {
			t.Fatal(err)
		}
		contract := text(t, dir, "contracts/interessenten.yaml")
		holds(t, contract, []string{"begin anew in each worksheet", `{property: from, value: "$sheet"}`})
		if got := strings.Contains(contract, "{property: field, value: employee_name}"); got != c.isSeller {
			t.Errorf("%v are sellers: %v\n%s", c.sheets, got, contract)
		}
	}
}

// TestListsWithoutIDs: what people keep on worksheets is read as what it is.
func TestListsWithoutIDs(t *testing.T) {
	t.Parallel()
	names := []string{"Ada Bergman", "Ben Carlsen", "Cleo Duarte", "Dan Eklund"}
	for _, c := range []struct {
		what, file string
		header     []any
		row        func(week, i int) []any
		merged     []string
		want       []string
	}{
		{what: "pursuits among contacts, parted by rulers", file: "Meine Kontakte.xlsx",
			header: []any{"Name", "Anschrift", "Tel.", "Betrag", "Stand"},
			row: func(_, i int) []any {
				if i == 9 {
					return []any{"--- alte Kontakte ---"}
				}
				return []any{names[i%4], fmt.Sprintf("Weg %d, 20095 Hamburg", i), fmt.Sprintf("0171-55%05d", i), "1.500,- €", []string{"Termin", "Angebot raus", "Zusage", "interessiert"}[i%4]}
			},
			want: []string{"{property: entity, value: lead}", "estimated_amount", "pattern: '^[-=*#_~–—+]{2}'", "Zusage: won", "value: snapshot"}},
		{what: "customers without ids", file: "Kunden.xlsx",
			header: []any{"Name", "PLZ", "Ort", "Tel."},
			row:    func(_, i int) []any { return []any{names[i%4], "20095", "Hamburg", fmt.Sprintf("0171-55%05d", i)} },
			want:   []string{"{property: entity, value: customer}", "value: snapshot", `{property: from, value: "$hash"}`}},
		{what: "appointments that their seller and day would name, of people whom nothing else would", file: "Termine.xlsx",
			header: []any{"Datum", "Kunde", "Straße", "PLZ", "Ort", "Telefon", "Vertreter", "Auftragswert T€"},
			row: func(_, i int) []any {
				return []any{fmt.Sprintf("2026-01-%02d", 1+i), names[i%4], fmt.Sprintf("Weg %d", i%4), "20095", "Hamburg", fmt.Sprintf("0171-55%05d", i%4), []string{"A. Vogt", "J. Roth"}[i%2], 1.5}
			},
			want: []string{"{property: entity, value: activity}", "{property: entity, value: customer}", "{property: field, value: full_name}", `{property: from, value: "$hash"}`}},
		{what: "deals in groups, each with its sum", file: "Deals.xlsx",
			header: []any{"Name", "Stage", "Deal Value", "Expected Close Date", "Item ID (auto generated)"},
			row: func(_, i int) []any {
				if i%6 == 5 {
					return []any{nil, nil, 5 * 1000 * i}
				}
				return []any{fmt.Sprintf("Hall %d", i), []string{"New", "Proposal", "Won"}[i%3], 1000 * i, fmt.Sprintf("2026-03-%02d", 1+i%28), fmt.Sprint(18000000000 + i)}
			},
			want: []string{"{property: entity, value: opportunity}", "{property: field, value: amount}", "{property: field, value: opportunity_id}"}},
		{what: "deals in thousands", file: "Pipeline.xlsx",
			header: []any{"Projekt", "Kunde", "E-Mail", "Volumen T€", "Phase"},
			row: func(_, i int) []any {
				return []any{fmt.Sprintf("Halle %d", i), names[i%4], fmt.Sprintf("ada%d@example.org", i), 5 + i, []string{"Termin", "Angebot", "Auftrag"}[i%3]}
			},
			want: []string{"{property: unit, value: thousands}"}},
		{what: "invoices whose tax is no tax number", file: "book.xlsx",
			header: []any{"Invoice No", "Date", "Customer No", "Net", "VAT", "Gross"},
			row: func(_, i int) []any {
				return []any{fmt.Sprintf("R%d", 500+i), "2026-01-05", 100 + i%7, 100 + i, float64(100+i) * .2, float64(100+i) * 1.2}
			},
			want: []string{"{property: entity, value: invoice}", "{property: field, value: tax_amount}"}},
		{what: "orders with cells merged over their lines", file: "orders.xlsx",
			header: []any{"Order No", "Date", "Customer", "E-Mail", "Product", "Quantity", "Price", "Amount"},
			row: func(_, i int) []any {
				if i%2 == 0 {
					return []any{nil, nil, nil, nil, "Sponge", 1, 20 + i, 20 + i}
				}
				return []any{fmt.Sprintf("A-%d", i), "2026-01-05", names[i%4], fmt.Sprintf("ada%d@example.org", i), "Cleaner", 2, 10, 20}
			},
			merged: []string{"A", "B", "C", "D"},
			want:   []string{"merged_cells: fill", "{property: entity, value: order_line}", "{property: entity, value: order}"}},
		{what: "visits to the same people week by week", file: "Besuche KW%d 2026.xlsx",
			header: []any{"Datum", "Kunde", "Ort", "Gesprächspartner", "Ergebnis"},
			row: func(week, i int) []any {
				return []any{fmt.Sprintf("2026-03-%02d", week*7+i%5), fmt.Sprintf("Kessel %c GmbH", 'A'+i), "Kiel", names[i%4], "Angebot gewünscht"}
			},
			want: []string{"{property: entity, value: activity}", "{property: partition, value: 'file'}"}},
	} {
		files := map[string]string{}
		for week := range 3 {
			name := c.file
			if strings.Contains(name, "%d") {
				name = fmt.Sprintf(name, 10+week)
			} else if week > 0 {
				break
			}
			f := excelize.NewFile()
			for i := range 25 {
				row := c.header
				if i > 0 {
					row = c.row(week, i)
				}
				if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
					t.Fatal(err)
				}
			}
			for i := 2; i < 25; i += 2 {
				for _, column := range c.merged {
					if err := f.MergeCell("Sheet1", fmt.Sprint(column, i), fmt.Sprint(column, i+1)); err != nil {
						t.Fatal(err)
					}
				}
			}
			var b bytes.Buffer
			if err := f.Write(&b); err != nil {
				t.Fatal(err)
			}
			files[name] = b.String()
		}
		dir, _, err := drops(t, files)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		found, err := filepath.Glob(filepath.Join(dir, "contracts", "*.yaml"))
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v, contracts %q", c.what, err, found)
		}
		holds(t, text(t, dir, "contracts/"+filepath.Base(found[0])), c.want)
	}
}

// TestOneWorkbook: of one workbook nothing shows whether the next tells of the
// same things, and people are told what was taken for granted.
func TestOneWorkbook(t *testing.T) {
	t.Parallel()
	for name, isAsked := range map[string]bool{"vertrieb_2026-01.xlsx": true, "vertrieb.xlsx": false} {
		dir, report, err := drops(t, map[string]string{name: workbook(t, 0, 40)})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, text(t, dir, "contracts/vertrieb.yaml"), []string{"value: snapshot"})
		if told := strings.Contains(strings.Join(report.Notes, "\n"), "write delivery: append"); told != isAsked {
			t.Errorf("%s: notes are %q", name, report.Notes)
		}
	}
}

// TestSheetsOfOtherFeeds: a run tells of sheets that nobody reads, not of those
// that the other feeds of the workbook do.
func TestSheetsOfOtherFeeds(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	if _, err := f.NewSheet("Payments"); err != nil {
		t.Fatal(err)
	}
	for i := range 30 {
		customer := []any{fmt.Sprintf("K%d", i), "Ada", "Bergman", fmt.Sprintf("ada%d@example.org", i)}
		payment := []any{fmt.Sprintf("P%d", i), fmt.Sprintf("K%d", i), "2026-01-05", 10 + i}
		if i == 0 {
			customer, payment = []any{"Customer ID", "First name", "Last name", "E-mail"}, []any{"Payment ID", "Customer ID", "Paid on", "Amount"}
		}
		for sheet, row := range map[string][]any{"Sheet1": customer, "Payments": payment} {
			if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	dir, _, err := drops(t, map[string]string{"company.xlsx": b.String()})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/company_payments.yaml"), []string{"sheets: [Payments]", "not_sheets: [Sheet1]"})
}

// TestFormulasNeverComputed: a program wrote formulas and no results; init says
// so, and where.
func TestFormulasNeverComputed(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	for i := range 30 {
		row := []any{fmt.Sprintf("A%d", 100+i), "2026-01-05"}
		if i == 0 {
			row = []any{"Order ID", "Ordered on", "Total"}
		} else if err := f.SetCellFormula("Sheet1", fmt.Sprintf("C%d", i+1), "10*2"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	_, _, err := drops(t, map[string]string{"orders.xlsx": b.String()})
	if err == nil || !strings.Contains(err.Error(), "C2") || !strings.Contains(err.Error(), "formula") {
		t.Errorf("got %v, want the cell and that its formula has no result", err)
	}
}
