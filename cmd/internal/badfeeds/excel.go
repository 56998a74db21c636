package badfeeds

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

// excel is a case of a workbook with one sheet of these rows.
func excel(name string, rows []string, want Want, custom ...string) Case {
	return workbookCase(name, book{sheets: []sheet{{name: "Data", rows: rows}}}, want, custom...)
}

func workbookCase(name string, b book, want Want, custom ...string) Case {
	return text("excel/"+name, "", want, custom...).named("invoices.xlsx", "excel").made(b.build)
}

// rowsWith are a header and three good rows, of which the second has another
// cell.
func rowsWith(column int, cell any) []string {
	rows := table(1, 3)
	cells := goodCells(2)
	cells[column] = cell
	rows[2] = row(3, cells...)
	return rows
}

func excelCases() []Case {
	find := "dialect: {header_find: [invoice_id]}"
	shifted := func(rows int) []string {
		list := []string{row(1, "Invoices of January"), rowAt(4, 2, "", headerCells...)}
		for i := 1; i <= rows; i++ {
			list = append(list, rowAt(4+i, 2, "", goodCells(i)...))
		}
		return list
	}
	totalled := func(amount any) []string {
		return append(table(1, 3), row(5, "Total", nil, nil, amount))
	}
	totals := `dialect: {totals: [{column: invoice_id, pattern: "^Total"}]}`
	second := func(s sheet) book {
		b := simpleBook(2)
		b.sheets = append(b.sheets, s)
		return b
	}
	cells := func(name string, column int, cell any, want Want, custom ...string) Case {
		return excel(name, rowsWith(column, cell), want, custom...)
	}
	bad := func(rule string) Want { return ok(2, rule) }
	return []Case{
		excel("good", table(1, 3), ok(3).with("I-1.invoiced_on", "2026-01-02")),
		excel("blank-rows", slices.Concat(table(1, 2), []string{row(7, goodCells(3)...)}), ok(3).aside(3)),
		excel("header-below-titles", shifted(3), ok(3), find),
		excel("one-more-title", slices.Concat([]string{row(1, "x"), row(2, "y")}, table(3, 3)), ok(3), find),
		excel("header-missing", table(1, 3)[1:], refused(fault.DeliveryHeader, "header is expected")),
		excel("header-not-first-row", slices.Concat([]string{row(1, "Invoices")}, table(2, 2)), refused(fault.DeliveryColumn, "invoice_id")),
		excel("repeated-header", slices.Concat(table(1, 2), []string{row(4, headerCells...), row(5, goodCells(3)...)}), ok(3).aside(1)),
		cells("error", 3, errorCell("#N/A"), bad("Data!D3 excel.error")),
		cells("error-in-text", 1, errorCell("#REF!"), bad("Data!B3 excel.error")),
		cells("formula", 3, formula{"50*2.01", 100.5}, ok(3)),
		cells("formula-not-stored", 3, formula{"50*2.01", nil}, bad("Data!D3 excel.formula_uncached")),
		cells("number-as-text", 3, "100.50", ok(3)),
		cells("german-number-as-text", 3, "100,50", ok(3), `locale: {decimal: ",", group: "."}`),
		cells("number-as-text-unsaid", 3, "100,50", bad("Data!D3 type.number")),
		cells("text-in-amount", 3, "tbd", bad("Data!D3 type.number")),
		cells("text-in-middle-of-dates", 2, "next week", bad("Data!C3 type.date")),
		cells("text-date", 2, "2026-01-03", ok(3).with("I-2.invoiced_on", "2026-01-03")),
		cells("text-date-german", 2, "03.01.2026", ok(3).with("I-2.invoiced_on", "2026-01-03"), "locale: {date: dd.mm.yyyy}"),
		cells("text-date-other", 2, "01/03/2026", bad("Data!C3 type.date")),
		cells("number-for-date", 2, 46025, bad("Data!C3 type.date")),
		cells("date-that-never-was", 2, dateCell(60), bad("Data!C3 type.date")),
		cells("date-beyond-calendar", 2, dateCell(9_000_000), bad("Data!C3 type.date")),
		cells("date-with-time", 2, dateCell(46025.5), bad("Data!C3 type.date")),
		cells("money-format", 3, moneyCell(100.5), ok(3)),
		cells("percent-format", 3, percentCell(0.19), Want{Loaded: 3, Sum: "201.19"}),
		cells("binary-fraction", 3, xmlCell(`<c r="%s"><v>100.50000000000001</v></c>`), ok(3)),
		cells("amount-five-places", 3, 19.12345, bad("Data!D3 scale")),
		cells("boolean-in-amount", 3, true, bad("Data!D3 type.number")),
		cells("whole-with-places", 4, 1.5, bad("Data!E3 type.integer")),
		cells("whole-beyond-double", 4, xmlCell(`<c r="%s"><v>9007199254740993</v></c>`), ok(3).with("I-2.quantity", "9007199254740993")),
		cells("required-blank", 3, nil, bad("Data!D3 required")),
		cells("string-not-there", 1, xmlCell(`<c r="%s" t="s"><v>99</v></c>`), bad("Data!B3 excel.shared_string")),
		cells("no-break-space", 3, "\u00a0100.50 ", ok(3)),
		excel("beside-table", slices.Concat(table(1, 2), []string{rowAt(4, 0, "", append(goodCells(3), nil, nil, "call back")...)}), ok(3).with("I-3.column_8", "call back")),
		excel("totals", totalled(301.5), ok(3).aside(1), totals),
		excel("totals-formula", totalled(formula{"SUM(D2:D4)", 301.5}), ok(3).aside(1)),
		excel("totals-formula-subtotal", totalled(formula{"SUBTOTAL(109,D2:D4)", 301.5}), ok(3).aside(1)),
		excel("totals-wrong", totalled(999), ok(3, "Data!D5 totals.difference"), totals),
		excel("totals-formula-stale", totalled(formula{"SUM(D2:D4)", 201}), ok(3, "Data!D5 totals.difference")),
		excel("subtotals", slices.Concat(table(1, 2), []string{row(4, "Total Jan", nil, nil, 201), row(5, goodCells(3)...), row(6, "Total Feb", nil, nil, 100.5), row(7, "Total", nil, nil, 301.5)}),
			ok(3).aside(3), totals),
		excel("hidden-row", slices.Concat(table(1, 2), []string{rowAt(4, 0, ` hidden="1"`, goodCells(3)...)}), ok(2).aside(1)),
		excel("hidden-row-kept", slices.Concat(table(1, 2), []string{rowAt(4, 0, ` hidden="1"`, goodCells(3)...)}), ok(3), "dialect: {hidden_rows: keep}"),
		workbookCase("hidden-sheet", second(sheet{name: "Old", state: "hidden", rows: table(1, 5)}), ok(2)),
		workbookCase("new-sheet", second(sheet{name: "Ben", rows: []string{row(1, headerCells...), row(2, goodCells(3)...)}}), ok(3)),
		workbookCase("notes-sheet", second(sheet{name: "Notes", rows: []string{row(1, "Call Ada"), row(2, "soon")}}), refused(fault.DeliveryColumn, "Notes")),
		workbookCase("notes-sheet-left-out", second(sheet{name: "Notes", rows: []string{row(1, "Call Ada"), row(2, "soon")}}), ok(2), "dialect: {not_sheets: Notes}"),
		workbookCase("empty-sheet", second(sheet{name: "Empty"}), ok(2)),
		workbookCase("sheet-missing", simpleBook(2), refused(fault.DeliverySheet, "no sheet matches"), "dialect: {sheets: Invoices}"),
		workbookCase("sheet-with-brackets", book{sheets: []sheet{{name: "Plan (1)", rows: table(1, 2)}}}, ok(2), `dialect: {sheets: "Plan (1)"}`),
		workbookCase("1904", book{is1904: true, sheets: []sheet{{name: "Data", rows: []string{row(1, headerCells...), row(2, "I-1", "open", dateCell(firstDay-1462), 100.5, 1)}}}},
			ok(1).with("I-1.invoiced_on", "2026-01-01")),
		workbookCase("macros", simpleBook(2), ok(2)).named("invoices.xlsm", "excel"),
		mergedCase("merged-rows", refused(fault.DeliveryExcel, "B2 to B3")),
		mergedCase("merged-rows-filled", ok(3).with("I-2.status", "open"), "dialect: {merged_cells: fill}"),
		cells("three-places-in-german", 3, 1.234, Want{Loaded: 3, Sum: "202.234"}, `locale: {decimal: ",", group: "."}`),
		excel("two-tables", slices.Concat(table(1, 2), []string{row(6, "Product", "Stock"), row(7, "P-1", 5), row(8, "P-2", 7)}), ok(2).aside(5), "dialect: {table_ends: blank}"),
		excel("second-table", slices.Concat([]string{row(1, "Product", "Stock"), row(2, "P-1", 5)}, table(5, 2)), ok(2), "dialect: {header_find: [invoice_id], table_ends: blank}"),
		excel("next-table", belowTable(3), ok(3).aside(5), "dialect: {next_table: [Product]}"),
		excel("next-table-in-its-place", belowTable(0)[:3], ok(2), "dialect: {next_table: [Product]}"),
		excel("header-deep", deepTable(260), refused(fault.DeliveryColumn, "invoice_id"), "dialect: {header_find: [invoice_id]}"),
		excel("header-deep-said", deepTable(260), ok(2), "dialect: {header_find: [invoice_id], header_within: 1000}"),
		excel("tables-side-by-side", sideBySide(), ok(2).aside(1), `dialect: {columns: "A:E"}`),
		excel("table-right", sideBySide(), refused(fault.DeliveryColumn, "invoice_id"), `dialect: {columns: "G:H"}`),
		excel("hidden-columns", rowsWith(4, 2), ok(3).with("I-1.quantity", ""), "dialect: {hidden_columns: exclude}").
			made(book{sheets: []sheet{{name: "Data", rows: table(1, 3), tail: ""}}, parts: map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><cols><col min="5" max="5" hidden="1"/></cols><sheetData>` + strings.Join(table(1, 3), "") + `</sheetData></worksheet>`}}.build),
	}
}

// mergedCase has a status that is merged over two rows.
func mergedCase(name string, want Want, custom ...string) Case {
	rows := table(1, 3)
	rows[2] = row(3, "I-2", nil, dateCell(firstDay), 100.5, 2)
	return workbookCase(name, book{sheets: []sheet{{name: "Data", rows: rows, tail: `<mergeCells count="2"><mergeCell ref="B2:B3"/><mergeCell ref="A9:D9"/></mergeCells>`}}}, want, custom...)
}

// belowTable is a table with a blank row within it, and another below it with
// a title of its own.
func belowTable(last int) []string {
	return slices.Concat(table(1, 2), []string{row(5, goodCells(last)...), row(7, "Stock of January"), row(8, "Product", "Stock"), row(9, "P-1", 5)})
}

// deepTable is a table below rows of another.
func deepTable(rows int) []string {
	var list []string
	for i := range rows {
		list = append(list, row(i+1, "P-1", 5))
	}
	return append(list, row(rows+2, headerCells...), row(rows+3, goodCells(1)...), row(rows+4, goodCells(2)...))
}

func sideBySide() []string {
	return []string{
		row(1, append(slices.Clone(headerCells), nil, "Product", "Stock")...),
		row(2, append(goodCells(1), nil, "P-1", 5)...),
		row(3, append(goodCells(2), nil, "P-2", 7)...),
		rowAt(4, 6, "", "P-3", 9),
	}
}

func excelKindCases() []Case {
	file := func(name string, want Want, make func() ([]byte, error)) Case {
		return text("excel/"+name, "", want).named("invoices.xlsx", "excel").made(make)
	}
	whole := simpleBook(200).build
	encrypted := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(make([]byte, 2000)) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00" + string(make([]byte, 2000))
	bombRow := `<row r="%d"><c r="A%d" t="inlineStr"><is><t>` + strings.Repeat("x", 4000) + `</t></is></c></row>`
	return []Case{
		file("cut-at-two-thirds", refused(fault.DeliveryDamaged, "damaged or cut off"), changed(whole, cut)),
		file("cut-at-end", refused(fault.DeliveryDamaged, "damaged or cut off"), changed(whole, func(b []byte) []byte { return b[:len(b)-30] })),
		file("empty-file", refused(fault.DeliveryEmpty, "empty"), constant(nil)),
		file("old-format", refused(fault.DeliveryKind, "xls"), constant([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+string(make([]byte, 4000))))),
		file("encrypted", refused(fault.DeliveryEncrypted, "password"), constant([]byte(encrypted))),
		file("binary", refused(fault.DeliveryKind, "xlsb"), zipped(entry{"xl/workbook.bin", "x"}, entry{"[Content_Types].xml", "<Types/>"})),
		file("open-document", refused(fault.DeliveryKind, "OpenDocument"), zipped(entry{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, entry{"content.xml", "<x/>"})),
		file("word-document", refused(fault.DeliveryKind, "Word"), zipped(entry{"word/document.xml", "<x/>"}, entry{"[Content_Types].xml", "<Types/>"})),
		file("zip-of-csv", refused(fault.DeliveryKind, "zip archive"), zipped(entry{"invoices.csv", header + good(1, 2)})),
		file("wrong-checksum", refused(fault.DeliveryDamaged, "checksum"), changed(whole, wrongZipSum)),
		file("rows-cut", refused(fault.DeliveryCut, "ends before"), book{sheets: []sheet{{name: "Data"}}, parts: map[string]string{
			"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + strings.Join(table(1, 2), "")}}.build),
		file("sheet-not-there", refused(fault.DeliveryDamaged, "lacks the part"), book{sheets: []sheet{{name: "Data"}}, left: []string{"xl/worksheets/sheet1.xml"}}.build),
		file("strings-cut", refused(fault.DeliveryDamaged, "sharedStrings"), func() ([]byte, error) {
			b := simpleBook(1)
			b.parts = map[string]string{
				"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
				"xl/sharedStrings.xml":       `<sst><si><t>one</t></si><si><t>tw`,
			}
			return b.build()
		}),
		file("row-bomb", refused(fault.DeliveryTooLarge, "times its size"), func() ([]byte, error) {
			var rows bytes.Buffer
			for i := 1; i <= 30_000; i++ {
				fmt.Fprintf(&rows, bombRow, i, i)
			}
			b := simpleBook(1)
			b.parts = map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + rows.String() + `</sheetData></worksheet>`}
			return b.build()
		}),
		file("entity-bomb", refused(fault.DeliveryDamaged, "document type"), func() ([]byte, error) {
			b := simpleBook(1)
			b.parts = map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>`}
			return b.build()
		}),
	}
}
